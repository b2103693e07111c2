# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of a fuzz target into a folder: seeds.py TARGET FOLDER"""

import json
import pathlib
import sys

target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
stan = pathlib.Path(__file__).parent.parent / "Tests/Reference/stan"
references = json.loads((stan / "corpus/references.json").read_text())


def short(value):
    """Data that is small enough to be computed with thousands of times a minute."""
    return json.dumps(value, separators=(",", ":"))


for path in sorted(stan.rglob("*.stan")):
    name = path.stem
    key = str(path.relative_to(stan / "corpus").with_suffix("")) if "corpus" in path.parts else name
    text = path.read_text()
    data = "{}"
    own = path.with_suffix(".json")
    if own.exists():
        data = short(json.loads(own.read_text()).get("data", {}))
    else:
        data = short(references.get(key.removesuffix("_old"), {}).get("data", {}))
    if target == "evaluator":
        if len(data) > 10_000:
            continue
        text = text + "\0" + data
    elif target == "data":
        if len(data) > 4_000:
            continue
        text = data
    (folder / f"{path.parent.name}_{name}").write_text(text)
if target == "data":
    (folder / "dump").write_text(
        'N <- 3\ny <- c(1.5, 2, -Inf, NA)\n"X" <- structure(c(1, 2, 3, 4, 5, 6), .Dim = c(3L, 2L))\n'
        "k <- 1:5\ne <- integer(0)\nd <- double(2)\n# end\n"
    )
