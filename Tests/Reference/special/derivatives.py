# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes derivatives.csv: the logarithms of both tails of the incomplete gamma and
beta functions with their derivatives (mpmath 1.4 with gmpy2, 100 digits).

The gamma tails are the power series of P and, for x beyond a, the continued
fraction of Q; the beta tails are the continued fraction DLMF 8.17.22 of the
tail that does not hold the mean, which the library does not use. Derivatives in
the parameters are central differences over a relative 1e-25 of these; those in x
are the density. `check()` compares some rows with quadrature of the density.

Columns: function,a,b,x, then for both tails log, d/da, d/db, d/dx of it (gamma: b
and d/db empty). All arguments are doubles; 1 - x is that of the double.
"""
from pathlib import Path
from mpmath import mp, mpf, log, exp, loggamma, log1p, sqrt, quad, quadts, inf

mp.dps = 100
EPS = mpf(10) ** -98


def lentz(b0, terms):
    """b0 + a1/(b1 + a2/(b2 + ...))"""
    f = c = b0
    d = mpf(0)
    for a, b in terms:
        d = 1 / (b + a * d)
        c = b + a / c
        f *= c * d
        if abs(c * d - 1) < EPS:
            return f
    raise ArithmeticError


def both(small, is_lower):
    """Logarithms of both tails from that of one that is not near 1."""
    other = log1p(-exp(small)) if small < 0 else -inf
    return (small, other) if is_lower else (other, small)


def gamma_tails(a, x):
    pre = a * log(x) - x - loggamma(a)
    if x > a + 1 and (x > a + 12 * sqrt(a) or a < 100):
        def terms():
            n = 0
            while True:
                n += 1
                yield -n * (n - a), x + 2 * n + 1 - a
        return both(pre - log(lentz(x + 1 - a, terms())), False)
    term = total = 1 / a
    n = a
    while term > total * EPS:
        n += 1
        term *= x / n
        total += term
    return both(pre + log(total), True)


def beta_tails(a, b, x):
    if x > (a + 1) / (a + b + 2):
        return beta_tails(b, a, 1 - x)[::-1]
    def terms():
        m = 0
        while True:
            m += 1
            k, odd = divmod(m, 2)
            if odd:
                d = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1))
            else:
                d = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
            yield d, mpf(1)
    pre = a * log(x) + b * log(1 - x) - log(a) - (loggamma(a) + loggamma(b) - loggamma(a + b))
    return both(pre - log(lentz(mpf(1), terms())), True)


def derivative(f, arguments, i):
    h = mpf(10) ** -25 * arguments[i]
    up, down = list(arguments), list(arguments)
    up[i] += h
    down[i] -= h
    return [(p - q) / (2 * h) for p, q in zip(f(*up), f(*down))]


def row(name, arguments):
    at = [mpf(v) for v in arguments]
    gamma = name == "gamma"
    f = gamma_tails if gamma else beta_tails
    values = f(*at)
    da = derivative(f, at, 0)
    a, x = at[0], at[-1]
    if gamma:
        density = (a - 1) * log(x) - x - loggamma(a)
        db = ["", ""]
    else:
        b = at[1]
        density = ((a - 1) * log(x) + (b - 1) * log(1 - x)
                   - (loggamma(a) + loggamma(b) - loggamma(a + b)))
        db = derivative(f, at, 1)
    fields = [name, repr(arguments[0]), "" if gamma else repr(arguments[1]), repr(arguments[-1])]
    for side in range(2):
        slope = exp(density - values[side]) * (1 if side == 0 else -1)
        for v in (values[side], da[side], db[side], slope):
            fields.append(v if v == "" else mp.nstr(v, 17))
    return ",".join(fields)


def check():
    """The tails and their derivatives by quadrature of the density."""
    for a, x in [(0.3, 0.7), (2.5, 9.0), (40.0, 30.0)]:
        a, x = mpf(a), mpf(x)
        q = quad(lambda t: t ** (a - 1) * exp(-t), [x, x + 5, x + 20, x + 80, inf]) / mp.gamma(a)
        dq = quad(lambda t: t ** (a - 1) * exp(-t) * log(t), [x, x + 5, x + 20, x + 80, inf]) / mp.gamma(a)
        dq -= q * mp.digamma(a)
        assert abs(gamma_tails(a, x)[1] - log(q)) < mpf(10) ** -40
        assert abs(derivative(gamma_tails, [a, x], 0)[1] - dq / q) < mpf(10) ** -40
    for a, b, x in [(1.5, 2.5, 0.3), (12.0, 5.5, 0.9)]:
        a, b, x = mpf(a), mpf(b), mpf(x)
        w = lambda t: t ** (a - 1) * (1 - t) ** (b - 1) / mp.beta(a, b)
        p = quad(w, [0, x / 2, x])
        dp = quad(lambda t: w(t) * log(t), [0, x / 2, x]) - p * (mp.digamma(a) - mp.digamma(a + b))
        assert abs(beta_tails(a, b, x)[0] - log(p)) < mpf(10) ** -30
        assert abs(derivative(beta_tails, [a, b, x], 0)[0] - dp / p) < mpf(10) ** -25


if __name__ == "__main__":
    check()
    rows = ["function,a,b,x," + ",".join(f"{n}{s}" for s in ("Lower", "Upper")
                                          for n in ("log", "da", "db", "dx"))]
    for a in [1e-3, 0.01, 0.1, 0.4, 0.9, 1.0, 1.3, 1.7, 3.0, 9.5, 30.0, 110.0, 320.0, 499.0,
              501.0, 1e3, 1e4, 1e5, 1e6]:
        xs = [a * m for m in (1e-9, 1e-3, 0.1, 0.5, 0.69, 1.31, 2.0, 9.0, 100.0)]
        xs += [a + z * a ** 0.5 for z in (-30, -8, -3, -1, -0.3, 0, 0.3, 1, 3, 8, 30)]
        if a < 10:
            xs += [0.02, 0.3, 0.7, 1.0, 1.09, 1.12, 5.0, 30.0, 690.0]
        for x in sorted({float("%.6g" % x) for x in xs if x > 0}):
            rows.append(row("gamma", [a, x]))
    sizes = [1e-3, 0.06, 1.0, 2.5, 19.0, 650.0, 1e4, 1e6]
    for a in sizes:
        for b in sizes:
            # Around the mean by standard deviations of the logit, and elsewhere.
            sd = (1 / a + 1 / b) ** 0.5
            xs = [1e-6, 0.3, 0.52, 1 - 1e-6]
            for z in (-20, -6, -1.5, -0.2, 0.0, 1.5, 6, 20):
                w = z * sd
                if abs(w) < 30:
                    xs.append(a * 2.718281828459045 ** w / (a * 2.718281828459045 ** w + b))
            for x in sorted({float("%.8g" % x) for x in xs if 1e-300 < x < 1}):
                if 0 < x < 1:
                    rows.append(row("beta", [a, b, x]))
    Path(__file__).with_name("derivatives.csv").write_text("\n".join(rows) + "\n")
