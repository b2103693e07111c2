# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes stan_wiener.csv: the diffusion model of response times (mpmath 1.3), from Feller's
series of images and Fourier's, with variability by quadrature.
Columns: density, by or after; y and the parameters a, t0, w, v, sv, sw, st0; the logarithm.
"""
from pathlib import Path
from mpmath import mp, mpf, exp, log, sin, sqrt, pi, quad, inf, linspace

mp.dps = 30
rows = []


def standard(u, x):
    """First passage to 0 from x in (0, 1), no drift."""
    if u < 1:
        return sum((x + 2 * k) * exp(-(x + 2 * k) ** 2 / (2 * u)) for k in range(-12, 13)) / sqrt(2 * pi * u ** 3)
    return pi * sum(k * exp(-(k * pi) ** 2 * u / 2) * sin(k * pi * x) for k in range(1, 15))


def fixed(s, a, w, v):
    """To the upper end, with all parameters fixed."""
    if s <= 0:
        return mpf(0)
    return exp(v * a * (1 - w) - v * v * s / 2) / a ** 2 * standard(s / a ** 2, 1 - w)


def drifting(s, a, w, v, sv):
    """The drift is normal: by the moments of the normal distribution."""
    if sv == 0:
        return fixed(s, a, w, v)
    if s <= 0:
        return mpf(0)
    b, d = a * (1 - w), 1 + sv ** 2 * s
    return exp((sv ** 2 * b ** 2 + 2 * v * b - v * v * s) / (2 * d)) / sqrt(d) * fixed(s, a, w, mpf(0))


def starting(s, a, w, v, sv, sw):
    if sw == 0:
        return drifting(s, a, w, v, sv)
    return quad(lambda x: drifting(s, a, x, v, sv), linspace(w - sw / 2, w + sw / 2, 3)) / sw


def density(y, a, t0, w, v, sv=0, sw=0, st0=0):
    s = y - t0
    if st0 == 0:
        return starting(s, a, w, v, sv, sw)
    return quad(lambda t: starting(t, a, w, v, sv, sw), linspace(max(s - st0, mpf(0)), s, 5)) / st0


def share(s, y, t0, st0):  # P(t0 + st0 U <= y - s)
    return mpf(s <= y - t0) if st0 == 0 else min(max((y - t0 - s) / st0, mpf(0)), mpf(1))


def by(y, a, t0, w, v, sv=0, sw=0, st0=0):
    return quad(lambda s: starting(s, a, w, v, sv, sw) * share(s, y, t0, st0),
                [mpf(0), *linspace(max((y - t0 - st0), mpf(0)) / 8, y - t0 - st0, 4)[:-1], y - t0 - st0,
                 *([y - t0] if st0 else [])])


def after(y, a, t0, w, v, sv=0, sw=0, st0=0):
    s = y - t0
    return quad(lambda t: starting(t, a, w, v, sv, sw) * (1 - share(t, y, t0, st0)),
                [s - st0, *([s] if st0 else []), s + a * a / 4, s + a * a, s + 4 * a * a, s + 16 * a * a])


def emit(kind, f, *arguments):
    value = log(f(*[mpf(p) for p in arguments]))
    arguments = list(arguments) + [0] * (8 - len(arguments))
    rows.append(",".join([kind, " ".join(repr(float(p)) for p in arguments), mp.nstr(value, 20)]))


# The normal drift once by quadrature, to check the closed form.
a, w, v, sv, s = mpf("1.3"), mpf("0.4"), mpf("0.7"), mpf("0.9"), mpf("0.5")
direct = quad(lambda x: fixed(s, a, w, x) * exp(-((x - v) / sv) ** 2 / 2), [-12, -3, 0, 1, 4, 12]) / (sv * sqrt(2 * pi))
assert abs(direct / drifting(s, a, w, v, sv) - 1) < 1e-15

for point in [(0.8, 1.3, 0.2, 0.4, 0.7), (0.21, 1.3, 0.2, 0.4, 0.7), (9.0, 1.3, 0.2, 0.4, -2.5),
              (1.0, 1.0, 0.5, 0.5, 0.0), (0.9, 0.8, 0.3, 1e-6, 3.0), (0.4, 2.5, 0.3, 1 - 1e-6, 3.0),
              (0.8, 1.3, 0.2, 0.4, 0.7, 0.9), (3.0, 0.9, 0.2, 0.7, -1.7, 2.0)]:
    emit("density", density, *point)
for point in [(0.8, 1.3, 0.2, 0.4, 0.7, 0.9, 0.3, 0.0), (0.8, 1.3, 0.2, 0.4, 0.7, 0.0, 0.0, 0.15),
              (0.3, 1.3, 0.2, 0.4, 0.7, 0.9, 0.3, 0.4), (2.5, 0.9, 0.2, 0.6, -1.7, 0.5, 0.2, 0.3)]:
    emit("density", density, *point)
mp.dps = 20
for point in [(0.8, 1.3, 0.2, 0.4, 0.7), (0.3, 1.3, 0.2, 0.4, -2.7), (4.0, 1.3, 0.2, 0.4, 0.7),
              (1.2, 1.3, 0.2, 0.4, 0.7, 0.9), (1.2, 1.3, 0.2, 0.4, 0.7, 0.9, 0.3, 0.0),
              (1.2, 1.3, 0.2, 0.4, 0.7, 0.0, 0.0, 0.35)]:
    emit("by", by, *point)
    emit("after", after, *point)

(Path(__file__).parent / "stan_wiener.csv").write_text("\n".join(["kind,arguments,value"] + rows) + "\n")
