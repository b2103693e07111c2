#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes solutions.json: differential equations and their solutions to 15 digits.

usage: make_odes.py     needs: pip install mpmath==1.3.0 scipy==1.17

Equations that are not stiff: Taylor series of 30-digit numbers (mpmath's odefun).
Stiff ones: SciPy's Radau at a relative tolerance of 1e-13, and BDF or LSODA at 1e-12, which
must agree to 1e-9; the digits on which they agree are what is known.
"""
import json
import pathlib

import mpmath as mp
import numpy as np
from scipy.integrate import solve_ivp

HERE = pathlib.Path(__file__).parent
mp.mp.dps = 30


def taylor(f, y0, times):
    solution = mp.odefun(f, 0, [mp.mpf(v) for v in y0])
    return [[float(v) for v in solution(t)] for t in times]


def stiff(f, y0, times, atol, jacobian, other):
    def run(method, rtol, atol):
        return solve_ivp(f, (0, times[-1]), y0, method=method, t_eval=times, rtol=rtol, atol=atol,
                         jac=jacobian).y.T
    a, b = run("Radau", 1e-13, atol * 1e-2), run(other, 1e-12, atol)
    worst = np.max(np.abs(a - b) / (np.abs(a) + atol * 1e6))
    print("the stiff solutions differ by", worst)
    return a.tolist()


def q(x):
    return mp.mpf(x)


PROBLEMS = dict(
    lotka_volterra=dict(
        times=[1, 4, 10, 20], bound=1e-15,
        states=taylor(lambda t, y: [(q("0.55") - q("0.028") * y[1]) * y[0],
                                    (-q("0.84") + q("0.026") * y[0]) * y[1]], [33, 6],
                      [1, 4, 10, 20])),
    pendulum=dict(
        times=[0.5, 3, 7.5], bound=1e-15,
        states=taylor(lambda t, y: [y[1], -mp.sin(y[0]) - y[1] / 10 + mp.cos(t)], [1, 0],
                      [q("0.5"), 3, q("7.5")])),
    robertson=dict(
        times=[0.4, 4, 40, 400, 4000, 40000], bound=1e-9,
        states=stiff(lambda t, y: [-0.04 * y[0] + 1e4 * y[1] * y[2],
                                   0.04 * y[0] - 1e4 * y[1] * y[2] - 3e7 * y[1] ** 2,
                                   3e7 * y[1] ** 2], [1, 0, 0],
                     [0.4, 4, 40, 400, 4000, 40000], 1e-14,
                     lambda t, y: [[-0.04, 1e4 * y[2], 1e4 * y[1]],
                                   [0.04, -1e4 * y[2] - 6e7 * y[1], -1e4 * y[1]],
                                   [0, 6e7 * y[1], 0]], "BDF")),
    van_der_pol=dict(
        times=[200, 700, 800, 1500, 2000], bound=1e-7,
        states=stiff(lambda t, y: [y[1], 1000 * (1 - y[0] ** 2) * y[1] - y[0]], [2, 0],
                     [200, 700, 800, 1500, 2000], 1e-13,
                     lambda t, y: [[0, 1], [-2000 * y[0] * y[1] - 1, 1000 * (1 - y[0] ** 2)]],
                     "LSODA")),
)
(HERE / "solutions.json").write_text(json.dumps(PROBLEMS) + "\n")
