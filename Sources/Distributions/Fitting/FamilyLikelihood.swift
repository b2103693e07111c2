// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

/// The log likelihood of a family for a sample, some of its parameters fixed.
struct FamilyLikelihood<F: DistributionFamily> {
    var sample: FitSample
    /// By position; nil for a parameter that is free.
    var fixed: [Double?]
    /// Positions of the free parameters.
    let free: [Int]
    private let isDiscrete: Bool

    init(_ sample: FitSample, fixed: [Double?]) {
        self.sample = sample
        self.fixed = fixed
        free = fixed.indices.filter { fixed[$0] == nil }
        isDiscrete = F.Value.self == Int.self
    }

    /// All parameters from the free ones.
    func values(_ free: [Double]) -> [Double] {
        var next = 0
        return fixed.map { value in
            if let value { return value }
            next += 1
            return free[next - 1]
        }
    }

    func distribution(_ free: [Double]) -> F? { try? F(parameterValues: values(free)) }

    /// −∞ for parameters outside of the family, and where it is NaN.
    func callAsFunction(_ free: [Double]) -> Double {
        guard let d = distribution(free) else { return -.infinity }
        return self.of(d)
    }

    func of(_ d: F) -> Double {
        let total: Double
        if let d = d as? any ContinuousDistribution {
            total = summed(over: d, truncation: logProbability(d)) { d.logDensity($0) }
        } else if let d = d as? any DiscreteDistribution {
            total = summed(over: d, truncation: logProbability(d)) { d.logDensity(ofNumber: $0) }
        } else {
            return -.infinity
        }
        return total.isNaN ? -.infinity : total
    }

    /// Neumaier's sum, so that small differences of likelihoods are true.
    private func summed(
        over d: some UnivariateDistribution, truncation: Double, _ density: (Double) -> Double
    ) -> Double {
        var (sum, lost) = (0.0, 0.0)
        for (i, x) in sample.values.enumerated() {
            var term: Double
            switch sample.censoring?[i] ?? Censoring.none {
            case .none: term = density(x)
            case .right where sample.truncation == nil: term = d.logUpperCDF(x)
            case .right:
                term = d.logProbability(above: x, upTo: sample.truncation?.upperBound ?? .infinity)
            case .left where sample.truncation == nil: term = d.logCDF(x)
            case .left:
                term = d.logProbability(
                    above: below(sample.truncation?.lowerBound ?? -.infinity), upTo: x)
            case .interval(let upper): term = d.logProbability(above: x, upTo: upper)
            }
            term -= truncation
            if let weights = sample.weights {
                if weights[i] == 0 { continue }
                term *= weights[i]
            }
            let next = sum + term
            lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
            sum = next
        }
        return sum.isInfinite ? sum : sum + lost
    }

    /// The end of what is below a bound that belongs to the inside.
    private func below(_ bound: Double) -> Double { isDiscrete ? bound.rounded(.up) - 1 : bound }

    private func logProbability(_ d: some UnivariateDistribution) -> Double {
        guard let range = sample.truncation else { return 0 }
        return d.logProbability(above: below(range.lowerBound), upTo: range.upperBound)
    }

    /// The first datum that has no probability under any of the distributions.
    func firstOutside(_ candidates: [F]) -> Int? {
        for i in sample.values.indices where sample.weights?[i] != 0 {
            let alone = FamilyLikelihood(sample.chosen([i]), fixed: fixed)
            if candidates.allSatisfy({ alone.of($0) == -.infinity }) { return i }
        }
        return nil
    }
}

extension UnivariateDistribution {
    /// log P(a < X ≤ b), from the side on which the tails are small.
    func logProbability(above a: Double, upTo b: Double) -> Double {
        let (lower, upper) = (logCDF(a), logUpperCDF(b))
        if lower == -.infinity, upper == -.infinity { return 0 }
        if lower == -.infinity { return logCDF(b) }
        if upper == -.infinity { return logUpperCDF(a) }
        let (outer, inner) = lower < -0.7 ? (logCDF(b), lower) : (logUpperCDF(a), upper)
        guard outer > inner else { return -.infinity }
        // log(e^outer − e^inner)
        let gap = inner - outer
        return outer + (gap > -0.7 ? log(-expm1(gap)) : log1p(-exp(gap)))
    }
}
