// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Statistics

/// What a hypothesis test found.
struct TestValue: ScriptObject {
    let result: TestResult

    var typeName: String { "test result" }
    var shown: ShownValue { .text(result.description) }
    var json: JSONValue { result.json }
}

extension Registry {
    private static let alternative = "alternative: .twoSided|.less|.greater = .twoSided"
    private static let method = "method: .automatic|.exact|.asymptotic = .automatic"
    private static let confidence = "confidence: number = 0.95"

    private mutating func test(
        _ signature: String, _ documentation: String,
        _ run: @escaping @Sendable (Call) throws -> TestResult
    ) {
        define("\(signature) -> test result", documentation) { call in
            .object(TestValue(result: try run(call)))
        }
    }

    mutating func addTests() {
        let alternative = Registry.alternative
        let method = Registry.method
        let confidence = Registry.confidence
        test(
            "tTest(_ x: vector, mean: number = 0, \(alternative), \(confidence))",
            "Student's t test of one sample: is the mean a given number?"
        ) { call in
            try tTest(
                try call.vector("x"), mean: try call.number("mean"),
                alternative: try call.alternative(), confidence: try call.number("confidence"))
        }
        test(
            "tTest(_ x: vector, _ y: vector, paired: Bool = false, equalVariances: Bool = false, "
                + "difference: number = 0, \(alternative), \(confidence))",
            "The t test of two samples: Welch's, or pooled with equalVariances, or paired."
        ) { call in
            try tTest(
                try call.vector("x"), try call.vector("y"), paired: try call.bool("paired"),
                equalVariances: try call.bool("equalVariances"),
                difference: try call.number("difference"), alternative: try call.alternative(),
                confidence: try call.number("confidence"))
        }
        test(
            "mannWhitney(_ x: vector, _ y: vector, \(alternative), \(method), \(confidence))",
            "The rank test of two samples."
        ) { call in
            try mannWhitney(
                try call.vector("x"), try call.vector("y"), alternative: try call.alternative(),
                method: try call.testMethod(), confidence: try call.number("confidence"))
        }
        test(
            "wilcoxonSignedRank(_ x: vector, _ y: vector, \(alternative), \(method), \(confidence))",
            "The signed rank test of pairs."
        ) { call in
            try wilcoxonSignedRank(
                try call.vector("x"), try call.vector("y"), alternative: try call.alternative(),
                method: try call.testMethod(), confidence: try call.number("confidence"))
        }
        test(
            "kolmogorovSmirnov(_ x: vector, cdf: closure, \(alternative), \(method))",
            "Do the data come from a distribution? kolmogorovSmirnov(x, cdf: d.cdf)"
        ) { call in
            let cdf = try call.closure("cdf")
            return try kolmogorovSmirnov(
                try call.vector("x"), cdf: { try cdf.number($0) },
                alternative: try call.alternative(), method: try call.testMethod())
        }
        test(
            "kolmogorovSmirnov(_ x: vector, _ y: vector, \(alternative), \(method))",
            "Do two samples come from one distribution?"
        ) { call in
            try kolmogorovSmirnov(
                try call.vector("x"), try call.vector("y"), alternative: try call.alternative(),
                method: try call.testMethod())
        }
        test(
            "chiSquared(_ counts: vector, probabilities: vector = nil, estimatedParameters: integer = 0)",
            "Do counts agree with probabilities (equal ones unless given)?"
        ) { call in
            try chiSquared(
                try call.vector("counts"),
                probabilities: call.has("probabilities") ? try call.vector("probabilities") : nil,
                estimatedParameters: try call.integer("estimatedParameters"))
        }
        test(
            "chiSquared(table: list|matrix, yates: Bool = false, \(confidence))",
            "Are the rows and columns of a table of counts independent?"
        ) { call in
            try chiSquared(
                table: try call.rows("table"), yates: try call.bool("yates"),
                confidence: try call.number("confidence"))
        }
        addMoreTests()
        addTestMembers()
    }

