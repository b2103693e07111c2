// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// How far data lie from a fitted distribution, by three distances between the
/// distribution functions.
///
/// P-values come from the parametric bootstrap: data are drawn from the fitted
/// distribution and fitted in turn, so that they are right although parameters
/// were estimated (Stute, Manteiga and Quindimil 1993). They are (1 + number of
/// larger distances)/(1 + replicates); nil without replicates.
public struct GoodnessOfFit: Hashable, Sendable {
    public struct Distance: Hashable, Sendable {
        public var statistic: Double
        public var pValue: Double?
    }

    /// The largest difference, Kolmogorov and Smirnov's D.
    public var kolmogorovSmirnov: Distance
    /// Anderson and Darling's A², with weight on the tails.
    public var andersonDarling: Distance
    /// Cramér and von Mises' W².
    public var cramerVonMises: Distance
    /// Bootstrap fits that succeeded.
    public var replicates: Int
}

extension GoodnessOfFit: CustomStringConvertible {
    public var description: String {
        func shown(_ name: String, _ d: Distance) -> String {
            let p = d.pValue.map { ", p = \(rounded($0, 1000))" } ?? ""
            return "\(name) \(rounded(d.statistic, 10000))\(p)"
        }
        return [
            shown("Kolmogorov–Smirnov D", kolmogorovSmirnov),
            shown("Anderson–Darling A²", andersonDarling),
            shown("Cramér–von Mises W²", cramerVonMises),
        ].joined(separator: "; ")
            + (replicates > 0 ? "; \(replicates) bootstrap replicates" : "")
    }

    private func rounded(_ x: Double, _ unit: Double) -> Double {
        (x * unit).rounded() / unit
    }
}

extension Fit where D: DistributionFamily {
    /// Distances between the data and the fitted distribution, with p-values
    /// that allow for the estimated parameters.
    ///
    /// - Parameters:
    ///   - replicates: bootstrap fits; 0 for the distances alone.
    ///   - generator: with the same seed, the same p-values.
    /// - Throws: `ParameterError` for censored or weighted data, `NumericalError`
    ///   when more than a tenth of the bootstrap's fits fail.
    public func goodnessOfFit(
        replicates: Int = 199, using generator: RandomGenerator
    ) throws -> GoodnessOfFit {
        guard let sample else {
            throw ParameterError("fit", is: "without its data", mustBe: "made by \(D.name).fit")
        }
        guard sample.censoring == nil, sample.weights == nil else {
            throw ParameterError(
                "data", is: "censored or weighted",
                mustBe: "seen exactly and once each for distances between distribution functions")
        }
        guard (0...1_000_000).contains(replicates) else {
            throw ParameterError("replicates", is: replicates, mustBe: "from 0 to 1,000,000")
        }
        let seen = Distances(sample.values.sorted(), distribution, sample.truncation)
        var result = GoodnessOfFit(
            kolmogorovSmirnov: .init(statistic: seen.kolmogorovSmirnov),
            andersonDarling: .init(statistic: seen.andersonDarling),
            cramerVonMises: .init(statistic: seen.cramerVonMises), replicates: 0)
        guard replicates > 0 else { return result }
        let known = Dictionary(fixed.map { ($0.name, $0.value) }) { $1 }
        var above = (0, 0, 0)
        var done = 0
        for _ in 0..<replicates {
            var drawn = sample
            drawn.values = distribution.numbers(
                sample.values.count, inside: sample.truncation, using: generator)
            guard let fit = try? D.fit(drawn, fixed: known, method: method) else { continue }
            let d = Distances(drawn.values.sorted(), fit.distribution, sample.truncation)
            done += 1
            if d.kolmogorovSmirnov >= seen.kolmogorovSmirnov { above.0 += 1 }
            if d.andersonDarling >= seen.andersonDarling { above.1 += 1 }
            if d.cramerVonMises >= seen.cramerVonMises { above.2 += 1 }
        }
        guard done >= replicates - replicates / 10 else {
            throw NumericalError(
                "goodnessOfFit", "\(replicates - done) of \(replicates) bootstrap fits failed")
        }
        func p(_ count: Int) -> Double { Double(1 + count) / Double(1 + done) }
        result.replicates = done
        result.kolmogorovSmirnov.pValue = p(above.0)
        result.andersonDarling.pValue = p(above.1)
        result.cramerVonMises.pValue = p(above.2)
        return result
    }
}

