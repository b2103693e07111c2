# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: stanli_server.py PROGRAM.stan DATA.json POINTS.txt LOOPS.so"""
import ctypes, json, sys, time
import numpy as np
import stanli
import server

program, data, points, loops = sys.argv[1:]
loops = ctypes.CDLL(loops)
points = [np.array(p) for p in server.read_points(points)]
start = time.perf_counter()
with open(data) as file:
    values = json.load(file)
model = stanli.Model(program, data=values)
if model.n_unconstrained != len(points[0]):
    sys.exit(f"the program has {model.n_unconstrained} coordinates, the point {len(points[0])}")
value, gradient = ctypes.c_double(), np.empty_like(points[0])
function = ctypes.cast(stanli._lib.stanli_grad, ctypes.c_void_p)


def run(count, point=points[0]):
    if loops.stanli_loop(function, ctypes.c_void_p(model._m), point.ctypes.data_as(ctypes.c_void_p),
                         ctypes.byref(value), gradient.ctypes.data_as(ctypes.c_void_p), ctypes.c_long(count)):
        sys.exit("stanli failed at the point")


run(1)
preparation = (time.perf_counter() - start) * 1e3
values = []
for point in points:
    run(1, point)
    values.append({"log_density": value.value, "gradient": gradient.tolist()})
server.serve(run, preparation, values)
