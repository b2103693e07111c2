// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

@testable import StanLanguage

/// Complex numbers, vectors and matrices. Functions and gradients have references in
/// `FunctionReferenceTests`; here is what programs do with them.
@Suite struct ComplexTests {
    @Test(arguments: [
        ("print(1 + 2i);", "(1,2)"),
        ("complex z = 3; z += 1i; print(z * z);", "(8,6)"),
        ("print(abs(3 - 4i), \" \", norm(3 - 4i));", "5 25"),
        ("print(to_complex([1, 2]', [3, 4]'));", "[(1,3),(2,4)]"),
        (
            "complex_matrix[2, 2] m = [[1, 1i], [2, 3]]; print(m * m');",
            "[[(0,0),(2,3)],[(2,3),(13,0)]]"
        ),
        ("complex_vector[3] v = [1, 2i, 3]'; v[{1, 3}] = v[2:3]; print(v);", "[(0,2),(0,2),(3,0)]"),
        ("array[2] complex a = {1i, 2}; a[2] = a[1] * a[1]; print(a);", "[(0,1),(-1,0)]"),
        ("print(get_imag({1i, 2, 3 - 2i}));", "[1,0,-2]"),
        ("print(1i == to_complex(0, 1), 1i != 1);", "11"),
        ("tuple(complex, int) t = (2i, 3); print(t.1 * t.2);", "(0,6)"),
        ("print(sum({1i, 2}), prod({1i, 2i}));", "(2,1)(-2,0)"),
        ("print(rows([1i, 2]), cols([1i, 2]), size([1i, 2]));", "122"),
        ("print(proj(to_complex(negative_infinity(), -3)));", "(inf,-0)"),
    ])
    func computes(_ statements: String, _ expected: String) throws {
        #expect(try printed(statements) == [expected])
    }

