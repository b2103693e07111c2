// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Weighted choice among n outcomes in constant time, from one random word.
///
///     let table = try AliasTable([0.5, 0.3, 0.2])
///     table.draw(using: generator)            // 0, 1 or 2
///
/// Source: A. J. Walker, ACM TOMS 3 (1977); built as by M. D. Vose, IEEE Trans.
/// Software Engineering 17 (1991).
public struct AliasTable: Sendable {
    /// A cell gives its own index when the fraction is below the threshold, a
    /// multiple of 2⁻⁶⁴, and else its alias.
    private(set) var thresholds: [UInt64]
    private(set) var aliases: [Int]

    /// Weights in proportion to the probabilities.
    ///
    /// Throws `ParameterError` unless they are finite, nonnegative, and one of
    /// them is positive.
    public init(_ weights: [Double]) throws(ParameterError) {
        var largest = 0.0
        for weight in weights {
            guard weight >= 0, weight < .infinity else {
                throw ParameterError("weight", is: weight, mustBe: "nonnegative and finite")
            }
            largest = max(largest, weight)
        }
        guard largest > 0 else {
            throw ParameterError("weights", is: weights.count, mustBe: "positive somewhere")
        }
        let total = weights.reduce(0) { $0 + $1 / largest }
        // What a cell has, in cells: 1 on the average.
        var shares = weights.map { $0 / largest / total * Double(weights.count) }
        thresholds = Array(repeating: .max, count: weights.count)
        aliases = Array(weights.indices)
        var small: [Int] = []
        var large: [Int] = []
        for (i, share) in shares.enumerated() {
            if share < 1 { small.append(i) } else { large.append(i) }
        }
        while let poor = small.last, let rich = large.last {
            small.removeLast()
            thresholds[poor] = UInt64(shares[poor] * 0x1p64)
            aliases[poor] = rich
            shares[rich] -= 1 - shares[poor]
            if shares[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
        // Rounding may leave a poor cell; one without weight must not win by it.
        for i in small where weights[i] == 0 {
            thresholds[i] = 0
            aliases[i] = weights.firstIndex(of: largest) ?? i
        }
    }

    /// How many outcomes there are.
    public var count: Int { thresholds.count }

    /// The index of an outcome.
    public func draw(using generator: RandomGenerator) -> Int {
        let (cell, fraction) = generator.next().multipliedFullWidth(by: UInt64(count))
        let index = Int(cell)
        return fraction < thresholds[index] ? index : aliases[index]
    }

    /// Indices of outcomes drawn independently; none for a count below 1.
    public func draw(_ count: Int, using generator: RandomGenerator) -> [Int] {
        (0..<max(count, 0)).map { _ in draw(using: generator) }
    }
}
