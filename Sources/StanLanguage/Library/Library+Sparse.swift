// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Matrices in compressed row storage: entries w row by row, their columns v,
    /// and u, where each row starts (and the last one ends), all counted from 1.
    static let sparseMatrices: LibraryGroup = [
        "csr_extract": { call in
            let (w, v, u) = try compressed(call)
            return .tuple([.vector(w), .ints(v), .ints(u)])
        },
        "csr_extract_w": { call in .vector(try compressed(call).w) },
        "csr_extract_v": { call in .ints(try compressed(call).v) },
        "csr_extract_u": { call in .ints(try compressed(call).u) },
        "csr_to_dense_matrix": { call in
            let (m, n) = (try call.size(0), try call.size(1))
            try call.requireRoom(m, n)
            let w = try call.entries(2)
            var result = Entries(repeating: 0, count: m * n)
            for (row, stretch) in try rows(call, m, n).enumerated() {
                for (i, column) in zip(stretch.entries, stretch.columns) {
                    result.set(column * m + row, w[i])
                }
            }
            return .matrix(MatrixValue(result, m, n))
        },
        "csr_matrix_times_vector": { call in
            let (m, n) = (try call.size(0), try call.size(1))
            let (w, b) = (try call.entries(2), try call.entries(5))
            try requireSameSize(call.name, b.count, n)
            let result = try rows(call, m, n).map { stretch -> Traced in
                if stretch.columns.isEmpty { return 0 }
                return dot(w.slice(stretch.entries).vector, b.gather(stretch.columns).vector)
            }
            return .vector(Entries(result))
        },
    ]

    /// For each row the positions of its entries in w, and their columns, from 0.
    private static func rows(
        _ call: Call, _ m: Int, _ n: Int
    ) throws -> [(entries: Range<Int>, columns: [Int])] {
        let count = try call.entries(2).count
        let (v, u) = (try call.ints(3), try call.ints(4))
        try requireSameSize(call.name, count, v.count)
        try requireSameSize(call.name, u.count, m + 1)
        return try (0..<m).map { row in
            let (start, end) = (u[row], u[row + 1])
            guard start >= 1, end >= start, end <= count + 1 else {
                throw EvaluationError.index(start >= 1 && start <= count + 1 ? end : start, count)
            }
            let columns = try v[(start - 1)..<(end - 1)].map {
                guard $0 >= 1, $0 <= n else { throw EvaluationError.index($0, n) }
                return $0 - 1
            }
            return ((start - 1)..<(end - 1), columns)
        }
    }

    /// What is not 0 of a matrix.
    private static func compressed(_ call: Call) throws -> (w: Entries, v: [Int], u: [Int]) {
        let m = try call.matrix(0)
        var positions: [Int] = []
        var v: [Int] = []
        var u = [1]
        for r in 0..<m.rows {
            for c in 0..<m.columns {
                let position = c * m.rows + r
                if !call.evaluator.decide(m.entries[position], .notEqual, 0) { continue }
                positions.append(position)
                v.append(c + 1)
            }
            u.append(v.count + 1)
        }
        return (m.entries.gather(positions), v, u)
    }
}
