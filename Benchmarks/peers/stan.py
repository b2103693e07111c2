# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles Stan programs as CmdStan does by default, with what httpstan's wheel carries."""
import glob, hashlib, os, resource, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-std=c++17", "-O3", "-D_REENTRANT", "-DBOOST_DISABLE_ASSERTS", "-ftemplate-depth-1024", "-w"]


class Compiler:
    """Executables and objects are kept in a folder and found again by their source."""

    def __init__(self, venv, folder):
        self.wheel = glob.glob(venv + "/lib/python3*/site-packages/httpstan")[0]
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.flags = [*FLAGS, "-I" + folder, "-I" + self.wheel + "/include"]
        self.server = folder + "/server.o"
        header = folder + "/model.hpp"
        if not os.path.exists(header + ".gch"):
            with open(header, "w") as file:
                file.write("#include <stan/model/model_header.hpp>\n")
            self.run("g++", *self.flags, "-x", "c++-header", header, "-o", header + ".gch")
        source = HERE + "/stan_server.cpp"
        if not os.path.exists(self.server) or os.path.getmtime(self.server) < os.path.getmtime(source):
            self.run("g++", *self.flags, "-c", source, "-o", self.server)

    def run(self, *command):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip()[-2000:])
        return done.stdout

    def seconds(self):
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    def compile(self, program):
        """The executable, and the processor's seconds of stanc, the compiler and the linker."""
        with open(program, "rb") as file:
            name = os.path.basename(program)[:-5] + "-" + hashlib.sha256(file.read()).hexdigest()[:12]
        path = f"{self.folder}/{name}"
        if not os.path.exists(path + ".seconds"):
            start = self.seconds()
            code = self.run(self.wheel + "/stanc", "--name", "model_program", "--print-cpp", f"--o={path}.hpp", program)
            with open(path + ".cpp", "w") as file:
                file.write(code.replace("#include <stan/model/model_header.hpp>", '#include "model.hpp"'))
            self.run("g++", *self.flags, "-c", path + ".cpp", "-o", path + ".o")
            libraries = [f"{self.wheel}/lib/libsundials_{x}.a" for x in ("cvodes", "idas", "kinsol", "nvecserial")]
            self.run("g++", path + ".o", self.server, *libraries, "-L" + self.wheel + "/lib", "-ltbb",
                     "-Wl,-rpath," + self.wheel + "/lib", "-o", path)
            with open(path + ".seconds", "w") as file:
                file.write(str(self.seconds() - start))
        with open(path + ".seconds") as file:
            return path, float(file.read())
