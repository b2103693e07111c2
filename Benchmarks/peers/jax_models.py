# SPDX-License-Identifier: GPL-3.0-or-later
"""NumPyro twins of the programs in models/: the same priors, data and parametrisation.

Written as one writes for NumPyro: array operations, and `scan` for recurrences.
"""
import jax, jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import logsumexp
from numpyro import sample


def array(d, *names):
    """Numbers as doubles, integers as 32-bit integers."""
    out = []
    for name in names:
        a = np.asarray(d[name])
        out.append(jnp.asarray(a.astype(np.int32) if a.dtype.kind == "i" else a))
    return out[0] if len(out) == 1 else out


def normals(name, size, location=0.0, scale=1.0):
    return sample(name, dist.Normal(location, scale).expand([size]).to_event(1))


def observe(distribution, y):
    sample("y", distribution.to_event(1), obs=y)


def eight_schools(d):
    y, sigma = array(d, "y", "sigma")

    def model():
        mu, tau = sample("mu", dist.Normal(0, 5)), sample("tau", dist.HalfCauchy(5))
        observe(dist.Normal(mu + tau * normals("eta", d["J"]), sigma), y)
    return model


def regression(d):
    x, y = array(d, "x", "y")

    def model():
        alpha, beta = sample("alpha", dist.Normal(0, 10)), sample("beta", dist.Normal(0, 10))
        observe(dist.Normal(alpha + beta * x, sample("sigma", dist.HalfNormal(5))), y)
    return model


def radon(d):
    county, x, y = array(d, "county", "x", "y")
    county = county - 1

    def model():
        mu_a, mu_b = sample("mu_a", dist.Normal(0, 5)), sample("mu_b", dist.Normal(0, 5))
        tau_a, tau_b = sample("tau_a", dist.HalfNormal(1)), sample("tau_b", dist.HalfNormal(1))
        a, b = mu_a + tau_a * normals("za", d["J"]), mu_b + tau_b * normals("zb", d["J"])
        observe(dist.Normal(a[county] + b[county] * x, sample("sigma", dist.HalfNormal(1))), y)
    return model


def logistic(d):
    X, y = array(d, "X", "y")

    def model():
        alpha = sample("alpha", dist.Normal(0, 5))
        observe(dist.BernoulliLogits(alpha + X @ normals("beta", d["K"])), y)
    return model


def logistic_groups(d):
    school, year, x, y = array(d, "school", "year", "x", "y")
    school, year = school - 1, year - 1

    def model():
        alpha, beta = sample("alpha", dist.Normal(0, 2)), sample("beta", dist.Normal(0, 2))
        u = normals("u", d["J"], 0, sample("sigma_school", dist.HalfNormal(1)))
        v = normals("v", d["K"], 0, sample("sigma_year", dist.HalfNormal(1)))
        observe(dist.BernoulliLogits(alpha + u[school] + v[year] + beta * x), y)
    return model


def irt(d):
    person, item, y = array(d, "person", "item", "y")
    person, item = person - 1, item - 1

    def model():
        theta = normals("theta", d["I"])
        a = sample("a", dist.LogNormal(0, 0.5).expand([d["J"]]).to_event(1))
        b = normals("b", d["J"], sample("mu", dist.Normal(0, 2)), sample("tau", dist.HalfNormal(2)))
        observe(dist.BernoulliLogits(a[item] * (theta[person] - b[item])), y)
    return model


def poisson(d):
    site, x, exposure, y = array(d, "site", "x", "exposure", "y")
    site = site - 1

    def model():
        alpha, beta = sample("alpha", dist.Normal(0, 2)), sample("beta", dist.Normal(0, 1))
        level = sample("tau", dist.Exponential(1)) * normals("z", d["J"])
        observe(dist.Poisson(exposure * jnp.exp(alpha + level[site] + beta * x)), y)
    return model


