# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of `models/`: data with fixed seeds, number of coordinates, twins for other peers."""
import dataclasses, json, os, zlib
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclasses.dataclass
class Program:
    name: str
    path: str  # of the program
    data: str  # of the JSON file
    points: str  # of two points, as JSON; with .txt added: the size, then the numbers
    parameters: int  # unconstrained coordinates
    twin: str | None  # the function in peers/pymc_models.py and peers/jax_models.py
    key: tuple  # the same for programs with the same data and twin

    @property
    def has_simplex(self):
        """Stan 2.37 and later, stanli and Buffon have another transform of simplexes than Stan 2.35."""
        with open(self.path) as file:
            return "simplex[" in file.read()


def generator(name):
    return np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))


def inv_logit(x):
    return 1 / (1 + np.exp(-x))


# Each function below returns the data and the number of unconstrained coordinates.


def eight_schools(g):
    return dict(J=8, y=[28, 8, -3, 7, -1, 1, 18, 12], sigma=[15, 10, 16, 11, 9, 11, 10, 18]), 10


def hierarchical(g, J=1000):
    sigma = g.uniform(0.5, 2, J)
    return dict(J=J, sigma=sigma, y=g.normal(2 + g.standard_normal(J), sigma)), J + 2


def regression(g, N=10_000):
    x = g.standard_normal(N)
    return dict(N=N, x=x, y=1.5 - 0.7 * x + 0.8 * g.standard_normal(N)), 3


def million(g):
    return regression(g, 1_000_000)


def logistic(g, N=10_000, K=25):
    X = g.standard_normal((N, K))
    return dict(N=N, K=K, X=X, y=g.random(N) < inv_logit(0.3 + X @ g.normal(0, 0.5, K))), K + 1


def radon(g, N=919, J=85):
    county = np.concatenate([np.arange(J), g.integers(0, J, N - J)])
    x = g.random(N) < 0.17
    level, slope = 1.4 + 0.3 * g.standard_normal(J), -0.7 + 0.3 * g.standard_normal(J)
    return dict(N=N, J=J, county=county + 1, x=x.astype(float), y=g.normal(level[county] + slope[county] * x, 0.7)), 2 * J + 5


def logistic_groups(g, N=5000, J=200, K=12):
    school, year, x = g.integers(0, J, N), g.integers(0, K, N), g.standard_normal(N)
    eta = -0.5 + 0.8 * g.standard_normal(J)[school] + 0.3 * g.standard_normal(K)[year] + 0.7 * x
    return dict(N=N, J=J, K=K, school=school + 1, year=year + 1, x=x, y=g.random(N) < inv_logit(eta)), J + K + 4


def irt(g, I=400, J=25):
    person, item = (a.ravel() for a in np.meshgrid(np.arange(I), np.arange(J), indexing="ij"))
    theta, a, b = g.standard_normal(I), np.exp(g.normal(0, 0.4, J)), g.standard_normal(J)
    y = g.random(I * J) < inv_logit(a[item] * (theta[person] - b[item]))
    return dict(I=I, J=J, N=I * J, person=person + 1, item=item + 1, y=y), I + 2 * J + 2


def poisson(g, N=3000, J=60):
    site, x, exposure = g.integers(0, J, N), g.standard_normal(N), g.uniform(0.5, 4, N)
    rate = exposure * np.exp(0.3 + 0.4 * g.standard_normal(J)[site] + 0.5 * x)
    return dict(N=N, J=J, site=site + 1, x=x, exposure=exposure, y=g.poisson(rate)), J + 3


def zero_inflated(g, N=2000):
    x = g.standard_normal(N)
    zero = g.random(N) < inv_logit(-0.8 + 0.5 * x)
    return dict(N=N, x=x, y=np.where(zero, 0, g.poisson(np.exp(0.8 + 0.3 * x)))), 4


