# SPDX-License-Identifier: GPL-3.0-or-later
"""A NumPyro model's potential energy, compiled by JAX in double precision. usage: jax_server.py MODEL DATA.json"""
import os, sys
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
import json, time
import jax, jax.numpy as jnp
import numpy as np
jax.config.update("jax_enable_x64", True)
from jax.flatten_util import ravel_pytree
from numpyro.infer.util import initialize_model, potential_energy
import jax_models, server

name, data = sys.argv[1:]
start = time.perf_counter()
with open(data) as file:
    values = json.load(file)
model = getattr(jax_models, name)(values)
initial = initialize_model(jax.random.PRNGKey(1), model).param_info.z
flat, unravel = ravel_pytree(initial)
point = jnp.asarray(np.random.Generator(np.random.PCG64(flat.size)).uniform(-0.5, 0.5, flat.size))
energy = jax.value_and_grad(lambda q: potential_energy(model, (), {}, unravel(q)))


@jax.jit
def loop(point, count):
    # A loop in compiled code, so that no call from Python is counted. Each point
    # depends on the gradient before, so that nothing can be moved out of the loop.
    def body(_, state):
        q, total, _ = state
        value, gradient = energy(q)
        return q - 1e-14 * gradient, total + value, gradient
    return jax.lax.fori_loop(0, count, body, (point, 0.0, point))


def run(count):
    return jax.block_until_ready(loop(point, count))


_, value, gradient = run(1)
preparation = (time.perf_counter() - start) * 1e3
if not (np.isfinite(value) and np.isfinite(gradient).all()):
    sys.exit("the density is not finite at the point")
server.serve(run, preparation, [{"log_density": -float(value), "gradient": (-gradient).tolist()}])
