# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of continuous families that have none from elsewhere, by mpmath.

    real.py                  writes the tables of FAMILIES beside this script
    real.py --scan DIR SEED  writes tables of all families with random parameters

Columns as in the other tables: params,function,x,value,cond; cond is the relative
condition number of the value with respect to x and the parameters (of a quantile:
to the probability). Made with mpmath 1.3.
"""
import random
import sys
from pathlib import Path

from mpmath import (asinh, atan, beta, betainc, besseli, erf, erfc, exp, expm1, gammainc, inf, log,
                    loggamma, log1p, mp, mpf, nstr, pi, quad, sech, sinh, sqrt)

mp.dps = 50


def Q(a, x):
    return gammainc(a, x, inf, regularized=True)


def P(a, x):
    # The series where mpmath's difference would cancel.
    if x < a + 1:
        term = total = mpf(1)
        n = a
        while term > total * mpf(10) ** -60:
            n += 1
            term *= x / n
            total += term
        return exp(a * log(x) - x - loggamma(a + 1)) * total
    return 1 - Q(a, x)


def Phi(z):
    return erfc(-z / sqrt(2)) / 2


def phi(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def t_pdf(z, nu):
    return exp(loggamma((nu + 1) / 2) - loggamma(nu / 2)) / sqrt(nu * pi) * (
        1 + z * z / nu) ** (-(nu + 1) / 2)


def t_outer(z, nu):
    """P(|T| > z)."""
    if z == 0:
        return mpf(1)
    y = z * z / nu
    if y > mpf(10) ** 20:
        x = 1 / (1 + y)
        total, term = mpf(0), mpf(1)
        a = nu / 2
        for k in range(0, 6):
            # (1 − t)^(−1/2) t^(a − 1) integrated term by term
            total += term * x ** k / (a + k)
            term *= (mpf(1) / 2 + k) / (k + 1)
        return exp(a * log(x)) * total / beta(a, mpf(1) / 2)
    return betainc(nu / 2, mpf(1) / 2, 0, 1 / (1 + y), regularized=True)


def t_inner(z, nu):
    """P(|T| ≤ z)."""
    if z * z / nu * (nu + 1) < mpf(10) ** -20:
        return 2 * t_pdf(0, nu) * z * (1 - (nu + 1) * z * z / nu / 6)
    return 1 - t_outer(z, nu)


def gev_t(z, xi):
    if xi == 0:
        return exp(-z)
    u = 1 + xi * z
    if u <= 0:
        return inf if xi > 0 else mpf(0)
    return u ** (-1 / xi)


def gpd_s(z, xi):
    if xi == 0:
        return exp(-z)
    u = 1 + xi * z
    return u ** (-1 / xi) if u > 0 else mpf(0)


def emg(z, r):
    return exp(r * r / 2 - r * z) * Phi(z - r)


def ig(x, m, l):
    a = sqrt(l / x) * (x / m - 1)
    b = sqrt(l / x) * (x / m + 1)
    e = exp(2 * l / m) * Phi(-b)
    return a, e


def rice_pdf(t, a):
    if t > 1000 + a:
        return mpf(0)
    return t * exp(-(t * t + a * a) / 2) * besseli(0, a * t)


def rice_tails(z, a):
    """Σ over k of Poisson's weight of k with mean a²/2 times the tails of
    Gamma(k + 1) at z²/2, themselves sums of Poisson's weights."""
    y, m = z * z / 2, a * a / 2
    if y > 20000:
        return mpf(1), mpf(0)
    n = int(y + m + 60 * sqrt(max(y, m) + 1)) + 900 if max(y, m) > 10 else 400
    weights, term = [], exp(-y)
    for j in range(n):
        weights.append(term)
        term *= y / (j + 1)
    beyond = [mpf(0)] * (n + 1)
    for j in range(n - 1, -1, -1):
        beyond[j] = beyond[j + 1] + weights[j]
    lower = upper = below = mpf(0)
    share = exp(-m)
    for k in range(n - 1):
        below += weights[k]
        lower += share * beyond[k + 1]
        upper += share * below
        share *= m / (k + 1)
    return lower, upper


def normal_tails(z):
    return lambda *a: Phi(z(*a)), lambda *a: Phi(-z(*a))


