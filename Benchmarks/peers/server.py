# SPDX-License-Identifier: GPL-3.0-or-later
"""What the peers' servers have in common.

A server prepares one model, prints one line of JSON (preparation in milliseconds,
peak memory in MB, density and gradient at each point), and then answers each line
on its standard input, a number of seconds, with microseconds a gradient.
"""
import json, sys, time


def peak_megabytes():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024


def read_points(path):
    with open(path) as file:
        size, *numbers = file.read().split()
    size, numbers = int(size), [float(x) for x in numbers]
    return [numbers[i:i + size] for i in range(0, len(numbers), size)]


def measure(run, seconds):
    """The median over batches of about a hundredth of the time; run(n) makes n gradients."""
    batch, rates, end = 1, [], time.perf_counter() + seconds
    while time.perf_counter() < end or not rates:
        start = time.perf_counter()
        run(batch)
        elapsed = time.perf_counter() - start
        if elapsed < seconds / 100:
            batch *= 2
        else:
            rates.append(elapsed / batch * 1e6)
    return sorted(rates)[len(rates) // 2]


def serve(run, preparation, points):
    print(json.dumps({"preparation": preparation, "memory": peak_megabytes(), "points": points}), flush=True)
    for line in sys.stdin:
        print(measure(run, float(line)), flush=True)
