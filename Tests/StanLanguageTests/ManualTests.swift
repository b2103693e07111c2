// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

/// What the Stan reference manual says must happen, chapter by chapter; programs and
/// numbers are ours.
@Suite struct ManualTests {
    // MARK: Expressions

    @Test(arguments: [
        // Integer literals have separators; reals have exponents.
        ("print(1_000_000 + 1);", "1000001"),
        ("print(1e2, \" \", 2.5E-1, \" \", .5, \" \", 3.);", "100 0.25 0.5 3"),
        // Division rounds towards zero; the remainder has the sign of the dividend.
        ("print(-7 %/% 2, \" \", 7 % -3, \" \", -7 % -3);", "-3 1 -1"),
        // Powers bind tighter than signs, and to the right.
        ("print(2 ^ 3 ^ 2, \" \", -2 ^ 2, \" \", 2 ^ -1);", "512 -4 0.5"),
        ("print(10 - 4 - 3, \" \", 2 * 7 % 4, \" \", 12 %/% 5 * 2);", "3 2 4"),
        ("print(!1 + 1, \" \", !(1 + 1), \" \", - -2);", "1 0 2"),
        // Comparisons bind to the left and below sums.
        ("print(3 > 2 > 1, \" \", 1 + 1 == 2, \" \", 1 == 2 == 0);", "0 1 1"),
        ("print(0 && 1 || 1, \" \", 0 && (1 || 1));", "1 0"),
        // The right side is not evaluated when the left decides.
        ("array[2] int a = {1, 2}; int i = 3; print(i <= 2 && a[i] > 0);", "0"),
        ("array[2] int a = {1, 2}; int i = 0; print(i < 1 || a[i] > 0);", "1"),
        // The conditional operator binds to the right, and evaluates one branch.
        ("print(0 ? 1 : 0 ? 2 : 3);", "3"),
        ("array[1] int a = {4}; print(1 ? a[1] : a[2]);", "4"),
        ("print(1 ? 1 : 2.5);", "1"),
        // Transposition and indexing bind tightest.
        ("print([1, 2]' .^ 2, \" \", 2 * ([[1, 2], [3, 4]]')[2, 1]);", "[1,4] 4"),
        ("row_vector[2] r = [3, 4]; print(r * r', \" \", r' * r);", "25 [[9,12],[12,16]]"),
        ("print([2, 4] ./ [1, 2], \" \", [[2, 0], [0, 4]] \\ [2, 4]');", "[2,2] [1,1]"),
        ("print([[1, 2], [3, 4]] / [[1, 2], [3, 4]]);", "[[1,0],[0,1]]"),
        // A matrix to a power is raised entry by entry.
        (
            "print([[2, 1], [1, 1]] ^ 3, \" \", matrix_power([[2, 1], [1, 1]], 3));",
            "[[8,1],[1,1]] [[13,8],[8,5]]"
        ),
        // Integers become reals where a real is called for; containers too.
        ("print({1, 2.5}, \" \", 3 == 3.0);", "[1,2.5] 1"),
        ("array[2] real x = {1, 2}; x[1] += 0.5; print(x);", "[1.5,2]"),
        ("print((1 + 2i) * (3 - 1i), \" \", abs(3 + 4i), \" \", conj(1 + 2i));", "(5,5) 5 (1,-2)"),
        ("print(size({{1, 2}, {3, 4}, {5, 6}}), num_elements({{1, 2}, {3, 4}, {5, 6}}));", "36"),
    ])
    func expressions(program: String, output: String) throws {
        #expect(try printed(program) == [output])
    }

