// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Inference
import Randomness
import Testing

@testable import StanLanguage

/// Loops over numbers in generated quantities are compiled: they must give what the walk
/// over the tree gives, to the last bit.
@Suite struct NumberLoopTests {
    private static let data: JSONValue = [
        "N": 5, "K": 2, "x": [0.5, -1.25, 3, 0, 2], "k": [1, 0, 2, 5, 3],
        "X": [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]],
    ]

    private static let head = """
        functions { real twice(real a) { return 2 * a; }  real noise_rng(real s) {
            real total = 0; for (i in 1:3) total += normal_rng(0, s); return total; } }
        data { int N; int K; vector[N] x; array[N] int k; matrix[N, K] X; }
        parameters { real a; vector[K] b; real<lower=0> s; }
        generated quantities {
        """

    /// The draw by the compiled loops, and by the walk.
    private func draws(_ body: String) throws -> (compiled: [Double], walked: [Double], Int) {
        let text = Self.head + body + "}"
        let program = try StanProgram.parse(SourceText(name: "loop.stan", text: text))
        let model = try StanModel(program: program, data: Self.data)
        var compiled: [Double] = []
        var walked: [Double] = []
        let point = [0.3, -0.7, 1.1, 0.2]
        let key = StreamKey(seed: 7)
        try model.writeOutputs(at: point, generator: .init(key), into: &compiled)
        try model.writeOutputs(
            at: point, generator: .init(key), into: &walked, compilingLoops: false)
        var count = 0
        for statement in program.generatedQuantities.statements {
            var compiler = NumberCompiler()
            if case .forRange = statement.kind, compiler.loop(statement) != nil { count += 1 }
        }
        return (compiled, walked, count)
    }

    @Test(arguments: [
        "vector[N] y; for (n in 1:N) y[n] = normal_rng(a + b[1] * x[n], s);",
        "array[N] real y; for (n in 1:N) y[n] = normal_lpdf(x[n] | X[n] * b + a, s);",
        "vector[N] y; for (n in 1:N) y[n] = bernoulli_lpmf(k[n] > 1 | 0.3) + std_normal_lpdf(a);",
        "vector[N] y; for (n in 1:N) y[n] = bernoulli_logit_lpmf(k[n] > 1 | x[n]);",
        "array[N] int y; for (n in 1:N) y[n] = poisson_rng(exp(a) + k[n]);",
        "array[N] int y; for (n in 1:N) y[n] = bernoulli_logit_rng(X[n, 1] * b[2] - k[n]);",
        "array[N] int y; for (n in 1:N) y[n] = binomial_rng(k[n], inv_logit(x[n]));",
        "array[N] int y; for (n in 1:N) { y[n] = k[n] %/% 2 + 3 * k[n] % 4 - n; }",
        "vector[N] y; for (n in 1:N) y[n] = gamma_lpdf(s | 2, 1 + k[n]) + poisson_lpmf(k[n] | 2);",
        "real t = 0; for (n in 1:N) { if (x[n] > 0 && k[n] != 2) t += x[n]; else t -= 1; }",
        "int t = 0; for (n in 1:N) { if (n == 4) break; if (k[n]) continue; t += k[n] - 2; }",
        "matrix[N, K] m; for (n in 1:N) for (j in 1:K) m[n, j] = X[n, j] ^ 2 / x[n];",
        "matrix[N, K] m = X; for (n in 1:N) for (j in 1:K) m[n, j] *= j > 1 ? a : -b[j];",
        "vector[N] y; for (n in 1:N) { real e = twice(x[n]) + noise_rng(s); y[n] = e; }",
        "vector[N] y; for (n in 1:N) { real e; int i = k[n]; e = i; y[n] = lchoose(5, i) + e; }",
        "vector[N] y; for (n in 1:N) y[n] = log_sum_exp(x) + fmin(x[n], a) + sum(X[n]);",
        "array[3] real u; for (i in 1:3) u[i] = uniform_rng(0, i) + std_normal_rng();",
        "vector[N] y; for (n in 1:N) y[n] = student_t_rng(3, x[n], s) * beta_rng(2, s);",
    ])
    func agree(_ body: String) throws {
        let (compiled, walked, count) = try draws(body)
        #expect(count == 1, "not compiled")
        #expect(compiled.count == walked.count)
        for (a, b) in zip(compiled, walked) {
            // Densities are written a second time; all else has the same bits.
            let slack = body.contains("_lp") ? 4 * b.ulp : 0
            #expect(a == b || abs(a - b) <= slack)
        }
        #expect(compiled.dropFirst(4).contains { $0 != 0 && !$0.isNaN })
    }

    /// What is not compiled gives the same too.
    @Test(arguments: [
        "vector[N] y; for (n in 1:N) { vector[2] v = [x[n], a]'; y[n] = sum(v); }",
        "array[N] vector[2] y; for (n in 1:N) y[n] = [x[n], normal_rng(0, 1)]';",
        "vector[N] y = x; for (n in 2:N) y[n] = sum(y[1:n]) / 2;",
        "int t = 0; while (t < 5) { t += 1; }  real u = 0; for (v in x) u += v;",
    ])
    func agreeUncompiled(_ body: String) throws {
        let (compiled, walked, _) = try draws(body)
        #expect(compiled.map(\.bitPattern) == walked.map(\.bitPattern))
    }

    /// The same message, at the same place.
    @Test(arguments: [
        "vector[N] y; for (n in 1:N) y[n + 1] = x[n];",
        "vector[N] y; for (n in 1:N) y[n] = x[n - 1];",
        "vector[N] y; for (n in 1:N) y[n] = X[1, n];",
        "array[N] int y; for (n in 1:N) y[n] = k[n + 1];",
        "array[N] int y; for (n in 1:N) y[n] = n %/% (n - 1);",
        "array[N] int y; for (n in 1:N) y[n + 4] = n;",
        "vector[N] y; for (n in 1:N) y[n] = X[n] * x;",
    ])
    func sameErrors(_ body: String) throws {
        let text = Self.head + body + "}"
        let program = try StanProgram.parse(SourceText(name: "loop.stan", text: text))
        let model = try StanModel(program: program, data: Self.data)
        var messages: [String] = []
        for compiling in [true, false] {
            var draw: [Double] = []
            do {
                try model.writeOutputs(
                    at: [0, 0, 0, 0], generator: .init(StreamKey(seed: 7)), into: &draw,
                    compilingLoops: compiling)
            } catch {
                messages.append("\(error)")
            }
        }
        #expect(messages.count == 2)
        #expect(messages.first == messages.last)
    }

    /// A rejection leaves what could not be generated as no number.
    @Test func rejections() throws {
        let (compiled, walked, count) = try draws(
            "vector[N] y; for (n in 1:N) y[n] = normal_rng(0, x[n]);")
        #expect(count == 1)
        #expect(compiled.map(\.bitPattern) == walked.map(\.bitPattern))
        #expect(compiled.dropFirst(4).allSatisfy { $0.isNaN })
    }
}
