# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes fits.csv: maximum likelihood fits by minimising with high accuracy in
mpmath 1.3 (Newton on numerical derivatives, 40 digits) from scipy 1.17's fit.

Columns: family, data (spaces), estimates, standard errors (from the observed
information; for those exponential families where observed and expected
information agree at the maximum they are both), log likelihood.
"""
from pathlib import Path
import numpy as np
from mpmath import mp, mpf, log, exp, loggamma, pi, sqrt, matrix, lu_solve, inverse
from scipy import optimize

mp.dps = 40
rows = ["family,data,estimates,errors,logLikelihood"]


def fit(name, data, logpdf, start):
    data = [mpf(repr(float(x))) for x in data]

    def total(theta):
        return sum(logpdf(x, *theta) for x in data)

    rough = optimize.minimize(lambda t: -float(total([mpf(v) for v in t])) if all(np.isfinite(t)) else 1e99,
                              start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000})
    theta = [mpf(v) for v in rough.x]
    n = len(theta)
    h = [mpf(10) ** -12 * max(1, abs(t)) for t in theta]

    def at(i, si, j=0, sj=0):
        t = list(theta)
        t[i] += si * h[i]
        t[j] += sj * h[j]
        return total(t)

    for _ in range(6):
        g = matrix([(at(i, 1) - at(i, -1)) / (2 * h[i]) for i in range(n)])
        H = matrix(n, n)
        for i in range(n):
            for j in range(n):
                H[i, j] = (at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / (4 * h[i] * h[j])
        step = lu_solve(-H, g)
        theta = [t + s for t, s in zip(theta, step)]
    V = inverse(-H)
    rows.append(",".join([name, " ".join(repr(float(x)) for x in data), " ".join(mp.nstr(t, 17) for t in theta),
                          " ".join(mp.nstr(sqrt(V[i, i]), 12) for i in range(n)), mp.nstr(total(theta), 17)]))


rng = np.random.default_rng(5)
n = 40
fit("normal", rng.normal(3, 2, n).round(3), lambda x, m, s: -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2, [3, 2])
fit("lognormal", rng.lognormal(1, .5, n).round(3), lambda x, m, s: -((log(x) - m) / s) ** 2 / 2 - log(s * x) - log(2 * pi) / 2, [1, .5])
fit("exponential", rng.exponential(2, n).round(3), lambda x, r: log(r) - r * x, [.5])
fit("gamma", rng.gamma(2.5, 2, n).round(3), lambda x, a, b: a * log(b) - loggamma(a) + (a - 1) * log(x) - b * x, [2.5, .5])
fit("gamma", rng.gamma(.3, 2, n).round(5) + 1e-5, lambda x, a, b: a * log(b) - loggamma(a) + (a - 1) * log(x) - b * x, [.3, .5])
fit("inverseGamma", (1 / rng.gamma(2.5, 2, n)).round(4), lambda x, a, b: a * log(b) - loggamma(a) - (a + 1) * log(x) - b / x, [2.5, .5])
fit("beta", rng.beta(2, 5, n).round(4), lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - loggamma(a) - loggamma(b) + loggamma(a + b), [2, 5])
fit("beta", rng.beta(.4, .7, n).round(4).clip(1e-4, 1 - 1e-4), lambda x, a, b: (a - 1) * log(x) + (b - 1) * log(1 - x) - loggamma(a) - loggamma(b) + loggamma(a + b), [.4, .7])
fit("chiSquared", rng.chisquare(4, n).round(3), lambda x, v: (v / 2 - 1) * log(x) - x / 2 - v / 2 * log(2) - loggamma(v / 2), [4])
fit("cauchy", (rng.standard_cauchy(n) * 2 + 1).round(3), lambda x, m, s: -log(pi * s * (1 + ((x - m) / s) ** 2)), [1, 2])
fit("studentT", (rng.standard_t(3, 120) * 2 + 1).round(3), lambda x, v, m, s: loggamma((v + 1) / 2) - loggamma(v / 2) - log(v * pi) / 2 - log(s) - (v + 1) / 2 * log(1 + ((x - m) / s) ** 2 / v), [3, 1, 2])
fit("poisson", rng.poisson(3, n), lambda k, l: k * log(l) - l - loggamma(k + 1), [3])
fit("bernoulli", rng.binomial(1, .3, n), lambda k, p: k * log(p) + (1 - k) * log(1 - p), [.3])
fit("negativeBinomial", rng.negative_binomial(1.5, .3, n), lambda k, m, r: loggamma(k + r) - loggamma(r) - loggamma(k + 1) + r * log(r / (r + m)) + k * log(m / (r + m)), [3.5, 1.5])
fit("logistic", rng.logistic(1, 2, n).round(3), lambda x, m, s: -(x - m) / s - log(s) - 2 * log(1 + exp(-(x - m) / s)), [1, 2])
fit("geometric", rng.geometric(.3, n) - 1, lambda k, p: log(p) + k * log(1 - p), [.3])
(Path(__file__).parent / "fits.csv").write_text("\n".join(rows) + "\n")
