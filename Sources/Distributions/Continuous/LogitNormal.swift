// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The logit-normal distribution on the unit interval: log(X/(1 − X)) is normal.
///
///     let share = try LogitNormal(logitMean: -1, logitStandardDeviation: 0.5)
///     share.median                            // 0.269
///
/// Moments and the entropy by quadrature over the normal variable.
///
/// Source: J. Aitchison, S. M. Shen, "Logistic-normal distributions: some
/// properties and uses", Biometrika 67 (1980).
public struct LogitNormal: ContinuousDistribution, Hashable {
    public let logitMean: Double
    public let logitStandardDeviation: Double
    private var mu: Double { logitMean }
    private var sigma: Double { logitStandardDeviation }

    /// Throws `ParameterError` unless the mean is finite and the standard deviation
    /// positive and finite.
    public init(logitMean: Double, logitStandardDeviation: Double) throws(ParameterError) {
        self.logitMean = try Parameter.finite(logitMean, "logitMean")
        self.logitStandardDeviation = try Parameter.positive(
            logitStandardDeviation, "logitStandardDeviation")
    }

    public var description: String {
        "LogitNormal(logitMean: \(mu), logitStandardDeviation: \(sigma))"
    }
    public var support: ClosedRange<Double> { 0...1 }
    public var mean: Double { average { logistic($0) } }
    public var variance: Double { centralMoment(2) }
    public var skewness: Double { centralMoment(3) / pow(variance, 1.5) }
    public var excessKurtosis: Double {
        let v = variance
        return centralMoment(4) / (v * v) - 3
    }
    /// The higher peak where there are two.
    public var mode: Double {
        let (left, right) = (
            peakOfDensity(from: 0, to: 0.5), 1 - mirrored.peakOfDensity(from: 0, to: 0.5)
        )
        return logDensity(left) >= logDensity(right) ? left : right
    }
    public var median: Double { logistic(mu) }
    public var entropy: Double {
        0.5 + halfLog2Pi + log(sigma) + average { -log1pExp(-$0) - log1pExp($0) }
    }
    private var mirrored: LogitNormal { LogitNormal(checked: -mu, sigma) }
    private init(checked mu: Double, _ sigma: Double) {
        (logitMean, logitStandardDeviation) = (mu, sigma)
    }

    /// The mean of a function of the logit.
    private func average(_ h: (Double) -> Double) -> Double {
        // Panels of the normal variable, and of the logit around 0 and where eʸ tilts
        // the density.
        var breaks = stride(from: -38.0, through: 38, by: 2).map { $0 }
        for y in [-40.0, -15, -6, -2, 0, 2, 6, 15, 40] { breaks.append((y - mu) / sigma) }
        for k in -4...4 {
            breaks.append(Double(k) + sigma)
            breaks.append(Double(k) - sigma)
        }
        let inside = breaks.filter { abs($0) <= 38 }.sorted()
        return AdaptiveIntegral.evaluate(inside) {
            exp(-0.5 * $0 * $0 - halfLog2Pi) * h(mu + sigma * $0)
        }
    }
    private func centralMoment(_ k: Double) -> Double {
        // Differences of values near ½ are exact; of small ones by their sizes.
        if mu > 0 { return (k == 3 ? -1 : 1) * mirrored.centralMoment(k) }
        let m = mean
        return average { pow(logistic($0) - m, k) }
    }

    /// By the shares x and y = 1 − x.
    func logDensity(_ x: Double, _ y: Double) -> Double {
        let z = standard(x, y)
        return -halfLog2Pi - 0.5 * z * z - log(sigma) - log(x) - log(y)
    }
    /// The standardised logit.
    func standard(_ x: Double, _ y: Double) -> Double {
        // Near ½ the logarithm of the ratio is that of 1 plus an exact difference.
        let logit = abs(x - y) < 0.4 * y ? log1p((x - y) / y) : log(x) - log(y)
        return (logit - mu) / sigma
    }
    /// x and 1 − x of a standardised logit.
    func shares(_ z: Double) -> (Double, Double) {
        let y = mu + sigma * z
        return (logistic(y), logistic(-y))
    }

    public func logDensity(_ x: Double) -> Double {
        x.isNaN ? .nan : x > 0 && x < 1 ? logDensity(x, 1 - x) : -.infinity
    }
    private func normal(_ x: Double) -> Double {
        x.isNaN ? .nan : x <= 0 ? -.infinity : x >= 1 ? .infinity : standard(x, 1 - x)
    }
    public func cdf(_ x: Double) -> Double { normalCDF(normal(x)) }
    public func upperCDF(_ x: Double) -> Double { normalCDF(-normal(x)) }
    public func logCDF(_ x: Double) -> Double { logNormalCDF(normal(x)) }
    public func logUpperCDF(_ x: Double) -> Double { logNormalCDF(-normal(x)) }
    public func quantile(_ p: Double) -> Double { shares(normalQuantile(p)).0 }
    public func upperQuantile(_ q: Double) -> Double { shares(-normalQuantile(q)).0 }

    public func sample(using generator: RandomGenerator) -> Double {
        shares(generator.normal()).0
    }
}

extension LogitNormal: DistributionFamily {
    public static let summary = "The logit-normal distribution: a share whose log odds are normal."
    public static let parameters: [FamilyParameter] = [
        .init("logitMean", .real), .init("logitStandardDeviation", .positive),
    ]
    public var parameterValues: [Double] { [logitMean, logitStandardDeviation] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(logitMean: values[0], logitStandardDeviation: values[1])
    }
}
