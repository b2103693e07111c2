// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Functions that make containers from sizes and scalars.
    static let construction: LibraryGroup = [
        "rep_vector": { call in try repeated(call) },
        "rep_row_vector": { call in try repeated(call) },
        "rep_matrix": { call in
            if call.count == 3 {
                let (rows, columns) = (try call.size(1), try call.size(2))
                try call.requireRoom(rows, columns)
                let value = try call.real(0)
                return .matrix(MatrixValue(filled(value, rows * columns), rows, columns))
            }
            let entries = try call.entries(0)
            let copies = try call.size(1)
            try call.requireRoom(entries.count, copies)
            let n = entries.count
            if call.type(0) == .rowVector {
                let picked = (0..<n).flatMap { c in [Int](repeating: c, count: copies) }
                return .matrix(MatrixValue(entries.gather(picked), copies, n))
            }
            let picked = (0..<copies).flatMap { _ in 0..<n }
            return .matrix(MatrixValue(entries.gather(picked), n, copies))
        },
        "rep_array": { call in
            var value = call[0]
            var type = call.type(0)
            for i in stride(from: call.count - 1, through: 1, by: -1) {
                let count = try call.size(i)
                try call.requireRoom(count, max(1, value.scalarCount))
                if count == 0 {
                    value = Value.collected([], isInteger: type.innermost == .int)
                    if type.indexDepth > 0 { value = .array([]) }
                } else {
                    value = Value.collected(
                        [Value](repeating: value, count: count), isInteger: type.innermost == .int)
                }
                type = .array(of: type, 1)
            }
            return value
        },
        "zeros_vector": { call in try constant(call, 0) },
        "zeros_row_vector": { call in try constant(call, 0) },
        "zeros_array": { call in try constant(call, 0) },
        "ones_vector": { call in try constant(call, 1) },
        "ones_row_vector": { call in try constant(call, 1) },
        "ones_array": { call in try constant(call, 1) },
        "zeros_int_array": { call in
            let n = try call.size(0)
            try call.requireRoom(n)
            return .ints([Int](repeating: 0, count: n))
        },
        "ones_int_array": { call in
            let n = try call.size(0)
            try call.requireRoom(n)
            return .ints([Int](repeating: 1, count: n))
        },
        "identity_matrix": { call in
            let n = try call.size(0)
            try call.requireRoom(n, n)
            return .matrix(diagonalMatrix(Entries(repeating: 1, count: n)))
        },
        "diag_matrix": { call in
            let entries = try call.entries(0)
            try call.requireRoom(entries.count, entries.count)
            return .matrix(diagonalMatrix(entries))
        },
        "one_hot_vector": { call in try oneHot(call) },
        "one_hot_row_vector": { call in try oneHot(call) },
        "one_hot_array": { call in try oneHot(call) },
        "one_hot_int_array": { call in
            .ints((try oneHot(call).expression.constants ?? []).map { $0 == 0 ? 0 : 1 })
        },
        "linspaced_vector": { call in try linspaced(call) },
        "linspaced_row_vector": { call in try linspaced(call) },
        "linspaced_array": { call in try linspaced(call) },
        "linspaced_int_array": { call in
            let n = try call.size(0)
            let (lower, upper) = (try call.int(1), try call.int(2))
            try call.requireRoom(n)
            guard upper >= lower else {
                throw DomainError(
                    call.name, "upper bound", is: Double(upper),
                    mustBe: "greater than or equal to \(lower)")
            }
            if n == 1 { return .ints([upper]) }
            // As Stan: the span is cut to a multiple of the number of steps, or
            // the steps repeat when there are fewer values than steps.
            let (span, overflow) = upper.subtractingReportingOverflow(lower)
            guard !overflow else { throw EvaluationError.overflow }
            let steps = max(1, n - 1)
            if span < n {
                let each = max(1, n / (span + 1))
                return .ints((0..<n).map { lower + min($0 / each, span) })
            }
            let step = span / steps
            return .ints((0..<n).map { lower + $0 * step })
        },
        "uniform_simplex": { call in
            let n = try call.size(0)
            try call.requireRoom(n)
            return .vector(Entries(repeating: 1 / Double(n), count: n))
        },
    ]

    static func filled(_ value: Traced, _ count: Int) -> Entries {
        if let number = value.constant { return Entries(repeating: number, count: count) }
        if count == 0 { return Entries([Double]()) }
        return Entries(value.broadcast(to: .vector(count)))
    }

    private static func repeated(_ call: Call) throws -> Value {
        let n = try call.size(1)
        try call.requireRoom(n)
        return .vector(filled(try call.real(0), n))
    }

    private static func constant(_ call: Call, _ value: Double) throws -> Value {
        let n = try call.size(0)
        try call.requireRoom(n)
        return .vector(Entries(repeating: value, count: n))
    }

    private static func oneHot(_ call: Call) throws -> Value {
        let (n, k) = (try call.size(0), try call.int(1))
        try call.requireRoom(n)
        guard k >= 1, k <= n else { throw EvaluationError.index(k, n) }
        var entries = [Double](repeating: 0, count: n)
        entries[k - 1] = 1
        return .vector(Entries(entries))
    }

    private static func linspaced(_ call: Call) throws -> Value {
        let n = try call.size(0)
        let (lower, upper) = (try call.number(1), try call.number(2))
        try call.requireRoom(n)
        guard lower.isFinite, upper.isFinite, upper >= lower else {
            throw DomainError(
                call.name, "upper bound", is: upper,
                mustBe: "finite and greater than or equal to \(formatted(lower))")
        }
        if n == 1 { return .vector(Entries([upper])) }
        let step = (upper - lower) / Double(max(1, n - 1))
        return .vector(
            Entries((0..<n).map { $0 == n - 1 ? upper : lower + Double($0) * step }))
    }

    static func diagonalMatrix(_ entries: Entries) -> MatrixValue {
        let n = entries.count
        var matrix = Entries(repeating: 0, count: n * n)
        matrix.set((0..<n).map { $0 * n + $0 }, entries)
        return MatrixValue(matrix, n, n)
    }
}
