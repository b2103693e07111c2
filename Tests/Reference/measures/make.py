# SPDX-License-Identifier: GPL-3.0-or-later
# Writes measures.json: descriptive measures by exact rational arithmetic
# (square roots with mpmath at 50 digits). Run with Python 3.11, mpmath 1.3:
#     python3 make.py
import json
from fractions import Fraction as F

import mpmath

mpmath.mp.dps = 50


def m(x):
    return mpmath.mpf(x.numerator) / x.denominator


def text(x):
    return mpmath.nstr(x, 25)


def measures(x, y):
    x = [F(v) for v in x]
    y = [F(v) for v in y]
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    dx, dy = [v - mx for v in x], [v - my for v in y]
    m2, m3, m4 = (sum(d**k for d in dx) / n for k in (2, 3, 4))
    sxy = sum(a * b for a, b in zip(dx, dy))
    syy = sum(b * b for b in dy)
    var = m2 * n / (n - 1)
    g1 = m(m3) / m(m2) ** mpmath.mpf("1.5")
    g2 = m(m4) / m(m2) ** 2 - 3
    s = sorted(x)
    med = (s[(n - 1) // 2] + s[n // 2]) / 2
    a = sorted(abs(v - med) for v in x)
    cut = n // 5
    trimmed = s[cut : n - cut]
    return {
        "sum": text(m(sum(x))),
        "mean": text(m(mx)),
        "trimmedMean": text(m(sum(trimmed) / len(trimmed))),
        "median": text(m(med)),
        "variance": text(m(var)),
        "populationVariance": text(m(m2)),
        "standardDeviation": text(mpmath.sqrt(m(var))),
        "standardError": text(mpmath.sqrt(m(var) / n)),
        "medianAbsoluteDeviation": text(m((a[(n - 1) // 2] + a[n // 2]) / 2)),
        "skewness": text(g1),
        "skewnessAdjusted": text(g1 * mpmath.sqrt(n * (n - 1)) / (n - 2)),
        "excessKurtosis": text(g2),
        "excessKurtosisAdjusted": text(mpmath.mpf(n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)),
        "covariance": text(m(sxy / (n - 1))),
        "correlation": text(m(sxy) / mpmath.sqrt(m(m2 * n) * m(syy))),
        "autocorrelation1": text(m(sum(dx[i] * dx[i + 1] for i in range(n - 1)) / (m2 * n))),
        "autocorrelation3": text(m(sum(dx[i] * dx[i + 3] for i in range(n - 3)) / (m2 * n))),
        "meanSquaredError": text(m(sum((u - v) ** 2 for u, v in zip(x, y)) / n)),
        "weightedMean": text(m(sum(abs(w) * v for w, v in zip(y, x)) / sum(abs(w) for w in y))),
    }


def lcg(seed):
    while True:
        seed = (6364136223846793005 * seed + 1442695040888963407) % 2**64
        yield (seed >> 11) / 2**53


u = lcg(3)
sets = {
    "small": ([1.5, 2.25, -3.0, 7.0, 0.1, 0.1, 12.5], [1.0, 0.5, 2.5, 3.0, -1.0, 4.0, 0.0]),
    "offset": ([1e9 + next(u) for _ in range(40)], [next(u) for _ in range(40)]),
    "skewed": ([next(u) ** -2 for _ in range(61)], [next(u) ** 3 for _ in range(61)]),
    "wide": ([1e-5 * 10 ** (8 * next(u)) for _ in range(50)], [-next(u) for _ in range(50)]),
    "cancelling": ([1e15, 1.0, -1e15, 2.0, 0.25], [3.0, 1.0, 2.0, 5.0, 4.0]),
    "huge": ([1e300, 3e300, -2e300, 4e300, 1e299], [1.0, 2.0, 3.0, 5.0, 8.0]),
}
out = [{"id": k, "x": x, "y": y, "expected": measures(x, y)} for k, (x, y) in sets.items()]
json.dump(out, open("measures.json", "w"), indent=1)
