// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Conversions, pieces and joins.
    static let shaping: LibraryGroup = [
        "to_vector": { call in toVector(call) },
        "to_row_vector": { call in toVector(call) },
        "to_array_1d": { call in
            if call.type(0).innermost == .int { return .ints(flatIntegers(call[0])) }
            return toVector(call)
        },
        "to_array_2d": { call in
            let matrix = try call.matrix(0)
            return .array((0..<matrix.rows).map { .vector(matrix.row($0)) })
        },
        "to_matrix": toMatrix,
        "append_array": { call in
            switch (call[0], call[1]) {
            case (.ints(let a), .ints(let b)): return .ints(a + b)
            case (.vector(let a), .vector(let b)): return .vector(Entries.joined([a, b]))
            default:
                let all = call[0].elements + call[1].elements
                return all.isEmpty ? call[0] : .array(all)
            }
        },
        "append_row": { call in try append(call, rows: true) },
        "append_col": { call in try append(call, rows: false) },
        "head": { call in
            let n = try piece(call, 1)
            return slice(call[0], 0..<n)
        },
        "tail": { call in
            let n = try piece(call, 1)
            return slice(call[0], (call[0].size - n)..<call[0].size)
        },
        "segment": { call in
            let (start, n) = (try call.int(1), try call.size(2))
            let count = call[0].size
            if n == 0 { return slice(call[0], 0..<0) }
            guard start >= 1, start <= count else { throw EvaluationError.index(start, count) }
            guard n <= count - start + 1 else {
                throw EvaluationError.index(start - 1 + min(n, .max - start), count)
            }
            return slice(call[0], (start - 1)..<(start - 1 + n))
        },
        "reverse": { call in
            switch call[0] {
            case .ints(let values): return .ints(values.reversed())
            case .array(let values): return .array(values.reversed())
            default:
                let entries = try call.entries(0)
                return .vector(entries.gather((0..<entries.count).reversed()))
            }
        },
        "row": { call in
            let (matrix, i) = (try call.matrix(0), try call.int(1))
            guard i >= 1, i <= matrix.rows else { throw EvaluationError.index(i, matrix.rows) }
            return .vector(matrix.row(i - 1))
        },
        "col": { call in
            let (matrix, j) = (try call.matrix(0), try call.int(1))
            guard j >= 1, j <= matrix.columns else {
                throw EvaluationError.index(j, matrix.columns)
            }
            return .vector(matrix.column(j - 1))
        },
        "block": { call in
            let matrix = try call.matrix(0)
            let rows = try positions(call, 1, 3, matrix.rows)
            let columns = try positions(call, 2, 4, matrix.columns)
            return .matrix(submatrix(matrix, rows, columns))
        },
        "sub_col": { call in
            let matrix = try call.matrix(0)
            let rows = try positions(call, 1, 3, matrix.rows)
            let column = try call.int(2)
            guard column >= 1, column <= matrix.columns else {
                throw EvaluationError.index(column, matrix.columns)
            }
            return .vector(matrix.entries.gather(matrix.positions(Array(rows), [column - 1])))
        },
        "sub_row": { call in
            let matrix = try call.matrix(0)
            let row = try call.int(1)
            guard row >= 1, row <= matrix.rows else {
                throw EvaluationError.index(row, matrix.rows)
            }
            let columns = try positions(call, 2, 3, matrix.columns)
            return .vector(matrix.entries.gather(matrix.positions([row - 1], Array(columns))))
        },
        "diagonal": { call in
            let matrix = try call.matrix(0)
            let n = min(matrix.rows, matrix.columns)
            return .vector(matrix.entries.gather((0..<n).map { $0 * matrix.rows + $0 }))
        },
        "transpose": { call in try call.evaluator.unary(.transpose, call[0]) },
        "cumulative_sum": { call in
            if case .ints(let values) = call[0] {
                var total = 0
                return .ints(
                    try values.map {
                        let (next, overflow) = total.addingReportingOverflow($0)
                        guard !overflow else { throw EvaluationError.overflow }
                        total = next
                        return next
                    })
            }
            var total: Traced = 0
            return .vector(
                Entries(
                    try call.entries(0).scalars.map {
                        total = total + $0
                        return total
                    }))
        },
        "symmetrize_from_lower_tri": { call in
            let matrix = try call.square(0)
            let n = matrix.rows
            let picked = (0..<n).flatMap { c in (0..<n).map { r in min(r, c) * n + max(r, c) } }
            return .matrix(MatrixValue(matrix.entries.gather(picked), n, n))
        },
    ]

    private static func toVector(_ call: Call) -> Value {
        switch call[0] {
        case .matrix(let matrix): return .vector(matrix.entries)
        case .vector: return call[0]
        case .ints(let values): return .vector(Entries(values.map(Double.init)))
        default:
            let all = call[0].expression
            return .vector(Entries(all.reshaped(.vector(all.shape.count))))
        }
    }

    private static func flatIntegers(_ value: Value) -> [Int] {
        switch value {
        case .int(let value): [value]
        case .ints(let values): values
        case .array(let values): values.flatMap(flatIntegers)
        default: []
        }
    }

    private static func toMatrix(_ call: Call) throws -> Value {
        if call.count == 1 {
            switch call[0] {
            case .matrix: return call[0]
            case .array(let rows):
                let rows = rows.map { Entries($0.expression) }
                return .matrix(MatrixValue(rows: rows, columns: rows.first?.count ?? 0))
            default:
                let entries = try call.entries(0)
                return call.type(0) == .rowVector
                    ? .matrix(MatrixValue(entries, 1, entries.count))
                    : .matrix(MatrixValue(entries, entries.count, 1))
            }
        }
        let (rows, columns) = (try call.size(1), try call.size(2))
        try call.requireRoom(rows, columns)
        let entries = try call.entries(0)
        guard entries.count == rows * columns else {
            throw EvaluationError.size(
                "to_matrix: rows * columns (\(rows * columns)) and the size of the vector "
                    + "(\(entries.count)) must match")
        }
        if call.count > 3, try call.int(3) == 0 {  // row by row
            let picked = (0..<columns).flatMap { c in (0..<rows).map { $0 * columns + c } }
            return .matrix(MatrixValue(entries.gather(picked), rows, columns))
        }
        return .matrix(MatrixValue(entries, rows, columns))
    }

    private static func piece(_ call: Call, _ i: Int) throws -> Int {
        let n = try call.size(i)
        guard n <= call[0].size else { throw EvaluationError.index(n, call[0].size) }
        return n
    }

    private static func slice(_ value: Value, _ range: Range<Int>) -> Value {
        switch value {
        case .ints(let values): .ints(Array(values[range]))
        case .array(let values): .array(Array(values[range]))
        case .vector(let entries): .vector(entries.slice(range))
        default: value
        }
    }

    /// The positions of `count` rows or columns from a start, checked.
    private static func positions(
        _ call: Call, _ start: Int, _ count: Int, _ available: Int
    ) throws -> Range<Int> {
        let (first, n) = (try call.int(start), try call.size(count))
        if n == 0 { return 0..<0 }
        guard first >= 1, first <= available else {
            throw EvaluationError.index(first, available)
        }
        guard n <= available - first + 1 else {
            throw EvaluationError.index(first - 1 + min(n, .max - first), available)
        }
        return (first - 1)..<(first - 1 + n)
    }

    private static func submatrix(
        _ matrix: MatrixValue, _ rows: Range<Int>, _ columns: Range<Int>
    ) -> MatrixValue {
        let picked = matrix.positions(Array(rows), Array(columns))
        return MatrixValue(matrix.entries.gather(picked), rows.count, columns.count)
    }

    /// Something as a matrix: a vector is a column, a row vector a row.
    static func asMatrix(_ call: Call, _ i: Int) throws -> MatrixValue {
        switch call[i] {
        case .matrix(let matrix): return matrix
        case .int, .real: return MatrixValue(Entries([try call.real(i)]), 1, 1)
        default:
            let entries = try call.entries(i)
            return call.type(i) == .rowVector
                ? MatrixValue(entries, 1, entries.count) : MatrixValue(entries, entries.count, 1)
        }
    }

    private static func append(_ call: Call, rows: Bool) throws -> Value {
        // Beside each other, vectors are joined end to end; otherwise matrices.
        let joined: Bool
        switch call.result {
        case .vector, .rowVector: joined = true
        default: joined = false
        }
        if joined {
            func part(_ i: Int) throws -> Entries {
                if case .vector(let entries) = call[i] { return entries }
                return Entries([try call.real(i)])
            }
            return .vector(Entries.joined([try part(0), try part(1)]))
        }
        let (a, b) = (try asMatrix(call, 0), try asMatrix(call, 1))
        if rows {
            try requireSameSize(call.name, a.columns, b.columns)
            var picked: [Int] = []
            for c in 0..<a.columns {
                for r in 0..<a.rows { picked.append(c * a.rows + r) }
                for r in 0..<b.rows { picked.append(a.entries.count + c * b.rows + r) }
            }
            let all = Entries.joined([a.entries, b.entries])
            return .matrix(MatrixValue(all.gather(picked), a.rows + b.rows, a.columns))
        }
        try requireSameSize(call.name, a.rows, b.rows)
        return .matrix(
            MatrixValue(
                Entries.joined([a.entries, b.entries]), a.rows, a.columns + b.columns))
    }
}
