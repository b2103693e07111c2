// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// An index worked out: positions from 0, not yet checked against a container.
enum ResolvedIndex {
    case all
    /// As written, from 1.
    case single(Int)
    /// As written, from 1.
    case list([Int])
    /// From 1, inclusive; nil for an open end. Empty when upper < lower.
    case range(Int?, Int?)

    var isSingle: Bool {
        if case .single = self { return true }
        return false
    }

    /// The positions, from 0, in a dimension of `count`.
    func positions(in count: Int) throws -> [Int] {
        switch self {
        case .all: return Array(0..<count)
        case .single(let i):
            guard i >= 1, i <= count else { throw EvaluationError.index(i, count) }
            return [i - 1]
        case .list(let list):
            return try list.map {
                guard $0 >= 1, $0 <= count else { throw EvaluationError.index($0, count) }
                return $0 - 1
            }
        case .range(let from, let to):
            let lower = from ?? 1
            let upper = to ?? count
            if upper < lower { return [] }
            guard lower >= 1 else { throw EvaluationError.index(lower, count) }
            guard upper <= count else { throw EvaluationError.index(upper, count) }
            return Array((lower - 1)..<upper)
        }
    }
}

extension Evaluator {
    func resolve(_ index: StanIndex) throws -> ResolvedIndex {
        switch index {
        case .all: return .all
        case .single(let node): return .single(try integer(node))
        case .multiple(let node): return .list(try evaluate(node).integers ?? [])
        case .from(let node): return .range(try integer(node), nil)
        case .upTo(let node): return .range(nil, try integer(node))
        case .range(let lower, let upper):
            return .range(try integer(lower), try integer(upper))
        }
    }

    func evaluateIndexed(_ base: StanExpression, _ indices: [StanIndex]) throws -> Value {
        // The common cases first: x[i] and x[i, j] of a variable, in place.
        if case .variable(let variable) = base.kind, case .single(let first) = indices[0] {
            let i = try integer(first)
            if indices.count == 1 {
                switch slots[variable.slot] {
                case .vector(let entries):
                    guard i >= 1, i <= entries.count else {
                        throw diagnostic(.index(i, entries.count), at: first.range)
                    }
                    return .real(entries[i - 1])
                case .ints(let values):
                    guard i >= 1, i <= values.count else {
                        throw diagnostic(.index(i, values.count), at: first.range)
                    }
                    return .int(values[i - 1])
                case .array(let values):
                    guard i >= 1, i <= values.count else {
                        throw diagnostic(.index(i, values.count), at: first.range)
                    }
                    return values[i - 1]
                default: break
                }
            } else if indices.count == 2, case .single(let second) = indices[1],
                case .matrix(let matrix) = slots[variable.slot]
            {
                let j = try integer(second)
                guard i >= 1, i <= matrix.rows else {
                    throw diagnostic(.index(i, matrix.rows), at: first.range)
                }
                guard j >= 1, j <= matrix.columns else {
                    throw diagnostic(.index(j, matrix.columns), at: second.range)
                }
                return .real(matrix.entries[(j - 1) * matrix.rows + i - 1])
            }
        }
        let value = try evaluate(base)
        let resolved = try indices.map { try resolve($0) }
        return try select(value, resolved[...], indices[...], base.type, base.range)
    }

    /// The part of a value that indices pick, one dimension after the other.
    func select(
        _ value: Value, _ indices: ArraySlice<ResolvedIndex>, _ nodes: ArraySlice<StanIndex>,
        _ type: StanType, _ range: Range<Int>
    ) throws -> Value {
        guard let index = indices.first else { return value }
        let place = nodes.first?.range ?? range
        func positions(_ count: Int) throws -> [Int] {
            try located(place) { try index.positions(in: count) }
        }
        switch value {
        case .vector(let entries):
            let picked = try positions(entries.count)
            if index.isSingle { return .real(entries[picked[0]]) }
            if case .all = index { return value }
            return .vector(entries.gather(picked))
        case .ints(let values):
            let picked = try positions(values.count)
            if index.isSingle { return .int(values[picked[0]]) }
            return .ints(picked.map { values[$0] })
        case .array(let values):
            let picked = try positions(values.count)
            let rest = indices.dropFirst()
            let restNodes = nodes.dropFirst()
            let elementType = type.arrayElement ?? .real
            if index.isSingle {
                return try select(values[picked[0]], rest, restNodes, elementType, range)
            }
            let parts = try picked.map {
                try select(values[$0], rest, restNodes, elementType, range)
            }
            if parts.isEmpty, elementType.indexDepth > rest.prefix(while: \.isSingle).count {
                return .array([])
            }
            return .collected(parts, isInteger: elementType.innermost == .int)
        case .complex(let real, let imaginary):
            return .complex(
                try select(real, indices, nodes, type, range),
                try select(imaginary, indices, nodes, type, range))
        case .matrix(let matrix):
            return try select(matrix, index, place, indices.dropFirst().first, nodes, range)
        default:
            throw diagnostic(EvaluationError("type", "this value cannot be indexed"), at: range)
        }
    }

    private func select(
        _ matrix: MatrixValue, _ first: ResolvedIndex, _ place: Range<Int>,
        _ second: ResolvedIndex?, _ nodes: ArraySlice<StanIndex>, _ range: Range<Int>
    ) throws -> Value {
        let rows = try located(place) { try first.positions(in: matrix.rows) }
        let secondPlace = nodes.dropFirst().first?.range ?? range
        let columns = try located(secondPlace) {
            try (second ?? .all).positions(in: matrix.columns)
        }
        if first.isSingle, second?.isSingle ?? false {
            return .real(matrix.entries[columns[0] * matrix.rows + rows[0]])
        }
        if let second, second.isSingle, case .all = first {
            return .vector(matrix.column(columns[0]))
        }
        let picked = matrix.positions(rows, columns)
        let entries = matrix.entries.gather(picked)
        if first.isSingle || second?.isSingle ?? false { return .vector(entries) }
        return .matrix(MatrixValue(entries, rows.count, columns.count))
    }
}

extension MatrixValue {
    /// Where the entries of a submatrix stand, column by column.
    func positions(_ rows: [Int], _ columns: [Int]) -> [Int] {
        var picked: [Int] = []
        picked.reserveCapacity(rows.count * columns.count)
        for c in columns {
            for r in rows { picked.append(c * self.rows + r) }
        }
        return picked
    }
}

extension StanIndex {
    /// The index's own place, if it has an expression.
    var range: Range<Int>? {
        switch self {
        case .all: nil
        case .single(let e), .multiple(let e), .from(let e), .upTo(let e): e.range
        case .range(let lower, let upper):
            lower.range.lowerBound..<max(lower.range.upperBound, upper.range.upperBound)
        }
    }
}

extension Value {
    /// An array of parts in the form that their kind calls for.
    static func collected(_ parts: [Value], isInteger: Bool) -> Value {
        guard let first = parts.first else {
            return isInteger ? .ints([]) : .vector(Entries([Double]()))
        }
        switch first {
        case .int: return .ints(parts.map { $0.integer ?? 0 })
        case .real: return .vector(Entries(parts.map(\.expression)))
        default: return .array(parts)
        }
    }
}