    @Test func dataParametersAndOutputs() throws {
        let program = try StanProgram.parse(
            SourceText(
                name: "complex.stan",
                text: """
                    data { complex c; complex_vector[2] v; complex_matrix[1, 2] m; }
                    parameters { complex z; array[2] complex_vector[2] w; }
                    transformed parameters { complex_vector[2] u = v * c + w[2]; }
                    model { target += -norm(z - c) - norm(w[1, 2]) - get_imag(u[1]); }
                    generated quantities { complex_matrix[1, 2] q = m * 1i; }
                    """))
        let model = try StanModel(
            program: program,
            data: try JSONValue.parse(
                SourceText(
                    name: "data.json",
                    text: #"{"c": [1, 2], "v": [[0, 1], [2, 0]], "m": [[[5, 6], [7, 8]]]}"#)))
        #expect(model.dimension == 10)
        #expect(
            Array(model.outputNames.prefix(4)) == ["z.real", "z.imag", "w.1.1.real", "w.1.1.imag"])
        #expect(Array(model.outputNames.suffix(2)) == ["q.1.2.real", "q.1.2.imag"])
        let point: [Double] = [3, 4, 1, 1, 2, 5, 10, 20, 30, 40]
        let (value, gradient) = try model.logDensity(at: point)
        // u[1] = i (1 + 2i) + 10 + 20i
        #expect(value == -8 - 29 - 21)
        #expect(gradient == [-4, -4, 0, 0, -4, -10, 0, -1, 0, 0])
        var draw: [Double] = []
        try model.writeOutputs(at: point, generator: .init(seed: 1), into: &draw)
        #expect(Array(draw.prefix(2)) == [3, 4])
        // Array elements: the first index runs fastest.
        #expect(Array(draw[2..<10]) == [1, 1, 10, 20, 2, 5, 30, 40])
        #expect(Array(draw[10..<14]) == [8, 21, 32, 44])
        #expect(Array(draw.suffix(4)) == [-6, 5, -8, 7])
    }

    @Test func fourierTransformsInvert() throws {
        // 60 = 2 · 2 · 3 · 5 by steps, 29 by the matrix, both against the definition.
        for n in [60, 29, 1, 0] {
            let lines = try printed(
                """
                complex_vector[\(n)] x;
                for (i in 1:\(n)) x[i] = to_complex(sin(i * i), cos(3.0 * i));
                complex_vector[\(n)] y = fft(x);
                real worst = 0;
                for (k in 1:\(n)) {
                  complex total = 0;
                  for (j in 1:\(n)) {
                    total += x[j] * exp(-2i * pi() * (k - 1) * (j - 1) / \(n));
                  }
                  worst = max({worst, abs(total - y[k]), abs(inv_fft(y)[k] - x[k])});
                }
                print(worst < 1e-12);
                """)
            #expect(lines == ["1"])
        }
    }

    @Test func decompositionsRebuildTheMatrix() throws {
        let lines = try printed(
            """
            matrix[3, 3] A = [[1, 2, 0], [-3, 1, 4], [0.5, -1, 2]];
            complex_matrix[3, 3] B = to_complex(A, A' - 1);
            complex_matrix[3, 3] V = eigenvectors(A);
            complex_matrix[3, 3] W = eigenvectors(B);
            tuple(complex_matrix[3, 3], complex_matrix[3, 3]) s = complex_schur_decompose(B);
            print(max(abs(A * V - diag_post_multiply(V, eigenvalues(A)))) < 1e-13);
            print(max(abs(B * W - diag_post_multiply(W, eigenvalues(B)))) < 1e-13);
            print(max(abs(s.1 * s.2 - B * s.1)) < 1e-13, abs(s.2[3, 1]) < 1e-14);
            """)
        #expect(lines == ["1", "1", "11"])
    }

    /// Derivatives of eigenvalues and eigenvectors against symmetric differences of
    /// values, whose error is about 1e-9 here.
    @Test(arguments: [false, true])
    func eigenvectorsHaveDerivatives(_ isComplex: Bool) throws {
        let argument = isComplex ? "to_complex(A, to_matrix(z[10:18], 3, 3))" : "A"
        let model = try ConstraintFunctionTests.model(
            """
            parameters { vector[\(isComplex ? 18 : 9)] z; }
            model {
              matrix[3, 3] A = to_matrix(z[1:9], 3, 3);
              complex_matrix[3, 3] V = eigenvectors(\(argument));
              complex_vector[3] e = eigenvalues(\(argument));
              for (i in 1:3) {
                target += norm(e[i] - 1i) * i;
                for (j in 1:3) target += get_real(V[i, j]) * (i + 2 * j) + get_imag(V[i, j]) * i * j;
              }
            }
            """)
        let point = [
            0.3, -1, 2, 0.7, 1.1, -0.4, -2, 0.9, 0.2, 0.5, -0.1, 0.8, 1.3, -0.6, 0.4, 1, 0.25, -0.9,
        ]
        let z = Array(point.prefix(model.dimension))
        let gradient = try model.logDensity(at: z).gradient
        for i in z.indices {
            func value(_ step: Double) throws -> Double {
                var moved = z
                moved[i] += step
                return try model.logDensity(at: moved).value
            }
            let h = 1e-4
            let slope =
                (8 * (try value(h) - value(-h)) - (try value(2 * h) - value(-2 * h))) / (12 * h)
            #expect(abs(gradient[i] - slope) < 1e-8 * max(1, abs(slope)))
        }
    }

    @Test(arguments: [
        ("complex z = 1i; print(z < 1);", "Ill-typed"),
        ("print([1i, 2][3]);", "out of range"),
        ("complex_vector[2] v = [1i, 2, 3]';", "size"),
        ("print(eigenvalues([[1, 2]]));", "expecting a square matrix"),
    ])
    func saysWhatIsWrong(_ statements: String, _ words: String) {
        let message = failure(statements)
        #expect(message.contains(words), "\(message)")
    }
}
