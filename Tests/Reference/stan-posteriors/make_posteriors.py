#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes posteriors.json: posterior means, standard deviations and Monte Carlo
errors of programs in ../stan, from long runs of an independent sampler (stanli
0.24: 4 chains of 20,000 draws after 2,000 of warm-up, target acceptance 0.95).

usage: make_posteriors.py [PROGRAM...]     needs: pip install stanli==0.24
"""
import json
import pathlib
import sys

import stanli

HERE = pathlib.Path(__file__).parent
PROGRAMS = ["eight_schools_noncentred", "radon_noncentred", "mixture_two", "correlated_effects",
            "ordered_logit"]

TABLE = HERE / "posteriors.json"
out = json.loads(TABLE.read_text()) if TABLE.exists() else {}
for name in sys.argv[1:] or PROGRAMS:
    data = json.loads((HERE / ".." / "stan" / f"{name}.json").read_text())["data"]
    model = stanli.Model(stan_file=str(HERE / ".." / "stan" / f"{name}.stan"), data=data)
    fit = model.sample(chains=4, seed=20261124, warmup=2000, samples=20000, delta=0.95, refresh=0)
    s = fit.summary()
    rows = {}
    for i, n in enumerate(s.names):
        if n.endswith("__"):
            continue
        if s.sd[i] > 1e-12 and not s.r_hat[i] <= 1.003:
            print(name, n, "has not converged: R-hat", s.r_hat[i])
        mcse = float(s.mcse_mean[i]) if s.sd[i] > 1e-12 else 0.0
        rows[n.replace("[", ".").replace(",", ".").replace("]", "")] = dict(
            mean=float(s.mean[i]), sd=float(s.sd[i]), mcse=mcse)
    out[name] = rows
TABLE.write_text(json.dumps(out, indent=1) + "\n")