class F:
    """A family: lower and upper tail, density; starts for quantiles by bisection in
    `grid`, a function of u from −∞ to ∞ onto the support."""

    def __init__(self, names, lower, upper, pdf, support, table, moments, draw):
        self.names, self.lower, self.upper, self.pdf = names, lower, upper, pdf
        self.support, self.table, self.moments, self.draw = support, table, moments, draw


def js(x, g, d, m, s):
    return g + d * asinh((x - m) / s)


def bs(x, a, b):
    return (sqrt(x / b) - sqrt(b / x)) / a


def hs(x, m, s):
    return pi / 2 * (x - m) / s


def gom(x, e, b):
    return e * expm1(b * x) if b * x < 10000 else inf


def st_side(x, nu, m, s, g):
    z = (x - m) / s
    return (z, z / g, g * g / (1 + g * g)) if z >= 0 else (z, -z * g, 1 / (1 + g * g))


def st_lower(x, nu, m, s, g):
    z, u, share = st_side(x, nu, m, s, g)
    return share * t_outer(u, nu) if z < 0 else 1 - share + share * t_inner(u, nu)


def st_upper(x, nu, m, s, g):
    z, u, share = st_side(x, nu, m, s, g)
    return share * t_outer(u, nu) if z >= 0 else 1 - share + share * t_inner(u, nu)


def st_pdf(x, nu, m, s, g):
    z, u, share = st_side(x, nu, m, s, g)
    return 2 / (g + 1 / g) * t_pdf(u, nu) / s


def al_lower(x, m, s, t):
    z = 2 * (x - m) / s
    return t * exp((1 - t) * z) if z < 0 else 1 - (1 - t) * exp(-t * z)


def al_upper(x, m, s, t):
    z = 2 * (x - m) / s
    return 1 - t * exp((1 - t) * z) if z < 0 else (1 - t) * exp(-t * z)


def al_pdf(x, m, s, t):
    z = 2 * (x - m) / s
    return 2 * t * (1 - t) / s * exp((1 - t) * z if z < 0 else -t * z)


def positive(*_):
    return (mpf(0), inf)


def line(*_):
    return (-inf, inf)


R = random.Random()


def wide(low=-4, high=4):
    return lambda: mpf(float("%.4g" % 10 ** R.uniform(low, high)))


def place():
    return mpf(float("%.4g" % (R.choice([0, 1, -1, 1]) * 10 ** R.uniform(-3, 4))))


def unit():
    return mpf(float("%.4g" % R.choice([R.uniform(0.01, 0.99), 1e-4, 0.999])))


H = mpf(1) / 2
FAMILIES = {
    "erlang": F(["shape", "rate"], lambda x, k, r: P(k, r * x), lambda x, k, r: Q(k, r * x),
                lambda x, k, r: exp(k * log(r) + (k - 1) * log(x) - r * x - loggamma(k)),
                positive, [(1, 2), (3, 0.5), (40, 10)], True,
                [lambda: mpf(R.choice([1, 2, 5, 30, 200, 1000])), wide()]),
    "nakagami": F(["shape", "spread"], lambda x, m, o: P(m, m * x * x / o),
                  lambda x, m, o: Q(m, m * x * x / o),
                  lambda x, m, o: 2 * exp(m * log(m / o) + (2 * m - 1) * log(x) - m * x * x / o
                                          - loggamma(m)),
                  positive, [(0.5, 1), (1, 2), (0.1, 1e-4), (25, 1e6)], True,
                  [wide(-2, 3), wide()]),
    "skewedDoubleExponential": F(["mu", "sigma", "tau"], al_lower, al_upper, al_pdf, line,
                                 [(0, 1, 0.5), (1, 2, 0.9), (-3, 0.1, 0.05)], True,
                                 [place, wide(), unit]),
    "hyperbolicSecant": F(["mu", "sigma"], lambda x, m, s: 2 / pi * atan(exp(hs(x, m, s))),
                          lambda x, m, s: 2 / pi * atan(exp(-hs(x, m, s))),
                          lambda x, m, s: sech(hs(x, m, s)) / (2 * s), line,
                          [(0, 1), (-100, 25), (2, 0.01)], True, [place, wide()]),
    "johnsonSU": F(["gamma", "delta", "xi", "lambda"], *normal_tails(js),
                   lambda x, g, d, m, s: d / s / sqrt(1 + ((x - m) / s) ** 2)
                   * phi(js(x, g, d, m, s)), line,
                   [(0, 1, 0, 1), (-2, 2, 1, 0.5), (3, 20, -10, 100), (0.5, 0.7, 0, 2)], True,
                   [lambda: mpf(float("%.4g" % R.uniform(-5, 5))), wide(-0.5, 2), place, wide()]),
    "birnbaumSaunders": F(["alpha", "beta"], *normal_tails(bs),
                          lambda x, a, b: (sqrt(x / b) + sqrt(b / x)) / (2 * a * x)
                          * phi(bs(x, a, b)), positive,
                          [(0.5, 1), (0.01, 100), (5, 0.1), (100, 1)], True,
                          [wide(-3, 3), wide()]),
    "gompertz": F(["eta", "b"], lambda x, e, b: -expm1(-gom(x, e, b)),
                  lambda x, e, b: exp(-gom(x, e, b)),
                  lambda x, e, b: e * b * exp(b * x - gom(x, e, b)), positive,
                  [(1, 1), (0.0001, 0.09), (50, 3), (1e-12, 10)], True, [wide(-12, 3), wide()]),
    "skewedT": F(["nu", "mu", "sigma", "gamma"], st_lower, st_upper, st_pdf, line,
                 [(5, 0, 1, 1), (9, 1, 2, 1.5), (1, 0, 0.1, 0.5), (100, -5, 3, 4)], True,
                 [wide(-1, 3), place, wide(), wide(-1, 1)]),
    "rice": F(["nu", "sigma"],
              lambda x, n, s: rice_tails(x / s, n / s)[0],
              lambda x, n, s: rice_tails(x / s, n / s)[1],
              lambda x, n, s: rice_pdf(x / s, n / s) / s, positive,
              [(0, 1), (1, 2), (3, 1)], True, [wide(-2, 1), wide(-0.3, 1)]),
}


