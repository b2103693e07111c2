// SPDX-License-Identifier: GPL-3.0-or-later

import COpenBLAS

/// The eigenvalues and eigenvectors of a square matrix given by its real part and,
/// if it is complex, its imaginary part. Eigenvectors are columns of norm 1 whose
/// largest entry is real (for a real matrix and eigenvalue: real). Parts are of
/// vectors and matrices.
///
/// Derivatives exist where the eigenvalues differ. NaN when there is no convergence.
package func generalEigen(
    _ real: Traced, _ imaginary: Traced?
) throws -> (values: (Traced, Traced), vectors: (Traced, Traced)) {
    let n = real.shape.rows
    precondition(real.shape.columns == n, "eigenvalues of a \(real.shape)")
    if n == 0 {
        let (none, empty) = (Traced([]), Traced([], .matrix(0, 0)))
        return ((none, none), (empty, empty))
    }
    let inputs =
        real.reshaped(.vector(n * n)).elements
        + (imaginary?.reshaped(.vector(n * n)).elements ?? [])
    let isReal = imaginary == nil
    let function = AdjointFunction(
        value: { GeneralEigen.decompose($0, n, isReal: isReal) },
        adjoint: { _, y, adjoints in
            GeneralEigen.adjoint(y, adjoints, n, isReal: isReal)
        })
    let all = try Traced.external(
        function, Traced.vector(inputs), .vector(2 * n + 2 * n * n))
    func piece(_ start: Int, _ count: Int) -> Traced {
        all.gather(Array(start..<(start + count)))
    }
    let shape = Shape.matrix(n, n)
    return (
        (piece(0, n), piece(n, n)),
        (
            piece(2 * n, n * n).reshaped(shape),
            piece(2 * n + n * n, n * n).reshaped(shape)
        )
    )
}

/// Values (real parts, imaginary parts) and vectors (likewise) by LAPACK, in one list.
enum GeneralEigen {
    static func decompose(_ x: [Double], _ n: Int, isReal: Bool) -> [Double] {
        let count = n * n
        guard x.allSatisfy(\.isFinite) else {
            return [Double](repeating: .nan, count: 2 * n + 2 * count)
        }
        _ = Dense.ready
        var size = Int32(n)
        var info: Int32 = 0
        var one: Int32 = 1
        var values = [Double](repeating: 0, count: 2 * n)
        var vectors = [Double](repeating: 0, count: 2 * count)
        if isReal {
            var a = x
            var v = [Double](repeating: 0, count: count)
            var length = Int32(max(4 * n, 1) * 8)
            var work = [Double](repeating: 0, count: Int(length))
            values.withUnsafeMutableBufferPointer { values in
                guard let start = values.baseAddress else { return }
                dgeev_(
                    "N", "V", &size, &a, &size, start, start + n, nil, &one, &v, &size, &work,
                    &length, &info)
            }
            var k = 0
            while k < n {
                // A pair shares two columns: real and imaginary part.
                let isPair = values[n + k] != 0 && k + 1 < n
                for i in 0..<n {
                    vectors[k * n + i] = v[k * n + i]
                    guard isPair else { continue }
                    vectors[count + k * n + i] = v[(k + 1) * n + i]
                    vectors[(k + 1) * n + i] = v[k * n + i]
                    vectors[count + (k + 1) * n + i] = -v[(k + 1) * n + i]
                }
                k += isPair ? 2 : 1
            }
        } else {
            var a = (0..<count).flatMap { [x[$0], x[count + $0]] }
            var w = [Double](repeating: 0, count: 2 * n)
            var v = [Double](repeating: 0, count: 2 * count)
            var length = Int32(max(2 * n, 1) * 8)
            var work = [Double](repeating: 0, count: 2 * Int(length))
            var realWork = [Double](repeating: 0, count: 2 * n)
            zgeev_(
                "N", "V", &size, &a, &size, &w, nil, &one, &v, &size, &work, &length, &realWork,
                &info)
            for k in 0..<n {
                values[k] = w[2 * k]
                values[n + k] = w[2 * k + 1]
            }
            for i in 0..<count {
                vectors[i] = v[2 * i]
                vectors[count + i] = v[2 * i + 1]
            }
        }
        if info != 0 { return [Double](repeating: .nan, count: 2 * n + 2 * count) }
        return values + vectors
    }

