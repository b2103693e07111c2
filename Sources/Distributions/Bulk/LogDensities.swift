// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import CVectorMath
import SpecialFunctions

// Log densities of many numbers, with everything that depends on the parameters alone
// computed once. Each is as accurate as the one of a single number: terms that grow with
// the parameters are taken relative to the mode, or the loop of single ones is kept.

extension Normal {
    public func logDensities(_ x: [Double]) -> [Double] {
        let (mean, factor) = (mean, 1 / standardDeviation)
        let constant = -halfLog2Pi - log(standardDeviation)
        guard factor < .infinity, factor > 0 else { return x.map { logDensity($0) } }
        return Bulk.map(x, repairedBy: nil) { n, x, y, _ in
            for i in 0..<n {
                let z = (x[i] - mean) * factor
                y[i] = constant - 0.5 * z * z
            }
        }
    }
    public func cdfs(_ x: [Double]) -> [Double] { tail(x, 1 / standardDeviation) }
    public func upperCDFs(_ x: [Double]) -> [Double] { tail(x, -1 / standardDeviation) }

    private func tail(_ x: [Double], _ factor: Double) -> [Double] {
        let mean = mean
        let kernel = Bulk.kernel(VM_NORMAL_CDF)
        return Bulk.map(x, repairedBy: { factor > 0 ? cdf($0) : upperCDF($0) }) { n, x, y, _ in
            for i in 0..<n { y[i] = (x[i] - mean) * factor }
            kernel(n, y, y)
        }
    }

    public func quantiles(_ p: [Double]) -> [Double] { points(p, standardDeviation) }
    public func upperQuantiles(_ q: [Double]) -> [Double] { points(q, -standardDeviation) }

    private func points(_ p: [Double], _ scale: Double) -> [Double] {
        let mean = mean
        let kernel = Bulk.kernel(VM_NORMAL_QUANTILE)
        return Bulk.map(p, repairedBy: nil) { n, p, y, _ in
            kernel(n, p, y)
            for i in 0..<n { y[i] = mean + scale * y[i] }
        }
    }
}

extension LogNormal {
    public func logDensities(_ x: [Double]) -> [Double] {
        let (mean, factor) = (logMean, 1 / logStandardDeviation)
        let constant = -halfLog2Pi - log(logStandardDeviation)
        let kernel = Bulk.kernel(VM_LOG)
        return Bulk.map(x, repairedBy: { logDensity($0) }) { n, x, y, _ in
            kernel(n, x, y)
            for i in 0..<n {
                let z = (y[i] - mean) * factor
                y[i] = constant - 0.5 * z * z - y[i]
            }
        }
    }
}

extension Exponential {
    public func logDensities(_ x: [Double]) -> [Double] {
        let (rate, constant) = (rate, log(rate))
        return Bulk.map(x, repairedBy: nil) { n, x, y, _ in
            for i in 0..<n { y[i] = x[i] < 0 ? -.infinity : constant - rate * x[i] }
        }
    }
}

extension Laplace {
    public func logDensities(_ x: [Double]) -> [Double] {
        let (location, factor, constant) = (location, 1 / scale, log(2 * scale))
        guard factor < .infinity, factor > 0 else { return x.map { logDensity($0) } }
        return Bulk.map(x, repairedBy: nil) { n, x, y, _ in
            for i in 0..<n { y[i] = -abs((x[i] - location) * factor) - constant }
        }
    }
}

extension Logistic {
    public func logDensities(_ x: [Double]) -> [Double] {
        let (location, factor, constant) = (location, 1 / scale, log(scale))
        guard factor < .infinity, factor > 0 else { return x.map { logDensity($0) } }
        let kernel = Bulk.kernel(VM_LOG1P_EXP)
        return Bulk.map(x, repairedBy: { logDensity($0) }) { n, x, y, room in
            for i in 0..<n { room[i] = -abs((x[i] - location) * factor) }
            kernel(n, room, y)
            for i in 0..<n { y[i] = room[i] - 2 * y[i] - constant }
        }
    }
}

extension Cauchy {
    public func logDensities(_ x: [Double]) -> [Double] {
        let (location, factor, constant) = (location, 1 / scale, log(Double.pi * scale))
        return logOnePlusSquares(x, location, factor, weight: 1, constant: -constant) {
            logDensity($0)
        }
    }
}

extension StudentT {
    public func logDensities(_ x: [Double]) -> [Double] {
        logOnePlusSquares(
            x, location, 1 / (scale * degreesOfFreedom.squareRoot()),
            weight: 0.5 * (degreesOfFreedom + 1), constant: logDensity(location)
        ) { logDensity($0) }
    }
}

/// constant − weight log(1 + z²); z² beyond 10³⁰⁰ goes one by one.
private func logOnePlusSquares(
    _ x: [Double], _ location: Double, _ factor: Double, weight: Double, constant: Double,
    single: @escaping (Double) -> Double
) -> [Double] {
    let kernel = Bulk.kernel(VM_LOG1P)
    return Bulk.map(x, repairedBy: single) { n, x, y, _ in
        for i in 0..<n {
            let z = (x[i] - location) * factor
            y[i] = z * z < 1e300 ? z * z : .nan
        }
        kernel(n, y, y)
        for i in 0..<n { y[i] = constant - weight * y[i] }
    }
}

extension Gamma {
    public func logDensities(_ x: [Double]) -> [Double] {
        let kernel = Bulk.kernel(VM_LOG)
        let excess = shape - 1
        if excess > 0.01 {
            // With u = x/mode: (a − 1) (log u − (u − 1)), in which the rounding of u
            // counts for little, added to the value at the mode.
            let factor = rate / excess
            let constant = log(rate) + poissonLogDensity(excess, mean: excess)
            guard factor > 0, factor < .infinity else { return x.map { logDensity($0) } }
            return Bulk.map(x, repairedBy: { logDensity($0) }) { n, x, y, room in
                for i in 0..<n { room[i] = x[i] * factor }
                kernel(n, room, y)
                for i in 0..<n { y[i] = constant + excess * (y[i] - (room[i] - 1)) }
            }
        }
        let rate = rate
        let constant = log(rate) - logGamma1p(shape) + log(shape)
        return Bulk.map(x, repairedBy: { logDensity($0) }) { n, x, y, room in
            for i in 0..<n { room[i] = x[i] * rate }
            kernel(n, room, y)
            for i in 0..<n { y[i] = constant + (excess * y[i] - room[i]) }
        }
    }
}

extension Beta {
    public func logDensities(_ x: [Double]) -> [Double] {
        // Beyond these the two terms are much larger than what is left of them.
        guard max(alpha, beta) <= 24 else { return x.map { logDensity($0) } }
        let (a, b, constant) = (alpha - 1, beta - 1, logBeta(alpha, beta))
        let (log, log1m) = (Bulk.kernel(VM_LOG), Bulk.kernel(VM_LOG1M))
        return Bulk.map(x, repairedBy: { logDensity($0) }) { n, x, y, room in
            log(n, x, y)
            log1m(n, x, room)
            for i in 0..<n { y[i] = a * y[i] + b * room[i] - constant }
        }
    }
}
