// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness
import Testing

@testable import Distributions

/// A distribution without its closed forms.
private struct Bare<D: ContinuousDistribution>: ContinuousDistribution {
    let base: D
    var description: String { base.description }
    var support: ClosedRange<Double> { base.support }
    var mean: Double { base.mean }
    var variance: Double { base.variance }
    var skewness: Double { base.skewness }
    var excessKurtosis: Double { base.excessKurtosis }
    var mode: Double { base.mode }
    var entropy: Double { base.entropy }
    func logDensity(_ x: Double) -> Double { base.logDensity(x) }
    func cdf(_ x: Double) -> Double { base.cdf(x) }
    func upperCDF(_ x: Double) -> Double { base.upperCDF(x) }
    func quantile(_ p: Double) -> Double { base.quantile(p) }
    func upperQuantile(_ q: Double) -> Double { base.upperQuantile(q) }
    func sample(using generator: RandomGenerator) -> Double { base.sample(using: generator) }
}

private struct BareCounts<D: DiscreteDistribution>: DiscreteDistribution {
    let base: D
    var description: String { base.description }
    var support: ClosedRange<Double> { base.support }
    var mean: Double { base.mean }
    var variance: Double { base.variance }
    var skewness: Double { base.skewness }
    var excessKurtosis: Double { base.excessKurtosis }
    var mode: Double { base.mode }
    var entropy: Double { base.entropy }
    func logDensity(_ x: Int) -> Double { base.logDensity(x) }
    func cdf(_ x: Double) -> Double { base.cdf(x) }
    func upperCDF(_ x: Double) -> Double { base.upperCDF(x) }
    func quantile(_ p: Double) -> Int { base.quantile(p) }
    func upperQuantile(_ q: Double) -> Int { base.upperQuantile(q) }
    func sample(using generator: RandomGenerator) -> Int { base.sample(using: generator) }
}

extension ContinuousDistribution {
    fileprivate var bare: Bare<Self> { Bare(base: self) }
}

private func bareMoments(_ d: any UnivariateDistribution, _ t: Double) -> Double {
    if let d = d as? any ContinuousDistribution {
        func open<D: ContinuousDistribution>(_ d: D) -> Double {
            Bare(base: d).momentGeneratingFunction(t)
        }
        return open(d)
    }
    if let d = d as? any DiscreteDistribution {
        func open<D: DiscreteDistribution>(_ d: D) -> Double {
            BareCounts(base: d).momentGeneratingFunction(t)
        }
        return open(d)
    }
    return .nan
}

private func bareCharacteristic(_ d: any UnivariateDistribution, _ t: Double) -> ComplexNumber {
    if let d = d as? any ContinuousDistribution {
        func open<D: ContinuousDistribution>(_ d: D) -> ComplexNumber {
            Bare(base: d).characteristicFunction(t)
        }
        return open(d)
    }
    if let d = d as? any DiscreteDistribution {
        func open<D: DiscreteDistribution>(_ d: D) -> ComplexNumber {
            BareCounts(base: d).characteristicFunction(t)
        }
        return open(d)
    }
    return ComplexNumber(.nan)
}

@Suite struct FamilyTests {
    @Test func parametersComeBack() throws {
        for family in Families.all {
            #expect(!family.summary.isEmpty && family.summary.hasSuffix("."), "\(family)")
            #expect(!family.parameters.isEmpty, "\(family)")
            #expect(throws: (any Error).self) { try family.init(parameterValues: []) }
            for d in Examples.of(family) {
                let values = d.parameterValues
                #expect(values.count == family.parameters.count)
                let again = try family.init(parameterValues: values)
                #expect(again.description == d.description)
                #expect(again.parameterValues == values)
            }
        }
    }

    @Test func familiesByName() throws {
        #expect(try Families.named("student-t") == StudentT.self)
        #expect(try Families.named("F") == FDistribution.self)
        #expect(try Families.named("log normal") == LogNormal.self)
        let error = #expect(throws: (any Error).self) { try Families.named("Gama") }
        #expect("\(error.map { "\($0)" } ?? "")".contains("did you mean Gamma?"))
    }

    /// Closed forms against integrals and sums of the density.
    @Test func generatingFunctionsAgreeWithIntegrals() throws {
        var compared = 0
        for family in Families.all {
            for d in Examples.of(family) {
                let unit = d.standardDeviation.isFinite ? d.standardDeviation : 1
                for t in [-1.5, -0.3, 0.05, 0.2] {
                    let t = t / max(unit, 1e-3)
                    let found = d.momentGeneratingFunction(t)
                    let expected = bareMoments(d, t)
                    if expected.isFinite || found.isFinite, !expected.isNaN {
                        #expect(abs(found / expected - 1) < 1e-8, "\(d) at \(t) \(expected)")
                        compared += 1
                    }
                    let wave = d.characteristicFunction(t)
                    let other = bareCharacteristic(d, t)
                    #expect(wave.modulus <= 1 + 1e-9 || wave.modulus.isNaN, "\(d) at \(t)")
                    if !other.real.isNaN {
                        let gap = hypot(wave.real - other.real, wave.imaginary - other.imaginary)
                        #expect(gap < 1e-8, "\(d) at \(t): \(wave), \(other)")
                        compared += 1
                    }
                }
            }
        }
        #expect(compared > 200)
    }

