// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// A covariance function of two points.
public struct Kernel: Sendable {
    let covariance: @Sendable ([Double], [Double]) -> Double

    public init(_ covariance: @escaping @Sendable ([Double], [Double]) -> Double) {
        self.covariance = covariance
    }

    public func callAsFunction(_ a: [Double], _ b: [Double]) -> Double { covariance(a, b) }

    /// σ² exp(−|a − b|²/(2 ℓ²)).
    public static func exponentiatedQuadratic(
        standardDeviation: Double = 1, lengthScale: Double
    ) -> Kernel {
        Kernel { a, b in
            let r = distance(a, b) / lengthScale
            return standardDeviation * standardDeviation * exp(-0.5 * r * r)
        }
    }

    /// σ² (1 + √3 r) exp(−√3 r), r = |a − b|/ℓ.
    public static func matern32(
        standardDeviation: Double = 1, lengthScale: Double
    ) -> Kernel {
        Kernel { a, b in
            let r = 3.squareRoot() * distance(a, b) / lengthScale
            return standardDeviation * standardDeviation * (1 + r) * exp(-r)
        }
    }

    /// σ² (1 + √5 r + 5 r²/3) exp(−√5 r), r = |a − b|/ℓ.
    public static func matern52(
        standardDeviation: Double = 1, lengthScale: Double
    ) -> Kernel {
        Kernel { a, b in
            let r = 5.squareRoot() * distance(a, b) / lengthScale
            return standardDeviation * standardDeviation * (1 + r + r * r / 3) * exp(-r)
        }
    }

    public static func + (a: Kernel, b: Kernel) -> Kernel {
        Kernel { a.covariance($0, $1) + b.covariance($0, $1) }
    }
    public static func * (a: Kernel, b: Kernel) -> Kernel {
        Kernel { a.covariance($0, $1) * b.covariance($0, $1) }
    }

    private static func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
}

/// A Gaussian process at finitely many points: a normal vector whose covariances are a
/// function of the points.
///
///     let f = try GaussianProcess(
///         at: [[0], [1], [2.5]], kernel: .exponentiatedQuadratic(lengthScale: 1), noise: 0.1)
///     f.sample(using: generator)
///
/// Stan's `multi_gp` and `multi_gp_cholesky` are rows of such, by their covariance.
///
/// Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, ch. 2.
public struct GaussianProcess: Distribution {
    public let points: [[Double]]
    public let kernel: Kernel
    /// The standard deviation of independent noise at each point.
    public let noise: Double
    /// The distribution of the values at the points.
    public let values: MultivariateNormal

    /// - Parameters:
    ///   - points: coordinates, as many for each point.
    ///   - mean: one for each point; 0 if there are none.
    ///   - noise: added to the variance of each point, squared; a little of it keeps the
    ///     covariance of near points positive definite.
    ///
    /// Throws `ParameterError` for no points, points of different dimensions, another
    /// number of means, or a kernel whose covariance is not positive definite there.
    public init(
        at points: [[Double]], mean: [Double]? = nil, kernel: Kernel, noise: Double = 0
    ) throws(ParameterError) {
        guard let first = points.first,
            points.allSatisfy({ $0.count == first.count && $0.allSatisfy(\.isFinite) })
        else {
            throw ParameterError(
                "points", is: points, mustBe: "finite coordinates, as many for each of them")
        }
        self.points = points
        self.kernel = kernel
        self.noise = try Parameter.nonnegative(noise, "noise")
        let covariance = points.indices.map { i in
            points.indices.map { j in
                kernel(points[i], points[j]) + (i == j ? noise * noise : 0)
            }
        }
        values = try MultivariateNormal(
            mean: mean ?? [Double](repeating: 0, count: points.count), covariance: covariance)
    }

    public var description: String { "GaussianProcess(\(points.count) points, noise: \(noise))" }
    public var mean: [Double] { values.mean }
    public var covariance: [[Double]] { values.covariance }
    public var mode: [Double] { values.mean }
    public var entropy: Double { values.entropy }
    /// NaN unless there is a value for each point.
    public func logDensity(_ x: [Double]) -> Double { values.logDensity(x) }
    public func sample(using generator: RandomGenerator) -> [Double] {
        values.sample(using: generator)
    }

    /// The distribution of the function at other points, given values observed at
    /// these: mean and variance of each, without noise. The means of the process at the
    /// others are 0 unless given.
    ///
    /// Throws `ParameterError` unless there is a value for each point, and coordinates
    /// of the same dimension.
    public func prediction(
        at others: [[Double]], given observed: [Double], mean: [Double]? = nil
    ) throws(ParameterError) -> [(mean: Double, variance: Double)] {
        guard observed.count == points.count else {
            throw ParameterError(
                "number of values", is: observed.count, mustBe: "that of points, \(points.count)")
        }
        guard others.allSatisfy({ $0.count == points[0].count }) else {
            throw ParameterError("points", is: others, mustBe: "of \(points[0].count) coordinates")
        }
        if let mean, mean.count != others.count {
            throw ParameterError(
                "number of means", is: mean.count, mustBe: "that of points, \(others.count)")
        }
        let factor = values.choleskyFactor
        let residual = solveLower(factor, zip(observed, values.mean).map { $0 - $1 })
        return others.enumerated().map { i, point in
            let k = solveLower(factor, points.map { kernel($0, point) })
            let shift = zip(k, residual).reduce(0) { $0 + $1.0 * $1.1 }
            let known = k.reduce(0) { $0 + $1 * $1 }
            return ((mean?[i] ?? 0) + shift, max(kernel(point, point) - known, 0))
        }
    }
}