# Families with tables from elsewhere: for scans only.
OTHERS = {
    "weibull": F(["shape", "scale"], lambda x, k, s: -expm1(-(x / s) ** k),
                 lambda x, k, s: exp(-(x / s) ** k),
                 lambda x, k, s: k / x * (x / s) ** k * exp(-(x / s) ** k), positive, [], False,
                 [wide(-2, 3), wide()]),
    "frechet": F(["shape", "scale"], lambda x, k, s: exp(-(x / s) ** -k),
                 lambda x, k, s: -expm1(-(x / s) ** -k),
                 lambda x, k, s: k / x * (x / s) ** -k * exp(-(x / s) ** -k), positive, [], False,
                 [wide(-2, 3), wide()]),
    "gumbel": F(["mu", "beta"], lambda x, m, b: exp(-exp(-(x - m) / b)),
                lambda x, m, b: -expm1(-exp(-(x - m) / b)),
                lambda x, m, b: exp(-(x - m) / b - exp(-(x - m) / b)) / b, line, [], False,
                [place, wide()]),
    "generalizedExtremeValue": F(
        ["mu", "sigma", "xi"], lambda x, m, s, k: exp(-gev_t((x - m) / s, k)),
        lambda x, m, s, k: -expm1(-gev_t((x - m) / s, k)),
        lambda x, m, s, k: gev_t((x - m) / s, k) ** (1 + k) * exp(-gev_t((x - m) / s, k)) / s,
        lambda m, s, k: (-inf, inf) if k == 0 else (m - s / k, inf) if k > 0 else (-inf, m - s / k),
        [], False, [place, wide(), lambda: R.choice([-1, 1]) * wide(-6, 0.7)()]),
    "generalizedPareto": F(
        ["mu", "sigma", "xi"], lambda x, m, s, k: 1 - gpd_s((x - m) / s, k),
        lambda x, m, s, k: gpd_s((x - m) / s, k),
        lambda x, m, s, k: gpd_s((x - m) / s, k) ** (1 + k) / s,
        lambda m, s, k: (m, m - s / k if k < 0 else inf), [], False,
        [place, wide(), lambda: R.choice([-1, 1]) * wide(-6, 0.7)()]),
    "pareto": F(["scale", "shape"], lambda x, s, a: -expm1(-a * log(x / s)),
                lambda x, s, a: (s / x) ** a, lambda x, s, a: a / x * (s / x) ** a,
                lambda s, a: (s, inf), [], False, [wide(), wide(-1.5, 3)]),
    "paretoType2": F(["mu", "scale", "shape"],
                     lambda x, m, s, a: -expm1(-a * log1p((x - m) / s)),
                     lambda x, m, s, a: (1 + (x - m) / s) ** -a,
                     lambda x, m, s, a: a / s * (1 + (x - m) / s) ** (-a - 1),
                     lambda m, s, a: (m, inf), [], False, [place, wide(), wide(-1.5, 3)]),
    "levy": F(["mu", "c"], lambda x, m, c: erfc(sqrt(c / (2 * (x - m)))),
              lambda x, m, c: erf(sqrt(c / (2 * (x - m)))),
              lambda x, m, c: sqrt(c / (2 * pi)) / (x - m) ** mpf(1.5) * exp(-c / (2 * (x - m))),
              lambda m, c: (m, inf), [], False, [place, wide()]),
    "maxwell": F(["sigma"], lambda x, s: P(3 * H, x * x / (2 * s * s)),
                 lambda x, s: Q(3 * H, x * x / (2 * s * s)),
                 lambda x, s: sqrt(2 / pi) * x * x / s ** 3 * exp(-x * x / (2 * s * s)), positive,
                 [], True, [wide()]),
    "chi": F(["nu"], lambda x, n: P(n / 2, x * x / 2), lambda x, n: Q(n / 2, x * x / 2),
             lambda x, n: 2 * exp((n - 1) * log(x) - x * x / 2 - n / 2 * log(2)
                                  - loggamma(n / 2)), positive, [], True, [wide(-2, 4)]),
    "inverseChiSquared": F(["nu"], lambda x, n: Q(n / 2, 1 / (2 * x)),
                           lambda x, n: P(n / 2, 1 / (2 * x)),
                           lambda x, n: exp(-n / 2 * log(2) - (n / 2 + 1) * log(x) - 1 / (2 * x)
                                            - loggamma(n / 2)), positive, [], False,
                           [wide(-1, 4)]),
    "scaledInverseChiSquared": F(
        ["nu", "sigma"], lambda x, n, s: Q(n / 2, n * s * s / (2 * x)),
        lambda x, n, s: P(n / 2, n * s * s / (2 * x)),
        lambda x, n, s: exp(n / 2 * log(n * s * s / 2) - (n / 2 + 1) * log(x)
                            - n * s * s / (2 * x) - loggamma(n / 2)), positive, [], False,
        [wide(-1, 4), wide()]),
    "inverseGamma": F(["shape", "scale"], lambda x, a, b: Q(a, b / x), lambda x, a, b: P(a, b / x),
                      lambda x, a, b: exp(a * log(b) - (a + 1) * log(x) - b / x - loggamma(a)),
                      positive, [], False, [wide(-2, 4), wide()]),
    "halfNormal": F(["sigma"], lambda x, s: erf(x / s / sqrt(2)), lambda x, s: erfc(x / s / sqrt(2)),
                    lambda x, s: 2 * phi(x / s) / s, positive, [], False, [wide()]),
    "halfCauchy": F(["sigma"], lambda x, s: 2 / pi * atan(x / s), lambda x, s: 2 / pi * atan(s / x),
                    lambda x, s: 2 / pi / s / (1 + (x / s) ** 2), positive, [], False, [wide()]),
    "halfStudentT": F(["nu", "sigma"], lambda x, n, s: t_inner(x / s, n),
                      lambda x, n, s: t_outer(x / s, n), lambda x, n, s: 2 * t_pdf(x / s, n) / s,
                      positive, [], False, [wide(-1, 4), wide()]),
    "generalizedNormal": F(
        ["mu", "alpha", "beta"],
        lambda x, m, a, b: H * Q(1 / b, ((m - x) / a) ** b) if x < m
        else H + H * P(1 / b, ((x - m) / a) ** b) if x > m else H,
        lambda x, m, a, b: H * Q(1 / b, ((x - m) / a) ** b) if x > m
        else H + H * P(1 / b, ((m - x) / a) ** b) if x < m else H,
        lambda x, m, a, b: b / (2 * a) * exp(-(abs(x - m) / a) ** b - loggamma(1 / b)), line, [],
        False, [place, wide(), wide(-0.7, 2)]),
    "logLogistic": F(["scale", "shape"], lambda x, s, k: 1 / (1 + (x / s) ** -k),
                     lambda x, s, k: 1 / (1 + (x / s) ** k),
                     lambda x, s, k: k / x * (x / s) ** k / (1 + (x / s) ** k) ** 2, positive, [],
                     False, [wide(), wide(-1.5, 3)]),
    "lognormal": F(["mu", "sigma"], *normal_tails(lambda x, m, s: (log(x) - m) / s),
                   lambda x, m, s: phi((log(x) - m) / s) / (x * s), positive, [], False,
                   [lambda: mpf(float("%.4g" % R.uniform(-20, 20))), wide(-4, 1.2)]),
    "inverseGaussian": F(
        ["mu", "lam"], lambda x, m, l: Phi(ig(x, m, l)[0]) + ig(x, m, l)[1],
        lambda x, m, l: Phi(-ig(x, m, l)[0]) - ig(x, m, l)[1],
        lambda x, m, l: sqrt(l / (2 * pi * x ** 3)) * exp(-l * (x - m) ** 2 / (2 * m * m * x)),
        positive, [], True, [wide(-3, 3), wide(-3, 3)]),
    "expModNormal": F(
        ["mu", "sigma", "rate"],
        lambda x, m, s, l: Phi((x - m) / s) - emg((x - m) / s, l * s),
        lambda x, m, s, l: Phi((m - x) / s) + emg((x - m) / s, l * s),
        lambda x, m, s, l: l * emg((x - m) / s, l * s), line, [], True,
        [place, wide(-3, 3), wide(-3, 3)]),
}

