// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The distributions of Kolmogorov's and Smirnov's statistics.
enum KolmogorovDistribution {
    /// P(D⁺ₙ ≥ d): Smirnov's one-sided statistic, exactly (Z. W. Birnbaum and
    /// F. H. Tingey, 1951, equation 3.0). All terms are positive.
    static func oneSidedUpper(_ d: Double, _ n: Int) -> Double {
        if d <= 0 { return 1 }
        if d >= 1 { return 0 }
        let count = Double(n)
        var sum = CarefulSum()
        let last = Int((count * (1 - d)).rounded(.down))
        for j in 0...last {
            let k = Double(j)
            let rest = 1 - d - k / count
            if rest <= 0 {
                // 0^(n−j) is 1 only for j = n, which d > 0 rules out.
                continue
            }
            let term =
                logChoose(count, k) + (k - 1) * log(d + k / count) + (count - k) * log(rest)
            sum.add(exp(term))
        }
        return min(1, d * sum.value)
    }

    /// P(Dₙ ≥ d): Kolmogorov's two-sided statistic.
    ///
    /// In the tail twice the one-sided probability: for n d² ≥ 4 what that
    /// counts twice is below 1e-10 of it (relative error e^(−6 n d²), R. Simard
    /// and P. L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov
    /// distribution", 2011). Elsewhere one less the matrix formula of
    /// G. Marsaglia, W. W. Tsang and J. Wang (2003).
    static func twoSidedUpper(_ d: Double, _ n: Int) -> Double {
        let count = Double(n)
        if d <= 0.5 / count { return 1 }
        if d >= 1 { return 0 }
        if d >= 0.5 || count * d * d >= 4 { return min(1, 2 * oneSidedUpper(d, n)) }
        return max(0, 1 - matrixCDF(d, n))
    }

    /// P(Dₙ < d) as an element of the n-th power of a matrix.
    private static func matrixCDF(_ d: Double, _ n: Int) -> Double {
        let count = Double(n)
        let k = Int(count * d) + 1
        let size = 2 * k - 1
        let h = Double(k) - count * d
        var matrix = [Double](repeating: 0, count: size * size)
        for i in 0..<size { for j in 0..<size where i - j + 1 >= 0 { matrix[i * size + j] = 1 } }
        for i in 0..<size {
            matrix[i * size] -= pow(h, Double(i + 1))
            matrix[(size - 1) * size + i] -= pow(h, Double(size - i))
        }
        if 2 * h > 1 { matrix[(size - 1) * size] += pow(2 * h - 1, Double(size)) }
        for i in 0..<size {
            for j in 0..<size where i - j + 1 > 0 {
                // Divided by (i − j + 1)! in logarithms, which cannot overflow.
                matrix[i * size + j] *= exp(-logGamma(Double(i - j + 2)))
            }
        }
        // The power by squaring, with an exponent of ten kept apart.
        var result = (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0.0 }
        var resultExponent = 0
        var base = matrix
        var baseExponent = 0
        var power = n
        while power > 0 {
            if power & 1 == 1 {
                result = product(result, base, size)
                resultExponent += baseExponent
                rescale(&result, &resultExponent, size, k)
            }
            base = product(base, base, size)
            baseExponent *= 2
            rescale(&base, &baseExponent, size, k)
            power >>= 1
        }
        var value = result[(k - 1) * size + k - 1]
        for i in 1...n {
            value *= Double(i) / count
            if value < 1e-140 {
                value *= 1e140
                resultExponent -= 140
            }
        }
        return value * pow(10, Double(resultExponent))
    }

    private static func rescale(
        _ matrix: inout [Double], _ exponent: inout Int, _ size: Int, _ k: Int
    ) {
        guard matrix[(k - 1) * size + k - 1] > 1e140 else { return }
        for i in matrix.indices { matrix[i] *= 1e-140 }
        exponent += 140
    }

    private static func product(_ a: [Double], _ b: [Double], _ size: Int) -> [Double] {
        var c = [Double](repeating: 0, count: size * size)
        for i in 0..<size {
            for j in 0..<size {
                let factor = a[i * size + j]
                if factor == 0 { continue }
                for l in 0..<size { c[i * size + l] += factor * b[j * size + l] }
            }
        }
        return c
    }

    /// P(K ≥ x) of Kolmogorov's limit: √n Dₙ for many data.
    static func limitUpper(_ x: Double) -> Double {
        if x <= 0 { return 1 }
        if x < 1 {
            // The theta function's other series converges here.
            let t = -Double.pi * Double.pi / (8 * x * x)
            var sum = 0.0
            for k in stride(from: 1.0, through: 15, by: 2) { sum += exp(t * k * k) }
            return max(0, 1 - (2 * Double.pi).squareRoot() / x * sum)
        }
        var sum = 0.0
        for k in 1...10 {
            let term = exp(-2 * Double(k * k) * x * x)
            sum += k % 2 == 1 ? term : -term
        }
        return min(1, 2 * sum)
    }

    /// P(D ≥ the observed difference) of two samples, given which values are
    /// tied: the share of all interleavings that somewhere go so far apart.
    /// Everything added is positive, so that small tails keep their digits.
    /// - Parameters:
    ///   - ends: For each length of the merged list whether differences count
    ///     there: not between tied values.
    ///   - difference: i·m − j·n at its largest, a whole number.
    static func twoSampleUpper(
        _ n: Int, _ m: Int, ends: [Bool], difference: Int, _ alternative: Alternative
    ) -> Double {
        if difference <= 0 { return 1 }
        func reaches(_ i: Int, _ j: Int) -> Bool {
            guard ends[i + j] else { return false }
            let apart = i * m - j * n
            return switch alternative {
            case .twoSided: abs(apart) >= difference
            case .greater: apart >= difference
            case .less: -apart >= difference
            }
        }
        // u[j]: probability that a path to (i, j) has reached the difference.
        var u = [Double](repeating: 0, count: m + 1)
        for j in 1..<(m + 1) { u[j] = reaches(0, j) ? 1 : u[j - 1] }
        for i in 1..<(n + 1) {
            if reaches(i, 0) { u[0] = 1 }
            for j in 1..<(m + 1) {
                let share = Double(i) / Double(i + j)
                u[j] = reaches(i, j) ? 1 : share * u[j] + (1 - share) * u[j - 1]
            }
        }
        return u[m]
    }
}
