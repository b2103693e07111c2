// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tails and quantiles of the distributions that test statistics have.
enum Tail {
    /// P(Z > z) of a standard normal variable.
    static func normal(_ z: Double) -> Double { normalCDF(-z) }

    /// The z with P(Z > z) = q.
    static func normalQuantile(_ q: Double) -> Double { -SpecialFunctions.normalQuantile(q) }

    /// P(|T| > |t|) of Student's t.
    static func studentTwoSided(_ t: Double, _ df: Double) -> Double {
        if t.isInfinite { return 0 }
        let ratio = t * t / df
        // Which of the two beta integrals has the small argument: the other
        // would lose half the digits.
        return ratio < 1
            ? betaIUpper(ratio / (1 + ratio), 0.5, df / 2) : betaI(1 / (1 + ratio), df / 2, 0.5)
    }

    /// P(T > t) of Student's t.
    static func student(_ t: Double, _ df: Double) -> Double {
        let outer = studentTwoSided(t, df) / 2
        return t > 0 ? outer : 1 - outer
    }

    /// The t with P(T > t) = q.
    static func studentQuantile(_ q: Double, _ df: Double) -> Double {
        if q > 0.5 { return -studentQuantile(1 - q, df) }
        if q == 0.5 { return 0 }
        if q > 0.25 {
            let y = betaIUpperInverse(2 * q, 0.5, df / 2)
            return (df * y / (1 - y)).squareRoot()
        }
        let x = betaIInverse(2 * q, df / 2, 0.5)
        return (df * (1 - x) / x).squareRoot()
    }

    /// P(X > x) of chi-squared.
    static func chiSquared(_ x: Double, _ df: Double) -> Double { gammaQ(df / 2, x / 2) }

    /// P(F > f).
    static func f(_ f: Double, _ df1: Double, _ df2: Double) -> Double {
        if f.isInfinite { return 0 }
        let ratio = df1 * f / df2
        return ratio < 1
            ? betaIUpper(ratio / (1 + ratio), df1 / 2, df2 / 2)
            : betaI(1 / (1 + ratio), df2 / 2, df1 / 2)
    }
}
