# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of count families by mpmath, each mass function summed term by term.

Writes negativeHypergeometric.csv, zipfBounded.csv, betaNegativeBinomial.csv,
conwayMaxwellPoisson.csv, discreteLaplace.csv, poissonBinomial.csv,
orderedLogistic.csv and orderedProbit.csv beside itself; mpmath 1.3.
"""

import os

import mpmath as mp

mp.mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


class Table:
    def __init__(self, name):
        self.rows, self.name = ["params,function,x,value,cond"], name

    def add(self, params, function, x, value, cond=""):
        x = "nan" if x is None else x
        value = "-inf" if value == -mp.inf else mp.nstr(mp.mpf(value), 28)
        self.rows.append(f"{params},{function},{x},{value},{cond}")

    def write(self):
        with open(os.path.join(HERE, self.name + ".csv"), "w") as out:
            out.write("\n".join(self.rows) + "\n")


def finite(table, params, low, masses, points, extra=0):
    """A family of finite (or cut) support: masses of low, low + 1, …; the rest of an
    infinite tail, less than `extra`, does not count."""
    masses = [mp.mpf(m) for m in masses]
    total = mp.fsum(masses)
    assert abs(total - 1) < mp.mpf(10) ** -30, (params, total - 1)
    k = range(low, low + len(masses))
    lower, run = [], mp.mpf(0)
    for m in masses:
        run += m
        lower.append(run)
    upper, run = [mp.mpf(0)] * len(masses), mp.mpf(0)
    for i in reversed(range(len(masses))):
        upper[i] = run
        run += masses[i]
    for x in points:
        i = x - low
        m = masses[i]
        # The exponential of a number l loses |l| units to the rounding of l.
        def lost(tail):
            return mp.nstr(abs(mp.log(tail)), 5) if tail else 0

        tails = lost(min(lower[i], upper[i]))
        table.add(params, "logpmf", x, mp.log(m) if m else -mp.inf, 0)
        if m > 1e-300:
            table.add(params, "pmf", x, m, lost(m))
        if lower[i] > 1e-300:
            table.add(params, "cdf", x, lower[i], tails)
        side = mp.log(lower[i]) if 0 < lower[i] < 0.5 else None
        if side is None:
            side = mp.log1p(-upper[i]) if lower[i] else -mp.inf
        table.add(params, "logcdf", x, side, 0 if lower[i] < 0.5 else tails)
        if i + 1 < len(masses):
            side = mp.log(upper[i]) if upper[i] < 0.5 else mp.log1p(-lower[i])
            table.add(params, "logsf", x, side, 0 if upper[i] < 0.5 else tails)
            if upper[i] > 1e-300:
                table.add(params, "sf", x, upper[i], tails)
    for p in (1e-12, 1e-3, 0.1, 0.43, 0.7, 0.99):
        table.add(params, "quantile", p, next(j for j, c in zip(k, lower) if c >= p))
        table.add(params, "isf", p, next(j for j, c in zip(k, upper) if c <= p))
    mean = mp.fsum(j * m for j, m in zip(k, masses))
    central = [mp.fsum((j - mean) ** r * m for j, m in zip(k, masses)) for r in range(5)]
    table.add(params, "mean", None, mean, 0)
    table.add(params, "variance", None, central[2], 0)
    skewness = central[3] / central[2] ** 1.5
    size = mp.fsum(abs(j - mean) ** 3 * m for j, m in zip(k, masses)) / central[2] ** 1.5
    near = abs(skewness) > 1e-40
    table.add(params, "skewness", None, skewness if near else 0,
              mp.nstr(size / abs(skewness), 5) if near else 0)
    excess = central[4] / central[2] ** 2 - 3
    # 3 is subtracted: the condition of that.
    table.add(params, "kurtosis", None, excess, mp.nstr(1 + 3 / abs(excess), 5))
    table.add(params, "entropy", None, -mp.fsum(m * mp.log(m) for m in masses if m), 0)


def spread(n, count=12):
    return sorted({round(n * i / (count - 1)) for i in range(count)} | {1 if n else 0})


def negative_hypergeometric():
    t = Table("negativeHypergeometric")
    for N, K, r in ((52, 48, 1), (20, 7, 12), (1000, 300, 40), (5000, 30, 4900)):
        total = mp.binomial(N, K)
        masses = [
            mp.binomial(k + r - 1, k) * mp.binomial(N - r - k, K - k) / total
            for k in range(K + 1)
        ]
        finite(t, f"N={N};K={K};r={r}", 0, masses, spread(K))
    t.write()


def zipf():
    t = Table("zipfBounded")
    for s, n in ((0.0, 7), (0.5, 1000), (1.0, 20000), (1.0000001, 50), (2.5, 300), (30.0, 40)):
        masses = [mp.mpf(k) ** -mp.mpf(s) for k in range(1, n + 1)]
        total = mp.fsum(masses)
        points = sorted({1, 2, 3, n // 3, n // 2, n - 1, n})
        finite(t, f"s={s};n={n}", 1, [m / total for m in masses], points)
    t.write()


def beta_negative_binomial():
    t = Table("betaNegativeBinomial")
    for r, a, b in ((3.0, 4.5, 2.0), (0.5, 0.8, 0.3), (20.0, 30.0, 0.05), (1.5, 6.0, 200.0)):
        params = f"r={r};alpha={a};beta={b}"
        R, A, B = mp.mpf(r), mp.mpf(a), mp.mpf(b)

        def mass(k):
            return mp.rf(R, k) / mp.factorial(k) * mp.beta(A + R, B + k) / mp.beta(A, B)

        for x in (0, 1, 2, 5, 20, 100, 1000):
            p = mp.fsum(mass(k) for k in range(x + 1))
            q = 1 - p
            t.add(params, "logpmf", x, mp.log(mass(x)), 0)
            t.add(params, "pmf", x, mass(x), mp.nstr(-mp.log(mass(x)), 5))
            t.add(params, "cdf", x, p, 0)
            t.add(params, "sf", x, q, mp.nstr(-mp.log(q), 5))
            t.add(params, "logcdf", x, mp.log1p(-q), mp.nstr(-mp.log(q), 5))
            t.add(params, "logsf", x, mp.log(q), 0)
        for x in (10**6, 10**12):
            t.add(params, "logpmf", x, mp.log(mp.gamma(R + x) / mp.gamma(x + 1) / mp.gamma(R)
                                               * mp.beta(A + R, B + x) / mp.beta(A, B)), 0)
        if a > 4:
            # Factorial moments (r)ᵢ (β)ᵢ/((α − 1) … (α − i)).
            f = [mp.mpf(1)]
            for i in range(1, 5):
                f.append(f[-1] * (R + i - 1) * (B + i - 1) / (A - i))
            m1, m2 = f[1], f[2] + f[1]
            m3 = f[3] + 3 * f[2] + f[1]
            m4 = f[4] + 6 * f[3] + 7 * f[2] + f[1]
            v = m2 - m1**2
            t.add(params, "mean", None, m1, 0)
            t.add(params, "variance", None, v, 0)
            t.add(params, "skewness", None, (m3 - 3 * m1 * m2 + 2 * m1**3) / v**1.5, 0)
            t.add(params, "kurtosis", None,
                  (m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4) / v**2 - 3, 0)
    t.write()


def conway():
    t = Table("conwayMaxwellPoisson")
    for rate, nu in ((4.0, 1.5), (0.5, 0.25), (1.0, 1.0), (1e6, 3.0), (30.0, 0.9)):
        top = mp.mpf(rate) ** (1 / mp.mpf(nu))
        logs, k = [], 0
        last = 0
        while k < 5 or k < top or last > mp.mpf(10) ** -330:
            l = k * mp.log(rate) - nu * mp.loggamma(k + 1)
            logs.append(l)
            last = mp.exp(l - logs[min(int(top), k)])
            k += 1
        peak = max(logs)
        masses = [mp.exp(l - peak) for l in logs]
        total = mp.fsum(masses)
        near = int(top)
        points = sorted({0, 1, 2, near, near + 3, near // 2, 2 * near + 5, len(logs) * 2 // 3})
        finite(t, f"rate={rate};nu={nu}", 0, [m / total for m in masses], points)
    t.write()


def laplace():
    t = Table("discreteLaplace")
    for mu, scale in ((0, 2.0), (-7, 0.3), (12, 25.0)):
        q = mp.exp(-1 / mp.mpf(scale))
        reach = int(-340 * mp.log(10) / mp.log(q)) + 2
        masses = [(1 - q) / (1 + q) * q ** abs(k) for k in range(-reach, reach + 1)]
        step = max(1, int(scale * 3))
        points = [mu + d * step for d in (-60, -9, -2, -1, 0, 1, 3, 11, 55)]
        finite(t, f"mu={mu};scale={scale}", mu - reach, masses, points)
    t.write()


def poisson_binomial():
    t = Table("poissonBinomial")
    lists = (
        [0.1, 0.5, 0.8], [1e-8] * 9 + [0.3], [0.5] * 20, [i / 32 for i in range(1, 32, 2)],
        [1e-30] * 12 + [0.25],
    )
    for probs in lists:
        masses = [mp.mpf(1)]
        for p in probs:
            p = mp.mpf(p)
            new = [mp.mpf(0)] * (len(masses) + 1)
            for k, m in enumerate(masses):
                new[k] += m * (1 - p)
                new[k + 1] += m * p
            masses = new
        n = len(probs)
        finite(t, "probs=[%s]" % " ".join(repr(p) for p in probs), 0, masses, spread(n, 9))
    t.write()


def ordered(name, F):
    t = Table(name)
    for eta, cuts in ((0.5, [-1.0, 0.0, 2.0]), (-20.0, [-30.0, -1.5, 3.25, 15.0]), (0.0, [0.125])):
        ends = [F(mp.mpf(c) - mp.mpf(eta)) for c in cuts]
        masses = [b - a for a, b in zip([mp.mpf(0)] + ends, ends + [mp.mpf(1)])]
        params = f"eta={eta};cuts=[%s]" % " ".join(map(repr, cuts))
        finite(t, params, 1, masses, range(1, len(cuts) + 2))
    t.write()


if __name__ == "__main__":
    negative_hypergeometric()
    zipf()
    with mp.workdps(200):
        beta_negative_binomial()
    conway()
    laplace()
    poisson_binomial()
    ordered("orderedLogistic", lambda x: 1 / (1 + mp.exp(-x)))
    with mp.workdps(500):
        ordered("orderedProbit", mp.ncdf)
