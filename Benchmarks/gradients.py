#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Microseconds a gradient: Buffon and its peers in turn, on one processor.

usage: gradients.py BUFFON PEERS [--peers stan,stanli,nutpie,jax] [--models NAME,…]
                    [--rounds 7] [--seconds 0.3] [--quick] [--json FILE]

BUFFON is the built command, PEERS the folder that install-peers filled. A peer that
is not there has an empty column. In each round every program runs once, one after
another; the tables have medians over rounds, and ratios are medians of the rounds'
ratios: above 1, Buffon is faster. Before anything is timed, Stan, stanli and Buffon
must agree on gradients at two points and on the difference of the log densities.
Data are made here with fixed seeds. The standard output is Markdown.
"""
import argparse, json, os, platform, re, select, statistics, subprocess, sys, tempfile, time
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, HERE + "/peers"]
import programs
import stan

AGREEMENT = 1e-8
LIMIT = 300  # seconds for one preparation
QUICK = ["eight_schools", "radon", "regression_loop", "mixture", "hmm_loop", "garch", "ordinal_loop"]


class Unable(Exception):
    """A program cannot run a model; the message says why."""


def message(text):
    """What of a program's errors tells a reader most: the line of the last exception, or the first error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if re.match(r"[\w.]*(Error|Exception|error)\b.*:", line)]
    return (said or lines or ["no message"])[-1]


class Server:
    """A peer's process that has prepared one model, and measures when asked to."""

    def __init__(self, command, compilation=None):
        self.compilation = compilation
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        text=True, env={**os.environ, "OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"})
        state = json.loads(self.line(LIMIT))
        self.preparation, self.memory, self.points = [state["preparation"]], state["memory"], state["points"]

    def line(self, limit):
        if not select.select([self.process.stdout], [], [], limit)[0]:
            self.stop()
            raise Unable(f"not ready in {LIMIT} s")
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            self.errors.seek(0)
            raise Unable(message(self.errors.read()))
        return line

    def measure(self, seconds):
        print(seconds, file=self.process.stdin, flush=True)
        return float(self.line(LIMIT))

    def stop(self):
        self.process.kill()
        self.process.wait()


class Buffon:
    """The command under test; each measurement is a process of its own, preparation included."""

    def __init__(self, command, program):
        self.compilation = None
        self.arguments = [command, "log-density", program.path, "--data", program.data, "--unconstrained", program.points]
        self.preparation = []
        self.points = [json.loads(line) for line in self.run().splitlines()]
        if any("rejection" in point for point in self.points):
            raise Unable(str(self.points))
        self.memory = self.peak_megabytes()

    def run(self, *options):
        try:
            done = subprocess.run([*self.arguments, *options], capture_output=True, text=True, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            raise Unable(f"not ready in {LIMIT} s")
        if done.returncode:
            raise Unable(message(done.stderr))
        return done.stdout

    def measure(self, seconds):
        result = json.loads(self.run("--benchmark", str(seconds)))
        self.preparation.append(result["preparation_milliseconds"])
        return result["microseconds_per_gradient"]

    def peak_megabytes(self):
        """The peak of the process itself; the kernel's figure for a child has its parent's in it."""
        with subprocess.Popen([*self.arguments, "--benchmark", "0.1"], stdout=subprocess.DEVNULL) as process:
            peak = 0
            while process.poll() is None:
                with open(f"/proc/{process.pid}/status") as status:
                    for line in status:
                        if line.startswith("VmHWM:"):
                            peak = max(peak, int(line.split()[1]) / 1024)
                time.sleep(0.002)
        return peak

    def stop(self):
        pass


class Peers:
    """Starts servers for the peers that are in the folder."""

    ALL = {"stan": "stan", "stanli": "stanli", "nutpie": "pymc", "jax": "jax"}

    def __init__(self, folder, chosen, cache):
        self.folder = os.path.abspath(folder)
        self.names, self.missing = [], []
        for name in chosen:
            there = os.path.exists(f"{self.folder}/{self.ALL[name]}/bin/python")
            (self.names if there else self.missing).append(name)
        os.makedirs(cache, exist_ok=True)
        self.loops = cache + "/loops.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", HERE + "/peers/loops.c", "-o", self.loops], check=True)
        self.twins = {}  # of nutpie and JAX, kept for the next program, which may have the same data
        self.compiler = stan.Compiler(self.folder + "/stan", cache + "/stan") if "stan" in self.names else None

    def python(self, name, *arguments):
        return [f"{self.folder}/{self.ALL[name]}/bin/python", "-W", "ignore", f"{HERE}/peers/{arguments[0]}", *arguments[1:]]

    def start(self, name, program):
        if name == "stan":
            try:
                executable, seconds = self.compiler.compile(program.path)
            except RuntimeError as error:
                raise Unable(message(str(error)))
            return Server([executable, program.data, program.points + ".txt"], seconds)
        if name == "stanli":
            return Server(self.python(name, "stanli_server.py", program.path, program.data, program.points + ".txt", self.loops))
        return self.twin(name, program)

    def twin(self, name, program):
        """The server of a twin; a loop and its vectorised form have the same one."""
        if program.twin is None or not has_function(f"{HERE}/peers/{self.ALL[name]}_models.py", program.twin):
            raise Unable("no twin")
        key, server = self.twins.get(name, (None, None))
        if key != program.key:
            if server:
                server.stop()
            extra = [self.loops] if name == "nutpie" else []
            self.twins.pop(name, None)
            server = Server(self.python(name, f"{self.ALL[name]}_server.py", program.twin, program.data, *extra))
            self.twins[name] = (program.key, server)
        return server

    def stop(self, name, server):
        if name not in self.twins:
            server.stop()

    def stop_twins(self):
        for _, server in self.twins.values():
            server.stop()