def zero_inflated(d):
    x, y = array(d, "x", "y")

    def model():
        alpha, beta, gamma, delta = (sample(n, dist.Normal(0, 2)) for n in ("alpha", "beta", "gamma", "delta"))
        observe(dist.ZeroInflatedPoisson(jax.nn.sigmoid(gamma + delta * x), rate=jnp.exp(alpha + beta * x)), y)
    return model


def ordered(name, size, scale):
    value = sample(name, dist.ImproperUniform(dist.constraints.ordered_vector, (), (size,)))
    numpyro.factor(name + "_prior", dist.Normal(0, scale).log_prob(value).sum())
    return value


def ordinal(d):
    x, y = array(d, "x", "y")

    def model():
        eta = x @ normals("beta", d["D"], 0, 2)
        observe(dist.OrderedLogistic(eta, ordered("c", d["K"] - 1, 3)), y - 1)
    return model


def softmax(d):
    x, y = array(d, "x", "y")

    def model():
        free = sample("beta", dist.Normal(0, 2).expand([d["D"], d["K"] - 1]).to_event(2))
        logits = x @ jnp.column_stack([free, jnp.zeros(d["D"])])
        observe(dist.CategoricalLogits(logits), y - 1)
    return model


def survival(d):
    time, failed, x = array(d, "time", "failed", "x")
    log_time = jnp.log(time)

    def model():
        shape, alpha = sample("shape", dist.Gamma(2, 1)), sample("alpha", dist.Normal(0, 3))
        eta = alpha + x @ normals("beta", d["D"])
        hazard = jnp.log(shape) + eta + (shape - 1) * log_time
        numpyro.factor("y", jnp.sum(failed * hazard - jnp.exp(eta + shape * log_time)))
    return model


def spline(d):
    B, y = array(d, "B", "y")

    def model():
        step, tau = normals("step", d["K"]), sample("tau", dist.HalfNormal(1))
        w = jnp.cumsum(jnp.concatenate([step[:1], step[1:] * tau]))
        observe(dist.Normal(B @ w, sample("sigma", dist.Exponential(1))), y)
    return model


def autoregression(d):
    y, P, T = array(d, "y"), d["P"], d["T"]
    lagged = jnp.column_stack([y[P - p:T - p] for p in range(1, P + 1)])

    def model():
        mu = sample("alpha", dist.Normal(0, 2)) + lagged @ normals("phi", P, 0, 0.5)
        observe(dist.Normal(mu, sample("sigma", dist.HalfNormal(2))), y[P:])
    return model


def arma(d):
    y = array(d, "y")

    def model():
        mu, sigma = sample("mu", dist.Normal(0, 10)), sample("sigma", dist.HalfCauchy(5))
        phi, theta = (sample(n, dist.Uniform(-1, 1)) for n in ("phi", "theta"))
        for p, n in ((phi, "phi"), (theta, "theta")):
            numpyro.factor(n + "_prior", dist.Normal(0, 2).log_prob(p))
        first = y[0] - (mu + phi * mu)

        def step(error, pair):
            error = pair[1] - (mu + phi * pair[0] + theta * error)
            return error, error
        _, errors = jax.lax.scan(step, first, (y[:-1], y[1:]))
        numpyro.factor("y", dist.Normal(0, sigma).log_prob(jnp.append(errors, first)).sum())
    return model


def garch(d):
    y = array(d, "y")

    def model():
        mu, alpha0 = sample("mu", dist.Normal(0, 2)), sample("alpha0", dist.HalfNormal(1))
        alpha1 = sample("alpha1", dist.Uniform(0, 1))
        share = sample("share", dist.Uniform(0, 1))
        beta1 = (1 - alpha1) * share
        numpyro.factor("beta1", jnp.log1p(-alpha1))

        def step(variance, e2):
            variance = alpha0 + alpha1 * e2 + beta1 * variance
            return variance, variance
        first = jnp.asarray(d["sigma1"])**2
        _, variances = jax.lax.scan(step, first, (y[:-1] - mu)**2)
        observe(dist.Normal(mu, jnp.sqrt(jnp.append(first, variances))), jnp.concatenate([y[:1], y[1:]]))
    return model


