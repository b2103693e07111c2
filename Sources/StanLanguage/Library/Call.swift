// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

/// One call of a library function: its arguments, worked out, and where it
/// stands.
struct Call {
    let name: String
    let arguments: [Value]
    /// The arguments' expressions, for their types.
    let nodes: [StanExpression]
    /// The type of the result.
    let result: StanType
    /// Whether terms that don't depend on parameters may be left out.
    let droppingConstants: Bool
    let evaluator: Evaluator
    /// Where the call stands in the source.
    var range: Range<Int> = 0..<0
    /// Stands for the real or imaginary part of a call with complex arguments.
    var isPart = false

    var count: Int { arguments.count }

    subscript(i: Int) -> Value { i < arguments.count ? arguments[i] : .void }

    func type(_ i: Int) -> StanType {
        guard i < nodes.count else { return .void }
        return isPart ? nodes[i].type.realPart : nodes[i].type
    }

    private func wrong(_ i: Int, _ what: String) -> EvaluationError {
        EvaluationError("type", "\(name): argument \(i + 1) must be \(what)")
    }

    func int(_ i: Int) throws -> Int {
        guard let value = self[i].integer else { throw wrong(i, "an integer") }
        return value
    }

    /// A one-dimensional array of integers, or one integer.
    func ints(_ i: Int) throws -> [Int] {
        guard let values = self[i].integers else { throw wrong(i, "integers") }
        return values
    }

    /// A scalar.
    func real(_ i: Int) throws -> Traced {
        switch self[i] {
        case .int(let value): return Traced(Double(value))
        case .real(let value): return value
        default: throw wrong(i, "a number")
        }
    }

    /// A known number.
    func number(_ i: Int) throws -> Double {
        guard let number = try real(i).constant else { throw wrong(i, "data") }
        return number
    }

    /// The entries of a vector, row vector or array of numbers.
    func entries(_ i: Int) throws -> Entries {
        switch self[i] {
        case .vector(let entries): return entries
        case .ints(let values): return Entries(values.map(Double.init))
        case .matrix(let matrix): return matrix.entries
        case .array(let values) where values.isEmpty: return Entries([Double]())
        default: throw wrong(i, "a vector or an array")
        }
    }

    func matrix(_ i: Int) throws -> MatrixValue {
        guard case .matrix(let matrix) = self[i] else { throw wrong(i, "a matrix") }
        return matrix
    }

    func square(_ i: Int) throws -> MatrixValue {
        let matrix = try matrix(i)
        guard matrix.rows == matrix.columns else {
            throw EvaluationError.size(
                "\(name): expecting a square matrix; it has \(matrix.rows) rows and "
                    + "\(matrix.columns) columns")
        }
        return matrix
    }

    /// A size: a nonnegative integer.
    func size(_ i: Int) throws -> Int {
        let value = try int(i)
        guard value >= 0 else {
            throw EvaluationError(
                "negative-size", "\(name): a size must not be negative, but is \(value)")
        }
        return value
    }

    /// Refuses results that are absurdly large before they are made.
    func requireRoom(_ sizes: Int...) throws {
        var total = 1
        for size in sizes {
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            total = overflow ? .max : product
        }
        guard total <= Evaluator.largestVariable else {
            let gigabytes = formatted((Double(total) * 8 / 1e8).rounded() / 10)
            throw EvaluationError(
                "too-large", "\(name): the result would need \(gigabytes) GB",
                help: "a value may hold up to \(Evaluator.largestVariable) numbers (2 GB)")
        }
    }

    /// The first element's worth of an array, or the value itself.
    func list(_ i: Int) -> [Value] {
        if case .array(let values) = self[i] { return values }
        return [self[i]]
    }

    /// The generator of random numbers.
    func generator() throws -> RandomGenerator {
        guard let generator = evaluator.generator else {
            throw EvaluationError.noGenerator(name)
        }
        return generator
    }
}

/// What a library function does.
typealias LibraryFunction = @Sendable (Call) throws -> Value

/// A topic of the library: names and what they do.
typealias LibraryGroup = [String: LibraryFunction]
