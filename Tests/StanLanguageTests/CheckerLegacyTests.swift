// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import StanLanguage

/// Programs in the syntax of older versions.
@Suite struct CheckerLegacyTests {
    @Test(arguments: [
        ("fabs(x)", "the function 'fabs' is no longer part of Stan"),
        ("multiply_log(x, 2)", "the function 'multiply_log' is no longer part of Stan"),
        (
            "binomial_coefficient_log(3, 2)",
            "the function 'binomial_coefficient_log' is no longer part of Stan"
        ),
        ("normal_log(x, 0, 1)", "the function 'normal_log' is no longer part of Stan"),
        ("poisson_log(3, exp(x))", "the function 'poisson_log' is no longer part of Stan"),
        ("poisson_log_log(3, x)", "the function 'poisson_log_log' is no longer part of Stan"),
        ("normal_cdf_log(x, 0, 1)", "the function 'normal_cdf_log' is no longer part of Stan"),
        ("normal_ccdf_log(x, 0, 1)", "the function 'normal_ccdf_log' is no longer part of Stan"),
        ("normal_cdf(x, 0, 1)", "a comma after the first argument of 'normal_cdf' is outdated"),
        ("if_else(x > 0, 1, 2.5)", "if_else is no longer part of Stan"),
        ("get_lp()", "get_lp() is no longer part of Stan"),
        ("x ? 1 : 2", "real values as conditions are no longer part of Stan"),
        ("!x", "real values as conditions are no longer part of Stan"),
        ("1 && x", "real values as conditions are no longer part of Stan"),
    ])
    func expressions(text: String, warning: String) {
        let found = findings("parameters { real x; } model { target += \(text); }")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("stan/deprecated 1:") == true)
        #expect(found.first?.hasSuffix(warning) == true, "\(found)")
    }

    @Test func oldAndNewGiveTheSameTree() throws {
        let old = try program(
            """
            functions { real d_log(real y, real m) { return normal_log(y, m, 1); } }
            data { int N; real x[N]; int k[N, 2]; vector[3] v[N]; }
            parameters { real mu; real sigma[2]; }
            model {
              real a[2]; # a comment
              a[1] <- fabs(mu);
              x ~ normal(mu, sigma[1]);
              mu ~ d(2);
              increment_log_prob(mu);
            }
            """)
        let new = try program(
            """
            functions { real d_lpdf(real y, real m) { return normal_lpdf(y | m, 1); } }
            data { int N; array[N] real x; array[N, 2] int k; array[N] vector[3] v; }
            parameters { real mu; array[2] real sigma; }
            model {
              array[2] real a; // a comment
              a[1] = abs(mu);
              x ~ normal(mu, sigma[1]);
              mu ~ d(2);
              target += mu;
            }
            """)
        #expect(old.warnings.count == 7)
        #expect(new.warnings.isEmpty)
        #expect(old.summary.data == new.summary.data)
        #expect(old.summary.parameters == new.summary.parameters)
        #expect(old.slotCount == new.slotCount)
        #expect(old.libraryFunctions == new.libraryFunctions)
        #expect(
            old.data.declarations.map(\.variable.type)
                == [.int, .array(of: .real, 1), .array(of: .int, 2), .array(of: .vector, 1)])
    }

    @Test func eachKindWarnsOnce() {
        let found = findings(
            """
            data { real a[2]; real b[3]; }
            model { real c; real d; c <- fabs(1.5); d <- fabs(c); }
            """)
        #expect(
            found == [
                "stan/deprecated 1:14 brackets after the type or name are the old syntax of arrays",
                "stan/deprecated 2:27 the assignment operator <- is no longer part of Stan",
                "stan/deprecated 2:30 the function 'fabs' is no longer part of Stan",
            ])
    }

    @Test func theTargetWasAVariableOnce() {
        #expect(
            findings("model { lp__ <- lp__ + 2 * 3; lp__ <- lp__ - 1 + 2; lp__ <- 3 * lp__; }").map
            { $0.prefix(38) } == [
                "stan/deprecated 1:9 the variable lp__ ", "stan/deprecated 1:14 the assignment op",
                "stan/scope 1:53 Identifier 'lp__' not ", "stan/scope 1:65 Identifier 'lp__' not ",
            ])
    }

    @Test func functionsThatStandForOperatorsBecomeOperators() throws {
        let checked = try program(
            "data { vector[2] v; } transformed data { real x = elt_multiply(v, v)[1]; }")
        guard
            case .indexed(let base, _)? = checked.transformedData.declarations[0].initializer?.kind,
            case .binary(.elementMultiply, _, _) = base.kind
        else {
            Issue.record("not an operator")
            return
        }
    }

    @Test func integersDivideWithAWarning() {
        #expect(
            findings("transformed data { real x = 1 / 2; }") == [
                "stan/integer-division 1:29 Found int division: values will be rounded towards zero"
            ])
        #expect(findings("transformed data { real x = 1 %/% 2 + 1.0 / 2; }") == [])
    }
}
