// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

// Sums of independent numbers whose distribution is one we know: closed families.
//
//     let total = try Gamma(shape: 2, rate: 3).convolved(with: Gamma(shape: 1, rate: 3))
//
// A parameter that has to agree has to do so exactly; else a `ParameterError` says so.

extension Normal {
    /// The distribution of the sum of two independent normal numbers.
    public func convolved(with other: Normal) throws(ParameterError) -> Normal {
        try Normal(
            mean: mean + other.mean,
            standardDeviation: hypot(standardDeviation, other.standardDeviation))
    }
}

extension Cauchy {
    /// The distribution of the sum of two independent Cauchy numbers.
    public func convolved(with other: Cauchy) throws(ParameterError) -> Cauchy {
        try Cauchy(location: location + other.location, scale: scale + other.scale)
    }
}

extension Gamma {
    /// The distribution of the sum of two independent gamma numbers of the same rate.
    public func convolved(with other: Gamma) throws(ParameterError) -> Gamma {
        try Agreement.check(rate, other.rate, "rate")
        return try Gamma(shape: shape + other.shape, rate: rate)
    }
}

extension Exponential {
    /// The distribution of the sum of two independent waiting times of the same rate.
    public func convolved(with other: Exponential) throws(ParameterError) -> Gamma {
        try Agreement.check(rate, other.rate, "rate")
        return try Gamma(shape: 2, rate: rate)
    }
}

extension ChiSquared {
    /// The distribution of the sum of two independent chi-squared numbers.
    public func convolved(with other: ChiSquared) throws(ParameterError) -> ChiSquared {
        try ChiSquared(degreesOfFreedom: degreesOfFreedom + other.degreesOfFreedom)
    }
}

extension Poisson {
    /// The distribution of the sum of two independent Poisson counts.
    public func convolved(with other: Poisson) throws(ParameterError) -> Poisson {
        try Poisson(rate: rate + other.rate)
    }

    /// The distribution of this count minus another, independent one.
    public func difference(from other: Poisson) throws(ParameterError) -> Skellam {
        try Skellam(firstRate: rate, secondRate: other.rate)
    }
}

extension Skellam {
    /// The distribution of the sum of two independent differences of Poisson counts.
    public func convolved(with other: Skellam) throws(ParameterError) -> Skellam {
        try Skellam(
            firstRate: firstRate + other.firstRate, secondRate: secondRate + other.secondRate)
    }
}

extension Binomial {
    /// The distribution of the sum of two independent binomial counts of the same
    /// probability.
    public func convolved(with other: Binomial) throws(ParameterError) -> Binomial {
        try Agreement.check(probability, other.probability, "probability")
        let (trials, overflow) = trials.addingReportingOverflow(other.trials)
        guard !overflow else {
            throw ParameterError("trials", is: other.trials, mustBe: "a count with \(self.trials)")
        }
        return try Binomial(trials: trials, probability: probability)
    }
}

extension Bernoulli {
    /// The distribution of the number of successes in two independent trials.
    public func convolved(with other: Bernoulli) throws(ParameterError) -> PoissonBinomial {
        try PoissonBinomial(probabilities: [probability, other.probability])
    }
}

extension PoissonBinomial {
    /// The distribution of the number of successes in the trials of both.
    public func convolved(with other: PoissonBinomial) throws(ParameterError) -> PoissonBinomial {
        try PoissonBinomial(probabilities: probabilities + other.probabilities)
    }
}

extension Geometric {
    /// The distribution of the failures before the second success.
    public func convolved(with other: Geometric) throws(ParameterError) -> NegativeBinomial {
        try Agreement.check(probability, other.probability, "probability")
        return try NegativeBinomial(successes: 2, probability: probability)
    }
}

extension NegativeBinomial {
    /// The distribution of the sum of two independent counts of the same probability.
    public func convolved(with other: NegativeBinomial) throws(ParameterError) -> NegativeBinomial {
        try Agreement.check(probability, other.probability, "probability")
        return try NegativeBinomial(
            successes: successes + other.successes, probability: probability)
    }
}

private enum Agreement {
    static func check(_ a: Double, _ b: Double, _ name: String) throws(ParameterError) {
        guard a == b else {
            throw ParameterError(name, is: b, mustBe: "the same as of the other, \(a)")
        }
    }
}
