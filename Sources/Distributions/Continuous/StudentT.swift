// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// Student's t distribution with location and scale.
///
/// Density Γ((ν+1)/2)/(Γ(ν/2) √(νπ) σ) (1 + z²/ν)^(−(ν+1)/2), z = (x − μ)/σ.
/// Stan: `student_t(nu, mu, sigma)`; R: `t(df)` for location 0 and scale 1.
///
///     let t = try StudentT(degreesOfFreedom: 9)
///     t.upperQuantile(0.025)                  // 2.262
///
/// Source: Johnson, Kotz and Balakrishnan, Continuous Univariate
/// Distributions, vol. 2, ch. 28.
public struct StudentT: ContinuousDistribution, FittableDistribution, Hashable {
    public let degreesOfFreedom: Double
    public let location: Double
    public let scale: Double

    /// Throws `ParameterError` unless degrees of freedom and scale are
    /// positive and the location is finite.
    public init(
        degreesOfFreedom: Double, location: Double = 0, scale: Double = 1
    ) throws(ParameterError) {
        self.degreesOfFreedom = try Parameter.positive(degreesOfFreedom, "degreesOfFreedom")
        self.location = try Parameter.finite(location, "location")
        self.scale = try Parameter.positive(scale, "scale")
    }

    public var description: String {
        "StudentT(degreesOfFreedom: \(degreesOfFreedom), location: \(location), scale: \(scale))"
    }
    public var support: ClosedRange<Double> { -.infinity ... .infinity }
    public var mean: Double { degreesOfFreedom > 1 ? location : .nan }
    public var variance: Double {
        let nu = degreesOfFreedom
        return nu > 2 ? scale * scale * (nu / (nu - 2)) : nu > 1 ? .infinity : .nan
    }
    public var skewness: Double { degreesOfFreedom > 3 ? 0 : .nan }
    public var excessKurtosis: Double {
        let nu = degreesOfFreedom
        return nu > 4 ? 6 / (nu - 4) : nu > 2 ? .infinity : .nan
    }
    public var mode: Double { location }
    public var median: Double { location }
    public var entropy: Double {
        let nu = degreesOfFreedom
        return 0.5 * (nu + 1) * digammaDifference(0.5 * nu, 0.5) - logNormalizer + log(scale)
    }

    /// log Γ((ν+1)/2) − log Γ(ν/2) − ½ log(νπ).
    private var logNormalizer: Double { Self.logCentre(degreesOfFreedom) }

    private func standardized(_ x: Double) -> Double { (x - location) / scale }

    public func logDensity(_ x: Double) -> Double {
        let z = abs(standardized(x))
        if z == .infinity { return -.infinity }
        let root = degreesOfFreedom.squareRoot()
        let ratio = z / root
        let bulk = ratio < 1e8 ? log1p(ratio * ratio) : 2 * log(ratio)
        return logNormalizer - 0.5 * (degreesOfFreedom + 1) * bulk - log(scale)
    }

    /// P(T > z) or its logarithm, for z ≥ 0: half of I at ν/(ν + z²).
    private func upperTail(_ z: Double, log wantsLog: Bool) -> Double {
        let half = 0.5 * degreesOfFreedom
        let ratio = z / degreesOfFreedom.squareRoot()
        let point = IncompleteBeta.Point(odds: 1 / (ratio * ratio), logOdds: -2 * log(ratio))
        if z == 0 { return wantsLog ? -0.693_147_180_559_945_3 : 0.5 }
        let tail = IncompleteBeta.evaluate(half, 0.5, point, lower: true, log: wantsLog)
        return wantsLog ? tail - 0.693_147_180_559_945_3 : 0.5 * tail
    }

    /// P(T ≤ z), or its logarithm.
    private func lowerTail(_ z: Double, log wantsLog: Bool) -> Double {
        if z.isNaN { return .nan }
        if z <= 0 { return upperTail(-z, log: wantsLog) }
        let other = upperTail(z, log: false)
        return wantsLog ? log1p(-other) : 1 - other
    }

    public func cdf(_ x: Double) -> Double { lowerTail(standardized(x), log: false) }
    public func upperCDF(_ x: Double) -> Double { lowerTail(-standardized(x), log: false) }
    public func logCDF(_ x: Double) -> Double { lowerTail(standardized(x), log: true) }
    public func logUpperCDF(_ x: Double) -> Double { lowerTail(-standardized(x), log: true) }

