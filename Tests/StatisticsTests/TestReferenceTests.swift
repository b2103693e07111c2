// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import SpecialFunctions
import Testing

@testable import Statistics

/// One case of a table under `Tests/Reference/tests`.
struct TestCase: CustomTestStringConvertible, Sendable {
    let json: JSONValue
    var id: String { json["id"]?.string ?? "?" }
    var testDescription: String { id }
    var alternative: Alternative {
        json["options"]?["alternative"]?.string.flatMap(Alternative.init) ?? .twoSided
    }
    var method: TestMethod {
        json["options"]?["method"]?.string.flatMap(TestMethod.init) ?? .automatic
    }
    var confidence: Double { option("confidenceLevel") ?? 0.95 }

    func option(_ name: String) -> Double? { json["options"]?[name]?.double }
    func flag(_ name: String) -> Bool? { json["options"]?[name]?.bool }

    static func numbers(_ value: JSONValue?) -> [Double] {
        (value?.array ?? []).map { $0.double ?? .nan }
    }

    func input(_ name: String) -> [Double] { Self.numbers(json["inputs"]?[name]) }
    func inputs(_ name: String) -> [[Double]] {
        (json["inputs"]?[name]?.array ?? []).map(Self.numbers)
    }

    /// Compares what is expected with what was found, field by field.
    func check(_ found: [String: Double], except skipped: Set<String> = []) {
        for (field, expected) in json["expected"]?.object?.members ?? JSONObject().members
        where !skipped.contains(field) {
            guard let value = found[field] else {
                Issue.record("\(id): nothing was found for \(field)")
                continue
            }
            let accepted =
                [expected["value"]] + (expected["accept"]?.array ?? []).map(Optional.some)
            let relative = expected["relTol"]?.double ?? 1e-9
            let absolute = expected["absTol"]?.double ?? 0
            let fits = accepted.contains {
                agree(value, Self.number($0), relative, absolute: absolute)
            }
            #expect(fits, "\(field): \(value), not \(Self.number(expected["value"]))")
        }
    }

    static func number(_ value: JSONValue?) -> Double {
        switch value?.string {
        case "Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: value?.double ?? .nan
        }
    }

    static func all(_ test: String) -> [TestCase] {
        (Reference.json("tests/\(test).json").array ?? []).map { TestCase(json: $0) }
    }
}

extension TestResult {
    /// The fields that the tables know, but for effects.
    var fields: [String: Double] {
        [
            "statistic": statistic, "df": degreesOfFreedom.first ?? .nan, "pValue": pValue,
            "df2": degreesOfFreedom.last ?? .nan, "estimate": estimate,
            "ciLow": confidenceInterval?.lower ?? .nan,
            "ciHigh": confidenceInterval?.upper ?? .nan,
        ]
    }

    func fields(_ names: [String: String]) -> [String: Double] {
        fields.merging(names.map { ($0.key, effect($0.value)?.value ?? .nan) }) { $1 }
    }
}

@Suite struct TestReferenceTests {
    @Test(arguments: [
        ("tTestOneSample", 15), ("tTestWelch", 15), ("tTestStudent", 15), ("tTestPaired", 8),
        ("mannWhitneyU", 32), ("ksOneSample", 14), ("ksTwoSample", 14),
        ("chiSquareGoodnessOfFit", 4), ("chiSquareIndependence", 12), ("wilcoxonSignedRank", 19),
        ("binomialTest", 18), ("fisherExact", 15), ("pearson", 12), ("spearman", 12),
        ("anovaOneWay", 8), ("kruskalWallis", 8), ("shapiroWilk", 8),
    ])
    func theTablesAreThere(name: String, count: Int) {
        #expect(TestCase.all(name).count == count)
    }

    @Test(arguments: TestCase.all("tTestOneSample")) func tTestOneSample(_ item: TestCase) throws {
        let result = try tTest(
            item.input("x"), mean: item.option("mu") ?? 0, alternative: item.alternative,
            confidence: item.confidence)
        item.check(result.fields(["cohenD": "Cohen's d"]))
    }

    @Test(arguments: TestCase.all("tTestWelch")) func tTestWelch(_ item: TestCase) throws {
        let result = try tTest(
            item.input("x"), item.input("y"), difference: item.option("mu") ?? 0,
            alternative: item.alternative, confidence: item.confidence)
        item.check(result.fields)
    }

    @Test(arguments: TestCase.all("tTestStudent")) func tTestStudent(_ item: TestCase) throws {
        let result = try tTest(
            item.input("x"), item.input("y"), equalVariances: true,
            difference: item.option("mu") ?? 0, alternative: item.alternative,
            confidence: item.confidence)
        item.check(result.fields(["cohenD": "Cohen's d", "hedgesG": "Hedges' g"]))
    }

    @Test(arguments: TestCase.all("tTestPaired")) func tTestPaired(_ item: TestCase) throws {
        let result = try tTest(
            item.input("x"), item.input("y"), paired: true, difference: item.option("mu") ?? 0,
            alternative: item.alternative, confidence: item.confidence)
        item.check(result.fields(["cohenDz": "Cohen's d"]))
    }

