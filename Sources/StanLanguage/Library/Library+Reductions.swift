// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Functions from a container to a scalar, and sizes.
    static let reductions: LibraryGroup = [
        "sum": { call in
            if case .ints(let values) = call[0] {
                var total = 0
                for value in values {
                    let (next, overflow) = total.addingReportingOverflow(value)
                    guard !overflow else { throw EvaluationError.overflow }
                    total = next
                }
                return .int(total)
            }
            if call[0].scalarCount == 0 { return call.result == .int ? .int(0) : .number(0) }
            return .real(sum(call[0].expression))
        },
        "prod": { call in
            if case .ints(let values) = call[0] {
                var total = 1
                for value in values {
                    let (next, overflow) = total.multipliedReportingOverflow(by: value)
                    guard !overflow else { throw EvaluationError.overflow }
                    total = next
                }
                return .int(total)
            }
            if call[0].scalarCount == 0 { return call.result == .int ? .int(1) : .number(1) }
            return .real(product(call[0].expression))
        },
        "mean": { call in .real(mean(try nonempty(call))) },
        "variance": { call in .real(variance(try nonempty(call))) },
        "sd": { call in .real(sqrt(variance(try nonempty(call)))) },
        "max": { call in
            if call.count == 2 { return .int(max(try call.int(0), try call.int(1))) }
            if case .ints(let values) = call[0] {
                guard let largest = values.max() else { throw empty(call) }
                return .int(largest)
            }
            return .real(
                call[0].size == 0 ? Traced(-.infinity) : maximum(call[0].expression))
        },
        "min": { call in
            if call.count == 2 { return .int(min(try call.int(0), try call.int(1))) }
            if case .ints(let values) = call[0] {
                guard let smallest = values.min() else { throw empty(call) }
                return .int(smallest)
            }
            return .real(call[0].size == 0 ? Traced(.infinity) : minimum(call[0].expression))
        },
        "norm1": { call in .real(sum(abs(call[0].expression))) },
        "norm2": { call in .real(sqrt(sum(square(call[0].expression)))) },
        "dot_self": { call in
            let x = try call.entries(0).vector
            return .real(x.shape.count == 0 ? 0 : dot(x, x))
        },
        "dot_product": { call in
            let (x, y) = (try call.entries(0), try call.entries(1))
            try requireSameSize(call.name, x.count, y.count)
            return .real(x.count == 0 ? 0 : dot(x.vector, y.vector))
        },
        "squared_distance": { call in .real(try squaredDistance(call)) },
        "distance": { call in .real(sqrt(try squaredDistance(call))) },
        "size": { call in .int(call[0].size) },
        "num_elements": { call in .int(call[0].scalarCount) },
        "rows": { call in
            switch call[0] {
            case .matrix(let matrix): return .int(matrix.rows)
            default: return .int(call.type(0) == .rowVector ? 1 : call[0].size)
            }
        },
        "cols": { call in
            switch call[0] {
            case .matrix(let matrix): return .int(matrix.columns)
            default: return .int(call.type(0) == .vector ? 1 : call[0].size)
            }
        },
        "dims": { call in .ints(call[0].dimensions) },
        "quantile": { call in
            let sorted = try order(call, call.entries(0).scalars, ascending: true)
            guard !sorted.isEmpty else { throw empty(call) }
            let probabilities = call[1].expression.constants ?? []
            let result = try probabilities.map { p -> Traced in
                guard p >= 0, p <= 1 else {
                    throw DomainError(call.name, "p", is: p, mustBe: "in the interval [0, 1]")
                }
                let position = Double(sorted.count - 1) * p
                let below = Int(position.rounded(.down))
                let above = min(below + 1, sorted.count - 1)
                return sorted[below] + Traced(position - Double(below))
                    * (sorted[above] - sorted[below])
            }
            return call[1].dimensions.isEmpty ? .real(result[0]) : .vector(Entries(result))
        },
    ]

    private static func empty(_ call: Call) -> EvaluationError {
        .size("\(call.name): the container must not be empty")
    }

    private static func nonempty(_ call: Call) throws -> Traced {
        let x = call[0].expression
        guard x.shape.count > 0 else { throw empty(call) }
        return x.shape.isScalar ? x : x.reshaped(.vector(x.shape.count))
    }

    private static func variance(_ x: Traced) -> Traced {
        let n = x.shape.count
        if n < 2 { return 0 }
        return sum(square(x - mean(x))) / Traced(Double(n - 1))
    }

    private static func squaredDistance(_ call: Call) throws -> Traced {
        if let x = try? call.real(0), let y = try? call.real(1) { return square(x - y) }
        let (x, y) = (try call.entries(0), try call.entries(1))
        try requireSameSize(call.name, x.count, y.count)
        return x.count == 0 ? 0 : sum(square(x.vector - y.vector))
    }

    // MARK: - Order

    static let sorting: LibraryGroup = [
        "sort_asc": { call in try sorted(call, ascending: true) },
        "sort_desc": { call in try sorted(call, ascending: false) },
        "sort_indices_asc": { call in
            .ints(try ranking(call, call.entries(0).scalars, ascending: true).map { $0 + 1 })
        },
        "sort_indices_desc": { call in
            .ints(try ranking(call, call.entries(0).scalars, ascending: false).map { $0 + 1 })
        },
        "rank": { call in
            let values = try call.entries(0).scalars
            let k = try call.int(1)
            guard k >= 1, k <= values.count else { throw EvaluationError.index(k, values.count) }
            return .int(
                values.reduce(0) { $0 + (call.evaluator.decide($1, .less, values[k - 1]) ? 1 : 0) })
        },
    ]

    private static func sorted(_ call: Call, ascending: Bool) throws -> Value {
        if case .ints(let values) = call[0] {
            return .ints(ascending ? values.sorted() : values.sorted(by: >))
        }
        return .vector(Entries(try order(call, call.entries(0).scalars, ascending: ascending)))
    }

    private static func order(
        _ call: Call, _ values: [Traced], ascending: Bool
    ) throws -> [Traced] {
        try ranking(call, values, ascending: ascending).map { values[$0] }
    }

    /// The positions in sorted order; ties keep theirs.
    private static func ranking(
        _ call: Call, _ values: [Traced], ascending: Bool
    ) throws -> [Int] {
        for value in values where value.constant?.isNaN ?? false {
            throw DomainError(call.name, "an element", is: .nan, mustBe: "not nan")
        }
        if values.allSatisfy(\.isConstant) {
            let numbers = values.map { $0.constant ?? 0 }
            return values.indices.sorted {
                if numbers[$0] == numbers[$1] { return $0 < $1 }
                return ascending ? numbers[$0] < numbers[$1] : numbers[$0] > numbers[$1]
            }
        }
        return values.indices.sorted {
            call.evaluator.decide(values[$0], ascending ? .less : .greater, values[$1])
        }
    }
}
