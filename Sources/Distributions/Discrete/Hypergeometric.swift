// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Autodiff
import Errors
import Randomness
import SpecialFunctions

/// The hypergeometric distribution: successes among draws without replacement.
///
/// Mass C(K, k) C(N − K, n − k)/C(N, n), with N in the population, K of them
/// successes, n drawn. Stan: `hypergeometric(N, a, b)` with n, K and N − K; R:
/// `hyper(m = K, n = N − K, k = n)`.
///
///     let d = try Hypergeometric(population: 49, successes: 6, draws: 6)
///     d.pdf(6)                                // 7.15e-8, all six of 49
///
/// Source: Johnson, Kemp and Kotz, Univariate Discrete Distributions, ch. 6.
public struct Hypergeometric: DiscreteDistribution, Hashable {
    public let population: Int
    public let successes: Int
    public let draws: Int
    private var total: Double { Double(population) }
    private var a: Double { Double(successes) }
    private var b: Double { Double(population - successes) }
    private var n: Double { Double(draws) }

    /// Throws `ParameterError` unless successes and draws are from 0 to the
    /// population.
    public init(population: Int, successes: Int, draws: Int) throws(ParameterError) {
        self.population = try Parameter.count(population, "population")
        guard successes >= 0, successes <= population else {
            throw ParameterError("successes", is: successes, mustBe: "from 0 to \(population)")
        }
        guard draws >= 0, draws <= population else {
            throw ParameterError("draws", is: draws, mustBe: "from 0 to \(population)")
        }
        self.successes = successes
        self.draws = draws
    }

    public var description: String {
        "Hypergeometric(population: \(population), successes: \(successes), draws: \(draws))"
    }
    private var lowest: Int { max(0, draws - (population - successes)) }
    private var highest: Int { min(draws, successes) }
    public var support: ClosedRange<Double> { Double(lowest)...Double(highest) }
    public var mean: Double { population == 0 ? 0 : n * (a / total) }
    public var variance: Double {
        guard lowest < highest else { return 0 }
        return n * (a / total) * (b / total) * (Double(population - draws) / (total - 1))
    }
    public var skewness: Double {
        guard lowest < highest else { return .nan }
        let left = Double(population - draws)
        return (b - a) * ((total - 1) / n / a / b / left).squareRoot() * ((left - n) / (total - 2))
    }
    public var excessKurtosis: Double {
        guard lowest < highest, population != 3 else { return lowest < highest ? -1.5 : .nan }
        return betaBinomialExcessKurtosis(
            trials: n, sum: -total, product: (a / total) * (b / total))
    }
    public var mode: Double {
        let k = ((n + 1) * ((a + 1) / (total + 2))).rounded(.down)
        return min(max(k, Double(lowest)), Double(highest))
    }
    public var entropy: Double { mass.entropy(mode: mode) }

    private var mass: CountSum {
        let (n, a, b) = (n, a, b)
        return CountSum(
            Double(lowest), Double(highest),
            logMass: { hypergeometricLogMass($0, draws: n, a, b) },
            ratio: { k in (a - k) / (k + 1) * ((n - k) / (b - n + k + 1)) })
    }

    public func logDensity(_ x: Int) -> Double {
        x < lowest || x > highest ? -.infinity : mass.logProbability(Double(x))
    }
    private func tail(_ x: Double, _ lower: Bool, log: Bool) -> Double {
        mass.tail(x, lower: lower, log: log, center: mean)
    }
    public func cdf(_ x: Double) -> Double { tail(x, true, log: false) }
    public func upperCDF(_ x: Double) -> Double { tail(x, false, log: false) }
    public func logCDF(_ x: Double) -> Double { tail(x, true, log: true) }
    public func logUpperCDF(_ x: Double) -> Double { tail(x, false, log: true) }
    public func quantile(_ p: Double) -> Int { searchQuantile(p, upper: false) }
    public func upperQuantile(_ q: Double) -> Int { searchQuantile(q, upper: true) }

    public func sample(using generator: RandomGenerator) -> Int {
        guard lowest < highest else { return lowest }
        let (n, a, b) = (n, a, b)
        return count(
            generator.logConcave(mode: mode) { hypergeometricLogMass($0, draws: n, a, b) })
    }
}

extension Hypergeometric: DistributionFamily {
    public static let summary =
        "The hypergeometric distribution: successes among draws without replacement."
    public static let parameters: [FamilyParameter] = [
        .init("population", .whole(from: 0)), .init("successes", .whole(from: 0)),
        .init("draws", .whole(from: 0)),
    ]
    public var parameterValues: [Double] { [total, a, n] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(
            population: Parameter.whole(values[0], "population"),
            successes: Parameter.whole(values[1], "successes"),
            draws: Parameter.whole(values[2], "draws"))
    }
}

extension Hypergeometric: TracedSampler {
    public static let stanName = "hypergeometric"
    public static let parameterCount = 3

    /// Of known arguments only: all are counts.
    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let arguments = [x.flat] + parameters.map(\.flat)
        let known = arguments.compactMap(\.constants)
        guard known.count == 4 else { return Traced(.nan) }
        let count = arguments.first { !$0.shape.isScalar }?.count ?? 1
        var total = 0.0
        for i in 0..<count {
            let k = known.map { $0.count == 1 ? $0[0] : $0[i] }
            total += hypergeometricLogMass(k[0], draws: k[1], k[2], k[3])
        }
        return Traced(droppingConstants && total > -.infinity ? 0 : total)
    }

    public static func draw(
        _ parameters: [Double], using generator: RandomGenerator
    ) throws -> Double {
        let (a, b) = (
            try Parameter.whole(parameters[1], "a"), try Parameter.whole(parameters[2], "b")
        )
        let (total, overflow) = a.addingReportingOverflow(b)
        guard a >= 0, b >= 0, !overflow else {
            throw ParameterError("a + b", is: parameters[1] + parameters[2], mustBe: "a count")
        }
        let draws = try Parameter.whole(parameters[0], "N")
        guard draws >= 0, draws <= total else {
            throw ParameterError("N", is: parameters[0], mustBe: "from 0 to a + b = \(total)")
        }
        return Double(
            try Hypergeometric(population: total, successes: a, draws: draws)
                .sample(using: generator))
    }
}
