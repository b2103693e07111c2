#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the largest error of every vector kernel over its whole range, in units
in the last place, against MPFR with 200 bits or more (gmpy2 2.2; trigamma by its own
series, compared with mpmath at the start).

Compiles Sources/CVectorMath with clang as it stands and calls the best table of the
machine (the others give the same bits, which SameBitsTests checks). A function's
points: bit patterns drawn evenly from its domain, so exponents and mantissas are
dense; evenly spread points in the intervals named for it, where formulas change or
roots lie, and the neighbours of their ends.

Writes bounds.csv (function, points, largest error, at; the bound that is stated in
Sources/CVectorMath/README.md and tested) and hard.csv (the worst points, with the
exact values as sums of two doubles).

usage: bounds.py [--points 200000] [FUNCTION...]     (all: 10 minutes)
"""
import argparse
import ctypes
import math
import pathlib
import random
import re
import struct
import subprocess
import tempfile

import gmpy2
import mpmath
from gmpy2 import mpfr

HERE = pathlib.Path(__file__).parent
SOURCES = HERE.parents[2] / "Sources" / "CVectorMath"
gmpy2.get_context().precision = 200
gmpy2.get_context().emax = 1 << 40
gmpy2.get_context().emin = -(1 << 40)
INF = math.inf


# MARK: the kernels

def load(library):
    header = (SOURCES / "include" / "CVectorMath.h").read_text()
    enums = re.findall(r"typedef enum \{(.*?)\} vm_(\w+)_op;", header, re.S)
    names = {}
    for body, kind in enums:
        body = re.sub(r"/\*.*?\*/|//[^\n]*", "", body)
        names[kind] = [n.strip()[3:] for n in body.split(",") if n.strip()][:-1]
    if library is None:
        library = pathlib.Path(tempfile.mkdtemp()) / "kernels.so"
        subprocess.run(["clang", "-O2", "-shared", "-fPIC", "-I", str(SOURCES / "include"), "-I", str(SOURCES),
                        *map(str, SOURCES.glob("*.c")), "-lm", "-o", str(library)], check=True)
    c = ctypes.CDLL(str(library))
    c.vm_kernels.restype = ctypes.POINTER(ctypes.c_void_p)
    return names, c.vm_kernels()


parser = argparse.ArgumentParser()
parser.add_argument("--points", type=int, default=200_000)
parser.add_argument("--library", help="the kernels, compiled before")
parser.add_argument("functions", nargs="*")
options = parser.parse_args()
NAMES, TABLE = load(options.library)
DOUBLES = ctypes.POINTER(ctypes.c_double)
UNARY_CALL = ctypes.CFUNCTYPE(None, ctypes.c_ssize_t, DOUBLES, DOUBLES)
BINARY_CALL = ctypes.CFUNCTYPE(None, ctypes.c_ssize_t, DOUBLES, ctypes.c_int, DOUBLES, ctypes.c_int, DOUBLES)


def call(name, *columns):
    n = len(columns[0])
    inputs = [(ctypes.c_double * n)(*c) for c in columns]
    out = (ctypes.c_double * n)()
    if len(columns) == 1:
        UNARY_CALL(TABLE[NAMES["unary"].index(name)])(n, inputs[0], out)
    else:
        at = 2 * len(NAMES["unary"]) + NAMES["binary"].index(name)
        BINARY_CALL(TABLE[at])(n, inputs[0], 1, inputs[1], 1, out)
    return list(out)


# MARK: exact values

def bernoulli():
    with mpmath.workdps(80):
        return [mpfr(mpmath.nstr(mpmath.bernoulli(2 * k), 75)) for k in range(1, 32)]


BERNOULLI = bernoulli()
HALF_ROOT = 1 / gmpy2.sqrt(mpfr(2))


def trigamma(x):
    if x < 0:
        s = gmpy2.sin(gmpy2.const_pi() * (x - gmpy2.rint(x)))
        return (gmpy2.const_pi() / s) ** 2 - trigamma(1 - x)
    total = mpfr(0)
    while x < 45:
        total += 1 / (x * x)
        x += 1
    y = 1 / (x * x)
    tail, power = 1 / x + y / 2, 1 / x
    for b in BERNOULLI:
        power *= y
        tail += b * power
    return total + tail


def wide(f, bits=3000):
    """With enough digits for 1 - x and the like."""
    def g(*x):
        with gmpy2.context(gmpy2.get_context(), precision=bits):
            return f(*x)
    return g


def quantile(p, got):
    """One step of Newton's method from the answer: an error of the square of its."""
    g = mpfr(got)
    density = gmpy2.exp(-g * g / 2) / gmpy2.sqrt(2 * gmpy2.const_pi())
    return g - (gmpy2.erfc(-g * HALF_ROOT) / 2 - p) / density


