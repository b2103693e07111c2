// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import CVectorMath
import SpecialFunctions

/// A distribution whose distribution function and quantiles are costly one by one.
///
/// For long arrays its normal score z = Φ⁻¹(F(x)) is interpolated over a coordinate in
/// which it is smooth (log, logit or asinh), and so is the inverse. F = Φ(z) keeps its
/// digits in both tails; beyond z = ±9, and where a piece is not smooth enough, the
/// values are computed one by one.
protocol ScoredDistribution: ContinuousDistribution {}

/// The coordinate: of the support, and which functions lead there and back.
private struct ScoreCoordinate: Sendable {
    var forward: vm_unary_op
    var backward: vm_unary_op
    var shift: Double
    var scale: Double

    init(_ d: some ContinuousDistribution) {
        let support = d.support
        let median = d.median
        if support == 0...1 {
            (forward, backward, shift, scale) = (VM_LOGIT, VM_LOGISTIC, 0, 1)
        } else if support.lowerBound == 0, median > 0 {
            (forward, backward, shift, scale) = (VM_LOG, VM_EXP, 0, median)
        } else {
            let spread = d.upperQuantile(0.25) - median
            (forward, backward, shift, scale) = (VM_ASINH, VM_SINH, median, spread)
        }
    }

    func place(_ x: Double) -> Double {
        let y = (x - shift) / scale
        switch forward {
        case VM_LOGIT: return logit(y)
        case VM_LOG: return log(y)
        default: return asinh(y)
        }
    }

    func value(at place: Double) -> Double {
        switch forward {
        case VM_LOGIT: return logistic(place)
        case VM_LOG: return scale * exp(place)
        default: return shift + scale * sinh(place)
        }
    }
}

extension ScoredDistribution {
    /// From where on a table pays for itself.
    private var threshold: Int { 1 << 15 }

    public func cdfs(_ x: [Double]) -> [Double] { tail(x, lower: true) ?? x.map { cdf($0) } }
    public func upperCDFs(_ x: [Double]) -> [Double] {
        tail(x, lower: false) ?? x.map { upperCDF($0) }
    }
    public func quantiles(_ p: [Double]) -> [Double] {
        points(p, lower: true) ?? p.map { quantile($0) }
    }
    public func upperQuantiles(_ q: [Double]) -> [Double] {
        points(q, lower: false) ?? q.map { upperQuantile($0) }
    }

    /// Φ⁻¹(F(x)), from the smaller tail.
    private func score(_ x: Double) -> Double {
        let p = cdf(x)
        if p <= 0.5 {
            return p > 1e-290 ? normalQuantile(p) : normalQuantile(logProbability: logCDF(x))
        }
        let q = upperCDF(x)
        return q > 1e-290 ? -normalQuantile(q) : -normalQuantile(logProbability: logUpperCDF(x))
    }

    /// F(x) or 1 − F(x) of many numbers, by a table; nil where that would not pay.
    private func tail(_ x: [Double], lower: Bool) -> [Double]? {
        guard x.count >= threshold else { return nil }
        let coordinate = ScoreCoordinate(self)
        guard coordinate.scale > 0, coordinate.scale < .infinity else { return nil }
        let reach = normalCDF(-9)
        var (first, last) = (quantile(reach), upperQuantile(reach))
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for value in x {
            least = value < least ? value : least
            greatest = value > greatest ? value : greatest
        }
        (first, last) = (max(first, least), min(last, greatest))
        let (low, high) = (coordinate.place(first), coordinate.place(last))
        guard low < high, low > -.infinity, high < .infinity else { return nil }
        let table = PiecewisePolynomial(low...high) { score(coordinate.value(at: $0)) }
        let (forward, normal) = (Bulk.kernel(coordinate.forward), Bulk.kernel(VM_NORMAL_CDF))
        let (shift, factor) = (coordinate.shift, 1 / coordinate.scale)
        return Bulk.map(x, repairedBy: { lower ? cdf($0) : upperCDF($0) }) { n, x, y, room in
            for i in 0..<n { room[i] = (x[i] - shift) * factor }
            forward(n, room, y)
            table.evaluate(n, y)
            if !lower { for i in 0..<n { y[i] = -y[i] } }
            normal(n, y, y)
        }
    }

    /// The quantiles of many probabilities, by a table.
    private func points(_ p: [Double], lower: Bool) -> [Double]? {
        guard p.count >= threshold else { return nil }
        let coordinate = ScoreCoordinate(self)
        guard coordinate.scale > 0, coordinate.scale < .infinity else { return nil }
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for value in p {
            least = value < least ? value : least
            greatest = value > greatest ? value : greatest
        }
        var (low, high) = (max(normalQuantile(least), -9), min(normalQuantile(greatest), 9))
        guard low < high else { return nil }
        if !lower { (low, high) = (-high, -low) }
        let table = PiecewisePolynomial(low...high) { z in
            coordinate.place(
                z < 0 ? quantile(normalCDF(z)) : upperQuantile(normalCDF(-z)))
        }
        let normal = Bulk.kernel(VM_NORMAL_QUANTILE)
        let backward = Bulk.kernel(coordinate.backward)
        let (shift, scale) = (coordinate.shift, coordinate.scale)
        return Bulk.map(p, repairedBy: { lower ? quantile($0) : upperQuantile($0) }) {
            n, p, y, _ in
            normal(n, p, y)
            if !lower { for i in 0..<n { y[i] = -y[i] } }
            table.evaluate(n, y)
            backward(n, y, y)
            for i in 0..<n { y[i] = shift + scale * y[i] }
        }
    }
}

extension Beta: ScoredDistribution {}
extension ChiSquared: ScoredDistribution {}
extension FDistribution: ScoredDistribution {}
extension Gamma: ScoredDistribution {}
extension InverseGamma: ScoredDistribution {}
extension StudentT: ScoredDistribution {}
