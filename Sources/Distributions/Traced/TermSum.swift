// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

let logTwo = 0.693_147_180_559_945_309_4
let logPi = 1.144_729_885_849_400_174_1

/// The log density of independent entries under construction.
///
/// A term that all entries share is traced once and counted once for each; the
/// others are added up entry by entry before the one sum over entries, so that
/// they become one array kernel.
struct TermSum {
    let droppingConstants: Bool
    /// The number of entries of the longest argument.
    let count: Int
    private var shared: Traced?
    private var entrywise: Traced?
    private var whole: Traced?
    private var isOutside = false

    /// - Parameter arguments: all arguments of the density.
    init(_ arguments: [Traced], droppingConstants: Bool) {
        self.droppingConstants = droppingConstants
        var count = 1
        for argument in arguments where !argument.shape.isScalar { count = argument.count }
        self.count = count
    }

    private func isDropped(_ parts: [Traced]) -> Bool {
        count == 0 || droppingConstants && parts.allSatisfy(\.isConstant)
    }

    private mutating func include(_ value: Traced) {
        if value.shape.isScalar {
            shared = shared.map { $0 + value } ?? value
        } else {
            entrywise = entrywise.map { $0 + value } ?? value
        }
    }

    /// Adds a term of these arguments, unless it is to be dropped.
    mutating func add(_ parts: Traced..., term: () -> Traced) {
        if !isDropped(parts) { include(term()) }
    }

    /// Adds a constant for each entry, unless constants are dropped.
    mutating func add(_ constant: Double) {
        if !isDropped([]) { include(Traced(constant)) }
    }

    /// Adds a term of these arguments that is already the sum over entries.
    mutating func addOnce(_ parts: Traced..., term: () -> Traced) {
        addOnce(parts, term: term)
    }

    mutating func addOnce(_ parts: [Traced], term: () -> Traced) {
        if !isDropped(parts) { addWhole(term()) }
    }

    /// Adds a sum over entries in which nothing is to be dropped any more.
    mutating func addWhole(_ value: Traced) {
        if value.constant == 0 { return }
        whole = whole.map { $0 + value } ?? value
    }

    /// Makes the density 0 where one of the conditions is 0, whatever is dropped.
    mutating func require(_ conditions: Traced...) {
        if count == 0 { return }
        let traced = conditions.filter { !$0.isConstant }
        for known in conditions where known.isConstant {
            if known.constants?.contains(0) == true { isOutside = true }
        }
        if traced.isEmpty || isOutside { return }
        include(
            traced.reversed().reduce(Traced(0)) { select($1, $0, Traced(-.infinity)) })
    }

    var total: Traced {
        if isOutside { return Traced(-.infinity) }
        let terms = [
            whole, entrywise.map { sum($0) },
            shared.map { count == 1 ? $0 : Traced(Double(count)) * $0 },
        ].compactMap { $0 }.filter { $0.constant != 0 }
        return terms.dropFirst().reduce(terms.first ?? 0, +)
    }
}

enum Support {
    /// Whether a known entry lies outside the support. Traced variates are not
    /// looked at: densities are NaN or −∞ there.
    static func isOutside(_ x: Traced, _ support: ClosedRange<Double>) -> Bool {
        func lies(_ value: Double) -> Bool {
            value < support.lowerBound || value > support.upperBound
        }
        if let value = x.constant { return lies(value) }
        return x.constants?.contains(where: lies) ?? false
    }
}

/// The entries that are positive, NaN in place of the others: a parameter whose
/// sign the formula would not notice.
func positiveOrNaN(_ x: Traced) -> Traced {
    if let value = x.constant { return value > 0 ? x : Traced(.nan) }
    if x.isFormallyPositive { return x }
    guard let known = x.constants else { return select(Traced.less(0, x), x, Traced(.nan)) }
    if known.allSatisfy({ $0 > 0 }) { return x }
    return Traced(known.map { $0 > 0 ? $0 : .nan }, x.shape)
}

/// (x − μ)/σ, NaN unless σ is positive.
func zScore(_ x: Traced, _ mu: Traced, _ sigma: Traced) -> Traced {
    (x - mu) / positiveOrNaN(sigma)
}

/// log(1 − exp(−eᵗ)), also where eᵗ underflows.
func logOneMinusExpExp(_ t: Traced) -> Traced {
    let near = log1mExp(-exp(maximum(t, -37)))
    return select(Traced.less(t, -37), t - 0.5 * exp(minimum(t, -37)), near)
}

extension Traced {
    /// As a column, so that rows, columns and matrices go together by entry.
    var flat: Traced { shape.isScalar ? self : reshaped(.vector(count)) }
}