def phi(x):
    return gmpy2.erfc(-x * HALF_ROOT) / 2


def log_phi(x):
    if x > 0:
        return gmpy2.log1p(-phi(-x))
    if x > -1e4:
        return gmpy2.log(phi(x))
    y = 1 / (x * x)  # the asymptotic series
    return (-x * x / 2 - gmpy2.log(-x) - gmpy2.log(2 * gmpy2.const_pi()) / 2
            + gmpy2.log1p(y * (-1 + y * (3 + y * (-15 + y * (105 - 945 * y))))))


def log_gamma(x):
    return gmpy2.lgamma(x)[0]


one = mpfr(1)
ALL = (-1.7e308, 1.7e308)
# name: (exact value, domain, intervals where points lie close)
UNARY = {
    "EXP": (gmpy2.exp, (-745.2, 709.79), [(-1, 1), (-40, 40), (-745, -700)]),
    "EXP2": (gmpy2.exp2, (-1075, 1024), [(-1, 1), (-40, 40), (-1075, -1020)]),
    "EXPM1": (gmpy2.expm1, (-50, 709.79), [(-2, 2), (-40, 40)]),
    "LOG": (gmpy2.log, (5e-324, 1.7e308), [(0.5, 2), (0.98, 1.02), (5e-324, 1e-307)]),
    "LOG1P": (gmpy2.log1p, (-1 + 2 ** -53, 1.7e308), [(-0.999, 2), (-0.01, 0.01)]),
    "LOG1M": (lambda x: gmpy2.log1p(-x), (-1.7e308, 1 - 2 ** -53), [(-2, 0.999), (-0.01, 0.01)]),
    "LOG2": (gmpy2.log2, (5e-324, 1.7e308), [(0.5, 2), (0.98, 1.02)]),
    "LOG10": (gmpy2.log10, (5e-324, 1.7e308), [(0.5, 2), (0.98, 1.02)]),
    "CBRT": (gmpy2.cbrt, ALL, [(0.1, 10)]),
    "SIN": (wide(gmpy2.sin, 1300), ALL, [(-7, 7), (-1e5, 1e5), (3.14, 3.1432)]),
    "COS": (wide(gmpy2.cos, 1300), ALL, [(-7, 7), (-1e5, 1e5), (1.57, 1.5716)]),
    "TAN": (wide(gmpy2.tan, 1300), ALL, [(-7, 7), (-1e5, 1e5), (1.57, 1.5716), (3.14, 3.1432)]),
    "ASIN": (gmpy2.asin, (-1, 1), [(-1, 1), (0.4, 0.6), (0.99, 1)]),
    "ACOS": (gmpy2.acos, (-1, 1), [(-1, 1), (0.4, 0.6), (0.99, 1)]),
    "ATAN": (gmpy2.atan, ALL, [(-3, 3), (0.4, 0.5), (2.3, 2.5)]),
    "SINH": (gmpy2.sinh, (-710.47, 710.47), [(-3, 3), (-40, 40), (709, 710.4)]),
    "COSH": (gmpy2.cosh, (-710.47, 710.47), [(-3, 3), (-40, 40), (709, 710.4)]),
    "TANH": (gmpy2.tanh, ALL, [(-3, 3), (-25, 25)]),
    "ASINH": (gmpy2.asinh, ALL, [(-3, 3)]),
    "ACOSH": (gmpy2.acosh, (1, 1.7e308), [(1, 3), (1, 1.01)]),
    "ATANH": (gmpy2.atanh, (-1 + 2 ** -53, 1 - 2 ** -53), [(-0.999, 0.999)]),
    "LOGISTIC": (lambda x: 1 / (1 + gmpy2.exp(-x)), (-745, 1e3), [(-40, 40), (-3, 3)]),
    "LOG_LOGISTIC": (lambda x: (x if x < 0 else 0) - gmpy2.log1p(gmpy2.exp(-abs(x))), (-1e300, 745), [(-40, 40), (-3, 3)]),
    "LOG1P_EXP": (lambda x: (x if x > 0 else 0) + gmpy2.log1p(gmpy2.exp(-abs(x))), (-745, 1e300), [(-40, 40), (-3, 3)]),
    "LOG1M_EXP": (lambda x: gmpy2.log(-gmpy2.expm1(x)) if x > -1 else gmpy2.log1p(-gmpy2.exp(x)), (-745, -5e-324), [(-40, -1e-3), (-2, -0.2)]),
    "LOGIT": (wide(lambda x: gmpy2.log(x / (1 - x)), 1300), (5e-324, 1 - 2 ** -53),
              [(0.01, 0.99), (0.49, 0.51)]),
    "ERF": (gmpy2.erf, ALL, [(-6, 6), (-1, 1)]),
    "ERFC": (gmpy2.erfc, (-1e300, 26.6), [(-6, 6), (5, 26.5)]),
    "NORMAL_CDF": (phi, (-37.6, 1e300), [(-8, 8), (-37, -8)]),
    "LOG_NORMAL_CDF": (log_phi, (-1e150, 38), [(-8, 8), (-40, -8), (-2, 0)]),
    "NORMAL_QUANTILE": (quantile, (5e-324, 1 - 2 ** -53), [(0.001, 0.999), (0.4, 0.6), (0.97, 1)]),
    "LOG_GAMMA": (log_gamma, (5e-324, 1e305), [(0, 4), (0.95, 1.05), (1.95, 2.05), (2, 50)]),
    "DIGAMMA": (gmpy2.digamma, (1e-300, 1e305), [(0, 4), (1.4, 1.52), (2.9, 6.1), (2, 50)]),
    "TRIGAMMA": (trigamma, (1e-150, 1e300), [(0, 4), (2, 50)]),
    "LOG_GAMMA<0": (log_gamma, (-150, -1e-300), [(-10, 0), (-150, 0)]),
    "DIGAMMA<0": (gmpy2.digamma, (-1e6, -1e-300), [(-10, 0), (-150, 0)]),
    "TRIGAMMA<0": (trigamma, (-1e6, -1e-150), [(-10, 0), (-150, 0)]),
}