def has_function(path, function):
    with open(path) as file:
        return f"def {function}(" in file.read()


def disagreement(a, b):
    """The largest difference between gradients, or of differences of densities, relative to their size."""
    worst = 0.0
    for p, q in zip(a, b):
        g, h = np.array(p["gradient"]), np.array(q["gradient"])
        worst = max(worst, np.abs(g - h).max() / (1 + np.abs(h).max()))
    x, y = ([p["log_density"] for p in points] for points in (a, b))
    scale = 1 + max(map(abs, y))
    return max(worst, abs((x[1] - x[0]) - (y[1] - y[0])) / scale)


def run(program, buffon, peers, rounds, seconds, note):
    """Everything measured of one program, as a dictionary."""
    servers, why = {}, {}
    try:
        servers["buffon"] = Buffon(buffon, program)
    except Unable as error:
        why["buffon"] = str(error)
        note(f"{program.name}: Buffon: {error}")
    for name in peers.names:
        try:
            servers[name] = peers.start(name, program)
        except Unable as error:
            why[name] = str(error)
            if str(error) != "no twin":
                note(f"{program.name}: {name}: {error}")
    differences = {}
    for name in ("stan", "stanli"):
        if "buffon" in servers and name in servers and not (name == "stan" and program.has_simplex):
            differences[name] = disagreement(servers["buffon"].points, servers[name].points)
            if not differences[name] < AGREEMENT:
                note(f"{program.name}: Buffon and {name} differ by {differences[name]:.0e}")
    times = {name: [] for name in servers}
    for _ in range(rounds):
        for name, server in list(servers.items()):
            times[name].append(server.measure(seconds))
    for name, server in servers.items():
        peers.stop(name, server)
    return {
        "name": program.name, "parameters": program.parameters, "times": times, "why": why, "differences": differences,
        "preparation": {n: statistics.median(s.preparation) for n, s in servers.items() if s.preparation},
        "memory": {n: s.memory for n, s in servers.items()},
        "compilation": servers["stan"].compilation if "stan" in servers else None,
    }


def ratios(result, name):
    """The rounds' times of a peer over Buffon's; `fastest` is the fastest peer of each round."""
    times = result["times"]
    if "buffon" not in times:
        return []
    if name == "fastest":
        rows = zip(*(t for n, t in times.items() if n != "buffon"))
        theirs = [min(row) for row in rows]
    else:
        theirs = times.get(name, [])
    return [t / o for t, o in zip(theirs, times["buffon"])]


def number(x):
    if x is None:
        return ""
    digits = 0 if x >= 100 else 1 if x >= 10 else 2
    return f"{x:.{digits}f}"


def median(values):
    return statistics.median(values) if values else None


