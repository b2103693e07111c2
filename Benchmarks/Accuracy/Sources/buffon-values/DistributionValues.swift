// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

/// The families of Tests/Reference/distributions by the names of the tables, made from
/// the parameters in the order that they have there.
func family(_ name: String, _ p: [Double]) -> (any UnivariateDistribution)? {
    switch name {
    case "f":
        return try? FDistribution(
            numeratorDegreesOfFreedom: p[0], denominatorDegreesOfFreedom: p[1])
    case "geometric0": return try? Geometric(probability: p[0])
    case "geometric": return try? GeometricTrials(probability: p[0])
    case "zipf": return try? Zeta(exponent: p[0])
    case "logarithmic": return try? Logarithmic(probability: p[0])
    case "skellam": return try? Skellam(firstRate: p[0], secondRate: p[1])
    case "betaBinomial": return try? BetaBinomial(parameterValues: p)
    case "hypergeometric": return try? Hypergeometric(parameterValues: p)
    case "discreteUniform": return try? DiscreteUniform(parameterValues: p)
    case "zeroInflatedPoisson": return try? ZeroInflatedPoisson(inflation: p[0], rate: p[1])
    case "expModNormal": return try? ExponentiallyModifiedNormal(parameterValues: p)
    case "paretoType2": return try? ParetoTypeII(parameterValues: p)
    case "gumbelType1": return try? Gumbel(rate: p[0], multiplier: p[1])
    case "gumbelType2": return try? Frechet(shape: p[0], multiplier: p[1])
    case "negativeBinomial": return try? NegativeBinomial(successes: p[0], probability: p[1])
    case "negativeBinomial2": return try? NegativeBinomial(mean: p[0], dispersion: p[1])
    default: break
    }
    guard let type = try? Families.named(name) else { return nil }
    return try? type.init(parameterValues: p)
}

private func number<D: UnivariateDistribution>(_ d: D, _ p: Double, upper: Bool) -> Double {
    let x = upper ? d.upperQuantile(p) : d.quantile(p)
    return (x as? Double) ?? (x as? Int).map(Double.init) ?? .nan
}

private func logDensity<D: UnivariateDistribution>(_ d: D, _ x: Double, log: Bool) -> Double {
    if let y = x as? D.Value { return log ? d.logDensity(y) : d.pdf(y) }
    guard let k = Int(exactly: x) as? D.Value else { return log ? -.infinity : 0 }
    return log ? d.logDensity(k) : d.pdf(k)
}

/// A function of the tables at x.
func value(_ d: any UnivariateDistribution, _ function: String, _ x: Double) -> Double {
    switch function {
    case "pdf", "pmf": return logDensity(d, x, log: false)
    case "logpdf", "logpmf": return logDensity(d, x, log: true)
    case "cdf": return d.cdf(x)
    case "sf": return d.upperCDF(x)
    case "logcdf": return d.logCDF(x)
    case "logsf": return d.logUpperCDF(x)
    case "quantile": return number(d, x, upper: false)
    case "isf": return number(d, x, upper: true)
    case "mean": return d.mean
    case "variance": return d.variance
    case "skewness": return d.skewness
    case "kurtosis": return d.excessKurtosis
    case "entropy": return d.entropy
    default: return .nan
    }
}
