// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// The value of an integral, with a bound of its error that is rarely exceeded.
public struct Integral: Hashable, Sendable, CustomStringConvertible {
    public let value: Double
    /// The rule's estimate of the absolute error, usually far too large.
    public let errorEstimate: Double
    /// How often the integrand was called.
    public let evaluations: Int
    /// Whether `errorEstimate` is within what was asked for. When it is not,
    /// rounding or the number of intervals stood in the way, and the integral is
    /// as good as the estimate says.
    public let isWithinTolerance: Bool

    init(value: Double, errorEstimate: Double, evaluations: Int, isWithinTolerance: Bool) {
        self.value = value
        self.errorEstimate = errorEstimate
        self.evaluations = evaluations
        self.isWithinTolerance = isWithinTolerance
    }

    /// What was found in another way than by ``integral(from:to:breakpoints:absoluteError:relativeError:intervals:of:)``.
    package init(value: Double, errorEstimate: Double) {
        self.init(
            value: value, errorEstimate: errorEstimate, evaluations: 0,
            isWithinTolerance: errorEstimate <= 1e-10 * value.magnitude || value == .infinity)
    }

    /// "0.886226925 (error below 1e-10)".
    public var description: String {
        "\(value) (error below \(errorEstimate)"
            + (isWithinTolerance ? ")" : ", more than was asked for)")
    }
}

/// The integral of a function over an interval by adaptive Gauss–Kronrod
/// quadrature (QUADPACK's QAGS, QAGP and QAGI through GSL).
///
///     try integral(from: 0, to: .infinity) { exp(-$0 * $0) }.value    // √π / 2
///
/// Singularities at the ends are dealt with; those inside belong in
/// `breakpoints`. Either end may be infinite; `from` above `to` gives the
/// negative.
/// - Parameters:
///   - breakpoints: interior points where the function jumps or has a
///     singularity, for a finite interval.
///   - absoluteError: enough when this bound is met, or the relative one.
///   - relativeError: at least 5e-15.
///   - intervals: the most parts the interval is cut into.
/// - Throws: what the function throws; a `ParameterError` for bad arguments; a
///   `NumericalError` when a value is not finite, or when the integral seems to
///   diverge or does not converge: its reason then holds what was reached.
public func integral(
    from lower: Double, to upper: Double, breakpoints: [Double] = [],
    absoluteError: Double = 0, relativeError: Double = 1e-10, intervals: Int = 1000,
    of function: (Double) throws -> Double
) throws -> Integral {
    guard !lower.isNaN else { throw ParameterError("from", is: lower, mustBe: "a number") }
    guard !upper.isNaN else { throw ParameterError("to", is: upper, mustBe: "a number") }
    guard absoluteError >= 0, absoluteError.isFinite else {
        throw ParameterError("absoluteError", is: absoluteError, mustBe: "0 or positive")
    }
    guard relativeError >= 5e-15 || (relativeError >= 0 && absoluteError > 0), relativeError < 1
    else {
        throw ParameterError("relativeError", is: relativeError, mustBe: "from 5e-15 to 1")
    }
    guard (1...1_000_000).contains(intervals) else {
        throw ParameterError("intervals", is: intervals, mustBe: "from 1 to 1,000,000")
    }
    let inside = breakpoints.sorted()
    guard inside.allSatisfy({ $0 > min(lower, upper) && $0 < max(lower, upper) }) else {
        throw ParameterError("breakpoints", is: breakpoints, mustBe: "inside the interval")
    }
    guard inside.isEmpty || (lower.isFinite && upper.isFinite) else {
        throw ParameterError("breakpoints", is: breakpoints, mustBe: "none over an infinite range")
    }
    if lower == upper {
        return Integral(value: 0, errorEstimate: 0, evaluations: 0, isWithinTolerance: true)
    }
    if lower > upper {
        let turned = try integral(
            from: upper, to: lower, breakpoints: inside, absoluteError: absoluteError,
            relativeError: relativeError, intervals: intervals, of: function)
        return Integral(
            value: -turned.value, errorEstimate: turned.errorEstimate,
            evaluations: turned.evaluations, isWithinTolerance: turned.isWithinTolerance)
    }
    _ = GSL.ready
    return try withoutActuallyEscaping(function) { function in
        let integrand = Integrand(function)
        let size = max(intervals, inside.count + 2)
        guard let workspace = gsl_integration_workspace_alloc(size) else {
            throw NumericalError("integral", "no memory for \(size) intervals")
        }
        defer { gsl_integration_workspace_free(workspace) }
        var value = 0.0
        var error = 0.0
        let status = withExtendedLifetime(integrand) {
            var f = integrand.gsl
            switch (lower.isFinite, upper.isFinite) {
            case (true, true) where inside.isEmpty:
                return gsl_integration_qags(
                    &f, lower, upper, absoluteError, relativeError, size, workspace, &value, &error)
            case (true, true):
                var points = [lower] + inside + [upper]
                return gsl_integration_qagp(
                    &f, &points, points.count, absoluteError, relativeError, size, workspace,
                    &value, &error)
            case (true, false):
                return gsl_integration_qagiu(
                    &f, lower, absoluteError, relativeError, size, workspace, &value, &error)
            case (false, true):
                return gsl_integration_qagil(
                    &f, upper, absoluteError, relativeError, size, workspace, &value, &error)
            case (false, false):
                return gsl_integration_qagi(
                    &f, absoluteError, relativeError, size, workspace, &value, &error)
            }
        }
        try integrand.check("integral")
        return try outcome(
            status, value, error, integrand.evaluations,
            tolerance: max(absoluteError, relativeError * value.magnitude))
    }
}

