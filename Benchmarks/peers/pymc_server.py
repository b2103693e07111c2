# SPDX-License-Identifier: GPL-3.0-or-later
"""A PyMC model, compiled by nutpie with numba. usage: pymc_server.py MODEL DATA.json LOOPS.so"""
import ctypes, json, sys, time
import numpy as np
import nutpie
import pymc_models, server

name, data, loops = sys.argv[1:]
loops = ctypes.CDLL(loops)
start = time.perf_counter()
with open(data) as file:
    values = json.load(file)
compiled = nutpie.compile_pymc_model(getattr(pymc_models, name)(values), backend="numba")
size = compiled.n_dim
point = np.random.Generator(np.random.PCG64(size)).uniform(-0.5, 0.5, size)
value, gradient = ctypes.c_double(), np.zeros(size)
function = ctypes.c_void_p(compiled.compiled_logp_func.address)


def run(count):
    if loops.nutpie_loop(function, ctypes.c_void_p(compiled.user_data.ctypes.data), ctypes.c_ulong(size),
                         point.ctypes.data_as(ctypes.c_void_p), ctypes.byref(value),
                         gradient.ctypes.data_as(ctypes.c_void_p), ctypes.c_long(count)):
        sys.exit("nutpie failed at the point")


run(1)
preparation = (time.perf_counter() - start) * 1e3
if not (np.isfinite(value.value) and np.isfinite(gradient).all()):
    sys.exit("nutpie's density is not finite at the point")
server.serve(run, preparation, [{"log_density": value.value, "gradient": gradient.tolist()}])
