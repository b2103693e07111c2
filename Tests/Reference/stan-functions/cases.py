# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases: for each signature, bodies of a model block over a vector z of real
arguments, and points z with edges of the domain. Whole numbers stand in the body."""
import zlib

import numpy as np

POINTS = 20
# Values of one real argument by its domain, edges first.
VALUES = {
    "R": [0, 1, -1, 1e-8, -1e-8, 30, -30, 0.3, -2.7, 5.5, -9, 0.75, 2, -0.4, 12.5, -17, 1e-3, 3.3,
          -1.6, 7],
    "S": [0, 1, -1, 0.3, -2.7, 1e-6, 2.2, -0.4, 3.5, 0.75, -1.6, 4],
    "P": [1, 1e-3, 60, 0.3, 2.5, 7, 0.05, 1.7, 15, 0.8],
    "Q": [1, 0.3, 2.5, 7, 0.6, 1.7, 12, 0.8],
    "U": [0.5, 1e-6, 1 - 1e-6, 0.1, 0.93, 0.7, 0.02, 0.35],
    "I": [-1.2, 0.3, 0.999, -0.999, 0, 1e-9, -0.5, 0.77],
}

ALL = []
# What Stan Math 2.35 does not have: for mpmath alone.
NEW = []


def generator(name):
    return np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))


def add(signature, bodies, count, points, functions="", to=ALL):
    """Cases of one signature: bodies that differ in whole numbers or sizes."""
    for body in [bodies] if isinstance(bodies, str) else bodies:
        to.append(dict(signature=signature, functions=functions, body=body, count=count,
                       points=[[float(x) for x in p] for p in points]))


def combine(name, kinds, total=POINTS):
    """Points: every value of each argument, beside values of the others in turn."""
    if not kinds:
        return [[0.0]]
    lists = [VALUES[k] if isinstance(k, str) else list(k) for k in kinds]
    if len(lists) == 1:
        return [[x] for x in lists[0]]
    g = generator(name)
    orders = [[v[i] for i in g.permutation(len(v))] for v in lists]
    n = max(total, max(map(len, lists)))
    return [[o[(i + i // len(o)) % len(o)] for o in orders] for i in range(n)]


def scalar(name, *kinds, ints=None, keep=None, bar=None, per=None):
    """A function of real arguments, after whole ones (each tuple of `ints` a body)."""
    count = len(kinds)
    reals = [f"z[{i + 1}]" for i in range(count)]
    types = ["int"] * (len(ints[0]) if ints else 0) + ["real"] * count
    bar = bar if bar is not None else name.rsplit("_", 1)[-1] in (
        "lpdf", "lpmf", "cdf", "lcdf", "lccdf")
    bodies = []
    for tuple_ in ints or [()]:
        arguments = [str(x) for x in tuple_] + reals
        text = (arguments[0] + " | " + ", ".join(arguments[1:]) if bar and len(arguments) > 1
                else ", ".join(arguments))
        bodies.append(f"target += {name}({text});")
    total = max(5, -(-POINTS // len(bodies))) if per is None else per
    points = combine(name, kinds, total)
    if len(bodies) > 4:
        points = points[:max(4, total)]
    if keep:
        points = [p for p in points if keep(*p)]
    add(f"{name}({', '.join(types)})", bodies, max(count, 1), points)


def distribution(name, kinds, suffixes, ints=None, keep=None):
    for suffix in suffixes.split():
        scalar(f"{name}_{suffix}", *kinds, ints=ints, keep=keep, bar=True)


def shaped(signature, expression, count, scale=1.0, positive=False, n=POINTS, extra=(),
           before="", functions="", digits=4):
    """A function with a container: results are weighed and added."""
    g = generator(signature + expression)
    points = []
    for i in range(n - len(extra)):
        z = g.normal(size=count) * scale * (0.2 if i == 0 else 1)
        points.append(np.round(np.exp(z) if positive else z, digits).tolist())
    add(signature, f"{before}target += {expression};", count, list(extra) + points, functions)


def w(text):
    return f"weigh(to_vector({text}))"


# Elementary functions.
R = VALUES["R"]
BELOW = [-1e-8, -1, -30, -0.3, -2.7, -5.5, -9, -0.69, -0.7, -2, -0.4, -12.5, -17, -1e-3, -3.3,
         -1.6, -7, -700, -0.01, -0.1]
POSITIVE = [1, 1e-300, 1e-8, 1e300, 0.5, 2, 3.7, 12, 1e-3, 150.5, 1 + 1e-9, 0.99, 1e10, 7, 0.1,
            42, 1e5, 0.25, 9, 1.5]
UNIT = [0.5, 1e-15, 1 - 1e-15, 0.1, 0.9, 0.3, 0.7, 1e-6, 0.999, 0.025, 0.975, 0.02425, 0.97575,
        0.4, 0.6, 0.25, 0.75, 1e-300, 0.01, 0.99]
INSIDE = [0, 0.5, -0.5, 1 - 1e-12, -1 + 1e-12, 1e-9, -1e-9, 0.1, -0.2, 0.9, -0.93, 0.7, -0.7, 0.3,
          -0.4, 0.99, -0.999, 0.25, 0.6, -0.81]
HALVES = [x + 0.25 for x in range(-10, 10)]
for name in """Phi Phi_approx abs asinh atan cbrt ceil cos cosh erf erfc exp exp2 expm1 floor
        inv_cloglog inv_logit log1m_inv_logit log1p_exp log_inv_logit round sin sinh square tan
        tanh trunc std_normal_lcdf std_normal_lccdf std_normal_cdf std_normal_lpdf""".split():
    values = R if name not in ("abs", "ceil", "floor", "round", "trunc", "cbrt") else HALVES
    scalar(name, values)
scalar("acos", INSIDE), scalar("asin", INSIDE), scalar("atanh", INSIDE)
scalar("acosh", [1 + 1e-9, 1.5, 2, 1e8, 3, 1.01, 1.1, 7, 20, 55, 1e3, 1.0001, 4, 5, 6, 9, 11, 1e5,
                 1e150, 1.25])
for name in "inv inv_sqrt inv_square log log10 log2 sqrt".split():
    scalar(name, POSITIVE)
scalar("log1p", [x for x in R if x > -1] + [-0.5, -0.999, -1 + 1e-12, 1e300, 1e-300, 4, 9, 100])
scalar("log1m", [x for x in R if x < 1] + [0.5, 0.999, 1 - 1e-12, -1e300, -4])
scalar("log1m_exp", BELOW)
for name in "logit inv_Phi std_normal_qf".split():
    scalar(name, UNIT)
scalar("std_normal_log_qf", BELOW)
scalar("inv_erfc", [x * 2 for x in UNIT if 1e-200 < x])
GAMMA = [1e-8, 0.1, 0.5, 1, 1.5, 2, 2.5, 3, 7, 10, 25.5, 100, 1e-3, 0.9999, 1.4616, 2.0001, 5.5, 13,
         40, 60]
for name in "lgamma digamma trigamma tgamma".split():
    scalar(name, GAMMA + [-0.5, -1.3, -2.7, -6.2])
scalar("lgamma", [1e5, 1e10, 1e-100, 1e100, 1.2])
scalar("lambert_w0", [0, -0.36, 1e-9, -0.1, -0.2, -0.3, 0.1, 0.5, 1, 2, 3, 7, 10, 50, 1e3, 1e8,
                      1e100, -0.01, 0.01, 2.718])
scalar("lambert_wm1", [-0.36, -0.3, -0.2, -0.1, -0.01, -1e-3, -1e-8, -1e-100, -0.35, -0.25,
                       -0.15, -0.05, -0.02, -0.12, -0.22, -0.32, -0.08, -0.04, -1e-5, -0.367])
scalar("step", HALVES)
for name in "e log10 log2 machine_precision pi sqrt2".split():
    add(f"{name}()", f"target += {name}() * z[1];", 1, [[1.0]])

# Two and three arguments.
scalar("atan2", "R", "R", keep=lambda a, b: abs(a) + abs(b) > 1e-3)
scalar("beta", "P", "P"), scalar("lbeta", "P", "P")
scalar("lchoose", [10, 20.5, 50, 7, 3.2], [0, 1, 2.5, 3])
scalar("fdim", "S", "S", keep=lambda a, b: a != b)
scalar("fma", "S", "S", "S")
scalar("fmax", "S", "S", keep=lambda a, b: a != b)
scalar("fmin", "S", "S", keep=lambda a, b: a != b)
scalar("fmod", [5.5, -7.3, 12.1, 0.4, 100.7], [3.1, -2.2, 1.7, 0.3])
scalar("hypot", "S", "S", keep=lambda a, b: abs(a) + abs(b) > 1e-3)
scalar("pow", "P", "S")
scalar("lmultiply", "P", "P")
scalar("log_sum_exp", "R", "R")
scalar("log_diff_exp", [3, 10, 0.5, 200, 31, 2.2], [-1, 0.3, -20, 0.4999, -700])
scalar("log_inv_logit_diff", [3, 10, 0.5, 20, 1.2], [-1, 0.3, -20, 0.4999, -30])
scalar("log_mix", "U", "S", "S")
scalar("squared_distance", "S", "S")
scalar("log_rising_factorial", "Q", [0.5, 2, 3.3, 1])
scalar("log_falling_factorial", [8, 9.5, 12.2, 7], [0.5, 2, 3.3, 1])
scalar("gamma_p", "P", "P"), scalar("gamma_q", "P", "P")
scalar("owens_t", "S", "S")
scalar("log_modified_bessel_first_kind", [0.0, 1, 0.5, 2.5, 7, 30], "P")
scalar("inc_beta", "Q", "Q", "U")
scalar("inv_inc_beta", "Q", "Q", [0.5, 0.1, 0.9, 0.02, 0.7])
for name in ("bessel_first_kind", "bessel_second_kind", "modified_bessel_first_kind",
             "modified_bessel_second_kind"):
    scalar(name, [0.5, 1, 3.2, 7.7, 20, 0.01], ints=[(0,), (1,), (2,), (5,)])
scalar("lmgamma", [3, 4.5, 7, 20, 55], ints=[(1,), (2,), (3,), (5,)])
scalar("binary_log_loss", "U", ints=[(0,), (1,)])
for k in (-2, 0, 3, 5):
    add("ldexp(real, int)", f"target += ldexp(z[1], {k});", 1, [[0.3], [-2], [0], [1e10], [7]])
for name in ("falling_factorial", "rising_factorial"):
    for k in (0, 1, 3, 5):
        add(f"{name}(real, int)", f"target += {name}(z[1], {k});", 1,
            [[0.3], [2.5], [7], [11.2], [4]])
for signature, text in [("choose(int, int)", "choose(7, 3) + choose(40, 20) + choose(5, 0)"),
                        ("modulus", "7 % 3 + (-7) % 3"), ("int_step(real)", "int_step(0.3)"),
                        ("is_inf(real)", "is_inf(positive_infinity())"),
                        ("is_nan(real)", "is_nan(not_a_number())")]:
    if "(" in signature:
        add(signature, f"target += z[1] * ({text});", 1, [[1.0], [-2.0]])

# Distributions of one number.
C = "lpdf cdf lcdf lccdf"
distribution("beta", ["U", "Q", "Q"], C)
distribution("beta_proportion", ["U", "U", "Q"], "lpdf lcdf lccdf",
             keep=lambda y, m, k: 0.01 < m < 0.99)
distribution("cauchy", ["R", "S", "P"], C)
distribution("chi_square", ["P", "Q"], C)
distribution("double_exponential", ["R", "S", "P"], C)
distribution("exp_mod_normal", ["S", "S", "Q", "Q"], C)
distribution("exponential", ["P", "P"], C)
distribution("frechet", ["P", "Q", "P"], C)
distribution("gamma", ["P", "Q", "P"], C)
distribution("gumbel", ["R", "S", "P"], C)
distribution("inv_chi_square", ["P", "Q"], C)
distribution("inv_gamma", ["P", "Q", "P"], C)
distribution("logistic", ["R", "S", "P"], C)
distribution("loglogistic", ["P", "P", "Q"], "lpdf cdf")
distribution("lognormal", ["P", "S", "P"], C)
distribution("normal", ["R", "S", "P"], C)
distribution("pareto", [[3, 2.5, 100, 7], [1, 0.3, 2.2], "Q"], C)
distribution("pareto_type_2", [[3, 2.5, 100, 7], [1, 0.3, -2.2], "P", "Q"], C)
distribution("rayleigh", ["P", "P"], C)
distribution("scaled_inv_chi_square", ["P", "Q", "P"], C)
distribution("skew_double_exponential", ["S", "S", "P", "U"], C,
             keep=lambda y, m, s, t: 0.01 < t < 0.99 and y != m)
distribution("skew_normal", ["S", "S", "Q", "S"], C)
distribution("student_t", ["R", "Q", "S", "P"], C)
distribution("uniform", [[0.3, 0.5, 0.9, 0.31], [0, -1, 0.1], [1, 2.5, 7]], C)
distribution("von_mises", [[0, 0.3, -2, 3, 1.5], [0, 1, -1], "Q"], C)
distribution("weibull", ["P", "Q", "P"], C)
N = [(0,), (1,), (2,), (7,), (30,)]
distribution("bernoulli", ["U"], "lpmf cdf lcdf", ints=[(0,), (1,)])
distribution("bernoulli", ["U"], "lccdf", ints=[(0,)])
distribution("bernoulli_logit", ["R"], "lpmf", ints=[(0,), (1,)])
PAIRS = [(0, 10), (3, 10), (10, 10), (1, 1), (17, 40)]
distribution("binomial", ["U"], "lpmf cdf lcdf", ints=PAIRS)
distribution("binomial", ["U"], "lccdf", ints=[(0, 10), (3, 10), (17, 40), (9, 10)])
distribution("binomial_logit", ["S"], "lpmf", ints=PAIRS)
distribution("beta_binomial", ["Q", "Q"], "lpmf cdf lcdf", ints=PAIRS)
distribution("beta_binomial", ["Q", "Q"], "lccdf", ints=[(0, 10), (3, 10), (17, 40), (9, 10)])
distribution("neg_binomial", ["Q", "P"], "lpmf cdf lcdf lccdf", ints=N)
distribution("neg_binomial_2", ["P", "Q"], "lpmf cdf lcdf lccdf", ints=N)
distribution("neg_binomial_2_log", ["S", "Q"], "lpmf", ints=N)
distribution("poisson", ["P"], "lpmf cdf lcdf lccdf", ints=N)
distribution("poisson_log", ["S"], "lpmf", ints=N)
for s in ("lpmf", "cdf", "lcdf", "lccdf"):
    for y, a, b in ((2, 1, 5), (1, 1, 4), (3, -2, 9)):
        add(f"discrete_range_{s}(int, int, int)",
            f"target += z[1] * discrete_range_{s}({y} | {a}, {b});", 1, [[1.0], [0.5]])
for a in ((1, 3, 5, 7), (0, 4, 4, 4), (2, 2, 3, 9), (5, 20, 15, 12)):
    add("hypergeometric_lpmf(int, int, int, int)",
        f"target += z[1] * hypergeometric_lpmf({a[0]} | {a[1]}, {a[2]}, {a[3]});", 1,
        [[1.0], [0.5]])

# Vectors.
V5 = "z[1:5]"
for name in """sum mean prod max min sd variance norm1 norm2 dot_self log_sum_exp""".split():
    shaped(f"{name}(vector)", f"{name}({V5})", 5)
for name in "cumulative_sum softmax log_softmax reverse sort_asc sort_desc".split():
    shaped(f"{name}(vector)", w(f"{name}({V5})"), 5)
for name in "dot_product distance squared_distance".split():
    shaped(f"{name}(vector, vector)", f"{name}(z[1:4], z[5:8])", 8)
shaped("head(vector, int)", w("head(z[1:5], 3)"), 5)
shaped("tail(vector, int)", w("tail(z[1:5], 2)"), 5)
shaped("segment(vector, int, int)", w("segment(z[1:5], 2, 3)"), 5)
shaped("append_row(real, vector)", w("append_row(z[1], z[2:4])"), 4)
shaped("append_col(real, row_vector)", w("append_col(z[1], z[2:4]')"), 4)
shaped("diag_matrix(vector)", w("diag_matrix(z[1:3])"), 3)
shaped("rep_vector(real, int)", w("rep_vector(z[1], 3)"), 1)
shaped("rep_row_vector(real, int)", w("rep_row_vector(z[1], 3)"), 1)
shaped("rep_matrix(real, int, int)", w("rep_matrix(z[1], 3, 2)"), 1)
shaped("rep_matrix(vector, int)", w("rep_matrix(z[1:2], 3)"), 2)
shaped("log_mix(vector, vector)", "log_mix(softmax(z[1:3]), z[4:6])", 6)
shaped("to_matrix(vector, int, int)", w("to_matrix(z[1:6], 2, 3)"), 6)
shaped("rank(vector, int)", "rank(z[1:5], 2) * z[1]", 5)
shaped("sort_indices_asc(vector)", "z[1] * sort_indices_asc(z[1:5])[2]", 5)
shaped("sort_indices_desc(vector)", "z[1] * sort_indices_desc(z[1:5])[2]", 5)
shaped("linspaced_vector(int, real, real)", "z[1] * " + w("linspaced_vector(5, -1, 2.5)"), 1, n=4)
shaped("one_hot_vector(int, int)", "z[1] * " + w("one_hot_vector(4, 2)"), 1, n=4)

# Matrices.
A = "matrix[3, 3] A = to_matrix(z[1:9], 3, 3); "
B = "matrix[3, 2] B = to_matrix(z[10:15], 3, 2); "
T = "matrix[2, 3] B = to_matrix(z[10:15], 2, 3); "
SPD = A + "matrix[3, 3] S = tcrossprod(A) + diag_matrix([1, 0.5, 0.8]'); "
LOW = A + ("matrix[3, 3] L = A; for (i in 1:3) { L[i, i] = exp(0.3 * A[i, i]); "
           "for (j in (i + 1):3) L[i, j] = 0; } ")


def matrix(signature, expression, before, count):
    shaped(signature, expression, count, before=before)


for name in "trace determinant log_determinant".split():
    matrix(f"{name}(matrix)", f"{name}(A)", A, 9)
for name in """inverse diagonal crossprod tcrossprod multiply_lower_tri_self_transpose
        symmetrize_from_lower_tri columns_dot_self rows_dot_self matrix_exp qr_Q qr_R qr_thin_Q
        qr_thin_R singular_values svd_U svd_V generalized_inverse""".split():
    matrix(f"{name}(matrix)", w(f"{name}(A)"), A, 9)
for name in "qr_Q qr_R qr_thin_Q qr_thin_R singular_values svd_U svd_V generalized_inverse".split():
    matrix(f"{name}(matrix)", w(f"{name}(B)"), B, 15)
    matrix(f"{name}(matrix)", w(f"{name}(B)"), T, 15)
for name in "cholesky_decompose inverse_spd eigenvalues_sym eigenvectors_sym".split():
    matrix(f"{name}(matrix)", w(f"{name}(S)"), SPD, 9)
matrix("log_determinant_spd(matrix)", "log_determinant_spd(S)", SPD, 9)
matrix("chol2inv(matrix)", w("chol2inv(L)"), LOW, 9)
matrix("matrix_power(matrix, int)", w("matrix_power(A, 3)"), A, 9)
matrix("matrix_exp_multiply(matrix, matrix)", w("matrix_exp_multiply(A, B)"), A + B, 15)
matrix("scale_matrix_exp_multiply(real, matrix, matrix)",
       w("scale_matrix_exp_multiply(z[16], A, B)"), A + B, 16)
matrix("add_diag(matrix, real)", w("add_diag(A, z[10])"), A, 10)
matrix("add_diag(matrix, vector)", w("add_diag(A, z[10:12])"), A, 12)
matrix("block(matrix, int, int, int, int)", w("block(A, 1, 2, 2, 2)"), A, 9)
matrix("col(matrix, int)", w("col(A, 2)"), A, 9)
matrix("row(matrix, int)", w("row(A, 2)"), A, 9)
matrix("sub_col(matrix, int, int, int)", w("sub_col(A, 2, 1, 2)"), A, 9)
matrix("sub_row(matrix, int, int, int)", w("sub_row(A, 2, 1, 2)"), A, 9)
matrix("append_col(matrix, matrix)", w("append_col(A, B)"), A + B, 15)
matrix("append_row(matrix, matrix)", w("append_row(A, B')"), A + B, 15)
matrix("columns_dot_product(matrix, matrix)", w("columns_dot_product(A, A')"), A, 9)
matrix("rows_dot_product(matrix, matrix)", w("rows_dot_product(A, A')"), A, 9)
matrix("diag_post_multiply(matrix, vector)", w("diag_post_multiply(A, z[10:12])"), A, 12)
matrix("diag_pre_multiply(vector, matrix)", w("diag_pre_multiply(z[10:12], A)"), A, 12)
matrix("quad_form(matrix, vector)", "quad_form(A, z[10:12])", A, 12)
matrix("quad_form(matrix, matrix)", w("quad_form(A, B)"), A + B, 15)
matrix("quad_form_sym(matrix, matrix)", w("quad_form_sym(S, B)"), SPD + B, 15)
matrix("quad_form_sym(matrix, vector)", "quad_form_sym(S, z[10:12])", SPD, 12)
matrix("quad_form_diag(matrix, vector)", w("quad_form_diag(A, z[10:12])"), A, 12)
matrix("trace_quad_form(matrix, matrix)", "trace_quad_form(A, B)", A + B, 15)
matrix("trace_gen_quad_form(matrix, matrix, matrix)",
       "trace_gen_quad_form(to_matrix(z[16:19], 2, 2), A, B)", A + B, 19)
matrix("mdivide_left(matrix, matrix)", w("A \\ B"), A + B, 15)
matrix("mdivide_left(matrix, vector)", w("A \\ z[10:12]"), A, 12)
matrix("mdivide_right(matrix, matrix)", w("B' / A"), A + B, 15)
matrix("mdivide_right(row_vector, matrix)", w("z[10:12]' / A"), A, 12)
matrix("mdivide_left_spd(matrix, matrix)", w("mdivide_left_spd(S, B)"), SPD + B, 15)
matrix("mdivide_right_spd(matrix, matrix)", w("mdivide_right_spd(B', S)"), SPD + B, 15)
matrix("mdivide_left_tri_low(matrix, matrix)", w("mdivide_left_tri_low(L, B)"), LOW + B, 15)
matrix("mdivide_left_tri_low(matrix, vector)", w("mdivide_left_tri_low(L, z[10:12])"), LOW, 12)
matrix("mdivide_right_tri_low(matrix, matrix)", w("mdivide_right_tri_low(B', L)"), LOW + B, 15)
matrix("mdivide_right_tri_low(row_vector, matrix)",
       w("mdivide_right_tri_low(z[10:12]', L)"), LOW, 12)
matrix("to_vector(matrix)", w("A"), A, 9)
matrix("to_row_vector(matrix)", w("to_row_vector(A)"), A, 9)
matrix("to_array_1d(matrix)", w("to_array_1d(A)"), A, 9)
matrix("to_array_2d(matrix)", w("to_matrix(to_array_2d(A))"), A, 9)
matrix("sum(matrix)", "sum(A)", A, 9)
matrix("max(matrix)", "max(A)", A, 9)
matrix("operator*(matrix, matrix)", w("A * B"), A + B, 15)
matrix("operator*(matrix, vector)", w("A * z[10:12]"), A, 12)
matrix("operator.^(matrix, real)", w("exp(A) .^ z[10]"), A, 10)
matrix("csr_extract_w(matrix)", w("csr_extract_w(A)"), A, 9)
shaped("csr_to_dense_matrix(int, int, vector, array[] int, array[] int)",
       w("csr_to_dense_matrix(3, 4, z[1:5], {1, 3, 1, 2, 4}, {1, 3, 3, 6})"), 5)
shaped("csr_matrix_times_vector(int, int, vector, array[] int, array[] int, vector)",
       w("csr_matrix_times_vector(3, 4, z[1:5], {1, 3, 1, 2, 4}, {1, 3, 3, 6}, z[6:9])"), 9)
G = ("matrix[3, 5] o = to_matrix(z[1:15], 3, 5); matrix[3, 3] G = [softmax(z[16:18])', "
     "softmax(z[19:21])', softmax(z[22:24])']; ")
shaped("hmm_marginal(matrix, matrix, vector)", "hmm_marginal(o, G, softmax(z[25:27]))", 27,
       before=G)

# Gaussian processes.
X = "array[3] real x = to_array_1d(z[1:3]); array[2] real y = to_array_1d(z[4:5]); "
V = ("array[3] vector[2] x = {z[1:2], z[3:4], z[5:6]}; array[2] vector[2] y = {z[7:8], z[9:10]}; ")
E3 = "exp(0.3 * z[11]), exp(0.3 * z[12])"
for name in ("gp_exp_quad_cov", "gp_exponential_cov", "gp_matern32_cov", "gp_matern52_cov"):
    shaped(f"{name}(array[] real, real, real)", w(f"{name}(x, {E3})"), 12, before=X)
    shaped(f"{name}(array[] real, array[] real, real, real)", w(f"{name}(x, y, {E3})"), 12,
           before=X)
    shaped(f"{name}(array[] vector, real, real)", w(f"{name}(x, {E3})"), 12, before=V)
    shaped(f"{name}(array[] vector, array[] vector, real, array[] real)",
           w(f"{name}(x, y, exp(z[11]), {{exp(0.3 * z[12]), exp(0.2 * z[11])}})"), 12, before=V)
shaped("gp_periodic_cov(array[] real, real, real, real)",
       w(f"gp_periodic_cov(x, {E3}, exp(0.2 * z[6]))"), 12, before=X)
shaped("gp_periodic_cov(array[] vector, array[] vector, real, real, real)",
       w(f"gp_periodic_cov(x, y, {E3}, 1.7)"), 12, before=V)
shaped("gp_dot_prod_cov(array[] real, real)", w("gp_dot_prod_cov(x, exp(z[11]))"), 12, before=X)
shaped("gp_dot_prod_cov(array[] vector, array[] vector, real)",
       w("gp_dot_prod_cov(x, y, exp(z[11]))"), 12, before=V)

# Distributions of vectors and matrices.
Y = "vector[3] y = z[10:12]; vector[3] m = z[13:15]; "
matrix("multi_normal_lpdf(vector, vector, matrix)", "multi_normal_lpdf(y | m, S)", SPD + Y, 15)
matrix("multi_normal_prec_lpdf(vector, vector, matrix)", "multi_normal_prec_lpdf(y | m, S)",
       SPD + Y, 15)
matrix("multi_normal_cholesky_lpdf(vector, vector, matrix)",
       "multi_normal_cholesky_lpdf(y | m, L)", LOW + Y, 15)
matrix("multi_normal_lpdf(array[] vector, vector, matrix)",
       "multi_normal_lpdf({y, m} | z[16:18], S)", SPD + Y, 18)
matrix("multi_student_t_lpdf(vector, real, vector, matrix)",
       "multi_student_t_lpdf(y | exp(z[16]), m, S)", SPD + Y, 16)
matrix("multi_student_t_cholesky_lpdf(vector, real, vector, matrix)",
       "multi_student_t_cholesky_lpdf(y | exp(z[16]), m, L)", LOW + Y, 16)
matrix("multi_gp_lpdf(matrix, matrix, vector)",
       "multi_gp_lpdf(to_matrix(z[10:15], 2, 3) | S, exp(z[16:17]))", SPD, 17)
matrix("multi_gp_cholesky_lpdf(matrix, matrix, vector)",
       "multi_gp_cholesky_lpdf(to_matrix(z[10:15], 2, 3) | L, exp(z[16:17]))", LOW, 17)
matrix("wishart_lpdf(matrix, real, matrix)",
       "wishart_lpdf(S | 3.5 + exp(z[10]), diag_matrix(exp(z[11:13])))", SPD, 13)
matrix("inv_wishart_lpdf(matrix, real, matrix)",
       "inv_wishart_lpdf(S | 3.5 + exp(z[10]), diag_matrix(exp(z[11:13])))", SPD, 13)
matrix("wishart_cholesky_lpdf(matrix, real, matrix)",
       "wishart_cholesky_lpdf(L | 3.5 + exp(z[10]), diag_matrix(exp(z[11:13])))", LOW, 13)
matrix("inv_wishart_cholesky_lpdf(matrix, real, matrix)",
       "inv_wishart_cholesky_lpdf(L | 3.5 + exp(z[10]), diag_matrix(exp(z[11:13])))", LOW, 13)
LCORR = ("matrix[2, 2] L = [[1, 0], [tanh(z[1]), sqrt(1 - square(tanh(z[1])))]]; ")
shaped("lkj_corr_cholesky_lpdf(matrix, real)", "lkj_corr_cholesky_lpdf(L | exp(z[2]))", 2,
       before=LCORR)
shaped("lkj_corr_lpdf(matrix, real)", "lkj_corr_lpdf(tcrossprod(L) | exp(z[2]))", 2,
       before=LCORR)
shaped("dirichlet_lpdf(vector, vector)", "dirichlet_lpdf(softmax(z[1:3]) | exp(z[4:6]))", 6)
shaped("dirichlet_multinomial_lpmf(array[] int, vector)",
       "dirichlet_multinomial_lpmf({2, 0, 5} | exp(z[1:3]))", 3)
shaped("multinomial_lpmf(array[] int, vector)", "multinomial_lpmf({2, 0, 5} | softmax(z[1:3]))",
       3)
shaped("multinomial_logit_lpmf(array[] int, vector)",
       "multinomial_logit_lpmf({2, 0, 5} | z[1:3])", 3)
shaped("categorical_lpmf(int, vector)", "categorical_lpmf(2 | softmax(z[1:3]))", 3)
shaped("categorical_lpmf(array[] int, vector)", "categorical_lpmf({2, 3, 3} | softmax(z[1:3]))",
       3)
shaped("categorical_logit_lpmf(int, vector)", "categorical_logit_lpmf(2 | z[1:3])", 3)
CUT = "vector[3] c = [z[2], z[2] + exp(z[3]), z[2] + exp(z[3]) + exp(z[4])]'; "
for k in (1, 2, 4):
    shaped("ordered_logistic_lpmf(int, real, vector)",
           f"ordered_logistic_lpmf({k} | z[1], c)", 4, before=CUT, n=8)
    shaped("ordered_probit_lpmf(int, real, vector)", f"ordered_probit_lpmf({k} | z[1], c)", 4,
           before=CUT, n=8)
DLM = ("matrix[2, 3] y = to_matrix(z[1:6], 2, 3); matrix[2, 2] F = to_matrix(z[7:10], 2, 2); "
       "matrix[2, 2] G = to_matrix(z[11:14], 2, 2); matrix[2, 2] W = diag_matrix(exp(z[15:16])); "
       "matrix[2, 2] C = diag_matrix(exp(z[17:18])); ")
shaped("gaussian_dlm_obs_lpdf(matrix, matrix, matrix, vector, matrix, vector, matrix)",
       "gaussian_dlm_obs_lpdf(y | F, G, exp(z[19:20]), W, z[21:22], C)", 22, before=DLM)

# Generalised linear models.
M = "matrix[4, 2] X = to_matrix(z[1:8], 4, 2); vector[2] b = z[9:10]; real a = z[11]; "
shaped("normal_id_glm_lpdf(vector, matrix, real, vector, real)",
       "normal_id_glm_lpdf(z[12:15] | X, a, b, exp(z[16]))", 16, before=M)
shaped("bernoulli_logit_glm_lpmf(array[] int, matrix, real, vector)",
       "bernoulli_logit_glm_lpmf({0, 1, 1, 0} | X, a, b)", 11, before=M)
shaped("binomial_logit_glm_lpmf(array[] int, array[] int, matrix, real, vector)",
       "binomial_logit_glm_lpmf({0, 1, 3, 2} | {3, 1, 4, 7}, X, a, b)", 11, before=M)
shaped("poisson_log_glm_lpmf(array[] int, matrix, real, vector)",
       "poisson_log_glm_lpmf({0, 1, 5, 2} | X, a, b)", 11, before=M)
shaped("neg_binomial_2_log_glm_lpmf(array[] int, matrix, real, vector, real)",
       "neg_binomial_2_log_glm_lpmf({0, 1, 5, 2} | X, a, b, exp(z[12]))", 12, before=M)
shaped("categorical_logit_glm_lpmf(array[] int, matrix, vector, matrix)",
       "categorical_logit_glm_lpmf({1, 3, 2, 2} | X, z[9:11], to_matrix(z[12:17], 2, 3))", 17,
       before="matrix[4, 2] X = to_matrix(z[1:8], 4, 2); ")
shaped("ordered_logistic_glm_lpmf(array[] int, matrix, vector, vector)",
       "ordered_logistic_glm_lpmf({1, 3, 2, 2} | X, b, [z[11], z[11] + exp(z[12])]')", 12,
       before=M)

# Complex numbers: both parts of a result are weighed.


def both(text):
    return f"weigh(get_real({text})) + 0.7*weigh(get_imag({text}))"


def parts(text):
    return (f"weigh(to_vector(get_real({text}))) + "
            f"0.7*weigh(to_vector(get_imag({text})))")


def number(text):
    return f"complex r={text}; target += 0.6*get_real(r)-1.3*get_imag(r);"


def complexes(signature, body, count, n=POINTS):
    g = generator(signature + body)
    add(signature, body, count, np.round(g.normal(size=(n, count)), 4).tolist())


Z = "complex a=to_complex(z[1],z[2]); complex b=to_complex(z[3],z[4]); "
CV = ("complex_vector[3] v=to_complex(z[1:3],z[4:6]); "
      "complex_vector[3] u=to_complex(z[7:9],z[10:12]); ")
CM = ("complex_matrix[2,2] A=to_complex(to_matrix(z[1:4],2,2),to_matrix(z[5:8],2,2)); "
      "complex_matrix[2,2] B=to_complex(to_matrix(z[9:12],2,2),to_matrix(z[13:16],2,2)); ")
CMV = CM + "complex_vector[2] v=to_complex(z[17:18],z[19:20]); "
for text in """a+b a-b a*b a/b a^b pow(a,b) -a a*2 2/a z[1]*a a+1 a*1.5i""".split():
    operator = next((c for c in text[1:] if c in "+-*/^"), "")
    name = f"operator{operator}(complex, complex)" if operator else {
        "p": "pow(complex, complex)", "-": "operator-(complex)"}[text[0]]
    complexes(name, Z + number(text), 4)
for name in """conj proj exp log log10 sqrt sin cos tan sinh cosh tanh asin acos atan asinh acosh
        atanh""".split():
    complexes(f"{name}(complex)", Z + number(f"{name}(a)"), 4)
complexes("polar(real, real)", Z + number("polar(abs(z[1]),z[2])"), 4)
complexes("to_complex(real)", Z + number("to_complex(z[1])+3i"), 4)
for name in "abs arg norm get_real get_imag".split():
    complexes(f"{name}(complex)", Z + f"target += {name}(a);", 4)
complexes("operator==(complex, complex)", Z + "target += z[1]*((a==a)+2*(a!=b));", 4)
VECTORS = """
v+u|operator+(complex_vector, complex_vector)
v-u|operator-(complex_vector, complex_vector)
v.*u|operator.*(complex_vector, complex_vector)
v./u|operator./(complex_vector, complex_vector)
a*v|operator*(complex, complex_vector)
v/a|operator/(complex_vector, complex)
v*a|operator*(complex_vector, complex)
conj(v)|conj(complex_vector)
head(v,2)|head(complex_vector, int)
tail(v,2)|tail(complex_vector, int)
segment(v,2,2)|segment(complex_vector, int, int)
reverse(v)|reverse(complex_vector)
cumulative_sum(v)|cumulative_sum(complex_vector)
append_row(a,v)|append_row(complex, complex_vector)
append_row(v,u)|append_row(complex_vector, complex_vector)
to_vector(v')|to_vector(complex_row_vector)
v[2:3]|indexing(complex_vector)
v[{3,1}]|indexing(complex_vector)
rep_vector(a,3)|rep_vector(complex, int)
pow(v,u)|pow(complex_vector, complex_vector)
2*v|operator*(complex, complex_vector)
z[1:3].*u|operator.*(complex_vector, complex_vector)
fft(v)|fft(complex_vector)
inv_fft(v)|inv_fft(complex_vector)
v+a|operator+(complex_vector, complex)
"""
for line in VECTORS.split("\n")[1:-1]:
    text, name = line.split("|")
    complexes(name, CV + "complex a=to_complex(z[13],z[14]); " + f"target += {both(text)};", 14)
for text, name in (("dot_product(v,u)", "dot_product(complex_vector, complex_vector)"),
                   ("dot_self(v)", "dot_self(complex_vector)"), ("sum(v)", "sum(complex_vector)"),
                   ("prod(v)", "prod(complex_vector)"), ("v[2]", "indexing(complex_vector)")):
    complexes(name, CV + number(text), 12)
MATRICES = """
A*B|operator*(complex_matrix, complex_matrix)
A+B|operator+(complex_matrix, complex_matrix)
A.*B|operator.*(complex_matrix, complex_matrix)
A/B|operator/(complex_matrix, complex_matrix)
A'|transpose(complex_matrix)
diag_post_multiply(A,v)|diag_post_multiply(complex_matrix, complex_vector)
diag_pre_multiply(v,A)|diag_pre_multiply(complex_vector, complex_matrix)
v*v'|operator*(complex_vector, complex_row_vector)
add_diag(A,v)|add_diag(complex_matrix, complex_vector)
block(A,1,1,2,1)|block(complex_matrix, int, int, int, int)
append_col(A,B)|append_col(complex_matrix, complex_matrix)
append_col(A,v)|append_col(complex_matrix, complex_vector)
append_row(A,v')|append_row(complex_matrix, complex_row_vector)
to_matrix(A,1,4)|to_matrix(complex_matrix, int, int)
diag_matrix(v)|diag_matrix(complex_vector)
rep_matrix(v,3)|rep_matrix(complex_vector, int)
fft2(A)|fft2(complex_matrix)
inv_fft2(A)|inv_fft2(complex_matrix)
A*2.5|operator*(complex_matrix, complex)
"""
for line in MATRICES.split("\n")[1:-1]:
    text, name = line.split("|")
    complexes(name, CMV + f"target += {parts(text)};", 20)
COLUMNS = """
A*v|operator*(complex_matrix, complex_vector)
col(A,2)|col(complex_matrix, int)
diagonal(A)|diagonal(complex_matrix)
sub_col(A,1,2,1)|sub_col(complex_matrix, int, int, int)
rows_dot_product(A,B)|rows_dot_product(complex_matrix, complex_matrix)
rows_dot_self(A)|rows_dot_self(complex_matrix)
to_vector(A)|to_vector(complex_matrix)
A[,1]|indexing(complex_matrix)
"""
ROWS = """
v'*A|operator*(complex_row_vector, complex_matrix)
row(A,2)|row(complex_matrix, int)
sub_row(A,1,1,2)|sub_row(complex_matrix, int, int, int)
columns_dot_product(A,B)|columns_dot_product(complex_matrix, complex_matrix)
columns_dot_self(A)|columns_dot_self(complex_matrix)
A[2]|indexing(complex_matrix)
v'/A|operator/(complex_row_vector, complex_matrix)
"""
for line in COLUMNS.split("\n")[1:-1]:
    text, name = line.split("|")
    complexes(name, CMV + f"target += {both(text)};", 20)
for line in ROWS.split("\n")[1:-1]:
    text, name = line.split("|")
    complexes(name, CMV + f"target += {both('to_vector(' + text + ')')};", 20)
complexes("trace(complex_matrix)", CM + number("trace(A)"), 16)
complexes("sum(complex_matrix)", CM + number("sum(A)"), 16)
complexes("prod(complex_matrix)", CM + number("prod(A)"), 16)
complexes("indexing(complex_matrix)", CM + number("A[2,1]"), 16)
complexes("assignment(complex_matrix)", CV + "v[2]=u[1]; v[1]*=2; v[3]+=to_complex(z[1],0); "
          "complex_matrix[2,3] Q; Q[1]=v'; Q[2,]=u'; Q[1,2]=3; target += " + parts("Q") + ";", 12)
complexes("sum(array[] complex)",
          Z + "array[2] complex x={a,b}; x[1]=b*a; " + number("x[1]*x[2]+sum(x)"), 4)
complexes("literals(complex_row_vector)", Z + "complex_row_vector[3] x=[a,b,2]; target += "
          + both("to_vector(x)") + "; complex_matrix[2,2] y=[[a,b],[1,a*b]]; target+="
          + parts("y") + ";", 4)

HYPERGEOMETRIC = [[1, 1, 2, 0.5], [0.3, 2.5, 1.1, 0.9], [0.3, 2.5, 1.1, -0.9], [12, 14, 16, 0.4],
                  [0.3, 2.5, 1.1, -20], [0.5, 0.7, 1.3, 0.999], [1.5, 2, 3.5, 1e-8]]
HYPERGEOMETRIC += [[a, b, c, z] for a, b, c in ((0.7, 2.2, 3), (4, 0.1, 0.6), (-1.5, 3, 2.5))
                   for z in (-3, -0.5, 0.1, 0.6, 0.97)]
add("hypergeometric_2F1(real, real, real, real)",
    "target += hypergeometric_2F1(z[1], z[2], z[3], z[4]);", 4, HYPERGEOMETRIC, to=NEW)
add("hypergeometric_1F0(real, real)", "target += hypergeometric_1F0(z[1], z[2]);", 2,
    [[a, z] for a in (1, 0.3, -2.5, 7) for z in (-5, -0.5, 0.1, 0.6, 0.97)], to=NEW)
