// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness
import SpecialFunctions

/// What distributions of vectors and matrices share: matrices given by rows, checked
/// and factored.
enum Rows {
    /// The lower Cholesky factor of a symmetric positive definite matrix of a size.
    static func factor(
        _ a: [[Double]], size: Int? = nil, _ name: String
    ) throws(ParameterError) -> [[Double]] {
        let n = size ?? a.count
        guard n > 0, a.count == n, a.allSatisfy({ $0.count == n }) else {
            throw ParameterError(name, is: "of \(a.count) rows", mustBe: "a \(n) × \(n) matrix")
        }
        for i in a.indices {
            for j in 0..<i where !(abs(a[i][j] - a[j][i]) <= 1e-8 * max(abs(a[i][j]), 1e-300)) {
                throw ParameterError(
                    name, is: "\(a[i][j]) at [\(i), \(j)]",
                    mustBe: "symmetric (\(a[j][i]) at [\(j), \(i)])")
            }
        }
        guard let factor = choleskyFactor(a) else {
            throw ParameterError(name, is: a, mustBe: "positive definite")
        }
        return factor
    }

    /// A lower triangular matrix with a positive diagonal.
    static func checkedFactor(
        _ l: [[Double]], size: Int? = nil, _ name: String
    ) throws(ParameterError) -> [[Double]] {
        let n = size ?? l.count
        guard n > 0, isFactor(l, size: n) else {
            throw ParameterError(
                name, is: l, mustBe: "a lower triangular \(n) × \(n) matrix, its diagonal positive")
        }
        return l
    }

    static func isFactor(_ l: [[Double]], size n: Int) -> Bool {
        l.count == n
            && l.indices.allSatisfy { i in
                l[i].count == n && l[i].allSatisfy(\.isFinite) && l[i][i] > 0
                    && l[i][(i + 1)...].allSatisfy { $0 == 0 }
            }
    }

    /// The factor of a symmetric matrix of a size; nil if it is none.
    static func factorIfPositive(_ a: [[Double]], size n: Int) -> [[Double]]? {
        guard a.count == n, a.allSatisfy({ $0.count == n }) else { return nil }
        for i in a.indices {
            for j in 0..<i where !(abs(a[i][j] - a[j][i]) <= 1e-8 * max(abs(a[i][j]), 1e-300)) {
                return nil
            }
        }
        return choleskyFactor(a)
    }

    /// L Lᵀ.
    static func square(_ l: [[Double]]) -> [[Double]] {
        l.indices.map { i in
            l.indices.map { j in
                (0...min(i, j)).reduce(0) { $0 + l[i][$1] * l[j][$1] }
            }
        }
    }

    /// The lower factor of (K Kᵀ)⁻¹ for a lower factor K of the precision.
    static func inverseFactor(_ k: [[Double]]) -> [[Double]]? {
        let n = k.count
        let columns = (0..<n).map { i in
            var unit = [Double](repeating: 0, count: n)
            unit[i] = 1
            return solveTransposed(k, solveLower(k, unit))
        }
        return choleskyFactor(
            (0..<n).map { i in (0..<n).map { j in 0.5 * (columns[i][j] + columns[j][i]) } })
    }

    static func logDeterminant(_ l: [[Double]]) -> Double {
        l.indices.reduce(0) { $0 + 2 * log(l[$1][$1]) }
    }

    static func scaled(_ a: [[Double]], by s: Double) -> [[Double]] {
        a.map { $0.map { $0 * s } }
    }

    /// tr((A Aᵀ)⁻¹ B Bᵀ) = |A⁻¹ B|² for lower triangular A and B.
    static func trace(_ a: [[Double]], _ b: [[Double]]) -> Double {
        b.indices.reduce(0) { sum, c in
            let column = solveLower(a, b.indices.map { b[$0][c] })
            return sum + column.reduce(0) { $0 + $1 * $1 }
        }
    }

    /// Entries column by column, as samplers have them, and back.
    static func columns(_ a: [[Double]]) -> [Double] {
        a.indices.flatMap { c in a.map { $0[c] } }
    }
    static func fromColumns(_ entries: [Double], _ n: Int) -> [[Double]] {
        (0..<n).map { r in (0..<n).map { c in r >= c ? entries[c * n + r] : 0 } }
    }
}
