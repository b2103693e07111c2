// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import SpecialFunctions

/// Sums over a mass function on whole numbers whose neighbours have a simple
/// ratio: tails, entropies and moments, all of positive terms.
///
/// Terms are added one by one, each the last times the ratio, outwards from a
/// given count. Where there are many thousands of them and the mass is smooth,
/// panels of them are integrated by Gauss and Legendre's rule instead, with
/// Euler and Maclaurin's correction at the ends (DLMF 2.10.1, about midpoints):
/// 10¹² terms cost little more than 10⁴.
struct CountSum {
    /// The ends of the support; infinite or whole.
    var lower: Double
    var upper: Double
    /// The logarithm of the mass, up to a constant if need be, between whole numbers too.
    var logMass: (Double) -> Double
    /// The mass at k + 1 over that at k.
    var ratio: (Double) -> Double
    /// Of a mass that falls like k^(−1 − exponent) from a count on.
    var power: (exponent: Double, from: Double)?

    init(
        _ lower: Double, _ upper: Double, logMass: @escaping (Double) -> Double,
        ratio: ((Double) -> Double)? = nil, power: (exponent: Double, from: Double)? = nil
    ) {
        self.lower = lower
        self.upper = upper
        self.logMass = logMass
        self.ratio = ratio ?? { exp(logMass($0 + 1) - logMass($0)) }
        self.power = power
    }

    /// Σ w(j) f(j)/f(k) over j = k, k ± 1, … to the end of the support, and
    /// without the first term, for the weight w and for 1.
    private struct Sums {
        var weighted = 0.0
        var plain = 0.0
        var logScale = 0.0
        // Of Kahan's sums.
        private var lostWeighted = 0.0
        private var lostPlain = 0.0

        mutating func add(_ term: Double, _ weightedTerm: Double) {
            let t = term - lostPlain
            let next = plain + t
            lostPlain = (next - plain) - t
            plain = next
            let u = weightedTerm - lostWeighted
            let other = weighted + u
            lostWeighted = (other - weighted) - u
            weighted = other
        }

        mutating func rescale() {
            plain *= 1e-250
            weighted *= 1e-250
            lostPlain *= 1e-250
            lostWeighted *= 1e-250
            logScale += 575.646_273_248_511_4
        }
    }

    /// Σ f(j)/f(k) over the j beyond k.
    func beyond(_ k: Double, upwards: Bool) -> Double {
        let sums = sum(beyond: k, upwards: upwards, weight: nil)
        return sums.plain * exp(sums.logScale)
    }

    private func sum(beyond k: Double, upwards: Bool, weight: ((Double) -> Double)?) -> Sums {
        var sums = Sums()
        let (step, end) = upwards ? (1.0, upper) : (-1.0, lower)
        var (x, term) = (k, 1.0)
        let reference = logMass(k)
        for _ in 0..<1_000_000 {
            for i in 1...4096 {
                if x == end { return sums }
                let change = upwards ? ratio(x) : 1 / ratio(x - 1)
                x += step
                term *= change
                if i % 64 == 0 {
                    // What many roundings have changed is made good.
                    let exact = logMass(x) - reference
                    if abs(exact) < 30 { term = exp(exact - sums.logScale) }
                }
                let weighted = weight.map { $0(x) * term } ?? term
                sums.add(term, weighted)
                if change < 1 {
                    // Of a geometric series at least; a power's is as long as x.
                    let rest = 1 / (1 - change)
                    if term * rest <= 1e-18 * (1 + sums.plain),
                        abs(weighted) * rest <= 1e-18 * abs(sums.weighted) || term == 0
                    {
                        return sums
                    }
                }
                if sums.plain > 1e250 {
                    sums.rescale()
                    term *= 1e-250
                }
                if x + step == x { break }
            }
            // Panels while they are worth it.
            var used = false
            let shift = reference + sums.logScale
            while let length = panel(x + step, step, end) {
                used = true
                let added = integrate(x + step, step, length, shift, weight)
                sums.add(added.plain, added.weighted)
                x += step * length
                if abs(added.weighted) <= 1e-19 * abs(sums.weighted),
                    added.plain <= 1e-19 * (1 + sums.plain),
                    logMass(x + step) < logMass(x - step * length / 2)
                {
                    return sums
                }
                if upwards, let power, x > 1e17 * power.from {
                    let w = weight?(x) ?? 1
                    let rest = x * exp(logMass(x) - shift) / power.exponent
                    sums.plain += rest
                    // The weight's growth is logarithmic: ∫ (w + c log(t/x)) t^(−1−a) dt.
                    let slope = weight.map { ($0(4 * x) - w) / log(4) } ?? 0
                    sums.weighted += rest * (w + slope / power.exponent)
                    return sums
                }
            }
            if used { term = exp(logMass(x) - shift) }
            if x + step == x || !sums.plain.isFinite { return sums }
        }
        return sums
    }

    /// The number of terms from x on over which the mass is smooth and changes by a
    /// few units of its logarithm; nil if that is not worth an integral.
    private func panel(_ x: Double, _ step: Double, _ end: Double) -> Double? {
        let behind = step > 0 ? x - lower : upper - x
        var length = min(0.5 * abs(end - x), 0.5 * behind, 0x1p900)
        func slope(_ x: Double) -> Double {
            let h = max(1, 0.01 * length)
            return (logMass(x + step * h) - logMass(x)) / h
        }
        let first = abs(slope(x))
        if first > 0 { length = min(length, 1.5 / first) }
        while length >= 1000,
            abs(slope(x + step * length) - slope(x)) * length > 1.5
        {
            length *= 0.5
        }
        return length >= 1000 ? length.rounded(.down) : nil
    }

