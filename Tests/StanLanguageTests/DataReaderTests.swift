// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

@testable import StanLanguage

@Suite struct DataReaderTests {
    static let program = """
        data {
          int<lower=1> N;
          vector<lower=0>[N] x;
          array[N] int<lower=1, upper=3> k;
          matrix[2, N] m;
          array[2] vector[N] v;
          real<upper=10> r;
          array[0] real nothing;
        }
        generated quantities {
          real total = sum(x) + sum(k) + m[2, 1] + v[2, 1] + r;
        }
        """

    static let good: JSONObject = {
        let members: [(String, JSONValue)] = [
            ("N", 2), ("x", [1, 2.5]), ("k", [1, 3]), ("m", [[1, 2], [3, 4]]),
            ("v", [[5, 6], [7, 8]]), ("r", 9), ("unused", "ignored"),
        ]
        return JSONObject(members)
    }()

    static func read(_ changes: (String, JSONValue?)...) throws -> StanModel {
        var object = good
        for (name, value) in changes { object[name] = value }
        return try StanModel(
            program: try StanProgram.parse(SourceText(name: "data.stan", text: program)),
            data: .object(object))
    }

    static func failure(_ name: String, _ value: JSONValue?) -> String {
        do {
            _ = try read((name, value))
            return "no error"
        } catch { return "\(error)" }
    }

    @Test func readsEverything() throws {
        let model = try Self.read()
        var outputs: [Double] = []
        try model.writeOutputs(at: [], generator: .init(seed: 1), into: &outputs)
        #expect(model.outputNames == ["total"])
        #expect(outputs == [26.5])
    }

    @Test func numbersThatJSONCannotWrite() throws {
        _ = try Self.read(("m", [["NaN", "Inf"], ["-Inf", .number(.nan)]]))
    }

    @Test(
        arguments: [
            ("x", nil, "variable x is missing from the data"),
            ("N", nil, "variable N is missing from the data"),
            ("x", [1, 2, 3], "x must have size 2, but the data has 3"),
            ("x", 1, "x must be an array of 2 numbers, but is an integer"),
            ("x", [1, nil], "x[2] must be a number, but is null"),
            ("x", [1, "a"], "x[2] must be a number, but is a string"),
            ("x", [1, -1], "x[2] is -1, but must be greater than or equal to 0"),
            ("N", 2.5, "N must be an integer, but is 2.5"),
            ("N", 2.0, "write it without a decimal point"),
            ("N", 0, "N is 0, but must be greater than or equal to 1"),
            ("k", [1, 4], "k[2] is 4, but must be less than or equal to 3"),
            ("k", [1, true], "write 0 or 1"),
            ("m", [[1, 2], [3]], "m[2] must have size 2, but the data has 1"),
            ("m", [1, 2], "m[1] must be an array of 2 numbers"),
            ("v", [[1, 2]], "v must have size 2, but the data has 1"),
            ("r", 11, "r is 11, but must be less than or equal to 10"),
            ("r", [1], "r must be a number, but is an array"),
            ("N", 1_000_000_000_000, "x would need 8000 GB"),
            ("N", .integer(.max), "x would need over a million GB"),
        ] as [(String, JSONValue?, String)])
    func saysWhatIsWrong(_ name: String, _ value: JSONValue?, _ words: String) {
        let message = Self.failure(name, value)
        #expect(message.contains(words), "\(message)")
        #expect(message.contains("data.stan:"))
    }

    @Test func saysAllThatIsWrong() throws {
        do {
            _ = try Self.read(("x", [1]), ("r", "high"), ("k", nil))
            Issue.record("no error")
        } catch let error as DiagnosticList {
            #expect(error.diagnostics.count >= 2)
        }
    }

    @Test func suggestsNames() {
        var object = Self.good
        object["x"] = nil
        object["X"] = [1, 2]
        #expect(throws: DiagnosticList.self) {
            try StanModel(
                program: try StanProgram.parse(
                    SourceText(name: "data.stan", text: Self.program)),
                data: .object(object))
        }
    }

    @Test func dataMustBeAnObject() {
        #expect(throws: DiagnosticList.self) {
            try StanModel(
                program: try StanProgram.parse(
                    SourceText(name: "data.stan", text: Self.program)), data: [1, 2])
        }
    }

    @Test(
        arguments: [
            ("simplex[2] s;", "s", [0.4, 0.7], "not a valid simplex"),
            ("ordered[2] s;", "s", [0.7, 0.4], "not a valid ordered vector"),
            ("positive_ordered[2] s;", "s", [-0.1, 0.4], "positive ordered"),
            ("unit_vector[2] s;", "s", [0.7, 0.4], "unit vector"),
            ("cov_matrix[2] s;", "s", [[1, 2], [2, 1]], "not positive definite"),
            ("cov_matrix[2] s;", "s", [[1, 0.5], [0.4, 1]], "not symmetric"),
            ("corr_matrix[2] s;", "s", [[2, 0.5], [0.5, 1]], "diagonal is not 1"),
            ("cholesky_factor_cov[2] s;", "s", [[1, 1], [0, 1]], "not lower triangular"),
            ("cholesky_factor_corr[2] s;", "s", [[1, 0], [0.5, 0.5]], "norm 1"),
        ] as [(String, String, JSONValue, String)])
    func structuredTypesAreChecked(
        _ declaration: String, _ name: String, _ value: JSONValue, _ words: String
    ) throws {
        let program = try StanProgram.parse(
            SourceText(name: "data.stan", text: "data { \(declaration) }"))
        do {
            _ = try StanModel(program: program, data: .object(JSONObject([(name, value)])))
            Issue.record("no error")
        } catch { #expect("\(error)".contains(words), "\(error)") }
    }

    /// A size that is missing hides nothing but what depends on it.
    @Test func allThatIsMissingIsNamed() {
        do {
            _ = try Self.read(("N", nil), ("x", nil), ("v", nil), ("r", 11))
            Issue.record("the data were accepted")
        } catch {
            let text = "\(error)"
            for name in ["N", "x", "v"] {
                #expect(text.contains("variable \(name) is missing from the data"))
            }
            #expect(text.contains("the data has, and the program does not declare, unused"))
            #expect(text.contains("r is 11, but must be less than or equal to 10"))
            #expect(!text.contains("an integer is needed"))
        }
    }

    @Test func initialValuesMustBeParameters() throws {
        let model = try StanModel(
            program: try StanProgram.parse(
                SourceText(name: "p.stan", text: "parameters { real alpha; }")), data: [:])
        #expect(try model.initialValues(from: ["alpha": 1]) == ["alpha": [1]])
        #expect {
            try model.initialValues(from: ["alpah": 1])
        } throws: {
            "\($0)".contains("the program has no parameter alpah")
                && "\($0)".contains("did you mean alpha?")
        }
    }
}
