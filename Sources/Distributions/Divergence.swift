// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Calculus
import Errors

extension ContinuousDistribution {
    /// The Kullback–Leibler divergence ∫ p log(p/q) from this distribution p to
    /// another, q, in nats: what q costs in log score where p is true.
    ///
    ///     let p = try Normal(mean: 0, standardDeviation: 1)
    ///     try p.divergence(to: Normal(mean: 1, standardDeviation: 1)).value   // 0.5
    ///
    /// Infinite where q is impossible and p is not. Closed form within a family
    /// that has one (the error is then 0), else adaptive quadrature.
    /// - Throws: `NumericalError` where quadrature does not get a result.
    public func divergence(to other: some ContinuousDistribution) throws -> Integral {
        if let closed = closedForm(self, other) {
            return Integral(value: closed, errorEstimate: 0)
        }
        if other.support.lowerBound > support.lowerBound
            || other.support.upperBound < support.upperBound
        {
            // Only what p's own tails leave out may be outside of q's support.
            let outside =
                (other.support.lowerBound > support.lowerBound ? cdf(other.support.lowerBound) : 0)
                + (other.support.upperBound < support.upperBound
                    ? upperCDF(other.support.upperBound) : 0)
            if outside > 0 { return Integral(value: .infinity, errorEstimate: 0) }
        }
        do {
            let found = try WeightedIntegral(
                over: support, center: median, scale: spread, weight: logDensity
            ) { x in logDensity(x) - other.logDensity(x) }
            return Integral(value: max(found.value, 0), errorEstimate: found.error)
        } catch {
            throw NumericalError(
                "divergence", "the integral from \(self) to \(other) was not found: \(error)")
        }
    }
}

extension DiscreteDistribution {
    /// The Kullback–Leibler divergence Σ p log(p/q) from this distribution p to
    /// another, q, in nats.
    ///
    /// Infinite where q is impossible and p is not. Closed form within a family
    /// that has one (the error is then 0), else a sum.
    /// - Throws: `NumericalError` where the sum is too long.
    public func divergence(to other: some DiscreteDistribution) throws -> Integral {
        if let closed = closedForm(self, other) {
            return Integral(value: closed, errorEstimate: 0)
        }
        do {
            let found = try WeightedIntegral(
                counts: support, center: quantile(0.5), weight: logDensity
            ) { k in logDensity(k) - other.logDensity(k) }
            return Integral(value: max(found.value, 0), errorEstimate: found.error)
        } catch {
            throw NumericalError("divergence", "the sum from \(self) to \(other) is too long")
        }
    }
}

/// The closed form, where both are of one family that has it.
private func closedForm(
    _ p: any UnivariateDistribution, _ q: any UnivariateDistribution
) -> Double? {
    func within<F: DistributionFamily>(_ p: F) -> Double? {
        (q as? F).flatMap { p.closedDivergence(to: $0) }
    }
    guard let p = p as? any DistributionFamily else { return nil }
    return within(p)
}
