# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes cases.json: constrained values and log Jacobians of Stan's transforms.

Written with stanli 0.24 (an independent implementation of Stan's programs):
    python make.py
Each program declares one constrained parameter and adds dot_product(w, x) to
the target; with w = 0 the log density is the log Jacobian, with w = e_i the
difference from it is the i-th entry of x (column-major).
"""
import json

import numpy as np
import stanli

CASES = [
    # name, declaration, shape of x, constraint arguments
    ("lower", "vector<lower=1.5>[3] x", [3], {"lower": [1.5]}),
    ("upper", "vector<upper=-0.5>[3] x", [3], {"upper": [-0.5]}),
    ("lowerUpper", "vector<lower=-1,upper=2.5>[3] x", [3], {"lower": [-1], "upper": [2.5]}),
    ("lowerUpper", "vector<lower=[-1,0,1]',upper=[0,3,1.5]'>[3] x", [3],
     {"lower": [-1, 0, 1], "upper": [0, 3, 1.5]}),
    ("lowerUpper", "vector<lower=[negative_infinity(),0,negative_infinity()]',"
     "upper=[1,positive_infinity(),positive_infinity()]'>[3] x", [3],
     {"lower": ["-Infinity", 0, "-Infinity"], "upper": [1, "Infinity", "Infinity"]}),
    ("offsetMultiplier", "vector<offset=2,multiplier=0.25>[3] x", [3],
     {"offset": [2], "multiplier": [0.25]}),
    ("offsetMultiplier", "vector<offset=[1,2,3]',multiplier=[0.5,2,4]'>[3] x", [3],
     {"offset": [1, 2, 3], "multiplier": [0.5, 2, 4]}),
    ("ordered", "ordered[4] x", [4], {}),
    ("positiveOrdered", "positive_ordered[4] x", [4], {}),
    ("simplex", "simplex[1] x", [1], {}),
    ("simplex", "simplex[2] x", [2], {}),
    ("simplex", "simplex[5] x", [5], {}),
    ("sumToZero", "sum_to_zero_vector[2] x", [2], {}),
    ("sumToZero", "sum_to_zero_vector[5] x", [5], {}),
    ("unitVector", "unit_vector[4] x", [4], {}),
    ("choleskyCorrelation", "cholesky_factor_corr[2] x", [2, 2], {}),
    ("choleskyCorrelation", "cholesky_factor_corr[4] x", [4, 4], {}),
    ("correlation", "corr_matrix[2] x", [2, 2], {}),
    ("correlation", "corr_matrix[4] x", [4, 4], {}),
    ("covariance", "cov_matrix[1] x", [1, 1], {}),
    ("covariance", "cov_matrix[3] x", [3, 3], {}),
    ("choleskyCovariance", "cholesky_factor_cov[3] x", [3, 3], {}),
    ("choleskyCovariance", "cholesky_factor_cov[4, 2] x", [4, 2], {}),
]

rng = np.random.default_rng(20240611)
out = []
for name, declaration, shape, arguments in CASES:
    count = int(np.prod(shape))
    flat = "to_vector(x)" if len(shape) == 2 else "x"
    program = (
        "data { vector[%d] w; } parameters { %s; } model { target += dot_product(w, %s); }"
        % (count, declaration, flat)
    )

    def model(w):
        return stanli.Model(stan_code=program, data={"w": [float(v) for v in w]})

    zero = model(np.zeros(count))
    units = [model(row) for row in np.eye(count)]
    weights = np.round(rng.normal(size=count), 3)
    weighted = model(weights)
    free = zero.n_unconstrained
    # Stan's 1 - tanh(y)^2 loses digits for large y, so correlations stay nearer.
    for scale in (0.0, 0.7, 1.2 if "orrelation" in name else 3.0):
        y = np.round(scale * rng.normal(size=free), 4)
        if name == "unitVector" and scale == 0.0:
            y = np.ones(free)
        jacobian = float(zero.log_prob_grad(y)[0])
        x = [float(u.log_prob_grad(y)[0]) - jacobian for u in units]
        value, gradient = weighted.log_prob_grad(y)
        out.append({
            "constraint": name, "shape": shape, "arguments": arguments,
            "free": y.tolist(), "value": x, "logJacobian": jacobian,
            "weights": weights.tolist(), "weightedLogDensity": float(value),
            "weightedGradient": np.asarray(gradient).tolist(),
        })
with open("cases.json", "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(c) for c in out) + "\n]\n")
