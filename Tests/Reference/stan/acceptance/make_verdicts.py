#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what the Stan compiler accepts and refuses:

- verdicts.txt: the lines of programs.txt, each a small program, behind `+` or `-`;
- mutations.jsonl: small changes of the programs in ../corpus, one a line:
  [program, first byte, last byte, replacement, accepted].

What Buffon accepts on purpose, since older versions of Stan did (or newer ones do), is left
out: see `OLD_SOURCE` and `OLD_MESSAGE`. Of refusals with the same message only a few are kept.

usage: make_verdicts.py STANC     the compiler, such as the one that httpstan's wheel carries
"""
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent / "corpus"
TRIES = 3_000
OF_A_KIND = 30
ACCEPTED = 400

TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|\s+|"[^"\n]*"|\d+\.?\d*(?:[eE][+-]?\d+)?|\w+|<=|>=|==|!=|\+=|-=|\*=|'
                    r'/=|\.\*=|\./=|\.\*|\./|\.\^|%/%|&&|\|\||.', re.S)
WORDS = """int real vector row_vector matrix array complex tuple ordered simplex unit_vector cov_matrix
cholesky_factor_corr corr_matrix positive_ordered void data target return break continue for in while if else
print reject fatal_error profile functions model parameters transformed quantities generated T true static auto
struct class x y N mu normal normal_lpdf foo log exp sum poisson to_vector rep_vector square dims normal_rng
std_normal 1 2 0 1.5 -1 2.0""".split()
SYMBOLS = list("()[]{};,:?|~'+-*/%^!<>=.") + [".*", "./", "<=", "==", "&&", "||", "+=", "%/%", "\\", ".^", "*="]
TYPES = """int|real|vector[2]|row_vector[2]|matrix[2, 2]|array[2] int|array[2] real|complex|simplex[2]|ordered[2]|
array[2] vector[3]|tuple(int, real)|cov_matrix[2]|real<lower=0>|int<lower=0>|vector<lower=0>[2]|real<offset=1>|
cholesky_factor_cov[2]|array[2, 3] int|void|unit_vector[2]|array[1] real<lower=0, upper=1>""".replace("\n", "").split("|")
VALUES = ["0", "1.5", "(1, 2)", "{1, 2}", "[1, 2]", "[1, 2]'", "N", "-1", "1:2", "target()", '"a"', "1i", "x", "{1.5}",
          "[[1, 2], [3, 4]]"]
CALLS = """normal_lpdf log sum normal foo to_vector size rep_vector normal_rng inv_logit multi_normal poisson
categorical dot_product append_row head max mean gamma_lpdf bernoulli_logit normal_lcdf step abs floor
cholesky_decompose""".split()
# What older or newer versions of the language accept, by the source or by the compiler's message.
OLD_SOURCE = re.compile(r"<-|#|@|increment_log_prob|get_lp|\bfabs\b|if_else|_log\(|jacobian|sum_to_zero")
OLD_MESSAGE = re.compile(r"old array syntax|reserved keyword '(lower|upper|offset|multiplier|array|tuple|complex)'|"
                         r"must be (primitive )?(of )?(primitive )?(type )?int[.;].*real|type int\. Instead found type real\.$|"
                         r"infix operator (&&|\|\|)|prefix operator !|require a vertical bar|"
                         r"comma in declaration|plain assignment expected", re.S)


# The compiler takes a tuple as an increment, which makes no sense.
ODD = re.compile(r"target \+= \([^()]*,")


class Stanc:
    def __init__(self, path):
        self.path = path
        self.file = tempfile.NamedTemporaryFile("w", suffix=".stan")

    def __call__(self, source):
        """Whether the program is accepted, and the message."""
        pathlib.Path(self.file.name).write_text(source)
        done = subprocess.run([self.path, "--info", self.file.name], capture_output=True, text=True)
        return done.returncode == 0, done.stderr.strip()


def mutate(random, text):
    tokens = TOKENS.findall(text)
    real = [i for i, t in enumerate(tokens) if not t.isspace() and t[:2] not in ("//", "/*")]
    words = [i for i in real if re.match(r"[A-Za-z]", tokens[i])]
    values = [i for i in real if re.match(r"\w", tokens[i])]
    symbols = [i for i in real if not re.match(r"\w", tokens[i])]
    ends = [i for i in real if tokens[i] in ";{}"]
    pick = random.choice
    kind = pick(["delete", "double", "swap", "replace", "insert", "word", "symbol", "type", "name", "value", "move",
                 "argument", "call", "index", "drop", "statement", "statement"])
    i = pick(real)
    if kind == "delete":
        tokens[i] = ""
    elif kind == "double":
        tokens[i] += " " + tokens[i]
    elif kind == "swap":
        k = random.randrange(len(real) - 1)
        tokens[real[k]], tokens[real[k + 1]] = tokens[real[k + 1]], tokens[real[k]]
    elif kind == "replace":
        tokens[i] = tokens[pick(real)]
    elif kind == "insert":
        tokens[i] = tokens[pick(real)] + " " + tokens[i]
    elif kind == "word":
        tokens[pick(values)] = pick(WORDS)
    elif kind == "symbol":
        tokens[pick(symbols)] = pick(SYMBOLS)
    elif kind == "name":
        tokens[pick(words)] = tokens[pick(words)]
    elif kind == "value":
        tokens[pick(values)] = pick(VALUES)
    elif kind == "type":
        found = list(re.finditer(r"(?:array\s*\[[^\]]*\]\s*)?\b(?:int|real|vector|row_vector|matrix|simplex|ordered|"
                                 r"cov_matrix)\b(?:<[^>]*>)?(?:\s*\[[^\]]*\])?", text))
        m = pick(found)
        return text[:m.start()] + pick(TYPES) + text[m.end():]
    elif kind in ("move", "drop"):
        k = random.randrange(len(ends) - 1)
        statement = "".join(tokens[ends[k] + 1:ends[k + 1] + 1])
        tokens[ends[k] + 1:ends[k + 1] + 1] = [""] * (ends[k + 1] - ends[k])
        if kind == "move":
            tokens[pick(ends)] += " " + statement
    elif kind == "argument":
        calls = [i for i in real if tokens[i] == "("]
        if calls:
            tokens[pick(calls)] += pick(["1, ", "x, ", "1.5, ", "{1}, ", "[1]', ", "target(), "])
    elif kind == "call":
        calls = [i for k, i in enumerate(real[:-1]) if tokens[real[k + 1]] == "(" and i in words]
        if calls:
            tokens[pick(calls)] = pick(CALLS)
    elif kind == "index":
        brackets = [i for i in real if tokens[i] in "[]"]
        if brackets:
            i = pick(brackets)
            tokens[i] = pick(["[1, ", "[1:", "[:,", "[", "][1]", "[1][", "[ ,", "[{1,2},"] if tokens[i] == "[" else
                             ["][1]", "][1, 1]", ", 1]", ":]", ", ]", "][:]", "].1"])
    elif kind == "statement":
        # The body of a small program of programs.txt, somewhere.
        tokens[pick(ends)] += " " + pick(BODIES) + " "
    return "".join(tokens)


PROGRAMS = (HERE / "programs.txt").read_text().splitlines()
BODIES = [m[1] for m in (re.fullmatch(r"model \{ (.*) \}", p) for p in PROGRAMS) if m]


def change(before, after):
    """First and last byte of what differs, and what stands there after."""
    a, b = before.encode(), after.encode()
    start = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    end = next((i for i, (x, y) in enumerate(zip(reversed(a[start:]), reversed(b[start:]))) if x != y),
               min(len(a), len(b)) - start)
    return start, len(a) - end, b[start:len(b) - end].decode()


def main():
    stanc = Stanc(sys.argv[1])
    with open(HERE / "verdicts.txt", "w") as file:
        for program in PROGRAMS:
            accepted, message = stanc(program)
            if accepted or not (OLD_SOURCE.search(program) or OLD_MESSAGE.search(message)):
                file.write(f"{'+' if accepted else '-'} {program}\n")
    generator = random.Random(7)
    seeds = {str(p.relative_to(CORPUS))[:-5]: p.read_text() for p in sorted(CORPUS.glob("*/*.stan"))}
    seeds = {name: text for name, text in seeds.items()
             if not OLD_SOURCE.search(text) and len(text) < 1500 and stanc(text)[0]}
    kinds = collections.Counter()
    with open(HERE / "mutations.jsonl", "w") as file:
        for _ in range(TRIES):
            name = generator.choice(list(seeds))
            text = mutate(generator, seeds[name])
            if text == seeds[name]:
                continue
            start, end, new = change(seeds[name], text)
            accepted, message = stanc(text)
            if ODD.search(text) or OLD_SOURCE.search(new) or (not accepted and OLD_MESSAGE.search(message)):
                continue
            last = message.splitlines()[-1] if message and not accepted else ""
            kind = "" if accepted else re.sub(r"'[^']*'|\d+|\(.*\)|\w*\[.*", "_", last)
            kinds[kind] += 1
            if kinds[kind] <= (ACCEPTED if accepted else OF_A_KIND):
                file.write(json.dumps([name, start, end, new, accepted]) + "\n")


if __name__ == "__main__":
    main()
