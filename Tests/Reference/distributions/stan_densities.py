# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes stan_densities.csv: log densities under Stan's names (mpmath 1.3, from the
formulas of the Stan functions reference; matrices and multivariate ones with
scipy 1.17 and numpy). Columns: name, variate, parameters..., value; an argument is
"s x", "v x y z" or "m rows columns entries by column".
"""
from pathlib import Path
import numpy as np
from mpmath import (mp, mpf, log, exp, gamma, loggamma, pi, sqrt, erfc, besseli, cos, binomial,
                    power, quad, inf)
from scipy import stats

mp.dps = 40
rows = []


def arg(v):
    v = np.asarray(v, dtype=float)
    if v.ndim == 0:
        return f"s {float(v)!r}"
    if v.ndim == 1:
        return "v " + " ".join(repr(float(e)) for e in v)
    return f"m {v.shape[0]} {v.shape[1]} " + " ".join(repr(float(e)) for e in v.T.flatten())


def emit(name, value, x, *parameters):
    rows.append(",".join([name, arg(x)] + [arg(p) for p in parameters] + [mp.nstr(mpf(value), 22)]))


def each(name, f, xs, *parameters):
    """A univariate density at each x, and once vectorised with the sum."""
    total = mpf(0)
    for x in xs:
        value = f(mpf(x), *[mpf(p) for p in parameters])
        total += value
        emit(name, value, x, *parameters)
    emit(name, total, xs, *parameters)


def Phi(z):
    return erfc(-z / sqrt(2)) / 2


def lbeta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def normal(x, m, s):
    return -((x - m) / s) ** 2 / 2 - log(s * sqrt(2 * pi))


def student(x, n, m, s):
    return (loggamma((n + 1) / 2) - loggamma(n / 2) - log(n * pi) / 2 - log(s)
            - (n + 1) / 2 * log(1 + ((x - m) / s) ** 2 / n))


def nb(k, r, p):
    return loggamma(k + r) - loggamma(k + 1) - loggamma(r) + r * log(p) + k * log(1 - p)


real, positive, unit, counts = [-2.5, 0.3, 4.0], [0.05, 1.3, 7.5], [0.02, 0.4, 0.93], [0, 1, 6]
each("normal", normal, real, 0.4, 1.7)
each("std_normal", lambda x: normal(x, 0, 1), real)
each("student_t", student, real, 3.5, 0.4, 1.7)
each("cauchy", lambda x, m, s: -log(pi * s * (1 + ((x - m) / s) ** 2)), real, 0.4, 1.7)
each("double_exponential", lambda x, m, s: -log(2 * s) - abs(x - m) / s, real, 0.4, 1.7)
each("logistic", lambda x, m, s: -(x - m) / s - log(s) - 2 * log(1 + exp(-(x - m) / s)), real, 0.4, 1.7)
each("gumbel", lambda x, m, b: -log(b) - (x - m) / b - exp(-(x - m) / b), real, 0.4, 1.7)
each("skew_normal", lambda x, m, s, a: log(2) + normal(x, m, s) + log(Phi(a * (x - m) / s)), real, 0.4, 1.7, -2.2)
each("exp_mod_normal", lambda x, m, s, l: log(l) + l * (2 * m + l * s * s - 2 * x) / 2
     + log(erfc((m + l * s * s - x) / (sqrt(2) * s)) / 2), real, 0.4, 1.7, 0.8)
each("von_mises", lambda x, m, k: k * cos(x - m) - log(2 * pi * besseli(0, k)), [-2.5, 0.3, 3.0], 0.4, 1.7)
each("von_mises", lambda x, m, k: k * cos(x - m) - log(2 * pi * besseli(0, k)), [0.1, 0.3], 0.4, 99.5)
each("von_mises", lambda x, m, k: k * cos(x - m) - log(2 * pi * besseli(0, k)), [0.1, 0.3], 0.4, 2e3)
each("uniform", lambda x, a, b: -log(b - a), real, -3.0, 4.5)
each("lognormal", lambda x, m, s: normal(log(x), m, s) - log(x), positive, 0.4, 1.7)
each("exponential", lambda x, b: log(b) - b * x, positive, 1.7)
each("gamma", lambda x, a, b: a * log(b) - loggamma(a) + (a - 1) * log(x) - b * x, positive, 0.4, 1.7)
each("inv_gamma", lambda x, a, b: a * log(b) - loggamma(a) - (a + 1) * log(x) - b / x, positive, 2.4, 1.7)
each("chi_square", lambda x, n: -n / 2 * log(2) - loggamma(n / 2) + (n / 2 - 1) * log(x) - x / 2, positive, 3.4)
each("inv_chi_square", lambda x, n: -n / 2 * log(2) - loggamma(n / 2) - (n / 2 + 1) * log(x) - 1 / (2 * x), positive, 3.4)
each("scaled_inv_chi_square", lambda x, n, s: n / 2 * log(n / 2) - loggamma(n / 2) + n * log(s)
     - (n / 2 + 1) * log(x) - n * s * s / (2 * x), positive, 3.4, 1.2)
each("weibull", lambda x, a, s: log(a / s) + (a - 1) * log(x / s) - (x / s) ** a, positive, 1.4, 1.7)
each("frechet", lambda x, a, s: log(a / s) - (a + 1) * log(x / s) - (x / s) ** -a, positive, 1.4, 1.7)
each("rayleigh", lambda x, s: log(x) - 2 * log(s) - x * x / (2 * s * s), positive, 1.7)
each("loglogistic", lambda x, a, b: log(b / a) + (b - 1) * log(x / a) - 2 * log(1 + (x / a) ** b), positive, 1.4, 1.7)
each("pareto", lambda x, m, a: log(a) + a * log(m) - (a + 1) * log(x), positive, 0.04, 1.7)
each("pareto_type_2", lambda x, m, l, a: log(a / l) - (a + 1) * log(1 + (x - m) / l), real, -3.0, 1.4, 1.7)
each("beta", lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - lbeta(a, b), unit, 0.4, 1.7)
each("beta_proportion", lambda x, m, k: (m * k - 1) * log(x) + ((1 - m) * k - 1) * log(1 - x)
     - lbeta(m * k, (1 - m) * k), unit, 0.4, 1.7)
each("bernoulli", lambda x, p: log(p) if x else log(1 - p), [0, 1, 1], 0.3)
each("bernoulli_logit", lambda x, a: -log(1 + exp(-a)) if x else -log(1 + exp(a)), [0, 1, 1], -0.7)
each("binomial", lambda x, n, p: log(binomial(n, x)) + x * log(p) + (n - x) * log(1 - p), counts, 6, 0.3)
each("binomial_logit", lambda x, n, a: log(binomial(n, x)) - x * log(1 + exp(-a)) - (n - x) * log(1 + exp(a)), counts, 6, 0.3)
each("poisson", lambda x, l: x * log(l) - l - loggamma(x + 1), counts, 1.7)
each("poisson_log", lambda x, a: x * a - exp(a) - loggamma(x + 1), counts, 0.7)
each("neg_binomial_2", lambda x, m, r: nb(x, r, r / (r + m)), counts, 1.7, 0.6)
each("neg_binomial_2_log", lambda x, e, r: nb(x, r, r / (r + exp(e))), counts, 0.7, 0.6)
each("neg_binomial", lambda x, a, b: nb(x, a, b / (b + 1)), counts, 1.7, 0.6)
theta = [0.2, 0.5, 0.3]
emit("categorical", log(mpf(0.5)), 2, theta)
emit("categorical", log(mpf(0.5)) + log(mpf(0.3)) * 2, [2, 3, 3], theta)
beta = [0.1, -1.2, 2.0]
Z = sum(exp(mpf(b)) for b in beta)
emit("categorical_logit", mpf(2.0) - log(Z), 3, beta)
emit("categorical_logit", mpf(2.0) + mpf(0.1) * 2 - 3 * log(Z), [3, 1, 1], beta)


def ordered(k, eta, c):
    s = lambda z: 1 / (1 + exp(-z))
    upper = s(mpf(c[k - 1]) - eta) if k <= len(c) else mpf(1)
    lower = s(mpf(c[k - 2]) - eta) if k > 1 else mpf(0)
    return log(upper - lower)


cuts = [-1.0, 0.2, 1.9]
for k in [1, 2, 3, 4]:
    emit("ordered_logistic", ordered(k, mpf(0.7), cuts), k, 0.7, cuts)
emit("ordered_logistic", sum(ordered(k, mpf(0.7), cuts) for k in [1, 2, 3, 4, 4]), [1, 2, 3, 4, 4], 0.7, cuts)
emit("ordered_logistic", sum(ordered(k, mpf(e), cuts) for k, e in zip([1, 4, 3], [0.1, -2.0, 1.0])),
     [1, 4, 3], [0.1, -2.0, 1.0], cuts)

mu, x = np.array([0.5, -1.0, 2.0]), np.array([0.1, 0.3, 1.5])
S = np.array([[2.0, 0.5, -0.3], [0.5, 1.5, 0.2], [-0.3, 0.2, 0.8]])
L = np.linalg.cholesky(S)
xs = np.array([[0.1, 0.3, 1.5], [1.0, -1.0, 2.5]]).T
mvn = stats.multivariate_normal(mu, S)
for name, third in [("multi_normal", S), ("multi_normal_cholesky", L), ("multi_normal_prec", np.linalg.inv(S))]:
    emit(name, mvn.logpdf(x), x, mu, third)
    emit(name, mvn.logpdf(xs.T).sum(), xs, mu, third)
alpha = [0.7, 2.0, 3.1]
emit("dirichlet", stats.dirichlet(alpha).logpdf([0.2, 0.3, 0.5]), [0.2, 0.3, 0.5], alpha)
D = np.array([[0.2, 0.3, 0.5], [0.6, 0.1, 0.3]]).T
emit("dirichlet", stats.dirichlet(alpha).logpdf(D).sum(), D, alpha)


def lkj_normalizer(K, eta):
    """log of the integral of |R|^(eta - 1) over correlation matrices, by the vine."""
    total = mpf(0)
    for k in range(1, K):
        b = mpf(eta) + mpf(K - 1 - k) / 2
        total += (K - k) * ((2 * b - 1) * log(mpf(2)) + lbeta(b, b))
    return total


R = np.array([[1.0, 0.4, -0.2], [0.4, 1.0, 0.1], [-0.2, 0.1, 1.0]])
C = np.linalg.cholesky(R)
for eta in [1.0, 2.5, 0.6]:
    det = mpf(np.linalg.det(R))
    emit("lkj_corr", (mpf(eta) - 1) * log(det) - lkj_normalizer(3, eta), R, eta)
    # The factor's density has the Jacobian of L -> L L': prod L_kk^(K - k).
    emit("lkj_corr_cholesky", (mpf(eta) - 1) * log(det) - lkj_normalizer(3, eta)
         + sum((3 - k) * log(mpf(C[k - 1, k - 1])) for k in range(1, 4)), C, eta)

X = np.array([[1.0, 0.5], [0.2, -1.0], [0.0, 2.0], [-0.7, 0.3]])
b, a = np.array([0.4, -0.3]), 0.25
eta = X @ b + a
ys, ks = [0.3, -1.0, 2.0, 0.1], [0, 1, 2, 5]
emit("normal_id_glm", sum(normal(mpf(y), mpf(e), mpf(1.3)) for y, e in zip(ys, eta)), ys, X, a, b, 1.3)
emit("normal_id_glm", sum(normal(mpf(y), mpf(e - a + c), mpf(1.3)) for y, e, c in zip(ys, eta, [1.0, 2.0, 3.0, 4.0])),
     ys, X, [1.0, 2.0, 3.0, 4.0], b, 1.3)
emit("bernoulli_logit_glm", sum(-log(1 + exp(-mpf(e) if y else mpf(e))) for y, e in zip([0, 1, 1, 0], eta)),
     [0, 1, 1, 0], X, a, b)
emit("poisson_log_glm", sum(k * mpf(e) - exp(mpf(e)) - loggamma(k + 1) for k, e in zip(ks, eta)), ks, X, a, b)
emit("neg_binomial_2_log_glm", sum(nb(mpf(k), mpf(0.6), mpf(0.6) / (mpf(0.6) + exp(mpf(e)))) for k, e in zip(ks, eta)),
     ks, X, a, b, 0.6)
(Path(__file__).parent / "stan_densities.csv").write_text("\n".join(["name,variate,parameters,value"] + rows) + "\n")
