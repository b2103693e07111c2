// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// A value of the Stan language.
///
/// Types are static: each expression of the tree knows its own. So a vector, a
/// row vector and a one-dimensional array of reals look alike here, and an
/// operator asks the tree which of them it has.
enum Value {
    case int(Int)
    case real(Traced)
    /// The real and the imaginary part of a complex number, vector or matrix.
    indirect case complex(Value, Value)
    /// A vector, a row vector, or a one-dimensional array of reals.
    case vector(Entries)
    case matrix(MatrixValue)
    /// A one-dimensional array of integers.
    case ints([Int])
    /// Any other array, one dimension at a time.
    case array([Value])
    case tuple([Value])
    case text(String)
    case function(StanFunctionReference)
    /// The result of a function without one; also what an unset slot holds.
    case void
}

/// A matrix: entries column by column.
struct MatrixValue {
    var entries: Entries
    let rows: Int
    let columns: Int

    var expression: Traced { entries.packed(.matrix(rows, columns)) }

    init(_ entries: Entries, _ rows: Int, _ columns: Int) {
        self.entries = entries
        self.rows = rows
        self.columns = columns
    }

    init(_ expression: Traced) {
        self.init(Entries(expression), expression.shape.rows, expression.shape.columns)
    }

    /// Row r, from 0.
    func row(_ r: Int) -> Entries {
        entries.gather((0..<columns).map { $0 &* rows &+ r })
    }

    /// Column c, from 0.
    func column(_ c: Int) -> Entries { entries.slice((c * rows)..<((c + 1) * rows)) }
}

extension Value {
    static func number(_ value: Double) -> Value { .real(Traced(value)) }
    static func truth(_ value: Bool) -> Value { .int(value ? 1 : 0) }

    /// Whatever an expression is: a scalar, a vector or a matrix.
    init(_ expression: Traced) {
        switch expression.shape {
        case .scalar: self = .real(expression)
        case .vector: self = .vector(Entries(expression))
        case .matrix: self = .matrix(MatrixValue(expression))
        }
    }

    /// The value as one expression: a number, a vector or a matrix; integers
    /// become known reals, and nested arrays of numbers one long vector.
    var expression: Traced {
        switch self {
        case .int(let value): return Traced(Double(value))
        case .real(let value): return value
        case .vector(let entries): return entries.vector
        case .matrix(let matrix): return matrix.expression
        case .ints(let values): return Traced(values.map(Double.init))
        case .array(let values), .tuple(let values):
            let parts = values.map { Entries($0.expression) }
            return Entries.joined(parts).vector
        case .complex(let real, let imaginary):
            // One part after the other, entry by entry.
            let parts = zip(real.elements, imaginary.elements)
            return Traced.vector(parts.flatMap { [$0.expression, $1.expression] })
        case .text, .function, .void: return Traced(.nan)
        }
    }

    /// The number of elements of an array, entries of a vector or matrix; 1 for
    /// a scalar. What `size` returns.
    var size: Int {
        switch self {
        case .vector(let entries): entries.count
        case .matrix(let matrix): matrix.entries.count
        case .ints(let values): values.count
        case .array(let values): values.count
        case .tuple(let values): values.count
        case .complex(let real, _): real.size
        case .int, .real, .text, .function, .void: 1
        }
    }

    /// The number of scalars inside. What `num_elements` returns.
    var scalarCount: Int {
        if case .array(let values) = self { return values.reduce(0) { $0 + $1.scalarCount } }
        return size
    }

    /// Array sizes, then rows and columns. What `dims` returns.
    var dimensions: [Int] {
        switch self {
        case .vector(let entries): [entries.count]
        case .matrix(let matrix): [matrix.rows, matrix.columns]
        case .ints(let values): [values.count]
        case .array(let values): [values.count] + (values.first?.dimensions ?? [])
        case .complex(let real, _): real.dimensions
        case .int, .real, .tuple, .text, .function, .void: []
        }
    }

