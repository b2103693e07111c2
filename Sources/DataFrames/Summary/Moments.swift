// SPDX-License-Identifier: GPL-3.0-or-later

/// Count, extremes and the first four central moments of numbers seen one by
/// one; two of them merge into that of all their numbers.
///
/// Update and merge by P. Pébay, "Formulas for robust, one-pass parallel
/// computation of covariances and arbitrary-order statistical moments"
/// (Sandia report SAND2008-6212), equations 1.5 to 2.1. All is kept relative
/// to the first number seen: data far from zero then lose no digits, and an
/// sd of 0.1 about a mean of ten million is as good as one about zero.
public struct Moments: Hashable, Sendable {
    /// How many numbers were seen.
    public private(set) var count = 0
    /// The least number; infinite when there is none.
    public private(set) var minimum = Double.infinity
    /// The greatest number; minus infinite when there is none.
    public private(set) var maximum = -Double.infinity

    private var origin = 0.0
    private var center = 0.0
    private var m2 = 0.0
    private var m3 = 0.0
    private var m4 = 0.0

    /// The moments of no numbers.
    public init() {}

    /// The moments of a sequence.
    public init(_ numbers: some Sequence<Double>) {
        for number in numbers { add(number) }
    }

    /// Takes one more number into account. NaN makes all moments NaN.
    public mutating func add(_ number: Double) {
        if count == 0 { origin = number.isFinite ? number : 0 }
        minimum = number < minimum || number.isNaN ? number : minimum
        maximum = number > maximum || number.isNaN ? number : maximum
        let before = Double(count)
        count += 1
        let n = Double(count)
        let delta = (number - origin) - center
        let part = delta / n
        let part2 = part * part
        let term = delta * part * before
        center += part
        m4 += term * part2 * (n * n - 3 * n + 3) + 6 * part2 * m2 - 4 * part * m3
        m3 += term * part * (n - 2) - 3 * part * m2
        m2 += term
    }

    /// Takes all numbers of another into account.
    public mutating func merge(_ other: Moments) {
        guard other.count > 0 else { return }
        guard count > 0 else {
            self = other
            return
        }
        let (nA, nB) = (Double(count), Double(other.count))
        let n = nA + nB
        let delta = (other.origin - origin) + (other.center - center)
        let part = delta / n
        let delta2 = delta * delta
        m4 =
            m4 + other.m4
            + delta2 * part * part * (nA * nB * (nA * nA - nA * nB + nB * nB) / n)
            + 6 * part * part * (nA * nA * other.m2 + nB * nB * m2)
            + 4 * part * (nA * other.m3 - nB * m3)
        m3 =
            m3 + other.m3 + delta2 * part * nA * nB * (nA - nB) / n
            + 3 * part * (nA * other.m2 - nB * m2)
        m2 = m2 + other.m2 + delta * part * nA * nB
        center += part * nB
        count += other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    /// The mean; NaN of no numbers.
    public var mean: Double { count > 0 ? origin + center : .nan }

    /// The sample variance (divisor n − 1); NaN of fewer than two numbers.
    public var variance: Double { count > 1 ? m2 / Double(count - 1) : .nan }

    /// The sample standard deviation.
    public var standardDeviation: Double { variance.squareRoot() }

    /// The standard error of the mean of independent numbers.
    public var standardError: Double { standardDeviation / Double(count).squareRoot() }

    /// The skewness g₁ = m₃ / m₂^(3/2) with moments of divisor n; NaN of
    /// constant numbers.
    public var skewness: Double {
        m2 > 0 ? Double(count).squareRoot() * m3 / (m2 * m2.squareRoot()) : .nan
    }

    /// The excess kurtosis g₂ = m₄ / m₂² − 3 with moments of divisor n; NaN of
    /// constant numbers.
    public var excessKurtosis: Double { m2 > 0 ? Double(count) * m4 / (m2 * m2) - 3 : .nan }
}
