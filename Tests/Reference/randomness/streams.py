# SPDX-License-Identifier: GPL-3.0-or-later
"""Stream numbers as StreamKey.child documents them, written independently."""
M = 2**64 - 1


def child(stream, kind, data):
    h = 0xCBF29CE484222325
    for byte in stream.to_bytes(8, "little") + bytes([kind]) + data:
        h = ((h ^ byte) * 0x100000001B3) & M
    z = (h + 0x9E3779B97F4A7C15) & M
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    return z ^ (z >> 31)


def index(i):
    return (i & M).to_bytes(8, "little")


if __name__ == "__main__":
    needle = child(0, 0, b"needle")
    print(needle, child(0, 1, index(3)), child(needle, 1, index(0)), child(0, 1, index(-1)))