    /// Whether no parameter is involved.
    var isKnown: Bool {
        switch self {
        case .real(let value): value.isConstant
        case .vector(let entries): entries.isKnown
        case .matrix(let matrix): matrix.entries.isKnown
        case .array(let values), .tuple(let values): values.allSatisfy(\.isKnown)
        case .complex(let real, let imaginary): real.isKnown && imaginary.isKnown
        case .int, .ints, .text, .function, .void: true
        }
    }

    /// The elements of an array, or the entries of a vector.
    var elements: [Value] {
        switch self {
        case .vector(let entries): entries.scalars.map { .real($0) }
        case .matrix(let matrix): matrix.entries.scalars.map { .real($0) }
        case .ints(let values): values.map { .int($0) }
        case .array(let values), .tuple(let values): values
        case .complex(let real, let imaginary):
            zip(real.elements, imaginary.elements).map { .complex($0, $1) }
        case .int, .real, .text, .function, .void: [self]
        }
    }

    /// An array of these elements, in the form that its type calls for.
    static func array(of elements: [Value], _ element: StanType) -> Value {
        switch element {
        case .int:
            return .ints(elements.map { $0.integer ?? 0 })
        case .real:
            return .vector(Entries(elements.map(\.expression)))
        default: return .array(elements)
        }
    }

    var integer: Int? {
        if case .int(let value) = self { return value }
        return nil
    }

    /// A one-dimensional array of integers, or one integer as such.
    var integers: [Int]? {
        switch self {
        case .int(let value): return [value]
        case .ints(let values): return values
        case .array(let values) where values.isEmpty: return []
        default: return nil
        }
    }
}

extension Entries {
    var isKnown: Bool {
        switch storage {
        case .numbers: true
        case .whole(let expression): expression.isConstant
        case .separate(let scalars): scalars.allSatisfy(\.isConstant)
        }
    }

    /// One after the other.
    static func joined(_ parts: [Entries]) -> Entries {
        let parts = parts.filter { $0.count > 0 }
        if parts.count == 1 { return parts[0] }
        if parts.allSatisfy(\.isKnown) {
            return Entries(parts.flatMap { $0.numbers ?? [] })
        }
        return Entries(parts.flatMap(\.scalars))
    }
}

extension Value {
    /// Which kind of container a place holds, asked without copying it.
    enum Container { case vector, ints, array, matrix, complex, none }

    @inline(never)
    static func container(_ place: borrowing Value) -> Container {
        switch copy place {
        case .vector: .vector
        case .ints: .ints
        case .array: .array
        case .matrix: .matrix
        case .complex: .complex
        default: .none
        }
    }
}

// A container that is to be changed is taken out of its place by a function that
// is not inlined, and put back: so it has one owner and is not copied. (A
// `switch` over the place would keep a second owner to its end.)
extension Value {
    @inline(never)
    static func takeEntries(_ place: inout Value) -> Entries {
        guard case .vector(let entries) = place else { return Entries([Double]()) }
        place = .void
        return entries
    }

    @inline(never)
    static func takeMatrix(_ place: inout Value) -> MatrixValue {
        guard case .matrix(let matrix) = place else {
            return MatrixValue(Entries([Double]()), 0, 0)
        }
        place = .void
        return matrix
    }

    @inline(never)
    static func takeIntegers(_ place: inout Value) -> [Int] {
        guard case .ints(let values) = place else { return [] }
        place = .void
        return values
    }

    @inline(never)
    static func takeParts(_ place: inout Value) -> (Value, Value) {
        guard case .complex(let real, let imaginary) = place else { return (.void, .void) }
        place = .void
        return (real, imaginary)
    }

    @inline(never)
    static func takeElements(_ place: inout Value) -> [Value] {
        switch place {
        case .array(let values), .tuple(let values):
            place = .void
            return values
        default: return []
        }
    }
}
