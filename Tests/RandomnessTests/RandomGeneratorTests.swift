// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Foundation
import Testing

@testable import Randomness

/// A table under Tests/Reference, as rows of fields.
func reference(_ path: String) throws -> [[Substring]] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reference/\(path)")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
}

/// A standardised moment of many draws, in standard errors from what it
/// should be, is within 5.3: probability 1e-7 otherwise; the seed is fixed.
let deviations = 5.3

@Suite struct RandomGeneratorTests {
    @Test func philoxGivesNumpysNumbers() throws {
        for row in try reference("randomness/philox.csv") where row[2] == "0" {
            let seed = try #require(UInt64(row[0])), stream = try #require(UInt64(row[1]))
            let generator = RandomGenerator(seed: seed, stream: stream)
            let expected = try reference("randomness/philox.csv")
                .filter { $0[0] == row[0] && $0[1] == row[1] }.map { UInt64($0[3]) }
            #expect(expected == expected.map { _ in generator.next() })
        }
    }

    @Test func counterCarries() throws {
        let generator = RandomGenerator(seed: 1, stream: 2)
        let state = try #require(generator.philox)
        // The kernel's wide path ends a few blocks before the lowest word wraps.
        state.head.pointee.counter = (.max - 23, .max, 7, 0)
        let words = (0..<400).map { _ in generator.next() }
        #expect(state.head.pointee.counter.1 == 0 && state.head.pointee.counter.2 == 8)
        let beyond = RandomGenerator(seed: 1, stream: 2)
        let other = try #require(beyond.philox)
        other.head.pointee.counter = (0, 0, 8, 0)
        #expect(Array(words[96...]) == (0..<304).map { _ in beyond.next() })
    }

    @Test func gslSamplersShareTheState() {
        let a = RandomGenerator(seed: 3, stream: 4), b = RandomGenerator(seed: 3, stream: 4)
        #expect(gsl_rng_uniform(a.handle) == b.uniform())
        #expect(gsl_rng_get(a.handle) == UInt(b.next()))
        #expect(a.next() == b.next())
    }

