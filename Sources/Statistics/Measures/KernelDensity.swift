// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How wide the kernels of a density estimate are.
public enum Bandwidth: Hashable, Sendable {
    /// Silverman's rule of thumb: 0.9 min(sd, IQR / 1.34) n^(−1/5)
    /// (B. W. Silverman, 1986, equation 3.31; R: `bw.nrd0`). Too wide for
    /// several separate peaks.
    case silverman
    /// The plug-in rule of S. J. Sheather and M. C. Jones (1991), solving the
    /// equation (R: `bw.SJ`). The one to take for peaks.
    case sheatherJones
    /// This standard deviation.
    case fixed(Double)
}

/// A density estimate: the values of a curve on an even grid.
public struct KernelDensity: Hashable, Sendable {
    /// Where the density was evaluated, ascending, evenly spaced.
    public let x: [Double]
    /// The density there.
    public let density: [Double]
    /// The standard deviation of the kernels.
    public let bandwidth: Double
}

/// Estimates a density by a Gaussian kernel on each value, evaluated on a grid
/// from three bandwidths below the least value to three above the greatest.
/// Values that are not finite are left out.
/// - Parameters:
///   - points: The size of the grid, at least 2.
///   - range: What the grid covers instead.
/// - Throws: `ParameterError` when there are fewer than two different finite
///   values and no fixed bandwidth, or a bandwidth is not positive.
public func kernelDensity(
    _ x: [Double], bandwidth: Bandwidth = .silverman, points: Int = 512,
    over range: ClosedRange<Double>? = nil
) throws(ParameterError) -> KernelDensity {
    let values = x.filter(\.isFinite).sorted()
    guard let least = values.first, let greatest = values.last else {
        throw ParameterError("x", is: "without a finite value", mustBe: "data to smooth")
    }
    guard points >= 2, points <= 1_000_000 else {
        throw ParameterError("points", is: points, mustBe: "from 2 to 1000000")
    }
    let h = try chosenBandwidth(bandwidth, values)
    let low = range?.lowerBound ?? least - 3 * h
    let high = range?.upperBound ?? greatest + 3 * h
    guard low.isFinite, high.isFinite, high > low, (high - low).isFinite else {
        throw ParameterError("range", is: "\(low)...\(high)", mustBe: "finite and not empty")
    }
    let step = (high - low) / Double(points - 1)
    let grid = (0..<points).map { low + Double($0) * step }
    // Each value adds its kernel to the grid points in reach; many values are
    // gathered into fine bins first.
    let isBinned = values.count > 2000 && h > step / 4 && h < 1e4 * step
    var density =
        isBinned
        ? binnedSums(values, low: low, step: step, points: points, bandwidth: h)
        : directSums(values, grid: grid, step: step, bandwidth: h)
    let factor = 1 / (Double(values.count) * h * (2 * Double.pi).squareRoot())
    for i in density.indices { density[i] *= factor }
    return KernelDensity(x: grid, density: density, bandwidth: h)
}

/// Beyond so many bandwidths a kernel is below 2e-16 of its peak.
private let kernelReach = 8.5

private func directSums(
    _ values: [Double], grid: [Double], step: Double, bandwidth h: Double
) -> [Double] {
    var sums = [Double](repeating: 0, count: grid.count)
    let (low, points) = (grid[0], Double(grid.count))
    for value in values {
        let first = ((value - kernelReach * h - low) / step).rounded(.up)
        let last = ((value + kernelReach * h - low) / step).rounded(.down)
        guard first < points, last >= 0, first <= last else { continue }
        for i in Int(max(first, 0))...Int(min(last, points - 1)) {
            let z = (grid[i] - value) / h
            sums[i] += exp(-0.5 * z * z)
        }
    }
    return sums
}

/// The same from linear bins: each value is shared out between its two
/// neighbours on a grid 128 times finer than a bandwidth or more, which errs by
/// 1/8 of the squared ratio, 1e-5 of a kernel's peak, at most (M. C. Jones,
/// H. W. Lotwick, "A remark on algorithm AS 176", 1984).
private func binnedSums(
    _ values: [Double], low: Double, step: Double, points: Int, bandwidth h: Double
) -> [Double] {
    let parts = max(1, Int((128 * step / h).rounded(.up)))
    let fine = step / Double(parts)
    let reach = Int((kernelReach * h / fine).rounded(.up))
    // Bins beyond the grid, too, as far as kernels reach into it.
    let binCount = (points - 1) * parts + 1 + 2 * reach
    var bins = [Double](repeating: 0, count: binCount + 1)
    for value in values {
        let place = (value - low) / fine + Double(reach)
        guard place >= 0, place < Double(binCount) else { continue }
        let bin = Int(place)
        let rest = place - Double(bin)
        bins[bin] += 1 - rest
        bins[bin + 1] += rest
    }
    let kernel = (0...reach).map { k -> Double in
        let z = Double(k) * fine / h
        return exp(-0.5 * z * z)
    }
    return (0..<points).map { point in
        let center = point * parts + reach
        var sum = kernel[0] * bins[center]
        if reach > 0 {
            for k in 1...reach { sum += kernel[k] * (bins[center - k] + bins[center + k]) }
        }
        return sum
    }
}

