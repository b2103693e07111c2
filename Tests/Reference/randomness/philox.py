# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes philox.csv: numbers of numpy's Philox (numpy 2.4) for some keys."""
from pathlib import Path
from numpy.random import Philox, Generator

rows = ["seed,stream,index,raw"]
for seed, stream in [(0, 0), (1, 0), (1777, 3), (2**64 - 1, 2**63 + 5)]:
    for index, raw in enumerate(Philox(key=[seed, stream]).random_raw(9)):
        rows.append(f"{seed},{stream},{index},{raw}")
(Path(__file__).parent / "philox.csv").write_text("\n".join(rows) + "\n")
