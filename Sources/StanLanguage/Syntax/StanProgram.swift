// SPDX-License-Identifier: GPL-3.0-or-later

public import Errors

/// A Stan program that has been parsed and checked.
///
/// ```swift
/// let program = try StanProgram.parse(SourceText(name: "coin.stan", text: text))
/// for variable in program.summary.data { print(variable.type, variable.name) }
/// ```
public final class StanProgram: Sendable {
    /// The text the program was parsed from.
    public let source: SourceText
    /// What is accepted but outdated or suspicious.
    public let warnings: [Diagnostic]

    /// All functions; a `StanUserCall` refers to them by position.
    package let functions: [StanFunction]
    package let data: StanBlock
    package let transformedData: StanBlock
    package let parameters: StanBlock
    package let transformedParameters: StanBlock
    package let model: StanBlock
    package let generatedQuantities: StanBlock
    /// Number of slots of the program's frame.
    package let slotCount: Int
    /// Names of the library functions and distributions used, sorted.
    package let libraryFunctions: [String]

    package init(
        source: SourceText, warnings: [Diagnostic], functions: [StanFunction], data: StanBlock,
        transformedData: StanBlock, parameters: StanBlock, transformedParameters: StanBlock,
        model: StanBlock, generatedQuantities: StanBlock, slotCount: Int,
        libraryFunctions: [String]
    ) {
        self.source = source
        self.warnings = warnings
        self.functions = functions
        self.data = data
        self.transformedData = transformedData
        self.parameters = parameters
        self.transformedParameters = transformedParameters
        self.model = model
        self.generatedQuantities = generatedQuantities
        self.slotCount = slotCount
        self.libraryFunctions = libraryFunctions
    }
}

/// One block of a program; empty when the program has none.
package struct StanBlock: Sendable {
    /// The variables declared at the top level of the block, in order.
    package let declarations: [StanDeclaration]
    /// All statements in order, declarations included.
    package let statements: [StanStatement]

    package init(declarations: [StanDeclaration], statements: [StanStatement]) {
        self.declarations = declarations
        self.statements = statements
    }

    package static let empty = StanBlock(declarations: [], statements: [])
}

/// A function that the program defines.
package final class StanFunction: Sendable {
    /// What the suffix of the name says.
    package enum Kind: Sendable {
        case plain
        /// `_lpdf`, `_lpmf` (also the old `_log`): may be used after `~`.
        case density
        /// `_cdf`, `_lcdf`, `_lccdf`.
        case cumulative
        /// `_rng`: may call random number generators.
        case random
        /// `_lp`: may change the target.
        case target
        /// `_jacobian`: may change the Jacobian part of the target.
        case jacobian
    }

    package let name: String
    package let kind: Kind
    /// In slots 0, 1, 2, … of the frame.
    package let arguments: [StanVariable]
    /// `.void` for none.
    package let result: StanType
    package let body: StanStatement
    /// Number of slots of a frame of this function.
    package let slotCount: Int
    /// The name at the definition.
    package let range: Range<Int>

    package init(
        name: String, kind: Kind, arguments: [StanVariable], result: StanType,
        body: StanStatement, slotCount: Int, range: Range<Int>
    ) {
        self.name = name
        self.kind = kind
        self.arguments = arguments
        self.result = result
        self.body = body
        self.slotCount = slotCount
        self.range = range
    }
}