def log_beta(a, b):
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b)


BINARY = {
    "POW": (lambda a, b: a ** b, (1e-300, 1e300), (-1e3, 1e3), [((0.5, 2), (-700, 700)), ((0.9, 1.1), (-3e3, 3e3))]),
    "ATAN2": (gmpy2.atan2, ALL, ALL, [((-3, 3), (-3, 3))]),
    "HYPOT": (gmpy2.hypot, (-1e300, 1e300), (-1e300, 1e300), [((-3, 3), (-3, 3))]),
    "LOG_SUM_EXP2": (lambda a, b: max(a, b) + gmpy2.log1p(gmpy2.exp(-abs(a - b))), (-1e300, 1e300), (-1e300, 1e300),
                     [((-40, 40), (-40, 40)), ((-2, 2), (-2, 2))]),
    "LOG_BETA": (wide(log_beta, 500), (1e-30, 1e30), (1e-30, 1e30), [((0, 5), (0, 5)), ((0, 100), (0, 100))]),
}


# What Sources/CVectorMath/README.md promises.
STATED = {
    "EXP": 1, "EXP2": 1, "EXPM1": 1.5, "LOG": 1, "LOG1P": 1, "LOG1M": 1, "LOG2": 1, "LOG10": 1, "CBRT": 1,
    "SIN": 1, "COS": 1, "TAN": 2.5, "ASIN": 2, "ACOS": 2, "ATAN": 1.5, "SINH": 2.5, "COSH": 1.5, "TANH": 2,
    "ASINH": 2.5, "ACOSH": 2.5, "ATANH": 2.5, "LOGISTIC": 2, "LOG_LOGISTIC": 2, "LOG1P_EXP": 2, "LOG1M_EXP": 2,
    "LOGIT": 2.5, "ERF": 1.5, "ERFC": 3, "NORMAL_CDF": 3.5, "LOG_NORMAL_CDF": 4, "NORMAL_QUANTILE": 8,
    "LOG_GAMMA": 3, "DIGAMMA": 5, "TRIGAMMA": 5, "LOG_GAMMA<0": 10, "DIGAMMA<0": 15, "TRIGAMMA<0": 10,
    "POW": 1.5, "ATAN2": 1.5, "HYPOT": 1, "LOG_SUM_EXP2": 2, "LOG_BETA": 10,
}


# MARK: points

def bits(x):
    return struct.unpack("<q", struct.pack("<d", x))[0]


def from_bits(b):
    return struct.unpack("<d", struct.pack("<q", b))[0]


def ordered(x):
    """Doubles in the order of integers."""
    b = bits(x)
    return b if b >= 0 else -(b & 0x7FFF_FFFF_FFFF_FFFF)


def from_ordered(k):
    return from_bits(k) if k >= 0 else -from_bits(-k)


