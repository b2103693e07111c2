# SPDX-License-Identifier: GPL-3.0-or-later
"""Posterior moments of the eight schools model, by quadrature with mpmath 1.3.

    python make.py

mu ~ N(0, 5), tau ~ Exponential(0.2), theta_j ~ N(mu, tau), y_j ~ N(theta_j, s_j).
Given tau everything is normal: mu | tau, y and theta | tau, y have closed forms,
and the marginal likelihood of tau is integrated numerically.
"""
from mpmath import mp, mpf, quad, sqrt, exp, log, inf

mp.dps = 30
y = [mpf(v) for v in (28, 8, -3, 7, -1, 1, 18, 12)]
s = [mpf(v) for v in (15, 10, 16, 11, 9, 11, 10, 18)]


def given(tau):
    w = [1 / (v * v + tau * tau) for v in s]
    precision = mpf(1) / 25 + sum(w)
    mean = sum(a * b for a, b in zip(w, y)) / precision
    # p(y | tau) up to a constant
    logp = sum(log(a) for a in w) / 2 - log(precision) / 2
    logp -= (sum(a * b * b for a, b in zip(w, y)) - precision * mean * mean) / 2
    return exp(logp - tau / 5), mean, 1 / precision


def moments(of):
    points = [0, 1, 2, 4, 8, 16, 32, 64, 256]
    total = quad(lambda t: given(t)[0], points)
    m1 = quad(lambda t: given(t)[0] * of(t)[0], points) / total
    m2 = quad(lambda t: given(t)[0] * of(t)[1], points) / total
    return m1, sqrt(m2 - m1 * m1)


def mu(t):
    _, m, v = given(t)
    return m, m * m + v


def theta(j):
    def of(t):
        _, m, v = given(t)
        b = s[j] ** 2 / (s[j] ** 2 + t * t)
        mean = b * m + (1 - b) * y[j]
        var = (1 - b) * s[j] ** 2 + b * b * v
        return mean, mean * mean + var
    return of


for name, of in [("mu", mu), ("tau", lambda t: (t, t * t))] + [
    ("theta.%d" % (j + 1), theta(j)) for j in range(8)
]:
    m, sd = moments(of)
    print('("%s", %s, %s),' % (name, mp.nstr(m, 12), mp.nstr(sd, 12)))
