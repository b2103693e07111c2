// SPDX-License-Identifier: GPL-3.0-or-later

/// The thin singular value decomposition A = U diag(σ) Vᵀ, singular values in
/// decreasing order.
///
/// Derivatives of U and V exist where the singular values differ and are not 0.
package func singularValueDecomposition(
    _ a: Traced
) throws -> (u: Traced, values: Traced, v: Traced) {
    let (m, n) = (a.shape.rows, a.shape.columns)
    let k = min(m, n)
    if k == 0 {
        let none = Traced([], .matrix(0, 0))
        return (none, Traced([]), none)
    }
    let function = AdjointFunction(
        value: { x in
            let (u, values, v) = JacobiSVD.decompose(ColumnMatrix(x, m, n))
            return u.values + values + v.values
        },
        adjoint: { _, y, adjoints in
            JacobiSVD.adjoint(y, adjoints, m, n)
        })
    let all = try Traced.external(
        function, a.reshaped(.vector(m * n)), .vector(m * k + k + n * k))
    func piece(_ start: Int, _ count: Int) -> Traced {
        all.gather(Array(start..<(start + count)))
    }
    return (
        piece(0, m * k).reshaped(.matrix(m, k)), piece(m * k, k),
        piece(m * k + k, n * k).reshaped(.matrix(n, k))
    )
}

/// Two-sided Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th ed.,
/// 8.6.6), after a QR decomposition with pivots when the matrix is not square. The
/// rotations go in the order of Eigen, which Stan uses, so that singular vectors
/// have the same sign.
enum JacobiSVD {
    typealias Result = (u: ColumnMatrix, values: [Double], v: ColumnMatrix)

    static func decompose(_ a: ColumnMatrix) -> Result {
        if a.rows < a.columns {
            let (u, values, v) = decompose(tall: a.transposed, byRows: true)
            return (v, values, u)
        }
        return decompose(tall: a, byRows: false)
    }

    private static func decompose(tall a: ColumnMatrix, byRows: Bool) -> Result {
        let (m, n) = (a.rows, a.columns)
        var scale = 0.0
        for x in a.values {
            guard x.isFinite else {
                func none(_ rows: Int) -> ColumnMatrix {
                    ColumnMatrix([Double](repeating: .nan, count: rows * n), rows, n)
                }
                return (none(m), [Double](repeating: .nan, count: n), none(n))
            }
            scale = max(scale, abs(x))
        }
        if scale == 0 { scale = 1 }
        let scaled = a.mapEntries { x, _, _ in x / scale }
        if m == n {
            let identity = ColumnMatrix.identity(n, n)
            return finish(scaled, scale, identity, identity)
        }
        let factored = Householder(scaled, pivoting: true)
        var permutation = ColumnMatrix.identity(n, n).mapEntries { _, _, _ in 0 }
        for (k, column) in factored.order.enumerated() { permutation[column, k] = 1 }
        let (q, r) = (factored.q(columns: n), factored.r(rows: n))
        if byRows {
            // Rotations are not symmetric in the two sides: go on with Rᵀ.
            let (u, values, v) = finish(r.transposed, scale, permutation, q)
            return (v, values, u)
        }
        return finish(r, scale, q, permutation)
    }

    /// Makes a square matrix diagonal.
    private static func finish(
        _ square: ColumnMatrix, _ scale: Double, _ left: ColumnMatrix, _ right: ColumnMatrix
    ) -> Result {
        var (w, u, v) = (square, left, right)
        let n = w.rows
        var largest = 0.0
        for i in 0..<n { largest = max(largest, abs(w[i, i])) }
        var isDone = false
        // Convergence is quadratic: a dozen sweeps are many.
        var sweeps = 0
        while !isDone, sweeps < 100 {
            isDone = true
            sweeps += 1
            for p in 1..<max(n, 1) {
                for q in 0..<p {
                    let threshold = max(.leastNormalMagnitude, 2 * .ulpOfOne * largest)
                    if abs(w[p, q]) <= threshold, abs(w[q, p]) <= threshold { continue }
                    isDone = false
                    let (first, second) = rotations(w[p, p], w[p, q], w[q, p], w[q, q])
                    w.rotateRows(p, q, first)
                    u.rotateColumns(p, q, Rotation(cosine: first.cosine, sine: -first.sine))
                    w.rotateColumns(p, q, second)
                    v.rotateColumns(p, q, second)
                    largest = max(largest, abs(w[p, p]), abs(w[q, q]))
                }
            }
        }
        var values = (0..<n).map { abs(w[$0, $0]) }
        for i in 0..<n where w[i, i] < 0 { u.negateColumn(i) }
        for i in 0..<n {
            var most = i
            for k in i..<n where values[k] > values[most] { most = k }
            if most != i {
                values.swapAt(i, most)
                u.swapColumns(i, most)
                v.swapColumns(i, most)
            }
        }
        return (u, values.map { $0 * scale }, v)
    }

