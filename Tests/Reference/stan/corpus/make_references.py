#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes references.json: for every STYLE/PROGRAM.stan its data, unconstrained points, and the
log density (Jacobian included, constants dropped as `~` does) with its gradient at each,
computed by stanli 0.24 (the Stan compiler's front end and the Stan Math library).

The head of a program says its data in Python: lines `// data: N = 20; x = normal(N)`, with the
functions below; a program has a random seed of its own. `// bound: 1e-8` loosens the test where
errors of many steps add up; `// peer: stan N` asks Stan itself, as httpstan carries it (the
environment variable STAN_PEER names where that is installed), for functions that stanli
lacks; N is the number of unconstrained coordinates.
A program NAME_old.stan is in old syntax, which no compiler of today
reads: its references are those of its twin NAME.stan, and it has no line of data.

usage: make_references.py [STYLE/PROGRAM...]     needs: pip install stanli==0.24
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zlib

import numpy as np
import stanli

HERE = pathlib.Path(__file__).parent
POINTS = 3


def functions(g):
    """What the lines of data may call."""
    def rounded(a, digits=3):
        return np.round(a, digits).tolist()
    def normal(*shape):
        return rounded(g.normal(size=shape))
    def uniform(low, high, *shape):
        return rounded(g.uniform(low, high, size=shape or None))
    def positive(*shape):
        return rounded(np.exp(0.5 * g.normal(size=shape)) + 0.05)
    def ints(low, high, *shape):
        return g.integers(low, high + 1, size=shape or None).tolist()
    def binary(*shape):
        return ints(0, 1, *shape)
    def counts(rate, *shape):
        return g.poisson(rate, size=shape).tolist()
    def walk(n):
        return rounded(np.cumsum(0.5 * g.normal(size=n)))
    def ordered(low, high, n):
        return rounded(np.sort(g.uniform(low, high, n)))
    def simplex(k):
        p = rounded(g.dirichlet(np.ones(k) * 3))
        p[-1] = float(1 - sum(p[:-1]))
        return p
    def design(n, k):
        return rounded(np.c_[np.ones(n), g.normal(size=(n, k - 1))])
    def spd(k):
        a = g.normal(size=(k, k))
        return rounded(a @ a.T / k + np.eye(k))
    def permutation(n):
        return (1 + g.permutation(n)).tolist()
    names = locals()
    return {k: v for k, v in names.items() if callable(v)} | {"np": np, "range": range, "len": len, "list": list, "zip": zip}


def header(text, key):
    lines = [line[len(key) + 4:] for line in text.splitlines() if line.startswith(f"// {key}:")]
    return "\n".join(lines)


def make_data(name, text):
    g = np.random.Generator(np.random.PCG64(zlib.crc32(name.encode())))
    scope = functions(g)
    known = set(scope)
    for line in header(text, "data").splitlines():
        exec(line.strip(), scope)
    data = {k: v for k, v in scope.items() if k not in known and k[0] != "_"}
    return json.loads(json.dumps(data, default=lambda a: a.tolist()))


def interpreted(text, data):
    model = stanli.Model(stan_code=text, data=data)
    def evaluate(q):
        return model.log_prob_grad(q)
    evaluate.count = model.n_unconstrained
    return evaluate


def compiled(path, data):
    sys.path.append(str(HERE.parents[3] / "Benchmarks" / "peers"))
    import stan
    compiler = stan.Compiler(os.environ["STAN_PEER"], tempfile.gettempdir() + "/stan-compiled")
    program, _ = compiler.compile(str(path))
    def run(*numbers):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file, \
                tempfile.NamedTemporaryFile("w", suffix=".txt") as points:
            json.dump(data, file)
            points.write(" ".join(map(repr, numbers)))
            file.flush(), points.flush()
            return subprocess.run([program, file.name, points.name], input="", text=True,
                                  capture_output=True, check=True).stdout
    def evaluate(q):
        point = json.loads(run(len(q), *map(float, q)).splitlines()[0])["points"][0]
        return point["log_density"], np.array(point["gradient"])
    evaluate.count = int(header(path.read_text(), "peer").split()[1])
    return evaluate


def reference(path):
    name = path.stem
    text = path.read_text()
    data = make_data(name, text)
    evaluate = compiled(path, data) if header(text, "peer") else interpreted(text, data)
    g = np.random.Generator(np.random.PCG64(zlib.crc32(b"points" + name.encode())))
    points = []
    while len(points) < POINTS:
        scale = 0.5 if not points else 1
        q = np.round(g.uniform(-scale, scale, evaluate.count), 3)
        value, gradient = evaluate(q)
        assert np.isfinite(value) and np.isfinite(gradient).all(), (value, gradient)
        points.append(dict(position=q.tolist(), log_density=value,
                           gradient=np.asarray(gradient).tolist()))
    result = dict(data=data, points=points)
    if header(text, "bound"):
        result["bound"] = float(header(text, "bound"))
    return result


def main():
    table = HERE / "references.json"
    known = json.loads(table.read_text()) if table.exists() else {}
    names = sys.argv[1:]
    paths = sorted(p for p in HERE.glob("*/*.stan") if not p.stem.endswith("_old"))
    result = {}
    failed = 0
    for path in paths:
        name = f"{path.parent.name}/{path.stem}"
        if names and name not in names:
            if name in known:
                result[name] = known[name]
            continue
        try:
            result[name] = reference(path)
        except Exception as error:
            failed += 1
            print(f"{name}: {str(error)[:600]}", file=sys.stderr)
    with open(table, "w") as file:
        file.write("{\n")
        file.write(",\n".join(f"{json.dumps(k)}: {json.dumps(v, separators=(',', ':'))}"
                              for k, v in sorted(result.items())))
        file.write("\n}\n")
    print(f"{len(result)} programs, {failed} failed")


if __name__ == "__main__":
    main()
