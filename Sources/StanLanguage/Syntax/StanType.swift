// SPDX-License-Identifier: GPL-3.0-or-later

/// The type of a Stan expression or variable, without sizes.
public indirect enum StanType: Hashable, Sendable {
    case int
    case real
    case complex
    case vector
    case rowVector
    case matrix
    case complexVector
    case complexRowVector
    case complexMatrix
    /// An array; `element` is never itself an array.
    case array(element: StanType, dimensions: Int)
    case tuple([StanType])
    /// The type of a function that is passed by name to a higher-order function.
    case function(StanFunctionType)
    /// What a function without a result returns.
    case void
}

/// The type of a user-defined function.
public struct StanFunctionType: Hashable, Sendable {
    /// One argument of a function: its type, and whether it must be data.
    public struct Argument: Hashable, Sendable {
        public var type: StanType
        /// Declared `data`: only expressions without parameters are accepted.
        public var isDataOnly: Bool

        public init(type: StanType, isDataOnly: Bool) {
            self.type = type
            self.isDataOnly = isDataOnly
        }
    }

    public var arguments: [Argument]
    public var result: StanType

    public init(arguments: [Argument], result: StanType) {
        self.arguments = arguments
        self.result = result
    }
}

extension StanType {
    /// An array of `element` with more dimensions: arrays of arrays are flattened.
    public static func array(of element: StanType, _ dimensions: Int) -> StanType {
        if dimensions == 0 { return element }
        if case .array(let inner, let count) = element {
            return .array(element: inner, dimensions: count + dimensions)
        }
        return .array(element: element, dimensions: dimensions)
    }

    /// Number of array dimensions in front, 0 for everything but an array.
    public var arrayDimensions: Int {
        if case .array(_, let dimensions) = self { return dimensions }
        return 0
    }

    /// The type without its array dimensions.
    public var innermost: StanType {
        if case .array(let element, _) = self { return element }
        return self
    }

    /// The type of one element of an array, nil for everything else.
    public var arrayElement: StanType? {
        if case .array(let element, let dimensions) = self {
            return .array(of: element, dimensions - 1)
        }
        return nil
    }

    /// Number of indices that reach a scalar: arrays, then rows and columns.
    public var indexDepth: Int {
        switch self {
        case .vector, .rowVector, .complexVector, .complexRowVector: return 1
        case .matrix, .complexMatrix: return 2
        case .array(let element, let dimensions): return dimensions + element.indexDepth
        case .int, .real, .complex, .tuple, .function, .void: return 0
        }
    }

    /// A complex number, vector, row vector or matrix.
    var isComplex: Bool {
        switch self {
        case .complex, .complexVector, .complexRowVector, .complexMatrix: return true
        default: return false
        }
    }

    /// The type of the real and imaginary parts.
    var realPart: StanType {
        switch self {
        case .complex: return .real
        case .complexVector: return .vector
        case .complexRowVector: return .rowVector
        case .complexMatrix: return .matrix
        case .array(let element, let dimensions):
            return .array(element: element.realPart, dimensions: dimensions)
        default: return self
        }
    }

    /// Whether all scalars inside are integers.
    public var isIntegral: Bool { innermost == .int }

    /// An `int` or `real`.
    public var isRealScalar: Bool { self == .int || self == .real }
}

extension StanType: CustomStringConvertible {
    /// The type as Stan writes it: `array[,] real`, `row_vector`, …
    public var description: String {
        switch self {
        case .int: return "int"
        case .real: return "real"
        case .complex: return "complex"
        case .vector: return "vector"
        case .rowVector: return "row_vector"
        case .matrix: return "matrix"
        case .complexVector: return "complex_vector"
        case .complexRowVector: return "complex_row_vector"
        case .complexMatrix: return "complex_matrix"
        case .array(let element, let dimensions):
            return "array[" + String(repeating: ",", count: max(0, dimensions - 1)) + "] \(element)"
        case .tuple(let elements):
            return "tuple(" + elements.map(\.description).joined(separator: ", ") + ")"
        case .function(let function): return function.description
        case .void: return "void"
        }
    }
}

extension StanFunctionType: CustomStringConvertible {
    /// As stanc writes it: `(real, data vector) => real`.
    public var description: String {
        let list = arguments.map { ($0.isDataOnly ? "data " : "") + $0.type.description }
        return "(" + list.joined(separator: ", ") + ") => \(result)"
    }
}
