// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import StanLanguage

/// Variables of every type, each named after it.
private let variables = """
    int i; int j; real x; real y; complex z;
    vector[3] v; vector[3] w; row_vector[3] r; matrix[3, 3] m; matrix[3, 3] n;
    complex_vector[3] cv; complex_row_vector[3] cr; complex_matrix[3, 3] cm;
    array[3] int ai; array[3] real ar; array[2, 3] int aii; array[2, 3] real arr;
    array[2] vector[3] av; array[2] row_vector[3] arv; array[2] matrix[3, 3] am;
    tuple(int, vector[3]) t; array[2] tuple(real, array[3] int) at;
    """

/// The type of an expression over these variables, or the first error.
private func type(of expression: String) -> String {
    let text = "data { \(variables) } transformed data { print(\(expression)); }"
    do {
        let checked = try program(text)
        if case .print(let items)? = checked.transformedData.statements.first?.kind,
            case .expression(let value)? = items.first
        {
            return value.type.description
        }
        return "no expression"
    } catch {
        return errors(text).first ?? "\(error)"
    }
}

@Suite struct CheckerTypeTests {
    @Test(arguments: [
        // Literals
        ("1", "int"), ("1.0", "real"), ("2i", "complex"), ("{1, 2}", "array[] int"),
        ("{1, 2.5}", "array[] real"), ("{{1}, {2.5}}", "array[,] real"),
        ("{v, w}", "array[] vector"),
        ("{1, 2i}", "array[] complex"), ("[1, 2]", "row_vector"), ("[]", "row_vector"),
        ("[[1, 2], r]", "matrix"), ("[x, z]", "complex_row_vector"), ("[r, cr]", "complex_matrix"),
        ("(1, v)", "tuple(int, vector)"), ("(1, (2.0, 3))", "tuple(int, tuple(real, int))"),
        // Arithmetic on scalars
        ("i + j", "int"), ("i + x", "real"), ("x - y", "real"), ("i * j", "int"),
        ("i / j", "int"), ("i / x", "real"), ("i % j", "int"), ("i %/% j", "int"),
        ("i ^ j", "real"), ("x ^ i", "real"), ("x + z", "complex"), ("i * z", "complex"),
        ("z ^ 2", "complex"), ("-i", "int"), ("-x", "real"), ("+v", "vector"), ("-m", "matrix"),
        ("-ar", "array[] real"),
        // Comparison and logic
        ("i < x", "int"), ("x == y", "int"), ("z == x", "int"), ("i && j", "int"),
        ("!i", "int"), ("i > j || x >= y", "int"),
        // Containers
        ("v + w", "vector"), ("v + 1", "vector"), ("1 - r", "row_vector"), ("m + n", "matrix"),
        ("m - 1.5", "matrix"), ("v * 2", "vector"), ("2 * r", "row_vector"), ("x * m", "matrix"),
        ("r * v", "real"), ("v * r", "matrix"), ("m * v", "vector"), ("r * m", "row_vector"),
        ("m * n", "matrix"), ("v / 2", "vector"), ("m / x", "matrix"), ("r / m", "row_vector"),
        ("m / n", "matrix"), ("m \\ v", "vector"), ("m \\ n", "matrix"), ("v .* w", "vector"),
        ("m .* n", "matrix"), ("v ./ w", "vector"), ("1 ./ v", "vector"), ("r ./ 2", "row_vector"),
        ("v .^ 2", "vector"), ("2 .^ v", "vector"), ("v .^ w", "vector"), ("m ^ 2", "matrix"),
        ("v'", "row_vector"), ("r'", "vector"), ("m'", "matrix"), ("cv'", "complex_row_vector"),
        ("v' * m * w", "real"), ("v + cv", "complex_vector"), ("z * v", "complex_vector"),
        ("m * cv", "complex_vector"), ("cr * cv", "complex"),
        // Indices
        ("v[1]", "real"), ("v[1:2]", "vector"), ("v[ai]", "vector"), ("v[2:]", "vector"),
        ("v[:2]", "vector"), ("v[:]", "vector"), ("v[]", "vector"), ("r[i]", "real"),
        ("r[{1, 2}]", "row_vector"), ("m[1]", "row_vector"), ("m[1, 2]", "real"),
        ("m[1:2]", "matrix"), ("m[1, 1:2]", "row_vector"), ("m[ai, 1]", "vector"),
        ("m[:, 1]", "vector"), ("m[, ai]", "matrix"), ("m[1][2]", "real"),
        ("m[ai][1]", "row_vector"),
        ("ai[1]", "int"), ("ai[1:2]", "array[] int"), ("arr[1]", "array[] real"),
        ("arr[1, 2]", "real"), ("arr[, 2]", "array[] real"), ("arr[1:2, ai]", "array[,] real"),
        ("av[1]", "vector"), ("av[1, 2]", "real"), ("av[, 2]", "array[] real"),
        ("av[1:2, 2:3]", "array[] vector"), ("am[1, 1]", "row_vector"),
        ("am[:, 1, 2]", "array[] real"), ("am[1, :, 2]", "vector"),
        ("am[:, :, 2]", "array[] vector"),
        ("cm[1]", "complex_row_vector"), ("cm[1, 2]", "complex"), ("t.1", "int"),
        ("t.2[1]", "real"),
        ("at[1].2[3]", "int"), ("at[1].1", "real"),
        // Conditional
        ("i ? 1 : 2.5", "real"), ("i ? v : w", "vector"), ("x > 0 ? i : j", "int"),
        ("i ? {1} : {2.5}", "array[] real"), ("i ? 1 : z", "complex"),
        // Functions
        ("log(i)", "real"), ("exp(v)", "vector"), ("sqrt(m)", "matrix"),
        ("inv_logit(av)", "array[] vector"),
        ("exp(aii)", "array[,] real"), ("exp(z)", "complex"), ("abs(i)", "int"), ("abs(x)", "real"),
        ("abs(ai)", "array[] int"), ("abs(z)", "real"), ("fmax(i, j)", "real"),
        ("fmax(v, 1)", "vector"),
        ("pow(v, w)", "vector"), ("pow(2, ar)", "array[] real"), ("choose(i, j)", "int"),
        ("ldexp(v, ai)", "vector"), ("max(ai)", "int"), ("max(i, j)", "int"), ("max(v)", "real"),
        ("sum(ai)", "int"), ("sum(ar)", "real"), ("sum(m)", "real"), ("prod(ai)", "int"),
        ("mean(ai)", "real"), ("size(at)", "int"), ("dims(m)", "array[] int"), ("rows(m)", "int"),
        ("num_elements(arr)", "int"), ("rep_vector(1, 3)", "vector"),
        ("rep_matrix(r, 2)", "matrix"),
        ("rep_array(v, 2, 3)", "array[,] vector"), ("rep_array(ai, 2)", "array[,] int"),
        ("append_row(v, w)", "vector"), ("append_row(1, v)", "vector"),
        ("append_row(r, r)", "matrix"),
        ("append_col(m, v)", "matrix"), ("append_col(r, 1)", "row_vector"),
        ("append_array(ai, ar)", "array[] real"), ("append_array(av, av)", "array[] vector"),
        ("head(v, 2)", "vector"), ("head(aii, 1)", "array[,] int"),
        ("segment(r, 1, 2)", "row_vector"),
        ("reverse(av)", "array[] vector"), ("to_vector(ai)", "vector"), ("to_vector(m)", "vector"),
        ("to_row_vector(v)", "row_vector"), ("to_matrix(arr)", "matrix"),
        ("to_matrix(v, 1, 3)", "matrix"), ("to_array_1d(aii)", "array[] int"),
        ("to_array_1d(arr)", "array[] real"), ("to_array_2d(m)", "array[,] real"),
        ("sort_asc(ai)", "array[] int"), ("sort_indices_desc(v)", "array[] int"),
        ("cumulative_sum(ai)", "array[] int"), ("softmax(v)", "vector"),
        ("dot_product(v, r)", "real"),
        ("quad_form(m, v)", "real"), ("quad_form(m, n)", "matrix"),
        ("mdivide_left_spd(m, v)", "vector"),
        ("log_sum_exp(v)", "real"), ("log_sum_exp(x, y)", "real"), ("log_sum_exp(v, x)", "vector"),
        ("log_mix(0.5, x, y)", "real"), ("svd(m)", "tuple(matrix, vector, matrix)"),
        ("qr_thin(m)", "tuple(matrix, matrix)"), ("gp_exp_quad_cov(ar, 1, 2)", "matrix"),
        ("linspaced_int_array(3, 1, 3)", "array[] int"), ("pi()", "real"), ("is_nan(x)", "int"),
        ("to_int(x)", "int"), ("multiply(m, v)", "vector"), ("elt_multiply(v, w)", "vector"),
        ("transpose(v)", "row_vector"), ("modulus(i, j)", "int"), ("logical_eq(i, x)", "int"),
        // Densities and random numbers
        ("normal_lpdf(x | 0, 1)", "real"), ("normal_lpdf(ar | v, r)", "real"),
        ("std_normal_lpdf(x |)", "real"), ("poisson_lpmf(ai | 3)", "real"),
        ("binomial_lcdf(i | j, 0.5)", "real"), ("multi_normal_lpdf(av | v, m)", "real"),
        ("multi_normal_lpdf(v | arv, m)", "real"), ("normal_rng(0, 1)", "real"),
        ("normal_rng(v, 1)", "array[] real"), ("poisson_rng(3)", "int"),
        ("poisson_rng(ar)", "array[] int"), ("binomial_rng(ai, 0.5)", "array[] int"),
        ("multi_normal_rng(v, m)", "vector"), ("multi_normal_rng(av, m)", "array[] vector"),
        ("categorical_rng(v)", "int"), ("dirichlet_rng(v)", "vector"),
        ("lkj_corr_rng(3, 1)", "matrix"),
        ("bernoulli_logit_glm_lpmf(ai | m, 0, v)", "real"),
        ("ordered_logistic_lpmf(i | x, v)", "real"),
    ])
    func typeOf(expression: String, expected: String) {
        #expect(type(of: expression) == expected)
    }

