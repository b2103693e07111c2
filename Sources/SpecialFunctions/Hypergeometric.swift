// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The generalised hypergeometric function
///
///     pFq(a; b; z) = Σₖ (a₁)ₖ … (aₚ)ₖ / ((b₁)ₖ … (b_q)ₖ) zᵏ / k!
///
/// and its derivatives in a, b and z, by its series (DLMF 16.2.1). NaN where that
/// does not converge, or not within a million terms.
///
/// - Parameter slopes: gets the derivatives in a, then b, then z.
package func hypergeometric(
    _ a: [Double], _ b: [Double], _ z: Double, slopes: inout [Double]
) -> Double {
    let (p, q) = (a.count, b.count)
    let count = p + q + 1
    slopes = [Double](repeating: .nan, count: count)
    if z.isNaN || a.contains(where: \.isNaN) || b.contains(where: \.isNaN) { return .nan }
    // A whole a ≤ 0 ends the series of values; that of the derivative in it goes on.
    let last = a.filter { $0 <= 0 && $0 == $0.rounded() }.map { -$0 }.min()
    if let pole = b.filter({ $0 <= 0 && $0 == $0.rounded() }).map({ -$0 }).min(),
        last.map({ $0 > pole }) ?? true
    {
        return .nan
    }
    let converges = p <= q || p == q + 1 && abs(z) < 1 || z == 0
    if !converges, last == nil, !(p == q + 1 && abs(z) == 1) { return .nan }

    var sum = 1.0
    var term = 1.0
    var termSlopes = [Double](repeating: 0, count: count)
    var sums = termSlopes
    var correction = 0.0
    var quiet = 0
    for k in 0..<1_000_000 {
        let n = Double(k)
        if let last, n >= last, !converges {
            // Derivatives in what ends the series are those of one that diverges.
            for i in 0..<p where -a[i] == last { sums[i] = .nan }
            slopes = sums
            return sum + correction
        }
        var ratio = z / (n + 1)
        for x in a { ratio *= x + n }
        for x in b { ratio /= x + n }
        let next = term * ratio
        var largest = 0.0
        for i in 0..<count {
            let change: Double
            if i < p {
                var others = z / (n + 1)
                for (j, x) in a.enumerated() where j != i { others *= x + n }
                for x in b { others /= x + n }
                change = others
            } else if i < p + q {
                change = -ratio / (b[i - p] + n)
            } else {
                change = z == 0 ? (k == 0 ? ratioAtZero(a, b) : 0) : ratio / z
            }
            termSlopes[i] = termSlopes[i] * ratio + term * change
            sums[i] += termSlopes[i]
            largest = max(largest, abs(termSlopes[i]) / max(abs(sums[i]), abs(sum)))
        }
        term = next
        // Neumaier's summation.
        let total = sum + term
        correction += abs(sum) >= abs(term) ? (sum - total) + term : (term - total) + sum
        sum = total
        if !sum.isFinite { return sum }
        largest = max(largest, abs(term) / abs(sum))
        // What follows is at most a geometric series of the ratio's limit.
        let rest = p == q + 1 ? max(1 - abs(z), 1e-4) : 1
        quiet = largest < 1e-17 * rest ? quiet + 1 : 0
        if quiet >= 3 {
            slopes = sums
            return sum + correction
        }
    }
    return .nan
}

/// The coefficient of z.
private func ratioAtZero(_ a: [Double], _ b: [Double]) -> Double {
    a.reduce(1, *) / b.reduce(1, *)
}
