// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// The Skellam distribution: the difference of two independent Poisson counts.
///
/// Mass e^(−μ₁−μ₂) (μ₁/μ₂)^(k/2) I_|k|(2√(μ₁μ₂)). SciPy: `skellam(mu1, mu2)`.
///
///     let goals = try Skellam(firstRate: 1.6, secondRate: 1.2)
///     goals.upperCDF(0)                       // the first team wins
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, section 4.12.3.
public struct Skellam: DiscreteDistribution, Hashable {
    public let firstRate: Double
    public let secondRate: Double

    /// Throws `ParameterError` unless both rates are positive and finite.
    public init(firstRate: Double, secondRate: Double) throws(ParameterError) {
        self.firstRate = try Parameter.positive(firstRate, "firstRate")
        self.secondRate = try Parameter.positive(secondRate, "secondRate")
        _ = try Parameter.positive(firstRate + secondRate, "firstRate + secondRate")
    }

    public var description: String {
        "Skellam(firstRate: \(firstRate), secondRate: \(secondRate))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { firstRate - secondRate }
    public var variance: Double { firstRate + secondRate }
    public var skewness: Double { mean / (variance * variance.squareRoot()) }
    public var excessKurtosis: Double { 1 / variance }
    /// Within a unit of the difference of the rates.
    public var mode: Double {
        let start = mean.rounded()
        guard abs(start) < 0x1p52 else { return start }
        return [start - 1, start, start + 1].max {
            Self.logMass($0, firstRate, secondRate)
                < Self.logMass($1, firstRate, secondRate)
        } ?? start
    }
    public var entropy: Double { mass.entropy(mode: mode) }

    /// log Σ P(second = j) P(first = k + j), around the largest term; for real k too.
    static func logMass(_ k: Double, _ first: Double, _ second: Double) -> Double {
        if k < 0 { return logMass(-k, second, first) }
        // (k + j) j = μ₁ μ₂
        let product = first * second
        let h = 0.5 * k
        let root = product / (h + (h * h + product).squareRoot())
        let top = root.isNaN ? 0 : root.rounded(.down)
        func term(_ j: Double) -> Double {
            poissonLogDensity(k + j, mean: first) + poissonLogDensity(j, mean: second)
        }
        let peak = term(top)
        if peak == -.infinity { return peak }
        // 1/σ² of the terms is 1/j + 1/(k + j).
        let spread = (1 / (1 / max(top, 1) + 1 / max(k + top, 1))).squareRoot()
        if spread > 400 {
            // The trapezoidal rule of a complete sum: its error is e^(−2π²·(σ/h)²).
            let step = (0.4 * spread).rounded(.down)
            var sum = 1.0
            for direction in [-step, step] {
                var j = top + direction
                while j >= 0 {
                    let t = exp(term(j) - peak)
                    sum += t
                    if t < 1e-18 * sum { break }
                    j += direction
                }
            }
            return peak + log(sum) + log(step)
        }
        var sum = 0.0
        var (j, t) = (top, 1.0)
        while j > 0 {
            t *= (k + j) * j / product
            sum += t
            j -= 1
            if t < 1e-18 * sum { break }
        }
        (j, t) = (top, 1.0)
        while true {
            j += 1
            t *= product / ((k + j) * j)
            sum += t
            if t < 1e-18 * (1 + sum) { break }
        }
        return peak + log1p(sum)
    }

    private var mass: CountSum {
        let (a, b) = (firstRate, secondRate)
        return CountSum(-.infinity, .infinity, logMass: { Self.logMass($0, a, b) })
    }

    /// Ratios ρ(k) = P(k + 1)/P(k) for k from `last` down to `first` ≥ 0, by ρ(k) =
    /// μ₁/((k + 1) + μ₂ ρ(k + 1)), which is stable downwards.
    private static func ratios(
        from last: Double, downTo lowest: Double, _ first: Double, _ second: Double
    ) -> [Double] {
        // A bound of Amos' kind for the start; its error falls by e^(−(j² − last²)/x) on
        // the way down, x = 2√(μ₁μ₂).
        let square = last * last + 90 * (first * second).squareRoot()
        var j = (square.squareRoot() + 40).rounded()
        let nu = j + 1
        var ratio = first / (0.5 * nu + (0.25 * nu * nu + first * second).squareRoot())
        var found: [Double] = []
        while j > lowest {
            j -= 1
            ratio = first / (j + 1 + second * ratio)
            if j <= last { found.append(ratio) }
        }
        return found
    }

    /// log Σ_{j ≥ k} P(j), from the far end down to k; nil if that is too far.
    private static func logUpper(_ k: Double, _ first: Double, _ second: Double) -> Double? {
        // Beyond here a term is below e^(−60) of the first.
        let far = (max(k, first - second) + 12 * (first + second).squareRoot() + 60).rounded()
        guard far - k < 20_000 else { return nil }
        var sum = 1.0
        if far > 0 {
            for ratio in ratios(from: far, downTo: max(k, 0), first, second) {
                sum = 1 + ratio * sum
            }
        }
        if k < 0 {
            // P(−m) is P(m) with the rates exchanged: of that the reciprocals.
            let top = max(-far, 0)
            let ratios = ratios(from: -k - 1, downTo: top, second, first)
            for ratio in ratios.reversed() { sum = 1 + sum / ratio }
        }
        return logMass(k, first, second) + log(sum)
    }

    private func tail(_ x: Double, lower: Bool, log wantsLog: Bool) -> Double {
        if x.isNaN { return .nan }
        if x.isInfinite {
            let one = (x > 0) == lower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        let k = x.rounded(.down)
        let isLower = k + 0.5 < mean
        let direct =
            isLower
            ? Self.logUpper(-k, secondRate, firstRate) : Self.logUpper(k + 1, firstRate, secondRate)
        guard let direct, direct < -0.3 || isLower == lower && !wantsLog else {
            return mass.tail(x, lower: lower, log: wantsLog, center: mean)
        }
        let small = min(direct, 0)
        if lower == isLower { return wantsLog ? small : exp(small) }
        return wantsLog ? log1mExp(small) : -expm1(small)
    }
    public func logDensity(_ x: Int) -> Double {
        let direct = Self.logMass(Double(x), firstRate, secondRate)
        return direct > -0.5 ? mass.logProbability(Double(x)) : direct
    }
    public func cdf(_ x: Double) -> Double { tail(x, lower: true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, lower: false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, lower: true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, lower: false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        generator.poisson(rate: firstRate) - generator.poisson(rate: secondRate)
    }
}

extension Skellam: DistributionFamily {
    public static let summary =
        "The Skellam distribution: the difference of two Poisson counts."
    public static let parameters: [FamilyParameter] = [
        .init("firstRate", .positive), .init("secondRate", .positive),
    ]
    public var parameterValues: [Double] { [firstRate, secondRate] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(firstRate: values[0], secondRate: values[1])
    }
}
