// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Response times of the diffusion model: a first passage to the upper end after a
/// nondecision time. Start and nondecision time may vary between trials, uniformly
/// over w ± ½ `startRange` and from `delay` to `delay + delayRange`.
package struct ResponseTime {
    package var passage: FirstPassage
    package var delay, startRange, delayRange: Double

    /// What is asked for: the density, the probability of a response at the upper end
    /// by a time, or after it.
    package enum Kind: Sendable { case density, by, after }

    /// Stan's order: a, t₀, w, v, and the variabilities of v, w, t₀.
    package init(_ p: UnsafePointer<Double>) {
        passage = FirstPassage(
            separation: p[0], start: p[2], drift: p[3], driftDeviation: p[4])
        (delay, startRange, delayRange) = (p[1], p[5], p[6])
    }

    private var isValid: Bool {
        let p = passage
        return p.separation > 0 && p.separation < .infinity && delay >= 0 && delay < .infinity
            && p.drift.isFinite && p.driftDeviation >= 0 && p.driftDeviation < .infinity
            && startRange >= 0 && p.start - 0.5 * startRange > 0
            && p.start + 0.5 * startRange < 1 && delayRange >= 0 && delayRange < .infinity
    }

    /// The logarithm at y; writes its derivatives in y and in the seven parameters.
    package func evaluate(
        _ kind: Kind, _ y: Double, _ partials: UnsafeMutablePointer<Double>
    ) -> Double {
        for k in 0..<8 { partials[k] = 0 }
        guard isValid, !y.isNaN else {
            for k in 0..<8 { partials[k] = .nan }
            return .nan
        }
        let longest = y - delay
        if kind != .after, longest <= 0 { return -.infinity }
        if kind == .density, startRange == 0, delayRange == 0 {
            let d = passage.logDensity(longest)
            let all = [
                d.time, d.separation, -d.time, d.start, d.drift, d.driftDeviation, 0, 0,
            ]
            for k in 0..<8 { partials[k] = all[k] }
            return d.value
        }
        var total = Total(model: self, longest: longest)
        switch kind {
        case .density:
            if delayRange == 0 {
                total.add(at: longest, 1)
            } else {
                total.integrate(from: longest - delayRange, to: longest) { _ in
                    (1 / delayRange, 0)
                }
                total.ends(longest, 1 / delayRange, asDensity: true)
            }
        case .by:
            total.integrate(from: 0, to: longest - delayRange) { _ in (1, 0) }
            total.ramp(upwards: false)
            total.ends(longest, 1, asDensity: false)
        case .after:
            total.ramp(upwards: true)
            total.integrate(from: max(longest, 0), to: .infinity) { _ in (1, 0) }
            total.ends(longest, -1, asDensity: false)
        }
        return total.finish(partials)
    }

    /// A sum of densities at nodes with their derivatives, scaled by the largest.
    private struct Total {
        let model: ResponseTime
        let longest: Double
        private var scale = -Double.infinity
        private var sum = 0.0
        /// Of y, a, t₀, w, v and the variabilities of v, w, t₀.
        private var slopes = [Double](repeating: 0, count: 8)

        /// Starts and weights: one, or Gauss–Legendre over their range.
        private let starts: [(shift: Double, weight: Double)]

        init(model: ResponseTime, longest: Double) {
            self.model = model
            self.longest = longest
            starts =
                model.startRange == 0
                ? [(0, 1)] : IncompleteBeta.gauss40.map { ($0.0 - 0.5, $0.1) }
        }

        private mutating func rescale(_ value: Double) -> Double {
            if value == -.infinity { return 0 }
            if value > scale {
                let factor = scale == -.infinity ? 0 : exp(scale - value)
                sum *= factor
                for k in slopes.indices { slopes[k] *= factor }
                scale = value
            }
            return exp(value - scale)
        }

        /// Adds the density at a time with a weight, over all starts.
        ///
        /// - Parameters:
        ///   - byDelayRange: the derivative of the weight in the range of the delay.
        ///   - isTime: whether the time moves with y.
        mutating func add(
            at s: Double, _ weight: Double, byDelayRange: Double = 0, isTime: Bool = true
        ) {
            if s <= 0 { return }
            for (shift, share) in starts {
                var passage = model.passage
                passage.start += shift * model.startRange
                let d = passage.logDensity(s)
                let mass = share * rescale(d.value)
                let part = mass * weight
                sum += part
                if isTime {
                    slopes[0] += part * d.time
                    slopes[2] -= part * d.time
                }
                slopes[1] += part * d.separation
                slopes[3] += part * d.start
                slopes[4] += part * d.drift
                slopes[5] += part * d.driftDeviation
                slopes[6] += part * d.start * shift
                slopes[7] += mass * byDelayRange
            }
        }

        /// Adds an integral over times with a weight that has a derivative in the range
        /// of the delay. Panels of 40 Gauss–Legendre points, a factor 4 wide for short
        /// times, for long ones 4 a², in which the density falls by e⁻²⁰.
        mutating func integrate(
            from first: Double, to last: Double, _ weight: (Double) -> (Double, Double)
        ) {
            let a = model.passage.separation
            let nearest = a * (1 - model.passage.start - 0.5 * model.startRange)
            // Before it the density underflows.
            var low = max(first, nearest * nearest / 1_500)
            while low < last {
                let high = min(last, min(4 * low, low + 4 * a * a))
                let before = sum
                let scaleBefore = scale
                for (node, share) in IncompleteBeta.gauss40 {
                    let s = low + (high - low) * node
                    let (value, slope) = weight(s)
                    add(
                        at: s, (high - low) * share * value,
                        byDelayRange: (high - low) * share * slope, isTime: false)
                }
                let grown = sum - before * (scale == scaleBefore ? 1 : exp(scaleBefore - scale))
                if before > 0, grown < 1e-18 * sum, low > a * a { return }
                low = high
            }
        }

        /// The times at which the delay decides: its share (y − t₀ − s)/range, or 1
        /// less it.
        mutating func ramp(upwards: Bool) {
            let (range, longest) = (model.delayRange, longest)
            if range == 0 { return }
            integrate(from: longest - range, to: longest) { s in
                let share = (longest - s) / range
                return upwards ? (1 - share, share / range) : (share, -share / range)
            }
        }

        /// What the ends of the integrals contribute to the derivatives in y, t₀ and the
        /// range of t₀.
        mutating func ends(_ longest: Double, _ factor: Double, asDensity: Bool) {
            let range = model.delayRange
            if asDensity {
                // (1/r) ∫ p from s − r to s
                let (late, early) = (mass(longest), mass(longest - range))
                slopes[0] += factor * (late - early)
                slopes[2] -= factor * (late - early)
                slopes[7] += factor * early - sum / range
            } else if range == 0 {
                slopes[0] += factor * mass(longest)
                slopes[2] -= factor * mass(longest)
            } else {
                // The density itself.
                var density = Total(model: model, longest: longest)
                density.integrate(from: longest - range, to: longest) { _ in (1 / range, 0) }
                let value = density.sum == 0 ? 0 : density.sum * exp(density.scale - scale)
                slopes[0] += factor * value
                slopes[2] -= factor * value
            }
        }

        /// The mean density over all starts at a time, on the scale of the sum.
        private func mass(_ s: Double) -> Double {
            if s <= 0 { return 0 }
            return starts.reduce(0) { total, start in
                var passage = model.passage
                passage.start += start.shift * model.startRange
                return total + start.weight * exp(passage.logDensity(s).value - scale)
            }
        }

        /// Divides by the sum.
        func finish(_ partials: UnsafeMutablePointer<Double>) -> Double {
            guard sum > 0 else { return -.infinity }
            for k in 0..<8 { partials[k] = slopes[k] / sum }
            return scale + log(sum)
        }
    }
}
