// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// How points are placed for a Monte Carlo integral.
public enum MonteCarloMethod: String, Hashable, Sendable, CaseIterable {
    /// Evenly at random.
    case plain
    /// Recursive stratified sampling: more points where the variance is larger
    /// (Press and Farrar 1990).
    case miser
    /// Importance sampling on a grid that adapts to the integrand, axis by axis
    /// (Lepage 1978).
    case vegas
}

/// The integral of a function over a box, with its standard error.
///
///     let volume = try integrate(over: [0...1, 0...1], method: .vegas, using: generator) { x in
///         x[0] * x[0] + x[1] * x[1] <= 1 ? 4 : 0
///     }
///
/// VEGAS spends half of the calls on its grid and throws their values away. The
/// rest is sampled in five equal parts on the grid as it then is, and averaged
/// with equal weights. GSL's own combination weights each iteration by its
/// estimated variance and repeats until χ² looks right, which makes its
/// standard error too small: in three Genz integrals of 2,000 calls over 2,000
/// seeds the standardised error has a standard deviation of 1.04, 1.07, 1.13.
/// - Parameters:
///   - ranges: one interval an axis.
///   - calls: about how often the function is called; exact for `plain`.
/// - Returns: the estimate; its effective sample size is the number of calls.
/// - Throws: what the function throws; a `ParameterError` for bad arguments; a
///   `NumericalError` when a value is not finite.
public func integrate(
    over ranges: [ClosedRange<Double>], method: MonteCarloMethod = .vegas, calls: Int = 100_000,
    using generator: RandomGenerator, _ function: ([Double]) throws -> Double
) throws -> Estimate {
    guard (1...1000).contains(ranges.count) else {
        throw ParameterError("number of ranges", is: ranges.count, mustBe: "from 1 to 1000")
    }
    for range in ranges {
        guard (range.upperBound - range.lowerBound).isFinite else {
            throw ParameterError("range", is: range, mustBe: "finite; substitute to make it so")
        }
    }
    let least = method == .plain ? 2 : 64 * ranges.count
    guard calls >= least, calls <= 1_000_000_000 else {
        throw ParameterError(
            "calls", is: calls,
            mustBe: "from \(least) (for \(method) in \(ranges.count) "
                + "dimensions) to 1,000,000,000")
    }
    if ranges.contains(where: { $0.lowerBound == $0.upperBound }) {
        return Estimate(0, standardError: 0)
    }
    _ = GSL.ready
    return try withoutActuallyEscaping(function) { function in
        let integrand = BoxIntegrand(function, dimension: ranges.count)
        let box = (ranges.map(\.lowerBound), ranges.map(\.upperBound))
        let (value, error, status) = withExtendedLifetime(integrand) {
            switch method {
            case .plain: plain(integrand, box, calls, generator)
            case .miser: miser(integrand, box, calls, generator)
            case .vegas: vegas(integrand, box, calls, generator)
            }
        }
        try integrand.check()
        try GSL.check(status, "integrate")
        guard value.isFinite, error.isFinite else {
            throw NumericalError("integrate", "the sums overflow; scale the integrand")
        }
        return Estimate(
            value, standardError: error, effectiveSampleSize: Double(integrand.evaluations))
    }
}

private typealias Outcome = (value: Double, error: Double, status: Int32)
private let noMemory: Outcome = (.nan, .nan, Int32(GSL_ENOMEM))

private func plain(
    _ integrand: BoxIntegrand, _ box: ([Double], [Double]), _ calls: Int,
    _ generator: RandomGenerator
) -> Outcome {
    guard let state = gsl_monte_plain_alloc(integrand.dimension) else { return noMemory }
    defer { gsl_monte_plain_free(state) }
    var f = integrand.gsl
    var (value, error) = (0.0, 0.0)
    let status = gsl_monte_plain_integrate(
        &f, box.0, box.1, integrand.dimension, calls, generator.handle, state, &value, &error)
    return (value, error, status)
}

private func miser(
    _ integrand: BoxIntegrand, _ box: ([Double], [Double]), _ calls: Int,
    _ generator: RandomGenerator
) -> Outcome {
    guard let state = gsl_monte_miser_alloc(integrand.dimension) else { return noMemory }
    defer { gsl_monte_miser_free(state) }
    var f = integrand.gsl
    var (value, error) = (0.0, 0.0)
    let status = gsl_monte_miser_integrate(
        &f, box.0, box.1, integrand.dimension, calls, generator.handle, state, &value, &error)
    return (value, error, status)
}

private func vegas(
    _ integrand: BoxIntegrand, _ box: ([Double], [Double]), _ calls: Int,
    _ generator: RandomGenerator
) -> Outcome {
    guard let state = gsl_monte_vegas_alloc(integrand.dimension) else { return noMemory }
    defer { gsl_monte_vegas_free(state) }
    var f = integrand.gsl
    let part = calls / 10
    var parameters = gsl_monte_vegas_params()
    gsl_monte_vegas_params_get(state, &parameters)
    func run(stage: Int32, iterations: Int, alpha: Double) -> Outcome {
        parameters.stage = stage
        parameters.iterations = iterations
        parameters.alpha = alpha
        gsl_monte_vegas_params_set(state, &parameters)
        var (lower, upper) = box
        var (value, error) = (0.0, 0.0)
        let status = gsl_monte_vegas_integrate(
            &f, &lower, &upper, integrand.dimension, part, generator.handle, state, &value, &error)
        return (value, error, status)
    }
    var outcome = run(stage: 0, iterations: 5, alpha: 1.5)
    guard outcome.status == 0 else { return outcome }
    let parts = 5
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<parts {
        // Stage 1 keeps the grid and forgets the results; α = 0 leaves it as it is.
        outcome = run(stage: 1, iterations: 1, alpha: 0)
        guard outcome.status == 0 else { return outcome }
        sum += outcome.value
        squares += outcome.error * outcome.error
    }
    return (sum / Double(parts), squares.squareRoot() / Double(parts), 0)
}

/// See ``Integrand``: the same for functions of several variables.
final class BoxIntegrand {
    let dimension: Int
    private let function: ([Double]) throws -> Double
    private var error: (any Error)?
    private var badPoint: (x: [Double], value: Double)?
    private(set) var evaluations = 0

    init(_ function: @escaping ([Double]) throws -> Double, dimension: Int) {
        self.function = function
        self.dimension = dimension
    }

    func callAsFunction(_ x: UnsafeMutablePointer<Double>) -> Double {
        guard error == nil, badPoint == nil else { return 0 }
        evaluations += 1
        let point = Array(UnsafeBufferPointer(start: x, count: dimension))
        do {
            let value = try function(point)
            if value.isFinite { return value }
            badPoint = (point, value)
        } catch {
            self.error = error
        }
        return 0
    }

    func check() throws {
        if let error { throw error }
        if let badPoint {
            throw NumericalError(
                "integrate",
                "the integrand is \(badPoint.value) at \(badPoint.x); it must be finite"
            )
        }
    }

    var gsl: gsl_monte_function {
        gsl_monte_function(
            f: { x, _, context in
                guard let context, let x else { return .nan }
                return Unmanaged<BoxIntegrand>.fromOpaque(context).takeUnretainedValue()(x)
            }, dim: dimension, params: Unmanaged.passUnretained(self).toOpaque())
    }
}