    @Test(arguments: [
        ("v * w", "stan/operator"), ("v + r", "stan/operator"), ("ar + 1", "stan/operator"),
        ("m * r", "stan/operator"), ("v / w", "stan/operator"),
        ("v && i", "stan/operator"), ("x % 2", "stan/operator"), ("1.0 %/% 2", "stan/operator"),
        ("!v", "stan/operator"), ("x'", "stan/operator"), ("v < w", "stan/operator"),
        ("z < x", "stan/operator"), ("t + 1", "stan/operator"), ("-t", "stan/operator"),
        ("v \\ m", "stan/operator"), ("m .* v", "stan/operator"),
        ("i[1]", "stan/index"), ("v[1, 2]", "stan/index"), ("v[x]", "stan/index"),
        ("v[1.5:2]", "stan/index"), ("v[aii]", "stan/index"), ("m[1, 2, 3]", "stan/index"),
        ("t[1]", "stan/index"), ("t.3", "stan/tuple"), ("v.1", "stan/tuple"),
        ("{1, v}", "stan/array-literal"), ("{v, r}", "stan/array-literal"),
        ("[v, v]", "stan/row-vector-literal"), ("[1, r]", "stan/row-vector-literal"),
        ("[r, 1]", "stan/row-vector-literal"), ("[ai]", "stan/row-vector-literal"),
        ("i ? 1 : v", "stan/conditional"), ("i ? v : r", "stan/conditional"),
        ("v ? 1 : 2", "stan/condition"),
        ("nope", "stan/scope"), ("log", "stan/scope"), ("nope(1)", "stan/call"),
        ("x(1)", "stan/call"),
        ("log()", "stan/argument-types"), ("log(1, 2)", "stan/argument-types"),
        ("log(t)", "stan/argument-types"), ("rep_vector(1, 2.5)", "stan/argument-types"),
        ("dot_product(v, m)", "stan/argument-types"),
        ("append_array(ai, av)", "stan/argument-types"),
        ("cholesky_decompose(v)", "stan/argument-types"), ("fmax(v, r)", "stan/argument-types"),
        ("poisson_lpmf(x | 1)", "stan/argument-types"),
        ("normal_lpdf(m | 0, 1)", "stan/argument-types"),
        ("categorical_rng(r)", "stan/argument-types"), ("sort_asc(m)", "stan/argument-types"),
        ("normal_lpdf(x, 0, 1)", "stan/bar"), ("log(1 | 2)", "stan/bar"),
        ("normal_lupdf(x | 0, 1)", "stan/unnormalized"), ("target()", "stan/target"),
    ])
    func illTyped(expression: String, code: String) {
        let found = type(of: expression)
        #expect(found.hasPrefix(code + " "), "\(found)")
    }

    @Test func promotionsAreCounted() {
        #expect(StanType.int.promotions(to: .complex) == 2)
        #expect(StanType.real.promotions(to: .int) == nil)
        #expect(
            StanType.array(of: .int, 2).promotions(to: .array(of: .real, 2)) == 1)
        #expect(StanType.array(of: .int, 1).promotions(to: .vector) == nil)
        #expect(
            StanType.tuple([.int, .int]).promotions(to: .tuple([.real, .complex])) == 3)
        #expect(
            StanType.tuple([.int, .real]).common(with: .tuple([.real, .int]))
                == .tuple([.real, .real]))
    }
}
