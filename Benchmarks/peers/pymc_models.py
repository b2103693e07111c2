# SPDX-License-Identifier: GPL-3.0-or-later
"""PyMC twins of the programs in models/: the same priors, data and parametrisation.

Written as one writes for PyMC: array operations, and `scan` for recurrences.
"""
import functools
import numpy as np
import pymc as pm
import pytensor
import pytensor.tensor as pt


def model(function):
    """The data as arrays, their indices from 0; the function's statements as a model."""
    @functools.wraps(function)
    def build(d):
        d = {k: np.asarray(v) if isinstance(v, list) else v for k, v in d.items()}
        for name in ("county", "school", "year", "person", "item", "site", "home", "away", "group"):
            if name in d:
                d[name] = d[name] - 1
        with pm.Model() as built:
            function(d)
        return built
    return build


def scan(step, first, sequences, constants=()):
    """The states of a recurrence after the first; `step` takes sequences' elements, the state, constants."""
    several = isinstance(first, list)
    states, _ = pytensor.scan(step, sequences=sequences, outputs_info=first if several else [first],
                              non_sequences=list(constants))
    return states


def joined(first, rest):
    return pt.concatenate([pt.stack([first]), rest])


@model
def eight_schools(d):
    mu, tau = pm.Normal("mu", 0, 5), pm.HalfCauchy("tau", 5)
    pm.Normal("y", mu + tau * pm.Normal("eta", 0, 1, shape=d["J"]), d["sigma"], observed=d["y"])


@model
def regression(d):
    mu = pm.Normal("alpha", 0, 10) + pm.Normal("beta", 0, 10) * d["x"]
    pm.Normal("y", mu, pm.HalfNormal("sigma", 5), observed=d["y"])


@model
def radon(d):
    a = pm.Normal("mu_a", 0, 5) + pm.HalfNormal("tau_a", 1) * pm.Normal("za", 0, 1, shape=d["J"])
    b = pm.Normal("mu_b", 0, 5) + pm.HalfNormal("tau_b", 1) * pm.Normal("zb", 0, 1, shape=d["J"])
    pm.Normal("y", a[d["county"]] + b[d["county"]] * d["x"], pm.HalfNormal("sigma", 1), observed=d["y"])


@model
def logistic(d):
    eta = pm.Normal("alpha", 0, 5) + d["X"] @ pm.Normal("beta", 0, 1, shape=d["K"])
    pm.Bernoulli("y", logit_p=eta, observed=d["y"])


@model
def logistic_groups(d):
    alpha, beta = pm.Normal("alpha", 0, 2), pm.Normal("beta", 0, 2)
    u = pm.Normal("u", 0, pm.HalfNormal("sigma_school", 1), shape=d["J"])
    v = pm.Normal("v", 0, pm.HalfNormal("sigma_year", 1), shape=d["K"])
    pm.Bernoulli("y", logit_p=alpha + u[d["school"]] + v[d["year"]] + beta * d["x"], observed=d["y"])


@model
def irt(d):
    theta, a = pm.Normal("theta", 0, 1, shape=d["I"]), pm.LogNormal("a", 0, 0.5, shape=d["J"])
    b = pm.Normal("b", pm.Normal("mu", 0, 2), pm.HalfNormal("tau", 2), shape=d["J"])
    pm.Bernoulli("y", logit_p=a[d["item"]] * (theta[d["person"]] - b[d["item"]]), observed=d["y"])


@model
def poisson(d):
    level = pm.Exponential("tau", 1) * pm.Normal("z", 0, 1, shape=d["J"])
    eta = pm.Normal("alpha", 0, 2) + level[d["site"]] + pm.Normal("beta", 0, 1) * d["x"]
    pm.Poisson("y", d["exposure"] * pt.exp(eta), observed=d["y"])


@model
def zero_inflated(d):
    alpha, beta, gamma, delta = (pm.Normal(n, 0, 2) for n in ("alpha", "beta", "gamma", "delta"))
    pm.ZeroInflatedPoisson("y", 1 - pm.math.sigmoid(gamma + delta * d["x"]), pt.exp(alpha + beta * d["x"]), observed=d["y"])


def ordered(name, size, scale):
    return pm.Normal(name, 0, scale, shape=size, transform=pm.distributions.transforms.ordered,
                     initval=np.linspace(-1, 1, size))


@model
def ordinal(d):
    eta = d["x"] @ pm.Normal("beta", 0, 2, shape=d["D"])
    pm.OrderedLogistic("y", eta, ordered("c", d["K"] - 1, 3), observed=d["y"] - 1, compute_p=False)


@model
def softmax(d):
    free = pm.Normal("beta", 0, 2, shape=(d["D"], d["K"] - 1))
    logits = d["x"] @ pt.concatenate([free, pt.zeros((d["D"], 1))], axis=1)
    pm.Categorical("y", logit_p=logits, observed=d["y"] - 1)


@model
def survival(d):
    log_time = np.log(d["time"])
    shape = pm.Gamma("shape", 2, 1)
    eta = pm.Normal("alpha", 0, 3) + d["x"] @ pm.Normal("beta", 0, 1, shape=d["D"])
    hazard = pt.log(shape) + eta + (shape - 1) * log_time
    pm.Potential("y", (d["failed"] * hazard - pt.exp(eta + shape * log_time)).sum())