    private mutating func addMoreTests() {
        let alternative = Registry.alternative
        let confidence = Registry.confidence
        test("shapiroWilk(_ x: vector)", "Are the data normal?") { call in
            try shapiroWilk(try call.vector("x"))
        }
        test("anovaOneWay(_ groups: list)", "Do several groups have one mean?") { call in
            try anovaOneWay(try call.rows("groups"))
        }
        test("kruskalWallis(_ groups: list)", "The rank test of several groups.") { call in
            try kruskalWallis(try call.rows("groups"))
        }
        test(
            "pearsonCorrelation(_ x: vector, _ y: vector, \(alternative), \(confidence))",
            "Is there a linear correlation?"
        ) { call in
            try pearsonCorrelation(
                try call.vector("x"), try call.vector("y"), alternative: try call.alternative(),
                confidence: try call.number("confidence"))
        }
        test(
            "spearmanCorrelation(_ x: vector, _ y: vector, \(alternative))",
            "Is there a monotone relation?"
        ) { call in
            try spearmanCorrelation(
                try call.vector("x"), try call.vector("y"), alternative: try call.alternative())
        }
        test(
            "binomialTest(successes: integer, trials: integer, probability: number = 0.5, "
                + "\(alternative), \(confidence))", "Is the probability of success a given one?"
        ) { call in
            try binomialTest(
                successes: try call.integer("successes"), trials: try call.integer("trials"),
                probability: try call.number("probability"), alternative: try call.alternative(),
                confidence: try call.number("confidence"))
        }
    }

    private mutating func addTestMembers() {
        let type = "test result"
        let numbers: [(String, String, @Sendable (TestResult) -> Double)] = [
            ("pValue", "The probability of as extreme a statistic.", { $0.pValue }),
            ("statistic", "The statistic.", { $0.statistic }),
            ("estimate", "What is estimated, in the units of the data.", { $0.estimate }),
        ]
        for (name, documentation, get) in numbers {
            define(on: type, "\(name) -> number", documentation) { call in
                .number(get(try call.receiver(TestValue.self).result))
            }
        }
        define(on: type, "degreesOfFreedom -> vector", "None, one or two.") { call in
            .vector(try call.receiver(TestValue.self).result.degreesOfFreedom)
        }
        define(
            on: type, "confidenceInterval -> vector", "The ends of the interval of the estimate."
        ) { call in
            guard let interval = try call.receiver(TestValue.self).result.confidenceInterval else {
                throw call.failure("this test gives no interval")
            }
            return .vector([interval.lower, interval.upper])
        }
        define(on: type, "effect(_ name: String) -> number", "The size of an effect.") { call in
            let result = try call.receiver(TestValue.self).result
            let name = try call.string("name")
            guard let effect = result.effect(name) else {
                throw call.noMember("effect", name, result.effects.map(\.name), at: "name")
            }
            return .number(effect.value)
        }
    }
}

extension Call {
    fileprivate func alternative() throws -> Alternative {
        Alternative(rawValue: try choice("alternative").name) ?? .twoSided
    }

    fileprivate func testMethod() throws -> TestMethod {
        TestMethod(rawValue: try choice("method").name) ?? .automatic
    }

    /// Rows of numbers: a list of vectors or a matrix.
    func rows(_ name: String) throws -> [[Double]] {
        switch try value(name) {
        case .matrix(let matrix): return (0..<matrix.rows).map { matrix.row($0).elements }
        case .list(let list):
            return try list.elements.map { element in
                guard let row = element.doubles else {
                    throw failure(
                        "expected vectors of numbers, found \(element.typeName.withArticle)",
                        code: "type",
                        at: range(of: name))
                }
                return row
            }
        default:
            throw failure("expected a list of vectors", code: "type", at: range(of: name))
        }
    }
}
