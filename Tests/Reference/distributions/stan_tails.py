# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes stan_tails.csv: logarithms of distribution functions and of their complements
under Stan's names (mpmath 1.3), in the middle and far out on both sides.
Columns: name, variate and parameters (separated by spaces), log P(X <= x), log P(X > x).
"""
from pathlib import Path
from mpmath import (mp, mpf, log, exp, expm1, log1p, loggamma, pi, sqrt, erfc, atan, quad, inf, cos,
                    besseli, gammainc, betainc, binomial, floor)

mp.dps = 60
rows = []


def emit(name, lower, upper, x, *parameters):
    lower, upper = mpf(lower), mpf(upper)
    def text(v):
        return "-inf" if v <= 0 else mp.nstr(log(v) if v < 0.5 else log1p(v - 1), 22)
    # A tail near 1 by the other one.
    low = text(lower) if lower < 0.5 else mp.nstr(log1p(-upper), 22)
    up = text(upper) if upper < 0.5 else mp.nstr(log1p(-lower), 22)
    rows.append(",".join([name, " ".join(repr(float(v)) for v in (x, *parameters)), low, up]))


def each(name, tails, xs, *parameters):
    for x in xs:
        lower, upper = tails(mpf(x), *[mpf(p) for p in parameters])
        emit(name, lower, upper, x, *parameters)


def Phi(z):
    return erfc(-z / sqrt(2)) / 2


def location(tails):
    return lambda x, m, s, *rest: tails((x - m) / s, *rest)


def swap(tails):
    return lambda *a: tails(*a)[::-1]


def by_upper_exponent(e):  # the upper tail is exp(-e)
    return -expm1(-e), exp(-e)


def Q(a, x):
    return (gammainc(a, 0, x, regularized=True), gammainc(a, x, inf, regularized=True))


def I(a, b, x, y=None):
    return (betainc(a, b, 0, x, regularized=True),
            betainc(b, a, 0, 1 - x if y is None else y, regularized=True))


normal = lambda z: (Phi(z), Phi(-z))
real = [-30.0, -2.5, 0.3, 4.0, 60.0]
positive = [1e-8, 0.05, 1.3, 7.5, 900.0]
each("std_normal", normal, [-38.0, -1.2, 0.4, 9.0])
each("normal", location(normal), real, 0.4, 1.7)
each("lognormal", lambda x, m, s: normal((log(x) - m) / s), positive, 0.4, 1.7)


def cauchy(z):
    tail = lambda w: atan(1 / w) / pi if w > 0 else 1 - atan(1 / -w) / pi if w < 0 else mpf(0.5)
    return tail(-z), tail(z)


each("cauchy", location(cauchy), [-1e12, *real, 1e12], 0.4, 1.7)
laplace = lambda z: (exp(z) / 2 if z < 0 else 1 - exp(-z) / 2, exp(-z) / 2 if z > 0 else 1 - exp(z) / 2)
each("double_exponential", location(laplace), real, 0.4, 1.7)
each("logistic", location(lambda z: (1 / (1 + exp(-z)), 1 / (1 + exp(z)))), real, 0.4, 1.7)
gumbel = lambda z: (exp(-exp(-z)), -expm1(-exp(-z)))
each("gumbel", location(gumbel), [-4.0, 0.3, 4.0, 90.0], 0.4, 1.7)


def skew_laplace(z, t):
    below, above = t * exp(2 * (1 - t) * min(z, 0)), (1 - t) * exp(-2 * t * max(z, 0))
    return (below, 1 - below) if z < 0 else (1 - above, above)


each("skew_double_exponential", location(skew_laplace), real, 0.4, 1.7, 0.2)


def exp_mod_normal(z, r):
    product = exp(r * r / 2 - r * z) * Phi(z - r)
    return Phi(z) - product, Phi(-z) + product


mp.dps = 400
for rate in [0.8, 15.0]:
    each("exp_mod_normal", lambda x, m, s, l: exp_mod_normal((x - m) / s, l * s), [-30.0, -2.5, 0.3, 4.0, 60.0],
         0.4, 1.7, rate)
mp.dps = 60


def skew_normal(z, a):
    f = lambda t: 2 * exp(-t * t / 2) / sqrt(2 * pi) * Phi(a * t)
    return quad(f, [-inf, z - 8, z - 2, z]), quad(f, [z, z + 2, z + 8, inf])


each("skew_normal", location(skew_normal), [-12.0, -2.5, 0.3, 4.0, 12.0], 0.4, 1.7, 1.3)


def von_mises(x, m, k):
    f = lambda t: exp(k * (cos(t - m) - 1)) / (2 * pi * besseli(0, k) * exp(-k))
    return quad(f, mp.linspace(-pi, x, 9)), quad(f, mp.linspace(x, pi, 9))


each("von_mises", von_mises, [-3.1, -0.2, 0.5, 3.0], 0.4, 1.7)
each("uniform", lambda x, a, b: ((x - a) / (b - a), (b - x) / (b - a)), [-2.9999999, 0.3, 4.4999999], -3.0, 4.5)
each("exponential", lambda x, b: by_upper_exponent(b * x), positive, 1.7)
each("weibull", lambda x, a, s: by_upper_exponent((x / s) ** a), [1e-250, *positive[:4], 30.0], 1.4, 1.7)
each("frechet", swap(lambda x, a, s: by_upper_exponent((x / s) ** -a)), [0.05, 1.3, 7.5, 1e250], 1.4, 1.7)
each("rayleigh", lambda x, s: by_upper_exponent(x * x / (2 * s * s)), [1e-200, *positive[:4], 30.0], 1.7)
each("loglogistic", lambda x, a, b: (1 / (1 + (x / a) ** -b), 1 / (1 + (x / a) ** b)), [1e-200, *positive, 1e200], 1.4, 1.7)
each("pareto", lambda x, m, a: by_upper_exponent(a * log(x / m)), [0.04000000001, 0.05, 7.5, 1e200], 0.04, 1.7)
each("pareto_type_2", lambda x, m, l, a: by_upper_exponent(a * log1p((x - m) / l)), [-2.9999999999, 0.3, 1e200], -3.0, 1.4, 1.7)


def student(z, n):
    half = betainc(n / 2, mpf(0.5), 0, n / (n + z * z), regularized=True) / 2
    return (half, 1 - half) if z < 0 else (1 - half, half)


each("student_t", lambda x, n, m, s: student((x - m) / s, n), [-1e9, -2.5, 0.3, 4.0, 1e9], 3.5, 0.4, 1.7)
each("gamma", lambda x, a, b: Q(a, b * x), positive[:4] + [400.0], 2.4, 1.7)
each("inv_gamma", swap(lambda x, a, b: Q(a, b / x)), [0.004, *positive[1:]], 2.4, 1.7)
each("chi_square", lambda x, n: Q(n / 2, x / 2), positive[:4] + [900.0], 3.4)
each("inv_chi_square", swap(lambda x, n: Q(n / 2, 1 / (2 * x))), [0.001, *positive[1:]], 3.4)
each("scaled_inv_chi_square", swap(lambda x, n, s: Q(n / 2, n * s * s / (2 * x))), [0.004, *positive[1:]], 3.4, 1.2)
each("beta", lambda x, a, b: I(a, b, x), [1e-9, 0.02, 0.4, 0.93, 1 - 1e-9], 0.4, 1.7)
each("beta_proportion", lambda x, m, k: I(m * k, (1 - m) * k, x), [1e-9, 0.4, 0.93], 0.4, 1.7)


def summed(mass, top):
    """By adding up all masses; `top` is beyond what counts."""
    def tails(k, *parameters):
        masses = [mass(mpf(j), *parameters) for j in range(int(top(*parameters)) + 1)]
        return sum(masses[:int(k) + 1], mpf(0)), sum(masses[int(k) + 1:], mpf(0))
    return tails


def beta_(a, b):
    return exp(loggamma(a) + loggamma(b) - loggamma(a + b))


each("bernoulli", lambda k, p: (0, 1) if k < 0 else (1 - p, p) if k < 1 else (1, 0), [-1, 0, 1], 0.3)
each("poisson", swap(lambda k, l: Q(k + 1, l)), [0, 1, 6, 90], 1.7)
each("binomial", summed(lambda k, n, p: binomial(n, k) * p ** k * (1 - p) ** (n - k), lambda n, p: n), [0, 5, 39], 40, 0.3)
each("neg_binomial", lambda k, a, b: I(a, k + 1, b / (1 + b), 1 / (1 + b)), [0, 5, 200], 1.7, 0.6)
each("neg_binomial_2", lambda k, m, r: I(r, k + 1, r / (r + m), m / (r + m)), [0, 5, 200], 1.7, 0.6)
each("beta_binomial", summed(lambda k, n, a, b: binomial(n, k) * beta_(k + a, n - k + b) / beta_(a, b),
                             lambda n, a, b: n), [0, 5, 39], 40, 0.4, 1.7)


def beta_neg_binomial(k, r, a, b):
    mass = lambda j: exp(loggamma(j + r) - loggamma(r) - loggamma(j + 1)) * beta_(j + b, r + a) / beta_(a, b)
    lower = sum((mass(mpf(j)) for j in range(int(k) + 1)), mpf(0))
    return lower, 1 - lower


each("beta_neg_binomial", beta_neg_binomial, [0, 3, 40, 2000], 2.5, 0.4, 1.7)
each("beta_neg_binomial", beta_neg_binomial, [0, 3, 40, 2000], 2.5, 9.0, 1.7)
each("beta_neg_binomial", beta_neg_binomial, [0, 30], 2.5, 60.0, 0.3)
yule = lambda k, r: (1 - k * beta_(k, r + 1), k * beta_(k, r + 1)) if k >= 1 else (0, 1)
each("yule_simon", yule, [0, 1, 7, 10**6], 1.7)
each("discrete_range", lambda k, l, u: ((k - l + 1) / (u - l + 1), (u - k) / (u - l + 1)), [-2, 0, 5], -2, 6)

(Path(__file__).parent / "stan_tails.csv").write_text(
    "\n".join(["name,arguments,lower,upper"] + rows) + "\n")
