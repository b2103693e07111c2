#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes unary.csv, binary.csv and densities.csv: values and derivatives from mpmath.

Every number is a hexadecimal double. A value is given as two doubles (its nearest double and
the rest), so that errors below half a unit in the last place can be measured; derivatives as one.
Made with mpmath 1.3.0, 60 digits, Python 3; the random points are seeded.

    python3 references.py
"""
import random
from mpmath import mp, mpf, pi, sqrt, exp, log, expm1, log1p, sin, cos, tan, asin, acos, atan
from mpmath import sinh, cosh, tanh, asinh, acosh, atanh, cbrt, erf, erfc, loggamma, psi, diff
from mpmath import atan2, re

mp.dps = 60
random.seed(20240607)
one, half = mpf(1), mpf(1) / 2


def accurately(f):
    """Twice the digits inside, for formulas that cancel."""
    def g(*a):
        with mp.workdps(400):
            v = f(*a)
        return +v
    return g


def uniform(low, high, n=40):
    return [random.uniform(low, high) for _ in range(n)]


def spread(low, high, n=40):
    """Log-uniform; both signs when low < 0."""
    a, b = log(mpf(abs(low))), log(mpf(high))
    sign = (lambda: random.choice([-1, 1])) if low < 0 else (lambda: 1)
    return [sign() * float(exp(a + (b - a) * mpf(random.random()))) for _ in range(n)]


def negative(points):
    return [-x for x in points]


def normal_cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def normal_pdf(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def normal_quantile(p):
    # Newton on log Phi (left) or log of the upper tail (right), from a rough start.
    q = min(p, 1 - p)
    x = -sqrt(-2 * log(q)) if q < mpf("0.4") else (q - half) * sqrt(2 * pi)
    for _ in range(200):
        step = (log(normal_cdf(x)) - log(q)) * normal_cdf(x) / normal_pdf(x)
        x -= step
        if abs(step) < mpf(10) ** -50 * (1 + abs(x)):
            break
    return x if p < half else -x


def log_gamma(x):
    return re(loggamma(x)) if x > 0 else log(abs(pi / (sin(pi * x)))) - loggamma(1 - x)


def logistic(x):
    return 1 / (1 + exp(-x))


everywhere = lambda: uniform(-5, 5, 60) + spread(-1e-300, 1, 30) + spread(-1, 1e300, 30)

# name: (f, f', points)
UNARY = {
    "NEGATE": (lambda x: -x, lambda x: -one, uniform(-5, 5, 10)),
    "EXP": (exp, exp, uniform(-708, 709.7, 60) + uniform(-1, 1, 60) + spread(-1e-300, 1)
            + uniform(-745, -708, 20)),
    "LOG": (log, lambda x: 1 / x, spread(5e-324, 1.7e308, 60) + uniform(0.5, 2, 80)),
    "LOG1P": (log1p, lambda x: 1 / (1 + x), uniform(-0.999, 3, 80) + spread(-1e-300, 0.9)
              + spread(1, 1e300)),
    "EXPM1": (expm1, exp, uniform(-60, 709, 60) + uniform(-2, 2, 60) + spread(-1e-300, 1)),
    "SQRT": (sqrt, lambda x: 1 / (2 * sqrt(x)), spread(1e-300, 1e300)),
    "SQUARE": (lambda x: x * x, lambda x: 2 * x, uniform(-5, 5, 20)),
    "RECIPROCAL": (lambda x: 1 / x, lambda x: -1 / (x * x), spread(-1e-150, 1e150)),
    "ABS": (abs, lambda x: one if x > 0 else -one, uniform(-5, 5, 20)),
    "SIN": (sin, cos, uniform(-100, 100, 80) + spread(-1e-300, 1) + spread(-1, 1.7e308, 80)),
    "COS": (cos, lambda x: -sin(x), uniform(-100, 100, 80) + spread(-1e-300, 1)
            + spread(-1, 1.7e308, 80)),
    "TAN": (tan, lambda x: 1 / cos(x) ** 2, uniform(-100, 100, 80) + spread(-1e-300, 1e300, 80)),
    "ASIN": (asin, lambda x: 1 / sqrt(1 - x * x), uniform(-1, 1, 80) + spread(-1e-300, 1)),
    "ACOS": (acos, lambda x: -1 / sqrt(1 - x * x), uniform(-1, 1, 80) + spread(-1e-300, 1)),
    "ATAN": (atan, lambda x: 1 / (1 + x * x), uniform(-5, 5, 60) + spread(-1e-300, 1e150, 60)),
    "SINH": (sinh, cosh, uniform(-710, 710, 60) + spread(-1e-300, 3, 60)),
    "COSH": (cosh, sinh, uniform(-710, 710, 60) + uniform(-3, 3, 60)),
    "TANH": (tanh, lambda x: 1 / cosh(x) ** 2, uniform(-20, 20, 60) + spread(-1e-300, 2, 60)
             + uniform(20, 300, 10)),
    "ASINH": (accurately(asinh), lambda x: 1 / sqrt(1 + x * x), uniform(-5, 5, 60)
              + spread(-1e-150, 1e150, 60)),
    "ACOSH": (acosh, lambda x: 1 / (sqrt(x - 1) * sqrt(x + 1)), uniform(1, 5, 60)
              + spread(1, 1e150, 60)),
    "ATANH": (accurately(atanh), lambda x: 1 / ((1 - x) * (1 + x)), uniform(-1, 1, 80)
              + spread(-1e-150, 1)),
    "CBRT": (lambda x: cbrt(x) if x > 0 else -cbrt(-x),
             lambda x: 1 / (3 * cbrt(abs(x)) ** 2), spread(-1e-320, 1e300, 80)),
    "EXP2": (lambda x: mpf(2) ** x, lambda x: mpf(2) ** x * log(mpf(2)), uniform(-1022, 1024, 60)
             + uniform(-2, 2, 60)),
    "LOG2": (lambda x: log(x) / log(mpf(2)), lambda x: 1 / (x * log(mpf(2))),
             spread(5e-324, 1.7e308, 60) + uniform(0.5, 2, 60)),
    "LOG10": (lambda x: log(x) / log(mpf(10)), lambda x: 1 / (x * log(mpf(10))),
              spread(5e-324, 1.7e308, 60) + uniform(0.5, 2, 60)),
    "LOGISTIC": (logistic, lambda x: logistic(x) * logistic(-x), uniform(-708, 40, 60)
                 + uniform(-5, 5, 80)),
    "LOG_LOGISTIC": (lambda x: -log1p(exp(-x)), lambda x: logistic(-x), uniform(-700, 700, 60)
                     + uniform(-5, 5, 80)),
    "LOGIT": (lambda x: log(x) - log1p(-x), lambda x: 1 / (x * (1 - x)), uniform(0, 1, 100)
              + spread(1e-300, 0.5)),
    "LOG1M": (lambda x: log1p(-x), lambda x: -1 / (1 - x), uniform(-3, 0.999, 80)
              + spread(-1e-300, 0.9)),
    "LOG1P_EXP": (lambda x: log1p(exp(x)), logistic, uniform(-700, 700, 60) + uniform(-5, 5, 80)),
    "LOG1M_EXP": (lambda x: log(-expm1(x)) if x > -1 else log1p(-exp(x)),
                  lambda x: -1 / expm1(-x), uniform(-700, 0, 40)
                  + uniform(-4, 0, 80) + negative(spread(1e-300, 1))),
    "ERF": (erf, lambda x: 2 / sqrt(pi) * exp(-x * x), uniform(-6, 6, 80) + spread(-1e-300, 1)),
    "ERFC": (erfc, lambda x: -2 / sqrt(pi) * exp(-x * x), uniform(-6, 26, 80)
             + uniform(-2, 2, 80)),
    "NORMAL_CDF": (normal_cdf, normal_pdf, uniform(-37, 8, 80) + uniform(-2, 2, 80)),
    "LOG_NORMAL_CDF": (lambda x: log(normal_cdf(x)) if x < 1 else log1p(-normal_cdf(-x)),
                       lambda x: normal_pdf(x) / normal_cdf(x), uniform(-37, 8, 80)
                       + uniform(-2, 2, 80) + negative(spread(10, 1000)) + uniform(8, 37, 20)),
    "NORMAL_QUANTILE": (normal_quantile, lambda p: 1 / normal_pdf(normal_quantile(p)),
                        uniform(0, 1, 80) + spread(1e-300, 0.1, 60)),
    "LOG_GAMMA": (log_gamma, lambda x: psi(0, x), spread(1e-300, 1e300, 60) + uniform(0, 12, 100)
                  + uniform(0.9, 1.1) + uniform(1.9, 2.1) + uniform(-20, 0, 60)),
    "DIGAMMA": (lambda x: psi(0, x), lambda x: psi(1, x), spread(1e-150, 1e150, 60)
                + uniform(0, 12, 100) + uniform(1.4, 1.5) + uniform(-20, 0, 60)),
    "TRIGAMMA": (lambda x: psi(1, x), lambda x: psi(2, x), spread(1e-100, 1e100, 60)
                 + uniform(0, 12, 100) + uniform(-10, 0, 60)),
}


def log_sum_exp(a, b):
    return max(a, b) + log1p(exp(-abs(a - b)))


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def pairs(a, b):
    return list(zip(a, b))


def scaled_pairs(n):
    """Arguments of pow whose result neither overflows nor underflows."""
    out = []
    for _ in range(n):
        a = float(exp(mpf(random.uniform(-700, 700))))
        out.append((a, float(random.uniform(-700, 700) / log(mpf(a)))))
    return out


shifts = [(b + d, b) for b, d in zip(uniform(-50, 50, 100), spread(1e-12, 40, 100))]
wide = pairs(spread(-1e-100, 1e100, 60), spread(-1e-100, 1e100, 60))
boxes = pairs(uniform(-5, 5, 80), uniform(-5, 5, 80))

# name: (f, df/da, df/db, points)
BINARY = {
    "ADD": (lambda a, b: a + b, lambda a, b: one, lambda a, b: one, boxes[:20]),
    "SUBTRACT": (lambda a, b: a - b, lambda a, b: one, lambda a, b: -one, boxes[:20]),
    "MULTIPLY": (lambda a, b: a * b, lambda a, b: b, lambda a, b: a, boxes[:20]),
    "DIVIDE": (lambda a, b: a / b, lambda a, b: 1 / b, lambda a, b: -a / b ** 2, boxes[:20]),
    "POW": (lambda a, b: a ** b, lambda a, b: b * a ** (b - 1), lambda a, b: a ** b * log(a),
            scaled_pairs(100) + pairs(uniform(0, 4, 100), uniform(-10, 10, 100))),
    "ATAN2": (atan2, lambda a, b: b / (a * a + b * b), lambda a, b: -a / (a * a + b * b),
              boxes + wide),
    "HYPOT": (lambda a, b: sqrt(a * a + b * b), lambda a, b: a / sqrt(a * a + b * b),
              lambda a, b: b / sqrt(a * a + b * b),
              boxes + wide + pairs(spread(-1e-305, 1e-295), spread(-1e-305, 1e-295))
              + pairs(spread(-1e295, 1e305), spread(-1e295, 1e305))),
    "MINIMUM": (min, lambda a, b: one if a <= b else 0 * one,
                lambda a, b: one if b < a else 0 * one, boxes[:20]),
    "MAXIMUM": (max, lambda a, b: one if a >= b else 0 * one,
                lambda a, b: one if b > a else 0 * one, boxes[:20]),
    "LOG_SUM_EXP2": (log_sum_exp, lambda a, b: 1 / (1 + exp(b - a)),
                     lambda a, b: 1 / (1 + exp(a - b)), boxes + shifts),
    "LOG_DIFF_EXP": (accurately(lambda a, b: a + log(-expm1(b - a))),
                     lambda a, b: -1 / expm1(b - a), lambda a, b: -1 / expm1(a - b), shifts),
    "LOG_BETA": (accurately(log_beta), accurately(lambda a, b: psi(0, a) - psi(0, a + b)),
                 accurately(lambda a, b: psi(0, b) - psi(0, a + b)),
                 pairs(spread(1e-3, 1e3, 150), spread(1e-3, 1e3, 150))
                 + pairs(spread(1e-10, 1e10, 50), spread(1e-10, 1e10, 50))),
}

# Densities as lists of (arguments the term depends on, term).
def xlogy(x, y):
    return mpf(0) if x == 0 else x * log(y)


DENSITIES = {
    "NORMAL": lambda y, m, s: [("", -log(2 * pi) / 2), ("2", -log(s)),
                               ("012", -((y - m) / s) ** 2 / 2)],
    "STD_NORMAL": lambda y: [("", -log(2 * pi) / 2), ("0", -y * y / 2)],
    "BERNOULLI_LOGIT": lambda y, a: [("01", y * a - log1p(exp(a)))],
    "POISSON_LOG": lambda y, a: [("01", y * a), ("1", -exp(a)), ("0", -loggamma(y + 1))],
    "STUDENT_T": lambda y, v, m, s: [
        ("", -log(pi) / 2), ("1", loggamma((v + 1) / 2) - loggamma(v / 2) - log(v) / 2),
        ("3", -log(s)), ("0123", -(v + 1) / 2 * log1p(((y - m) / s) ** 2 / v))],
    "GAMMA": lambda y, a, b: [("1", -loggamma(a)), ("12", a * log(b)),
                              ("01", (a - 1) * log(y)), ("02", -b * y)],
    "EXPONENTIAL": lambda y, b: [("1", log(b)), ("01", -b * y)],
    "CAUCHY": lambda y, m, s: [("", -log(pi)), ("2", -log(s)),
                               ("012", -log1p(((y - m) / s) ** 2))],
    "LOGNORMAL": lambda y, m, s: [("", -log(2 * pi) / 2), ("2", -log(s)), ("0", -log(y)),
                                  ("012", -((log(y) - m) / s) ** 2 / 2)],
    "BETA": lambda y, a, b: [("12", -log_beta(a, b)), ("01", (a - 1) * log(y)),
                             ("02", (b - 1) * log1p(-y))],
    "BINOMIAL_LOGIT": lambda y, n, a: [
        ("01", loggamma(n + 1) - loggamma(y + 1) - loggamma(n - y + 1)),
        ("012", y * a - n * log1p(exp(a)))],
}


def density_points(name, n=30):
    def u(a, b):
        return random.uniform(a, b)
    def s(a, b):
        return float(exp(mpf(u(float(log(mpf(a))), float(log(mpf(b)))))))
    make = {
        "NORMAL": lambda: (u(-5, 5), u(-5, 5), s(0.01, 100)),
        "STD_NORMAL": lambda: (u(-40, 40),),
        "BERNOULLI_LOGIT": lambda: (float(random.randint(0, 1)), u(-30, 30)),
        "POISSON_LOG": lambda: (float(random.randint(0, 60)), u(-4, 5)),
        "STUDENT_T": lambda: (u(-5, 5), s(0.1, 1e4), u(-5, 5), s(0.01, 100)),
        "GAMMA": lambda: (s(1e-3, 50), s(0.05, 200), s(0.01, 100)),
        "EXPONENTIAL": lambda: (s(1e-5, 50), s(0.01, 100)),
        "CAUCHY": lambda: (u(-50, 50), u(-5, 5), s(0.01, 100)),
        "LOGNORMAL": lambda: (s(1e-5, 1e5), u(-5, 5), s(0.05, 20)),
        "BETA": lambda: (u(0.001, 0.999), s(0.05, 200), s(0.05, 200)),
        "BINOMIAL_LOGIT": lambda: (lambda t: (float(random.randint(0, t)), float(t), u(-5, 5)))(
            random.randint(1, 1000)),
    }[name]
    return [make() for _ in range(n)]


def hexed(v):
    return float(v).hex()


def two(v):
    high = float(v)
    low = float(v - mpf(high)) if abs(high) != float("inf") else 0.0
    return f"{high.hex()},{low.hex()}"


def check(f, slope, points, label):
    """The written derivatives agree with numerical ones at moderate points."""
    for x in [x for x in points if 1e-3 < abs(x) < 50][:5]:
        d = diff(f, mpf(x))
        assert abs(d - slope(mpf(x))) <= mpf(10) ** -15 * (abs(d) + mpf(10) ** -15), (label, x, d)


with open("unary.csv", "w") as out:
    out.write("function,x,high,low,slope\n")
    for name, (f, slope, points) in UNARY.items():
        check(f, slope, points, name)
        for x in points:
            v = mpf(x)
            with mp.workdps(400 if abs(x) > 1e5 or abs(x) < 1e-5 else 60):
                value, d = f(v), slope(v)
            out.write(f"{name},{x.hex()},{two(value)},{hexed(d)}\n")

with open("binary.csv", "w") as out:
    out.write("function,a,b,high,low,slopeA,slopeB\n")
    for name, (f, da, db, points) in BINARY.items():
        for a, b in points:
            p, q = mpf(a), mpf(b)
            out.write(f"{name},{a.hex()},{b.hex()},{two(f(p, q))},{hexed(da(p, q))},"
                      f"{hexed(db(p, q))}\n")

with open("densities.csv", "w") as out:
    # varying: the set of arguments that are not constant, as bits; -1: nothing is dropped.
    # size: the sum of the magnitudes of the terms, against which the error is measured.
    out.write("density,varying,value,size,argument0,argument1,argument2,argument3,"
              "partial0,partial1,partial2,partial3\n")
    for name, terms in DENSITIES.items():
        for point in density_points(name):
            args = [mpf(x) for x in point]
            count = len(args)
            partials = []
            for k in range(count):
                def along(t, k=k):
                    return sum(v for _, v in terms(*[t if i == k else a
                                                      for i, a in enumerate(args)]))
                # The normal terms are smooth; step well below the smallest scale.
                partials.append(diff(along, args[k], h=abs(args[k]) * mpf(10) ** -25 + mpf(10) ** -28))
            row = [hexed(a) for a in args] + [""] * (4 - count)
            row += [hexed(p) for p in partials] + [""] * (4 - count)
            for varying in [-1] + list(range(2 ** count)):
                kept = [v for depends, v in terms(*args)
                        if varying == -1 or any(varying >> int(k) & 1 for k in depends)]
                value = sum(kept, mpf(0))
                size = sum((abs(v) for v in kept), mpf(0))
                out.write(f"{name},{varying},{hexed(value)},{hexed(size)},{','.join(row)}\n")
