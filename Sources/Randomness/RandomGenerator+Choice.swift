// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

extension RandomGenerator {
    /// The whole numbers from 0 to n − 1 in random order; none for n below 1.
    public func permutation(_ n: Int) -> [Int] { shuffled(Array(0..<max(n, 0))) }

    /// The values in random order, each order with the same probability.
    public func shuffled<Value>(_ values: [Value]) -> [Value] {
        var values = values
        for i in stride(from: values.count - 1, to: 0, by: -1) {
            values.swapAt(i, uniform(below: i + 1))
        }
        return values
    }

    /// Whole numbers from 0 to n − 1, drawn one after another, by default
    /// without putting them back.
    ///
    /// Takes time and memory for the numbers drawn, not for n. Throws
    /// `ParameterError` when there are not that many.
    public func choose(
        _ count: Int, below n: Int, replacing: Bool = false
    ) throws(ParameterError) -> [Int] {
        guard count >= 0 else { throw ParameterError("count", is: count, mustBe: "nonnegative") }
        if replacing {
            guard n > 0 || count == 0 else {
                throw ParameterError("n", is: n, mustBe: "positive")
            }
            return (0..<count).map { _ in uniform(below: n) }
        }
        guard count <= n else {
            throw ParameterError("count", is: count, mustBe: "at most \(max(n, 0)), all there are")
        }
        // The first steps of a shuffle of 0..<n, of which only the entries that
        // were moved are kept.
        var moved: [Int: Int] = [:]
        return (0..<count).map { i in
            let j = i + uniform(below: n - i)
            let value = moved[j] ?? j
            moved[j] = moved[i] ?? i
            return value
        }
    }

    /// Values drawn one after another, by default without putting them back.
    public func choose<Value>(
        _ count: Int, from values: [Value], replacing: Bool = false
    ) throws(ParameterError) -> [Value] {
        try choose(count, below: values.count, replacing: replacing).map { values[$0] }
    }

    /// Indices of weights, drawn one after another with probabilities in
    /// proportion to the weights that are left.
    ///
    /// Without putting back by the order of exponential variates over the
    /// weights: P. S. Efraimidis, P. G. Spirakis, Information Processing Letters
    /// 97 (2006). Throws `ParameterError` for weights that `AliasTable` refuses,
    /// and when fewer of them are positive than are asked for.
    public func choose(
        _ count: Int, weights: [Double], replacing: Bool = false
    ) throws(ParameterError) -> [Int] {
        guard count >= 0 else { throw ParameterError("count", is: count, mustBe: "nonnegative") }
        let table = try AliasTable(weights)
        if replacing { return table.draw(count, using: self) }
        let possible = weights.indices.filter { weights[$0] > 0 }
        guard count <= possible.count else {
            throw ParameterError(
                "count", is: count, mustBe: "at most \(possible.count), the positive weights")
        }
        let keyed = possible.map { (index: $0, logKey: log(exponential()) - log(weights[$0])) }
        return keyed.sorted { $0.logKey < $1.logKey }.prefix(count).map(\.index)
    }

    /// Points of the unit cube, as rows: in each coordinate one in each of
    /// `count` equal intervals, in random order.
    ///
    /// Source: M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979).
    public func latinHypercube(_ count: Int, dimension: Int) throws(ParameterError) -> [[Double]] {
        guard count >= 0 else { throw ParameterError("count", is: count, mustBe: "nonnegative") }
        guard dimension > 0 else {
            throw ParameterError("dimension", is: dimension, mustBe: "positive")
        }
        let columns = (0..<dimension).map { _ in
            permutation(count).map { (Double($0) + uniform()) / Double(count) }
        }
        return (0..<count).map { i in columns.map { $0[i] } }
    }
}
