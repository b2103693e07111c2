// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Distributions
import Errors
import Randomness
import Testing

@testable import Statistics

@Suite struct TestBehaviourTests {
    let x = [1.715, 6.415, 4.354, 3.628, 4.589, 4.161, 6.39, 5.142, 5.974, 4.794]
    let y = [9.851, 3.914, 6.649, 7.713, -1.98, 0.148, 5.229, 3.319, 1.367]

    // NIST StRD, one-way: what an ideal program gets from the binary64 data.
    @Test(arguments: [
        "AtmWtAg", "SiRstv", "SmLs01", "SmLs02", "SmLs03", "SmLs04", "SmLs05", "SmLs06", "SmLs07",
        "SmLs08", "SmLs09",
    ])
    func nistAnova(name: String) throws {
        let frame = try DataFrame(csv: Reference.folder + "nist/anova/\(name).csv")
        let key = try #require(frame.names.first { $0 != "y" })
        let groups = try frame.group(by: key).map { try $0.frame.numbers("y") }
        let result = try anovaOneWay(groups)
        let exact = Reference.Case(
            json: Reference.json("nist/anova/\(name).json")["exactBinary64"] ?? .null)
        #expect(agree(result.statistic, exact.number("fStatistic"), 1e-13))
        #expect(agree(result.estimates[0].value, exact.number("ssBetween"), 1e-13))
        #expect(agree(result.estimates[1].value, exact.number("ssWithin"), 1e-13))
        #expect(agree(try #require(result.effect("η²")).value, exact.number("rSquared"), 1e-13))
        #expect(result.degreesOfFreedom == [exact.number("dfBetween"), exact.number("dfWithin")])
    }

    // Arb's noncentral t: the integral is good to a few ulps of 1.
    @Test func noncentralT() throws {
        let options = CSVOptions(delimiter: ",", header: true)
        let frame = try DataFrame(
            csv: Reference.folder + "tests/noncentralT.csv", options: options)
        #expect(frame.rowCount > 80)
        for row in frame.rows {
            let parameters = try row["params"].description.split(separator: ";").map {
                Double($0.split(separator: "=")[1]) ?? .nan
            }
            let t = try #require(try row["x"].number)
            let p = try #require(try row["value"].number)
            let found = NoncentralT.cdf(t, df: parameters[0], noncentrality: parameters[1])
            #expect(agree(found, p, 1e-10, absolute: 1e-12), "t = \(t), \(parameters): \(found)")
        }
    }

    // Arb's noncentral chi-squared and F.
    @Test func noncentralMixtures() throws {
        let frame = try DataFrame(
            csv: Reference.folder + "tests/noncentral.csv",
            options: CSVOptions(delimiter: ",", header: true))
        #expect(frame.rowCount > 150)
        for row in frame.rows {
            var parameters: [String: Double] = [:]
            for part in try row["params"].description.split(separator: ";") {
                let halves = part.split(separator: "=").map(String.init)
                parameters[halves[0]] = Double(halves[1])
            }
            let x = try #require(try row["x"].number)
            let p = try #require(try row["value"].number)
            let lambda = try #require(parameters["lam"])
            let found =
                if let df = parameters["nu"] {
                    NoncentralInterval.chiSquaredCDF(x, df: df, noncentrality: lambda)
                } else {
                    NoncentralInterval.fCDF(
                        x, df1: parameters["d1"] ?? .nan, df2: parameters["d2"] ?? .nan,
                        noncentrality: lambda)
                }
            #expect(agree(found, p, 1e-12, absolute: 1e-13), "\(x), \(parameters): \(found)")
        }
    }

    @Test func effectIntervalsHoldTheirNoncentralities() throws {
        let table = try chiSquared(table: [[12, 5], [3, 14]])
        let v = try #require(table.effect("Cramér's V")?.interval)
        for (end, p) in [(v.lower, 0.975), (v.upper, 0.025)] {
            let found = NoncentralInterval.chiSquaredCDF(
                table.statistic, df: 1, noncentrality: end * end * 34)
            #expect(agree(found, p, 1e-10))
        }
        let anova = try anovaOneWay([x, y, x.map { $0 + 3 }])
        let eta = try #require(anova.effect("η²")?.interval)
        for (end, p) in [(eta.lower, 0.975), (eta.upper, 0.025)] {
            let found = NoncentralInterval.fCDF(
                anova.statistic, df1: 2, df2: 26, noncentrality: end / (1 - end) * 29)
            #expect(agree(found, p, 1e-10))
        }
        // Nothing found: the lower end is 0.
        #expect(try chiSquared([10, 10, 11]).effect("Cohen's w")?.interval?.lower == 0)
        #expect(try chiSquared([1e9, 1]).effect("Cohen's w")?.interval == nil)
    }

