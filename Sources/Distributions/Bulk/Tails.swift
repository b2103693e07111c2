// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

// Distribution functions and quantiles of arrays where they are an elementary function or
// two. Values at the ends and nonsense come out as NaN and are done one by one.

extension LogNormal {
    public func cdfs(_ x: [Double]) -> [Double] { tail(x, sign: 1) { cdf($0) } }
    public func upperCDFs(_ x: [Double]) -> [Double] { tail(x, sign: -1) { upperCDF($0) } }

    private func tail(
        _ x: [Double], sign: Double, _ single: @escaping (Double) -> Double
    ) -> [Double] {
        let (mean, factor) = (logMean, sign / logStandardDeviation)
        let (log, normal) = (Bulk.kernel(VM_LOG), Bulk.kernel(VM_NORMAL_CDF))
        return Bulk.map(x, repairedBy: single) { n, x, y, _ in
            log(n, x, y)
            for i in 0..<n { y[i] = (y[i] - mean) * factor }
            normal(n, y, y)
        }
    }

    public func quantiles(_ p: [Double]) -> [Double] { points(p, logStandardDeviation) }
    public func upperQuantiles(_ q: [Double]) -> [Double] { points(q, -logStandardDeviation) }

    private func points(_ p: [Double], _ scale: Double) -> [Double] {
        let mean = logMean
        let (normal, exp) = (Bulk.kernel(VM_NORMAL_QUANTILE), Bulk.kernel(VM_EXP))
        return Bulk.map(p, repairedBy: nil) { n, p, y, _ in
            normal(n, p, y)
            for i in 0..<n { y[i] = mean + scale * y[i] }
            exp(n, y, y)
        }
    }
}

extension Exponential {
    public func cdfs(_ x: [Double]) -> [Double] {
        let (rate, kernel) = (rate, Bulk.kernel(VM_EXPM1))
        return Bulk.map(x, repairedBy: nil) { n, x, y, _ in
            for i in 0..<n { y[i] = x[i] <= 0 ? 0 : -rate * x[i] }
            kernel(n, y, y)
            for i in 0..<n { y[i] = 0 - y[i] }
        }
    }
    public func upperCDFs(_ x: [Double]) -> [Double] {
        let (rate, kernel) = (rate, Bulk.kernel(VM_EXP))
        return Bulk.map(x, repairedBy: nil) { n, x, y, _ in
            for i in 0..<n { y[i] = x[i] <= 0 ? 0 : -rate * x[i] }
            kernel(n, y, y)
        }
    }

    public func quantiles(_ p: [Double]) -> [Double] { points(p, Bulk.kernel(VM_LOG1M)) }
    public func upperQuantiles(_ q: [Double]) -> [Double] { points(q, Bulk.kernel(VM_LOG)) }

    private func points(_ p: [Double], _ kernel: vm_unary_forward) -> [Double] {
        let rate = rate
        return Bulk.map(p, repairedBy: nil) { n, p, y, _ in
            kernel(n, p, y)
            for i in 0..<n { y[i] = p[i] >= 0 && p[i] <= 1 ? (0 - y[i]) / rate : .nan }
        }
    }
}

extension Logistic {
    public func cdfs(_ x: [Double]) -> [Double] { tail(x, 1 / scale) { cdf($0) } }
    public func upperCDFs(_ x: [Double]) -> [Double] { tail(x, -1 / scale) { upperCDF($0) } }

    private func tail(
        _ x: [Double], _ factor: Double, _ single: @escaping (Double) -> Double
    ) -> [Double] {
        let (location, kernel) = (location, Bulk.kernel(VM_LOGISTIC))
        return Bulk.map(x, repairedBy: single) { n, x, y, _ in
            for i in 0..<n { y[i] = (x[i] - location) * factor }
            kernel(n, y, y)
        }
    }

    public func quantiles(_ p: [Double]) -> [Double] { points(p, scale) }
    public func upperQuantiles(_ q: [Double]) -> [Double] { points(q, -scale) }

    private func points(_ p: [Double], _ scale: Double) -> [Double] {
        let (location, kernel) = (location, Bulk.kernel(VM_LOGIT))
        return Bulk.map(p, repairedBy: nil) { n, p, y, _ in
            kernel(n, p, y)
            for i in 0..<n { y[i] = location + scale * y[i] }
        }
    }
}

extension Cauchy {
    public func cdfs(_ x: [Double]) -> [Double] { tail(x, 1 / scale) { cdf($0) } }
    public func upperCDFs(_ x: [Double]) -> [Double] { tail(x, -1 / scale) { upperCDF($0) } }

    /// The smaller tail is arctan(1/|z|)/π, whatever z.
    private func tail(
        _ x: [Double], _ factor: Double, _ single: @escaping (Double) -> Double
    ) -> [Double] {
        let (location, kernel) = (location, Bulk.kernel(VM_ATAN))
        return Bulk.map(x, repairedBy: single) { n, x, y, room in
            for i in 0..<n {
                room[i] = (x[i] - location) * factor
                y[i] = 1 / abs(room[i])
            }
            kernel(n, y, y)
            for i in 0..<n {
                let p = y[i] * (1 / Double.pi)
                y[i] = room[i] < 0 ? p : 1 - p
            }
        }
    }

    public func quantiles(_ p: [Double]) -> [Double] { points(p, scale) }
    public func upperQuantiles(_ q: [Double]) -> [Double] { points(q, -scale) }

    /// tan π(p − ½), by the cotangent of the smaller tail outside the middle.
    private func points(_ p: [Double], _ scale: Double) -> [Double] {
        let (location, kernel) = (location, Bulk.kernel(VM_TAN))
        return Bulk.map(p, repairedBy: nil) { n, p, y, _ in
            for i in 0..<n {
                let rest = min(p[i], 1 - p[i])
                y[i] = rest >= 0 ? .pi * (rest > 0.25 ? p[i] - 0.5 : rest) : .nan
            }
            kernel(n, y, y)
            for i in 0..<n {
                let isMiddle = min(p[i], 1 - p[i]) > 0.25
                let z = isMiddle ? y[i] : (p[i] < 0.5 ? -1 : 1) / y[i]
                y[i] = location + scale * z
            }
        }
    }
}
