// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import LinearAlgebra
import Plots
import Randomness

/// A value of the script language.
///
/// Unchecked because a traced number belongs to the graph under construction:
/// such values never leave the thread and the call that trace them.
public enum ScriptValue: @unchecked Sendable {
    /// What a statement without a result gives; never shown.
    case nothing
    case number(Double)
    case bool(Bool)
    case string(String)
    case estimate(Estimate)
    case vector([Double])
    /// Truth values, as pointwise comparisons give them.
    case mask([Bool])
    case matrix(Matrix)
    case list(ScriptList)
    case range(ScriptRange)
    case dictionary(ScriptDictionary)
    case closure(ScriptClosure)
    /// A function of the registry as a value, perhaps bound to a receiver.
    case function(ScriptFunctionReference)
    /// `.bfgs`, `.gradientDescent(rate: 0.1)`: a choice among a parameter's.
    case symbol(ScriptSymbol)
    /// A number or array that depends on the inputs of a trace.
    case traced(Traced)
    /// A library value: a distribution, a test result, a model, a figure, …
    case object(any ScriptObject)

    /// The kind's name, as messages and signatures call it.
    public var typeName: String {
        switch self {
        case .nothing: "nothing"
        case .number: "number"
        case .bool: "Bool"
        case .string: "String"
        case .estimate: "estimate"
        case .vector: "vector"
        case .mask: "mask"
        case .matrix: "matrix"
        case .list: "list"
        case .range: "range"
        case .dictionary: "dictionary"
        case .closure: "closure"
        case .function: "function"
        case .symbol: "symbol"
        case .traced(let value):
            switch value.shape {
            case .scalar: "number"
            case .vector: "vector"
            case .matrix: "matrix"
            }
        case .object(let object): object.typeName
        }
    }

    public var isNothing: Bool { if case .nothing = self { true } else { false } }
}

/// A library value that the script language carries around.
public protocol ScriptObject: Sendable {
    /// The name under which the registry lists the members of this kind.
    var typeName: String { get }
    /// What a cell shows.
    var shown: ShownValue { get }
    /// Full precision, stable names.
    var json: JSONValue { get }
}

/// Values of any kinds, in order.
public struct ScriptList: Sendable {
    public let elements: [ScriptValue]
    /// Levels of lists inside: bounded, so that releasing or showing one
    /// cannot run out of stack.
    let depth: Int

    static let maximumDepth = 32

    /// Nil when this would nest too deeply.
    init?(_ elements: [ScriptValue]) {
        let inner = elements.lazy.map(\.nesting).max() ?? 0
        guard inner < ScriptList.maximumDepth else { return nil }
        self.elements = elements
        self.depth = inner + 1
    }
}

/// Named values, in the order in which they were written.
public struct ScriptDictionary: Sendable {
    public let members: [(name: String, value: ScriptValue)]
    let depth: Int

    init?(_ members: [(name: String, value: ScriptValue)]) {
        let inner = members.lazy.map(\.value.nesting).max() ?? 0
        guard inner < ScriptList.maximumDepth else { return nil }
        self.members = members
        self.depth = inner + 1
    }

    public subscript(name: String) -> ScriptValue? {
        members.first { $0.name == name }?.value
    }
}

extension ScriptValue {
    /// Levels of values inside of this one.
    var nesting: Int {
        switch self {
        case .list(let list): list.depth
        case .dictionary(let dictionary): dictionary.depth
        case .closure(let closure): closure.depth
        case .function(let reference): 1 + (reference.receiver?.nesting ?? 0)
        case .symbol(let symbol): symbol.depth
        default: 0
        }
    }
}

/// `a...b` (both ends) or `a..<b`.
public struct ScriptRange: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    public let isClosed: Bool

    /// The whole numbers in it; nil when an end is no whole number or they are
    /// too many to count.
    var integers: Range<Int>? {
        guard let from = Int(exactly: lower), let to = Int(exactly: upper),
            from.magnitude < 1 << 53, to.magnitude < 1 << 53
        else { return nil }
        let end = isClosed ? to + 1 : to
        return from..<max(from, end)
    }
}

public struct ScriptSymbol: Sendable {
    public let name: String
    let arguments: [(label: String?, value: ScriptValue)]
    var depth: Int { 1 + (arguments.lazy.map(\.value.nesting).max() ?? 0) }
}

/// A closure with the values that it took from around it.
public final class ScriptClosure: Sendable {
    let code: ClosureCode
    let captured: [ScriptValue]
    let depth: Int

    init?(_ code: ClosureCode, captured: [ScriptValue]) {
        let inner = captured.lazy.map(\.nesting).max() ?? 0
        guard inner < ScriptList.maximumDepth else { return nil }
        self.code = code
        self.captured = captured
        self.depth = inner + 1
    }

    public var parameterCount: Int { code.parameterCount }
}

/// A function of the registry, unapplied.
public struct ScriptFunctionReference: Sendable {
    let name: String
    let overloads: [ScriptFunction]
    /// In a box, because a value cannot hold itself directly.
    private let boxed: [ScriptValue]
    var receiver: ScriptValue? { boxed.first }

    init(name: String, overloads: [ScriptFunction], receiver: ScriptValue?) {
        self.name = name
        self.overloads = overloads
        self.boxed = receiver.map { [$0] } ?? []
    }
}
