// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import Inference
import Testing

@testable import StanLanguage

/// What a transformed data block computes, seen through `print`.
func printed(_ statements: String, functions: String = "", data: JSONValue = [:]) throws -> [String]
{
    let collected = Collector()
    let source = """
        functions { \(functions) }
        transformed data { \(statements) }
        """
    let program = try StanProgram.parse(SourceText(name: "test.stan", text: source))
    _ = try StanModel(program: program, data: data) { collected.add($0) }
    return collected.lines
}

final class Collector: @unchecked Sendable {
    private(set) var lines: [String] = []
    func add(_ line: String) { lines.append(line) }
}

/// The diagnostic that running the statements ends with.
func failure(_ statements: String, functions: String = "") -> String {
    do {
        _ = try printed(statements, functions: functions)
        return "no error"
    } catch {
        return "\(error)"
    }
}

@Suite struct EvaluatorTests {
    @Test(arguments: [
        ("print(1 + 2 * 3);", "7"),
        ("print(7 / 2, \" \", -7 / 2, \" \", -7 % 3);", "3 -3 -1"),
        ("print(7 / 2.0);", "3.5"),
        ("print(2 ^ 10);", "1024"),
        ("print(1 < 2 && 2 < 1 || !0);", "1"),
        ("print({1, 2, 3});", "[1,2,3]"),
        ("print([1, 2.5, 3]);", "[1,2.5,3]"),
        ("print([[1, 2], [3, 4]] * [1, 1]');", "[3,7]"),
        ("print([1, 2] * [[1, 2], [3, 4]]);", "[7,10]"),
        ("print([1, 2]' * [3, 4]);", "[[3,4],[6,8]]"),
        ("print([1, 2] * [3, 4]');", "11"),
        ("print([[1, 2], [3, 4]]');", "[[1,3],[2,4]]"),
        ("vector[3] x = [1, 2, 3]'; x[2] = 5; print(x);", "[1,5,3]"),
        (
            "vector[4] x = [1, 2, 3, 4]'; print(x[2:3], x[:2], x[3:], x[{4, 1, 1}]);",
            "[2,3][1,2][3,4][4,1,1]"
        ),
        (
            "array[2, 3] int a = {{1, 2, 3}, {4, 5, 6}}; print(a[2, 3], a[:, 2], a[1], a[2, 1:2]);",
            "6[2,5][1,2,3][4,5]"
        ),
        (
            "matrix[2, 2] m = [[1, 2], [3, 4]]; m[1] = [8, 9]; m[:, 2] = [6, 7]'; print(m);",
            "[[8,6],[3,7]]"
        ),
        (
            "matrix[2, 3] m = rep_matrix(0, 2, 3); m[1, 2:3] = [1, 2]; m[2, {3, 1}] = [3, 4]; print(m);",
            "[[0,1,2],[4,0,3]]"
        ),
        (
            "array[2] vector[2] v = {[1, 2]', [3, 4]'}; v[1, 2] = 9; v[2] *= 2; print(v);",
            "[[1,9],[6,8]]"
        ),
        ("int i = 0; while (1) { i += 1; if (i == 3) continue; if (i > 5) break; } print(i);", "6"),
        ("int s = 0; for (i in 3:1) s += 1; for (i in 1:3) s += i; print(s);", "6"),
        ("real s = 0; for (x in [1, 2, 3]) s += x; for (i in {4, 5}) s += i; print(s);", "15"),
        ("print(1 > 2 ? 3 : 4);", "4"),
        (
            "print(1e6, \" \", 1.5e-5, \" \", 123456.7, \" \", 0.1, \" \", -2.0);",
            "1e+06 1.5e-05 123457 0.1 -2"
        ),
        ("print(not_a_number(), negative_infinity());", "nan-inf"),
    ])
    func computes(_ statements: String, _ expected: String) throws {
        #expect(try printed(statements) == [expected])
    }