def kalman(d):
    y = array(d, "y")

    def model():
        sigma_y, sigma_level = sample("sigma_y", dist.HalfNormal(2)), sample("sigma_level", dist.HalfNormal(1))

        def step(state, value):
            m, C = state
            R = C + sigma_level**2
            Q = R + sigma_y**2
            e, gain = value - m, R / Q
            return (m + gain * e, R * (1 - gain)), jnp.log(Q) + e * e / Q
        _, terms = jax.lax.scan(step, (y[0], 10.0), y)
        numpyro.factor("y", -0.5 * terms.sum())
    return model


def volatility(d):
    y = array(d, "y")

    def model():
        mu, sigma = sample("mu", dist.Cauchy(0, 10)), sample("sigma", dist.HalfCauchy(5))
        phi = sample("phi", dist.Uniform(-1, 1))
        z = normals("z", d["T"]) * sigma

        def step(h, e):
            h = e + phi * h
            return h, h
        first = z[0] / jnp.sqrt(1 - phi * phi)
        _, h = jax.lax.scan(step, first, z[1:])
        observe(dist.Normal(0, jnp.exp((mu + jnp.append(first, h)) / 2)), jnp.append(y[:1], y[1:]))
    return model


def hmm(d):
    y, K = array(d, "y"), d["K"]

    def model():
        A = sample("A", dist.Dirichlet(2 * jnp.ones(K)).expand([K]).to_event(1))
        mu, sigma = ordered("mu", K, 5), sample("sigma", dist.HalfNormal(2))
        terms, log_A = dist.Normal(mu, sigma).log_prob(y[:, None]), jnp.log(A)

        def step(gamma, term):
            return logsumexp(gamma[:, None] + log_A, axis=0) + term, None
        gamma, _ = jax.lax.scan(step, terms[0] - np.log(K), terms[1:])
        numpyro.factor("y", logsumexp(gamma))
    return model


def mixture(d):
    y = array(d, "y")

    def model():
        weight, mu = sample("weight", dist.Beta(2, 2)), ordered("mu", 2, 3)
        sigma = sample("sigma", dist.HalfNormal(2).expand([2]).to_event(1))
        terms = dist.Normal(mu, sigma).log_prob(y[:, None]) + jnp.stack([jnp.log(weight), jnp.log1p(-weight)])
        numpyro.factor("y", logsumexp(terms, axis=1).sum())
    return model


def paired_games(d):
    home, away, won = array(d, "home", "away", "won")
    home, away = home - 1, away - 1

    def model():
        strength = sample("tau", dist.HalfNormal(1)) * normals("z", d["J"])
        advantage = sample("advantage", dist.Normal(0, 1))
        observe(dist.BernoulliLogits(advantage + strength[home] - strength[away]), won)
    return model


def correlated_effects(d):
    group, X, y, J, K = *array(d, "group", "X", "y"), d["J"], d["K"]
    group = group - 1

    def model():
        gamma = normals("gamma", K, 0, 2)
        tau = sample("tau", dist.HalfNormal(1).expand([K]).to_event(1))
        L = sample("L", dist.LKJCholesky(K, 2.0))
        z = sample("z", dist.Normal(0, 1).expand([K, J]).to_event(2))
        beta = gamma + ((tau[:, None] * L) @ z).T
        observe(dist.Normal((X * beta[group]).sum(1), sample("sigma", dist.HalfNormal(1))), y)
    return model


def gaussian_process(d):
    x, y, N = *array(d, "x", "y"), d["N"]
    squares = (x[:, None] - x[None, :])**2

    def model():
        rho, alpha = sample("rho", dist.InverseGamma(5, 5)), sample("alpha", dist.HalfNormal(1))
        K = alpha**2 * jnp.exp(-0.5 * squares / rho**2) + sample("sigma", dist.HalfNormal(1))**2 * jnp.eye(N)
        sample("y", dist.MultivariateNormal(jnp.zeros(N), scale_tril=jnp.linalg.cholesky(K)), obs=y)
    return model
