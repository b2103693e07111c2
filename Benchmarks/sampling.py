#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nanoseconds a draw: Buffon, NumPy, GSL and R in turn, and SciPy for small samples."""
import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent / "Sampling"
NAMES = ["uniform", "normal", "exponential", "gamma", "beta", "poisson", "binomial", "t"]
TITLES = {"gamma": "gamma(2.5)", "beta": "beta(2, 3)", "poisson": "Poisson(10)",
          "binomial": "binomial(100, 0.3)", "t": "Student's t(5)"}


class Server:
    def __init__(self, *command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, name, count):
        self.process.stdin.write(f"{name} {count}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def ratios(rounds, peer):
    return [r["Buffon"] / r[peer] for r in rounds]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sampling", help="the program built in Sampling")
    parser.add_argument("--python", default=sys.executable, help="one with numpy and scipy")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--count", type=int, default=10_000, help="draws in a bulk sample")
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory()
    gsl = Path(folder.name) / "gsl"
    subprocess.run(["cc", "-O2", HERE / "gsl.c", "-o", gsl, "-lgsl", "-lopenblas", "-lm"], check=True)
    servers = {
        "Buffon": Server(options.sampling),
        "NumPy": Server(options.python, HERE / "numpy_server.py"),
        "GSL": Server(gsl),
        "R": Server("Rscript", HERE / "server.R"),
    }
    print("| | Buffon | NumPy | GSL | R | Buffon ÷ best peer | range |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    medians = []
    for name in NAMES:
        rounds = [
            {peer: server.ask(name, options.count) for peer, server in servers.items()}
            for _ in range(options.rounds)
        ]
        best = [r["Buffon"] / min(r[p] for p in r if p != "Buffon") for r in rounds]
        medians.append(statistics.median(best))
        cells = [f"{statistics.median(r[p] for r in rounds):.2f}" for p in servers]
        print(f"| {TITLES.get(name, name)} | {' | '.join(cells)} | {medians[-1]:.2f} "
              f"| {min(best):.2f}–{max(best):.2f} |", flush=True)
    print(f"\nMedian of the ratios {statistics.median(medians):.2f}, largest {max(medians):.2f}.\n")

    scipy = Server(options.python, HERE / "numpy_server.py", "scipy")
    print("| | draws | Buffon, ns a sample | SciPy | SciPy ÷ Buffon |")
    print("|---|--:|--:|--:|--:|")
    for name in NAMES:
        for count in (1, 10, 100):
            pairs = [(servers["Buffon"].ask(name, count), scipy.ask(name, count))
                     for _ in range(max(3, options.rounds // 3))]
            ours, theirs = (statistics.median(p[i] * count for p in pairs) for i in (0, 1))
            factor = statistics.median(p[1] / p[0] for p in pairs)
            print(f"| {TITLES.get(name, name)} | {count} | {ours:.0f} | {theirs:.0f} "
                  f"| {factor:.0f} |", flush=True)


main()
