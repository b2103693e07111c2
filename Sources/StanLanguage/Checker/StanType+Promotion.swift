// SPDX-License-Identifier: GPL-3.0-or-later

extension StanType {
    /// The number of promotions (`int` to `real` to `complex`, also inside
    /// containers and tuples) that make this type `other`; nil when none do.
    func promotions(to other: StanType) -> Int? {
        if self == other { return 0 }
        switch (self, other) {
        case (.int, .real), (.real, .complex), (.vector, .complexVector),
            (.rowVector, .complexRowVector), (.matrix, .complexMatrix):
            return 1
        case (.int, .complex): return 2
        case (.array(let a, let m), .array(let b, let n)) where m == n: return a.promotions(to: b)
        case (.tuple(let a), .tuple(let b)) where a.count == b.count:
            var sum = 0
            for (x, y) in zip(a, b) {
                guard let count = x.promotions(to: y) else { return nil }
                sum += count
            }
            return sum
        default: return nil
        }
    }

    /// The type that both can be promoted to.
    func common(with other: StanType) -> StanType? {
        if promotions(to: other) != nil { return other }
        if other.promotions(to: self) != nil { return self }
        if case .tuple(let a) = self, case .tuple(let b) = other, a.count == b.count {
            var elements: [StanType] = []
            for (x, y) in zip(a, b) {
                guard let element = x.common(with: y) else { return nil }
                elements.append(element)
            }
            return .tuple(elements)
        }
        return nil
    }

    /// The type with integers made real.
    var realVersion: StanType {
        switch self {
        case .int: return .real
        case .array(let element, let dimensions):
            return .array(element: element.realVersion, dimensions: dimensions)
        default: return self
        }
    }

    /// Whether a variable of this type holds an integer somewhere.
    var containsInteger: Bool {
        switch self {
        case .int: return true
        case .array(let element, _): return element.containsInteger
        case .tuple(let elements): return elements.contains { $0.containsInteger }
        default: return false
        }
    }

    /// Of real numbers, or integers: not complex, tuple, function or void.
    var isRealContainer: Bool {
        switch innermost {
        case .int, .real, .vector, .rowVector, .matrix: return true
        default: return false
        }
    }
}
