#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes Sources/CVectorMath/Kernels/polynomials.h.

Each polynomial interpolates its function at Chebyshev nodes (60 digits, mpmath), which is
within a small factor of the minimax error; the coefficients are then rounded to doubles.
The error in the comment is the largest one of the rounded polynomial, relative to the
function, on a grid of 400 points, with its arithmetic exact.

    python3 coefficients.py > ../../../Sources/CVectorMath/Kernels/polynomials.h
"""
from mpmath import mp, mpf, chop, cos, pi, exp, expm1, log, log1p, sin, atan, asin, erf, erfc, sqrt
from mpmath import diff, findroot
from mpmath import loggamma, digamma, polygamma, matrix, lu_solve

mp.dps = 60


def fit(f, low, high, degree):
    low, high = mpf(low), mpf(high)
    n = degree + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    # Newton's divided differences, then expanded: exact enough at 60 digits.
    table = [f(x) for x in nodes]
    for order in range(1, n):
        for i in range(n - 1, order - 1, -1):
            table[i] = (table[i] - table[i - 1]) / (nodes[i] - nodes[i - order])
    coefficients = [mpf(0)] * n
    for i in range(n - 1, -1, -1):
        coefficients = [mpf(0)] + coefficients[:-1] if i < n - 1 else coefficients
        if i < n - 1:
            shifted = coefficients
            previous = shifted[1:] + [mpf(0)]
            coefficients = [shifted[k] - nodes[i] * previous[k] for k in range(n)]
        coefficients[0] += table[i]
    return [float(c) for c in coefficients]


def error(f, low, high, coefficients):
    worst = mpf(0)
    for i in range(401):
        x = mpf(low) + (mpf(high) - mpf(low)) * (i + mpf(1) / 3) / 402
        p = mpf(0)
        for c in reversed(coefficients):
            p = p * x + mpf(c)
        worst = max(worst, abs(p / f(x) - 1))
    return worst


def literal(c):
    return f"C({c.hex()})"


def cubic(c):
    """Two levels of Estrin's scheme for up to four coefficients."""
    def line(c):
        return literal(c[0]) if len(c) == 1 else f"F(x, {literal(c[1])}, {literal(c[0])})"
    if len(c) <= 2:
        return line(c)
    return f"F(x2, {line(c[2:])},\n        {line(c[:2])})"


def emit(name, what, f, low, high, degree, last_alone=False):
    """`last_alone`: the constant is added last, where it dominates the sum."""
    c = fit(f, low, high, degree)
    e = error(f, low, high, c)
    constant, c = (c[0], c[1:]) if last_alone else (None, c)
    blocks = [c[i:i + 4] for i in range(0, len(c), 4)]
    print(f"// {what} on [{mp.nstr(mpf(low), 5)}, {mp.nstr(mpf(high), 5)}], "
          f"degree {degree}, error {mp.nstr(e, 2)}.")
    print(f"INLINE V {name}(V x) {{")
    if len(c) > 2:
        print("    V x2 = x * x;")
    if len(blocks) > 1:
        print("    V x4 = x2 * x2;")
    print(f"    V p = {cubic(blocks[-1])};")
    for block in reversed(blocks[:-1]):
        print(f"    p = F(x4, p, {cubic(block)});")
    print("    return p;\n}\n" if constant is None else f"    return F(x, p, {literal(constant)});\n}}\n")


def taylor(direct, series, limit=mpf(10) ** -12):
    """`direct` away from 0, where it cancels; the series of two terms near 0."""
    return lambda x: direct(x) if abs(x) > limit else series(x)


def atanh_part(z):
    s = sqrt(z)
    return (log((1 + s) / (1 - s)) - 2 * s) / s ** 3


def log_gamma_between(x):
    t = x + mpf(7) / 4
    return loggamma(t) / ((t - 1) * (t - 2))  # no node or grid point is a root


def scaled_erfc(t):
    x = 4 * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


def stirling(u):
    x = 1 / sqrt(u)
    return (loggamma(x) - ((x - mpf(1) / 2) * log(x) - x + log(2 * pi) / 2)) * x


def half_step(u):
    x = 1 / sqrt(u)
    return (loggamma(x + mpf(1) / 2) - loggamma(x) - log(x) / 2) * x


def half_step_slope(u):
    x = 1 / sqrt(u)
    return (digamma(x + mpf(1) / 2) - digamma(x) - 1 / (2 * x)) * x ** 2


def asymptotic_digamma(u):
    x = 1 / sqrt(u)
    return (log(x) - 1 / (2 * x) - digamma(x)) * x ** 2


def asymptotic_trigamma(u):
    x = 1 / sqrt(u)
    return (polygamma(1, x) - 1 / x - 1 / (2 * x * x)) * x ** 3


def asymptotic_tetragamma(u):
    x = 1 / sqrt(u)
    return (polygamma(2, x) + 1 / x ** 2 + 1 / x ** 3) * x ** 4


h = log(2) / 2 * mpf("1.0001")
z = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2 * mpf("1.0001")
q = (pi / 4) ** 2 * mpf("1.0001")

