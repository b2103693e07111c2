// SPDX-License-Identifier: GPL-3.0-or-later

/// A checked expression: every node knows its type, whether it may depend on
/// parameters, and where it stands in the source.
package final class StanExpression: Sendable {
    package let kind: Kind
    package let type: StanType
    /// Whether the expression may stand where Stan asks for data: no parameter
    /// is involved. Integers always count as data, as in Stan, although a
    /// comparison of parameters gives one. Inside a function it holds for
    /// integers, literals and `data` arguments only.
    package let isData: Bool
    /// Byte offsets into the source.
    package let range: Range<Int>
    /// Whether the type is `real`; asked often.
    let isReal: Bool
    /// Whether the type is `int` or `real`.
    let isRealScalar: Bool

    package init(_ kind: Kind, type: StanType, isData: Bool, range: Range<Int>) {
        self.kind = kind
        self.type = type
        isReal = type == .real
        isRealScalar = type.isRealScalar
        self.isData = isData
        self.range = range
    }

    package indirect enum Kind: Sendable {
        case integer(Int)
        case real(Double)
        /// The imaginary literal `2.5i`.
        case imaginary(Double)
        case variable(StanVariable)
        /// At least one index. With as many single indices as there are it is
        /// an element; multiple indices keep their dimension.
        case indexed(StanExpression, [StanIndex])
        /// Element of a tuple, from 0.
        case tupleElement(StanExpression, Int)
        case unary(StanUnaryOperator, StanExpression)
        /// `and` and `or` evaluate their right side only when needed. Types of
        /// the operands decide what is done: two `int` divide as integers,
        /// `matrix * vector` is a product, and so on.
        case binary(StanBinaryOperator, StanExpression, StanExpression)
        case conditional(StanExpression, then: StanExpression, else: StanExpression)
        /// The operand as the node's type: `int` to `real` to `complex`, also
        /// inside containers and tuples.
        case promotion(StanExpression)
        case libraryCall(StanLibraryCall)
        case userCall(StanUserCall)
        /// The name of a function as an argument of a higher-order function.
        case functionReference(StanFunctionReference)
        /// `{a, b}`; never empty.
        case array([StanExpression])
        /// `[a, b]` of scalars: a row vector. Empty for `[]`.
        case rowVector([StanExpression])
        /// `[r1, r2]` of row vectors: a matrix.
        case matrix([StanExpression])
        case tuple([StanExpression])
        /// `target()`.
        case target
    }
}

/// One index between brackets. Indices count from 1.
package enum StanIndex: Sendable {
    /// `:` or nothing.
    case all
    case single(StanExpression)
    /// An array of integers.
    case multiple(StanExpression)
    /// `a:`
    case from(StanExpression)
    /// `:b`
    case upTo(StanExpression)
    /// `a:b`, empty when b < a.
    case range(StanExpression, StanExpression)

    /// Whether the index takes one element and so removes a dimension.
    package var isSingle: Bool {
        if case .single = self { return true }
        return false
    }
}

package enum StanUnaryOperator: String, Sendable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case not = "!"
    case transpose = "'"
}

package enum StanBinaryOperator: String, Sendable, CaseIterable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case integerDivide = "%/%"
    case modulo = "%"
    case leftDivide = "\\"
    case elementMultiply = ".*"
    case elementDivide = "./"
    case power = "^"
    case elementPower = ".^"
}

/// A call of a library function, with its arguments promoted to the types of
/// the overload that was chosen.
package final class StanLibraryCall: Sendable {
    /// The function's number: `StanFunctions.id(of: "normal_lpdf")`. Names
    /// with `_lupdf` and `_lupmf` have become `_lpdf` and `_lpmf`, names from
    /// older versions of the language their successors.
    package let function: Int
    /// The name that belongs to `function`.
    package let name: String
    /// For a density, the variate comes first.
    package let arguments: [StanExpression]
    /// Terms that don't depend on parameters may be dropped: `~` statements
    /// and calls of `_lupdf` and `_lupmf`. Inside a function whose own frame
    /// was not called so, it has no effect.
    package let dropsConstants: Bool

    package init(
        function: Int, name: String, arguments: [StanExpression], dropsConstants: Bool
    ) {
        self.function = function
        self.name = name
        self.arguments = arguments
        self.dropsConstants = dropsConstants
    }
}

/// A call of a function that the program defines.
package final class StanUserCall: Sendable {
    /// Position in `StanProgram.functions`.
    package let function: Int
    /// Promoted to the types of the function's arguments.
    package let arguments: [StanExpression]
    /// As in `StanLibraryCall`: what `_lupdf` inside the function does.
    package let dropsConstants: Bool

    package init(function: Int, arguments: [StanExpression], dropsConstants: Bool) {
        self.function = function
        self.arguments = arguments
        self.dropsConstants = dropsConstants
    }
}

/// A function passed by name.
package enum StanFunctionReference: Sendable {
    /// Position in `StanProgram.functions`; with `_lupdf` or `_lupmf` in the
    /// name constants may be dropped.
    case user(Int, dropsConstants: Bool)
}