    /// The rotations of rows and columns that make a 2 × 2 matrix diagonal: one
    /// makes it symmetric, then Jacobi's.
    private static func rotations(
        _ a: Double, _ b: Double, _ c: Double, _ d: Double
    ) -> (left: Rotation, right: Rotation) {
        var first = Rotation.none
        let (sum, difference) = (a + d, c - b)
        if abs(difference) >= Double.leastNormalMagnitude {
            let u = sum / difference
            let root = (1 + u * u).squareRoot()
            first = Rotation(cosine: u / root, sine: 1 / root)
        }
        let (c1, s1) = (first.cosine, first.sine)
        let (x, y, z) = (c1 * a + s1 * c, c1 * b + s1 * d, -s1 * b + c1 * d)
        var right = Rotation.none
        if 2 * abs(y) >= Double.leastNormalMagnitude {
            let tau = (x - z) / (2 * abs(y))
            let root = (tau * tau + 1).squareRoot()
            let t = tau > 0 ? 1 / (tau + root) : 1 / (tau - root)
            let n = 1 / (t * t + 1).squareRoot()
            let sign = (t > 0 ? -1.0 : 1.0) * (y < 0 ? -1 : 1)
            right = Rotation(cosine: n, sine: sign * abs(t) * n)
        }
        let (c2, s2) = (right.cosine, right.sine)
        return (Rotation(cosine: c1 * c2 + s1 * s2, sine: s1 * c2 - c1 * s2), right)
    }

    /// Townsend 2016, "Differentiating the singular value decomposition":
    ///
    ///     Ā = (U (F ∘ (Uᵀ Ū − Ūᵀ U)) S + (1 − U Uᵀ) Ū S⁻¹) Vᵀ + U diag(σ̄) Vᵀ
    ///       + U (S (F ∘ (Vᵀ V̄ − V̄ᵀ V)) Vᵀ + S⁻¹ V̄ᵀ (1 − V Vᵀ))
    ///
    /// with Fᵢⱼ = 1 / (σⱼ² − σᵢ²).
    static func adjoint(
        _ y: [Double], _ adjoints: [Double], _ m: Int, _ n: Int
    ) -> [Double] {
        let k = min(m, n)
        let values = Array(y[(m * k)..<(m * k + k)])
        let u = ColumnMatrix(y[..<(m * k)], m, k)
        let v = ColumnMatrix(y[(m * k + k)...], n, k)
        let uBar = ColumnMatrix(adjoints[..<(m * k)], m, k)
        let vBar = ColumnMatrix(adjoints[(m * k + k)...], n, k)
        func isUsed(_ x: ColumnMatrix) -> Bool { x.values.contains { $0 != 0 } }

        /// F ∘ (W − Wᵀ)
        func turned(_ w: ColumnMatrix) -> ColumnMatrix {
            w.mapEntries { x, i, j in
                let difference = x - w[j, i]
                if i == j || difference == 0 { return 0 }
                return difference / ((values[j] - values[i]) * (values[j] + values[i]))
            }
        }
        var inner = ColumnMatrix([Double](repeating: 0, count: k * k), k, k)
        for i in 0..<k { inner[i, i] = adjoints[m * k + i] }
        var left: ColumnMatrix?
        var right: ColumnMatrix?
        if isUsed(uBar) {
            let w = u.transposed * uBar
            inner += turned(w).mapEntries { x, _, j in x * values[j] }
            if m > k {
                left = (uBar - u * w).mapEntries { x, _, j in x / values[j] }
            }
        }
        if isUsed(vBar) {
            let w = v.transposed * vBar
            inner += turned(w).mapEntries { x, i, _ in values[i] * x }
            if n > k {
                right = (vBar - v * w).mapEntries { x, _, j in x / values[j] }
            }
        }
        var result = u * inner * v.transposed
        if let left { result += left * v.transposed }
        if let right { result += u * right.transposed }
        return result.values
    }
}

/// The Moore–Penrose inverse, from the singular value decomposition; singular
/// values that rounding may have made count as 0. Derivatives hold where the rank
/// does not change.
package func pseudoinverse(_ a: Traced) throws -> Traced {
    let (m, n) = (a.shape.rows, a.shape.columns)
    if m == 0 || n == 0 { return a }
    let function = AdjointFunction(
        value: { x in
            let (u, values, v) = JacobiSVD.decompose(ColumnMatrix(x, m, n))
            let least = Double(max(m, n)) * .ulpOfOne * (values.first ?? 0)
            let scaled = v.mapEntries { x, _, j in
                values[j].isNaN ? .nan : values[j] > least ? x / values[j] : 0
            }
            return (scaled * u.transposed).values
        },
        adjoint: { x, y, adjoints in
            // Golub and Pereyra 1973, (4.12), transposed.
            let (g, p, bar) = (
                ColumnMatrix(x, m, n), ColumnMatrix(y, n, m), ColumnMatrix(adjoints, n, m)
            )
            let (pt, bt) = (p.transposed, bar.transposed)
            var result = -1 * (pt * bar * pt)
            if m >= n {
                let rest = ColumnMatrix.identity(m, m) - g * p
                result += rest * bt * p * pt
            }
            if n >= m {
                let rest = ColumnMatrix.identity(n, n) - p * g
                result += pt * p * bt * rest
            }
            return result.values
        })
    return try Traced.external(
        function, a.reshaped(.vector(m * n)), .vector(m * n)
    ).reshaped(.matrix(n, m))
}
