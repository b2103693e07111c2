// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Integrals of smooth functions by Gauss's and Kronrod's rules with 10 and 21
/// points, on intervals that are halved where the two differ.
///
/// Source: R. Piessens et al., QUADPACK (1983), QAG and its estimate of errors.
enum AdaptiveIntegral {
    private struct Panel {
        var low, high, value, error: Double
    }

    /// ∫ f from the first of the breaks to the last; NaN where f is.
    ///
    /// - Parameters:
    ///   - breaks: ascending, so close that no feature of f is missed by the 21 points
    ///     between two of them.
    ///   - noise: the relative rounding error of f, which no halving makes better.
    static func evaluate(
        _ breaks: [Double], noise: Double = 0, _ f: (Double) -> Double
    ) -> Double {
        var panels: [Panel] = []
        for (low, high) in zip(breaks, breaks.dropFirst()) where high > low {
            panels.append(panel(low, high, noise, f))
        }
        var done = 0.0
        var rounds = 0
        while !panels.isEmpty, rounds < 40 {
            let size = panels.reduce(abs(done)) { $0 + abs($1.value) }
            if !size.isFinite { return size }
            var next: [Panel] = []
            for p in panels {
                let middle = 0.5 * (p.low + p.high)
                if p.error <= 1e-17 * size || middle <= p.low || middle >= p.high || rounds == 39 {
                    done += p.value
                } else {
                    next.append(panel(p.low, middle, noise, f))
                    next.append(panel(middle, p.high, noise, f))
                }
            }
            panels = next
            rounds += 1
            if panels.count > 4_000 { break }
        }
        return panels.reduce(done) { $0 + $1.value }
    }

    /// log ∫ exp(g) of a log-concave function over the part of low…high that
    /// matters, to where it is e⁻⁴⁵ of its largest value.
    static func log(from low: Double, to high: Double, near start: Double, _ g: (Double) -> Double)
        -> Double
    {
        let (peak, top) = peak(from: low, to: high, near: start, g)
        guard top > -.infinity, top < .infinity else { return top }
        func end(_ sign: Double, _ limit: Double) -> Double {
            var (inside, outside) = (0.0, 1e-3)
            while outside < limit, g(peak + sign * outside) - top > -45 {
                inside = outside
                outside *= 2
            }
            if outside >= limit { return limit }
            while outside - inside > 0.1 * outside {
                let middle = 0.5 * (inside + outside)
                if g(peak + sign * middle) - top > -45 { inside = middle } else { outside = middle }
            }
            return outside
        }
        let (left, right) = (end(-1, peak - low), end(1, high - peak))
        // Towards the peak ever shorter ones, down to the scale of the shorter side.
        let least = 0.1 * min(left > 0 ? left : right, right > 0 ? right : left)
        var breaks = [peak]
        for (sign, end) in [(-1.0, left), (1.0, right)] {
            var length = end
            while length > 0, length > least, breaks.count < 100 {
                breaks.append(peak + sign * length)
                length *= 0.5
            }
        }
        breaks.sort()
        return top
            + CGSL.log(
                evaluate(breaks, noise: 0x1p-52 * abs(top)) { exp(g($0) - top) })
    }

    /// Where a function with one peak has it, within a fall of 1, and its value there.
    static func peak(
        from low: Double, to high: Double, near start: Double, _ g: (Double) -> Double
    ) -> (place: Double, value: Double) {
        var b = min(max(start, low), high)
        var value = g(b)
        var (a, left) = (b, value)
        var (c, right) = (b, value)
        // Uphill in doubling steps, until both sides are lower.
        var step = 1e-2
        while true {
            let next = min(b + step, high)
            let there = g(next)
            guard there > value, next > b else {
                (c, right) = (next, there)
                break
            }
            (a, left) = (b, value)
            (b, value) = (next, there)
            step *= 2
        }
        step = 1e-2
        while a == b, b > low {
            let next = max(b - step, low)
            let there = g(next)
            guard there > value else {
                (a, left) = (next, there)
                break
            }
            (c, right) = (b, value)
            (b, value) = (next, there)
            a = b
            step *= 2
        }
        let golden = 0.381_966_011_250_105_2
        for _ in 0..<200 where value - left > 1 || value - right > 1 {
            let next = c - b > b - a ? b + golden * (c - b) : b - golden * (b - a)
            if next <= a || next >= c || next == b { break }
            let there = g(next)
            if there >= value {
                if next > b { (a, left) = (b, value) } else { (c, right) = (b, value) }
                (b, value) = (next, there)
            } else if next > b {
                (c, right) = (next, there)
            } else {
                (a, left) = (next, there)
            }
        }
        return (b, value)
    }

    private static func panel(
        _ low: Double, _ high: Double, _ noise: Double, _ f: (Double) -> Double
    ) -> Panel {
        let (center, half) = (0.5 * (low + high), 0.5 * (high - low))
        let middle = f(center)
        var kronrod = middle * kronrodWeights[10]
        var gauss = 0.0
        var size = abs(kronrod)
        for i in 0..<10 {
            let shift = half * nodes[i]
            let pair = f(center - shift) + f(center + shift)
            kronrod += kronrodWeights[i] * pair
            size += kronrodWeights[i] * abs(pair)
            if i % 2 == 1 { gauss += gaussWeights[i / 2] * pair }
        }
        let difference = abs(kronrod - gauss)
        // The error of Kronrod's rule is far below the difference.
        let ratio = size > 0 ? 200 * difference / size : 0
        let error = ratio < 1 ? size * ratio * ratio.squareRoot() : difference
        // Rounding is no reason to go on.
        let floor = difference < max(1e-15, 4 * noise) * size ? 0 : error
        return Panel(low: low, high: high, value: half * kronrod, error: half * floor)
    }

    private static let nodes = [
        0.995_657_163_025_808_080_74, 0.973_906_528_517_171_720_08, 0.930_157_491_355_708_226_00,
        0.865_063_366_688_984_510_73, 0.780_817_726_586_416_897_06, 0.679_409_568_299_024_406_23,
        0.562_757_134_668_604_683_34, 0.433_395_394_129_247_190_80, 0.294_392_862_701_460_198_13,
        0.148_874_338_981_631_210_88,
    ]
    private static let gaussWeights = [
        0.066_671_344_308_688_137_594, 0.149_451_349_150_580_593_15, 0.219_086_362_515_982_043_996,
        0.269_266_719_309_996_355_09, 0.295_524_224_714_752_870_17,
    ]
    private static let kronrodWeights = [
        0.011_694_638_867_371_874_278, 0.032_558_162_307_964_727_479, 0.054_755_896_574_351_996_031,
        0.075_039_674_810_919_952_767, 0.093_125_454_583_697_605_535, 0.109_387_158_802_297_641_90,
        0.123_491_976_262_065_851_08, 0.134_709_217_311_473_325_93, 0.142_775_938_577_060_080_80,
        0.147_739_104_901_338_491_37, 0.149_445_554_002_916_905_66,
    ]
}
