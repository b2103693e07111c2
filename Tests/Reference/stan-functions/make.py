#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes points.json: for every case of cases.py its points, and at each the value and
the gradient, by mpmath (exact.py) where it has the function, else by Stan Math as
httpstan's wheel carries it (oracle.py).

usage: make.py VENV FOLDER     VENV: an environment with httpstan; FOLDER: for what is
compiled. Needs mpmath, numpy, a C++ compiler, and some minutes.
"""
import json
import math
import pathlib
import sys

import cases
import exact
import oracle

HERE = pathlib.Path(__file__).parent
GROUP = 70


def number(x):
    return x if math.isfinite(x) else str(x)


def judged(case, point, stan):
    """Value, gradient and where they come from; None for no point of the domain."""
    try:
        answer = exact.exact(case["body"], point)
    except (ArithmeticError, TypeError, ValueError, exact.mp.libmp.NoConvergence):
        answer = None
    if answer and math.isfinite(answer[0]) and all(map(math.isfinite, answer[1])):
        if abs(answer[0]) < 1e-280 and answer[0] == 0:
            return None  # underflow: nothing to compare
        return (*answer, "mpmath")
    if stan is None or math.isnan(stan[0]) or any(map(math.isnan, stan[1])):
        return None
    return (stan[0], stan[1], "Stan Math")


def main():
    venv, folder = sys.argv[1:]
    compiled = oracle.Oracle(venv, folder)
    answers = []
    for start in range(0, len(cases.ALL), GROUP):
        answers += compiled.answers(cases.ALL[start:start + GROUP])
        print(f"{len(answers)} of {len(cases.ALL)} cases", flush=True)
    out, left, far = [], 0, {}
    answers += [[None] * len(c["points"]) for c in cases.NEW]
    for case, stan in zip(cases.ALL + cases.NEW, answers):
        points = []
        for point, answer in zip(case["points"], stan):
            found = judged(case, point, answer)
            if found is None:
                left += 1
                continue
            value, gradient, source = found
            if source == "mpmath" and answer and math.isfinite(answer[0]):
                error = abs(answer[0] - value) / max(abs(value), 1e-300)
                far[case["signature"]] = max(far.get(case["signature"], 0), error)
            # Derivatives are compared to 1e-9.
            row = [[number(x) for x in point], number(value),
                   [number(float(f"{x:.13g}")) for x in gradient]]
            points.append(row if source == "mpmath" else row + [source])
        if not points:
            print(f"no points: {case['signature']}")
            continue
        out.append(dict(signature=case["signature"], body=case["body"], count=case["count"],
                        points=points))
    text = ",\n".join(json.dumps(c, separators=(",", ":")) for c in out)
    (HERE / "points.json").write_text('{"cases":[\n' + text + "\n]}\n")
    print(f"{left} points left out")
    for signature, error in sorted(far.items(), key=lambda x: -x[1])[:30]:
        print(f"Stan Math and mpmath differ by {error:.0e}: {signature}")


if __name__ == "__main__":
    main()
