# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions of scalars in 30-digit arithmetic (mpmath): the judge where Buffon and
Stan Math disagree. Stan Math approximates derivatives of distribution functions and
loses tails."""
import re

import mpmath as mp

mp.mp.dps = 30
e, ln, sqrt, pi = mp.exp, mp.log, mp.sqrt, mp.pi


def P(a, x):
    return mp.gammainc(a, 0, x, regularized=True)


def Q(a, x):
    return mp.gammainc(a, x, mp.inf, regularized=True)


def I(x, a, b):
    return mp.betainc(a, b, 0, x, regularized=True)


def logistic(x):
    return 1 / (1 + e(-x))


def tails(lower, upper):
    """Distribution functions from both tails, each computed without cancellation."""
    def logarithm(tail, other):
        def f(*x):
            p = tail(*x)
            return ln(p) if p < 0.5 else mp.log1p(-other(*x))
        return f
    return {"cdf": lower, "lcdf": logarithm(lower, upper), "lccdf": logarithm(upper, lower)}


def scaled(F):
    """Of location and scale, from the lower tail of a symmetric distribution."""
    return tails(lambda y, m, s: F((y - m) / s), lambda y, m, s: F((m - y) / s))


def cauchy(z):
    return mp.atan(-1 / z) / pi if z < 0 else 1 - mp.atan(1 / z) / pi if z > 0 else mp.mpf(1) / 2


def laplace(z):
    return e(z) / 2 if z < 0 else 1 - e(-z) / 2


def student(z, nu):
    half = I(nu / (nu + z * z), nu / 2, mp.mpf(1) / 2) / 2
    if abs(z) < 1:
        rest = I(z * z / (nu + z * z), mp.mpf(1) / 2, nu / 2) / 2
        return mp.mpf(1) / 2 + (rest if z > 0 else -rest)
    return half if z < 0 else 1 - half


def skew(z, a):
    f = lambda t: 2 * mp.npdf(t) * mp.ncdf(a * t)
    # How fast the integrand falls to the left of z.
    width = 1 / abs(z * (1 + a * a if a > 0 else 1)) if z < -1 else 1
    steps = (40, 20, 12, 8, 5.5, 4, 3, 2, 1.5, 1, 0.5, 0)
    return mp.quad(f, [z - step * width for step in steps], maxdegree=5)


def skew_laplace(y, m, s, t):
    z = (y - m) / s
    return t * e(2 * (1 - t) * z) if z < 0 else 1 - (1 - t) * e(-2 * t * z)


def skew_laplace_upper(y, m, s, t):
    z = (y - m) / s
    return 1 - t * e(2 * (1 - t) * z) if z < 0 else (1 - t) * e(-2 * t * z)


def emg(y, m, s, l):
    z = (y - m) / s
    return mp.ncdf(z) - e(l * l * s * s / 2 - l * (y - m)) * mp.ncdf(z - l * s)


def emg_upper(y, m, s, l):
    z = (y - m) / s
    return mp.ncdf(-z) + e(l * l * s * s / 2 - l * (y - m)) * mp.ncdf(z - l * s)


def circle(a, b, m, k):
    n = max(8, int(abs(b - a) * float(sqrt(k)) * 2))
    return (mp.quad(lambda t: e(k * (mp.cos(t - m) - 1)), mp.linspace(a, b, n))
            / (2 * pi * mp.besseli(0, k) * e(-k)))


def beta_binomial(k, n, a, b):
    return mp.binomial(n, k) * mp.beta(k + a, n - k + b) / mp.beta(a, b)


def bb_lower(k, n, a, b):
    if k >= n:
        return mp.mpf(1)
    return mp.fsum(beta_binomial(i, n, a, b) for i in range(int(k) + 1))


def bb_upper(k, n, a, b):
    return mp.fsum(beta_binomial(i, n, a, b) for i in range(int(k) + 1, int(n) + 1))


def nb2(k, m, p):
    return (mp.binomial(k + p - 1, k) * (m / (m + p)) ** k * (p / (m + p)) ** p)


CUMULATIVE = {
    "beta": tails(lambda y, a, b: I(y, a, b), lambda y, a, b: I(1 - y, b, a)),
    "beta_proportion": tails(lambda y, m, k: I(y, m * k, (1 - m) * k),
                             lambda y, m, k: I(1 - y, (1 - m) * k, m * k)),
    "cauchy": scaled(cauchy),
    "chi_square": tails(lambda y, n: P(n / 2, y / 2), lambda y, n: Q(n / 2, y / 2)),
    "double_exponential": scaled(laplace),
    "exp_mod_normal": tails(emg, emg_upper),
    "exponential": tails(lambda y, b: -mp.expm1(-b * y), lambda y, b: e(-b * y)),
    "frechet": tails(lambda y, a, s: e(-(y / s) ** -a), lambda y, a, s: -mp.expm1(-(y / s) ** -a)),
    "gamma": tails(lambda y, a, b: P(a, b * y), lambda y, a, b: Q(a, b * y)),
    "gumbel": tails(lambda y, m, s: e(-e((m - y) / s)), lambda y, m, s: -mp.expm1(-e((m - y) / s))),
    "inv_chi_square": tails(lambda y, n: Q(n / 2, 1 / (2 * y)), lambda y, n: P(n / 2, 1 / (2 * y))),
    "inv_gamma": tails(lambda y, a, b: Q(a, b / y), lambda y, a, b: P(a, b / y)),
    "logistic": scaled(logistic),
    "loglogistic": tails(lambda y, a, b: 1 / (1 + (y / a) ** -b), lambda y, a, b: 1 / (1 + (y / a) ** b)),
    "lognormal": tails(lambda y, m, s: mp.ncdf((ln(y) - m) / s), lambda y, m, s: mp.ncdf((m - ln(y)) / s)),
    "normal": scaled(mp.ncdf),
    "std_normal": tails(mp.ncdf, lambda y: mp.ncdf(-y)),
    "pareto": tails(lambda y, m, a: -mp.expm1(a * ln(m / y)), lambda y, m, a: (m / y) ** a),
    "pareto_type_2": tails(lambda y, m, l, a: -mp.expm1(-a * mp.log1p((y - m) / l)),
                           lambda y, m, l, a: (1 + (y - m) / l) ** -a),
    "rayleigh": tails(lambda y, s: -mp.expm1(-(y / s) ** 2 / 2), lambda y, s: e(-(y / s) ** 2 / 2)),
    "scaled_inv_chi_square": tails(lambda y, n, s: Q(n / 2, n * s * s / (2 * y)),
                                   lambda y, n, s: P(n / 2, n * s * s / (2 * y))),
    "skew_double_exponential": tails(skew_laplace, skew_laplace_upper),
    "skew_normal": tails(lambda y, m, s, a: skew((y - m) / s, a),
                         lambda y, m, s, a: skew((m - y) / s, -a)),
    "student_t": tails(lambda y, n, m, s: student((y - m) / s, n),
                       lambda y, n, m, s: student((m - y) / s, n)),
    "uniform": tails(lambda y, a, b: (y - a) / (b - a), lambda y, a, b: (b - y) / (b - a)),
    "von_mises": tails(lambda y, m, k: circle(-pi, y, m, k), lambda y, m, k: circle(y, pi, m, k)),
    "weibull": tails(lambda y, a, s: -mp.expm1(-(y / s) ** a), lambda y, a, s: e(-(y / s) ** a)),
    "bernoulli": tails(lambda k, t: 1 - t if k == 0 else mp.mpf(1), lambda k, t: (1 - k) * t),
    "binomial": tails(lambda k, n, t: I(1 - t, n - k, k + 1) if k < n else 1 + 0 * t,
                      lambda k, n, t: I(t, k + 1, n - k)),
    "beta_binomial": tails(bb_lower, bb_upper),
    "neg_binomial": tails(lambda k, a, b: I(b / (b + 1), a, k + 1), lambda k, a, b: I(1 / (b + 1), k + 1, a)),
    "neg_binomial_2": tails(lambda k, m, p: I(p / (m + p), p, k + 1), lambda k, m, p: I(m / (m + p), k + 1, p)),
    "poisson": tails(lambda k, l: Q(k + 1, l), lambda k, l: P(k + 1, l)),
}


def quantile(p):
    p = mp.re(p)
    if p > 0.5:
        return -quantile(1 - p)
    return sqrt(mp.mpf(2)) * mp.erfinv(2 * p - 1) if p > 1e-10 else mp.findroot(
        lambda z: mp.ncdf(z) / p - 1, -sqrt(-2 * ln(p)) + 0.5)


def log_quantile(p):
    start = -sqrt(-2 * p) + 0.1 if p < -1 else quantile(e(p))
    return mp.findroot(lambda z: ln(mp.ncdf(z)) - p, start)


FUNCTIONS = {
    "Phi": mp.ncdf, "inv_Phi": quantile, "std_normal_qf": quantile,
    "std_normal_log_qf": log_quantile,
    "Phi_approx": lambda x: logistic(mp.mpf(0.07056) * x ** 3 + mp.mpf(1.5976) * x),
    "expm1": mp.expm1, "inv_cloglog": lambda x: -mp.expm1(-e(x)), "inv_logit": logistic,
    "log_inv_logit": lambda x: -mp.log1p(e(-x)), "log1m_inv_logit": lambda x: -mp.log1p(e(x)),
    "log1p_exp": lambda x: mp.log1p(e(x)), "log1m_exp": lambda x: ln(-mp.expm1(x)),
    "digamma": lambda x: mp.psi(0, x), "trigamma": lambda x: mp.psi(1, x), "tgamma": mp.gamma,
    "lgamma": lambda x: ln(abs(mp.gamma(x))), "logit": lambda p: ln(p) - mp.log1p(-p),
    "inv_erfc": lambda p: -quantile(p / 2) / sqrt(mp.mpf(2)), "tanh": mp.tanh, "cosh": mp.cosh,
    "log_inv_logit_diff": lambda a, b: ln(logistic(a) - logistic(b)),
    "gamma_p": P, "gamma_q": Q, "inc_beta": lambda a, b, x: I(x, a, b),
    "log_modified_bessel_first_kind": lambda n, x: ln(mp.besseli(n, x)),
    "falling_factorial": lambda x, n: mp.ff(x, n), "rising_factorial": lambda x, n: mp.rf(x, n),
    "bessel_first_kind": mp.besselj, "bessel_second_kind": mp.bessely,
    "modified_bessel_first_kind": mp.besseli, "modified_bessel_second_kind": mp.besselk,
    "lambert_w0": mp.lambertw, "lambert_wm1": lambda x: mp.re(mp.lambertw(x, -1)),
    "lbeta": lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b),
    "beta": mp.beta, "erfc": mp.erfc, "erf": mp.erf,
    "lchoose": lambda n, k: mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1),
    "log_falling_factorial": lambda x, n: mp.loggamma(x + 1) - mp.loggamma(x - n + 1),
    "log_rising_factorial": lambda x, n: mp.loggamma(x + n) - mp.loggamma(x),
    "log_diff_exp": lambda a, b: ln(e(a) - e(b)), "owens_t": lambda h, a: mp.quad(
        lambda t: e(-h * h * (1 + t * t) / 2) / (1 + t * t), [0, a / 2, a]) / (2 * pi),
    "lmgamma": lambda k, x: k * (k - 1) / 4 * ln(pi) + mp.fsum(
        mp.loggamma(x + mp.mpf(1 - j) / 2) for j in range(1, int(k) + 1)),
    "inv_inc_beta": lambda a, b, p: logistic(mp.findroot(
        lambda t: ln(I(logistic(t), a, b)) - ln(p), (-3, 3), solver="anderson", tol=1e-50,
        verify=False)),
    "hypergeometric_2F1": mp.hyp2f1, "hypergeometric_1F0": lambda a, z: (1 - z) ** -a,
    "bernoulli_logit_lpmf": lambda y, a: -mp.log1p(e(-a if y == 1 else a)),
    "binomial_logit_lpmf": lambda k, n, a: ln(mp.binomial(n, k)) - k * mp.log1p(e(-a))
    - (n - k) * mp.log1p(e(a)),
    "binomial_lpmf": lambda k, n, t: ln(mp.binomial(n, k)) + (k * ln(t) if k else 0)
    + ((n - k) * mp.log1p(-t) if n > k else 0),
    "exp_mod_normal_lpdf": lambda y, m, s, l: ln(l) + l * (m - y) + l * l * s * s / 2 + ln(
        mp.ncdf((y - m) / s - l * s)),
    "poisson_lpmf": lambda k, l: k * ln(l) - l - mp.loggamma(k + 1),
    "neg_binomial_2_lpmf": lambda k, m, p: ln(nb2(k, m, p)),
    "neg_binomial_2_log_lpmf": lambda k, m, p: ln(nb2(k, e(m), p)),
    "neg_binomial_lpmf": lambda k, a, b: ln(nb2(k, a / b, a)),
    "beta_binomial_lpmf": lambda k, n, a, b: ln(beta_binomial(k, n, a, b)),
    "skew_normal_lpdf": lambda y, m, s, a: ln(2 / s) + ln(mp.npdf((y - m) / s)) + ln(
        mp.ncdf(a * (y - m) / s)),
    "student_t_lpdf": lambda y, n, m, s: mp.loggamma((n + 1) / 2) - mp.loggamma(n / 2)
    - ln(n * pi) / 2 - ln(s) - (n + 1) / 2 * mp.log1p(((y - m) / s) ** 2 / n),
    "von_mises_lpdf": lambda y, m, k: k * mp.cos(y - m) - ln(2 * pi * mp.besseli(0, k)),
}
for _name, _functions in CUMULATIVE.items():
    for _suffix, _function in _functions.items():
        FUNCTIONS[f"{_name}_{_suffix}"] = _function
CALL = re.compile(r"target \+= (\w+)\(([^()]*)\);")
# Quadratures: no more digits than needed.
SLOW = ("skew_normal", "von_mises", "owens_t", "inv_inc_beta")


def ordered_probit(k):
    def f(x, a, b, c):
        cuts = [-mp.inf, a, a + e(b), a + e(b) + e(c), mp.inf]
        low, high = cuts[k - 1] - x, cuts[k] - x
        return ln(mp.ncdf(high) - mp.ncdf(low) if low < 0 else mp.ncdf(-low) - mp.ncdf(-high))
    return f


def derivative(g, z, k):
    """By central differences with the digits that they need; for very large and small
    arguments in steps relative to them."""
    x = z[k]
    if x != 0 and not 1e-6 < abs(x) < 1e6:
        return mp.diff(lambda t: g(*z[:k], x * (1 + t), *z[k + 1:]), 0) / x
    return mp.diff(g, tuple(z), tuple(int(i == k) for i in range(len(z))))


def exact(body, point):
    """The value and gradient of a case that is one call with scalars; else None."""
    z = [mp.mpf(x) for x in point]
    match = CALL.fullmatch(body)
    probit = re.search(r"ordered_probit_lpmf\((\d)", body)
    if probit:
        name, g = "ordered_probit", ordered_probit(int(probit[1]))
    elif match and match[1] in FUNCTIONS:
        name, f = match[1], FUNCTIONS[match[1]]
        arguments = [a.strip() for a in re.split("[|,]", match[2])]

        def g(*z):
            return mp.re(f(*[z[int(a[2:-1]) - 1] if a.startswith("z[") else mp.mpf(a)
                             for a in arguments]))
    else:
        return None

    def evaluate():
        return g(*z), [derivative(g, z, k) for k in range(len(z))]

    value, gradient = evaluate()
    size = max(map(abs, gradient))
    if not name.startswith(SLOW) and (
            abs(value) < 1e-12 or any(abs(d) < 1e-12 * max(size, 1) for d in gradient)):
        with mp.workdps(400):
            value, gradient = evaluate()
    return float(value), [float(d) for d in gradient]
