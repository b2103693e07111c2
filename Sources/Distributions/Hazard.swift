// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

extension ContinuousDistribution {
    /// The rate of failure at age x of what has lasted so long: pdf/upperCDF,
    /// also where both underflow. NaN where nothing lasts so long.
    public func hazard(_ x: Double) -> Double {
        let survival = logUpperCDF(x)
        return survival == -.infinity ? .nan : exp(logDensity(x) - survival)
    }
}

extension DiscreteDistribution {
    /// The probability of x for what is at least x: P(X = x)/P(X ≥ x), 0
    /// between whole numbers. NaN where nothing lasts so long.
    public func hazard(_ x: Double) -> Double {
        let mass = logDensity(ofNumber: x)
        let survival = logUpperCDF(x - 1)
        return survival == -.infinity ? .nan : exp(mass - survival)
    }
}

extension UnivariateDistribution {
    /// −log P(X > x): of a continuous distribution the hazard's integral.
    public func cumulativeHazard(_ x: Double) -> Double { 0 - logUpperCDF(x) }
}
