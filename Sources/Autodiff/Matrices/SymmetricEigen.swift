// SPDX-License-Identifier: GPL-3.0-or-later

/// The eigenvalues of a symmetric matrix, in increasing order, and eigenvectors of
/// norm 1 as columns; NaN when there is no convergence.
///
/// Derivatives of eigenvectors exist where the eigenvalues differ.
///
/// - Parameter name: of the function, in messages.
/// - Throws: a `Rejection` when the matrix is not symmetric, here if it is known.
package func symmetricEigen(
    _ a: Traced, _ name: String
) throws -> (values: Traced, vectors: Traced) {
    let n = a.shape.rows
    precondition(a.shape.columns == n, "eigenvalues of a \(a.shape)")
    if n == 0 { return (Traced([]), Traced([], .matrix(0, 0))) }
    let function = AdjointFunction(
        value: { x in
            let a = ColumnMatrix(x, n, n)
            try SymmetricEigen.requireSymmetric(a, name)
            let (values, vectors) = SymmetricEigen.decompose(a)
            return values + vectors.values
        },
        adjoint: { _, y, adjoints in
            // V (diag(λ̄) + F ∘ Vᵀ V̄) Vᵀ with Fᵢⱼ = 1 / (λⱼ − λᵢ): Giles 2008, 3.1.
            let v = ColumnMatrix(y[n...], n, n)
            let vectorAdjoints = ColumnMatrix(adjoints[n...], n, n)
            let isPlain = vectorAdjoints.values.allSatisfy { $0 == 0 }
            let product = isPlain ? vectorAdjoints : v.transposed * vectorAdjoints
            let inner = product.mapEntries { x, i, j in
                if i == j { return adjoints[i] }
                return x == 0 ? 0 : x / (y[j] - y[i])
            }
            return (v * inner * v.transposed).values
        })
    let all = try Traced.external(function, a.reshaped(.vector(n * n)), .vector(n + n * n))
    return (
        all.gather(Array(0..<n)),
        all.gather(Array(n..<(n + n * n))).reshaped(.matrix(n, n))
    )
}

/// Reduction to tridiagonal form by Householder's reflections, then implicit QR
/// steps with Wilkinson's shift (Golub and Van Loan, Matrix Computations, 4th ed.,
/// 8.3). The steps go as in Eigen, which Stan uses, so that eigenvectors, whose
/// sign no definition gives, have the same sign.
enum SymmetricEigen {
    /// QR steps for each eigenvalue before we give up.
    private static let mostSteps = 30

    static func requireSymmetric(_ a: ColumnMatrix, _ name: String) throws {
        for c in 0..<a.columns {
            for r in 0..<c where !(abs(a[r, c] - a[c, r]) <= 1e-8) {
                throw Rejection(
                    "\(name): m is not symmetric. m[\(r + 1),\(c + 1)] = \(a[r, c]), but "
                        + "m[\(c + 1),\(r + 1)] = \(a[c, r])")
            }
        }
    }

    static func decompose(_ a: ColumnMatrix) -> (values: [Double], vectors: ColumnMatrix) {
        let n = a.rows
        if n == 1 { return (a.values, ColumnMatrix([1], 1, 1)) }
        var scale = 0.0
        for c in 0..<n {
            for r in c..<n {
                let size = abs(a[r, c])
                guard size.isFinite else { return failure(n) }
                scale = max(scale, size)
            }
        }
        if scale == 0 { scale = 1 }
        var (diagonal, below, vectors) = tridiagonal(a, scale)
        guard iterate(&diagonal, &below, &vectors) else { return failure(n) }
        for i in 0..<(n - 1) {
            var least = i
            for k in (i + 1)..<n where diagonal[k] < diagonal[least] { least = k }
            if least != i {
                diagonal.swapAt(i, least)
                vectors.swapColumns(i, least)
            }
        }
        return (diagonal.map { $0 * scale }, vectors)
    }

    private static func failure(_ n: Int) -> ([Double], ColumnMatrix) {
        (
            [Double](repeating: .nan, count: n),
            ColumnMatrix([Double](repeating: .nan, count: n * n), n, n)
        )
    }

