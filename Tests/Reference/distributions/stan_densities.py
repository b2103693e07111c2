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
# Families that only Stan names.
each("skew_double_exponential", lambda x, m, s, t: log(2 * t * (1 - t) / s)
     - 2 * ((1 - t) * (m - x) if x < m else t * (x - m)) / s, real, 0.4, 1.7, 0.2)


def beta_binomial(k, n, a, b):
    return log(binomial(n, k)) + lbeta(k + a, n - k + b) - lbeta(a, b)


def beta_neg_binomial(k, r, a, b):
    return loggamma(k + r) - loggamma(r) - loggamma(k + 1) + lbeta(k + b, r + a) - lbeta(a, b)


def hypergeometric(k, n, a, b):
    return log(binomial(a, k)) + log(binomial(b, n - k)) - log(binomial(a + b, n))


each("beta_binomial", beta_binomial, counts, 6, 0.4, 1.7)
each("beta_neg_binomial", beta_neg_binomial, counts, 2.5, 0.4, 1.7)
each("yule_simon", lambda k, r: log(r) + lbeta(k, r + 1), [1, 2, 7], 1.7)
each("discrete_range", lambda k, l, u: -log(u - l + 1), [-2, 0, 5], -2, 6)
each("hypergeometric", hypergeometric, [1, 3, 4], 5, 4, 9)
y = [3, 0, 2]
emit("multinomial", loggamma(6) - loggamma(4) - loggamma(3) + 3 * log(mpf(0.2)) + 2 * log(mpf(0.3)), y, theta)
emit("multinomial_logit", loggamma(6) - loggamma(4) - loggamma(3) + 3 * mpf(0.1) + 2 * mpf(2.0) - 5 * log(Z), y, beta)


def dirichlet_multinomial(y, a):
    A, n = sum(mpf(v) for v in a), sum(y)
    return (loggamma(A) + loggamma(n + 1) - loggamma(A + n)
            + sum(loggamma(v + mpf(w)) - loggamma(mpf(w)) - loggamma(v + 1) for v, w in zip(y, a)))


emit("dirichlet_multinomial", dirichlet_multinomial(y, [0.7, 2.0, 3.1]), y, [0.7, 2.0, 3.1])
emit("dirichlet_multinomial", dirichlet_multinomial(y, [1e9, 3e9, 2e8]), y, [1e9, 3e9, 2e8])


def probit(k, eta, c):
    upper = Phi(mpf(c[k - 1]) - eta) if k <= len(c) else mpf(1)
    lower = Phi(mpf(c[k - 2]) - eta) if k > 1 else mpf(0)
    return log(upper - lower)


for f, name in [(ordered, "ordered_logistic"), (probit, "ordered_probit")]:
    for k in [1, 2, 3, 4]:
        emit(name, f(k, mpf(0.7), cuts), k, 0.7, cuts)
        for eta in [-9.0, 30.0]:  # all cut points in one tail
            emit(name, f(k, mpf(eta), cuts), k, eta, cuts)
    emit(name, sum(f(k, mpf(0.7), cuts) for k in [1, 2, 3, 4, 4]), [1, 2, 3, 4, 4], 0.7, cuts)
    emit(name, sum(f(k, mpf(e), cuts) for k, e in zip([1, 4, 3], [0.1, -2.0, 1.0])), [1, 4, 3], [0.1, -2.0, 1.0], cuts)
    sets = np.array([cuts, [-2.0, 0.0, 0.5], [0.0, 1.0, 4.0]])
    emit(name, sum(f(k, mpf(0.7), c) for k, c in zip([2, 4, 3], sets)), [2, 4, 3], 0.7, sets.T)

for name, third in [("multi_student_t", S), ("multi_student_t_cholesky", L)]:
    t = stats.multivariate_t(mu, S, df=3.5)
    emit(name, t.logpdf(x), x, 3.5, mu, third)
    emit(name, t.logpdf(xs.T).sum(), xs, 3.5, mu, third)
Y, w = xs.T, np.array([0.7, 2.5])
gp = sum(stats.multivariate_normal(np.zeros(3), S / v).logpdf(row) for row, v in zip(Y, w))
emit("multi_gp", gp, Y, S, w)
emit("multi_gp_cholesky", gp, Y, L, w)
V = np.array([[1.2, -0.4, 0.1], [-0.4, 2.0, 0.3], [0.1, 0.3, 0.9]])
LV = np.linalg.cholesky(V)
jacobian = 3 * np.log(2) + sum((3 - i) * np.log(LV[i, i]) for i in range(3))
for name, law in [("wishart", stats.wishart(4.5, S)), ("inv_wishart", stats.invwishart(4.5, S))]:
    emit(name, law.logpdf(V), V, 4.5, S)
    emit(name + "_cholesky", law.logpdf(V) + jacobian, LV, 4.5, L)
sd = np.sqrt(np.diag(V))
mus, sigmas = [0.1, -0.3, 0.5], [0.6, 1.0, 2.0]
for eta in [1.0, 2.5]:
    emit("lkj_cov", sum(normal(log(mpf(s)), mpf(m), mpf(q)) - log(mpf(s)) for s, m, q in zip(sd, mus, sigmas))
         + (mpf(eta) - 1) * log(mpf(np.linalg.det(V / np.outer(sd, sd)))) - lkj_normalizer(3, eta),
         V, mus, sigmas, eta)