    @Test func effectIntervalsEndWhereTheTailsDo() throws {
        let result = try tTest(x, y, equalVariances: true)
        let d = try #require(result.effect("Cohen's d"))
        let interval = try #require(d.interval)
        let factor = (1 / Double(x.count) + 1 / Double(y.count)).squareRoot()
        let df = result.degreesOfFreedom[0]
        let low = NoncentralT.cdf(result.statistic, df: df, noncentrality: interval.lower / factor)
        let high = NoncentralT.cdf(
            result.statistic, df: df, noncentrality: interval.upper / factor)
        #expect(agree(low, 0.975, 1e-10) && agree(high, 0.025, 1e-10))
        #expect(interval.lower < d.value && d.value < interval.upper)
    }

    // The interval of the shift holds exactly the shifts that the exact test
    // does not reject.
    @Test func shiftIntervalsInvertTheTest() throws {
        let interval = try #require(try mannWhitney(x, y).confidenceInterval)
        func p(_ shift: Double) throws -> Double {
            try mannWhitney(x.map { $0 - shift }, y, method: .exact).pValue
        }
        for end in [interval.lower, interval.upper] {
            let inside = end == interval.lower ? 1e-7 : -1e-7
            #expect(try p(end + inside) > 0.05)
            #expect(try p(end - inside) <= 0.05)
        }
        #expect(try mannWhitney([1, 2], [3, 4]).confidenceInterval == nil)

        let center = try #require(try wilcoxonSignedRank(x).confidenceInterval)
        func q(_ median: Double) throws -> Double {
            try wilcoxonSignedRank(x, median: median, method: .exact).pValue
        }
        for end in [center.lower, center.upper] {
            let inside = end == center.lower ? 1e-7 : -1e-7
            #expect(try q(end + inside) > 0.05)
            #expect(try q(end - inside) <= 0.05)
        }
        #expect(try wilcoxonSignedRank([1, 2, 3]).confidenceInterval == nil)
    }

