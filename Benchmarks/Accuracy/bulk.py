# SPDX-License-Identifier: GPL-3.0-or-later
"""Nanoseconds an element of array functions of distributions, ours and SciPy's in turn.

Usage: python3 bulk.py PATH/buffon-bulk [rounds]
"""

import subprocess
import sys
import time

import numpy as np
from scipy import stats

COUNT = 1_000_000
DISTRIBUTIONS = {
    "normal": stats.norm(0.3, 1.7), "gamma": stats.gamma(2.5, scale=1 / 1.3),
    "beta": stats.beta(2.3, 3.4), "studentT": stats.t(5),
    "lognormal": stats.lognorm(0.7, scale=np.exp(0.2)), "exponential": stats.expon(scale=1 / 1.3),
    "logistic": stats.logistic(0.3, 1.7), "cauchy": stats.cauchy(0.3, 1.7),
}


def processor_time(function, argument):
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        function(argument)
        best = min(best, time.process_time() - start)
    return best * 1e9 / COUNT


def theirs():
    p = ((np.arange(COUNT) * 618033) % COUNT + 0.5) / COUNT
    found = {}
    for name, d in DISTRIBUTIONS.items():
        x = d.ppf(p)
        found[name, "logDensity"] = processor_time(d.logpdf, x)
        found[name, "cdf"] = processor_time(d.cdf, x)
        found[name, "quantile"] = processor_time(d.ppf, p)
    return found


def ours(path):
    lines = subprocess.run([path], capture_output=True, text=True, check=True).stdout.splitlines()
    return {tuple(line.split()[:2]): float(line.split()[2]) for line in lines}


rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
mine, scipy = {}, {}
for _ in range(rounds):
    for best, new in ((mine, ours(sys.argv[1])), (scipy, theirs())):
        for key, value in new.items():
            best[key] = min(best.get(key, value), value)
print("| distribution | log density | SciPy | times | CDF | SciPy | times | quantile | SciPy | times |")
print("|---|---|---|---|---|---|---|---|---|---|")
for name in DISTRIBUTIONS:
    cells = []
    for function in ("logDensity", "cdf", "quantile"):
        a, b = mine[name, function], scipy[name, function]
        cells += [f"{a:.2f}", f"{b:.0f}", f"{b / a:.1f}"]
    print(f"| {name} | " + " | ".join(cells) + " |")
