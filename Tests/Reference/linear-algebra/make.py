#!/usr/bin/env python3
"""Decompositions in 40-digit arithmetic (mpmath 1.3): decompositions.csv.

Columns: name, rows, columns, elements (column after column), quantity, values.
"""
import mpmath as mp

mp.mp.dps = 40
state = 20261124


def uniform():
    """A linear congruential generator: the same matrices everywhere."""
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 11) / 2**53


def random(rows, columns):
    return mp.matrix([[mp.mpf(uniform() * 4 - 2) for _ in range(columns)] for _ in range(rows)])


def rounded(a):
    """To doubles, as the test reads them."""
    return mp.matrix([[mp.mpf(float(a[i, j])) for j in range(a.cols)] for i in range(a.rows)])


def hilbert(n):
    return mp.matrix([[mp.mpf(1.0 / (i + j + 1)) for j in range(n)] for i in range(n)])


cases = {f"random{n}": random(n, n) for n in (1, 2, 3, 5, 8, 20)}
cases |= {f"hilbert{n}": hilbert(n) for n in (3, 5, 8)}
cases |= {"tall": random(7, 3), "wide": random(3, 7)}
for n in (2, 4, 10):
    a = random(n, n)
    cases[f"symmetric{n}"] = rounded((a + a.T) * mp.mpf(0.5))
    b = random(n, n + 2)
    cases[f"definite{n}"] = rounded(b * b.T)
cases["rotation"] = mp.matrix([[0, -1], [1, 0]])
cases["defective"] = mp.matrix([[2, 1], [0, 2]])


def line(name, a, quantity, values):
    elements = " ".join(repr(float(a[i, j])) for j in range(a.cols) for i in range(a.rows))
    text = " ".join(mp.nstr(v, 20) for v in values)
    return f"{name},{a.rows},{a.cols},{elements},{quantity},{text}\n"


with open("decompositions.csv", "w") as out:
    out.write("name,rows,columns,elements,quantity,values\n")
    for name, a in cases.items():
        out.write(line(name, a, "singularValues", sorted(mp.svd_r(a, compute_uv=False), reverse=True)))
        right = mp.matrix([mp.mpf(i + 1) for i in range(a.rows)])
        if a.rows >= a.cols:
            out.write(line(name, a, "leastSquares", mp.lu_solve(a, right)))
        if a.rows == a.cols:
            out.write(line(name, a, "determinant", [mp.det(a)]))
            values = mp.eig(a, left=False, right=False) if a.rows > 1 else [a[0, 0]]
            values = sorted(values, key=lambda v: (round(mp.re(v), 12), mp.im(v)))
            out.write(line(name, a, "eigenvaluesReal", [mp.re(v) for v in values]))
            out.write(line(name, a, "eigenvaluesImaginary", [mp.im(v) for v in values]))
        if name.startswith("definite"):
            l = mp.cholesky(a)
            out.write(line(name, a, "cholesky", [l[i, j] for j in range(a.rows) for i in range(a.rows)]))
