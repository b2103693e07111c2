#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes PROGRAM.json beside every PROGRAM.stan: data (made here, one fixed
seed a program), unconstrained points, and the log density (Jacobian included,
constants dropped as `~` does) with its gradient at each, computed by stanli
0.24 (the Stan compiler's front end and the Stan Math library), and the names
of the constrained output columns.

usage: make_references.py [PROGRAM...]     needs: pip install stanli==0.24 mpmath
"""
import json
import pathlib
import re
import sys
import zlib

import mpmath as mp
import numpy as np
import stanli

HERE = pathlib.Path(__file__).parent
POINTS = 4


def r(a, digits=6):
    return np.round(np.asarray(a, float), digits).tolist()


def schools(g):
    return dict(J=8, y=[28, 8, -3, 7, -1, 1, 18, 12], sigma=[15, 10, 16, 11, 9, 11, 10, 18])


def line(n):
    def make(g):
        x = g.normal(size=n)
        return dict(N=n, x=r(x), y=r(1.5 - 0.7 * x + 0.8 * g.normal(size=n)))
    return make


def regression(n, k):
    def make(g):
        X = g.normal(size=(n, k))
        return dict(N=n, K=k, X=r(X), y=r(0.3 + X @ g.normal(size=k) + 0.5 * g.normal(size=n)))
    return make


def logistic(g):
    X = g.normal(size=(30, 3))
    return dict(N=30, K=3, X=r(X), y=(g.random(30) < 0.4).astype(int).tolist())


def counts(g):
    n = 25
    x = g.normal(size=n)
    return dict(N=n, x=r(x), y=g.negative_binomial(3, 0.4, n).tolist())


def poisson_offset(g):
    n, k = 30, 5
    return dict(N=n, G=k, count=g.poisson(3, n).tolist(), exposure=r(g.uniform(0.5, 4, n)),
                group=g.integers(1, k + 1, n).tolist(), x=r(g.normal(size=n)))


def rats(g):
    n = g.integers(10, 30, 9)
    return dict(J=9, n=n.tolist(), y=g.binomial(n, 0.2).tolist(), x=r(g.normal(size=9)))


def mixture(g):
    y = np.where(g.random(40) < 0.4, g.normal(-1.5, 0.7, 40), g.normal(1.4, 1, 40))
    return dict(N=40, K=3, y=r(y))


def series(n):
    def make(g):
        y = np.cumsum(g.normal(size=n)) * 0.5
        return dict(T=n, N=n, K=3, y=r(y), r=r(g.normal(size=n)), sigma1=0.9,
                    observed=(g.random(n) < 0.8).astype(int).tolist())
    return make


def effects(g):
    n, j, k = 40, 6, 3
    X = np.c_[np.ones(n), g.normal(size=(n, k - 1))]
    return dict(N=n, J=j, K=k, group=g.integers(1, j + 1, n).tolist(), X=r(X),
                y=r(g.normal(size=n)))


def multivariate(g):
    return dict(N=12, K=3, y=r(g.normal(size=(12, 3))))


def gp(g):
    x = np.sort(g.uniform(0, 5, 12))
    return dict(N=12, x=r(x), y=r(np.sin(x) + 0.3 * g.normal(size=12)))


def gp_counts(g):
    x = np.sort(g.uniform(0, 5, 8))
    return dict(N=8, x=r(x), y=g.poisson(2, 8).tolist())


def irt(g):
    i, j = 12, 5
    p, q = [a.ravel() for a in np.meshgrid(np.arange(i), np.arange(j), indexing="ij")]
    return dict(I=i, J=j, N=i * j, person=(p + 1).tolist(), item=(q + 1).tolist(),
                y=(g.random(i * j) < 0.55).astype(int).tolist())


def ordered(g):
    return dict(K=4, N=25, D=2, y=g.integers(1, 5, 25).tolist(), x=r(g.normal(size=(25, 2))))


def radon(g):
    n, j = 50, 7
    return dict(N=n, J=j, county=g.integers(1, j + 1, n).tolist(),
                x=(g.random(n) < 0.2).astype(float).tolist(), y=r(g.normal(1.2, 0.8, n)))


def counties(g):
    n, j = 150, 8
    c = g.integers(0, j, n)
    x = (g.random(n) < 0.3).astype(float)
    a, b = g.normal(1.3, 0.4, j), g.normal(-0.7, 0.3, j)
    return dict(N=n, J=j, county=(c + 1).tolist(), x=x.tolist(),
                y=r(a[c] + b[c] * x + 0.7 * g.normal(size=n)))


def spd(g, k):
    a = g.normal(size=(k, k))
    return np.round(a @ a.T + k * np.eye(k), 6)


def dropped(g):
    return dict(yd=r(g.normal(size=3)), pd=r(g.gamma(2, 1, 3)), ud=r(g.uniform(0.1, 0.9, 3)),
                nd=[0, 3, 7], kd=[1, 0, 1], md=0.3, sd=1.2, ad=0.8, bd=2.1, qd=0.35)


def dropped_joint(g):
    s, c = spd(g, 3), spd(g, 3)
    c = c / np.sqrt(np.outer(np.diag(c), np.diag(c)))
    return dict(v_d=r(g.normal(size=3)), pv_d=[0.2, 0.5, 0.3], al_d=[0.7, 2.0, 1.3], nu_d=4.5, b_d=0.4,
                o_d=[-0.3, 1.1], X_d=r(g.normal(size=(3, 3))), B_d=r(g.normal(size=(3, 3))),
                S_d=s.tolist(), L_d=np.linalg.cholesky(s).tolist(), C_d=c.tolist(),
                LC_d=np.linalg.cholesky(c).tolist(), Y_d=r(g.normal(size=(3, 3))),
                c_d=[1, 3, 2], n_d=[2, 0, 5], k_d=[1, 0, 0], T_d=[4, 1, 6])


DATA = {
    "eight_schools_noncentred": schools,
    "eight_schools_centred": schools,
    "regression_loop": line(30),
    "regression_matrix": regression(20, 3),
    "logistic_regression": logistic,
    "logistic_loop": lambda g: dict(N=25, x=r(g.normal(size=25)),
                                    y=(g.random(25) < 0.5).astype(int).tolist()),
    "poisson_offset": poisson_offset,
    "negative_binomial": counts,
    "negative_binomial_log": counts,
    "binomial_rats": rats,
    "binomial_logit_slopes": rats,
    "mixture_two": mixture,
    "mixture_many": mixture,
    "zero_inflated_poisson": lambda g: dict(
        N=30, y=(g.poisson(2.5, 30) * (g.random(30) < 0.6)).tolist()),
    "ar1": series(30),
    "ar1_vectorised": series(30),
    "garch": series(20),
    "stochastic_volatility": series(20),
    "hidden_markov": series(15),
    "correlated_effects": effects,
    "correlation_matrix": multivariate,
    "covariance_matrix": multivariate,
    "cholesky_covariance": multivariate,
    "gp_exact": gp,
    "gp_latent_loop": gp_counts,
    "user_functions": lambda g: dict(N=10, x=r(g.normal(size=10)), y=r(g.exponential(size=10)),
                                     c=[1, 3, 2, 2, 1]),
    "while_and_if": lambda g: dict(N=20, y=r(g.normal(0, 1.5, 20))),
    "truncation": lambda g: dict(N=12, y=r(g.uniform(0.1, 3.9, 12)),
                                 k=g.integers(1, 6, 12).tolist()),
    "censored": lambda g: dict(N_obs=10, N_cens=4, y_obs=r(g.uniform(-2, 1, 10)), U=1.1),
    "ordered_logit": ordered,
    "categorical_logit": ordered,
    "item_response": irt,
    "survival_weibull": lambda g: dict(N=20, t=r(g.weibull(1.5, 20) + 0.05),
                                       event=(g.random(20) < 0.7).astype(int).tolist(),
                                       x=r(g.normal(size=20))),
    "positive_ordered_rates": lambda g: dict(N=10, w=r(g.gamma(2, 1, (10, 2)) + 0.01)),
    "indexing": lambda g: dict(R=4, C=3, M=r(g.normal(size=(4, 3))),
                               A=g.integers(-3, 5, (4, 3)).tolist(), pick=[4, 2, 3]),
    "elementary_functions": lambda g: dict(N=4, x=r(g.normal(size=4))),
    "linear_algebra": lambda g: dict(K=3, A=r(g.normal(size=(3, 3))), b=r(g.normal(size=3)),
                                     S=spd(g, 3).tolist()),
    "discrete_shelf": lambda g: dict(N=6, y=[0, 2, 5, 1, 9, 3], z=[1, 4, 2, 2, 3, 1],
                                     m=[3, 0, 2, 5]),
    "continuous_shelf": lambda g: dict(N=5, u=r(g.uniform(0.05, 0.95, 5))),
    "cdfs": lambda g: dict(N=4, u=r(g.uniform(0.05, 0.95, 4)), k=[0, 1, 4, 2]),
    "incomplete_cdfs": lambda g: dict(N=4, u=r(g.uniform(0.05, 0.95, 4)), k=[0, 1, 4, 2]),
    "parameter_cdfs": lambda g: dict(N=4, u=r(g.uniform(0.05, 0.95, 4))),
    "count_cdfs": lambda g: dict(N=4, k=[0, 1, 4, 2]),
    "special_functions": lambda g: dict(N=3, u=r(g.uniform(0.05, 0.95, 3)), k=[0, 1, 3]),
    "truncated_shelf": lambda g: dict(N=6, y=r(g.uniform(0.2, 3.9, 6)),
                                      k=g.integers(1, 8, 6).tolist()),
    "glm_densities": lambda g: dict(N=15, K=3, X=r(g.normal(size=(15, 3))),
                                    y=r(g.normal(size=15)),
                                    z=(g.random(15) < 0.5).astype(int).tolist(),
                                    c=g.poisson(1.5, 15).tolist()),
    "radon_slopes": radon,
    "radon_noncentred": counties,
    "change_point": lambda g: dict(r_e=0.4, r_l=0.9, T=15,
                                   D=np.r_[g.poisson(4, 8), g.poisson(1, 7)].tolist()),
    "measurement_error": lambda g: dict(N=10, x_meas=r(g.normal(size=10)),
                                        y=r(g.normal(size=10)), tau=0.4),
    "horseshoe": lambda g: dict(N=15, K=4, X=r(g.normal(size=(15, 4))), y=r(g.normal(size=15)),
                                scale_global=0.2),
    "random_walk_smoother": series(12),
    "dropped_continuous": dropped,
    "dropped_counts": dropped,
    "dropped_joint": dropped_joint,
    "nested_arrays": lambda g: dict(I=2, J=3, K=2, y=r(g.normal(size=(2, 3, 2))),
                                    M=r(g.normal(size=(2, 3, 2)))),
}


def solved(f, y0, ts):
    from scipy.integrate import solve_ivp
    return solve_ivp(f, (0, ts[-1]), y0, t_eval=ts, rtol=1e-8, atol=1e-8).y.T


def lotka_volterra(g):
    ts = list(range(1, 9))
    z = solved(lambda t, z: [(0.6 - 0.4 * z[1]) * z[0], (-0.8 + 0.3 * z[0]) * z[1]], [2, 1], ts)
    return dict(N=8, ts=ts, y_init=[2.1, 0.9], y=r(z * np.exp(0.2 * g.normal(size=z.shape))))


def epidemic(g):
    ts = [3.0 * i for i in range(1, 15)]
    y = solved(lambda t, y: [-1.2 * y[0] * y[1] / 1000, 1.2 * y[0] * y[1] / 1000 - 0.4 * y[1],
                             0.4 * y[1]], [995, 5, 0], ts)
    return dict(n_days=14, y0=[995, 5, 0], t0=0, ts=ts, N=1000, cases=g.poisson(y[:, 1]).tolist(),
                deaths=g.poisson(0.01 * y[:, 2] + 1).tolist())


def ragged_doses(g):
    size = [4, 6, 3]
    time = np.concatenate([np.sort(g.uniform(0.2, 12, n)) for n in size])
    return dict(J=3, N=13, size=size, time=r(time), dose=[10, 20, 5],
                y=r(np.exp(-0.3 * time + 0.2 * g.normal(size=13))))


def oscillator(g):
    ts = r(np.arange(1, 7) * 0.9)
    return dict(T=6, ts=ts, y=r(g.normal(size=(6, 2))))


ODES = {
    "ode_lotka_volterra": lotka_volterra,
    "ode_sir": epidemic,
    "ode_one_compartment": lambda g: dict(T=8, times=[0.5, 1, 1.5, 2, 3, 4, 6, 8.5], dose=30,
                                          C0=[0.1], C_hat=r(g.lognormal(0.5, 0.3, 8))),
    "ode_two_compartments": ragged_doses,
    "ode_oscillator": oscillator,
    "ode_stiff_reaction": lambda g: dict(T=5, ts=[0.4, 4, 40, 400, 4000],
                                         y=[0.015, 0.09, 0.28, 0.55, 0.82]),
    "dae": lambda g: dict(T=5, ts=[0.4, 1, 3, 10, 40], y=[0.015, 0.09, 0.28, 0.55, 0.82]),
    "ode_adjoint": lambda g: dict(T=5, ts=[0.5, 1, 2, 3.5, 5], y=r(g.uniform(0, 1, (5, 3)))),
}
# Stan Math's stiff and adjoint solvers are good to about 1e-8 here: the references
# come from its method of order 5 at the strictest tolerance.
PRECISE = "ode_rk45_tol(%s, 1e-13, 1e-13, 10000000, "
SUBSTITUTES = {
    "ode_adjoint": (r"ode_adjoint_tol_ctl\((chain, y0, 0\.0, ts),.*?1, 1, 1, ", PRECISE),
    "ode_sir": (r"ode_bdf_tol\((sir, y0, t0, ts),.*?1000000,\s*", PRECISE),
}
# Errors of all steps add up to more than 1e-9.
BOUNDS = {"ode_sir": 1e-7}
DATA |= ODES
DATA |= {
    "algebraic_steady_state": lambda g: dict(N=5, y=r(g.normal(4, 1, 5)), interval=4.0, dose=2.0),
    "integrals": lambda g: dict(N=6, y=r(g.normal(size=6))),
    "mapped_jobs": lambda g: dict(J=4, K=5, x=r(g.normal(size=(4, 5))),
                                  y=g.integers(0, 2, (4, 5)).tolist(), z=r(g.normal(size=5))),
}


def exact_gradient(name, data, q):
    """The gradient by 40-digit arithmetic, for programs with distribution functions:
    Stan Math's derivatives of the normal one come from fits that are good to about
    1e-6 only, and those of incomplete gamma and beta functions are no better. For
    roots, which Stan Math finds to about 1e-8, the log density too."""
    mp.mp.dps = 40
    ln, ncdf, e = mp.log, mp.ncdf, mp.e

    def normal(y, mu, s):  # without its constant
        return -((y - mu) / s) ** 2 / 2 - ln(s)

    def censored(mu, log_s, *free):
        s, bound = e ** log_s, mp.mpf(data["U"])
        total = log_s + sum(normal(mp.mpf(y), mu, s) for y in data["y_obs"])
        total += sum(normal(bound + e ** f, mu, s) + f for f in free)
        total += len(free) * ln(ncdf((mu - bound) / s))
        return total + ln(ncdf((-1 - mu) / (2 * s)))

    def truncation(mu, log_s, log_l):
        s, l = e ** log_s, e ** log_l
        total = log_s + log_l - (mu / 2) ** 2 / 2 - ln(1 + s * s) - mp.mpf("0.3") * l
        for y, k in zip(data["y"], data["k"]):
            total += normal(mp.mpf(y), mu, s) - ln(ncdf((4 - mu) / s) - ncdf(-mu / s))
            total += k * ln(l) - l - ln(1 - e ** -l)
        return total

    def cdfs(m, log_s):
        s = e ** log_s
        total = log_s - m * m / 2 + ln(ncdf(m)) + ln(ncdf(-m)) + ln(1 - 1 / (1 + e ** -m))
        total += ln(ncdf((mp.mpf(data["u"][0]) - m) / s))
        for u in map(mp.mpf, data["u"]):
            z, w = (u - m) / s, (ln(u) - m) / s
            total += ln(ncdf(z)) + ln(ncdf(-z)) + ln(ncdf(w)) + ln(ncdf(-w))
            total += sum(ln(mp.mpf(1) / 2 + k * mp.atan(z) / mp.pi) for k in (1, -1))
            total += ln(1 - e ** (-s * u)) - s * u
            total += ln((u + s) / (2 + 2 * s)) + ln((2 + s - u) / (2 + 2 * s))
            for x in (z, -z):
                total += ln(e ** x / 2 if x < 0 else 1 - e ** -x / 2) - ln(1 + e ** -x)
            h = (u / s) ** (1 + s)
            total += ln(1 - e ** -h) - h - e ** -z
            total += ln(1 - (mp.mpf("1e-6") / u) ** s)
        return total

    def steady_state(log_ke, log_ka, *rest):
        # Roots in closed form where there is one.
        ke, ka, total, s = e ** log_ke, e ** log_ka, [e ** v for v in rest[:2]], e ** rest[2]
        ka += ke + mp.mpf(1) / 2
        dose, interval = mp.mpf(data["dose"]), mp.mpf(data["interval"])
        slow, fast = e ** (-ke * interval), e ** (-ka * interval)
        depot = dose * fast / (1 - fast)
        body = (dose + depot) * ka / (ka - ke) * (slow - fast) / (1 - slow)
        a = (-ke + mp.sqrt(ke * ke + 8 * ke * total[0])) / 2
        z = ln(a) + ln(2 * total[0] - a)

        def quadratic(p):
            return mp.findroot(lambda x, y: [x ** 2 + p[0] * y - 3, y ** 3 - p[1] * x], (1, 1))

        w, root = quadratic(total), quadratic([mp.mpf(1) / 2, mp.mpf(1)])
        v = quadratic([root[0] + total[0], root[1] + total[1]])
        mean = body + depot + z + w[0] * w[1] + v[1]
        logs = [log_ke + 1, log_ka, rest[0], rest[1]]
        return (sum(-2 * v * v - ln(2 * mp.pi) / 2 for v in logs) - s + rest[2]
                + sum(normal(mp.mpf(y), mean, s) for y in data["y"]))

    inverse_logit = lambda m: 1 / (1 + e ** -m)

    def P(a, x):
        return mp.gammainc(a, 0, x, regularized=True)

    def I(x, a, b):
        return mp.betainc(a, b, 0, x, regularized=True)

    def student(z, nu):
        half = I(nu / (nu + z * z), nu / 2, mp.mpf(1) / 2) / 2
        return half if z < 0 else 1 - half

    def skew(z, alpha):
        return ncdf(z) - mp.quad(lambda t: e ** (-z * z * (1 + t * t) / 2) / (1 + t * t), [0, alpha / 2, alpha]) / mp.pi

    def both(p):
        return ln(p) + ln(1 - p)

    def parameter_cdfs(m, log_s, log_a):
        s, a, theta, half = e ** log_s, e ** log_a, inverse_logit(m), e ** log_a / 2
        total = log_s + log_a - m * m / 2
        us = [mp.mpf(u) for u in data["u"]]
        total += ln(P(a, s * us[0])) + ln(I(theta, a, s)) + ln(student((m - mp.mpf(1) / 2) / s, a))
        whole = 2 * mp.pi * mp.besseli(0, s)
        for u in us:
            z, shift = (u - m) / s, a * s
            for p in (P(a, s * u), P(a, s / u), P(half, u / 2), P(half, 1 / (2 * u)), P(half, half * s * s / u),
                      I(u, a, s), I(u, theta * s, (1 - theta) * s), student(z, a),
                      ncdf(z) - e ** (shift * shift / 2 - shift * z) * ncdf(z - shift),
                      theta * e ** (2 * (1 - theta) * z) if z < 0 else 1 - (1 - theta) * e ** (-2 * theta * z),
                      (1 + u / s) ** -a, e ** -((u / s) ** -a), e ** (-(u / s) ** 2 / 2),
                      mp.quad(lambda t: e ** (s * mp.cos(t - m)), [-mp.pi, 0, u]) / whole):
                total += both(p)
            total += ln(skew(z, a)) + ln(1 - skew(z, -a)) - ln(1 + (u / s) ** -a)
        return total

    def truncated_shelf(mu, log_s, log_a):
        s, a, theta = e ** log_s, e ** log_a, inverse_logit(mu)
        d = mp.mpf
        total = log_s + log_a - mu * mu / 8
        total += ln(s) - d("1.5") * s - ln(1 - P(2, d("1.5") * d("0.001")))
        total += -4 * ln(a) - 2 / a - ln(1 - P(3, d(2) / 50))
        for y, k in zip(map(d, data["y"]), data["k"]):
            total += a * ln(s) - mp.loggamma(a) + (a - 1) * ln(y) - s * y - ln(P(a, 4 * s) - P(a, s / 10))
            total += (mp.loggamma((a + 1) / 2) - mp.loggamma(a / 2) - ln(a) / 2 - ln(s)
                      - (a + 1) / 2 * mp.log1p(((y - mu) / s) ** 2 / a) - ln(student((4 - mu) / s, a)))
            total += a * ln(s) - mp.loggamma(a) - (a + 1) * ln(y) - s / y - ln(P(a, 10 * s))
            x = y / 5
            total += ((a - 1) * ln(x) + (s - 1) * ln(1 - x) - ln(mp.beta(a, s))
                      - ln(I(d("0.9"), a, s) - I(d("0.01"), a, s)))
            total += (mp.loggamma(k + s) - mp.loggamma(s) + k * ln(a) + s * ln(s) - (k + s) * ln(a + s)
                      - ln(1 - (s / (a + s)) ** s))
            total += k * ln(theta) + (9 - k) * ln(1 - theta) - ln(1 - theta ** 9 - (1 - theta) ** 9)
            total += (ln(mp.beta(k + a, 9 - k + s)) - ln(mp.beta(a, s))
                      - ln(1 - mp.beta(9 + a, s) / mp.beta(a, s)))
            total += (a - 1) * ln(y) - y - mp.loggamma(a) - ln(1 - P(a, d("0.1")))
        return total

    functions = dict(censored=censored, truncation=truncation, cdfs=cdfs,
                     algebraic_steady_state=steady_state,
                     parameter_cdfs=parameter_cdfs, truncated_shelf=truncated_shelf)
    if name not in functions:
        return None, None
    f = functions[name]
    q = [mp.mpf(float(x)) for x in q]
    value = float(f(*q)) if name == "algebraic_steady_state" else None
    return value, [float(mp.diff(f, tuple(q), tuple(int(i == k) for i in range(len(q)))))
                   for k in range(len(q))]


def main():
    names = sys.argv[1:] or sorted(DATA)
    for name in names:
        g = np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))
        data = DATA[name](g)
        try:
            text = (HERE / f"{name}.stan").read_text()
            if name in SUBSTITUTES:
                pattern, call = SUBSTITUTES[name]
                text = re.sub(pattern, lambda m: call % m[1], text, flags=re.S)
                assert PRECISE[:12] in text
            model = stanli.Model(stan_code=text, data=data)
            points = []
            for i in range(POINTS):
                q = np.round(g.uniform(-1, 1, model.n_unconstrained) * (1 if i else 0.5), 6)
                value, gradient = model.log_prob_grad(q)
                exact, exact_slopes = exact_gradient(name, data, q)
                if exact_slopes:  # how far Stan Math is
                    print(name, [f"{abs(a / b - 1):.0e}" for a, b in zip(gradient, exact_slopes)])
                gradient = exact_slopes or gradient
                points.append(dict(position=q.tolist(), log_density=float(exact or value),
                                   gradient=[float(v) for v in gradient]))
            columns = list(model.constrained_names)
        except Exception as e:  # shown, so that the program can be repaired
            print(f"{name}: {type(e).__name__}: {str(e)[:1500]}")
            continue
        bad = [p["log_density"] for p in points if not np.isfinite(p["log_density"])]
        if bad:
            print(f"{name}: log densities that are not finite: {bad}")
        out = dict(program=name, made_by="stanli " + stanli.__version__, data=data,
                   columns=columns, points=points)
        if name in BOUNDS:
            out["bound"] = BOUNDS[name]
        (HERE / f"{name}.json").write_text(json.dumps(out, allow_nan=True) + "\n")


main()
