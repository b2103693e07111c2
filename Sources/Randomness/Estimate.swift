// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A number with a standard error, as a Monte Carlo computation or a fit gives.
///
///     let hit = Estimate(0.6371, standardError: 0.0015)
///     print(2 / hit)                      // 3.1393 ± 0.0074
///
/// Arithmetic propagates the error to first order, and assumes that the
/// estimates combined are independent: `x - x` has not the error 0. The
/// effective sample size of a combination is the smaller one.
public struct Estimate: Hashable, Sendable {
    /// The estimate itself.
    public var value: Double
    /// The standard deviation of its error; 0 when exact, NaN when unknown.
    public var standardError: Double
    /// The number of independent draws that would do as well; infinite when
    /// the value is exact or does not come from draws.
    public var effectiveSampleSize: Double

    public init(
        _ value: Double, standardError: Double, effectiveSampleSize: Double = .infinity
    ) {
        self.value = value
        self.standardError = standardError
        self.effectiveSampleSize = effectiveSampleSize
    }

    /// An estimate from independent draws: their mean, and their standard
    /// deviation over √n. NaN for an empty list; error NaN for one draw.
    public init(mean draws: some Collection<Double>) {
        // Welford's recurrence: one pass, no cancellation.
        var mean = 0.0
        var squares = 0.0
        var n = 0.0
        for draw in draws {
            n += 1
            let step = draw - mean
            mean += step / n
            squares += step * (draw - mean)
        }
        value = n > 0 ? mean : .nan
        standardError = n > 1 ? (squares / (n - 1) / n).squareRoot() : .nan
        effectiveSampleSize = n
    }

    private func mapped(_ value: Double, slope: Double) -> Estimate {
        Estimate(
            value, standardError: standardError == 0 ? 0 : abs(slope) * standardError,
            effectiveSampleSize: effectiveSampleSize)
    }

    private static func combined(
        _ a: Estimate, _ slopeA: Double, _ b: Estimate, _ slopeB: Double, _ value: Double
    ) -> Estimate {
        Estimate(
            value, standardError: hypot(slopeA * a.standardError, slopeB * b.standardError),
            effectiveSampleSize: min(a.effectiveSampleSize, b.effectiveSampleSize))
    }
}

extension Estimate {
    public static prefix func - (a: Estimate) -> Estimate { a.mapped(-a.value, slope: -1) }

    public static func + (a: Estimate, b: Estimate) -> Estimate {
        combined(a, 1, b, 1, a.value + b.value)
    }
    public static func - (a: Estimate, b: Estimate) -> Estimate {
        combined(a, 1, b, -1, a.value - b.value)
    }
    public static func * (a: Estimate, b: Estimate) -> Estimate {
        combined(a, b.value, b, a.value, a.value * b.value)
    }
    public static func / (a: Estimate, b: Estimate) -> Estimate {
        combined(a, 1 / b.value, b, a.value / (b.value * b.value), a.value / b.value)
    }

    public static func + (a: Estimate, b: Double) -> Estimate { a.mapped(a.value + b, slope: 1) }
    public static func - (a: Estimate, b: Double) -> Estimate { a.mapped(a.value - b, slope: 1) }
    public static func * (a: Estimate, b: Double) -> Estimate { a.mapped(a.value * b, slope: b) }
    public static func / (a: Estimate, b: Double) -> Estimate {
        a.mapped(a.value / b, slope: 1 / b)
    }

    public static func + (a: Double, b: Estimate) -> Estimate { b + a }
    public static func - (a: Double, b: Estimate) -> Estimate { b.mapped(a - b.value, slope: -1) }
    public static func * (a: Double, b: Estimate) -> Estimate { b * a }
    public static func / (a: Double, b: Estimate) -> Estimate {
        b.mapped(a / b.value, slope: -a / (b.value * b.value))
    }

    /// √a, with the error to first order.
    public func squareRoot() -> Estimate {
        mapped(value.squareRoot(), slope: 0.5 / value.squareRoot())
    }

    /// Any smooth function of the estimate, given its derivative there.
    public func map(_ function: (Double) -> Double, derivative: (Double) -> Double) -> Estimate {
        mapped(function(value), slope: derivative(value))
    }
}

/// √a, with the error to first order.
public func sqrt(_ a: Estimate) -> Estimate { a.squareRoot() }

/// The natural logarithm, with the error to first order.
public func log(_ a: Estimate) -> Estimate {
    a.map({ CGSL.log($0) }, derivative: { 1 / $0 })
}

/// The exponential, with the error to first order.
public func exp(_ a: Estimate) -> Estimate {
    a.map({ CGSL.exp($0) }, derivative: { CGSL.exp($0) })
}