    @Test(arguments: [
        // Indices: a single one takes away a dimension, others keep it.
        (
            "matrix[2, 3] m = [[1, 2, 3], [4, 5, 6]];", "m[2], m[:, 2], m[2, :]",
            "[4,5,6][2,5][4,5,6]"
        ),
        ("matrix[2, 3] m = [[1, 2, 3], [4, 5, 6]];", "m[2:2], m[:, 3:3]", "[[4,5,6]][[3],[6]]"),
        ("matrix[2, 3] m = [[1, 2, 3], [4, 5, 6]];", "m[{2, 1, 2}, {3, 1}]", "[[6,4],[3,1],[6,4]]"),
        ("vector[4] v = [1, 2, 3, 4]';", "v[3:2], v[:1], v[4:], v[:]", "[][1][4][1,2,3,4]"),
        (
            "array[2, 2] vector[2] a = {{[1, 2]', [3, 4]'}, {[5, 6]', [7, 8]'}};",
            "a[2, 1, 2], a[1, :, 1], a[:, 2]", "6[1,3][[3,4],[7,8]]"
        ),
        (
            "array[3] int k = {3, 1, 2}; vector[3] v = [7, 8, 9]';", "v[k], v[k[k]], k[k][1]",
            "[9,7,8][8,9,7]2"
        ),
        (
            "tuple(int, tuple(real, vector[2])) t = (1, (2.5, [3, 4]'));", "t.1, t.2.1, t.2.2[2]",
            "12.54"
        ),
        ("array[2] tuple(int, real) t = {(1, 2.5), (3, 4.5)};", "t[2].1, t[1].2", "32.5"),
    ])
    func indexing(declaration: String, items: String, output: String) throws {
        #expect(try printed("\(declaration) print(\(items));") == [output])
    }

    @Test(arguments: [
        ("vector[2] v; print(v[3]);", "between 1 and 2"),
        ("array[0] int a; print(a[1]);", "empty"),
        ("vector[2] v; print(v[0:1]);", "between 1 and 2"),
        ("vector[2] v; print(v[{1, 3}]);", "between 1 and 2"),
        ("vector[2] v = [1, 2, 3]';", "size"),
        ("vector[2] v; v[1:2] = [1]';", "size"),
        ("print([1, 2] + [1, 2, 3]);", "size"),
        ("matrix[2, 2] m = [[1, 2], [3]];", "size"),
        ("print(1 %/% 0);", "division by zero"),
        ("int n = -1; vector[n] v;", "negative"),
    ])
    func mistakesAtRunTime(program: String, message: String) {
        #expect(failure(program).contains(message))
    }

    // MARK: Statements

    @Test(arguments: [
        // Assignment copies; the right side is read before anything is written.
        ("vector[2] x = [1, 2]'; vector[2] y = x; x[1] = 9; print(y);", "[1,2]"),
        ("array[3] int a = {1, 2, 3}; a[2:3] = a[1:2]; print(a);", "[1,1,2]"),
        ("array[3] int a = {1, 2, 3}; a[{3, 1}] = a[{1, 2}]; print(a);", "[2,2,1]"),
        ("array[2] vector[2] a = {[1, 2]', [3, 4]'}; a[:, 1] = {8, 9}; print(a);", "[[8,2],[9,4]]"),
        ("matrix[2, 2] m = [[1, 2], [3, 4]]; m[:, 1] += 1; m *= m; print(m);", "[[12,12],[24,24]]"),
        ("vector[2] v = [4, 9]'; v ./= [2, 3]'; v .*= [1, 2]'; print(v);", "[2,6]"),
        ("real a = 7; a /= 2; a -= 0.5; a *= 3; print(a);", "9"),
        ("(int, real) t; print(1);", nil),
        ("int a; real b; (a, b) = (1, 2); print(a + b);", "3"),
        ("tuple(int, real) t; t.1 = 3; t.2 = t.1 / 2.0; print(t);", "(3,1.5)"),
        // Loops go over a copy of elements, by columns over a matrix.
        ("real s = 0; for (x in [[1, 2], [3, 4]]) s = 10 * s + x; print(s);", "1324"),
        ("int s = 0; for (r in {{1, 2}, {3, 4}}) s = 10 * s + r[2]; print(s);", "24"),
        ("int n = 3; int s = 0; for (i in 1:n) { n = 1; s += i; } print(s);", "6"),
        (
            "int s = 0; for (i in 1:3) for (j in i:3) { if (j == 2) continue; s += j; } print(s);",
            "10"
        ),
        (
            "int s = 0; for (i in 1:9) { for (j in 1:9) if (j > i) break; else s += 1; } print(s);",
            "45"
        ),
        // An else belongs to the nearest if.
        ("if (1) if (0) print(1); else print(2);", "2"),
        // A local variable ends with its block; its name is free again.
        ("{ int a = 1; } { real a = 2.5; print(a); }", "2.5"),
        ("print(\"a\", 1, [1, 2], {{1}, {2}}, (1, 2.5));", "a1[1,2][[1],[2]](1,2.5)"),
    ])
    func statements(program: String, output: String?) throws {
        guard let output else {
            #expect(throws: DiagnosticList.self) { try printed(program) }
            return
        }
        #expect(try printed(program) == [output])
    }

