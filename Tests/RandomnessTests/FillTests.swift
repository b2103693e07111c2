// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Testing

@testable import Randomness

/// Draws into a buffer of that length, as an array.
func filled<Value>(
    _ count: Int, _ zero: Value, _ fill: (UnsafeMutableBufferPointer<Value>) -> Void
) -> [Value] {
    var values = [Value](repeating: zero, count: count)
    values.withUnsafeMutableBufferPointer { fill($0) }
    return values
}

/// A fill gives the numbers of single draws, for every generator, and whatever
/// was drawn before and comes after.
@Suite struct FillTests {
    typealias Fill = @Sendable (RandomGenerator, UnsafeMutableBufferPointer<Double>) -> Void
    typealias Draw = @Sendable (RandomGenerator) -> Double

    static let samplers: [(name: String, fill: Fill, draw: Draw)] = [
        ("uniform", { $0.fillUniform($1) }, { $0.uniform() }),
        ("normal", { $0.fillNormal($1) }, { $0.normal() }),
        ("exponential", { $0.fillExponential($1) }, { $0.exponential() }),
        ("gamma", { $0.fillGamma($1, shape: 2.5) }, { $0.gamma(shape: 2.5) }),
        ("small gamma", { $0.fillGamma($1, shape: 0.3) }, { $0.gamma(shape: 0.3) }),
        ("log gamma", { $0.fillLogGamma($1, shape: 0.01) }, { $0.logGamma(shape: 0.01) }),
        ("beta", { $0.fillBeta($1, 2, 3) }, { $0.beta(2, 3) }),
        ("small beta", { $0.fillBeta($1, 0.1, 3) }, { $0.beta(0.1, 3) }),
        (
            "t", { $0.fillStudentT($1, degreesOfFreedom: 5) },
            { $0.studentT(degreesOfFreedom: 5) }
        ),
    ]

    @Test(arguments: samplers.map(\.name), ["philox4x64", "mt19937", "minstd"])
    func fillsAreSingleDraws(_ name: String, _ generator: String) throws {
        let sampler = try #require(Self.samplers.first { $0.name == name })
        let a = try RandomGenerator(named: generator, seed: 20)
        let b = try RandomGenerator(named: generator, seed: 20)
        for count in [0, 1, 3, 79, 1, 160, 2_000] {
            let together = filled(count, 0.0) { sampler.fill(a, $0) }
            #expect(together == (0..<count).map { _ in sampler.draw(b) }, "\(count)")
        }
        #expect(a.next() == b.next())
    }

    @Test func bitsAreWords() {
        let a = RandomGenerator(seed: 21), b = RandomGenerator(seed: 21)
        #expect(filled(500, 0) { a.fillBits($0) } == (0..<500).map { _ in b.next() })
    }

    @Test func everyProcessorGivesTheSameWords() throws {
        let portable = try #require(vm_kernels_named("portable") ?? vm_kernels_named("neon"))
        let key: [UInt64] = [3, 1 << 63]
        for name in ["avx2", "avx512"] {
            guard let kernels = vm_kernels_named(name) else { continue }
            // Around a carry, and for lengths that leave something over.
            for (first, blocks) in [(0, 20), (5, 79), (UInt64.max - 30, 61), (.max, 25)] {
                var (one, two) = ([first, .max, 4, 5], [first, .max, 4, 5])
                let these = filled(4 * blocks, 0) {
                    portable.pointee.philox(key, &one, blocks, $0.baseAddress)
                }
                let those = filled(4 * blocks, 0) {
                    kernels.pointee.philox(key, &two, blocks, $0.baseAddress)
                }
                #expect(these == those && one == two)
            }
            let words: [UInt64] = [0, 2047, 2048, .max, 1 << 63]
            for kernels in [kernels, portable] {
                var x = [Double](repeating: -1, count: 5)
                #expect(kernels.pointee.uniform(5, words, &x) == 1)
                #expect(x == [0, 0, 0x1p-53, 1 - 0x1p-53, 0.5])
                #expect(kernels.pointee.uniform(3, Array(words[2...]), &x) == 0)
            }
        }
    }

    @Test func skippingIsDrawing() {
        for count in [0, 1, 5, 79, 80, 81, 239, 240, 100_003] {
            for before in [0, 3, 80] {
                let a = RandomGenerator(seed: 22), b = RandomGenerator(seed: 22)
                for g in [a, b] { for _ in 0..<before { _ = g.next() } }
                a.skip(UInt64(count))
                for _ in 0..<count { _ = b.next() }
                #expect((0..<200).map { _ in a.next() } == (0..<200).map { _ in b.next() })
            }
        }
        let far = RandomGenerator(seed: 22)
        for _ in 0..<5 { far.skip(.max) }
        far.skip(5)  // 5 · 2⁶⁴ words in all: the counter has carried.
        let block = RandomGenerator(seed: 22)
        block.philox?.head.pointee.counter = (1 << 62, 1, 0, 0)
        #expect(far.next() == block.next())
    }
}