TAILS = ["1e-300", "1e-100", "1e-30", "1e-12", "1e-6", "0.001", "0.025", "0.1", "0.25", "0.5"]


def quantile(f, p, tail, increasing, params):
    """The x where the tail is p, by bisection of its logarithm and the secant method."""
    low, high = f.support(*params)
    target = log(p)

    def at(u):
        if low > -inf and high < inf:
            return low + (high - low) / (1 + exp(-u))
        if low > -inf:
            return low + exp(u)
        if high < inf:
            return high - exp(-u)
        return sinh(u) * params_scale(f, params)

    def g(u):
        t = tail(at(u), *params)
        return (log(t) if t > 0 else -mpf(10) ** 9) - target

    a, b = mpf(-3000 if low > -inf else -800), mpf(3000 if high == inf and low > -inf else 800)
    for _ in range(60):
        c = (a + b) / 2
        if (g(c) < 0) == increasing:
            a = c
        else:
            b = c
    # Newton's method with the density
    x = at((a + b) / 2)
    for _ in range(8):
        t = tail(x, *params)
        slope = f.pdf(x, *params)
        if slope == 0:
            break
        step = (t - p) / slope * (1 if increasing else -1)
        if abs(step) < abs(x) * mpf(10) ** -40:
            break
        x = x - step if low < x - step < high else (x + (low if x - step <= low else high)) / 2
    return x


