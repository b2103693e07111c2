# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes laplace.json: programs with the embedded Laplace approximation, and at points of
their unconstrained parameters the log density and its gradient, by mpmath 1.3 with 60
digits: Newton's method for the mode, derivatives by central differences of 1e-20.

The definition is log p(y | θ*) + log N(θ* | 0, K) − log N(θ* | θ*, Σ) with the mode θ*,
without any of the identities that the library uses, except where K is singular: there θ
is written as L z with z ~ N(0, I).
"""
import json
from pathlib import Path

from mpmath import mp, mpf, matrix, log, exp, lu_solve, pi, loggamma, diff, gammainc, gamma

mp.dps = 60
STEP = mpf("1e-14")


def log_det(a):
    l = mp.cholesky(a)
    return 2 * sum(log(l[i, i]) for i in range(a.rows))


def derivative(f, x, i, h):
    up, down = list(x), list(x)
    up[i] += h
    down[i] -= h
    return (f(up) - f(down)) / (2 * h)


def laplace(loglik, k):
    """The approximation for a log likelihood of a list and a covariance matrix."""
    n = k.rows
    inverse = k ** -1
    h = mpf("1e-15")

    def gradient(t):
        return matrix([derivative(loglik, t, i, h) for i in range(n)]) - inverse * matrix(t)

    def hessian(t):
        g = matrix(n, n)
        for i in range(n):
            for j in range(i + 1):
                g[i, j] = g[j, i] = derivative(
                    lambda s: derivative(loglik, s, i, h), t, j, h)
        return g - inverse

    t = [mpf(0)] * n

    def objective(t):
        v = matrix(t)
        return loglik(t) - (v.T * inverse * v)[0] / 2

    for _ in range(100):
        g = gradient(t)
        try:
            mp.cholesky(-hessian(t))
            step = lu_solve(-hessian(t), g)
        except ValueError:
            step = k * g
        length = mpf(1)
        while objective([a + length * b for a, b in zip(t, step)]) < objective(t) - mpf("1e-40"):
            length /= 2
        t = [a + length * b for a, b in zip(t, step)]
        if mp.norm(step) < mpf("1e-24"):
            break
    return objective(t) - log_det(k) / 2 - log_det(-hessian(t)) / 2


def exp_quad(x, alpha, rho, jitter):
    n = len(x)
    return matrix(n, n) + matrix([[
        alpha**2 * exp(-(mpf(a) - b)**2 / (2 * rho**2)) + (mpf(jitter) if i == j else 0)
        for j, b in enumerate(x)] for i, a in enumerate(x)])


def log1p_exp(x):
    return log(1 + exp(x))


def poisson(y, eta):
    return y * eta - exp(eta) - loggamma(y + 1)


def neg_binomial(y, eta, phi):
    mu = exp(eta)
    return (loggamma(y + phi) - loggamma(phi) - loggamma(y + 1) + phi * log(phi / (mu + phi))
            + y * log(mu / (mu + phi)))


def student_t(y, nu, mu, sigma):
    return (loggamma((nu + 1) / 2) - loggamma(nu / 2) - log(nu * pi) / 2 - log(sigma)
            - (nu + 1) / 2 * log(1 + ((y - mu) / sigma)**2 / nu))


def normal(y, mu, sigma):
    return -log(2 * pi) / 2 - log(sigma) - ((y - mu) / sigma)**2 / 2


GP = """functions {
  matrix prior(array[] real x, real alpha, real rho) {
    return add_diag(gp_exp_quad_cov(x, alpha, rho), 1e-3);
  }
"""
X = [0.0, 0.4, 1.1, 1.9, 3.0]
XS = "{0.0, 0.4, 1.1, 1.9, 3.0}"
CASES = []


def case(name, program, density, points):
    CASES.append((name, program, density, points))


def gp_points(*more):
    base = [[0.1, -0.3], [-0.8, 0.5], [1.2, 0.0]]
    return [p + [m[i] for m in more] for i, p in enumerate(base)]


# Counts in groups with offsets that are parameters.
Y, G = [0, 3, 1, 7, 2, 4, 0], [1, 2, 2, 3, 4, 5, 5]
case("poisson_log", GP + """}
parameters { real a; real r; real mu; }
model {
  target += laplace_marginal_poisson_log_lpmf({0, 3, 1, 7, 2, 4, 0} | {1, 2, 2, 3, 4, 5, 5},
    rep_vector(mu, 5), 1, prior, (%s, exp(a), exp(r)));
}""" % XS, lambda z: laplace(
    lambda t: sum(poisson(y, t[g - 1] + z[2]) for y, g in zip(Y, G)),
    exp_quad(X, exp(z[0]), exp(z[1]), "1e-3")), gp_points([0.3, 0, 1]))
case("bernoulli_logit", GP + """}
parameters { real a; real r; real mu; }
model {
  target += laplace_marginal_bernoulli_logit_lpmf({0, 1, 1, 1, 0, 1, 0} | {1, 2, 2, 3, 4, 5, 5},
    [mu, 0, 0.5 * mu, -1, mu^2]', 1, prior, (%s, exp(a), exp(r)));
}""" % XS, lambda z: laplace(
    lambda t: sum(y * (t[g - 1] + m) - log1p_exp(t[g - 1] + m) for y, g, m in (
        (y, g, [z[2], 0, z[2] / 2, -1, z[2]**2][g - 1]) for y, g in zip([0, 1, 1, 1, 0, 1, 0], G))),
    exp_quad(X, exp(z[0]), exp(z[1]), "1e-3")), gp_points([0.3, 0, 1]))
case("neg_binomial_2_log", GP + """}
parameters { real a; real r; real e; }
model {
  target += laplace_marginal_tol_neg_binomial_2_log_lpmf({0, 3, 1, 7, 2, 4, 0} |
    {1, 2, 2, 3, 4, 5, 5}, exp(e), rep_vector(0.25, 5), 1, prior, (%s, exp(a), exp(r)),
    (rep_vector(0.1, 5), 1e-9, 200, 2, 10, 1));
}""" % XS, lambda z: laplace(
    lambda t: sum(neg_binomial(y, t[g - 1] + mpf("0.25"), exp(z[2])) for y, g in zip(Y, G)),
    exp_quad(X, exp(z[0]), exp(z[1]), "1e-3")), gp_points([0.3, -1, 2]))

# Not concave: some curvatures are negative at the mode.
T = [0.3, -5, 1.5, 8, 0.1]
case("student_t", GP + """  real likelihood(vector theta, data vector y, real s, real nu) {
    return student_t_lpdf(y | nu, theta, s);
  }
}
parameters { real a; real r; real s; real v; }
model {
  target += laplace_marginal(likelihood, ([0.3, -5, 1.5, 8, 0.1]', exp(s), exp(v)), 1,
    prior, (%s, exp(a), exp(r)));
}""" % XS, lambda z: laplace(
    lambda t: sum(student_t(mpf(y), exp(z[3]), m, exp(z[2])) for y, m in zip(map(str, T), t)),
    exp_quad(X, exp(z[0]), exp(z[1]), "1e-3")), gp_points([-0.5, 0, 0.3], [1.2, 2, 0.5]))

# Blocks of two: location and log scale.
case("blocks", """functions {
  real likelihood(vector theta, vector y, real b) {
    real total = 0;
    for (i in 1:3) total += normal_lpdf(y[i] | theta[2 * i - 1], exp(b * theta[2 * i]));
    return total;
  }
  matrix prior(real s, real c) {
    return quad_form_diag(add_diag(rep_matrix(c, 6, 6), 1 - c), [s, 1, s, 1, s, 1]');
  }
}
parameters { real s; real c; real b; real d; }
model {
  target += laplace_marginal(likelihood, ([d, 1.5, -0.7]', b), 2, prior,
    (exp(s), inv_logit(c)));
}""", lambda z: laplace(
    lambda t: sum(normal(y, t[2 * i], exp(z[2] * t[2 * i + 1]))
                  for i, y in enumerate([z[3], mpf("1.5"), mpf("-0.7")])),
    (lambda s, c: matrix([[(1 if i == j else c) * s**((i + 1) % 2 + (j + 1) % 2)
                           for j in range(6)] for i in range(6)]))(
        exp(z[0]), 1 / (1 + exp(-z[1])))),
     [[0.2, -1, 0.5, 0.3], [-0.5, 0.2, 0.3, -2], [0.6, -2, 0.4, 1]])

# A dense Hessian, and derivatives of functions of vectors and matrices.
case("dense", """functions {
  real likelihood(vector theta, matrix x, array[] int y, real s) {
    matrix[3, 3] l = cholesky_decompose(add_diag(theta * theta', exp(s)));
    return poisson_log_lpmf(y | x * theta)
      + log_sum_exp(theta) + 0.1 * sum(log(diagonal(l)))
      - 0.2 * dot_self(mdivide_left_tri_low(l, theta)) - 0.05 * log_determinant(l * l')
      + 0.1 * prod(softmax(theta)) + log_mix(inv_logit(theta[1]), theta[2], -1);
  }
  matrix prior(vector d) { return diag_matrix(d); }
}
parameters { real s; vector[3] d; }
model {
  matrix[4, 3] x = [[1, 0.5, -1], [1, -0.2, 0.3], [0, 1, 1], [0.4, 0.4, -0.4]];
  target += laplace_marginal(likelihood, (x, {2, 1, 4, 0}, s), 3, prior, (exp(d), ));
}""", lambda z: laplace(dense(z[0]), matrix([[exp(z[1 + i]) if i == j else mpf(0) for j in range(3)]
                                             for i in range(3)])),
     [[0.5, 0, 0.2, -0.4], [1.5, -1, 0.5, 0.3]])


def dense(s):
    x = [["1", "0.5", "-1"], ["1", "-0.2", "0.3"], ["0", "1", "1"], ["0.4", "0.4", "-0.4"]]

    def value(t):
        a = matrix([[t[i] * t[j] + (exp(s) if i == j else 0) for j in range(3)]
                    for i in range(3)])
        l = mp.cholesky(a)
        v = matrix(t)
        quad = (v.T * lu_solve(a, v))[0]
        total = sum(poisson(y, sum(mpf(c) * u for c, u in zip(row, t)))
                    for y, row in zip([2, 1, 4, 0], x))
        weights = [exp(u) for u in t]
        whole = sum(weights)
        p = 1 / (1 + exp(-t[0]))
        return (total + log(whole) + mpf("0.1") * sum(log(l[i, i]) for i in range(3))
                - mpf("0.2") * quad - mpf("0.05") * log_det(a)
                + mpf("0.1") * weights[0] * weights[1] * weights[2] / whole**3
                + log(p * exp(t[1]) + (1 - p) * exp(-1)))

    return value


# One effect shared by all: K has rank 1, and θ = s z.
case("singular", """functions {
  matrix prior(real s) { return rep_matrix(square(s), 3, 3); }
}
parameters { real s; real mu; }
model {
  target += laplace_marginal_poisson_log_lpmf({5, 2, 3} | {1, 2, 3}, rep_vector(mu, 3), 1, prior,
    (exp(s), ));
}""", lambda z: laplace(
    lambda t: sum(poisson(y, exp(z[0]) * t[0] + z[1]) for y in [5, 2, 3]), matrix([[mpf(1)]])),
     [[0.3, 0.2], [-1, 1], [1.5, -0.5]])

# The gamma function, and a censored observation.
case("gamma", """functions {
  real likelihood(vector theta, real b) {
    return gamma_lpdf([1.5, 0.2]' | exp(theta[1:2]), b) + gamma_lccdf(2 | 1.5, exp(theta[3]));
  }
  matrix prior(real s, real c) {
    return add_diag(rep_matrix(c, 3, 3), s);
  }
}
parameters { real b; real s; real c; }
model {
  target += laplace_marginal(likelihood, (exp(b), ), 1, prior, (exp(s), exp(c)));
}""", lambda z: laplace(
    lambda t: sum(exp(u) * z[0] - loggamma(exp(u)) + (exp(u) - 1) * log(y) - exp(z[0]) * y
                  for u, y in zip(t, [mpf("1.5"), mpf("0.2")]))
    + log(gammainc(mpf("1.5"), 2 * exp(t[2])) / gamma(mpf("1.5"))),
    matrix([[exp(z[2]) + (exp(z[1]) if i == j else 0) for j in range(3)] for i in range(3)])),
     [[0.1, 0.2, -0.5], [0.8, -0.7, 0.4]])

# The data say far more than the prior.
case("strong", GP + """}
parameters { real a; real r; }
model {
  target += laplace_marginal_poisson_log_lpmf({10000, 3500, 810, 20000, 123} |
    {1, 2, 3, 4, 5}, rep_vector(2, 5), 1, prior, (%s, exp(a), exp(r)));
}""" % XS, lambda z: laplace(
    lambda t: sum(poisson(y, u + 2) for y, u in zip([10000, 3500, 810, 20000, 123], t)),
    exp_quad(X, exp(z[0]), exp(z[1]), "1e-3")), [[3.5, 0.3], [2, -1]])


def shown(x):
    return float(x)


result = []
for name, program, density, points in CASES:
    rows = []
    for point in points:
        z = [mpf(float(c)) for c in point]
        value = density(z)
        gradient = [derivative(density, z, i, STEP) for i in range(len(z))]
        rows.append(dict(point=[float(c) for c in point], value=shown(value),
                         gradient=[shown(g) for g in gradient]))
    print(name, rows[0], flush=True)
    result.append(dict(name=name, program=program, points=rows))
Path(__file__).with_name("laplace.json").write_text(json.dumps(result, indent=1) + "\n")
