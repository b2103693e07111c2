# SPDX-License-Identifier: GPL-3.0-or-later
"""functions.csv: special functions at random arguments over the whole domain, with the
relative condition number; mpmath at 60 digits. Run: python3 functions.py > functions.csv"""

import random

import mpmath as m
from mpmath import mp, mpf

mp.dps = 60
R = random.Random(20)
U = R.uniform


def power(low, high):
    return 10 ** U(low, high)


def sign():
    return R.choice([-1, 1])


def near(order):
    return (order, order * (1 + sign() * power(-6, -0.5)))


def log_kind(f):
    return lambda *x: m.log(f(*x))


def hyp1(a, b, x):
    return m.hyp1f1(a, b, x, maxterms=10**6)


def hyp2(a, b, c, x):
    return m.hyp2f1(a, b, c, x, maxterms=10**6)


FUNCTIONS = {
    "besselJ": (m.besselj, [
        lambda: (power(-6, 3), power(-8, 4)), lambda: (R.randint(0, 50), U(0, 100)),
        lambda: near(power(0, 3.5))]),
    "besselY": (m.bessely, [
        lambda: (power(-6, 3), power(-8, 4)), lambda: (U(0, 4), U(0, 4)),
        lambda: near(power(0, 3.5))]),
    "besselI": (m.besseli, [
        lambda: (power(-6, 2.5), power(-5, 2.5)), lambda: (-U(0, 20), U(0, 100))]),
    "besselK": (m.besselk, [
        lambda: (power(-6, 2.5), power(-5, 2.5)), lambda: (U(0, 3), power(-200, 1))]),
    "besselIe": (lambda v, x: m.besseli(v, x) * m.exp(-x), [lambda: (power(-3, 4), power(-3, 6))]),
    "logBesselI": (log_kind(m.besseli), [lambda: (power(-3, 5), power(-3, 5))]),
    "logBesselK": (log_kind(m.besselk), [lambda: (power(-3, 4), power(-3, 4))]),
    "airyAi": (m.airyai, [lambda: (U(-40, 100),), lambda: (-power(1, 5),)]),
    "airyBi": (m.airybi, [lambda: (U(-40, 100),)]),
    "airyAiDerivative": (lambda x: m.airyai(x, derivative=1), [lambda: (U(-40, 80),)]),
    "airyBiDerivative": (lambda x: m.airybi(x, derivative=1), [lambda: (U(-40, 80),)]),
    "zeta": (m.zeta, [
        lambda: (U(-150, 60),), lambda: (U(-2, 3),), lambda: (1 + sign() * power(-12, -1),)]),
    "polygamma": (lambda n, x: m.psi(int(n), x), [lambda: (R.randint(0, 60), power(-2, 4))]),
    "tetragamma": (lambda x: m.psi(2, x), [lambda: (U(-40, 5),)]),
    "expintE1": (m.e1, [lambda: (U(0.5, 6),)]),
    "expintEi": (m.ei, [lambda: (U(0.3, 0.5),)]),
    "dawson": (
        lambda x: m.exp(-x * x) * m.erfi(x) * m.sqrt(m.pi) / 2, [lambda: (sign() * power(-5, 1.4),)]),
    "hyp1f1": (hyp1, [
        lambda: (sign() * power(-2, 1.3), sign() * power(-2, 1.3), sign() * power(-3, 2)),
        lambda: (U(0, 60), U(0, 60), U(-60, 60)), lambda: (U(-10, 5), U(0, 10), U(-40, 40)),
        lambda: (sign() * power(1, 2.5), power(0, 2.5), sign() * power(0, 3))]),
    "hyp2f1": (hyp2, [
        lambda: (U(0, 4), U(0, 4), U(0.5, 8), 1 - power(-4, 0)),
        lambda: (U(-4, 4), U(-4, 4), U(0.5, 8), -power(-2, 6)),
        lambda: (sign() * power(-1, 1.7), sign() * power(-1, 1.7), sign() * power(-1, 1.7), U(-2, 1)),
        lambda: (R.randint(1, 6) / 2, R.randint(1, 6) / 2, R.randint(1, 12) / 2, 1 - power(-14, 0)),
        lambda: (U(-30, 30), U(-30, 30), U(0, 60), 1 - power(-4, 0.5))]),
    "ellipticK": (m.ellipk, [lambda: (1 - power(-10, 3),)]),
    "ellipticE": (m.ellipe, [lambda: (1 - power(-10, 3),)]),
    "ellipticPi": (m.ellippi, [lambda: (1 - power(-3, 2), 1 - power(-6, 2))]),
    "ellipticF": (m.ellipf, [lambda: (U(-6, 6), 1 - power(-4, 2))]),
    "ellipticEIncomplete": (m.ellipe, [lambda: (U(-6, 6), 1 - power(-4, 2))]),
    "ellipticPiIncomplete": (m.ellippi, [lambda: (U(-2, 0.99), U(-1.57, 1.57), 1 - power(-4, 1))]),
    "carlsonRF": (m.elliprf, [lambda: (power(-6, 6), power(-6, 6), power(-6, 6))]),
    "carlsonRC": (m.elliprc, [lambda: (power(-6, 6), power(-6, 6))]),
    "carlsonRD": (m.elliprd, [lambda: (power(-6, 6), power(-6, 6), power(-6, 6))]),
    "carlsonRJ": (m.elliprj, [lambda: tuple(power(-4, 4) for _ in range(4))]),
}

print("function,a1,a2,a3,a4,value,cond")
for name, (function, draws) in FUNCTIONS.items():
    for draw in draws:
        done = 0
        while done < 12:
            # Kept to five digits, but for those whose distance from 1 counts.
            a = [v if isinstance(v, int) or abs(1 - v) < 0.1 else float("%.5g" % v) for v in draw()]
            x = [mpf(v) for v in a]
            try:
                value = m.mpmathify(function(*x))
                if isinstance(value, m.mpc) and value.imag != 0 or not 1e-300 < abs(value) < 1e307:
                    continue
                value = value.real
                condition = mpf(0)
                for i, v in enumerate(a):
                    if not isinstance(v, int):
                        y = list(x)
                        y[i] *= 1 + mpf(10) ** -18
                        condition += abs((m.re(function(*y)) - value) / value) * mpf(10) ** 18
            except (ValueError, ZeroDivisionError, m.libmp.NoConvergence):
                continue
            fields = [repr(v) for v in a] + [""] * (4 - len(a))
            print(",".join([name, *fields, m.nstr(value, 22), m.nstr(condition, 3)]))
            done += 1