TITLES = {"buffon": "Buffon", "stanli": "stanli", "stan": "Stan", "nutpie": "nutpie", "jax": "JAX"}


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|---|" + "--:|" * (len(header) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def report(results, names):
    columns = ["buffon", *names]
    rows = []
    for r in results:
        fastest = ratios(r, "fastest")
        rows.append([
            r["name"], str(r["parameters"]),
            *("not yet" if n == "buffon" and n in r["why"] else number(median(r["times"].get(n))) for n in columns),
            *(number(median(ratios(r, n))) for n in names), number(median(fastest)),
            f"{number(min(fastest))}–{number(max(fastest))}" if fastest else ""])
    print("Microseconds a gradient, and ratios to Buffon's:\n")
    table(["model", "parameters", *(TITLES[n] for n in columns), *(TITLES[n] + " ÷" for n in names), "fastest peer ÷", "range"], rows)
    for n in [*names, "fastest"]:
        all_ratios = {r["name"]: median(ratios(r, n)) for r in results if ratios(r, n)}
        if all_ratios:
            least = min(all_ratios, key=all_ratios.get)
            print(f"- {TITLES.get(n, 'fastest peer')} ÷ Buffon: median {number(median(list(all_ratios.values())))}, "
                  f"least {number(all_ratios[least])} (`{least}`), {len(all_ratios)} models")
    agreed = [d for r in results for d in r["differences"].values() if d < AGREEMENT]
    if agreed:
        print(f"- Buffon agreed in {len(agreed)} comparisons with Stan and stanli, to {max(agreed):.0e} of the gradient's size")
    by_name = {r["name"]: r for r in results}
    pairs = [(a, b) for a, b in programs.PAIRS if all(x in by_name and "buffon" in by_name[x]["times"] for x in (a, b))]
    if pairs:
        print("\nLoops and their vectorised twins, microseconds a gradient of Buffon, and the time of the loop over the twin's:\n")
        rows = []
        for a, b in pairs:
            x, y = by_name[a]["times"], by_name[b]["times"]
            quotients = lambda n: number(median(x[n]) / median(y[n])) if n in x and n in y else ""
            rows.append([a, b, number(median(x["buffon"])), number(median(y["buffon"])),
                         *(quotients(n) for n in ["buffon", *(n for n in names if n in ("stan", "stanli"))])])
        table(["loop", "twin", "loop µs", "twin µs", *(TITLES[n] for n in ["buffon", *(n for n in names if n in ("stan", "stanli"))])], rows)
    print("\nPreparation in milliseconds (the compilation of Stan in seconds), peak memory of the process in MB:\n")
    table(["model", *(TITLES[n] + " ms" for n in columns), *(["Stan compilation s"] if "stan" in names else []),
           *(TITLES[n] + " MB" for n in columns)],
          [[r["name"], *(number(r["preparation"].get(n)) for n in columns),
            *([number(r["compilation"])] if "stan" in names else []),
            *(f'{r["memory"][n]:.0f}' if n in r["memory"] else "" for n in columns)] for r in results])


def machine():
    model = ""
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":")[1].strip()
            if line.startswith("flags"):
                model += " with AVX-512" if "avx512f" in line else " with AVX2" if "avx2" in line else ""
                break
    return f"{model}, {os.cpu_count()} processors, {platform.freedesktop_os_release()['PRETTY_NAME']}"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("buffon")
    parser.add_argument("folder")
    parser.add_argument("--peers", default=",".join(Peers.ALL))
    parser.add_argument("--models")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--quick", action="store_true", help="seven models, three short rounds")
    parser.add_argument("--json", help="write everything measured to this file")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 3, 0.1
        options.models = options.models or ",".join(QUICK)
    cache = os.path.join(os.path.dirname(HERE), ".build", "benchmarks")
    peers = Peers(options.folder, options.peers.split(","), cache)
    chosen = options.models.split(",") if options.models else list(programs.ALL)
    for name in chosen:
        if name not in programs.ALL:
            sys.exit(f"no model {name}; there are {', '.join(programs.ALL)}")
    if peers.compiler:  # before the process is pinned
        for name in chosen:
            print(f"compiling {name}", file=sys.stderr)
            try:
                peers.compiler.compile(programs.path(name))
            except RuntimeError as error:
                print(error, file=sys.stderr)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    notes = [f"{TITLES[name]} is not installed." for name in peers.missing]
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            result = run(programs.make(name, folder), options.buffon, peers, options.rounds, options.seconds, notes.append)
            results.append(result)
            print(name, {n: number(median(t)) for n, t in result["times"].items()}, result["why"], file=sys.stderr)
            if options.json:
                with open(options.json, "w") as file:
                    json.dump(results, file)
    peers.stop_twins()
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}, {options.rounds} rounds.\n")
    report(results, peers.names)
    for note in notes:
        print("- " + note)


if __name__ == "__main__":
    main()
