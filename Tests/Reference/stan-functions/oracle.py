# SPDX-License-Identifier: GPL-3.0-or-later
"""Stan Math's answers: cases become the branches of one Stan program, which stanc and
a C++ compiler make an executable of (both as httpstan's wheel carries them)."""
import glob
import hashlib
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-std=c++17", "-O0", "-D_REENTRANT", "-DBOOST_DISABLE_ASSERTS", "-ftemplate-depth-1024",
         "-w"]
# Entries of a result are weighed by these and added up: one number a case.
WEIGHTS = [0.4, 1.38, 0.79, -0.43, -0.32, 0.94, 1.33, 0.23]
BLOCKS = """functions {{
  real weigh(vector x) {{
    real total = 0;
    for (i in 1:size(x)) total += (0.4 + 0.05 * i - 1.5 * (i % 3 == 1) + 0.3 * (i % 4)) * x[i];
    return total;
  }}
{functions}}}
"""


def program(functions, body, count):
    """The program of one case."""
    return (BLOCKS.format(functions=functions) + f"parameters {{\n  vector[{count}] z;\n}}\n"
            f"model {{\n  {body}\n}}\n")


class Oracle:
    def __init__(self, venv, folder):
        self.wheel = glob.glob(venv + "/lib/python3*/site-packages/httpstan")[0]
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.flags = [*FLAGS, "-I" + folder, "-I" + self.wheel + "/include"]
        header = folder + "/model.hpp"
        if not os.path.exists(header + ".gch"):
            with open(header, "w") as file:
                file.write("#include <stan/model/model_header.hpp>\n")
            self.run("g++", *self.flags, "-x", "c++-header", header, "-o", header + ".gch")
        self.server = folder + "/evaluate.o"
        source = HERE + "/evaluate.cpp"
        if (not os.path.exists(self.server)
                or os.path.getmtime(self.server) < os.path.getmtime(source)):
            self.run("g++", *self.flags, "-c", source, "-o", self.server)

    def run(self, *command, text=None):
        done = subprocess.run(["nice", *command], capture_output=True, text=True, input=text)
        if done.returncode:
            raise RuntimeError(done.stderr.strip()[-3000:])
        return done.stdout

    def accepts(self, text):
        """Whether stanc takes a program."""
        path = self.folder + "/check.stan"
        with open(path, "w") as file:
            file.write(text)
        done = subprocess.run([self.wheel + "/stanc", "--name", "checked_program", path, f"--o={path}.hpp"],
                              capture_output=True, text=True)
        return done.returncode == 0, done.stdout + done.stderr

    def answers(self, cases):
        """For each case the pairs (value, gradient) at its points; None where Stan
        refuses the point."""
        functions = "".join(dict.fromkeys(c["functions"] for c in cases if c["functions"]))
        size = max(c["count"] for c in cases)
        branches = "".join(
            f"  if (which == {i}) {{ {c['body']} }}\n" for i, c in enumerate(cases))
        text = (BLOCKS.format(functions=functions) + "data { int which; }\n"
                f"parameters {{ vector[{size}] z; }}\nmodel {{\n{branches}}}\n")
        path = f"{self.folder}/{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        if not os.path.exists(path):
            with open(path + ".stan", "w") as file:
                file.write(text)
            code = self.run(self.wheel + "/stanc", "--name", "model_program", "--print-cpp",
                            f"--o={path}.hpp", path + ".stan")
            with open(path + ".cpp", "w") as file:
                file.write(code.replace("#include <stan/model/model_header.hpp>",
                                        '#include "model.hpp"'))
            self.run("g++", *self.flags, "-c", path + ".cpp", "-o", path + ".o")
            libraries = [f"{self.wheel}/lib/libsundials_{x}.a"
                         for x in ("cvodes", "idas", "kinsol", "nvecserial")]
            self.run("g++", path + ".o", self.server, *libraries, "-L" + self.wheel + "/lib",
                     "-ltbb", "-Wl,-rpath," + self.wheel + "/lib", "-o", path)
            os.remove(path + ".o")
        lines = []
        for i, c in enumerate(cases):
            for point in c["points"]:
                padded = list(point) + [0.0] * (size - len(point))
                lines.append(f"{i} " + " ".join(repr(float(x)) for x in padded))
        out = self.run(path, str(size), text="\n".join(lines) + "\n").splitlines()
        assert len(out) == len(lines), (len(out), len(lines))
        results, at = [], 0
        for c in cases:
            own = []
            for _ in c["points"]:
                answer = json.loads(out[at])
                at += 1
                own.append(None if answer is None else (answer[0], answer[1][:c["count"]]))
            results.append(own)
        return results
