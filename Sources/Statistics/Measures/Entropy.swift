// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The entropy −Σ p log p, in nats, of the frequencies that counts (or
/// weights) have: the plug-in estimate, which is too small by about
/// (number of cells − 1) / 2n.
///
///     entropy(ofCounts: [1, 1, 1, 1])     // log 4
/// - Throws: `ParameterError` when a count is negative or not finite, or all
///   are 0.
public func entropy(ofCounts counts: [Double]) throws(ParameterError) -> Double {
    var total = CarefulSum()
    for count in counts {
        guard count >= 0, count.isFinite else {
            throw ParameterError("count", is: count, mustBe: "finite and not negative")
        }
        total.add(count)
    }
    guard total.value > 0 else {
        throw ParameterError("sum of the counts", is: total.value, mustBe: "positive")
    }
    var result = CarefulSum()
    for count in counts where count > 0 {
        let p = count / total.value
        result.add(p, times: -log(p))
    }
    return result.value
}

/// The plug-in entropy, in nats, of the values of a list: 0 when all are
/// equal, log n when all differ.
/// - Throws: `ParameterError` when the list is empty.
public func entropy(of values: some Sequence<some Hashable>) throws(ParameterError) -> Double {
    var counts: [Double] = []
    var positions: [AnyHashable: Int] = [:]
    for value in values {
        if let position = positions[value] {
            counts[position] += 1
        } else {
            positions[value] = counts.count
            counts.append(1)
        }
    }
    guard !counts.isEmpty else {
        throw ParameterError("values", is: "empty", mustBe: "at least one value long")
    }
    return try entropy(ofCounts: counts)
}