def params_scale(f, params):
    for name, value in zip(f.names, params):
        if name in ("sigma", "scale", "lambda", "beta", "alpha"):
            return value
    return mpf(1)


def condition(g, x, params):
    """Σ |θ ∂g/∂θ / g| over x and the parameters."""
    value = g(x, *params)
    if value == 0:
        return None
    arguments = [x] + list(params)
    total = mpf(0)
    for i, a in enumerate(arguments):
        if a == 0:
            continue
        h = abs(a) * mpf(10) ** -18
        up, down = list(arguments), list(arguments)
        up[i] += h
        down[i] -= h
        try:
            total += abs(a * (g(*up) - g(*down)) / (2 * h) / value)
        except (ValueError, ZeroDivisionError):
            continue
    return total


def rows(f, params):
    label = ";".join(f"{n}={float(v)!r}" for n, v in zip(f.names, params))
    result = []

    def row(function, x, value, cond):
        if abs(value) < mpf(10) ** -307 and not (value == 0):
            return
        if abs(value) > mpf(10) ** 307:
            return
        condition_text = "" if cond is None else nstr(cond, 3)
        x_text = "" if x is None else repr(float(x))
        result.append(f"{label},{function},{x_text},{nstr(value, 28)},{condition_text}")

    points = []
    for text in TAILS:
        p = mpf(float(text))
        for tail, increasing, name in ((f.lower, True, "quantile"), (f.upper, False, "isf")):
            x = quantile(f, p, tail, increasing, params)
            slope = f.pdf(x, *params)
            row(name, p, x, p / abs(x * slope) if x != 0 else None)
            # A tail whose point is the end of the support to 6 digits has no x of its own.
            point = mpf(float("%.6g" % x))
            low, high = f.support(*params)
            if low < point < high and 1e-307 < abs(point) < 1e307:
                points.append(point)
    for x in sorted(set(points)):
        for name, g in (("pdf", f.pdf), ("cdf", f.lower), ("sf", f.upper)):
            value = g(x, *params)
            if value <= 0:
                continue
            row(name, x, value, condition(g, x, params))
            def logarithm(*a, g=g):
                return log(g(*a))
            if name == "pdf" or value < mpf("0.99999999999999999999999999"):
                row("log" + name, x, log(value), condition(logarithm, x, params))
            else:
                other = f.upper if name == "cdf" else f.lower
                def complement(*a, other=other):
                    return log1p(-other(*a))
                row("log" + name, x, complement(x, *params), condition(complement, x, params))
    if f.moments:
        result.extend(moment_rows(f, params, label))
    return result