    @Test func functionsRecurseAndOverload() throws {
        let functions = """
            int fib(int n) { if (n < 2) return n; return fib(n - 1) + fib(n - 2); }
            real twice(real x) { return 2 * x; }
            vector twice(vector x) { return 2 * x; }
            """
        #expect(
            try printed("print(fib(15), twice(1.5), twice([1, 2]'));", functions: functions)
                == ["6103[2,4]"])
    }

    @Test(arguments: [
        (
            "vector[6] x = rep_vector(0, 6); print(x[7]);",
            "index 7 out of range; expecting index to be between 1 and 6"
        ),
        (
            "array[2] int x = {1, 2}; x[0] = 1;",
            "index 0 out of range; expecting index to be between 1 and 2"
        ),
        ("vector[3] x = rep_vector(0, 2);", "x has size (3), but the value"),
        ("vector[2] x = [1, 2]'; x = [1, 2, 3]';", "has size (2), but the value"),
        ("print([1, 2]' + [1, 2, 3]');", "sizes of the arguments must match, but are 2 and 3"),
        ("int z = 0; print(1 / z);", "division by zero"),
        ("int z = 0; print(1 % z);", "division by zero"),
        ("int n = -1; vector[n] x;", "negative dimension size"),
        ("int n = 100000; matrix[n, n] x;", "too-large"),
        ("int n = 1000000000; vector[n] x = rep_vector(0, n);", "too-large"),
        ("int n = 2147483647; n = n * n * n;", "overflow"),
        ("reject(\"no: \", 3);", "no: 3"),
        ("fatal_error(\"never\");", "never"),
        ("print([[1, 2], [3, 4]] * [1, 2, 3]');", "must match"),
        ("print(cholesky_decompose([[1, 2], [2, 1]]));", "not positive definite"),
        (
            "real x = normal_lpdf(1 | 0, -1);",
            "Scale parameter is -1, but must be positive!"
        ),
        ("print(segment([1, 2, 3], 2, 5));", "out of range"),
        ("print(head([1, 2, 3], 4));", "out of range"),
        ("print(categorical_lpmf(4 | [0.5, 0.5]'));", "in the interval [1, 2]"),
    ])
    func saysWhatIsWrong(_ statements: String, _ words: String) {
        #expect(failure(statements).contains(words), "\(failure(statements))")
        #expect(failure(statements).contains("test.stan:"))
    }

    @Test func endlessRecursionEnds() {
        let words = failure("print(f(1));", functions: "int f(int n) { return f(n) + 1; }")
        #expect(words.contains("too deeply"))
    }

    @Test func endlessLoopsCanBeStopped() async throws {
        let program = try StanProgram.parse(
            SourceText(name: "loop.stan", text: "transformed data { while (1) { } }"))
        let evaluator = Evaluator(program)
        evaluator.isStopped = { true }
        #expect(throws: Cancelled.self) { try evaluator.run(program.transformedData) }
    }

    /// A loop without an end, in each block that runs.
    @Test(arguments: [
        "transformed data { while (1) { } } parameters { real x; } model { x ~ normal(0, 1); }",
        "parameters { real x; } model { x ~ normal(0, 1); while (1) { } }",
        "parameters { real x; } transformed parameters { while (1) { } } model { }",
        "functions { real f(real x) { while (1) { } return x; } } "
            + "parameters { real x; } model { target += f(x); }",
        "parameters { real x; } model { for (i in 1:2147483647) for (j in 1:2147483647) { } }",
        "parameters { real x; } model { x ~ normal(0, 1); } generated quantities { while (1) { } }",
    ])
    func endlessModelsCanBeStopped(_ text: String) throws {
        let program = try StanProgram.parse(SourceText(name: "loop.stan", text: text))
        #expect {
            let model = try StanModel(program: program, data: [:], isStopped: { true })
            _ = try sample(model, settings: SamplingSettings(seed: 1))
        } throws: { error in
            if case SamplingError.interrupted = error { return true }
            return error is Cancelled
        }
    }

    @Test func aMissingReturnIsAnError() {
        let words = failure(
            "print(f(1));", functions: "int f(int n) { while (n > 5) { return 1; } return 2; }")
        #expect(words == "no error")
    }

    @Test func loopsFillVectorsInPlace() throws {
        // One pack at the end, not a copy a statement: 20,000 statements are quick.
        let text = """
            data { int N; vector[N] x; vector[N] y; }
            parameters { real a; real b; }
            model {
              vector[N] mu;
              for (n in 1:N) mu[n] = a + b * x[n];
              y ~ normal(mu, 1);
            }
            """
        let n = 20_000
        let x = (0..<n).map { Double($0) / 1000 }
        let program = try StanProgram.parse(SourceText(name: "fill.stan", text: text))
        let model = try StanModel(
            program: program, data: ["N": .integer(n), "x": JSONValue(x), "y": JSONValue(x)])
        let (value, gradient) = try model.logDensity(at: [0, 1])
        #expect(value == 0)
        #expect(gradient == [0, 0])
    }
}