    @Test func gslSamplersWorkWithTheFullRange() {
        let g = RandomGenerator(seed: 5)
        let n = 20_000
        func z(_ mean: Double, _ variance: Double, _ draw: () -> Double) -> Double {
            var sum = 0.0
            for _ in 0..<n { sum += draw() }
            return (sum / Double(n) - mean) / (variance / Double(n)).squareRoot()
        }
        #expect(abs(z(0, 1) { gsl_ran_gaussian_ziggurat(g.handle, 1) }) < deviations)
        #expect(abs(z(1, 2) { pow(gsl_ran_gaussian_ziggurat(g.handle, 1), 2) }) < deviations)
        #expect(abs(z(5, 10) { gsl_ran_gamma(g.handle, 2.5, 2) }) < deviations)
        #expect(abs(z(30, 21) { Double(gsl_ran_binomial(g.handle, 0.3, 100)) }) < deviations)
        #expect(abs(z(40, 40) { Double(gsl_ran_poisson(g.handle, 40)) }) < deviations)
        #expect(
            abs(z(3, 35.0 / 12) { Double(gsl_rng_uniform_int(g.handle, 6)) + 0.5 }) < deviations)
    }

    @Test func uniformIsUniform() {
        for generator in [RandomGenerator(seed: 8), try? RandomGenerator(named: "uni", seed: 8)] {
            guard let generator else { continue }
            let x = (0..<20_000).map { _ in generator.uniform() }.sorted()
            #expect(x[0] > 0 && x[x.count - 1] < 1)
            #expect(kolmogorov(x) { $0 } < 5.07 / 2)
        }
    }

    @Test func normalAndExponentialMatchTheirDistributions() {
        let generator = RandomGenerator(seed: 9)
        // Kolmogorov's statistic √n D exceeds 2.69 with probability 1e-6.
        let x = (0..<200_000).map { _ in generator.normal() }.sorted()
        #expect(kolmogorov(x) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 2.69)
        let y = (0..<200_000).map { _ in generator.exponential() }.sorted()
        #expect(kolmogorov(y) { -expm1(-$0) } < 2.69)
        // The tail beyond the ziggurat, which few draws reach: 0.000258 of
        // normals and 0.000454 of exponentials, as binomial counts.
        let beyond = (Double(x.filter { abs($0) > 3.6541528853610088 }.count), 200_000 * 2.5806e-4)
        #expect(abs(beyond.0 - beyond.1) < deviations * beyond.1.squareRoot())
        let late = (Double(y.filter { $0 > 7.69711747013105 }.count), 200_000 * 4.5413e-4)
        #expect(abs(late.0 - late.1) < deviations * late.1.squareRoot())
        let moment = x.reduce(0) { $0 + pow($1, 4) } / 200_000
        #expect(abs(moment - 3) < deviations * (96.0 / 200_000).squareRoot())
    }

    @Test func wholeNumbersBelowABound() {
        let generator = RandomGenerator(seed: 10)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.uniform(below: 7)] += 1 }
        let chi = counts.reduce(0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
        #expect(chi < 38.3)  // chi squared, 6 degrees of freedom: 1e-6
        #expect(generator.uniform(below: 1) == 0)
        var values = Array(0..<20)
        var copy = generator
        values.shuffle(using: &copy)
        #expect(values.sorted() == Array(0..<20))
    }

    @Test func everyNamedGeneratorGives64Bits() throws {
        #expect(RandomGenerator.names.contains("philox4x64"))
        for name in RandomGenerator.names {
            let generator = try RandomGenerator(named: name, seed: 11)
            #expect(generator.name == name)
            var sum = 0.0
            for _ in 0..<2_000 { sum += generator.uniform() }
            #expect(
                abs(sum / 2_000 - 0.5) < deviations * (1.0 / 12 / 2_000).squareRoot(), "\(name)")
        }
        #expect(throws: ParameterErrorText("did you mean mt19937?")) {
            do { _ = try RandomGenerator(named: "mt19973", seed: 1) } catch {
                throw ParameterErrorText(in: "\(error)", "did you mean mt19937?")
            }
        }
    }

    @Test func namedPhiloxIsPhilox() throws {
        let a = try RandomGenerator(named: "philox4x64", seed: 77)
        let b = RandomGenerator(seed: 77)
        #expect((a.next(), a.normal(), a.uniform()) == (b.next(), b.normal(), b.uniform()))
    }
}

/// √n times the largest distance of sorted data from a distribution function.
func kolmogorov(_ sorted: [Double], _ cdf: (Double) -> Double) -> Double {
    let n = Double(sorted.count)
    var largest = 0.0
    for (i, x) in sorted.enumerated() {
        let p = cdf(x)
        largest = max(largest, abs(p - Double(i) / n), abs(Double(i + 1) / n - p))
    }
    return largest * n.squareRoot()
}

/// The part of an error message that a test asks for.
struct ParameterErrorText: Error, Equatable {
    var text: String
    init(_ text: String) { self.text = text }
    init(in message: String, _ part: String) { text = message.contains(part) ? part : message }
}

@Suite struct StreamKeyTests {
    @Test func childrenAreStableForEver() {
        let root = StreamKey(seed: 1777)
        // Computed by the Python lines in Tests/Reference/randomness/streams.py.
        #expect(root.child("needle").stream == 7224371175619425043)
        #expect(root.child(3).stream == 2612076911301909590)
        #expect(root.child("needle").child(0).stream == 15371599264193554946)
        #expect(root.child(-1).stream == 3412626857231860119)
        #expect(root.child("").seed == 1777)
    }

    @Test func childrenDiffer() {
        let root = StreamKey(seed: 1)
        var seen: Set<StreamKey> = [root]
        for i in 0..<1_000 {
            #expect(seen.insert(root.child(i)).inserted)
            #expect(seen.insert(root.child("\(i)")).inserted)
            #expect(seen.insert(root.child(i).child(0)).inserted)
        }
    }
}
