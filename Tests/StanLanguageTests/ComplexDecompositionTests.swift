// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import StanLanguage

/// Eigenvectors of Hermitian matrices and singular vectors of complex ones: products, and
/// gradients against formulas in the same language.
@Suite struct ComplexDecompositionTests {
    private static let parameters = """
        parameters { real a; real d; complex b; complex c; }
        transformed parameters {
          complex_matrix[2, 2] h = [[a, b], [conj(b), d]];
          complex_matrix[2, 2] m = [[a, b], [c, d * b]];
        }

        """

    /// Functions of moduli do not depend on phases.
    @Test(arguments: [
        ("sum(get_real(eigenvalues_sym(h)).^2)", "a^2 + d^2 + 2 * norm(b)"),
        ("get_real(eigenvalues_sym(h))[2]", "(a + d + sqrt((a - d)^2 + 4 * norm(b))) / 2"),
        (
            "norm(eigenvectors_sym(h)[1, 2])",
            "(1 + (a - d) / sqrt((a - d)^2 + 4 * norm(b))) / 2"
        ),
        ("sum(singular_values(m).^2)", "a^2 + norm(b) + norm(c) + norm(d * b)"),
        ("prod(singular_values(m))", "abs(a * d * b - b * c)"),
        (
            "norm(svd_U(m)[1, 1])",
            "(1 + (norm(m[1]) - norm(m[2])) / sqrt((norm(m[1]) - norm(m[2]))^2 + 4 * norm(m[1] * m[2]'))) / 2"
        ),
        (
            "norm(svd_V(m)[1, 1])",
            "(1 + (norm(m[, 1]) - norm(m[, 2])) / sqrt((norm(m[, 1]) - norm(m[, 2]))^2 + 4 * norm(m[, 1]' * m[, 2]))) / 2"
        ),
    ])
    func agreesWithFormula(_ call: String, _ formula: String) throws {
        func model(_ value: String) throws -> StanModel {
            // Squared norms of rows and columns entry by entry.
            var text = value
            for i in 1...2 {
                text = text.replacing(
                    "norm(m[\(i)])", with: "(norm(m[\(i), 1]) + norm(m[\(i), 2]))")
                text = text.replacing(
                    "norm(m[, \(i)])", with: "(norm(m[1, \(i)]) + norm(m[2, \(i)]))")
            }
            text = text.replacing(
                "m[1] * m[2]'", with: "m[1, 1] * conj(m[2, 1]) + m[1, 2] * conj(m[2, 2])")
            text = text.replacing(
                "m[, 1]' * m[, 2]", with: "conj(m[1, 1]) * m[1, 2] + conj(m[2, 1]) * m[2, 2]")
            return try ModelTests.model(Self.parameters + "model { target += \(text); }")
        }
        let (found, wanted) = (try model(call), try model(formula))
        for point in [[1.5, -0.4, 0.3, 0.8, -1, 0.2], [-2, 0.1, 1, -0.5, 0.7, 2]] {
            let (x, y) = (try found.logDensity(at: point), try wanted.logDensity(at: point))
            #expect(abs(x.value - y.value) <= 1e-13 * max(1, abs(y.value)))
            for (slope, expected) in zip(x.gradient, y.gradient) {
                #expect(abs(slope - expected) <= 1e-12 * max(1, abs(expected)))
            }
        }
    }

    /// Factors multiply to the matrix, also where eigenvalues are equal or 0 and where the
    /// matrix is not square.
    @Test(arguments: [
        ("h = [[2, 1 - 1i], [1 + 1i, 3]]", "h"),
        ("h = [[1, 0], [0, 1]]", "h"),
        ("h = [[1, 1i], [-1i, 1]]", "h"),
        ("h = [[0, 0], [0, 0]]", "h"),
        ("h = [[0.5, 0, 0.5i], [0, 1, 0], [-0.5i, 0, 0.5]]", "h"),
        ("m = [[1, 2i, 3 + 1i], [0.5, -1i, 2]]", "m"),
        ("m = [[1, 2i], [3 + 1i, 0.5], [-1i, 2]]", "m"),
        ("m = [[1, 1i], [1i, -1], [0, 0]]", "m"),
    ])
    func multipliesToTheMatrix(_ statement: String, _ kind: String) throws {
        let (name, text) = (kind, statement)
        let values = text.split(separator: "=", maxSplits: 1)[1]
        let rows = values.split(separator: "]").count { $0.contains("[") }
        let columns = (values.split(separator: "]").first ?? "").count { $0 == "," } + 1
        let product =
            name == "h"
            ? """
            tuple(complex_matrix[n, n], complex_vector[n]) e = eigendecompose_sym(x);
            complex_matrix[n, n] gap = e.1 * diag_matrix(e.2) * conj(e.1)' - x;
            complex_matrix[n, n] unit = conj(e.1)' * e.1 - identity_matrix(n);
            """
            : """
            tuple(complex_matrix[n, k], vector[k], complex_matrix[p, k]) e = svd(x);
            complex_matrix[n, p] gap = e.1 * diag_matrix(e.2) * conj(e.3)' - x;
            complex_matrix[k, k] unit = conj(e.1)' * e.1 + conj(e.3)' * e.3 - 2 * identity_matrix(k);
            """
        let model = try ModelTests.model(
            """
            transformed data { int n = \(rows); int p = \(columns); int k = min(n, p); }
            parameters { real z; }
            generated quantities {
              real worst;
              {
                complex_matrix[n, p] x = \(values);
                \(product)
                worst = max({max(abs(to_vector(get_real(gap)))), max(abs(to_vector(get_imag(gap)))),
                  max(abs(to_vector(get_real(unit)))), max(abs(to_vector(get_imag(unit))))});
              }
            }
            """)
        var outputs: [Double] = []
        try model.writeOutputs(at: [0], generator: .init(seed: 1), into: &outputs)
        #expect((outputs.last ?? .nan) < 1e-14, "\(outputs)")
    }

    @Test(arguments: [
        ("print(softmax([0, 0]));", "[0.5,0.5]"),
        ("print(softmax({[0, 0]', [0, 0]'}));", "[[0.5,0.5],[0.5,0.5]]"),
        ("print(log_softmax({[0, 0, 0, 0]})[1, 1] == -log(4));", "1"),
        ("print(to_matrix({[1i, 2], [3, 4]}));", "[[(0,1),(2,0)],[(3,0),(4,0)]]"),
        ("print(to_matrix({{1i, 2}, {3, 4}}));", "[[(0,1),(2,0)],[(3,0),(4,0)]]"),
        ("print(to_array_2d([[1i, 2], [3, 4]])[1]);", "[(0,1),(2,0)]"),
    ])
    func computes(_ statements: String, _ expected: String) throws {
        #expect(try printed(statements) == [expected])
    }
}
