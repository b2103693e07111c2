// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

@testable import StanLanguage

/// `X_constrain`, `X_jacobian` and `X_unconstrain` against parameters declared with
/// the constraint, whose coordinates and Jacobians have references of their own.
@Suite struct ConstraintFunctionTests {
    struct Case: CustomTestStringConvertible {
        /// The declared type of the parameter.
        var declared: String
        /// The types of the free and the constrained value.
        var free: String
        var plain: String
        var name: String
        /// Arguments after the first, of all three functions or of two.
        var arguments = ""
        var isBound = false
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            declared: "simplex[4]", free: "vector[3]", plain: "vector[4]", name: "simplex"),
        Case(declared: "ordered[4]", free: "vector[4]", plain: "vector[4]", name: "ordered"),
        Case(
            declared: "positive_ordered[3]", free: "vector[3]", plain: "vector[3]",
            name: "positive_ordered"),
        Case(
            declared: "sum_to_zero_vector[4]", free: "vector[3]", plain: "vector[4]",
            name: "sum_to_zero"),
        Case(
            declared: "sum_to_zero_matrix[3, 4]", free: "matrix[2, 3]", plain: "matrix[3, 4]",
            name: "sum_to_zero"),
        Case(
            declared: "column_stochastic_matrix[3, 2]", free: "matrix[2, 2]",
            plain: "matrix[3, 2]", name: "stochastic_column"),
        Case(
            declared: "row_stochastic_matrix[2, 3]", free: "matrix[2, 2]", plain: "matrix[2, 3]",
            name: "stochastic_row"),
        Case(
            declared: "cholesky_factor_corr[3]", free: "vector[3]", plain: "matrix[3, 3]",
            name: "cholesky_factor_corr", arguments: ", 3"),
        Case(
            declared: "corr_matrix[3]", free: "vector[3]", plain: "matrix[3, 3]",
            name: "corr_matrix", arguments: ", 3"),
        Case(
            declared: "cov_matrix[2]", free: "vector[3]", plain: "matrix[2, 2]",
            name: "cov_matrix", arguments: ", 2"),
        Case(
            declared: "cholesky_factor_cov[3, 2]", free: "vector[5]", plain: "matrix[3, 2]",
            name: "cholesky_factor_cov", arguments: ", 3, 2"),
        Case(
            declared: "vector<lower=0.3>[3]", free: "vector[3]", plain: "vector[3]",
            name: "lower_bound", arguments: ", 0.3", isBound: true),
        Case(
            declared: "vector<upper=[0.3, 1, 2]'>[3]", free: "vector[3]", plain: "vector[3]",
            name: "upper_bound", arguments: ", [0.3, 1, 2]'", isBound: true),
        Case(
            declared: "matrix<lower=-1, upper=0.3>[2, 3]", free: "matrix[2, 3]",
            plain: "matrix[2, 3]", name: "lower_upper_bound", arguments: ", -1, 0.3",
            isBound: true),
        Case(
            declared: "vector<offset=-1, multiplier=0.3>[3]", free: "vector[3]",
            plain: "vector[3]", name: "offset_multiplier", arguments: ", -1, 0.3",
            isBound: true),
    ]

    /// Weighs entries unequally, whatever the type.
    static let model = """
        model {
          vector[num_elements(x)] all = to_vector(x);
          for (i in 1:size(all)) target += all[i] * (0.3 + i * i);
        }
        """

    static func model(_ text: String) throws -> StanModel {
        try StanModel(
            program: try StanProgram.parse(SourceText(name: "test.stan", text: text)), data: [:])
    }

    @Test(arguments: cases)
    func functionsAreTheDeclaredConstraint(_ c: Case) throws {
        let declared = try Self.model("parameters { \(c.declared) x; } \(Self.model)")
        let call = "\(c.name)_jacobian(y\(c.arguments))"
        let function = try Self.model(
            """
            parameters { \(c.free) y; }
            transformed parameters { \(c.plain) x = \(call); }
            \(Self.model)
            """)
        let round = try Self.model(
            """
            parameters { \(c.free) y; }
            model {
              \(c.plain) x = \(c.name)_constrain(y\(c.arguments));
              \(c.free) z = \(c.name)_unconstrain(x\(c.isBound ? c.arguments : ""));
              vector[num_elements(z)] all = to_vector(z);
              for (i in 1:size(all)) target += square(all[i]) * i;
            }
            """)
        let values = [0.3, -0.7, 1.2, 0.1, -0.4, 0.9, -1.3, 0.6]
        let point = Array(values.prefix(declared.dimension))
        #expect(function.dimension == declared.dimension)
        let (a, b) = (try declared.logDensity(at: point), try function.logDensity(at: point))
        #expect(abs(a.value - b.value) < 1e-12)
        for (x, y) in zip(a.gradient, b.gradient) { #expect(abs(x - y) < 1e-12) }
        let back = try round.logDensity(at: point)
        for (i, x) in point.enumerated() {
            #expect(abs(back.gradient[i] - 2 * Double(i + 1) * x) < 1e-12)
        }
    }

    @Test func aUnitVectorKeepsItsDirection() throws {
        let declared = try Self.model("parameters { unit_vector[3] x; } \(Self.model)")
        let function = try Self.model(
            """
            parameters { vector[3] y; }
            transformed parameters { vector[3] x = unit_vectors_jacobian(y); }
            \(Self.model)
            """)
        let point = [0.4, -1, 0.2]
        let (a, b) = (try declared.logDensity(at: point), try function.logDensity(at: point))
        #expect(abs(a.value - b.value) < 1e-14)
        #expect(try printed("print(unit_vectors_unconstrain([0.6, 0.8]'));") == ["[0.6,0.8]"])
    }

    @Test func arraysAndScalarsBroadcast() throws {
        let lines = try printed(
            """
            print(lower_bound_constrain({0.0, 1.0}, {-1, 2}));
            print(lower_upper_bound_unconstrain(0.5, [0, 0.25], 1));
            print(simplex_unconstrain({[0.5, 0.5]', [0.5, 0.5]'}));
            print(sum_to_zero_constrain({[0]', [sqrt(2)]'}));
            print(upper_bound_constrain(0, positive_infinity()));
            """)
        #expect(
            lines == [
                "[0,4.71828]", "[0,-0.693147]", "[[0],[0]]",
                "[[0,0],[1,-1]]", "0",
            ])
    }

    @Test(arguments: [
        ("simplex_unconstrain([0.5, 0.6]')", "x must sum to 1"),
        ("lower_bound_unconstrain(1, 2)", "must be greater than 2"),
        ("lower_upper_bound_constrain(1, 2, 2)", "the lower bound must be less"),
        ("cov_matrix_constrain([1, 2]', 2)", "size of y (2) must be 3"),
        ("cholesky_factor_cov_constrain([1, 2]', 1, 2)", "at least as many rows as columns"),
        ("corr_matrix_constrain([1]', -1)", "must not be negative"),
        ("ordered_unconstrain([2, 1]')", "greater than the entry before"),
        ("lower_bound_constrain([1, 2], [1, 2, 3])", "sizes of the arguments must match"),
    ])
    func whatCannotBeIsSaid(_ call: String, _ words: String) {
        let message = failure("print(\(call));")
        #expect(message.contains(words), "\(message)")
    }
}

