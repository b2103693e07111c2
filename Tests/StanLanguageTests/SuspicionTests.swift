// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

/// What `buffon check --warn` says.
@Suite struct SuspicionTests {
    private func warnings(_ text: String) throws -> [String] {
        let program = try StanProgram.parse(SourceText(name: "w.stan", text: text))
        return program.suspicions.map {
            let (line, column) = program.source.position(of: $0.range?.lowerBound ?? 0)
            return "\($0.code.dropFirst(5)) \(line):\(column) \($0.message)"
        }
    }

    @Test func aGoodProgramHasNone() throws {
        let found = try warnings(
            """
            data { int N, J; array[N] int g; vector[N] y; }
            parameters { real mu; real<lower=0> tau; vector[J] theta; real<lower=0, upper=1> p; }
            transformed parameters { vector[J] a = mu + tau * theta; }
            model {
              mu ~ normal(0, 5);
              tau ~ normal(0, 1);
              theta ~ std_normal();
              p ~ beta(2, 2);
              y ~ normal(a[g], p);
            }
            """)
        #expect(found == [])
    }

    @Test(arguments: [
        (
            "parameters { real a; real b; } model { b ~ normal(0, 1); }",
            "unused-parameter 1:19 The parameter a was declared but was not used in the density calculation"
        ),
        (
            "data { real y; } parameters { real a; } model { y ~ normal(a, 1); }",
            "prior 1:36 The parameter a has no priors."
        ),
        // The only way from theta's distribution to data goes through theta.
        (
            "data { real y; } parameters { real m; real t; } model { t ~ normal(m, 1); y ~ normal(t, 1); }",
            "prior 1:36 The parameter m has no priors."
        ),
        (
            "parameters { real<lower=0, upper=100> s; } model { s ~ normal(0, 1); }",
            "bounds 1:39 Your Stan program has a parameter s with a lower and upper bound"
        ),
        (
            "parameters { real a; } model { a ~ uniform(-5, 5); }",
            "uniform 1:32 Parameter a is given a uniform distribution."
        ),
        (
            "parameters { real a; } model { a ~ normal(0, 1000); }",
            "scale 1:46 Argument 1000 suggests there may be parameters that are not unit scale"
        ),
        (
            "parameters { real a; } model { a ~ normal(0, -1); }",
            "argument 1:46 A normal distribution is given value -1 as a positive parameter (argument 2)"
        ),
        (
            "data { real y; } parameters { real s; } model { s ~ normal(0, 1); y ~ normal(0, s); }",
            "argument 1:81 A normal distribution is given parameter s as a positive parameter (argument 2), but s was not constrained"
        ),
        (
            "parameters { real<lower=0> s; } model { s ~ inv_gamma(0.5, 0.5); }",
            "gamma 1:41 There is a gamma or inverse-gamma distribution"
        ),
        (
            "parameters { real a; } model { a ~ normal(0, 1); if (a > 0) target += 1; }",
            "control-flow 1:54 A control flow statement depends on parameter(s): a"
        ),
        (
            "parameters { real<lower=0> s; } model { log(s) ~ normal(0, 1); }",
            "transform 1:41 Left-hand side of distribution statement (~) may contain a non-linear transform"
        ),
        (
            "parameters { real a; } model { a ~ normal(0, 1); a ~ normal(0, 2); }",
            "twice 1:50 The parameter a is on the left-hand side of more than one tilde statement"
        ),
        (
            "data { int N; } transformed data { real h = N / 2; } generated quantities { real q = h; }",
            "integer-division 1:45 Found int division"
        ),
        ("model { real x = 1; }", "unused 1:14 The variable x is declared but never used"),
        (
            "functions { real f(real a, real b) { return a; } }",
            "unused 1:33 The variable b is declared but never used"
        ),
    ])
    func warns(text: String, start: String) throws {
        let found = try warnings(text)
        #expect(found.count == 1 && found.first?.hasPrefix(start) == true, "\(found)")
    }
}
