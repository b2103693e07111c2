// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Four numbers that describe a distribution or data: location, scale, shape,
/// shape, in which a fit by moments compares the two.
struct Descriptors {
    /// Mean, log standard deviation, skewness, excess kurtosis.
    static func moments(_ d: some UnivariateDistribution) -> [Double] {
        [d.mean, log(d.standardDeviation), d.skewness, d.excessKurtosis]
    }

    /// With n, not n − 1, as maximum likelihood has it.
    static func moments(_ values: [Double], weights: [Double]?) -> [Double] {
        let weights = weights ?? values.map { _ in 1 }
        let total = weights.reduce(0, +)
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
        var powers = [0.0, 0, 0]
        for (x, w) in zip(values, weights) {
            let z = x - mean
            let square = z * z * (w / total)
            powers[0] += square
            powers[1] += square * z
            powers[2] += square * z * z
        }
        let variance = powers[0]
        return [
            mean, 0.5 * log(variance), powers[1] / pow(variance, 1.5),
            powers[2] / (variance * variance) - 3,
        ]
    }

    /// Mean, log of the second L-moment, L-skewness, L-kurtosis (Hosking 1990).
    static func lMoments(_ d: any UnivariateDistribution) -> [Double] {
        guard d.mean.isFinite else { return [.nan, .nan, .nan, .nan] }
        var l = [0.0, 0, 0, 0]
        if let d = d as? any ContinuousDistribution {
            // ∫ Q(u) P(u) du by double exponential quadrature, from both ends.
            let h = 1.0 / 32
            for i in -176...176 {
                let t = Double(i) * h
                let e = Double.pi * sinh(abs(t))
                let small = exp(-e) / (1 + exp(-e))
                let large = 1 - small
                let x = t < 0 ? d.quantile(small) : d.upperQuantile(small)
                let weight = h * .pi * cosh(t) * small * large
                guard weight > 0, x.isFinite else { continue }
                let u = t < 0 ? small : large
                let v = t < 0 ? large : small
                l[0] += weight * x
                l[1] += weight * x * (u - v)
                l[2] += weight * x * (1 - 6 * u * v)
                l[3] += weight * x * (u - v) * (1 - 10 * u * v)
            }
        } else if let d = d as? any DiscreteDistribution {
            // ∫ F (1 − F) dx and so on, over the steps of F.
            l[0] = d.mean
            let (low, high) = (d.quantile(1e-18), d.upperQuantile(1e-18))
            guard low <= high, Double(high) - Double(low) < 1e6 else {
                return [.nan, .nan, .nan, .nan]
            }
            for k in low...high {
                let (f, g) = (d.cdf(Double(k)), d.upperCDF(Double(k)))
                l[1] += f * g
                l[2] += f * g * (f - g)
                l[3] += f * g * (1 - 5 * f * g)
            }
        }
        return [l[0], log(l[1]), l[2] / l[1], l[3] / l[1]]
    }

    /// The unbiased sample L-moments, from probability weighted moments.
    static func lMoments(sorted: [Double]) -> [Double] {
        let n = Double(sorted.count)
        var b = [0.0, 0, 0, 0]
        for (i, x) in sorted.enumerated() {
            let i = Double(i)
            var weight = 1 / n
            b[0] += weight * x
            for r in 1...3 {
                let r = Double(r)
                weight *= n > r ? (i - r + 1) / (n - r) : 0
                b[Int(r)] += weight * x
            }
        }
        let l2 = 2 * b[1] - b[0]
        let l3 = 6 * b[2] - 6 * b[1] + b[0]
        let l4 = 20 * b[3] - 30 * b[2] + 12 * b[1] - b[0]
        return [b[0], log(l2), l3 / l2, l4 / l2]
    }

    static func of(
        _ d: any UnivariateDistribution, _ method: FitMethod
    ) -> [Double] {
        method == .moments ? moments(d) : lMoments(d)
    }

    static func of(_ sample: FitSample, _ method: FitMethod) -> [Double] {
        method == .moments
            ? moments(sample.values, weights: sample.weights)
            : lMoments(sorted: sample.values.sorted())
    }
}