/// Hidden Markov models.
@Suite struct HiddenMarkovTests {
    /// d log p / d log ωₖₙ is the probability of state k at n given everything.
    @Test func statesAreTheDerivativeOfTheMarginal() throws {
        let program = """
            transformed data {
              matrix[3, 3] G = [[0.8, 0.2, 0], [0.1, 0.6, 0.3], [0, 0, 1]];
              vector[3] rho = [0.5, 0.5, 0]';
            }
            parameters { matrix[3, 4] w; }
            model { target += hmm_marginal(w, G, rho); }
            generated quantities {
              matrix[3, 4] p = hmm_hidden_state_prob(w, G, rho);
              array[4] int z = hmm_latent_rng(w, G, rho);
            }
            """
        let model = try ConstraintFunctionTests.model(program)
        let point = [0.1, -1, 0.4, 1.2, 0.3, -0.8, -2, 0.6, 0.5, 0.9, -0.2, -1.1]
        let gradient = try model.logDensity(at: point).gradient
        var draw: [Double] = []
        // Each of twelve frequencies of 2,000 draws within 5 standard errors: a false
        // alarm in 1e-5 should the seed be changed.
        var counts = [Double](repeating: 0, count: 12)
        let draws = 2000
        for i in 0..<draws {
            try model.writeOutputs(
                at: point, generator: .init(seed: 5, stream: UInt64(i)), into: &draw)
            for n in 0..<4 { counts[3 * n + Int(draw[24 + n]) - 1] += 1 }
        }
        for (i, probability) in gradient.enumerated() {
            #expect(abs(draw[12 + i] - probability) < 1e-14)
            let variance = max(0, probability * (1 - probability))
            let error = (variance / Double(draws)).squareRoot()
            #expect(abs(counts[i] / Double(draws) - probability) <= 5 * error + 1e-15)
        }
    }

    @Test func whatIsNoProbabilityIsRefused() {
        let good = "[[0.5, 0.5], [0, 1]]"
        let message = failure(
            "print(hmm_marginal([[1.0], [2]], [[0.5, 0.6], [0, 1]], [0, 1]'));")
        #expect(message.contains("Gamma[1, ] is not a valid simplex"))
        #expect(
            failure("print(hmm_marginal([[1.0], [2]], \(good), [1, 1]'));")
                .contains("rho is not a valid simplex"))
        #expect(
            failure("print(hmm_marginal([[1.0], [2]], \(good), [1]'));")
                .contains("must match in size"))
    }
}
