# SPDX-License-Identifier: GPL-3.0-or-later
"""Coefficients used in Sources/SpecialFunctions, from their definitions (mpmath 1.3).

temme: DLMF 8.12.  With lambda = x/a and eta^2/2 = lambda - 1 - log(lambda),
  c_0 = 1/(lambda - 1) - 1/eta,  c_k = c_{k-1}'/eta + (-1)^k g_k/(lambda - 1),
  expanded in powers of eta; g_k are the coefficients of Stirling's series.
digamma: Taylor coefficients at the positive root.
gauss: nodes and weights of Gauss-Legendre rules on [0, 1].
Run:  python3 coefficients.py temme|digamma|gauss|stirling
"""
import sys
from mpmath import (mp, mpf, digamma, psi, findroot, factorial, bernoulli, nstr, taylor, exp,
                    polyroots, legendre, diff, sqrt)

mp.dps = 80


def swift(x):
    return repr(float(x))


def temme(K=13, N=19):
    M = N + 2 * K + 4
    # lambda - 1 = sum alpha_n eta^n, from (lambda - 1) lambda' = lambda eta.
    alpha = [mpf(0), mpf(1)]
    for n in range(2, M + 1):
        # coefficient of eta^n in mu mu' = eta + mu eta
        known = sum(alpha[i] * (n + 1 - i) * alpha[n + 1 - i] for i in range(2, n))
        alpha.append((alpha[n - 1] - known) / (n + 1))
    d = [[2 * alpha[2] - 1] + [(n + 2) * alpha[n + 2] for n in range(1, M - 1)]]
    # g_k: exp(sum B_2j / (2j (2j-1) z^(2j-1))) in powers of 1/z
    s = [mpf(0)] * (K + 1)
    for j in range(1, K + 2):
        if 2 * j - 1 <= K:
            s[2 * j - 1] = bernoulli(2 * j) / (2 * j * (2 * j - 1))
    g = [mpf(1)]
    for n in range(1, K + 1):
        g.append(sum(i * s[i] * g[n - i] for i in range(1, n + 1)) / n)
    for k in range(1, K):
        d.append([(n + 2) * d[k - 1][n + 2] + (-1) ** k * g[k] * d[0][n]
                  for n in range(len(d[k - 1]) - 2)])
    for row in d:
        print("        [\n            " + ",\n            ".join(swift(c) for c in row[:N]) + ",\n        ],")


def stirling():
    for j in range(1, 9):
        print(bernoulli(2 * j) / (2 * j * (2 * j - 1)))


def root_of_digamma():
    r = findroot(digamma, mpf("1.4616321449683622"))
    high = float(r)
    print(repr(high), repr(float(r - high)))
    for k in range(1, 25):
        print(swift(psi(k, r) / factorial(k)) + ",")


def gauss(n):
    n = int(n)
    roots = sorted(polyroots(list(reversed(taylor(lambda x: legendre(n, x), 0, n))),
                             maxsteps=500, extraprec=400))
    for x in roots:
        w = 2 / ((1 - x * x) * diff(lambda t: legendre(n, t), x) ** 2)
        print(f"({swift((1 + x) / 2)}, {swift(w / 2)}),")


if __name__ == "__main__":
    {"temme": temme, "digamma": root_of_digamma, "stirling": stirling, "gauss": gauss}[sys.argv[1]](
        *sys.argv[2:])