def ordinal(g, N=2000, D=4, K=5):
    x = g.standard_normal((N, D))
    latent = x @ np.array([0.8, -0.5, 0.3, 0]) + g.logistic(size=N)
    return dict(N=N, D=D, K=K, x=x, y=1 + np.searchsorted([-2, -0.5, 0.6, 2], latent)), D + K - 1


def softmax(g, N=1000, D=5, K=4):
    x = g.standard_normal((N, D))
    utility = x @ g.normal(0, 1, (D, K)) + g.gumbel(size=(N, K))
    return dict(N=N, D=D, K=K, x=x, y=1 + utility.argmax(1)), D * (K - 1)


def survival(g, N=2000, D=3):
    x = g.standard_normal((N, D))
    time = np.exp((1 - x @ np.array([0.5, -0.3, 0.2])) / 1.4) * g.weibull(1.4, N)
    limit = g.uniform(0.5, 5, N)
    return dict(N=N, D=D, x=x, time=np.minimum(time, limit), failed=time <= limit), D + 2


def truncated(g, N=2000):
    x = g.standard_normal(3 * N)
    y = 1 + 0.5 * x + g.standard_normal(3 * N)
    kept = np.flatnonzero(y > 0)[:N]
    return dict(N=N, L=0, x=x[kept], y=y[kept]), 3


def spline(g, N=500, K=20):
    x = np.sort(g.uniform(0, 1, N))
    knots = np.concatenate([[0] * 3, np.linspace(0, 1, K - 2), [1] * 3])
    B = ((knots[:-1] <= x[:, None]) & (x[:, None] < knots[1:])).astype(float)
    for degree in range(1, 4):
        width = np.maximum(knots[degree:] - knots[:-degree], 1e-12)
        left = (x[:, None] - knots[:-degree - 1]) / width[:-1]
        right = (knots[degree + 1:] - x[:, None]) / width[1:]
        B = left * B[:, :-1] + right * B[:, 1:]
    return dict(N=N, K=K, B=B, y=np.sin(6 * x) + 0.3 * g.standard_normal(N)), K + 2


def autoregression(g, T=1000, P=5):
    phi, y = np.array([0.5, -0.2, 0.1, 0.1, 0.05]), np.zeros(T)
    for t in range(P, T):
        y[t] = 0.2 + phi @ y[t - P:t][::-1] + g.standard_normal()
    return dict(P=P, T=T, y=y), P + 2


def arma(g, T=500):
    e, y = g.standard_normal(T), np.zeros(T)
    for t in range(1, T):
        y[t] = 0.3 + 0.6 * y[t - 1] + e[t] + 0.4 * e[t - 1]
    return dict(T=T, y=y), 4


def garch(g, T=500):
    sigma, y = np.ones(T), np.zeros(T)
    for t in range(T):
        if t:
            sigma[t] = np.sqrt(0.1 + 0.2 * (y[t - 1] - 0.1)**2 + 0.6 * sigma[t - 1]**2)
        y[t] = g.normal(0.1, sigma[t])
    return dict(T=T, y=y, sigma1=0.7), 4


def level(g, T=500):
    return dict(T=T, y=np.cumsum(0.3 * g.standard_normal(T)) + g.standard_normal(T)), 2


def trend(g, T=300):
    slope = np.cumsum(0.05 * g.standard_normal(T))
    return dict(T=T, y=np.cumsum(slope + 0.3 * g.standard_normal(T)) + g.standard_normal(T)), 3


def volatility(g, T=500):
    h = np.zeros(T)
    for t in range(1, T):
        h[t] = 0.95 * h[t - 1] + 0.25 * g.standard_normal()
    return dict(T=T, y=np.exp((h - 1) / 2) * g.standard_normal(T)), T + 3


def hmm(g, T=500, K=3):
    state, y = 0, []
    for _ in range(T):
        y.append(g.normal([-2, 1, 4][state], 1))
        if g.random() > 0.85:
            state = g.integers(K)
    return dict(K=K, T=T, y=y), K * (K - 1) + K + 1