def evenly_by_bits(low, high, n):
    a, b = ordered(low), ordered(high)
    return [from_ordered(random.randint(a, b)) for _ in range(n)]


def ends(intervals):
    points = []
    for low, high in intervals:
        for end in (low, high):
            points += [from_ordered(ordered(end) + k) for k in range(-20, 21)]
    return points


def unary_points(domain, intervals, n):
    points = evenly_by_bits(*domain, n // 2)
    for low, high in intervals:
        points += [random.uniform(low, high) for _ in range(n // 2 // len(intervals))]
    points += ends(intervals + [domain])
    return [x for x in points if domain[0] <= x <= domain[1] and x != 0]


def binary_points(da, db, boxes, n):
    points = list(zip(evenly_by_bits(*da, n // 2), evenly_by_bits(*db, n // 2)))
    for (a, b), (c, d) in boxes:
        points += [(random.uniform(a, b), random.uniform(c, d)) for _ in range(n // 2 // len(boxes))]
    return [(a, b) for a, b in points if a != 0 and b != 0]


# MARK: errors

def ulp(x, floor):
    return math.ulp(max(min(abs(float(x)), 1.7e308), floor))


def measure(name, columns, exact, floor):
    """Errors with their points, the largest first."""
    got = call(name.split("<")[0], *columns)
    found = []
    for i, point in enumerate(zip(*columns)):
        x = [mpfr(v) for v in point]
        if exact is quantile:
            value = quantile(x[0], got[i])
        else:
            value = exact(*x)
        rounded = float(value)
        if math.isinf(rounded) or math.isnan(rounded):
            if rounded != got[i] and not (math.isnan(rounded) and math.isnan(got[i])):
                # one that overflows only after rounding may be either
                found.append((abs(float(value / mpfr(1.7976931348623157e308))) if not math.isnan(rounded) else INF, point, value))
            continue
        error = float(abs(mpfr(got[i]) - value) / ulp(rounded, floor(*point)))
        found.append((error if error == error else INF, point, value))
    found.sort(key=lambda f: -f[0])
    return found


def main():
    for x in (0.3, 7.5, 80.0, -2.3):
        assert abs(float(trigamma(mpfr(x))) - float(mpmath.psi(1, x))) <= 2 * math.ulp(float(mpmath.psi(1, x)))
    bounds, hard = [], []
    for name in options.functions or [*UNARY, *BINARY]:
        random.seed(name)
        floor = lambda *x: 0.0
        if name in UNARY:
            exact, domain, intervals = UNARY[name]
            points = unary_points(domain, intervals, options.points)
            columns = [points]
            if "<" in name:
                floor = lambda *x: 1.0
        else:
            exact, da, db, boxes = BINARY[name]
            points = binary_points(da, db, boxes, options.points // 2)
            columns = [list(c) for c in zip(*points)]
            if name == "LOG_SUM_EXP2":
                floor = lambda a, b: max(abs(a), abs(b), 1.0)
            elif name == "LOG_BETA":
                floor = lambda a, b: 1.0
        found = measure(name, columns, exact, floor)
        worst, at, _ = found[0]
        bound = STATED[name]
        bounds.append(f"{name},{len(found)},{worst:.3f},{' '.join(v.hex() for v in at)},{bound:.2f}")
        print(bounds[-1], "" if worst <= bound else "  ABOVE ITS BOUND", flush=True)
        chosen = []
        for error, point, value in found:
            # not the same place again and again
            if len(chosen) < 25 and not any(p[0] == point[0] or abs(p[0] - point[0]) < 1e-4 * abs(p[0]) for p in chosen[:-6]):
                chosen.append(point)
                high = float(value)
                low = float(value - mpfr(high)) if math.isfinite(high) else 0.0
                second = point[1].hex() if len(point) == 2 else ""
                hard.append(f"{name},{point[0].hex()},{second},{high.hex()},{low.hex()}")
    write("bounds.csv", "function,points,largest,at,bound", bounds)
    write("hard.csv", "function,a,b,high,low", hard)


def write(name, heading, rows):
    """Rows of functions that were not measured now stay."""
    path = HERE / name
    before = path.read_text().splitlines()[1:] if path.exists() else []
    measured = {row.split(",")[0] for row in rows}
    order = [*UNARY, *BINARY]
    rows = rows + [row for row in before if row.split(",")[0] not in measured]
    rows.sort(key=lambda row: order.index(row.split(",")[0]))
    path.write_text("\n".join([heading] + rows) + "\n")


if __name__ == "__main__":
    main()
