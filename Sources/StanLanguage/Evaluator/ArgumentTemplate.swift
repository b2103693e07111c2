// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// The arguments that a solver hands through to a function of the program, with
/// what depends on parameters taken out: it goes to the function as inputs of a
/// trace of its own.
struct ArgumentTemplate: @unchecked Sendable {
    private indirect enum Part {
        /// Holds no node of a trace, so it may be shared between threads.
        case known(Value)
        case real
        case vector(Int)
        case matrix(Int, Int)
        /// A vector of which some entries are known.
        case mixed([Double?])
        case mixedMatrix([Double?], Int, Int)
        case array([Part])
        case complex(Part, Part)
        case tuple([Part])
    }

    private var parts: [Part] = []
    /// What was taken out, in order; empty when everything is known.
    private(set) var taken: [Entries] = []

    /// - Parameter function: whose arguments the values become, promoted to their
    ///   types; the first argument of them has the number `first`.
    init(_ values: some Sequence<Value>, of function: StanFunction, from first: Int) {
        for (i, value) in values.enumerated() {
            let position = first + i
            let promoted =
                position < function.arguments.count
                ? value.promoted(to: function.arguments[position].type) : value
            parts.append(take(promoted))
        }
    }

    /// Of arguments as they are.
    init(_ values: [Value]) {
        for value in values { parts.append(take(value)) }
    }

    private mutating func take(_ value: Value) -> Part {
        if value.isKnown { return .known(value) }
        switch value {
        case .real(let x):
            taken.append(Entries([x]))
            return .real
        case .vector(let entries): return take(entries, rows: nil)
        case .matrix(let matrix):
            return take(matrix.entries, rows: matrix.rows)
        case .array(let values): return .array(values.map { take($0) })
        case .tuple(let values): return .tuple(values.map { take($0) })
        case .complex(let real, let imaginary): return .complex(take(real), take(imaginary))
        case .int, .ints, .text, .function, .void: return .known(value)
        }
    }

    private mutating func take(_ entries: Entries, rows: Int?) -> Part {
        let count = entries.count
        if case .separate(let scalars) = entries.storage,
            scalars.contains(where: { $0.isConstant })
        {
            taken.append(Entries(scalars.filter { !$0.isConstant }))
            let known = scalars.map(\.constant)
            return rows.map { .mixedMatrix(known, $0, count / max(1, $0)) } ?? .mixed(known)
        }
        taken.append(entries)
        return rows.map { .matrix($0, count / max(1, $0)) } ?? .vector(count)
    }

    /// Scalars that were taken out.
    var count: Int { taken.reduce(0) { $0 + $1.count } }

    /// The arguments again, with inputs of a trace for what was taken out.
    func arguments(from trace: Trace) -> [Value] { parts.map { Self.fill($0, trace) } }

    private static func fill(_ part: Part, _ trace: Trace) -> Value {
        switch part {
        case .known(let value): return value
        case .real: return .real(trace.input())
        case .vector(let count): return .vector(Entries(trace.input(.vector(count))))
        case .matrix(let rows, let columns):
            return .matrix(MatrixValue(trace.input(.matrix(rows, columns))))
        case .mixed(let known): return .vector(mixed(known, trace))
        case .mixedMatrix(let known, let rows, let columns):
            return .matrix(MatrixValue(mixed(known, trace), rows, columns))
        case .array(let parts): return .array(parts.map { fill($0, trace) })
        case .tuple(let parts): return .tuple(parts.map { fill($0, trace) })
        case .complex(let real, let imaginary):
            let first = fill(real, trace)
            return .complex(first, fill(imaginary, trace))
        }
    }

    private static func mixed(_ known: [Double?], _ trace: Trace) -> Entries {
        let inputs = trace.input(.vector(known.count { $0 == nil })).elements
        var next = 0
        return Entries(
            known.map { number -> Traced in
                if let number { return Traced(number) }
                next += 1
                return inputs[next - 1]
            })
    }
}