extension UnivariateDistribution {
    /// Draws as numbers; inside a range by the quantile function.
    func numbers(
        _ count: Int, inside range: ClosedRange<Double>?, using generator: RandomGenerator
    ) -> [Double] {
        func number(_ x: Value) -> Double { (x as? Double) ?? (x as? Int).map(Double.init) ?? .nan }
        guard let range else { return sample(count, using: generator).map(number) }
        let low =
            self is any DiscreteDistribution
            ? cdf(range.lowerBound.rounded(.up) - 1)
            : cdf(range.lowerBound)
        let high = cdf(range.upperBound)
        return (0..<count).map { _ in
            let x = number(quantile(low + (high - low) * generator.uniform()))
            return min(max(x, range.lowerBound), range.upperBound)
        }
    }
}

/// Distances between the distribution function of data and a distribution's.
struct Distances {
    var kolmogorovSmirnov = 0.0
    var andersonDarling = 0.0
    var cramerVonMises = 0.0

    init(_ sorted: [Double], _ d: any UnivariateDistribution, _ range: ClosedRange<Double>?) {
        let part = Part(d, range)
        if d is any DiscreteDistribution {
            steps(sorted, part)
        } else {
            smooth(sorted, part)
        }
    }

    /// The distribution inside of a range.
    private struct Part {
        let d: any UnivariateDistribution
        var (below, above, inside) = (0.0, 0.0, 1.0)

        init(_ d: any UnivariateDistribution, _ range: ClosedRange<Double>?) {
            self.d = d
            guard let range else { return }
            below =
                d is any DiscreteDistribution
                ? d.cdf(range.lowerBound.rounded(.up) - 1) : d.cdf(range.lowerBound)
            above = d.upperCDF(range.upperBound)
            inside = d.cdf(range.upperBound) - below
        }

        func lower(_ x: Double) -> Double { min(max((d.cdf(x) - below) / inside, 0), 1) }
        func upper(_ x: Double) -> Double { min(max((d.upperCDF(x) - above) / inside, 0), 1) }
    }

    private mutating func smooth(_ sorted: [Double], _ part: Part) {
        let n = Double(sorted.count)
        let probabilities = sorted.map { part.lower($0) }
        let complements = sorted.map { part.upper($0) }
        cramerVonMises = 1 / (12 * n)
        andersonDarling = -n
        for i in sorted.indices {
            let (u, rank) = (probabilities[i], Double(i))
            kolmogorovSmirnov = max(kolmogorovSmirnov, (rank + 1) / n - u, u - rank / n)
            let gap = u - (2 * rank + 1) / (2 * n)
            cramerVonMises += gap * gap
            let other = complements[sorted.count - 1 - i]
            andersonDarling -= (2 * rank + 1) / n * (log(u) + log(other))
        }
    }

    /// For counts: sums over the steps (Choulakian, Lockhart and Stephens 1994).
    private mutating func steps(_ sorted: [Double], _ part: Part) {
        let n = Double(sorted.count)
        guard let first = sorted.first, let last = sorted.last else { return }
        var i = 0
        var before = part.lower(first - 1)
        // What lies below the data has the empirical distribution function 0.
        kolmogorovSmirnov = before
        func add(_ share: Double, _ u: Double, _ other: Double, _ mass: Double) {
            let gap = share - u
            cramerVonMises += n * gap * gap * mass
            if u > 0, other > 0 { andersonDarling += n * gap * gap * mass / (u * other) }
        }
        var x = first
        while i < sorted.count {
            while i < sorted.count, sorted[i] <= x { i += 1 }
            let (u, other) = (part.lower(x), part.upper(x))
            let share = Double(i) / n
            kolmogorovSmirnov = max(kolmogorovSmirnov, abs(share - u))
            add(share, u, other, max(u - before, 0))
            before = u
            guard i < sorted.count else { break }
            // Gaps of many steps count as one.
            let next = sorted[i]
            if next - x > 2000 {
                let edge = part.lower(next - 1)
                kolmogorovSmirnov = max(kolmogorovSmirnov, abs(share - edge))
                add(share, edge, part.upper(next - 1), max(edge - before, 0))
                before = edge
                x = next
            } else {
                x += 1
            }
        }
        // Beyond the data: the empirical distribution function is 1.
        var k = last + 1
        for _ in 0..<1000 {
            let (u, other) = (part.lower(k), part.upper(k))
            guard other > 1e-12 else { break }
            add(1, u, other, max(u - before, 0))
            before = u
            k += 1
        }
        k = first - 1
        for _ in 0..<1000 {
            let (u, other) = (part.lower(k), part.upper(k))
            guard u > 1e-12 else { break }
            add(0, u, other, max(u - part.lower(k - 1), 0))
            k -= 1
        }
    }
}