    /// Qᵀ A Q / scale by its diagonal and what is below, and Q.
    private static func tridiagonal(
        _ a: ColumnMatrix, _ scale: Double
    ) -> ([Double], [Double], ColumnMatrix) {
        let n = a.rows
        // Full symmetric storage.
        var m = a.mapEntries { _, r, c in (r >= c ? a[r, c] : a[c, r]) / scale }
        var q = ColumnMatrix.identity(n, n)
        var below = [Double](repeating: 0, count: n - 1)
        var reflections: [(v: [Double], tau: Double)] = []
        for k in 0..<(n - 1) {
            let column = (k + 1..<n).map { m[$0, k] }
            let (v, tau, beta) = Householder.reflection(column)
            below[k] = beta
            reflections.append((v, tau))
            if tau == 0 { continue }
            // p = τ M v, w = p − (τ pᵀv / 2) v, M ← M − v wᵀ − w vᵀ
            let first = k + 1
            let size = v.count
            var w = [Double](repeating: 0, count: size)
            for j in 0..<size {
                let factor = tau * v[j]
                for i in 0..<size { w[i] += m[first + i, first + j] * factor }
            }
            var inner = 0.0
            for i in 0..<size { inner += w[i] * v[i] }
            for i in 0..<size { w[i] -= 0.5 * tau * inner * v[i] }
            for j in 0..<size {
                for i in 0..<size { m[first + i, first + j] -= v[i] * w[j] + w[i] * v[j] }
            }
        }
        for (k, reflection) in reflections.enumerated().reversed() {
            Householder.reflect(
                &q, reflection.v, reflection.tau, from: k + 1, columns: (k + 1)..<n)
        }
        return ((0..<n).map { m[$0, $0] }, below, q)
    }

    private static func iterate(
        _ diagonal: inout [Double], _ below: inout [Double], _ vectors: inout ColumnMatrix
    ) -> Bool {
        let n = diagonal.count
        var end = n - 1
        var start = 0
        var steps = 0
        while end > 0 {
            for i in start..<end {
                if abs(below[i]) < Double.leastNormalMagnitude {
                    below[i] = 0
                } else {
                    let scaled = below[i] / Double.ulpOfOne
                    if scaled * scaled <= abs(diagonal[i]) + abs(diagonal[i + 1]) { below[i] = 0 }
                }
            }
            while end > 0, below[end - 1] == 0 { end -= 1 }
            if end == 0 { break }
            steps += 1
            if steps > mostSteps * n { return false }
            start = end - 1
            while start > 0, below[start - 1] != 0 { start -= 1 }
            step(&diagonal, &below, &vectors, start, end)
        }
        return true
    }

    private static func step(
        _ diagonal: inout [Double], _ below: inout [Double], _ vectors: inout ColumnMatrix,
        _ start: Int, _ end: Int
    ) {
        let half = (diagonal[end - 1] - diagonal[end]) * 0.5
        let e = below[end - 1]
        var shift = diagonal[end]
        if half == 0 {
            shift -= abs(e)
        } else if e != 0 {
            let h = (half * half + e * e).squareRoot()
            let far = half + (half > 0 ? h : -h)
            shift -= e * e == 0 ? e / (far / e) : e * e / far
        }
        var x = diagonal[start] - shift
        var z = below[start]
        for k in start..<end {
            if z == 0 { break }
            let rotation = rotation(x, z)
            let (c, s) = (rotation.cosine, rotation.sine)
            let left = s * diagonal[k] + c * below[k]
            let right = s * below[k] + c * diagonal[k + 1]
            diagonal[k] =
                c * (c * diagonal[k] - s * below[k]) - s * (c * below[k] - s * diagonal[k + 1])
            diagonal[k + 1] = s * left + c * right
            below[k] = c * left - s * right
            if k > start { below[k - 1] = c * below[k - 1] - s * z }
            x = below[k]
            if k < end - 1 {
                z = -s * below[k + 1]
                below[k + 1] = c * below[k + 1]
            }
            vectors.rotateColumns(k, k + 1, rotation)
        }
    }

    /// The rotation with c p − s q = r and s p + c q = 0.
    private static func rotation(_ p: Double, _ q: Double) -> Rotation {
        if q == 0 { return Rotation(cosine: p < 0 ? -1 : 1, sine: 0) }
        if p == 0 { return Rotation(cosine: 0, sine: q < 0 ? 1 : -1) }
        if abs(p) > abs(q) {
            let t = q / p
            let u = (1 + t * t).squareRoot() * (p < 0 ? -1 : 1)
            return Rotation(cosine: 1 / u, sine: -t / u)
        }
        let t = p / q
        let u = (1 + t * t).squareRoot() * (q < 0 ? -1 : 1)
        return Rotation(cosine: t / u, sine: -1 / u)
    }
}
