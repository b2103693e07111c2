# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tails.csv: logarithms of distribution functions that are no incomplete
gamma or beta function, Owen's T, Bessel's and Lambert's functions, with their
derivatives (mpmath 1.4, 40 digits or more): quadrature of the density or sums of
probabilities, and central differences over a relative 1e-12 of these.

Columns: function, up to four arguments (doubles), value, up to four derivatives.
"""
from pathlib import Path
from mpmath import mp, mpf, log, exp, sqrt, pi, ncdf, npdf, erfc, inf, cos, binomial, rf, beta

mp.dps = 40
rows = ["function,x1,x2,x3,x4,value,d1,d2,d3,d4"]


def emit(name, f, arguments, differentiated=None):
    """Derivatives in the arguments whose numbers are given (all)."""
    exact = any(n in name for n in ("studentT", "Binomial", "expMod", "Bessel", "bessel", "lambert"))
    with mp.workdps(120 if exact else 40):
        emitted(name, f, arguments, differentiated)


def emitted(name, f, arguments, differentiated):
    at = [mpf(v) for v in arguments]
    value = f(*at)
    if value > -mpf(10) ** -9 and any(n in name for n in ("vonMises", "skewNormal")):
        return  # the quadratures here have no digits left for its derivatives
    derivatives = [""] * 4
    for i in range(len(at)) if differentiated is None else differentiated:
        h = mpf(10) ** -12 * (abs(at[i]) if at[i] else 1)
        up, down = list(at), list(at)
        up[i] += h
        down[i] -= h
        derivatives[i] = mp.nstr((f(*up) - f(*down)) / (2 * h), 17)
    rows.append(",".join([name] + [repr(v) for v in arguments] + [""] * (4 - len(at))
                         + [mp.nstr(value, 17)] + derivatives))


def quad(f, ends):
    """Gauss-Legendre quadrature of an integrand scaled to 1, since mpmath's tolerance
    is absolute; the estimate of its error must be small."""
    scale = max(abs(f(e)) for e in ends)
    value, error = mp.quad(lambda t: f(t) / scale, ends, error=True, method="gauss-legendre", maxdegree=9)
    assert error <= mpf(10) ** -30 * abs(value), (ends, value, error)
    return value * scale


def student(z, nu):
    if z <= 0:
        with mp.workdps(150):
            return +log(mp.betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + z * z), regularized=True) / 2)
    return mp.log1p(-exp(student(-z, nu)))


def pieces(a, b, n, points=()):
    """Ends of n pieces of [a, b], with more points."""
    ends = {a + (b - a) * k / n for k in range(n + 1)} | {p for p in points if a < p < b}
    return sorted(ends)


def owen(h, a):
    if a < 0:
        return -owen(h, -a)
    return quad(lambda t: exp(-h * h * (1 + t * t) / 2) / (1 + t * t), pieces(mpf(0), a, 8, [k / abs(h) for k in (mpf(1) / 2, 1, 2, 3, 4, 6, 8, 12)] if h else [])) / (2 * pi)


def phi(x):
    return erfc(-x / sqrt(2)) / 2


def skew(z, alpha):
    """The density below z, in units of the distance over which it falls by e."""
    rate = max(abs(z), 1) * (1 + (alpha if alpha > 0 and z < 0 else 0) ** 2) + max(alpha, 1)
    ends = [z - k / rate for k in (0, 1, 3, 8, 20, 50, 120, 300)]
    if ends[-1] > -25:
        ends += [z - (25 + z) * k for k in (mpf(1) / 4, mpf(1) / 2, 1)] if z > -20 else []
    ends += [mpf(0)] if z > 0 else []
    ends = sorted(set(ends))
    return log(quad(lambda t: 2 * npdf(t) * phi(alpha * t), ends))


def exponentially_modified(z, r, lower):
    """The closed form, with enough digits for its cancellation."""
    with mp.workdps(900 if z < -8 else 120):
        upper = phi(-z) + exp(r * r / 2 - r * z) * phi(z - r)
        return +log(1 - upper if lower else upper)


def mises(lower):
    def f(x, mu, kappa):
        d = lambda t: exp(kappa * (cos(t - mu) - 1))
        width = 1 / sqrt(kappa)
        marks = [mu + 2 * pi * j + s * width * k for j in (-1, 0, 1) for s in (-1, 1) for k in (0, 2, 6, 14)]
        marks += [x + s * k / kappa for s in (-1, 1) for k in (3, 15, 60)]
        a, b = (-pi, x) if lower else (x, pi)
        return log(quad(d, pieces(a, b, 4, marks))) - log(2 * pi * mp.besseli(0, kappa)) + kappa
    return f


def beta_binomial(lower):
    def f(n, trials, a, b):
        ks = range(0, int(n) + 1) if lower else range(int(n) + 1, int(trials) + 1)
        with mp.workdps(120):
            return +log(sum(binomial(trials, k) * beta(a + k, b + trials - k) for k in ks) / beta(a, b))
    return f


def beta_negative_binomial(lower):
    def f(n, r, a, b):
        with mp.workdps(120):
            s = sum(rf(r, k) / mp.factorial(k) * beta(a + r, b + k) for k in range(int(n) + 1)) / beta(a, b)
            return +log(s if lower else 1 - s)
    return f


if __name__ == "__main__":
    for nu in [0.1, 1.0, 2.5, 9.0, 19.9, 20.1, 60.0, 1e3, 1e5, 1e7]:
        for z in [-1e6, -50.0, -8.0, -2.0, -1.5, -0.7, -1e-5, 0.3, 1.7, 4.0, 30.0]:
            if nu > 1e4 and abs(z) > 60:
                continue
            emit("studentT", student, [z, nu])
    for h in [0.0, 1e-5, 0.3, 2.5, 8.0, 30.0, -1.2]:
        for a in [1e-4, 0.2, 0.99, 1.01, 3.0, 40.0, -0.7]:
            emit("owensT", owen, [h, a])
    for alpha in [-20.0, -1.5, 0.0, 0.02, 3.0, 50.0]:
        for z in [-35.0, -9.0, -3.0, -0.05, 0.02, 0.4, 1.5, 6.0]:
            if alpha * z > -1000:
                emit("skewNormal", skew, [z, alpha])
    for r in [1e-4, 0.05, 1.0, 3.0, 40.0, 1e3]:
        for z in [-36.0, -10.0, -3.5, -2.5, -1.0, 0.0, 1.0, 2.9, 3.1, 8.0]:
            for lower in (True, False):
                if lower or z > -8:
                    emit("expModNormal" + ("Lower" if lower else "Upper"),
                         lambda z, r: exponentially_modified(z, r, lower), [z, r])
    for kappa in [1e-3, 2.0, 15.0, 800.0]:
        for mu in [-2.8, 0.0, 1.1, 9.0]:
            for x in [-3.1, 0.05, 1.3, 2.5]:
                for lower in (True, False):
                    emit("vonMises" + ("Lower" if lower else "Upper"), mises(lower), [x, mu, kappa])
    for n, trials, a, b in [(0, 5, 0.3, 2.0), (3, 5, 1.0, 1.0), (4, 5, 12.0, 0.2), (10, 200, 40.0, 60.0),
                            (80, 200, 40.0, 60.0), (140, 200, 40.0, 60.0), (30, 100, 2.5, 1e4),
                            (90, 100, 1e4, 2.5), (2, 1000, 1e-3, 0.7)]:
        for lower in (True, False):
            emit("betaBinomial" + ("Lower" if lower else "Upper"), beta_binomial(lower),
                 [float(n), float(trials), a, b], [2, 3])
    for n, r, a, b in [(0, 1.5, 2.0, 3.0), (5, 6.0, 3.5, 2.0), (40, 3.0, 8.0, 20.0), (300, 0.4, 1.1, 12.0)]:
        for lower in (True, False):
            emit("betaNegativeBinomial" + ("Lower" if lower else "Upper"), beta_negative_binomial(lower),
                 [float(n), r, a, b], [1, 2, 3])
    for nu in [0.0, 0.3, 1.0, 2.0, 7.5, 40.0, 300.0]:
        for x in [1e-3, 0.5, 3.0, 20.0, 150.0, 2e3]:
            emit("logBesselI", lambda v, x: log(mp.besseli(v, x)), [nu, x])
    for nu in [0.0, 1.0, 2.0, 3.5, 20.0]:
        for x in [1e-3, 0.5, 3.0, 20.0, 150.0]:
            emit("logBesselK", lambda v, x: log(mp.besselk(v, x)), [nu, x], [1])
    for n in [0, 1, 2, 7, -3]:
        for x in [1e-3, 0.5, 3.0, 20.0, 150.0]:
            emit("besselJ", mp.besselj, [float(n), x], [1])
            emit("besselY", mp.bessely, [float(n), x], [1])
    for x in [-0.367879, -0.36, -0.3, -0.1, -1e-8, 1e-12, 0.2, 1.0, 2.9, 50.0, 1e3, 1e10, 1e300]:
        emit("lambertW0", lambda x: mp.lambertw(x).real, [x])
        if x < 0:
            emit("lambertWm1", lambda x: mp.lambertw(x, -1).real, [x])
    Path(__file__).with_name("tails.csv").write_text("\n".join(rows) + "\n")