    // Against sorting all of them.
    @Test func orderStatisticsOfPairs() {
        let a = [3.5, -1, 2, 2, 8, 1e300, 0.1, -0.0]
        let b = [1, 0.1, 2, -7, 0.1]
        let differences = a.flatMap { x in b.map { x - $0 } }.sorted()
        let pairs = PairStatistics.differences(a, b)
        #expect(pairs.count == 40)
        for k in 1...40 { #expect(pairs.smallest(k) == differences[k - 1]) }
        let half = a.map { $0 / 2 }
        let means = half.indices.flatMap { i in (0...i).map { half[i] + half[$0] } }.sorted()
        let walsh = PairStatistics.means(a)
        #expect(walsh.count == 36)
        for k in 1...36 { #expect(walsh.smallest(k) == means[k - 1]) }
        #expect(walsh.median == means[17] / 2 + means[18] / 2)
    }

    @Test func exactAndAsymptoticAgreeForMany() throws {
        let many = try Normal(mean: 0, standardDeviation: 1).sample(
            60, using: RandomGenerator(seed: 3))
        let (a, b) = (Array(many[..<30]), many[30...].map { $0 + 0.3 })
        let pairs: [(TestResult, TestResult)] = [
            (try mannWhitney(a, b, method: .exact), try mannWhitney(a, b, method: .asymptotic)),
            (
                try wilcoxonSignedRank(a, b, method: .exact),
                try wilcoxonSignedRank(a, b, method: .asymptotic)
            ),
        ]
        for (exact, limit) in pairs {
            #expect(exact.method != limit.method)
            #expect(abs(exact.pValue - limit.pValue) < 0.003)
        }
    }

    // The whole range of D, against the theta series for many data and against
    // twice the one-sided tail: the branches must meet.
    @Test func kolmogorovsDistributionHasNoSeams() {
        for n in [1, 2, 5, 20, 100, 1000] {
            var last = 1.0
            for step in 1...400 {
                let d = Double(step) / 400
                let p = KolmogorovDistribution.twoSidedUpper(d, n)
                #expect(p <= last + 1e-12 && p >= 0, "n = \(n), d = \(d)")
                last = p
            }
        }
        // n = 1: P(D ≥ d) = 2 (1 − d) for d ≥ ½; n = 2: 2 (1 − d)² there.
        #expect(agree(KolmogorovDistribution.twoSidedUpper(0.7, 1), 0.6, 1e-14))
        #expect(agree(KolmogorovDistribution.twoSidedUpper(0.7, 2), 0.18, 1e-14))
        for x in [0.4, 0.8, 0.999, 1, 1.001, 2] {
            let n = 2000
            let p = KolmogorovDistribution.twoSidedUpper(x / Double(n).squareRoot(), n)
            #expect(abs(p - KolmogorovDistribution.limitUpper(x)) < 0.01)
        }
    }

    // The matrix formula in 120-digit arithmetic, on both sides of where the
    // computation changes.
    @Test func kolmogorovsDistribution() throws {
        let frame = try DataFrame(csv: Reference.folder + "tests/kolmogorov.csv")
        #expect(frame.rowCount > 60)
        for row in frame.rows {
            let n = Int(try #require(try row["n"].number))
            let d = try #require(try row["d"].number)
            let p = try #require(try row["upper"].number)
            let found = KolmogorovDistribution.twoSidedUpper(d, n)
            #expect(agree(found, p, 2e-10), "n = \(n), d = \(d): \(found), not \(p)")
        }
    }

    @Test func nothingTraps() throws {
        let bad: [[Double]] = [
            [], [1], [2, 2, 2], [.nan], [.nan, .nan, 3], [1, .infinity], [1e308, -1e308],
            [0, 5e-300], [1, 2, 3, .nan], [1e200, 2e200, 4e200], [0.1, 0.1, 0.1],
        ]
        for a in bad {
            for b in bad {
                let tests: [() throws -> TestResult] = [
                    { try tTest(a) }, { try tTest(a, b) }, { try tTest(a, b, paired: true) },
                    { try tTest(a, b, equalVariances: true) }, { try mannWhitney(a, b) },
                    { try mannWhitney(a, b, method: .asymptotic) },
                    { try kolmogorovSmirnov(a, b) },
                    { try kolmogorovSmirnov(a, b, alternative: .less, method: .asymptotic) },
                    { try kolmogorovSmirnov(a, against: Normal.standard) },
                    { try wilcoxonSignedRank(a, b) }, { try wilcoxonSignedRank(a) },
                    { try pearsonCorrelation(a, b) }, { try spearmanCorrelation(a, b) },
                    { try anovaOneWay([a, b]) }, { try kruskalWallis([a, b]) },
                    { try shapiroWilk(a) }, { try chiSquared(a) },
                    { try chiSquared(table: [a, b]) },
                    { try chiSquared(a, probabilities: b) },
                ]
                for (index, test) in tests.enumerated() {
                    do {
                        let result = try test()
                        #expect(
                            result.pValue >= 0 && result.pValue <= 1,
                            "test \(index) of \(a), \(b): \(result)")
                    } catch {
                        #expect(error is ParameterError, "\(error)")
                    }
                }
            }
        }
    }

    @Test func errorsSayWhatToDo() throws {
        func message(_ body: () throws -> TestResult) -> String {
            do { return "no error: \(try body())" } catch { return "\(error)" }
        }
        #expect(
            message { try tTest([]) }
                == "x is empty, but must be at least 2 values long, not counting missing ones")
        #expect(message { try tTest([3, 3, 3]) }.hasPrefix("x is constant, but must be of some"))
        #expect(
            message { try tTest([1, 2], [1, 2, 3], paired: true) }
                == "y is 3 long, but must be 2 long, as x is")
        #expect(
            message { try chiSquared(table: [[1, 2], [0, 0]]) }
                == "row 1 of the table is empty, but must be left out")
        #expect(message { try binomialTest(successes: 5, trials: 3) }.hasPrefix("successes is 5"))
        #expect(throws: ParameterError.self) { try tTest(x, confidence: 1) }
        #expect(throws: ParameterError.self) { try fisherExact([[1, 2]]) }
        #expect(throws: ParameterError.self) { try fisherExact([[0, 0], [1, 2]]) }
        #expect(throws: ParameterError.self) { try chiSquared(table: [[1, 2], [3]]) }
        #expect(throws: ParameterError.self) { try chiSquared([1, 2], probabilities: [0, 1]) }
        #expect(throws: ParameterError.self) {
            try kolmogorovSmirnov(x, cdf: { _ in .nan })
        }
        #expect(throws: ParameterError.self) {
            try mannWhitney(
                [Double](repeating: 1, count: 2000), [Double](repeating: 1, count: 2000),
                method: .exact)
        }
    }

    @Test func specialCases() throws {
        // All values equal: every arrangement is the same.
        #expect(try mannWhitney([2, 2], [2, 2, 2]).pValue == 1)
        #expect(try mannWhitney([2, 2], [2, 2], method: .asymptotic).pValue == 1)
        #expect(try kolmogorovSmirnov([2, 2], [2, 2]).pValue == 1)
        #expect(throws: ParameterError.self) { try wilcoxonSignedRank([1, 2], [1, 2]) }
        #expect(throws: ParameterError.self) { try kruskalWallis([[1, 1], [1]]) }
        // Infinite values are ranks like others.
        #expect(try mannWhitney([.infinity, 3], [1, 2, -.infinity]).statistic == 6)
        // One value against several, pooled.
        #expect(try tTest([5], [1, 2, 3], equalVariances: true).degreesOfFreedom == [2])
        #expect(try binomialTest(successes: 0, trials: 5, probability: 0).pValue == 1)
        #expect(try binomialTest(successes: 1, trials: 5, probability: 0).pValue == 0)
        // The two halves of a table mirrored.
        let p = try fisherExact([[3, 9], [7, 2]]).pValue
        #expect(agree(try fisherExact([[9, 3], [2, 7]]).pValue, p, 1e-12))
    }

    @Test func readableAndAsJSON() throws {
        let result = try tTest(x + [.nan], y)
        let text = result.description
        #expect(text.hasPrefix("Welch's t test\n  t = "))
        #expect(text.contains("difference of means: "))
        #expect(text.contains(" 95 % interval "))
        #expect(text.contains("n = 10 and 9\n  note: 1 missing value of x left out"))
        let json = try JSONValue.parse(SourceText(name: "r", text: result.json.text()))
        #expect(json["pValue"]?.double == result.pValue)
        #expect(json["estimates"]?[0]?["lower"]?.double == result.confidenceInterval?.lower)
        #expect(json["sampleSizes"]?[1] == 9)
        let oneSided = try tTest(x, y, alternative: .less)
        #expect(oneSided.json["estimates"]?[0]?["lower"]?.double == -.infinity)
        #expect(oneSided.json.text().contains("\"lower\": \"-Inf\""))
    }

    // Under the hypothesis p is uniform: of 2000 samples the share below 0.05
    // lies in 0.05 ± 0.0239 with probability 1 − 1e-6 (binomial).
    @Test func pValuesAreUniformUnderTheHypothesis() throws {
        let normal = try Normal(mean: 1, standardDeviation: 2)
        let generator = RandomGenerator(seed: 88)
        var (welch, student, ks, shapiro) = (0, 0, 0, 0)
        for _ in 0..<2000 {
            let a = normal.sample(12, using: generator)
            let b = normal.sample(20, using: generator)
            if try tTest(a, b).pValue < 0.05 { welch += 1 }
            if try tTest(a, mean: 1).pValue < 0.05 { student += 1 }
            if try kolmogorovSmirnov(a, against: normal).pValue < 0.05 { ks += 1 }
            if try shapiroWilk(b).pValue < 0.05 { shapiro += 1 }
        }
        for count in [welch, student, ks, shapiro] { #expect((52...148).contains(count)) }
    }
}