private func chosenBandwidth(
    _ bandwidth: Bandwidth, _ sorted: [Double]
) throws(ParameterError) -> Double {
    if case .fixed(let h) = bandwidth {
        guard h > 0, h.isFinite else {
            throw ParameterError("bandwidth", is: h, mustBe: "positive and finite")
        }
        return h
    }
    let sd = standardDeviation(sorted)
    guard sd > 0, sd.isFinite else {
        throw ParameterError(
            "x", is: sorted.count < 2 ? "one value" : "constant",
            mustBe: "at least two different values, or the bandwidth be fixed")
    }
    let iqr = quantile(ofSorted: sorted, 0.75) - quantile(ofSorted: sorted, 0.25)
    let n = Double(sorted.count)
    if bandwidth == .sheatherJones, let h = SheatherJones(sorted, sd: sd, iqr: iqr)?.solve() {
        return h
    }
    let spread = iqr > 0 ? min(sd, iqr / 1.34) : sd
    return 0.9 * spread * pow(n, -0.2)
}

/// The equation of Sheather and Jones, on data in 1000 bins as R's `bw.SJ`
/// does; of few distinct values, which leave the equation without a root, nil.
private struct SheatherJones {
    /// How many pairs of values lie so many bins apart.
    private var pairs: [Double]
    private let width: Double
    private let n: Double
    private let scale: Double

    init?(_ sorted: [Double], sd: Double, iqr: Double) {
        let bins = 1000
        guard let least = sorted.first, let greatest = sorted.last else { return nil }
        n = Double(sorted.count)
        scale = iqr > 0 ? min(sd, iqr / 1.349) : sd
        width = (greatest - least) * 1.01 / Double(bins)
        guard width > 0, width.isFinite else { return nil }
        var counts = [Double](repeating: 0, count: bins)
        // R bins |x| / width, so that bins do not depend on the least value.
        let origin = (least / width).rounded(.towardZero)
        for value in sorted {
            let bin = Int(max(0, (value / width).rounded(.towardZero) - origin))
            counts[min(bin, bins - 1)] += 1
        }
        pairs = [Double](repeating: 0, count: bins)
        for i in 0..<bins where counts[i] > 0 {
            pairs[0] += counts[i] * (counts[i] - 1) / 2
            for j in 0..<i { pairs[i - j] += counts[i] * counts[j] }
        }
    }

    /// Estimates of the integrals of squared derivatives (phi 4 and phi 6).
    private func phi4(_ h: Double) -> Double {
        total(h) { d in d * d - 6 * d + 3 }
            / (n * (n - 1) * pow(h, 5) * (2 * Double.pi).squareRoot())
    }

    private func phi6(_ h: Double) -> Double {
        total(h) { d in d * d * d - 15 * d * d + 45 * d - 15 }
            / (n * (n - 1) * pow(h, 7) * (2 * Double.pi).squareRoot())
    }

    private func total(_ h: Double, _ polynomial: (Double) -> Double) -> Double {
        var sum = 0.0
        for (i, count) in pairs.enumerated() where count > 0 {
            let z = Double(i) * width / h
            let d = z * z
            if d >= 1000 { break }
            sum += exp(-d / 2) * polynomial(d) * count
        }
        return 2 * sum + n * polynomial(0)
    }

    func solve() -> Double? {
        let a = 1.24 * scale * pow(n, -1.0 / 7)
        let b = 1.23 * scale * pow(n, -1.0 / 9)
        let t = -phi6(b)
        let s = phi4(a)
        guard t > 0, s > 0 else { return nil }
        let alpha = 1.357 * pow(s / t, 1.0 / 7)
        let c1 = 1 / (2 * Double.pi.squareRoot() * n)
        func equation(_ h: Double) -> Double {
            let value = phi4(alpha * pow(h, 5.0 / 7))
            return value > 0 ? pow(c1 / value, 0.2) - h : .nan
        }
        var high = 1.144 * scale * pow(n, -0.2)
        var low = 0.1 * high
        for _ in 0..<60 where !(equation(low) > 0) { low /= 1.2 }
        for _ in 0..<60 where !(equation(high) < 0) { high *= 1.2 }
        guard equation(low) > 0, equation(high) < 0 else { return nil }
        for _ in 0..<200 {
            let middle = 0.5 * (low + high)
            if middle <= low || middle >= high { break }
            if equation(middle) > 0 { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }
}
