// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// What must hold of an argument of a density.
enum Requirement {
    case finite, positive, positiveFinite, nonnegative, probability, notNaN, angle

    var text: String {
        switch self {
        case .finite: "finite"
        case .positive: "positive"
        case .positiveFinite: "positive finite"
        case .nonnegative: "nonnegative"
        case .probability: "in the interval [0, 1]"
        case .notNaN: "not nan"
        case .angle: "between -pi and pi"
        }
    }

    func holds(_ x: Double) -> Bool {
        switch self {
        case .finite: x.isFinite
        case .positive: x > 0
        case .positiveFinite: x > 0 && x.isFinite
        case .nonnegative: x >= 0
        case .probability: x >= 0 && x <= 1
        case .notNaN: !x.isNaN
        case .angle: abs(x) <= .pi
        }
    }

    /// What must hold of a parameter that is drawn with: it is finite.
    var ofDraws: Requirement {
        switch self {
        case .positive: .positiveFinite
        case .notNaN: .finite
        default: self
        }
    }
}

extension Call {
    /// An argument of an elementwise density: a scalar or a vector. When it is
    /// known it is checked, with Stan's words.
    func argument(
        _ i: Int, _ title: String, _ requirement: Requirement
    ) throws -> Traced {
        var value = self[i].expression
        if case .matrix = value.shape { value = value.reshaped(.vector(value.count)) }
        if let number = value.constant {
            guard requirement.holds(number) else {
                throw DomainError(name, title, is: number, mustBe: requirement.text)
            }
        } else if let numbers = value.constants {
            for (k, number) in numbers.enumerated() where !requirement.holds(number) {
                throw DomainError(
                    name, "\(title)[\(k + 1)]", is: number, mustBe: requirement.text)
            }
        }
        return value
    }

    /// The number of elements over which a density is summed: that of the
    /// vectors among its arguments, which must agree; nil when one is empty.
    func commonCount(_ arguments: [Traced], and first: Traced = 0) throws -> Int? {
        var count: Int?
        if case .vector(let n) = first.shape { count = n }
        for argument in arguments {
            guard case .vector(let n) = argument.shape else { continue }
            if let count, count != n {
                throw EvaluationError.size(
                    "\(name): sizes of the arguments must match, but are \(count) and \(n)")
            }
            count = n
        }
        return count == 0 ? nil : count ?? 1
    }
}