    @Test(arguments: TestCase.all("mannWhitneyU")) func mannWhitneyU(_ item: TestCase) throws {
        let result = try mannWhitney(
            item.input("x"), item.input("y"), alternative: item.alternative, method: item.method,
            continuityCorrection: item.flag("continuityCorrection") ?? true)
        item.check(
            result.fields([
                "rankBiserial": "rank-biserial correlation", "commonLanguage": "P(x > y)",
            ]))
    }

    @Test(arguments: TestCase.all("ksOneSample")) func ksOneSample(_ item: TestCase) throws {
        let (mean, sd) = (item.option("mu") ?? 0, item.option("sigma") ?? 1)
        let result = try kolmogorovSmirnov(
            item.input("x"), cdf: { normalCDF(($0 - mean) / sd) }, alternative: item.alternative,
            method: item.method)
        item.check(result.fields)
    }

    @Test(arguments: TestCase.all("ksTwoSample")) func ksTwoSample(_ item: TestCase) throws {
        let result = try kolmogorovSmirnov(
            item.input("x"), item.input("y"), alternative: item.alternative, method: item.method)
        item.check(result.fields)
    }

    @Test(arguments: TestCase.all("chiSquareGoodnessOfFit"))
    func chiSquareGoodnessOfFit(_ item: TestCase) throws {
        let probabilities = TestCase.numbers(item.json["options"]?["probabilities"])
        let result = try chiSquared(
            item.input("observed"), probabilities: probabilities.isEmpty ? nil : probabilities)
        item.check(result.fields)
    }

    @Test(arguments: TestCase.all("chiSquareIndependence"))
    func chiSquareIndependence(_ item: TestCase) throws {
        let result = try chiSquared(
            table: item.inputs("table"), yates: item.flag("yates") ?? false)
        item.check(result.fields(["cramersV": "Cramér's V"]))
    }

    @Test(arguments: TestCase.all("wilcoxonSignedRank"))
    func wilcoxonSignedRankTest(_ item: TestCase) throws {
        let result = try wilcoxonSignedRank(
            item.input("x"), item.input("y"), alternative: item.alternative, method: item.method,
            continuityCorrection: item.flag("continuityCorrection") ?? true)
        item.check(result.fields(["rankBiserial": "rank-biserial correlation"]))
    }

    @Test(arguments: TestCase.all("pearson")) func pearson(_ item: TestCase) throws {
        let result = try pearsonCorrelation(
            item.input("x"), item.input("y"), alternative: item.alternative,
            confidence: item.confidence)
        item.check(result.fields)
    }

    @Test(arguments: TestCase.all("spearman")) func spearman(_ item: TestCase) throws {
        let result = try spearmanCorrelation(
            item.input("x"), item.input("y"), alternative: item.alternative)
        item.check(result.fields.merging(["pValueT": result.pValue]) { $1 })
    }

    @Test(arguments: TestCase.all("anovaOneWay")) func anova(_ item: TestCase) throws {
        let result = try anovaOneWay(item.inputs("groups"))
        let squares = [
            "ssBetween": result.estimates[0].value, "ssWithin": result.estimates[1].value,
        ]
        item.check(
            result.fields(["etaSquared": "η²", "omegaSquared": "ω²"]).merging(squares) { $1 })
    }

    @Test(arguments: TestCase.all("kruskalWallis")) func kruskal(_ item: TestCase) throws {
        let result = try kruskalWallis(item.inputs("groups"))
        item.check(result.fields(["epsilonSquared": "ε²", "etaSquaredH": "η²"]))
    }

    @Test(arguments: TestCase.all("binomialTest")) func binomial(_ item: TestCase) throws {
        let result = try binomialTest(
            successes: item.json["inputs"]?["successes"]?.integer ?? -1,
            trials: item.json["inputs"]?["trials"]?.integer ?? -1,
            probability: item.option("p") ?? 0.5, alternative: item.alternative,
            confidence: item.confidence)
        let wilson = result.estimates.last?.interval
        item.check(
            result.fields.merging([
                "df": Double(result.sampleSizes[0]), "wilsonLow": wilson?.lower ?? .nan,
                "wilsonHigh": wilson?.upper ?? .nan,
            ]) { $1 })
    }

    @Test(arguments: TestCase.all("fisherExact")) func fisher(_ item: TestCase) throws {
        let result = try fisherExact(
            item.inputs("table").map { $0.map { Int($0) } }, alternative: item.alternative,
            confidence: item.confidence)
        item.check(
            result.fields.merging([
                "oddsRatioConditional": result.estimate,
                "oddsRatioSample": result.estimates.last?.value ?? .nan,
            ]) { $1 })
    }

    @Test(arguments: TestCase.all("shapiroWilk")) func shapiro(_ item: TestCase) throws {
        item.check(try shapiroWilk(item.input("x")).fields)
    }
}
