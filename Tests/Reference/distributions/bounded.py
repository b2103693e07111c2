# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of distributions on an interval and their relatives, by mpmath with 60 digits,
in the form of the other tables of this folder. Tails are closed forms or sums; cond is
the relative condition with respect to x, and for parameters that shift or stretch x.

    python3 bounded.py        # writes NAME.csv beside it
"""
import os

import mpmath as mp

mp.mp.dps = 60
M = mp.mpf
P = [M(10) ** -300, M(10) ** -100, M(10) ** -30, M(10) ** -12, M("1e-6"), M("1e-3"),
     M("0.025"), M("0.1"), M("0.25"), M("0.4")]


def solve(f, target, lo, hi):
    """The root of an increasing f in an interval, by bisection in a good coordinate."""
    for _ in range(260):
        mid = (lo + hi) / 2
        if f(mid) < target:
            lo = mid
        else:
            hi = mid
    return (lo + hi) / 2


def rows(text, cdf, sf, pdf, xs, points=None, moments=None, quantiles=True,
         size=lambda x: abs(x)):
    out = []

    def put(fn, x, value, cond):
        out.append(f"{text},{fn},{x},{mp.nstr(value, 28)},{cond}")

    for x in xs:
        x = float(x)
        X = M(x)
        f, lo, up = pdf(X), cdf(X), sf(X)
        log_lo = mp.log1p(-up) if lo > M("0.5") else mp.log(lo)
        log_up = mp.log1p(-lo) if up > M("0.5") else mp.log(up)
        s = size(X)
        h = s * M(10) ** -25
        g = abs((mp.log(pdf(X + h)) - mp.log(f)) / h) * s if f > 0 else M(0)
        for fn, v, c in (
                ("pdf", f, g), ("logpdf", mp.log(f), g / (abs(mp.log(f)) or 1)),
                ("cdf", lo, s * f / lo), ("sf", up, s * f / up),
                ("logcdf", log_lo, s * f / lo / abs(log_lo)),
                ("logsf", log_up, s * f / up / abs(log_up))):
            if fn in ("pdf", "cdf", "sf") and v < M(10) ** -306:
                continue
            put(fn, repr(x), v, mp.nstr(c, 3))
        # The exact probability of a double is not one: quantiles of their own.
    for fn, x, value, cond in (quantiles or []):
        put(fn, repr(float(x)), value, mp.nstr(cond, 3))
    for fn, v in (moments or {}).items():
        v = v if abs(v) > M(10) ** -40 else M(0)
        out.append(f"{text},{fn},,{mp.nstr(v, 28)},")
    return out


def write(name, lines):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".csv")
    with open(path, "w") as file:
        file.write("params,function,x,value,cond\n" + "\n".join(lines) + "\n")


def by_quantile(quantile, pdf, ps=P, size=lambda x: abs(x)):
    """Quantile rows: quantile(p, upper) is exact for the double p of that tail."""
    out, xs = [], []
    for p in ps:
        p = M(float(p))
        for fn, upper in (("quantile", False), ("isf", True)):
            x = quantile(p, upper)
            out.append((fn, p, x, max(p / (size(x) * pdf(x)) if size(x) else M(0), M(1))))
            xs.append(float(x))
    return out, sorted(set(xs))


def moments(pdf, points, entropy=None):
    mean = mp.quad(lambda x: x * pdf(x), points)
    v, t, q = (mp.quad(lambda x: (x - mean) ** k * pdf(x), points) for k in (2, 3, 4))
    found = {"mean": mean, "variance": v, "skewness": t / v ** M("1.5"), "kurtosis": q / v ** 2 - 3}
    found["entropy"] = entropy if entropy is not None else mp.quad(
        lambda x: -pdf(x) * mp.log(pdf(x)) if pdf(x) > 0 else M(0), points)
    return found


def wrapped_cauchy():
    lines = []
    for mu, rho in ((0.0, 0.3), (1.5, 0.9), (-2.0, 0.9999)):
        m, r = M(mu), M(rho)
        k = (1 + r) / (1 - r)
        pdf = lambda x: (1 - r * r) / (2 * mp.pi * (1 + r * r - 2 * r * mp.cos(x - m)))
        def up(x):
            a = x - m
            return mp.atan2(mp.cos(a / 2), k * mp.sin(a / 2)) / mp.pi if a > 0 else 1 - up(2 * m - x)
        lo = lambda x: up(2 * m - x)
        def quantile(p, upper):
            a = 2 * mp.atan2(mp.cos(mp.pi * p), k * mp.sin(mp.pi * p))
            return m + a if upper else m - a
        q, xs = by_quantile(quantile, pdf, P[3:])
        size = lambda x: abs(x) + abs(m) + abs(x - m)
        mom = moments(pdf, [m - mp.pi] + [m + s * (1 - r) * 4 ** j for s in (-1,) for j in range(8, -1, -1) if (1 - r) * 4 ** j < 3]
                      + [m] + [m + (1 - r) * 4 ** j for j in range(0, 9) if (1 - r) * 4 ** j < 3] + [m + mp.pi])
        mom["mean"] = m
        mom["skewness"] = M(0)
        mom["entropy"] = mp.log(2 * mp.pi * (1 - r * r))
        lines += rows(f"mu={mu};rho={rho}", lo, up, pdf,
                      [x for x in xs if abs(M(x) - m) < mp.pi - M("1e-3")], moments=mom,
                      quantiles=[(f, p, x, max(c, (abs(m) + mp.pi) / abs(x) if x else 1)) for f, p, x, c in q],
                      size=size)
    write("wrappedCauchy", lines)


def trapezoidal():
    lines = []
    for a, b, c, d in ((0.0, 1.0, 3.0, 4.0), (-2.0, -2.0, 1.0, 7.0), (0.0, 5.0, 5.0, 6.0), (10.0, 10.5, 12.0, 12.0)):
        A, B, C, D = map(M, (a, b, c, d))
        h = 2 / (D + C - A - B)
        pdf = lambda x: h * ((x - A) / (B - A) if x < B else 1 if x <= C else (D - x) / (D - C))
        def lo(x):
            if x < B: return h * (x - A) ** 2 / (2 * (B - A))
            if x <= C: return h * ((B - A) / 2 + x - B)
            return 1 - h * (D - x) ** 2 / (2 * (D - C))
        up = lambda x: 1 - lo(x)
        def q1(p):
            s = p / h
            if s < (B - A) / 2: return A + mp.sqrt(2 * s * (B - A))
            if s <= (B - A) / 2 + C - B: return B + s - (B - A) / 2
            return D - mp.sqrt(2 * (1 - p) / h * (D - C))
        quantile = lambda p, upper: q1(1 - p if upper else p)
        q, xs = by_quantile(quantile, pdf, P[2:])
        size = lambda x: abs(x) + abs(A) * (a != 0) + abs(D)
        mom = moments(pdf, sorted({A, B, C, D}), h * (B - A + D - C) / 4 - mp.log(h))
        lines += rows(f"a={a};b={b};c={c};d={d}", lo, up, pdf,
                      [x for x in xs if A < M(x) < D], moments=mom, quantiles=q, size=size)
    write("trapezoidal", lines)


def beta_like():
    lines, pert = [], []
    for al, be in ((0.5, 0.5), (2.0, 3.0), (0.1, 20.0), (30.0, 5.5)):
        a, b = M(al), M(be)
        B = mp.beta(a, b)
        pdf = lambda x: x ** (a - 1) * (1 + x) ** (-a - b) / B
        inc = lambda a, b, t: t ** a / (a * B) * mp.hyp2f1(a, 1 - b, a + 1, t)
        lo = lambda x: inc(a, b, x / (1 + x)) if x < a / b else 1 - inc(b, a, 1 / (1 + x))
        up = lambda x: 1 - lo(x) if x < a / b else inc(b, a, 1 / (1 + x))
        def quantile(p, upper):
            f = (lambda w: -mp.log(up(mp.exp(w)))) if upper else (lambda w: mp.log(lo(mp.exp(w))))
            t = -mp.log(p) if upper else mp.log(p)
            w = mp.log(p) / (b if upper else a)
            start = -w if upper else w
            return mp.exp(solve(f, t, start - 60, start + 60) if upper else solve(f, t, start - 60, start + 60))
        q, xs = by_quantile(quantile, pdf, P[1:])
        # Of arguments that keep their digits in x and in 1/x.
        keep = [x for x in xs if 1e-200 < x < 1e200]
        q = [r for r in q if 1e-300 < r[2] < 1e300]
        mom = {"mean": a / (b - 1) if be > 1 else mp.inf}
        if be > 4:
            mean = a / (b - 1)
            E = [mp.beta(a + k, b - k) / B for k in range(5)]
            v = E[2] - mean ** 2
            mom["variance"] = v
            mom["skewness"] = (E[3] - 3 * mean * E[2] + 2 * mean ** 3) / v ** M("1.5")
            mom["kurtosis"] = (E[4] - 4 * mean * E[3] + 6 * mean ** 2 * E[2] - 3 * mean ** 4) / v ** 2 - 3
        lines += rows(f"alpha={al};beta={be}", lo, up, pdf, keep, moments=mom, quantiles=q)
    write("betaPrime", lines)
    for A, C, D, L in ((0.0, 3.0, 10.0, 4.0), (2.0, 2.0, 5.0, 4.0), (-1.0, 0.5, 1.0, 40.0)):
        low, w = M(A), M(D) - M(A)
        a, b = 1 + M(L) * (M(C) - low) / w, 1 + M(L) * (M(D) - M(C)) / w
        B = mp.beta(a, b)
        pdf = lambda x: ((x - low) / w) ** (a - 1) * ((low + w - x) / w) ** (b - 1) / B / w
        inc = lambda a, b, t: t ** a / (a * B) * mp.hyp2f1(a, 1 - b, a + 1, t)
        mid = low + w * a / (a + b)
        lo = lambda x: inc(a, b, (x - low) / w) if x < mid else 1 - inc(b, a, (low + w - x) / w)
        up = lambda x: 1 - lo(x) if x < mid else inc(b, a, (low + w - x) / w)
        def quantile(p, upper):
            if upper:
                f = lambda v: mp.log(up(low + w - w / (1 + mp.exp(-v))))
            else:
                f = lambda v: mp.log(lo(low + w / (1 + mp.exp(-v))))
            v = solve(f, mp.log(p), M(-800), M(60))
            return low + w - w / (1 + mp.exp(-v)) if upper else low + w / (1 + mp.exp(-v))
        q, xs = by_quantile(quantile, pdf, P[3:])
        size = lambda x: abs(x) + (abs(low) + w if A else w)
        mom = moments(pdf, [low, low + w / 4, low + w / 2, low + 3 * w / 4, low + w])
        pert += rows(f"low={A};mode={C};high={D};weight={L}", lo, up, pdf,
                     [x for x in xs if low < M(x) < low + w], moments=mom, quantiles=q, size=size)
    write("pert", pert)


def logit_normal():
    lines, johnson = [], []
    for low, high, m, s in ((0.0, 1.0, 0.0, 1.0), (0.0, 1.0, -3.0, 0.5), (0.0, 1.0, 2.0, 4.0),
                            (-2.0, 6.0, 0.5, 1.25), (0.0, 10.0, -1.0, 0.5)):
        unit = (low, high) == (0.0, 1.0)
        A, W = M(low), M(high) - M(low)
        mu, sg = (M(m), M(s)) if unit else (-M(m) / M(s), 1 / M(s))
        z = lambda x: (mp.log(x - A) - mp.log(A + W - x) - mu) / sg
        phi = lambda t: mp.exp(-t * t / 2) / mp.sqrt(2 * mp.pi)
        pdf = lambda x: phi(z(x)) / sg * W / ((x - A) * (A + W - x))
        lo = lambda x: mp.erfc(-z(x) / mp.sqrt(2)) / 2
        up = lambda x: mp.erfc(z(x) / mp.sqrt(2)) / 2
        def quantile(p, upper):
            t = solve(lambda t: mp.log(mp.erfc(-t / mp.sqrt(2)) / 2), mp.log(p), M(-40), M(1))
            y = mu + sg * (-t if upper else t)
            return A + W / (1 + mp.exp(-y))
        q, xs = by_quantile(quantile, pdf, P[2:])
        x_of = lambda t: A + W / (1 + mp.exp(-(mu + sg * t)))
        pts = [M(k) for k in range(-24, 25, 2)]
        mean = mp.quad(lambda t: x_of(t) * phi(t), pts)
        v, t3, t4 = (mp.quad(lambda t: (x_of(t) - mean) ** k * phi(t), pts) for k in (2, 3, 4))
        mom = {"mean": mean, "variance": v, "skewness": t3 / v ** M("1.5"), "kurtosis": t4 / v ** 2 - 3,
               "entropy": mp.quad(lambda t: -mp.log(pdf(x_of(t))) * phi(t), pts)}
        size = (lambda x: abs(x) + (0 if x < 0.5 else x / (1 - x))) if unit else (
            lambda x: (abs(x) + abs(A) + W) * (1 + (abs(x) / (x - A) if A else 0) + abs(x) / (A + W - x)))
        keep = [x for x in xs if A < M(x) < A + W and M(x) != A]
        text = f"mu={m};sigma={s}" if unit else f"gamma={m};delta={s};low={low};high={high}"
        (lines if unit else johnson).extend(
            rows(text, lo, up, pdf, keep, moments=mom, quantiles=q, size=size))
    write("logitNormal", lines)
    write("johnsonSB", johnson)


def kolmogorov():
    def lo(x):
        return mp.sqrt(2 * mp.pi) / x * mp.nsum(lambda k: mp.exp(-(2 * k - 1) ** 2 * mp.pi ** 2 / (8 * x * x)), [1, 40])
    def up(x):
        return 2 * mp.fsum((-1) ** (k - 1) * mp.exp(-2 * k * k * x * x) for k in range(1, 60))
    low = lambda x: lo(x) if x < 1 else 1 - up(x)
    upp = lambda x: 1 - lo(x) if x < 1 else up(x)
    def pdf(x):
        if x < 1:
            c = mp.pi ** 2 / (8 * x * x)
            return mp.sqrt(2 * mp.pi) / x ** 2 * mp.fsum((2 * c * j * j - 1) * mp.exp(-j * j * c) for j in range(1, 80, 2))
        return 8 * x * mp.fsum((-1) ** (k - 1) * k * k * mp.exp(-2 * k * k * x * x) for k in range(1, 60))
    def quantile(p, upper):
        f = (lambda w: -mp.log(upp(mp.exp(w)))) if upper else (lambda w: mp.log(low(mp.exp(w))))
        return mp.exp(solve(f, -mp.log(p) if upper else mp.log(p), mp.log(M("0.03")), mp.log(M(60))))
    q, xs = by_quantile(quantile, pdf)
    E = lambda s: s * mp.gamma(M(s) / 2) * M(2) ** (-M(s) / 2) * mp.altzeta(s)
    m = E(1)
    v = E(2) - m * m
    t = E(3) - 3 * m * E(2) + 2 * m ** 3
    f4 = E(4) - 4 * m * E(3) + 6 * m * m * E(2) - 3 * m ** 4
    pts = [M("0.05"), M("0.2"), M("0.5"), M(1), M("1.5"), M(2), M(3), M(5), M(8)]
    mom = {"mean": m, "variance": v, "skewness": t / v ** M("1.5"), "kurtosis": f4 / v ** 2 - 3,
           "entropy": mp.quad(lambda x: -pdf(x) * mp.log(pdf(x)), pts)}
    mode = mp.findroot(lambda x: mp.diff(pdf, x), M("0.735"))
    print("kolmogorov mode", mp.nstr(mode, 21), {k: mp.nstr(v, 21) for k, v in mom.items()})
    write("kolmogorov", rows("none=0", low, upp, pdf, xs + [0.01, 30.0], moments=mom, quantiles=q))


def irwin_hall():
    lines = []
    for n in (1, 2, 5, 12, 60):
        def lo(x):
            return mp.fsum((-1) ** k * mp.binomial(n, k) * (x - k) ** n for k in range(0, int(x) + 1)) / mp.factorial(n)
        def low(x):
            return lo(x) if x <= M(n) / 2 else 1 - lo(n - x)
        up = lambda x: low(n - x)
        def pdf(x):
            x = min(x, n - x)
            return mp.fsum((-1) ** k * mp.binomial(n, k) * (x - k) ** (n - 1) for k in range(0, int(x) + 1)) / mp.factorial(n - 1)
        def quantile(p, upper):
            with mp.workdps(400):
                corner = (p * mp.factorial(n)) ** (M(1) / n)
                x = corner if corner <= 1 else solve(lo, p, M(1), M(n) / 2)
            return n - x if upper else x
        with mp.workdps(400):
            q, xs = by_quantile(quantile, pdf)
            size = lambda x: abs(x) + (0 if x < M(n) / 2 else x / (n - x) * n)
            mom = {"mean": M(n) / 2, "variance": M(n) / 12, "skewness": M(0), "kurtosis": -M(6) / 5 / n}
            keep = [x for x in xs if 1e-290 < x < n and (n > 1 or x < 0.99)]
            if n == 1:
                mom["entropy"] = M(0)
                pdf = lambda x: M(1)
                found = [r for r in rows(f"n={n}", low, up, lambda x: M(1) + M(10) ** -80, keep, moments=mom, quantiles=q, size=size) if ",logpdf," not in r]
            else:
                found = rows(f"n={n}", low, up, pdf, keep, moments=mom, quantiles=q, size=size)
        lines += found
    write("irwinHall", lines)


def tukey_lambda():
    lines = []
    for lam in (0.0, 0.14, 0.5, 1.0, 3.0, -0.2, -2.0):
        k = M(lam)
        Q = lambda p: (mp.log(p) - mp.log1p(-p)) if lam == 0 else (p ** k - mp.exp(k * mp.log1p(-p))) / k
        dens = lambda p: 1 / (p ** (k - 1) + (1 - p) ** (k - 1))
        def prob(x):  # of x <= 0
            lo, hi = M(-1500), mp.log(M(1) / 2)
            with mp.workdps(420):
                for _ in range(300):
                    mid = (lo + hi) / 2
                    if Q(mp.exp(mid)) < x: lo = mid
                    else: hi = mid
            return mp.exp((lo + hi) / 2)
        low = lambda x: prob(x) if x <= 0 else 1 - prob(-x)
        up = lambda x: low(-x)
        pdf = lambda x: dens(prob(-abs(x)))
        quantile = lambda p, upper: -Q(p) if upper else Q(p)
        ps = P if lam <= 0 else P[4:]
        q, _ = by_quantile(quantile, lambda x: M(1), ps)
        q = [(f, p, x, max(p / (abs(x) * dens(p)), M(1))) for f, p, x, c in q]
        xs = [float(r[2]) for r in q[::2]] + [float(q[13 if len(q) > 13 else 7][2])]
        xs = [x for x in xs if abs(x) < 1e150 and (lam <= 0 or abs(x) * lam < 1)]
        mom = {}
        if lam > -0.25:
            mom = {"mean": M(0), "skewness": M(0)}
            v = 2 * mp.quad(lambda w: Q(mp.exp(w)) ** 2 * mp.exp(w), [-400, -100, -30, -10, -4, -2, -1, mp.log(M(1) / 2)])
            f4 = 2 * mp.quad(lambda w: Q(mp.exp(w)) ** 4 * mp.exp(w), [-1600, -800, -400, -100, -30, -10, -4, -2, -1, mp.log(M(1) / 2)])
            mom["variance"], mom["kurtosis"] = v, f4 / v ** 2 - 3
        mom["entropy"] = -2 * mp.quad(lambda w: mp.log(dens(mp.exp(w))) * mp.exp(w), [-400, -100, -30, -10, -4, -2, -1, mp.log(M(1) / 2)])
        lines += rows(f"lambda={lam}", low, up, pdf, xs, moments=mom, quantiles=q)
    write("tukeyLambda", lines)


if __name__ == "__main__":
    import sys
    jobs = [kolmogorov, wrapped_cauchy, trapezoidal, beta_like, logit_normal, irwin_hall, tukey_lambda]
    for job in jobs:
        if len(sys.argv) < 2 or job.__name__ in sys.argv[1:]:
            try:
                job()
            except Exception as error:
                print(job.__name__, repr(error))
                raise
