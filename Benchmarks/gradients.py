#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Microseconds a gradient: Buffon and stanli in turn, on one processor.

usage: gradients.py BUFFON [--rounds 7] [--seconds 0.5] [--model NAME …]

BUFFON is the built command. stanli comes from `pip install stanli`; its gradient
is called from a loop in C, so that Python has no part in the time. Each round
runs both programs; the table has medians over rounds and the median of the
rounds' ratios (stanli's time over Buffon's: above 1, Buffon is faster).
Data are made here with fixed seeds.
"""
import argparse, ctypes, json, os, statistics, subprocess, sys, tempfile, time
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
LOOP = """
typedef int (*grad_t)(void *, const double *, double *, double *);
int run(grad_t f, void *m, const double *q, double *lp, double *g, long n) {
    for (long i = 0; i < n; i++) if (f(m, q, lp, g)) return 1;
    return 0;
}
"""


def data():
    g = np.random.Generator(np.random.PCG64(1))
    n, k, groups, t = 10_000, 25, 85, 500
    x = g.standard_normal(n)
    X = g.standard_normal((n, k))
    beta = g.normal(0, 0.5, k)
    county = np.concatenate([np.arange(groups), g.integers(0, groups, 919 - groups)])
    floor = (g.random(919) < 0.17).astype(float)
    radon = 1.4 + 0.3 * g.standard_normal(groups)[county] - 0.7 * floor + 0.7 * g.standard_normal(919)
    h = np.zeros(t)
    for i in range(1, t):
        h[i] = 0.95 * h[i - 1] + 0.25 * g.standard_normal()
    return {
        "eight_schools": dict(J=8, y=[28, 8, -3, 7, -1, 1, 18, 12], sigma=[15, 10, 16, 11, 9, 11, 10, 18]),
        "radon": dict(N=919, J=groups, county=(county + 1).tolist(), x=floor.tolist(), y=radon.tolist()),
        "regression_loop": dict(N=n, x=x.tolist(), y=(1.5 - 0.7 * x + 0.8 * g.standard_normal(n)).tolist()),
        "mixture": dict(N=1000, y=np.where(g.random(1000) < 0.4, g.normal(-1, 0.7, 1000), g.normal(2, 1.1, 1000)).tolist()),
        "logistic": dict(N=n, K=k, X=X.tolist(), y=(g.random(n) < 1 / (1 + np.exp(-0.3 - X @ beta))).astype(int).tolist()),
        "volatility": dict(T=t, y=(np.exp((h - 1) / 2) * g.standard_normal(t)).tolist()),
    }


def stanli_timer(stan, values):
    import stanli

    folder = tempfile.mkdtemp()
    with open(folder + "/loop.c", "w") as f:
        f.write(LOOP)
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", folder + "/loop.c", "-o", folder + "/loop.so"], check=True)
    loop = ctypes.CDLL(folder + "/loop.so")
    start = time.perf_counter()
    model = stanli.Model(stan, data=values)
    preparation = (time.perf_counter() - start) * 1e3
    q = np.full(model.n_unconstrained, 0.1)
    g = np.empty_like(q)
    lp = ctypes.c_double()
    f = ctypes.cast(stanli._lib.stanli_grad, ctypes.c_void_p)
    p = lambda a: a.ctypes.data_as(ctypes.c_void_p)

    def run(n):
        begin = time.perf_counter()
        if loop.run(f, ctypes.c_void_p(model._m), p(q), ctypes.byref(lp), p(g), ctypes.c_long(n)):
            raise RuntimeError("stanli failed at the point")
        return (time.perf_counter() - begin) * 1e6 / n

    run(1)
    return run, preparation, q


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("buffon")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--model", action="append")
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    folder = tempfile.mkdtemp()
    print("| model | parameters | Buffon µs | stanli µs | ratio | range | preparation ms, Buffon | stanli |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, values in data().items():
        if options.model and name not in options.model:
            continue
        stan = f"{HERE}/models/{name}.stan"
        run, stanli_preparation, q = stanli_timer(stan, values)
        with open(f"{folder}/{name}.json", "w") as f:
            json.dump(values, f)
        with open(f"{folder}/point.json", "w") as f:
            json.dump([q.tolist()], f)
        one = run(10)
        count = max(1, int(options.seconds * 1e6 / one))
        ours, theirs, preparation = [], [], []
        for _ in range(options.rounds):
            line = subprocess.run(
                [options.buffon, "log-density", stan, "--data", f"{folder}/{name}.json", "--unconstrained",
                 f"{folder}/point.json", "--benchmark", str(options.seconds)],
                check=True, capture_output=True, text=True).stdout
            result = json.loads(line)
            ours.append(result["microseconds_per_gradient"])
            preparation.append(result["preparation_milliseconds"])
            theirs.append(run(count))
        ratios = [t / o for t, o in zip(theirs, ours)]
        m = statistics.median
        print(f"| {name} | {len(q)} | {m(ours):.2f} | {m(theirs):.2f} | {m(ratios):.1f} | "
              f"{min(ratios):.1f}–{max(ratios):.1f} | {m(preparation):.1f} | {stanli_preparation:.0f} |", flush=True)


if __name__ == "__main__":
    main()
