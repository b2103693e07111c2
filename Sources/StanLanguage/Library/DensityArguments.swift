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

    /// The arguments in order, each with its title and what must hold of it.
    func arguments(_ titles: [(String, Requirement)]) throws -> [Traced] {
        var arguments: [Traced] = []
        arguments.reserveCapacity(titles.count)
        for i in titles.indices {
            arguments.append(try argument(i, titles[i].0, titles[i].1))
        }
        return arguments
    }

    /// The number of elements over which a density is summed: that of the
    /// vectors among its arguments, which must agree; nil when one is empty.
    func commonCount(_ arguments: [Traced]) throws -> Int? {
        var count: Int?
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

/// The log density of independent elements under construction: terms that all
/// elements share are counted once for each, and terms in which no parameter
/// has a part can be left out.
struct DensityTerms {
    let count: Int
    let droppingConstants: Bool
    private var shared: Traced = 0
    private var elementwise: Traced?

    init(count: Int, droppingConstants: Bool) {
        self.count = count
        self.droppingConstants = droppingConstants
    }

    /// Adds a term that depends on the given arguments.
    mutating func add(_ parts: Traced..., term: () -> Traced) {
        if droppingConstants, parts.allSatisfy(\.isConstant) { return }
        let value = term()
        if value.shape.isScalar {
            shared = shared + value
        } else {
            elementwise = elementwise.map { $0 + value } ?? value
        }
    }

    var total: Traced {
        let scaled = count == 1 ? shared : Traced(Double(count)) * shared
        guard let elementwise else { return scaled }
        let sum = Autodiff.sum(elementwise)
        return scaled.constant == 0 ? sum : sum + scaled
    }
}

/// log Γ(x) for a parameter that must be positive: NaN elsewhere, so that the
/// point is rejected.
func logGammaOfPositive(_ x: Traced) -> Traced {
    if x.isConstant { return logGamma(x) }
    return logGamma(select(Traced.less(0, x), x, Traced(.nan)))
}

/// log B(a, b) for parameters that must be positive: NaN elsewhere.
func logBetaOfPositive(_ a: Traced, _ b: Traced) -> Traced {
    logBeta(positiveOrNaN(a), positiveOrNaN(b))
}

func positiveOrNaN(_ x: Traced) -> Traced {
    x.isConstant ? x : select(Traced.less(0, x), x, Traced(.nan))
}

/// −∞ where x lies below the bound; 0 elsewhere. For variates that are
/// parameters: known ones are checked at once.
func outsideBelow(_ x: Traced, _ bound: Traced) -> Traced {
    if let numbers = x.constants, let bound = bound.constant {
        return numbers.contains { $0 < bound } ? Traced(-.infinity) : 0
    }
    return select(Traced.less(x, bound), Traced(-.infinity), 0)
}