def lda(g, K=3, V=60, M=40, length=60):
    theta, phi = g.dirichlet([0.5] * K, M), g.dirichlet([0.2] * V, K)
    doc = np.repeat(np.arange(M), length)
    w = [g.choice(V, p=phi[g.choice(K, p=theta[d])]) for d in doc]
    return dict(K=K, V=V, M=M, N=M * length, w=np.array(w) + 1, doc=doc + 1, alpha=[1] * K, beta=[0.5] * V), M * (K - 1) + K * (V - 1)


def capture_recapture(g, T=8, I=300):
    y = np.zeros((I, T), int)
    for i in range(I):
        start = g.integers(T - 1)
        y[i, start] = 1
        for t in range(start + 1, T):
            if g.random() > 0.75:
                break
            y[i, t] = g.random() < 0.4
    return dict(T=T, I=I, y=y), 2 * T - 1


def change_point(g, T=112):
    return dict(T=T, D=g.poisson(np.where(np.arange(T) < 41, 3.0, 1.0))), 2


def mixture(g, N=1000):
    return dict(N=N, y=np.where(g.random(N) < 0.4, g.normal(-1, 0.7, N), g.normal(2, 1.1, N))), 5


def mixture_k(g, N=1000, K=4):
    return dict(N=N, K=K, y=g.normal(np.array([-4, -1, 2, 6])[g.integers(0, K, N)], 0.8)), 3 * K - 1


def paired_games(g, J=30, N=2000):
    home = g.integers(0, J, N)
    away = (home + g.integers(1, J, N)) % J
    strength = 0.7 * g.standard_normal(J)
    return dict(J=J, N=N, home=home + 1, away=away + 1, won=g.random(N) < inv_logit(0.3 + strength[home] - strength[away])), J + 2


def correlated_effects(g, N=1000, J=50, K=3):
    omega = np.array([[1, 0.5, -0.3], [0.5, 1, 0.2], [-0.3, 0.2, 1]])
    beta = np.array([0.5, -1, 2]) + g.multivariate_normal([0] * K, omega, J) * [1, 0.7, 0.5]
    group, X = g.integers(0, J, N), np.column_stack([np.ones(N), g.standard_normal((N, K - 1))])
    return dict(N=N, J=J, K=K, group=group + 1, X=X, y=g.normal((X * beta[group]).sum(1), 0.9)), 2 * K + K * (K - 1) // 2 + K * J + 1


def gaussian_process(g, N=100):
    x = np.sort(g.uniform(0, 10, N))
    return dict(N=N, x=x, y=np.sin(x) + 0.3 * g.standard_normal(N)), 3


def lotka_volterra(g, N=20):
    z, states = np.array([33.0, 6.0]), []
    change = lambda z: np.array([(0.55 - 0.028 * z[1]) * z[0], (-0.8 + 0.024 * z[0]) * z[1]])
    for step in range(N * 1000):
        middle = z + 0.0005 * change(z)
        z = z + 0.001 * change(middle)
        if step % 1000 == 999:
            states.append(z)
    return dict(N=N, times=list(range(1, N + 1)), y=np.array(states) * np.exp(0.2 * g.standard_normal((N, 2)))), 8