private func outcome(
    _ status: Int32, _ value: Double, _ error: Double, _ evaluations: Int, tolerance: Double
) throws(NumericalError) -> Integral {
    // What rounding or the limit stopped is good to the error it states; without
    // correct digits it is no answer. (A divergent integral's error stays above a
    // part in a thousand of what it has reached: its last interval is as large
    // as those before.)
    let isUsable: Bool
    let reason: String
    switch status {
    case Int32(GSL_SUCCESS):
        isUsable = true
        reason = ""
    case Int32(GSL_EROUND):
        isUsable = error <= max(1e-3 * value.magnitude, 1e-12)
        reason = "rounding or cancellation leaves no correct digits"
    case Int32(GSL_EMAXITER):
        isUsable = error <= 1e-6 * value.magnitude
        reason = "not accurate enough with so many intervals; the integral may diverge"
    case Int32(GSL_EDIVERGE):
        isUsable = false
        reason = "the integral is divergent, or converges too slowly"
    case Int32(GSL_ESING):
        isUsable = false
        reason =
            "the integrand behaves badly inside the interval (a singularity that is not integrable, "
            + "or one that should be a breakpoint)"
    default:
        isUsable = false
        reason = gsl_strerror(status).map { String(cString: $0) } ?? "failed"
    }
    if isUsable {
        return Integral(
            value: value, errorEstimate: error, evaluations: evaluations,
            isWithinTolerance: status == 0 || error <= tolerance)
    }
    throw NumericalError("integral", "\(reason); reached \(value) ± \(error)")
}

/// A Swift closure as GSL calls it. What it throws, and values that are not
/// finite, are kept for afterwards: a C function cannot be unwound.
final class Integrand {
    private let function: (Double) throws -> Double
    private var error: (any Error)?
    private var badPoint: (x: Double, value: Double)?
    private(set) var evaluations = 0

    init(_ function: @escaping (Double) throws -> Double) { self.function = function }

    func callAsFunction(_ x: Double) -> Double {
        guard error == nil, badPoint == nil else { return 0 }
        evaluations += 1
        do {
            let value = try function(x)
            if value.isFinite { return value }
            badPoint = (x, value)
        } catch {
            self.error = error
        }
        return 0
    }

    func check(_ operation: String) throws {
        if let error { throw error }
        if let badPoint {
            throw NumericalError(
                operation,
                "the integrand is \(badPoint.value) at \(badPoint.x); "
                    + "a singularity must be an end of the interval or a breakpoint")
        }
    }

    /// Borrows this object: it must outlive the use.
    var gsl: gsl_function {
        gsl_function(
            function: { x, context in
                guard let context else { return .nan }
                return Unmanaged<Integrand>.fromOpaque(context).takeUnretainedValue()(x)
            }, params: Unmanaged.passUnretained(self).toOpaque())
    }
}