def moment_rows(f, params, label):
    """By quadrature in the standardized quantiles; infinite moments are left out by
    `finite`."""
    cuts = [quantile(f, mpf(10) ** -k, f.lower, True, params) for k in (60, 30, 15, 7, 3, 1)]
    cuts += [quantile(f, mpf(10) ** -k, f.upper, False, params) for k in (1, 3, 7, 15, 30, 60)]
    power_tail = "nu" in f.names and f.names[0] == "nu" and f is FAMILIES.get("skewedT")
    low, high = f.support(*params)
    if power_tail:
        cuts = [mpf(-10) ** 1 * c for c in ()]
        nu, m, s, g = params
        scale = [mpf(10) ** k for k in range(0, 4)]
        cuts = [-inf] + [m - s * c for c in scale[::-1]] + [m] + [m + s * c for c in scale] + [inf]
    elif low > -inf:
        cuts = [low] + cuts
    elif f is FAMILIES["skewedDoubleExponential"]:
        cuts = sorted(cuts + [params[0]])
    result = []

    def add(name, value, condition_text=""):
        result.append(f"{label},{name},,{nstr(value, 28)},{condition_text}")

    order = params[0] if power_tail else inf
    mp.dps = 40
    mean = quad(lambda x: x * f.pdf(x, *params), cuts) if order > 1 else None
    if mean is None:
        result.append(f"{label},mean,,nan,")
    else:
        add("mean", mean if abs(mean) > 1e-25 else mpf(0))
    if order > 2:
        second = quad(lambda x: (x - mean) ** 2 * f.pdf(x, *params), cuts)
        add("variance", second)
        if order > 3:
            third = quad(lambda x: (x - mean) ** 3 * f.pdf(x, *params), cuts)
            skew = third / second ** mpf(1.5)
            add("skewness", skew if abs(skew) > 1e-25 else mpf(0))
        if order > 4:
            fourth = quad(lambda x: (x - mean) ** 4 * f.pdf(x, *params), cuts)
            kurtosis = fourth / second ** 2 - 3
            # The condition of the difference from 3.
            add("kurtosis", kurtosis, nstr(1 + 3 / abs(kurtosis), 3))
    def entropy(x):
        d = f.pdf(x, *params)
        return -d * log(d) if d > 0 else mpf(0)
    add("entropy", quad(entropy, cuts))
    mp.dps = 50
    return result


def write(path, f, sets):
    with open(path, "w") as out:
        out.write("params,function,x,value,cond\n")
        for params in sets:
            out.write("\n".join(rows(f, [mpf(p) for p in params])) + "\n")


if __name__ == "__main__":
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--scan" in sys.argv:
        folder, seed, chosen = names[0], int(names[1]), names[2:]
        R.seed(seed)
        for name, f in {**FAMILIES, **OTHERS}.items():
            sets = [[d() for d in f.draw] for _ in range(3)]
            if not chosen or name in chosen:
                f.moments = f.moments and name in FAMILIES and name not in ("skewedT",)
                write(Path(folder) / f"{name}.csv", f, sets)
                print(name, flush=True)
    else:
        for name, f in FAMILIES.items():
            if not names or name in names:
                write(Path(__file__).parent / f"{name}.csv", f, f.table)
                print(name, flush=True)