    // MARK: Functions

    @Test(arguments: [
        ("int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }", "fib(10)", "55"),
        (
            "int odd(int n); int even(int n) { return n == 0 ? 1 : odd(n - 1); } "
                + "int odd(int n) { return n == 0 ? 0 : even(n - 1); }", "even(7), odd(7)", "01"
        ),
        (
            "int f(int x) { return 1; } int f(real x) { return 2; } int f(vector x) { return 3; }",
            "f(1), f(1.5), f([1]')", "123"
        ),
        // An integer is promoted when no function takes it; the fewest promotions win.
        ("int f(real x, int y) { return 1; } int f(real x, real y) { return 2; }", "f(1, 1)", "1"),
        (
            "real total(array[,] real x) { real s = 0; for (r in x) s += sum(r); return s; }",
            "total({{1, 2.5}, {3, 4}})", "10.5"
        ),
        ("tuple(real, int) both(real a) { return (2 * a, 3); }", "both(1.5).1 + both(0).2", "6"),
        (
            "vector f(vector x) { vector[size(x)] y = x; y[1] = 0; return y; }",
            "f([1, 2]'), f([5]')", "[0,2][0]"
        ),
        ("real g(int n) { while (1) { if (n > 3) return 1; else return 2; } }", "g(4)", "1"),
        ("complex c(real a) { return a; }", "c(2)", "(2,0)"),
    ])
    func functions(functions: String, items: String, output: String) throws {
        #expect(try printed("print(\(items));", functions: functions) == [output])
    }

    // MARK: Blocks

    private func gradient(
        _ text: String, at point: [Double]
    ) throws -> (value: Double, gradient: [Double]) {
        try ModelTests.model(text).logDensity(at: point)
    }

    /// Statements of the model add up; what is not a `~` keeps its constants.
    @Test func targetAccumulates() throws {
        let (value, slope) = try gradient(
            """
            parameters { real x; }
            model { real before = target(); target += [1, 2]; target += {x, x};
              target += before + normal_lupdf(x | 0, 1); x ~ std_normal(); }
            """, at: [0.5])
        #expect(value == 3 + 1 - 0.25)
        #expect(slope == [2 - 1])
    }

    /// The Jacobian of a lower bound is the unconstrained value; a function that ends
    /// in `_jacobian` adds its own.
    @Test func jacobians() throws {
        let (value, slope) = try gradient(
            """
            functions { real pos_jacobian(real x) { jacobian += x; return exp(x); } }
            parameters { real<lower=0> a; real b; }
            transformed parameters { real c = pos_jacobian(b); jacobian += 2 * b; }
            """, at: [0.25, 0.5])
        #expect(value == 0.25 + 3 * 0.5)
        #expect(slope == [1, 3])
    }

    /// A density with truncation is divided by the probability between the bounds, and
    /// is 0 outside of them.
    @Test func truncation() throws {
        let text = """
            parameters { real x; }
            model { x ~ normal(0, 1) T[-1, 2]; }
            """
        let inside = try gradient(text, at: [0.5])
        // log(Φ(2) − Φ(−1)) = −0.200166294324462…
        #expect(abs(inside.0 - (-0.125 + 0.200_166_294_324_462_62)) < 1e-14)
        #expect(inside.1 == [-0.5])
        #expect((try? gradient(text, at: [2.5]).0) ?? -.infinity == -.infinity)
    }

