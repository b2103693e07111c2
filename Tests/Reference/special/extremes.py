# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes extremes.csv: incomplete gamma and beta functions at large, small and
mixed parameters, through every branch (mpmath 1.3, 60 digits, by quadrature of
the density in a scaled variable, so independent of series and fractions).

Columns: function,a,b,x,logLower,logUpper,conditionLower,conditionUpper  (gamma:
b empty).  x is a double; 1 - x is exact for the beta rows. The condition is that
of the tail (not of its logarithm) with respect to x, a and b, relative.
"""
from pathlib import Path
from mpmath import mp, mpf, log, exp, quad, loggamma, log1p, sqrt, inf, gammainc

mp.dps = 40
rows = ["function,a,b,x,logLower,logUpper,conditionLower,conditionUpper"]


def emit(name, f, arguments):
    """f: arguments -> (lower, upper)."""
    at = [mpf(v) for v in arguments]
    lower, upper = f(*at)
    conditions = [mpf(0), mpf(0)]
    for i in range(len(at)):
        moved = list(at)
        moved[i] *= 1 + mpf(10) ** -12
        for side, (new, old) in enumerate(zip(f(*moved), (lower, upper))):
            conditions[side] += abs(new / old - 1) * mpf(10) ** 12
    a, b, x = (arguments[0], "", arguments[1]) if len(arguments) == 2 else arguments
    rows.append(",".join([name, repr(a), str(b), repr(x)] + [mp.nstr(log(v) if v < 0.5 else log1p(-w), 25)
                                                              for v, w in ((lower, upper), (upper, lower))]
                         + [mp.nstr(c, 3) for c in conditions]))


def gamma(a, x):
    return gammainc(a, 0, x, regularized=True), gammainc(a, x, inf, regularized=True)


def beta(a, b, x):
    """Quadrature on the logit scale, where the density is log-concave."""
    lb = loggamma(a) + loggamma(b) - loggamma(a + b)
    def ld(w):
        return a * -log1p(exp(-w)) + b * -log1p(exp(w)) - lb
    w = log(x) - log1p(-x)
    scale = 1 / (sqrt((a + b) * x * (1 - x)) + abs(a - (a + b) * x))
    top = ld(w)
    points = [0, 1, 3, 10, 30, 100, 300, 1000, 3000]
    lower = quad(lambda s: exp(ld(w - s * scale) - top), points) * scale * exp(top)
    upper = quad(lambda s: exp(ld(w + s * scale) - top), points) * scale * exp(top)
    assert abs(lower + upper - 1) < mpf(10) ** -25, (a, b, x, lower + upper)
    return lower, upper


for a in [0.01, 0.5, 1.0, 3.0, 19.9, 20.1, 100.0, 1e4]:
    for z in [-8, -2.5, -0.1, 0.0, 1.0, 3.0, 9.0]:
        x = a + z * a ** 0.5
        if x > 0:
            emit("gamma", gamma, [a, round(x, 3)])
for a in [1e-10, 1e-3, 0.3, 0.9]:
    for x in [1e-200, 1e-5, 0.5, 1.05, 1.15, 2.0, 30.0]:
        emit("gamma", gamma, [a, x])
for a, b in [(600.0, 700.0), (501.0, 1e5), (1e5, 2e5), (1e6, 1e6), (1e4, 1e7), (499.0, 501.0),
             (200.0, 3000.0), (20.0, 30.0), (5.0, 7.5), (1.5, 1e4), (12.0, 1e6), (3.5, 5e4)]:
    mean, sd = a / (a + b), (a * b / (a + b) ** 3) ** 0.5
    for z in [-12, -6, -2, -0.3, 0.0, 0.7, 3.0, 8.0]:
        x = mean + z * sd
        if x > 0:
            # few bits, so that 1 - x is exact
            x = round(x * 2 ** 40) / 2 ** 40
            if 0 < x < 1:
                emit("beta", beta, [a, b, x])
(Path(__file__).parent / "extremes.csv").write_text("\n".join(rows) + "\n")
