// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A coordinate in which Newton's method looks for a quantile: one in which the
/// logarithms of both tails bend little.
enum TailCoordinate {
    /// log x, of x > 0.
    case positive
    /// log of (x − lower)/(upper − x).
    case between(Double, Double)
    /// arsinh((x − center)/scale).
    case line(center: Double, scale: Double)

    /// x after a step of the coordinate.
    func moved(_ x: Double, by step: Double) -> Double {
        switch self {
        case .positive:
            return abs(step) < 0.5 ? x + x * expm1(step) : x * exp(step)
        case .between(let lower, let upper):
            let (below, above) = (x - lower, upper - x)
            // Relative to the nearer end, which keeps digits near it.
            if below < above {
                return lower + (upper - lower) * (below / (below + above * exp(-step)))
            }
            return upper - (upper - lower) * (above / (above + below * exp(step)))
        case .line(let center, let scale):
            let z = (x - center) / scale
            let root = (1 + z * z).squareRoot()
            if abs(step) < 0.5 {
                let half = sinh(0.5 * step)
                return x + scale * (z * 2 * half * half + root * sinh(step))
            }
            return center + scale * sinh(asinh(z) + step)
        }
    }

    /// dx over the step.
    func slope(_ x: Double) -> Double {
        switch self {
        case .positive: return x
        case .between(let lower, let upper):
            return (x - lower) * ((upper - x) / (upper - lower))
        case .line(let center, let scale):
            let z = (x - center) / scale
            return abs(z) > 1e150 ? scale * abs(z) : scale * (1 + z * z).squareRoot()
        }
    }

    /// A point between two others.
    func middle(_ low: Double, _ high: Double) -> Double {
        switch self {
        case .positive:
            return low.squareRoot() * high.squareRoot()
        case .between(let lower, let upper):
            func odds(_ x: Double) -> Double { log(x - lower) - log(upper - x) }
            let (first, second) = (odds(low), odds(high))
            if !first.isFinite || !second.isFinite { return 0.5 * low + 0.5 * high }
            let middle = 0.5 * (first + second)
            return middle < 0
                ? lower + (upper - lower) / (1 + exp(-middle))
                : upper - (upper - lower) / (1 + exp(middle))
        case .line(let center, let scale):
            let first = asinh((low - center) / scale)
            return center + scale * sinh(0.5 * (first + asinh((high - center) / scale)))
        }
    }
}

extension ContinuousDistribution {
    /// The x where a tail has probability p, by Newton's method on the logarithm
    /// of the smaller tail, which is exact where the other is not; kept between
    /// points known to be on either side. NaN unless 0 ≤ p ≤ 1.
    func inverted(
        _ p: Double, lower: Bool, from start: Double, _ coordinate: TailCoordinate
    ) -> Double {
        guard p >= 0, p <= 1 else { return .nan }
        if p == 0 { return lower ? support.lowerBound : support.upperBound }
        if p == 1 { return lower ? support.upperBound : support.lowerBound }
        if p > 0.5 { return inverted(1 - p, lower: !lower, from: start, coordinate) }
        let target = CGSL.log(p)
        var (low, high) = (support.lowerBound, support.upperBound)
        var x = start
        var reach = 1.0
        for _ in 0..<200 {
            var residual: Double
            let logTail: Double
            let value = p > 1e-290 ? (lower ? cdf(x) : upperCDF(x)) : 0
            if value > 1e-290 {
                logTail = CGSL.log(value)
                let ratio = (value - p) / p
                residual = abs(ratio) < 0.5 ? log1p(ratio) : logTail - target
            } else {
                logTail = lower ? logCDF(x) : logUpperCDF(x)
                residual = logTail - target
            }
            if residual == 0 { return x }
            if residual.isNaN { return .nan }
            // On which side of the quantile?
            let isBeyond = (residual > 0) == lower
            if isBeyond { high = x } else { low = x }
            let slope = exp(logDensity(x) - logTail) * coordinate.slope(x)
            var step = lower ? -residual / slope : residual / slope
            if !(slope > 0) || !step.isFinite { step = isBeyond ? -reach : reach }
            let limited = abs(step) > 8 * reach
            if limited { step = step < 0 ? -8 * reach : 8 * reach }
            reach *= 2
            var next = coordinate.moved(x, by: step)
            if !(next > low && next < high) {
                if abs(step) < 1e-12 { return x }
                next =
                    low.isFinite && high.isFinite
                    ? coordinate.middle(low, high)
                    : coordinate.moved(x, by: isBeyond ? -reach : reach)
                if !(next > low && next < high) { return x }
            } else if !limited, abs(step) < 1e-8 {
                return next
            }
            if next == x { return x }
            x = next
        }
        return x
    }

    /// The place of the only peak of the density between two points.
    func peakOfDensity(from low: Double, to high: Double) -> Double {
        guard low < high, low.isFinite, high.isFinite else { return low }
        let golden = 0.381_966_011_250_105_2
        var (a, b, c) = (low, low + golden * (high - low), high)
        var value = logDensity(b)
        while c - a > 1e-5 * (abs(b) + 1e-300) {
            let next = c - b > b - a ? b + golden * (c - b) : b - golden * (b - a)
            if next <= a || next >= c || next == b { break }
            let there = logDensity(next)
            if there >= value {
                if next > b { a = b } else { c = b }
                (b, value) = (next, there)
            } else if next > b {
                c = next
            } else {
                a = next
            }
        }
        // The top of the parabola through three points.
        let (left, right) = (logDensity(a) - value, logDensity(c) - value)
        let (p, q) = ((b - a), (c - b))
        let bend = left * q + right * p
        guard bend < 0, left.isFinite, right.isFinite else { return b }
        return min(max(b + 0.5 * (left * q * q - right * p * p) / bend, a), c)
    }

    /// −∫ f log f, by quadrature between quantiles in the coordinate given.
    func integratedEntropy(_ coordinate: TailCoordinate) -> Double {
        expectation(coordinate) { -logDensity($0) }
    }

    /// ∫ h f, between the quantiles of 1e-25 from both sides.
    func expectation(_ coordinate: TailCoordinate, _ h: (Double) -> Double) -> Double {
        let tails = [1e-25, 1e-16, 1e-9, 1e-5, 1e-3, 0.03, 0.2]
        let points = tails.map(quantile) + [quantile(0.5)] + tails.reversed().map(upperQuantile)
        let origin = points[7]
        // Steps of the coordinate from the median.
        let places = points.map { x -> Double in
            switch coordinate {
            case .positive: CGSL.log(x / origin)
            case .between(let lower, let upper):
                CGSL.log((x - lower) / (origin - lower))
                    - CGSL.log((upper - x) / (upper - origin))
            case .line(let center, let scale):
                asinh((x - center) / scale) - asinh((origin - center) / scale)
            }
        }
        let breaks = places.filter(\.isFinite).sorted()
        return AdaptiveIntegral.evaluate(breaks) { w in
            let x = coordinate.moved(origin, by: w)
            let density = pdf(x)
            return density > 0 ? density * coordinate.slope(x) * h(x) : 0
        }
    }
}
