# SPDX-License-Identifier: GPL-3.0-or-later
# Writes kolmogorov.csv: P(D_n >= d) of Kolmogorov's two-sided statistic by the
# matrix formula of Durbin (1973) in 120-digit arithmetic. Python 3.11, mpmath 1.3:
#     python3 kolmogorov.py
import mpmath as mp

mp.mp.dps = 120


def upper(n, d):
    k = int(mp.floor(n * d)) + 1
    m = 2 * k - 1
    h = k - n * d
    H = mp.matrix(m, m)
    for i in range(m):
        for j in range(m):
            H[i, j] = 1 if i - j + 1 >= 0 else 0
    for i in range(m):
        H[i, 0] -= h ** (i + 1)
        H[m - 1, i] -= h ** (m - i)
    if 2 * h - 1 > 0:
        H[m - 1, 0] += (2 * h - 1) ** m
    for i in range(m):
        for j in range(m):
            if i - j + 1 > 0:
                H[i, j] /= mp.factorial(i - j + 1)
    power = H ** n
    return 1 - power[k - 1, k - 1] * mp.factorial(n) / mp.mpf(n) ** n


with open("kolmogorov.csv", "w") as out:
    out.write("n,d,upper\n")
    for n in [1, 2, 3, 7, 10, 25, 60, 140]:
        for root in [0.45, 0.6, 0.8, 1.0, 1.3, 1.6, 1.9, 1.99, 2.01, 2.2, 2.6, 3.5]:
            d = root / n**0.5
            if 0.5 / n < d < 1:
                out.write(f"{n},{d!r},{mp.nstr(upper(n, mp.mpf(d)), 25)}\n")