# name → its data, and the twins' name in peers/pymc_models.py and peers/jax_models.py
ALL = {
    "eight_schools": (eight_schools, "eight_schools"),
    "hierarchical": (hierarchical, "eight_schools"),
    "regression_loop": (regression, "regression"),
    "regression_vector": (regression, "regression"),
    "regression_glm": (regression, "regression"),
    "radon": (radon, "radon"),
    "radon_vector": (radon, "radon"),
    "logistic": (logistic, "logistic"),
    "logistic_glm": (logistic, "logistic"),
    "logistic_groups_loop": (logistic_groups, "logistic_groups"),
    "logistic_groups_vector": (logistic_groups, "logistic_groups"),
    "irt_loop": (irt, "irt"),
    "irt_vector": (irt, "irt"),
    "poisson_loop": (poisson, "poisson"),
    "poisson_vector": (poisson, "poisson"),
    "zero_inflated_loop": (zero_inflated, "zero_inflated"),
    "zero_inflated_vector": (zero_inflated, "zero_inflated"),
    "ordinal_loop": (ordinal, "ordinal"),
    "ordinal_vector": (ordinal, "ordinal"),
    "softmax_loop": (softmax, "softmax"),
    "softmax_glm": (softmax, "softmax"),
    "survival_loop": (survival, "survival"),
    "survival_vector": (survival, "survival"),
    "truncated_loop": (truncated, None),
    "truncated_vector": (truncated, None),
    "spline_loop": (spline, "spline"),
    "spline_vector": (spline, "spline"),
    "ar_loop": (autoregression, "autoregression"),
    "ar_vector": (autoregression, "autoregression"),
    "arma": (arma, "arma"),
    "garch": (garch, "garch"),
    "kalman": (level, "kalman"),
    "kalman_matrix": (trend, None),
    "volatility": (volatility, "volatility"),
    "hmm_loop": (hmm, "hmm"),
    "hmm_vector": (hmm, "hmm"),
    "lda": (lda, None),
    "capture_recapture": (capture_recapture, None),
    "change_point": (change_point, None),
    "mixture": (mixture, "mixture"),
    "mixture_k": (mixture_k, None),
    "paired_games": (paired_games, "paired_games"),
    "correlated_effects_loop": (correlated_effects, "correlated_effects"),
    "correlated_effects": (correlated_effects, "correlated_effects"),
    "gaussian_process_loop": (gaussian_process, "gaussian_process"),
    "gaussian_process": (gaussian_process, "gaussian_process"),
    "lotka_volterra": (lotka_volterra, None),
    "regression_loop_million": (million, "regression"),
    "regression_vector_million": (million, "regression"),
}

# A loop over observations, and the same density as array operations.
PAIRS = [
    ("regression_loop", "regression_vector"), ("radon", "radon_vector"), ("logistic_groups_loop", "logistic_groups_vector"),
    ("irt_loop", "irt_vector"), ("poisson_loop", "poisson_vector"), ("zero_inflated_loop", "zero_inflated_vector"),
    ("ordinal_loop", "ordinal_vector"), ("softmax_loop", "softmax_glm"), ("survival_loop", "survival_vector"),
    ("truncated_loop", "truncated_vector"), ("spline_loop", "spline_vector"), ("ar_loop", "ar_vector"),
    ("hmm_loop", "hmm_vector"), ("correlated_effects_loop", "correlated_effects"),
    ("gaussian_process_loop", "gaussian_process"), ("regression_loop_million", "regression_vector_million"),
]


def path(name):
    return f"{HERE}/models/{name.removesuffix('_million')}.stan"


def plain(value):
    """As JSON has it: no arrays of numpy, truth values as 0 and 1."""
    if isinstance(value, np.ndarray):
        return (value.astype(int) if value.dtype == bool else value).tolist()
    if isinstance(value, (list, tuple)):
        return [plain(x) for x in value]
    return value.item() if isinstance(value, np.generic) else value


def make(name, folder):
    """Writes the data and two points to a folder."""
    function, twin = ALL[name]
    # The data have the seed of their function, so that a loop and its twin have the same.
    data, size = function(generator(function.__name__))
    program = Program(name, path(name), f"{folder}/{name}.json", f"{folder}/{name}.points.json", size,
                      twin, (function.__name__, twin))
    with open(program.data, "w") as file:
        json.dump({key: plain(value) for key, value in data.items()}, file)
    points = generator("points").uniform(-0.5, 0.5, (2, size)).tolist()
    with open(program.points, "w") as file:
        json.dump(points, file)
    with open(program.points + ".txt", "w") as file:
        print(size, *(repr(x) for point in points for x in point), sep="\n", file=file)
    return program
