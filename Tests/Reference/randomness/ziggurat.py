# SPDX-License-Identifier: GPL-3.0-or-later
"""The starts of the tails of the 256-layer ziggurats (mpmath 1.3, 40 digits).

With layers of equal area V, the start r is right when the last layer ends at
height 1. Prints the constants in Sources/Randomness/Ziggurat.swift.
"""
from mpmath import mp, mpf, exp, erfc, sqrt, log, pi, findroot

mp.dps = 40


def closing(r, f, inverse, area):
    v, x = area(r), r
    for _ in range(254):
        x = inverse(v / x + f(x))
    return v / x + f(x) - 1


print("normal", findroot(
    lambda r: closing(r, lambda x: exp(-x * x / 2), lambda y: sqrt(-2 * log(y)),
                      lambda r: r * exp(-r * r / 2) + sqrt(pi / 2) * erfc(r / sqrt(2))),
    (mpf("3.65415288536"), mpf("3.65415288537")), solver="secant"))
print("exponential", findroot(
    lambda r: closing(r, lambda x: exp(-x), lambda y: -log(y), lambda r: (r + 1) * exp(-r)),
    (mpf("7.697117470130"), mpf("7.697117470132")), solver="secant"))
