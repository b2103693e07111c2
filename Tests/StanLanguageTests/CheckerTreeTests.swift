// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import StanLanguage

/// What the evaluator relies on in the typed tree.
@Suite struct CheckerTreeTests {
    @Test func everyDeclarationHasItsOwnSlot() throws {
        let checked = try program(
            """
            data { int N; vector[N] x; }
            transformed data { real m = mean(x); { real t; } }
            parameters { real mu; }
            model { real a; for (i in 1:N) { real b; } { real c; } }
            generated quantities { real g, h; }
            """)
        #expect(checked.slotCount == 11)
        #expect(checked.data.declarations.map(\.variable.slot) == [0, 1])
        #expect(checked.transformedData.declarations.map(\.variable.slot) == [2])
        #expect(checked.parameters.declarations.map(\.variable.slot) == [4])
        #expect(checked.generatedQuantities.declarations.map(\.variable.slot) == [9, 10])
        #expect(checked.generatedQuantities.statements.count == 2)
        #expect(checked.model.declarations.isEmpty)
    }

    @Test func functionsHaveFramesOfTheirOwn() throws {
        let checked = try program(
            """
            functions {
              real twice(real x) { real y = 2 * x; return y; }
              real more(real a, int b) { return twice(a) + b; }
            }
            data { real d; }
            transformed data { real z = more(1, 2); }
            """)
        #expect(checked.functions.map(\.name) == ["twice", "more"])
        #expect(checked.functions.map(\.slotCount) == [2, 2])
        #expect(checked.functions[1].arguments.map(\.slot) == [0, 1])
        guard case .userCall(let call)? = checked.transformedData.declarations[0].initializer?.kind
        else {
            Issue.record("not a call")
            return
        }
        #expect(call.function == 1)
        // The integer was promoted for the real argument.
        guard case .real(1) = call.arguments[0].kind, case .integer(2) = call.arguments[1].kind
        else {
            Issue.record("arguments are not promoted")
            return
        }
    }

    @Test func dataIsToldFromParameters() throws {
        let checked = try program(
            """
            data { vector[2] x; }
            transformed data { real s = sum(x); }
            parameters { real mu; }
            transformed parameters { real nu = s; }
            model {
              real a = s + x[1];
              real b = mu + s;
              int k = mu > 0;
              real c = a;
            }
            """)
        let isData = checked.model.statements.compactMap { statement -> Bool? in
            guard case .declaration(let declaration) = statement.kind else { return nil }
            return declaration.initializer?.isData
        }
        // Integers count as data; locals of the model do not, as in Stan.
        #expect(isData == [true, false, true, false])
        #expect(checked.transformedParameters.declarations[0].initializer?.isData == true)
        #expect(checked.transformedParameters.declarations[0].variable.isData == false)
    }

    private func sampling(_ text: String) throws -> StanSampling {
        let checked = try program("parameters { real y; } model { \(text) }")
        for statement in checked.model.statements {
            if case .sampling(let sampling) = statement.kind { return sampling }
        }
        struct NoSampling: Error {}
        throw NoSampling()
    }

    private func libraryCall(_ expression: StanExpression?) -> StanLibraryCall? {
        if case .libraryCall(let call)? = expression?.kind { return call }
        return nil
    }

    @Test func distributionsBecomeDensities() throws {
        let normal = try #require(libraryCall(try sampling("y ~ normal(0, 1);").density))
        #expect(normal.name == "normal_lpdf")
        #expect(normal.function == StanFunctions.id(of: "normal_lpdf"))
        #expect(normal.dropsConstants)
        #expect(normal.arguments.count == 3)
        #expect(normal.arguments.map(\.type) == [.real, .real, .real])
        let poisson = try #require(libraryCall(try sampling("3 ~ poisson(y);").density))
        #expect(poisson.name == "poisson_lpmf")
    }