print("// SPDX-License-Identifier: GPL-3.0-or-later")
print("// Written by Tests/Reference/vectormath/coefficients.py; do not edit.")
print("// C splats a constant, F(a, b, c) = a b + c rounded once.\n")
emit("expPolynomial", "(exp(x) - 1 - x) / x^2",
     taylor(lambda x: (expm1(x) - x) / x ** 2, lambda x: mpf(1) / 2 + x / 6), -h, h, 10)
emit("logPolynomial", "(log((1+s)/(1-s)) - 2 s) / s^3, x = s^2,", atanh_part, mpf(10) ** -30, z, 6)
emit("logWidePolynomial", "(log((1+s)/(1-s)) - 2 s) / s^3, x = s^2,", atanh_part,
     mpf(10) ** -30, mpf(1) / 9, 10)
emit("logTailPolynomial", "(log((1+s)/(1-s)) - 2 s - 2 s^3/3) / s^5, x = s^2,",
     lambda x: (atanh_part(x) - mpf(2) / 3) / x, mpf(10) ** -20, z, 7)
emit("sinPolynomial", "(sin(r) - r) / r^3, x = r^2,",
     lambda x: (sin(sqrt(x)) - sqrt(x)) / sqrt(x) ** 3, mpf(10) ** -18, q, 5)
emit("cosPolynomial", "(cos(r) - 1 + r^2/2) / r^4, x = r^2,",
     lambda x: (cos(sqrt(x)) - 1 + x / 2) / x ** 2, mpf(10) ** -14, q, 5)
emit("atanPolynomial", "(atan(t) - t) / t^3, x = t^2,",
     lambda x: (atan(sqrt(x)) - sqrt(x)) / sqrt(x) ** 3, mpf(10) ** -18, 1, 20)
emit("asinPolynomial", "(asin(t) - t) / t^3, x = t^2,",
     lambda x: (asin(sqrt(x)) - sqrt(x)) / sqrt(x) ** 3, mpf(10) ** -18, mpf("0.2501"), 12)
emit("erfPolynomial", "erf(t) / t - 1, x = t^2,",
     lambda x: erf(sqrt(x)) / sqrt(x) - 1, mpf(10) ** -20, 1, 12)
emit("erfcxPolynomial", "(1 + 2 t) exp(t^2) erfc(t), x = (t - 4) / (t + 4),",
     scaled_erfc, -1, mpf(1) - mpf(10) ** -6, 25, last_alone=True)
emit("erfcxSlopePolynomial", "its derivative, roughly,",
     lambda t: diff(scaled_erfc, t), -1, mpf("0.9"), 5)
emit("logGammaPolynomial", "log Gamma(t) / ((t - 1) (t - 2)), x = t - 7/4,", log_gamma_between,
     -mpf("0.75"), mpf("0.75"), 25, last_alone=True)
emit("halfStepPolynomial", "t (log Gamma(t + 1/2) - log Gamma(t) - log(t)/2), x = 1/t^2,",
     half_step, mpf(10) ** -12, mpf(1) / 25, 9)
emit("halfStepSlopePolynomial", "t^2 times the derivative of that over t, x = 1/t^2,",
     half_step_slope, mpf(10) ** -12, mpf(1) / 25, 9)
emit("stirlingPolynomial", "t (log Gamma(t) - (t - 1/2) log t + t - log(2 pi)/2), x = 1/t^2,",
     stirling, mpf(10) ** -12, mpf(1) / 25, 9)
root = findroot(digamma, mpf("1.4616"))
emit("digammaRootPolynomial", "digamma(t) / (t - root), x = t - 3/2,",
     lambda x: digamma(x + mpf(3) / 2) / (x + mpf(3) / 2 - root), -mpf("0.5"), mpf("0.5"), 21, last_alone=True)
print(f"#define DIGAMMA_ROOT C({float(root).hex()})")
print(f"#define DIGAMMA_ROOT_LOW C({float(root - mpf(float(root))).hex()})\n")
emit("digammaPolynomial", "t^2 (log t - 1/(2t) - digamma(t)), x = 1/t^2,",
     asymptotic_digamma, mpf(10) ** -10, mpf(1) / 36, 8)
emit("trigammaPolynomial", "t^3 (trigamma(t) - 1/t - 1/(2 t^2)), x = 1/t^2,",
     asymptotic_trigamma, mpf(10) ** -10, mpf(1) / 36, 8)
emit("tetragammaPolynomial", "t^4 (psi''(t) + 1/t^2 + 1/t^3), x = 1/t^2,",
     asymptotic_tetragamma, mpf(10) ** -10, mpf(1) / 36, 9)

print("// The bits of 2/pi after the binary point, after one word of zeros.")
print("static const uint64_t twoOverPi[] = {\n    0,")
mp.prec = 2000
bits = int(mp.floor(2 / mp.pi * mpf(2) ** (64 * 20)))
words = [(bits >> (64 * (19 - i))) & (2 ** 64 - 1) for i in range(20)]
for i in range(0, 20, 4):
    print("    " + ", ".join(f"0x{w:016x}" for w in words[i:i + 4]) + ",")
print("};")
