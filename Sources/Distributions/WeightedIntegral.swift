// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Calculus

/// ∫ exp(g(x)) f(x) dx, or the sum over whole numbers, for a weight exp(g) with
/// one main hump: a density, perhaps tilted.
///
/// Goal: digits for any scale and for tails as heavy as Cauchy's. The hump is
/// looked for from the median on a grid of powers of two; pieces that grow
/// eightfold outwards from it are integrated by Gauss–Kronrod's rule until they
/// no longer count.
struct WeightedIntegral {
    var value: Double
    var error: Double

    static let notIntegrable = WeightedIntegral(value: .infinity, error: 0)

    /// - Parameters:
    ///   - center: a point inside, of weight above 0.
    ///   - scale: about how wide the hump is.
    init(
        over support: ClosedRange<Double>, center: Double, scale: Double,
        weight g: (Double) -> Double, _ f: (Double) -> Double = { _ in 1 }
    ) throws {
        let scale = scale > 0 && scale.isFinite ? scale : 1
        func point(_ distance: Double) -> Double {
            min(max(center + distance, support.lowerBound), support.upperBound)
        }
        // Everything in logarithms: the tilted weight may be beyond all bounds.
        var (peak, top) = (center, g(center))
        for sign in [-1.0, 1] {
            for k in -20...1000 {
                let x = point(sign * scale * scalbn(1, Int32(k)))
                guard x.isFinite, x > support.lowerBound, x < support.upperBound else { break }
                let height = g(x)
                if height == .infinity { continue }
                if height > top { (peak, top) = (x, height) }
            }
        }
        guard top.isFinite else { throw NotFound() }
        var step = max(0.5 * abs(peak - center), 0.25 * scale)
        for _ in 0..<200 where step > 1e-3 * scale {
            let better = [-step, step].first { step in
                let x = peak + step
                guard x > support.lowerBound, x < support.upperBound else { return false }
                let height = g(x)
                return height > top && height < .infinity
            }
            if let better {
                peak += better
                top = g(peak)
            } else {
                step *= 0.5
            }
        }
        // What still rises, or stays, at the end of an infinite support, diverges.
        for (end, sign) in [(support.lowerBound, -1.0), (support.upperBound, 1)]
        where end.isInfinite {
            let (near, far) = (g(sign * 1e150), g(sign * 1e280))
            if far > -.infinity, far + 290 > near || far == .infinity {
                self = .notIntegrable
                return
            }
        }
        let width = Self.width(g, peak, top, scale, support)
        var pieces: [(Double, Double)] = []
        var total = 0.0
        var mass = 0.0
        var doubt = 0.0
        for (end, sign) in [(support.lowerBound, -1.0), (support.upperBound, 1)] {
            var (near, reach, idle) = (peak, width, 0)
            while near != end, idle < 2 {
                var far = peak + sign * reach
                if sign < 0 ? !(far > end) : !(far < end) { far = end }
                if far.isInfinite { break }
                pieces.append((min(near, far), max(near, far)))
                let part = try Self.piece(min(near, far), max(near, far), top, g, f, total)
                let weight = try Self.piece(
                    min(near, far), max(near, far), top, g, { _ in 1 }, mass)
                total += part.value
                mass += weight.value
                doubt += part.error
                let counts =
                    abs(part.value) > 1e-17 * abs(total) || weight.value > 1e-17 * mass
                idle = counts ? 0 : idle + 1
                near = far
                reach *= 8
            }
        }
        value = total == 0 ? 0 : (total < 0 ? -1 : 1) * exp(top + log(abs(total)))
        error = doubt == 0 ? 0 : exp(top + log(doubt))
    }

    struct NotFound: Error {}

    /// How far from the peak the weight has fallen by a factor e.
    private static func width(
        _ g: (Double) -> Double, _ peak: Double, _ top: Double, _ scale: Double,
        _ support: ClosedRange<Double>
    ) -> Double {
        var smallest = scale
        for sign in [-1.0, 1] {
            var step = scale * 0x1p-60
            while step < scale * 0x1p60 {
                let x = peak + sign * step
                guard x > support.lowerBound, x < support.upperBound else { break }
                if g(x) < top - 1 {
                    smallest = min(smallest, max(step, abs(peak) * 1e-12))
                    break
                }
                step *= 2
            }
        }
        return smallest
    }

    private static func piece(
        _ a: Double, _ b: Double, _ top: Double, _ g: (Double) -> Double,
        _ f: (Double) -> Double, _ before: Double
    ) throws -> (value: Double, error: Double) {
        guard a < b else { return (0, 0) }
        // The size of the integrand: an integral may be 0 by cancellation.
        let size =
            (1...9).map { i in
                let x = a + (b - a) * 0.1 * Double(i)
                let weight = exp(g(x) - top)
                return weight == 0 ? 0 : abs(weight * f(x))
            }.max() ?? 0
        let rough = size.isFinite ? 1e-14 * size * (b - a) : 0
        let found = try integral(
            from: a, to: b, absoluteError: max(1e-13 * abs(before), rough, 1e-300),
            relativeError: 1e-12, intervals: 2000
        ) { x in
            let weight = exp(g(x) - top)
            return weight == 0 ? 0 : weight * f(x)
        }
        return (found.value, found.errorEstimate)
    }
}

extension WeightedIntegral {
    /// The sum over whole numbers.
    init(
        counts support: ClosedRange<Double>, center: Int, weight g: (Int) -> Double,
        _ f: (Int) -> Double = { _ in 1 }
    ) throws {
        var sum = 0.0
        var lost = 0.0
        var mass = 0.0
        var top = g(center)
        guard top.isFinite else { throw NotFound() }
        for sign in [-1, 1] {
            var k = sign < 0 ? center : center + 1
            var idle = 0
            var steps = 0
            while Double(k) >= support.lowerBound, Double(k) <= support.upperBound, idle < 20 {
                let height = g(k)
                if height > top + 300 {
                    // A tilted weight has outgrown the scale.
                    let factor = exp(top - height)
                    (sum, lost, mass, top) = (sum * factor, lost * factor, mass * factor, height)
                }
                let weight = exp(height - top)
                let term = weight == 0 ? 0 : weight * f(k)
                if term.isInfinite {
                    self.init(value: term, error: 0)
                    return
                }
                let next = sum + (term - lost)
                lost = (next - sum) - (term - lost)
                sum = next
                mass += weight
                let counts = abs(term) > 1e-18 * abs(sum) || weight > 1e-18 * mass
                idle = counts ? 0 : idle + 1
                steps += 1
                guard steps < 5_000_000 else {
                    // Still growing: divergent; else it takes too long.
                    guard height >= g(k - sign * 1_000_000) else { throw NotFound() }
                    self = .notIntegrable
                    return
                }
                k += sign
            }
        }
        self.init(
            value: sum == 0 ? 0 : (sum < 0 ? -1 : 1) * exp(top + log(abs(sum))),
            error: exp(top + log(mass)) * 0x1p-50)
    }

    private init(value: Double, error: Double) {
        self.value = value
        self.error = error
    }
}
