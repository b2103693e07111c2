// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import Inference
import Randomness
import Testing

@testable import StanLanguage

@Suite struct ModelTests {
    static func model(_ text: String, _ data: JSONValue = [:]) throws -> StanModel {
        try StanModel(
            program: try StanProgram.parse(SourceText(name: "model.stan", text: text)), data: data)
    }

    @Test func outputsAreColumnMajorAndNamedAsCmdStanDoes() throws {
        let model = try Self.model(
            """
            parameters { array[2, 2] real a; matrix[2, 2] m; array[2] vector[2] v; }
            transformed parameters { real s = a[1, 2] + m[1, 2]; }
            generated quantities { array[2] int k = {1, 2}; }
            """)
        #expect(
            model.outputNames == [
                "a.1.1", "a.2.1", "a.1.2", "a.2.2", "m.1.1", "m.2.1", "m.1.2", "m.2.2", "v.1.1",
                "v.2.1", "v.1.2", "v.2.2", "s", "k.1", "k.2",
            ])
        var out: [Double] = []
        // Unconstrained: a by rows, m by columns, v element by element.
        try model.writeOutputs(
            at: [11, 12, 21, 22, 1, 2, 3, 4, 5, 6, 7, 8], generator: .init(seed: 1), into: &out)
        #expect(out == [11, 21, 12, 22, 1, 2, 3, 4, 5, 7, 6, 8, 15, 1, 2])
    }

    @Test func generatedQuantitiesAreReproducible() throws {
        let model = try Self.model(
            "parameters { real x; } generated quantities { real y = normal_rng(x, 1); }")
        var first: [Double] = []
        var second: [Double] = []
        var third: [Double] = []
        try model.writeOutputs(at: [100], generator: .init(seed: 7, stream: 3), into: &first)
        try model.writeOutputs(at: [100], generator: .init(seed: 7, stream: 3), into: &second)
        try model.writeOutputs(at: [100], generator: .init(seed: 7, stream: 4), into: &third)
        #expect(first == second)
        #expect(first != third)
        #expect(abs(first[1] - 100) < 6)
    }

    @Test func arejectedGeneratedQuantityIsNaN() throws {
        let model = try Self.model(
            "parameters { real x; } generated quantities { real y = normal_rng(0, x); }")
        var out: [Double] = []
        try model.writeOutputs(at: [-1], generator: .init(seed: 1), into: &out)
        #expect(out[0] == -1)
        #expect(out[1].isNaN)
    }

    @Test func pointsOutsideTheSupportAreRejected() throws {
        let model = try Self.model(
            """
            parameters { real x; }
            transformed parameters { real<lower=0> y = x; }
            model { if (x > 3) reject("too large: ", x); x ~ normal(0, 1); }
            """)
        #expect(try model.logDensity(at: [1]).value == -0.5)
        for (point, words) in [(-1.0, "y is -1, but must be"), (4.0, "too large: 4")] {
            do {
                _ = try model.logDensity(at: [point])
                Issue.record("no rejection at \(point)")
            } catch let rejection as Rejection {
                #expect(rejection.message.contains(words), "\(rejection)")
            }
        }
        #expect(try model.logDensity(at: [2]).value == -2)
    }

    @Test func branchesOnParametersFollowThem() throws {
        let model = try Self.model(
            """
            parameters { real x; }
            model { if (x > 0) target += -x; else target += 3 * x; }
            """)
        #expect(try model.logDensity(at: [2]).gradient == [-1])
        #expect(try model.logDensity(at: [-2]).gradient == [3])
        #expect(try model.logDensity(at: [5]).value == -5)
    }

    @Test(arguments: [
        ("x ~ gamma(a, 1);"), ("x ~ beta(a, 2);"), ("x ~ inv_gamma(a, 1);"),
        ("k ~ poisson(a);"), ("k ~ neg_binomial_2(3, a);"), ("x ~ student_t(a, 0, 1);"),
        ("k ~ beta_binomial(5, a, 1);"), ("x ~ normal(0, a);"), ("x ~ chi_square(a);"),
    ])
    func illegalParametersOfDensitiesAreNotFinite(_ statement: String) throws {
        let model = try Self.model(
            """
            data { real x; int k; }
            parameters { real a; }
            model { \(statement) }
            """, ["x": 0.5, "k": 2])
        #expect(try model.logDensity(at: [0.7]).value.isFinite)
        let value = (try? model.logDensity(at: [-0.7]).value) ?? -.infinity
        #expect(!value.isFinite)
    }

    @Test func initialValuesAreUnconstrained() throws {
        let model = try Self.model(
            """
            data { int N; }
            parameters {
              real<lower=1> a;
              real<lower=a, upper=10> b;
              simplex[3] p;
              array[N] vector<upper=0>[2] v;
              corr_matrix[2] R;
            }
            """, ["N": 2])
        let json = try JSONValue.parse(
            SourceText(
                name: "init.json",
                text: """
                    {"a": 3, "b": 5.5, "p": [0.2, 0.3, 0.5], "v": [[-1, -2], [-3, -4]],
                     "R": [[1, 0.4], [0.4, 1]]}
                    """))
        let initial = try model.initialValues(from: json)
        #expect(initial["v"] == [-1, -3, -2, -4])
        let point = try model.initialPoint(
            generator: .init(seed: 1), radius: 2, initial: initial)
        #expect(point.count == model.dimension)
        var out: [Double] = []
        try model.writeOutputs(at: point, generator: .init(seed: 1), into: &out)
        let expected = [3, 5.5, 0.2, 0.3, 0.5, -1, -3, -2, -4, 1, 0.4, 0.4, 1]
        for (a, b) in zip(out, expected) { #expect(abs(a - b) < 1e-12) }

        let random = try model.initialPoint(generator: .init(seed: 1), radius: 2, initial: [:])
        #expect(random.allSatisfy { abs($0) <= 2 })
        #expect(throws: Diagnostic.self) {
            try model.initialPoint(generator: .init(seed: 1), radius: 2, initial: ["c": [1]])
        }
        #expect(throws: Diagnostic.self) {
            try model.initialPoint(generator: .init(seed: 1), radius: 2, initial: ["a": [0.5]])
        }
        #expect(throws: Diagnostic.self) {
            try model.initialPoint(generator: .init(seed: 1), radius: 2, initial: ["p": [1]])
        }
    }

    @Test func aPointOfTheWrongSizeIsAnError() throws {
        let model = try Self.model("parameters { real x; } model { x ~ normal(0, 1); }")
        #expect(throws: ParameterError.self) { try model.logDensity(at: [1, 2]) }
    }

    @Test func anErrorInTheModelHasItsPlace() throws {
        let model = try Self.model(
            "data { int N; } parameters { vector[2] x; } model { x[N] ~ normal(0, 1); }",
            ["N": 3])
        do {
            _ = try model.logDensity(at: [0, 0])
            Issue.record("no error")
        } catch let error as Diagnostic {
            #expect(
                error.message
                    == "index 3 out of range; expecting index to be between 1 and 2")
            #expect(error.place == "model.stan:1:55")
        }
    }
}

@Suite struct HigherOrderTests {
    @Test func reduceSumIsTheSum() throws {
        let text = """
            functions {
              real part_lpdf(array[] real slice, int start, int end, real mu, array[] real s) {
                return normal_lupdf(slice | mu, s[start:end]);
              }
            }
            data { int N; array[N] real y; array[N] real s; }
            parameters { real mu; }
            model { target += reduce_sum(part_lupdf, y, 1, mu, s); }
            """
        let data: JSONValue = ["N": 3, "y": [1, 2, 4], "s": [1, 2, 0.5]]
        let model = try ModelTests.model(text, data)
        let (value, gradient) = try model.logDensity(at: [0.5])
        #expect(abs(value - -0.5 * (0.25 + 0.5625 + 49)) < 1e-12)
        #expect(abs(gradient[0] - (0.5 + 0.375 + 14)) < 1e-12)
    }
}
