// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

// What a family without closed forms gets: integrals and sums, with about ten
// digits, and NaN where they could not be trusted.

extension UnivariateDistribution {
    /// The interquartile range, or something of its size.
    var spread: Double {
        if let d = self as? any ContinuousDistribution {
            let range = d.quantile(0.75) - d.quantile(0.25)
            if range > 0, range.isFinite { return range }
        }
        let deviation = standardDeviation
        return deviation > 0 && deviation.isFinite ? deviation : 1
    }
}

extension ContinuousDistribution {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        if t == 0 { return 1 }
        guard t.isFinite else { return .nan }
        let found = try? WeightedIntegral(
            over: support, center: median, scale: spread,
            weight: { x in logDensity(x) + t * x })
        guard let found, found.error <= 1e-8 * found.value else { return .nan }
        return found.value
    }

    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        if t == 0 { return ComplexNumber(1) }
        guard t.isFinite else { return ComplexNumber(.nan, .nan) }
        // Periods over all but 1e-12 of the probability.
        let periods = abs(t) * (upperQuantile(5e-13) - quantile(5e-13)) / 6.3
        guard periods < 2000 else { return ComplexNumber(.nan, .nan) }
        let middle = median
        let (center, scale) = (middle, spread)
        func part(_ f: (Double) -> Double) -> Double {
            let found = try? WeightedIntegral(
                over: max(quantile(1e-16), support.lowerBound)...upperQuantile(1e-16),
                center: center, scale: scale, weight: logDensity, f)
            guard let found, found.error <= 1e-8 else { return .nan }
            return found.value
        }
        // About the median, where the argument is small.
        let real = part { x in cos(t * (x - middle)) }
        let imaginary = part { x in sin(t * (x - middle)) }
        let turn = ComplexNumber(modulus: 1, argument: t * middle)
        return ComplexNumber(
            real * turn.real - imaginary * turn.imaginary,
            real * turn.imaginary + imaginary * turn.real)
    }
}

extension DiscreteDistribution {
    public func momentGeneratingFunction(_ t: Double) -> Double {
        if t == 0 { return 1 }
        guard t.isFinite else { return .nan }
        let found = try? WeightedIntegral(counts: support, center: quantile(0.5)) { k in
            logDensity(k) + t * Double(k)
        }
        return found?.value ?? .nan
    }

    public func characteristicFunction(_ t: Double) -> ComplexNumber {
        if t == 0 { return ComplexNumber(1) }
        guard t.isFinite else { return ComplexNumber(.nan, .nan) }
        func part(_ f: (Double) -> Double) -> Double {
            let found = try? WeightedIntegral(
                counts: support, center: quantile(0.5), weight: logDensity
            ) { f(t * Double($0)) }
            return found?.value ?? .nan
        }
        return ComplexNumber(part(cos), part(sin))
    }
}
