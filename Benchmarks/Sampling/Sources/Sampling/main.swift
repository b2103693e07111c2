// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Foundation

// Answers each line "name count" with the nanoseconds of the processor a draw of
// `sample(count)`, repeated for a tenth of a second. With the argument `words` it writes the
// words of the default generator for ever instead, for test batteries; with `check` it
// tests many draws (`check 100000000 1`: how many, and the seed).

if CommandLine.arguments.dropFirst().first == "words" {
    writeWords(seed: CommandLine.arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1)
}
if CommandLine.arguments.dropFirst().first == "check" {
    let numbers = CommandLine.arguments.dropFirst(2).compactMap { UInt32($0) }
    let passed = try check(
        draws: Int(numbers.first ?? 100_000_000), seed: UInt64(numbers.last ?? 1))
    exit(passed ? 0 : 1)
}
while let line = readLine() {
    let words = line.split(separator: " ")
    guard words.count == 2, let count = Int(words[1]), count > 0,
        let time = try measure(words[0], count)
    else {
        answer("unknown")
        continue
    }
    answer("\(time)")
}

func answer(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

func measure(_ name: Substring, _ count: Int) throws -> Double? {
    switch name {
    case "uniform": time(try Uniform(lower: 0, upper: 1), count)
    case "normal": time(try Normal(mean: 0, standardDeviation: 1), count)
    case "exponential": time(try Exponential(rate: 1), count)
    case "gamma": time(try Gamma(shape: 2.5, rate: 1), count)
    case "beta": time(try Beta(alpha: 2, beta: 3), count)
    case "poisson": time(try Poisson(rate: 10), count)
    case "binomial": time(try Binomial(trials: 100, probability: 0.3), count)
    case "t": time(try StudentT(degreesOfFreedom: 5), count)
    default: nil
    }
}

func time(_ distribution: some Distribution, _ count: Int) -> Double {
    let generator = RandomGenerator(seed: 1)
    let repeats = max(1, 10_000 / count)
    var batches = 0
    let start = processorTime()
    var end = start
    repeat {
        for _ in 0..<repeats {
            withExtendedLifetime(distribution.sample(count, using: generator)) {}
        }
        batches += 1
        end = processorTime()
    } while end - start < 0.1
    return (end - start) * 1e9 / Double(count * repeats * batches)
}

/// Seconds of the processor: on a shared machine the clock on the wall counts the others too.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func writeWords(seed: UInt64) -> Never {
    let generator = RandomGenerator(seed: seed)
    let words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 4096)
    while true {
        generator.fillBits(words)
        guard write(1, words.baseAddress, 8 * words.count) > 0 else { exit(0) }
    }
}
