// SPDX-License-Identifier: GPL-3.0-or-later

extension Checker {
    func indices(_ parsed: [ParsedIndex]) -> [StanIndex]? {
        let checked = parsed.map(index)
        let good = checked.compactMap { $0 }
        return good.count == parsed.count ? good : nil
    }

    private func index(_ parsed: ParsedIndex) -> StanIndex? {
        switch parsed {
        case .all: return .all
        case .single(let parsed):
            guard let value = expression(parsed) else { return nil }
            switch value.type {
            case .int: return .single(value)
            case .array(element: .int, dimensions: 1): return .multiple(value)
            default:
                error(
                    "index",
                    "Index must be of type int or array[] int or must be a range. Instead found type \(value.type)",
                    at: parsed.range, label: "\(value.type)")
                return nil
            }
        case .from(let lower): return bound(lower).map { .from($0) }
        case .upTo(let upper): return bound(upper).map { .upTo($0) }
        case .range(let lower, let upper):
            let lower = bound(lower)
            guard let upper = bound(upper), let lower else { return nil }
            return .range(lower, upper)
        }
    }

    private func bound(_ parsed: ParsedExpression) -> StanExpression? {
        guard let value = expression(parsed) else { return nil }
        guard value.type == .int else {
            error(
                "index",
                "Range bound must be of type int. Instead found type \(value.type)",
                at: parsed.range, label: "\(value.type)")
            return nil
        }
        return value
    }

    func indexed(
        _ base: StanExpression, _ indices: [StanIndex], _ range: Range<Int>
    ) -> StanExpression? {
        guard let type = indexedType(base.type, indices, range) else { return nil }
        let isData = base.isData && indices.allSatisfy(Checker.isData)
        return StanExpression(
            .indexed(base, indices), type: type, isData: isData || type == .int, range: range)
    }

    private static func isData(_ index: StanIndex) -> Bool {
        switch index {
        case .all: return true
        case .single(let i), .multiple(let i), .from(let i), .upTo(let i): return i.isData
        case .range(let a, let b): return a.isData && b.isData
        }
    }

    /// What indices leave of a type. A single index takes a dimension away;
    /// any other keeps it.
    func indexedType(
        _ type: StanType, _ indices: [StanIndex], _ range: Range<Int>
    ) -> StanType? {
        guard indices.count <= type.indexDepth else {
            error(
                "index",
                "Too many indexes, expression dimensions=\(type.indexDepth), indexes found=\(indices.count)",
                at: range, label: "\(type)")
            return nil
        }
        let arrays = min(type.arrayDimensions, indices.count)
        let kept = indices.prefix(arrays).filter { !$0.isSingle }.count
        if indices.count <= type.arrayDimensions {
            return .array(of: type.innermost, type.arrayDimensions - arrays + kept)
        }
        let rest = Array(indices.dropFirst(arrays))
        return .array(of: Checker.element(type.innermost, rest), kept)
    }

    /// Indices into a vector or matrix.
    private static func element(_ type: StanType, _ indices: [StanIndex]) -> StanType {
        let single = indices.map(\.isSingle)
        switch type {
        case .vector, .rowVector: return single[0] ? .real : type
        case .complexVector, .complexRowVector: return single[0] ? .complex : type
        case .matrix, .complexMatrix:
            let complex = type == .complexMatrix
            let rows = single[0]
            let columns = single.count > 1 && single[1]
            switch (rows, columns) {
            case (true, true): return complex ? .complex : .real
            case (true, false): return complex ? .complexRowVector : .rowVector
            case (false, true): return complex ? .complexVector : .vector
            case (false, false): return type
            }
        default: return type
        }
    }

    func tupleElement(_ type: StanType, _ number: Int, _ range: Range<Int>) -> StanType? {
        guard case .tuple(let elements) = type else {
            error(
                "tuple", "Cannot access element .\(number + 1) of non-tuple type \(type)",
                at: range)
            return nil
        }
        guard number < elements.count else {
            error(
                "tuple",
                "Element .\(number + 1) does not exist: \(type) has \(elements.count) elements",
                at: range)
            return nil
        }
        return elements[number]
    }
}