    /// For each entry of A the directional derivative, times the adjoints. With
    /// C = V⁻¹ dA V: dλₖ = Cₖₖ, and dvₖ = u − vₖ (…) for u = Σ vₗ Cₗₖ / (λₖ − λₗ),
    /// where what is taken off keeps the norm and the largest entry's phase.
    static func adjoint(
        _ y: [Double], _ adjoints: [Double], _ n: Int, isReal: Bool
    ) -> [Double] {
        let count = n * n
        func complex(_ list: [Double], _ start: Int, _ gap: Int, _ i: Int) -> Complex {
            Complex(real: list[start + i], imaginary: list[start + gap + i])
        }
        let values = (0..<n).map { complex(y, 0, n, $0) }
        let v = (0..<count).map { complex(y, 2 * n, count, $0) }
        let valueBars = (0..<n).map { complex(adjoints, 0, n, $0) }
        let vectorBars = (0..<count).map { complex(adjoints, 2 * n, count, $0) }
        let usesVectors = vectorBars.contains { $0.squaredNorm > 0 }
        let inverse = inverse(v, n)
        // Ā of the real part, and of the imaginary part, is Re and Im of this sum.
        var result = [Complex](repeating: .zero, count: count)
        // C̄ first: dλ and dv are linear in C, C is V⁻¹ dA V.
        var inner = [Complex](repeating: .zero, count: count)
        for k in 0..<n { inner[k * n + k] = valueBars[k] }
        if usesVectors {
            for k in 0..<n {
                let own = Array(v[(k * n)..<((k + 1) * n)])
                let bar = Array(vectorBars[(k * n)..<((k + 1) * n)])
                let largest = own.indices.max { own[$0].squaredNorm < own[$1].squaredNorm } ?? 0
                // s = Σ conj(bar) v; u ↦ Re Σ conj(bar) (u − v (Re(vᴴu) + i Im(u_m / v_m)))
                var s = Complex.zero
                for i in 0..<n { s += bar[i].conjugate * own[i] }
                // The gradient with respect to u, as conj-linear form: Re Σ conj(g) u.
                var g = bar
                for i in 0..<n {
                    g[i] = g[i] - Complex(real: s.real, imaginary: 0) * own[i]
                }
                // Re(s · i · Im(q)) = −Im(s) Im(q) with q = u_m / v_m, so −(that) adds
                // Im(s) Im(q) = Re(conj(i Im(s) / conj(v_m)) u_m).
                let turn = Complex(real: 0, imaginary: s.imaginary) / own[largest].conjugate
                g[largest] += turn
                for l in 0..<n where l != k {
                    var total = Complex.zero
                    for i in 0..<n { total += v[l * n + i].conjugate * g[i] }
                    let gap = (values[k] - values[l]).conjugate
                    if total.squaredNorm > 0 { inner[k * n + l] += total / gap }
                }
            }
        }
        // Re Σ conj(C̄) C with C = W dA V gives Ā = Wᴴ C̄ Vᴴ.
        for c in 0..<n {
            for r in 0..<n {
                var total = Complex.zero
                for k in 0..<n {
                    var sum = Complex.zero
                    for l in 0..<n { sum += inverse[r * n + l].conjugate * inner[k * n + l] }
                    total += sum * v[k * n + c].conjugate
                }
                result[c * n + r] = total
            }
        }
        return result.map(\.real) + (isReal ? [] : result.map(\.imaginary))
    }

    /// V⁻¹, column by column, through the real system of twice the size.
    private static func inverse(_ v: [Complex], _ n: Int) -> [Complex] {
        var block = [Double](repeating: 0, count: 4 * n * n)
        for c in 0..<n {
            for r in 0..<n {
                let x = v[c * n + r]
                block[c * 2 * n + r] = x.real
                block[(n + c) * 2 * n + n + r] = x.real
                block[c * 2 * n + n + r] = x.imaginary
                block[(n + c) * 2 * n + r] = -x.imaginary
            }
        }
        let result = Dense.inverse(block, 2 * n)
        return (0..<(n * n)).map { i in
            let (r, c) = (i % n, i / n)
            return Complex(
                real: result[c * 2 * n + r], imaginary: result[c * 2 * n + n + r])
        }
    }
}

/// A = U T Uᴴ with U unitary and T upper triangular, of a known matrix by its parts.
package func complexSchur(
    _ real: [Double], _ imaginary: [Double], _ n: Int
) -> (t: [(Double, Double)], u: [(Double, Double)]) {
    _ = Dense.ready
    let count = n * n
    var a = (0..<count).flatMap { [real[$0], imaginary[$0]] }
    var u = [Double](repeating: 0, count: max(2 * count, 1))
    var w = [Double](repeating: 0, count: max(2 * n, 1))
    var size = Int32(n)
    var lead = Int32(max(n, 1))
    var found: Int32 = 0
    var length = Int32(max(2 * n, 1) * 8)
    var work = [Double](repeating: 0, count: 2 * Int(length))
    var realWork = [Double](repeating: 0, count: max(n, 1))
    var info: Int32 = 0
    zgees_(
        "V", "N", nil, &size, &a, &lead, &found, &w, &u, &lead, &work, &length, &realWork, nil,
        &info)
    func pairs(_ list: [Double]) -> [(Double, Double)] {
        (0..<count).map { info == 0 ? (list[2 * $0], list[2 * $0 + 1]) : (.nan, .nan) }
    }
    return (pairs(a), pairs(u))
}