    /// The z ≤ 0 with P(T ≤ z) = p, p ≤ ½.
    private func lowerQuantile(_ p: Double) -> Double {
        guard p >= 0 else { return .nan }
        if p == 0 { return -.infinity }
        let half = 0.5 * degreesOfFreedom
        let width = degreesOfFreedom.squareRoot()
        let point = IncompleteBeta.inverse(half, 0.5, p: 2 * p, q: 1 - 2 * p)
        if point.logX > -40 { return -width * (point.y / point.x).squareRoot() }
        // Far out I is xᵃ/(a B): a power of p keeps its digits.
        return -width / root(2 * p * half * beta(half, 0.5), degreesOfFreedom)
    }
    public func quantile(_ p: Double) -> Double {
        location + scale * (p <= 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p))
    }
    public func upperQuantile(_ q: Double) -> Double {
        location - scale * (q <= 0.5 ? lowerQuantile(q) : -lowerQuantile(1 - q))
    }

    public func sample(using generator: RandomGenerator) -> Double {
        location + scale * generator.studentT(degreesOfFreedom: degreesOfFreedom)
    }

    public func fill(
        _ buffer: UnsafeMutableBufferPointer<Double>, using generator: RandomGenerator
    ) {
        buffer.fillByParts({ generator.fillStudentT($0, degreesOfFreedom: degreesOfFreedom) }) {
            location + scale * $0
        }
    }

    /// Newton's method in log ν, μ and log σ.
    public static func fit(_ data: [Double]) throws -> Fit<StudentT> {
        let data = try FitData(data, atLeast: 4, varying: true)
        let spread = max(
            0.5 * (data.quantile(0.75) - data.quantile(0.25)),
            1e-3 * (data.squares / data.n).squareRoot())
        let (point, covariance) = try maximum(
            of: "StudentT.fit", from: [log(5), data.quantile(0.5), log(spread)]
        ) { likelihood(exp($0[0]), $0[1], exp($0[2]), data) }
        let t = try StudentT(
            degreesOfFreedom: exp(point[0]), location: point[1], scale: exp(point[2]))
        guard t.degreesOfFreedom < 1e6 else {
            throw NumericalError(
                "StudentT.fit", "the data have no heavier tails than a normal; fit Normal instead")
        }
        return Fit(
            t,
            [
                (
                    "degreesOfFreedom", t.degreesOfFreedom,
                    t.degreesOfFreedom * covariance[0][0].squareRoot()
                ),
                ("location", t.location, covariance[1][1].squareRoot()),
                ("scale", t.scale, t.scale * covariance[2][2].squareRoot()),
            ],
            logLikelihood: data.sum(t.logDensity), data: data.values)
    }

    /// Log likelihood with derivatives in log ν, μ, log σ.
    private static func likelihood(
        _ nu: Double, _ mu: Double, _ sigma: Double, _ data: FitData
    ) -> Likelihood {
        let half = 0.5 * nu
        let first = 0.5 * (digammaDifference(half, 0.5) - 1 / nu)
        let second = 0.25 * (trigamma(half + 0.5) - trigamma(half)) + 0.5 / (nu * nu)
        var value = data.n * (logRising(half, 0.5) - 0.5 * log(nu) - log(sigma))
        var gNu = data.n * first, gMu = 0.0, gS = -data.n
        var hNuNu = data.n * second, hNuMu = 0.0, hNuS = 0.0, hMuMu = 0.0, hMuS = 0.0, hSS = 0.0
        for x in data.values {
            let z = (x - mu) / sigma
            let w = z * z
            let d = nu + w
            value -= 0.5 * (nu + 1) * log1p(w / nu)
            // In ν: −½ log(1 + w/ν) + ½ (ν + 1) w / (ν d)
            gNu += -0.5 * log1p(w / nu) + 0.5 * (nu + 1) * w / (nu * d)
            hNuNu +=
                0.5 * w / (nu * d) + 0.5 * w * (nu * d - (nu + 1) * (d + nu)) / (nu * nu * d * d)
            let k = (nu + 1) / d
            gMu += k * z / sigma
            gS += k * w
            let kNu = (w - 1) / (d * d)
            hNuMu += kNu * z / sigma
            hNuS += kNu * w
            hMuMu += (nu + 1) * (w - nu) / (d * d) / (sigma * sigma)
            hMuS += -2 * nu * k / d * z / sigma
            hSS += -2 * nu * k / d * w
        }
        // log ν: chain rule.
        return Likelihood(
            value: value, gradient: [nu * gNu, gMu, gS],
            hessian: [
                [nu * nu * hNuNu + nu * gNu, nu * hNuMu, nu * hNuS],
                [nu * hNuMu, hMuMu, hMuS],
                [nu * hNuS, hMuS, hSS],
            ])
    }
}

extension StudentT: DistributionFamily {
    public static let summary =
        "Student's t distribution: like a normal one, with heavier tails."
    public static let parameters: [FamilyParameter] = [
        .init("degreesOfFreedom", .positive), .init("location", .real, standard: 0),
        .init("scale", .positive, standard: 1),
    ]
    public var parameterValues: [Double] { [degreesOfFreedom, location, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(degreesOfFreedom: values[0], location: values[1], scale: values[2])
    }
}

extension StudentT: TracedTails, TracedSampler {
    public static let stanName = "student_t"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        .density(.studentT, [x] + parameters, droppingConstants: droppingConstants)
    }

    public static func logCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logStudentTCDF(zScore(x, parameters[1], parameters[2]), parameters[0])
    }

    public static func logUpperCDF(_ x: Traced, _ parameters: [Traced]) -> Traced {
        logStudentTCDF(-zScore(x, parameters[1], parameters[2]), parameters[0])
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        try StudentT(degreesOfFreedom: parameters[0], location: parameters[1], scale: parameters[2])
            .sample(using: generator)
    }
}
