# SPDX-License-Identifier: GPL-3.0-or-later
"""NumPy's PCG64 or, with the argument `scipy`, the rvs of scipy.stats: see main.swift."""
import sys
import time

import numpy

g = numpy.random.Generator(numpy.random.PCG64(1))
draws = {
    "uniform": lambda n: g.random(n),
    "normal": lambda n: g.standard_normal(n),
    "exponential": lambda n: g.standard_exponential(n),
    "gamma": lambda n: g.standard_gamma(2.5, n),
    "beta": lambda n: g.beta(2, 3, n),
    "poisson": lambda n: g.poisson(10, n),
    "binomial": lambda n: g.binomial(100, 0.3, n),
    "t": lambda n: g.standard_t(5, n),
}
if sys.argv[1:] == ["scipy"]:
    from scipy import stats

    frozen = {
        "uniform": stats.uniform(), "normal": stats.norm(), "exponential": stats.expon(),
        "gamma": stats.gamma(2.5), "beta": stats.beta(2, 3), "poisson": stats.poisson(10),
        "binomial": stats.binom(100, 0.3), "t": stats.t(5),
    }
    draws = {name: lambda n, d=d: d.rvs(n, random_state=g) for name, d in frozen.items()}

for line in sys.stdin:
    name, count = line.split()
    draw, count = draws[name], int(count)
    repeats, batches = max(1, 10_000 // count), 0
    start = end = time.thread_time()
    while end - start < 0.1:
        for _ in range(repeats):
            draw(count)
        batches += 1
        end = time.thread_time()
    print((end - start) * 1e9 / (count * repeats * batches), flush=True)