eta = X @ b + a
trials = [1, 2, 4, 9]
emit("binomial_logit_glm", sum(log(binomial(n, k)) + k * mpf(e) - n * log(1 + exp(mpf(e)))
     for k, n, e in zip(ks, trials, eta)), ks, trials, X, a, b)
emit("poisson_log_glm", sum(k * mpf(eta[1]) - exp(mpf(eta[1])) - loggamma(k + 1) for k in ks), ks, X[1:2], a, b)
emit("ordered_logistic_glm", sum(ordered(k, mpf(e - a), cuts) for k, e in zip([1, 2, 4, 3], eta)), [1, 2, 4, 3], X, b, cuts)
B, A = np.array([[0.4, -0.3, 1.0], [0.2, 0.0, -0.8]]), [0.1, -0.5, 0.25]
logits = X @ B + A
emit("categorical_logit_glm", sum(mpf(e[k - 1]) - log(sum(exp(mpf(v)) for v in e))
     for k, e in zip([1, 3, 2, 2], logits)), [1, 3, 2, 2], X, A, B)

# A dynamic linear model: all observations are one normal vector.
DF, DG, DW = np.array([[1.0, 0.3, 0.0], [0.5, 1.0, -0.7]]).T, np.array([[0.9, 0.2, 0.0], [-0.1, 0.8, 0.3], [0.0, 0.1, 0.7]]), 0.3 * S
m0, C0, DY = mu, V, np.array([[0.1, 1.3, -0.4, 2.0], [0.7, -0.2, 0.5, 1.1]])
for DV in [np.array([0.6, 1.1]), np.array([[0.6, 0.2], [0.2, 1.1]])]:
    T, r = DY.shape[1], 2
    power = [np.linalg.matrix_power(DG, t) for t in range(T + 1)]
    theta_mean = [power[t] @ m0 for t in range(1, T + 1)]
    def state_cov(s, t):  # cov(theta_s, theta_t), s <= t
        own = power[s] @ C0 @ power[s].T + sum(power[s - j] @ DW @ power[s - j].T for j in range(1, s + 1))
        return own @ power[t - s].T
    big = np.zeros((r * T, r * T))
    for s in range(1, T + 1):
        for t in range(s, T + 1):
            block = DF.T @ state_cov(s, t) @ DF + ((np.diag(DV) if DV.ndim == 1 else DV) if s == t else 0)
            big[r * (s - 1):r * s, r * (t - 1):r * t] = block
            big[r * (t - 1):r * t, r * (s - 1):r * s] = block.T
    mean = np.concatenate([DF.T @ v for v in theta_mean])
    emit("gaussian_dlm_obs", stats.multivariate_normal(mean, big).logpdf(DY.T.flatten()), DY, DF, DG, DV, DW, m0, C0)

# Far points: where a difference of large numbers would lose digits.
mp.dps = 60
each("neg_binomial_2", lambda k, m, r: nb(k, r, r / (r + m)), [0, 3, 40], 1.7, 1e10)
each("neg_binomial_2", lambda k, m, r: nb(k, r, r / (r + m)), [0, 3, 4000], 250.0, 1e6)
each("neg_binomial_2_log", lambda k, e, r: nb(k, r, r / (r + exp(e))), [0, 3, 40], 0.7, 1e10)
each("neg_binomial", lambda k, a, b: nb(k, a, b / (b + 1)), [0, 3, 40], 3e9, 1e9)
each("binomial", lambda k, n, p: log(binomial(n, k)) + k * log(p) + (n - k) * log(1 - p), [0, 3, 10], 10**9, 1e-9)
each("beta_binomial", beta_binomial, [0, 3, 10], 10, 3e9, 1e9)
each("beta_binomial", beta_binomial, [0, 3, 10], 10, 1e-9, 3e-9)
each("beta_neg_binomial", beta_neg_binomial, [0, 3, 40], 2.5, 3e9, 1e10)
each("beta_neg_binomial", beta_neg_binomial, [0, 3, 40], 1e9, 3.5, 1.2)
each("hypergeometric", hypergeometric, [0, 5, 30], 1000, 10**7, 10**9)
for r in [1e3, 1e6]:
    each("exp_mod_normal", lambda x, m, s, l: log(l) - ((x - m) / s) ** 2 / 2 - log(sqrt(2 * pi))
         + log(quad(lambda t: exp(t * ((x - m) / s - l * s) - t * t / 2), [0, 40 / (l * s), inf])),
         [-2.5, 0.3, 4.0], 0.4, 1.7, r)
each("von_mises", lambda x, m, k: k * cos(x - m) - log(2 * pi * besseli(0, k)), [0.4, 0.401], 0.4, 1e5)
each("skew_normal", lambda x, m, s, a: log(2) + normal(x, m, s) + log(Phi(a * (x - m) / s)), [-40.0, 0.3, 60.0], 0.4, 1.7, 3.0)
emit("lkj_corr_cholesky", (mpf(1e9) - 1) * log(mpf(1)) - lkj_normalizer(3, 1e9), np.eye(3), 1e9)
emit("multi_student_t_cholesky", -mpf(np.sum(((x - mu) @ np.linalg.inv(L).T) ** 2)) / 2
     - 3 * log(2 * pi) / 2 - sum(log(mpf(v)) for v in np.diag(L)), x, 1e15, mu, L)
(Path(__file__).parent / "stan_densities.csv").write_text("\n".join(["name,variate,parameters,value"] + rows) + "\n")
