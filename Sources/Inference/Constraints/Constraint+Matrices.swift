// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

// Correlation matrices come from canonical partial correlations tanh y
// (Lewandowski, Kurowicka, Joe 2009). The formulas use sech y, for which
// √(1 − tanh² y) is an expression that loses all digits when |y| is large.

extension Constraint {
    /// The Cholesky factor L of a correlation matrix. Row i is
    ///
    ///     Lᵢⱼ = tanh yᵢⱼ · Π_{l<j} sech yᵢₗ,   Lᵢᵢ = Π_{l<i} sech yᵢₗ
    ///
    /// `byRow` says in which order the coordinates of the strict lower
    /// triangle come: Stan takes rows for Cholesky factors and columns for
    /// correlation matrices.
    func choleskyCorrelation(
        _ y: Traced, _ n: Int, byRow: Bool
    ) -> (value: Traced, logJacobian: Traced) {
        guard n > 1 else {
            return (Traced([Double](repeating: 1, count: n), .matrix(n, n)), 0)
        }
        let correlations = tanh(y)
        let logs = Self.logSech(y)
        let shrinks = exp(logs)
        var entries = [Traced](repeating: 0, count: n * n)
        entries[0] = 1
        var weights = [Double](repeating: 0, count: y.count)
        for i in 1..<n {
            var remaining: Traced = 1
            for j in 0..<i {
                let k = byRow ? i * (i - 1) / 2 + j : j * n - j * (j + 1) / 2 + (i - j - 1)
                entries[i + j * n] = correlations[k] * remaining
                remaining = remaining * shrinks[k]
                // dLᵢⱼ/dyᵢⱼ = sech² yᵢⱼ Π_{l<j} sech yᵢₗ
                weights[k] = Double(2 + (i - 1 - j))
            }
            entries[i + i * n] = remaining
        }
        return (.matrix(entries, n, n), dot(Traced(weights), logs))
    }

    /// R = L Lᵀ. The map from L to R adds Σⱼ (n − j) log Lⱼⱼ, j from 1.
    func correlation(
        _ y: Traced, _ n: Int
    ) -> (value: Traced, logJacobian: Traced) {
        let (factor, _) = choleskyCorrelation(y, n, byRow: false)
        guard n > 1 else { return (factor, 0) }
        var weights: [Double] = []
        for j in 0..<(n - 1) {
            // 2 from dtanh, n − j − 2 from the determinant of vine order j.
            for _ in (j + 1)..<n { weights.append(Double(n - j)) }
        }
        return (
            matmul(factor, transpose(factor)),
            dot(Traced(weights), Self.logSech(y))
        )
    }

    /// The Cholesky factor of a covariance matrix, row by row: the entries
    /// left of the diagonal as they are, the diagonal as a logarithm. Rows
    /// below the square part are free.
    func choleskyCovariance(
        _ y: Traced, _ rows: Int, _ columns: Int
    ) -> (value: Traced, logJacobian: Traced) {
        let (factor, diagonal) = triangular(y, rows, columns)
        return (factor, diagonal.isEmpty ? 0 : sum(y.gather(diagonal)))
    }

    /// L Lᵀ with L as above: the determinant is 2ⁿ Πⱼ Lⱼⱼ^(n − j + 1), and one
    /// more power of Lⱼⱼ for its logarithm.
    func covariance(
        _ y: Traced, _ n: Int
    ) -> (value: Traced, logJacobian: Traced) {
        guard n > 0 else { return (Traced([], .matrix(0, 0)), 0) }
        let (factor, diagonal) = triangular(y, n, n)
        let weights = (0..<n).map { Double(n - $0 + 1) }
        let logJacobian =
            Traced(Double(n) * 0.6931471805599453)
            + dot(Traced(weights), y.gather(diagonal))
        return (matmul(factor, transpose(factor)), logJacobian)
    }

    private func triangular(
        _ y: Traced, _ rows: Int, _ columns: Int
    ) -> (factor: Traced, diagonal: [Int]) {
        guard rows > 0, columns > 0 else { return (Traced([], .matrix(rows, columns)), []) }
        var entries = [Traced](repeating: 0, count: rows * columns)
        var diagonal: [Int] = []
        var k = 0
        for i in 0..<rows {
            for j in 0..<min(i + 1, columns) {
                if i == j {
                    entries[i + j * rows] = exp(y[k])
                    diagonal.append(k)
                } else {
                    entries[i + j * rows] = y[k]
                }
                k += 1
            }
        }
        return (.matrix(entries, rows, columns), diagonal)
    }

    /// log sech y = log 2 + log σ(2y) − y, as σ(2y) = eʸ / (eʸ + e⁻ʸ).
    private static func logSech(_ y: Traced) -> Traced {
        // (log 4 + log σ(2y) + log σ(−2y)) / 2 with log σ(−2y) = log σ(2y) − 2y.
        0.6931471805599453 + logLogistic(2 * y) - y
    }
}