@model
def spline(d):
    step, tau = pm.Normal("step", 0, 1, shape=d["K"]), pm.HalfNormal("tau", 1)
    w = pt.cumsum(joined(step[0], step[1:] * tau))
    pm.Normal("y", d["B"] @ w, pm.Exponential("sigma", 1), observed=d["y"])


@model
def autoregression(d):
    y, P, T = d["y"], d["P"], d["T"]
    lagged = np.column_stack([y[P - p:T - p] for p in range(1, P + 1)])
    mu = pm.Normal("alpha", 0, 2) + lagged @ pm.Normal("phi", 0, 0.5, shape=P)
    pm.Normal("y", mu, pm.HalfNormal("sigma", 2), observed=y[P:])


@model
def arma(d):
    y = d["y"]
    mu, sigma = pm.Normal("mu", 0, 10), pm.HalfCauchy("sigma", 5)
    phi, theta = (pm.Uniform(n, -1, 1) for n in ("phi", "theta"))
    pm.Potential("coefficients", -(phi**2 + theta**2) / 8)
    first = y[0] - (mu + phi * mu)
    errors = joined(first, scan(lambda mean, e, theta: mean - theta * e, first, [y[1:] - mu - phi * y[:-1]], [theta]))
    pm.Potential("y", pm.logp(pm.Normal.dist(0, sigma), errors).sum())


@model
def garch(d):
    y = d["y"]
    mu, alpha0, alpha1 = pm.Normal("mu", 0, 2), pm.HalfNormal("alpha0", 1), pm.Uniform("alpha1", 0, 1)
    beta1 = pm.Uniform("beta1", 0, 1 - alpha1)
    first = pt.as_tensor_variable(np.float64(d["sigma1"])**2)
    rest = scan(lambda e2, v, a0, a1, b1: a0 + a1 * e2 + b1 * v, first, [(y[:-1] - mu)**2], [alpha0, alpha1, beta1])
    pm.Normal("y", mu, pt.sqrt(joined(first, rest)), observed=y)


@model
def kalman(d):
    y = d["y"]
    sigma_y, sigma_level = pm.HalfNormal("sigma_y", 2), pm.HalfNormal("sigma_level", 1)

    def step(value, m, C, sigma_y, sigma_level):
        R = C + sigma_level**2
        Q = R + sigma_y**2
        return m + R / Q * (value - m), R * (1 - R / Q)
    start = [pt.as_tensor_variable(np.float64(y[0])), pt.as_tensor_variable(np.float64(10))]
    m, C = scan(step, start, [y], [sigma_y, sigma_level])
    Q = joined(start[1], C[:-1]) + sigma_level**2 + sigma_y**2
    pm.Potential("y", -0.5 * (pt.log(Q) + (y - joined(start[0], m[:-1]))**2 / Q).sum())


@model
def volatility(d):
    mu, sigma, phi = pm.Cauchy("mu", 0, 10), pm.HalfCauchy("sigma", 5), pm.Uniform("phi", -1, 1)
    z = pm.Normal("z", 0, 1, shape=d["T"]) * sigma
    first = z[0] / pt.sqrt(1 - phi * phi)
    h = mu + joined(first, scan(lambda e, h, phi: e + phi * h, first, [z[1:]], [phi]))
    pm.Normal("y", 0, pt.exp(h / 2), observed=d["y"])


@model
def mixture(d):
    weight, mu = pm.Beta("weight", 2, 2), ordered("mu", 2, 3)
    pm.NormalMixture("y", pt.stack([weight, 1 - weight]), mu, pm.HalfNormal("sigma", 2, shape=2), observed=d["y"])


@model
def paired_games(d):
    strength = pm.HalfNormal("tau", 1) * pm.Normal("z", 0, 1, shape=d["J"])
    eta = pm.Normal("advantage", 0, 1) + strength[d["home"]] - strength[d["away"]]
    pm.Bernoulli("y", logit_p=eta, observed=d["won"])


@model
def correlated_effects(d):
    J, K = d["J"], d["K"]
    gamma = pm.Normal("gamma", 0, 2, shape=K)
    L, _, _ = pm.LKJCholeskyCov("L", n=K, eta=2, sd_dist=pm.HalfNormal.dist(1, shape=K), compute_corr=True)
    beta = gamma[None, :] + (L @ pm.Normal("z", 0, 1, shape=(K, J))).T
    pm.Normal("y", (d["X"] * beta[d["group"]]).sum(1), pm.HalfNormal("sigma", 1), observed=d["y"])


@model
def gaussian_process(d):
    x, N = d["x"], d["N"]
    squares = (x[:, None] - x[None, :])**2
    rho, alpha, sigma = pm.InverseGamma("rho", 5, 5), pm.HalfNormal("alpha", 1), pm.HalfNormal("sigma", 1)
    K = alpha**2 * pt.exp(-0.5 * squares / rho**2) + sigma**2 * pt.eye(N)
    pm.MvNormal("y", np.zeros(N), chol=pt.linalg.cholesky(K), observed=d["y"])