    @Test(arguments: [
        "data { int n; } transformed data { n = 1; }",
        "parameters { real x; } model { x = 1; }",
        "parameters { int k; }",
        "transformed data { real y = target(); }",
        "data { real y; } model { y ~ normal_lpdf(0, 1); }",
        "model { real x = normal_rng(0, 1); }",
        "functions { real f(real x) { x = 1; return x; } }",
        "functions { void f(real x) { return x; } }",
        "functions { real f(real x) { if (x > 0) return 1; } }",
        "functions { real f(real x) { return normal_rng(x, 1); } }",
        "functions { real f_lpdf(int x) { return 1; } }",
        "functions { real f(data real x) { return x; } } parameters { real a; } model { target += f(a); }",
        "model { real if = 1; }", "model { for (i in 1:3) i = 2; }", "model { break; }",
        "model { int x; real x; }", "model { real y = x; real x; }", "model { int n = 1.5; }",
        "model { array[2] real a = [1, 2]; }", "model { vector[2] v = {1, 2}; }",
        "model { matrix[2, 2] m; real x = m[1]; }", "model { real x = \"a\"; }",
        "model { int k = 2 ^ 2; }", "model { print(1 ? 1 : [1]); }",
        "generated quantities { target += 1; }",
        "generated quantities { real x; x ~ normal(0, 1); }",
        "data { real<lower=0, lower=1> x; }", "data { int<offset=1> x; }",
        "model { real<lower=0> x; }", "transformed data { jacobian += 1; }",
        "parameters { real x; } model { jacobian += x; }",
        "data { vector x; }", "data { array[] real x; }", "data { simplex[3, 2] x; }",
        "model { 1 = 2; }", "model { int a; a' = 3; }", "model { int x = 2147483648; }",
        "parameters { real x; real x; }", "parameters { real x; } data { real y; }",
        "functions { int f() { return 1; } int f() { return 2; } }",
        "functions { int f(int n); } model { print(f(1)); }",
    ])
    func refused(program: String) {
        #expect(throws: DiagnosticList.self) {
            try StanProgram.parse(SourceText(name: "refused.stan", text: program))
        }
    }

    @Test(arguments: [
        "", "data { }", "functions { } data { } model { }",
        "parameters { real x; } model { x ~ normal(0, 1) T[, 2]; x ~ normal(0, 1) T[1, ]; }",
        "data { real<lower=0, upper=1> x; real<multiplier=2, offset=1> z; }",
        "parameters { vector<lower=[0, 1]', upper=[2, 3]'>[2] x; }",
        "parameters { array[2] simplex[3] a; array[2, 2] cov_matrix[2] b; unit_vector[2] c; }",
        "parameters { cholesky_factor_cov[3, 2] a; cholesky_factor_corr[3] b; corr_matrix[2] c; }",
        "parameters { column_stochastic_matrix[2, 3] a; row_stochastic_matrix[2, 3] b; }",
        "parameters { sum_to_zero_vector[3] a; sum_to_zero_matrix[2, 3] b; }",
        "parameters { tuple(real<lower=0>, array[2] simplex[2]) t; }",
        "data { complex z; complex_vector[2] a; complex_row_vector[2] b; complex_matrix[2, 2] c; }",
        "model { { } ; {;} }", "model { profile(\"a\") { target += 1; } }",
        "model { real offset = 1; real multiplier = 2; real lower = offset; }",
        "functions { void f_lp(real x) { target += x; x ~ normal(0, 1); } } model { f_lp(1); }",
        "functions { real f_rng(real x) { return normal_rng(x, 1); } }",
        "functions { void f() { return; } } model { f(); }",
        "functions { real f(real x) { if (x > 0) { return 1; } else { return 2; } } }",
        "functions { real f(real x) { reject(\"no\"); } }",
        "transformed data { int n = 2; array[n] vector[n + 1] a; matrix[n, n] b = rep_matrix(0, n, n); }",
        "data { int N; } transformed data { real a = 1, b, c = 2; array[N] int d, e; }",
        "generated quantities { int k = poisson_rng(3); reject(\"a\", k); fatal_error(\"b\"); }",
        "model { /* a // b */ real x = 1; // c /* d\n print(x); }",
    ])
    func accepted(program: String) {
        #expect(throws: Never.self) {
            try StanProgram.parse(SourceText(name: "accepted.stan", text: program))
        }
    }
}
