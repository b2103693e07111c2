// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

extension Library {
    /// Probability functions, distribution functions and random numbers of counts.
    static let countFamilies: LibraryGroup = countFamilyList.reduce(into: [:]) {
        $0.merge($1.functions("_lpmf")) { $1 }
    }

    static let countFamilyList: [Family] = {
        let probability: Family.Argument = ("Probability parameter", .probability)
        let logit: Requirement = .notNaN
        let size: Family.Argument = ("Population size parameter", .nonnegative)
        let n: Family.Argument = ("Random variable", .nonnegative)
        let failures: Family.Argument = ("Failures variable", .nonnegative)
        let successes: Family.Argument = ("Successes variable", .notNaN)
        func positive(_ title: String) -> Family.Argument { (title, .positiveFinite) }
        return [
            Family(Bernoulli.self, ("n", .probability), tail: .notNaN, probability),
            Family(
                BernoulliLogit.self, ("n", .probability),
                ("Logit transformed probability parameter", logit)),
            Family(Binomial.self, successes, size, probability, check: requireTrials),
            Family(
                BinomialLogit.self, successes, size, ("Probability parameter", .finite),
                check: requireTrials),
            Family(
                BetaBinomial.self, successes, size,
                positive("First prior sample size parameter"),
                positive("Second prior sample size parameter"), check: requireTrials),
            Family(
                Poisson.self, n, tail: .notNaN, ("Rate parameter", .nonnegative),
                check: requireDrawable(below: 1_073_741_824, "1.07374e+09")),
            Family(
                PoissonLog.self, n, ("Log rate parameter", logit),
                check: requireDrawable(below: 20.794_415_416_798_36, "20.7944")),
            Family(
                NegativeBinomialRate.self, failures, tail: .notNaN, positive("Shape parameter"),
                positive("Inverse scale parameter")),
            Family(
                NegativeBinomial.self, failures, tail: .notNaN, positive("Location parameter"),
                positive("Precision parameter")),
            Family(
                NegativeBinomialLog.self, failures, ("Log location parameter", .finite),
                positive("Precision parameter")),
            Family(
                BetaNegativeBinomial.self, failures, tail: .notNaN,
                positive("Number of successes parameter"), positive("Prior success parameter"),
                positive("Prior failure parameter")),
            Family(
                YuleSimonDensity.self, ("Outcome variable", .positive), tail: .notNaN,
                positive("Shape parameter")),
            Family(
                DiscreteUniform.self, ("Random variable", .notNaN),
                ("Lower bound parameter", .notNaN), ("Upper bound parameter", .notNaN)
            ) { call, use, _, bounds in
                guard use == .draw else { return }
                let (lower, upper) = (bounds[0].constants ?? [], bounds[1].constants ?? [])
                for (i, bound) in upper.enumerated() {
                    guard let low = lower.count == 1 ? lower[0] : lower[checked: i],
                        !(low <= bound)
                    else { continue }
                    throw DomainError(
                        call.name, "Upper bound parameter", is: bound,
                        mustBe: "greater than or equal to \(formatted(low))")
                }
            },
            Family(
                Hypergeometric.self, ("Successes variable", .nonnegative),
                ("Draws parameter", .nonnegative),
                ("Successes in population parameter", .nonnegative),
                ("Failures in population parameter", .nonnegative)),
        ]
    }()

    /// Of known successes and trials, 0 ≤ n ≤ N.
    static let requireTrials: Family.Check = { call, use, variate, parameters in
        guard use == .density, let variate else { return }
        let (successes, sizes) = (variate.constants ?? [], parameters[0].constants ?? [])
        _ = try call.commonCount([variate, parameters[0]])
        for i in 0..<max(successes.count, sizes.count)
        where !successes.isEmpty && !sizes.isEmpty {
            let k = successes[successes.count == 1 ? 0 : i]
            let size = sizes[sizes.count == 1 ? 0 : i]
            guard k >= 0, k <= size else {
                let title =
                    successes.count == 1 ? "Successes variable" : "Successes variable[\(i + 1)]"
                throw DomainError(
                    call.name, title, is: k, mustBe: "in the interval [0, \(formatted(size))]")
            }
        }
    }

    /// Of a rate to draw with: that counts stay integers of 32 bits.
    private static func requireDrawable(below bound: Double, _ text: String) -> Family.Check {
        { call, use, _, parameters in
            guard use == .draw else { return }
            for rate in parameters[0].constants ?? [] where !(rate < bound) {
                throw DomainError(
                    call.name, "Rate parameter", is: rate, mustBe: "less than \(text)")
            }
        }
    }
}

extension Array {
    fileprivate subscript(checked i: Int) -> Element? { indices.contains(i) ? self[i] : nil }
}