    @Test func divergentMomentsAreInfinite() throws {
        #expect(try Exponential(rate: 2).momentGeneratingFunction(2) == .infinity)
        #expect(try Exponential(rate: 2).bare.momentGeneratingFunction(2.5) == .infinity)
        #expect(
            try LogNormal(logMean: 0, logStandardDeviation: 1).momentGeneratingFunction(0.1)
                == .infinity)
        #expect(try Cauchy().bare.momentGeneratingFunction(0.01) == .infinity)
        #expect(try Geometric(probability: 0.5).momentGeneratingFunction(0.7) == .infinity)
    }

    /// E X from the derivative of log E exp(t X) at 0.
    @Test func generatingFunctionsHaveTheMean() throws {
        for family in Families.all {
            for d in Examples.of(family) where d.mean.isFinite && d.variance.isFinite {
                let h = 1e-4 / max(d.standardDeviation, 1e-6)
                let (up, down) = (d.momentGeneratingFunction(h), d.momentGeneratingFunction(-h))
                guard up.isFinite, down.isFinite else { continue }
                let slope = (log(up) - log(down)) / (2 * h)
                #expect(
                    abs(slope - d.mean) <= 1e-5 * max(abs(d.mean), d.standardDeviation), "\(d)")
            }
        }
    }

    @Test func divergencesAgreeWithIntegrals() throws {
        var closed = 0
        func compare<F: DistributionFamily>(_ family: F.Type) throws {
            let examples = Examples.of(family).compactMap { $0 as? F }
            for p in examples {
                for q in examples {
                    guard let expected = p.closedDivergence(to: q) else { continue }
                    closed += 1
                    if expected == .infinity { continue }
                    let found: Double
                    if let p = p as? any ContinuousDistribution,
                        let q = q as? any ContinuousDistribution
                    {
                        found = try numerical(p, q)
                    } else if let p = p as? any DiscreteDistribution,
                        let q = q as? any DiscreteDistribution
                    {
                        found = try numericalCounts(p, q)
                    } else {
                        continue
                    }
                    #expect(
                        abs(found - expected) <= 1e-9 * max(1, expected),
                        "\(p) to \(q): \(found), closed \(expected)")
                }
            }
        }
        func numerical<P: ContinuousDistribution, Q: ContinuousDistribution>(
            _ p: P, _ q: Q
        ) throws -> Double { try p.bare.divergence(to: q.bare).value }
        func numericalCounts<P: DiscreteDistribution, Q: DiscreteDistribution>(
            _ p: P, _ q: Q
        ) throws -> Double {
            try BareCounts(base: p).divergence(to: BareCounts(base: q)).value
        }
        for family in Families.all { try compare(family) }
        #expect(closed > 60)
        // Between families, and where it is infinite.
        let normal = try Normal(mean: 1, standardDeviation: 2)
        let laplace = try Laplace(location: 1, scale: 2)
        // −h(p) + log(2 b) + E|x − μ|/b, E|x − μ| = σ √(2/π)
        let expected = -normal.entropy + Foundation.log(4) + (2 / Double.pi).squareRoot()
        #expect(abs(try normal.divergence(to: laplace).value - expected) < 1e-11)
        #expect(try normal.divergence(to: Exponential(rate: 1)).value == .infinity)
        #expect(try Uniform(0, 1).divergence(to: Exponential(rate: 1)).value.isFinite)
    }

    @Test func hazards() throws {
        #expect(abs(try Exponential(rate: 3).hazard(200) - 3) < 1e-12)
        let normal = Normal.standard
        #expect(abs(normal.hazard(50) - 50.0199840319) < 1e-9)
        #expect(abs(normal.cumulativeHazard(50) + normal.logUpperCDF(50)) == 0)
        let geometric = try Geometric(probability: 0.25)
        #expect(abs(geometric.hazard(7) - 0.25) < 1e-14 && geometric.hazard(7.5) == 0)
        #expect(try Uniform(0, 1).hazard(2).isNaN)
        #expect(normal.hazard(.nan).isNaN)
    }
}

/// A few distributions of each family, from values of its parameters' domains.
enum Examples {
    static func of(_ family: any DistributionFamily.Type) -> [any DistributionFamily] {
        let choices: [[Double]] = [[0.6, 0.4, 0.3], [1.7, 2.3, 1.2], [4.5, 3.2, 5.1]]
        return choices.enumerated().compactMap { round, values in
            let chosen = family.parameters.enumerated().map { i, parameter -> Double in
                let v = values[i % values.count]
                switch parameter.domain {
                case .real: return Double(i) * 1.5 + v - 1
                case .positive, .nonnegative: return v
                case .probability: return v / (1 + v)
                case .between(let a, .infinity): return a + v
                case .between(-.infinity, let b): return b - v
                case .between(let a, let b): return a + (b - a) * v / (1 + v)
                case .whole(let from): return Double(from + 2 * (round + 1))
                }
            }
            return try? family.init(parameterValues: chosen)
        }
    }
}
