// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Errors
import Testing

@testable import Randomness

@Suite struct QuasiRandomTests {
    @Test func firstPoints() throws {
        let sobol = try QuasiRandomSequence(.sobol, dimension: 2)
        #expect(try sobol.points(3) == [[0.5, 0.5], [0.75, 0.25], [0.25, 0.75]])
        // Radical inverses of 1, 2, 3 in bases 2 and 3.
        let halton = try QuasiRandomSequence(.halton, dimension: 2).points(3)
        for (point, expected) in zip(halton, [[0.5, 1 / 3.0], [0.25, 2 / 3.0], [0.75, 1 / 9.0]]) {
            for (x, y) in zip(point, expected) { #expect(abs(x - y) < 1e-15) }
        }
    }

    @Test func dimensions() throws {
        for kind in QuasiRandomSequence.Kind.allCases {
            let largest = kind.largestDimension
            #expect(largest >= 12)
            #expect(try QuasiRandomSequence(kind, dimension: largest).next().count == largest)
            for dimension in [-1, 0, largest + 1] {
                #expect(throws: ParameterError.self) {
                    try QuasiRandomSequence(kind, dimension: dimension)
                }
            }
        }
    }

    /// The first 2ᵐ points have one in each elementary interval of the plane,
    /// and of a line for each coordinate, also when scrambled.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func scrambledPointsAreANet(_ seed: UInt64) throws {
        let generator = RandomGenerator(seed: seed)
        let points = try QuasiRandomSequence(.sobol, dimension: 6, scrambledBy: generator)
            .points(256)
        for d in 0..<6 {
            #expect(Set(points.map { Int($0[d] * 256) }).count == 256)
        }
        for split in 0...8 {
            let (a, b) = (Double(1 << split), Double(1 << (8 - split)))
            #expect(Set(points.map { [Int($0[0] * a), Int($0[1] * b)] }).count == 256)
        }
    }

    @Test(arguments: QuasiRandomSequence.Kind.allCases)
    func scrambledPointsAreUniform(_ kind: QuasiRandomSequence.Kind) throws {
        let generator = RandomGenerator(seed: 50)
        // The third point of many scramblings; Kolmogorov's √n D exceeds 2.69
        // with probability 1e-6.
        let third = try (0..<2_000).map { _ in
            try QuasiRandomSequence(kind, dimension: 3, scrambledBy: generator).points(3)[2][1]
        }
        #expect(third.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(kolmogorov(third.sorted()) { $0 } < 2.69)
    }

    @Test func meansHaveHonestErrors() throws {
        let generator = RandomGenerator(seed: 51)
        // ∫ Π (1 + (xᵢ − ½)) = 1; a random sample of the same size errs by 0.0046.
        for kind in QuasiRandomSequence.Kind.allCases {
            let mean = try QuasiRandomSequence.mean(
                of: { $0.reduce(1) { $0 * (0.5 + $1) } }, dimension: 4, points: 1024,
                scramblings: 16, kind: kind, using: generator)
            #expect(mean.standardError < 0.001)
            // Student's t with 15 degrees of freedom: 8 with probability 1e-6.
            #expect(abs(mean.value - 1) < 8 * mean.standardError, "\(kind): \(mean)")
        }
        #expect(throws: ParameterError.self) {
            try QuasiRandomSequence.mean(of: { $0[0] }, dimension: 99, using: generator)
        }
    }
}