    private func integrate(
        _ x: Double, _ step: Double, _ length: Double, _ shift: Double,
        _ weight: ((Double) -> Double)?
    ) -> (plain: Double, weighted: Double) {
        var (plain, weighted) = (0.0, 0.0)
        func add(_ at: Double, _ factor: Double) {
            let f = factor * exp(logMass(at) - shift)
            plain += f
            weighted += f * (weight?(at) ?? 1)
        }
        let half = 0.5 * length
        let middle = x - 0.5 * step + step * half
        for (node, w) in GaussLegendre.twenty {
            add(middle - half * node, w * half)
            add(middle + half * node, w * half)
        }
        // (g′(a) − g′(b))/24 at the midpoints outside, g′ by differences.
        add(x, 1.0 / 24)
        add(x - step, -1.0 / 24)
        add(x + step * length, -1.0 / 24)
        add(x + step * (length - 1), 1.0 / 24)
        return (plain, weighted)
    }

    /// log P(X = k), relative to its value where that is near 0; of a normalised mass.
    func logProbability(_ k: Double) -> Double {
        if !(k >= lower && k <= upper) { return -.infinity }
        let direct = logMass(k)
        if direct > -0.5 {
            return -log1p(beyond(k, upwards: true) + beyond(k, upwards: false))
        }
        return direct
    }

    /// P(X ≤ x) or P(X > x), or its logarithm, of a normalised mass.
    ///
    /// - Parameter center: where the tails are about as large.
    func tail(_ x: Double, lower asksLower: Bool, log wantsLog: Bool, center: Double) -> Double {
        if x.isNaN { return .nan }
        let k = x.rounded(.down)
        if k < lower || k >= upper {
            let one = (k >= upper) == asksLower
            return wantsLog ? (one ? 0 : -.infinity) : (one ? 1 : 0)
        }
        func logTail(_ isLower: Bool) -> Double {
            let start = isLower ? k : k + 1
            let sums = sum(beyond: start, upwards: !isLower, weight: nil)
            return logMass(start) + sums.logScale + log(exp(-sums.logScale) + sums.plain)
        }
        var isLower = k + 0.5 < center
        var small = logTail(isLower)
        if small > -0.6 {
            let other = logTail(!isLower)
            if other < small { (small, isLower) = (other, !isLower) }
        }
        small = min(small, 0)
        if asksLower == isLower { return wantsLog ? small : exp(small) }
        return wantsLog ? log1mExp(small) : -expm1(small)
    }

    /// log Σ f.
    func logTotal(mode: Double) -> Double {
        let m = min(max(mode, lower), upper)
        return logMass(m) + log1p(beyond(m, upwards: true) + beyond(m, upwards: false))
    }

    /// Σ w(j) f(j) over Σ f(j).
    func expectation(mode: Double, _ weight: @escaping (Double) -> Double) -> Double {
        let m = min(max(mode, lower), upper)
        let up = sum(beyond: m, upwards: true, weight: weight)
        let down = sum(beyond: m, upwards: false, weight: weight)
        let (a, b) = (exp(up.logScale), exp(down.logScale))
        return (weight(m) + a * up.weighted + b * down.weighted)
            / (1 + a * up.plain + b * down.plain)
    }

    /// −Σ f log f, of a normalised mass.
    func entropy(mode: Double) -> Double {
        expectation(mode: mode) { x in
            let direct = logMass(x)
            return direct > -0.5 ? -logProbability(x) : -direct
        }
    }

    /// The central moments of orders 2 to 4: from those about the whole number nearest
    /// to the mean, so that the rounding of the mean does not count.
    func centralMoments(mode: Double, mean: Double) -> (Double, Double, Double) {
        let center = mean.rounded()
        func moment(_ order: Int) -> Double {
            expectation(mode: mode) { x in
                let d = x - center
                return order == 1 ? d : order == 2 ? d * d : order == 3 ? d * d * d : d * d * d * d
            }
        }
        let (d, second, third, fourth) = (moment(1), moment(2), moment(3), moment(4))
        return (
            second - d * d, third - d * (3 * second - 2 * d * d),
            fourth - d * (4 * third - d * (6 * second - 3 * d * d))
        )
    }
}

/// Nodes above 0 and weights of Gauss and Legendre's rule of twenty points.
enum GaussLegendre {
    static let twenty: [(node: Double, weight: Double)] = [
        (0.076_526_521_133_497_333_755, 0.152_753_387_130_725_850_7),
        (0.227_785_851_141_645_078_08, 0.149_172_986_472_603_746_79),
        (0.373_706_088_715_419_560_67, 0.142_096_109_318_382_051_33),
        (0.510_867_001_950_827_098, 0.131_688_638_449_176_626_9),
        (0.636_053_680_726_515_025_45, 0.118_194_531_961_518_417_31),
        (0.746_331_906_460_150_792_61, 0.101_930_119_817_240_435_04),
        (0.839_116_971_822_218_823_39, 0.083_276_741_576_704_748_725),
        (0.912_234_428_251_325_905_87, 0.062_672_048_334_109_063_57),
        (0.963_971_927_277_913_791_27, 0.040_601_429_800_386_941_331),
        (0.993_128_599_185_094_924_79, 0.017_614_007_139_152_118_312),
    ]
}