    @Test func truncationHasANormalizer() throws {
        let below = try sampling("y ~ normal(0, 1) T[2, ];")
        #expect(libraryCall(below.truncation?.normalizer)?.name == "normal_lccdf")
        #expect(below.truncation?.upper == nil)
        let above = try sampling("y ~ normal(0, 1) T[, 2];")
        #expect(libraryCall(above.truncation?.normalizer)?.name == "normal_lcdf")
        let both = try sampling("y ~ normal(0, 1) T[-1, 2];")
        let difference = try #require(libraryCall(both.truncation?.normalizer))
        #expect(difference.name == "log_diff_exp")
        #expect(
            difference.arguments.compactMap { libraryCall($0)?.name } == [
                "normal_lcdf", "normal_lcdf",
            ])
        let none = try sampling("y ~ normal(0, 1) T[, ];")
        #expect(none.truncation != nil)
        #expect(none.truncation?.normalizer == nil)
        // The mass at an integer's lower bound is inside.
        let integer = try sampling("3 ~ poisson(y) T[2, ];")
        let bound = libraryCall(integer.truncation?.normalizer)?.arguments.first
        guard case .binary(.subtract, _, _)? = bound?.kind else {
            Issue.record("lower bound is not reduced by one")
            return
        }
    }

    @Test func truncationOfContainersBecomesALoop() throws {
        let checked = try program(
            "data { int N; vector[N] x; array[N] int k; } parameters { real y; } model { x ~ normal(y * x, 1) T[0, 1]; k ~ poisson(y) T[1, ]; }"
        )
        // The mean is copied, then there is a loop over the elements.
        guard case .block(let first) = checked.model.statements[0].kind, first.count == 2,
            case .declaration(let copy) = first[0].kind,
            case .forRange(let index, _, _, let body) = first[1].kind,
            case .sampling(let sampling) = body.kind
        else {
            Issue.record("not a loop")
            return
        }
        #expect(copy.variable.type == .vector)
        #expect(Set([copy.variable.slot, index.slot]) == [4, 5])
        #expect(libraryCall(sampling.density)?.arguments.map(\.type) == [.real, .real, .real])
        #expect(libraryCall(sampling.truncation?.normalizer)?.name == "log_diff_exp")
        guard case .block(let second) = checked.model.statements[1].kind, second.count == 1 else {
            Issue.record("no loop over integers")
            return
        }
    }

    @Test func unnormalisedCallsDropConstants() throws {
        let checked = try program(
            "parameters { real y; } model { target += normal_lupdf(y | 0, 1); target += normal_lpdf(y | 0, 1); }"
        )
        let calls = checked.model.statements.compactMap { statement -> StanLibraryCall? in
            guard case .targetIncrement(let value) = statement.kind else { return nil }
            return libraryCall(value)
        }
        #expect(calls.map(\.name) == ["normal_lpdf", "normal_lpdf"])
        #expect(calls.map(\.dropsConstants) == [true, false])
    }

    @Test func indicesOfAPlaceAreJoined() throws {
        let checked = try program(
            "transformed data { array[2] matrix[3, 3] m; m[1][2][3] = 1; m[1, 2] = m[1, 1]; tuple(real, vector[2]) t; t.2[1] = 3; }"
        )
        let places = checked.transformedData.statements.compactMap { statement -> StanLeftValue? in
            guard case .assignment(let assignment) = statement.kind else { return nil }
            return assignment.target
        }
        #expect(places.map(\.steps.count) == [1, 1, 2])
        #expect(places.map(\.type) == [.real, .rowVector, .real])
        guard case .indices(let indices)? = places.first?.steps.first else {
            Issue.record("no indices")
            return
        }
        #expect(indices.count == 3)
    }

    @Test func sizesAndConstraintsAreKept() throws {
        let checked = try program(
            """
            data { int N; array[2, N] vector<lower=0, upper=1>[3] a; cholesky_factor_cov[N] L;
                   cov_matrix[3] S; array[N] real<offset=1> b; vector[2] c[3]; }
            """)
        #expect(
            checked.summary.data.map(\.declaration) == [
                "int", "array[2, N] vector<lower=0, upper=1>[3]", "cholesky_factor_cov[N]",
                "cov_matrix[3]", "array[N] real<offset=1>", "array[3] vector[2]",
            ])
        guard case .array(let sizes, .vector) = checked.data.declarations[1].sizedType else {
            Issue.record("not an array of vectors")
            return
        }
        #expect(sizes.count == 2)
        guard case .lowerUpper = checked.data.declarations[1].transformation,
            case .choleskyCovariance = checked.data.declarations[2].transformation
        else {
            Issue.record("constraints are lost")
            return
        }
    }

    @Test func theSummaryListsFunctions() throws {
        let checked = try program(
            """
            functions { real rate(real t, data vector x) { return t + x[1]; } }
            parameters { real mu; }
            model { mu ~ normal(0, 1); target += rate(mu, [1]') + exp(mu) + exp(2); }
            """)
        #expect(checked.summary.functions == ["rate(real, data vector) => real"])
        #expect(checked.summary.libraryFunctions == ["exp", "normal_lpdf"])
    }

    @Test func functionsArePassedByReference() throws {
        let checked = try program(
            """
            functions {
              real part_lpdf(array[] real s, int a, int b, real m) { return normal_lupdf(s | m, 1); }
            }
            parameters { real m; }
            model { target += reduce_sum(part_lupdf, {1, 2.5}, 1, m); }
            """)
        guard case .targetIncrement(let value) = checked.model.statements[0].kind,
            case .functionReference(.user(0, dropsConstants: true))? = libraryCall(value)?
                .arguments.first?.kind
        else {
            Issue.record("no reference")
            return
        }
        #expect(libraryCall(value)?.arguments.count == 4)
    }
}
