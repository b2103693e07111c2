// SPDX-License-Identifier: GPL-3.0-or-later

/// The QR decomposition by Householder's reflections (Golub and Van Loan, Matrix
/// Computations, 4th ed., 5.2 and 5.4).
struct Householder {
    /// R in the upper triangle.
    private(set) var factors: ColumnMatrix
    private var reflections: [(v: [Double], tau: Double)] = []
    /// Column k of what was decomposed is column `order[k]` of the matrix.
    private(set) var order: [Int]

    /// - Parameter pivoting: take the longest column that is left first.
    init(_ a: ColumnMatrix, pivoting: Bool = false) {
        factors = a
        order = Array(0..<a.columns)
        for k in 0..<min(a.rows, a.columns) {
            if pivoting {
                var longest = k
                var most = -1.0
                for c in k..<a.columns {
                    var length = 0.0
                    for r in k..<a.rows { length += factors[r, c] * factors[r, c] }
                    if length > most { (longest, most) = (c, length) }
                }
                if longest != k {
                    factors.swapColumns(k, longest)
                    order.swapAt(k, longest)
                }
            }
            let (v, tau, beta) = Self.reflection((k..<a.rows).map { factors[$0, k] })
            reflections.append((v, tau))
            Self.reflect(&factors, v, tau, from: k, columns: (k + 1)..<a.columns)
            factors[k, k] = beta
            for r in (k + 1)..<max(k + 1, a.rows) { factors[r, k] = 0 }
        }
    }

    /// The first columns of Q.
    func q(columns: Int) -> ColumnMatrix {
        var q = ColumnMatrix.identity(factors.rows, columns)
        for (k, reflection) in reflections.enumerated().reversed() {
            Self.reflect(&q, reflection.v, reflection.tau, from: k, columns: 0..<columns)
        }
        return q
    }

    /// The first rows of R.
    func r(rows: Int) -> ColumnMatrix {
        var r = ColumnMatrix.identity(rows, factors.columns)
        for c in 0..<factors.columns {
            for i in 0..<rows { r[i, c] = i <= c ? factors[i, c] : 0 }
        }
        return r
    }

    /// v and τ with (1 − τ v vᵀ) x = (β, 0, …), v₀ = 1; τ = 0 when there is nothing
    /// to do.
    static func reflection(_ x: [Double]) -> (v: [Double], tau: Double, beta: Double) {
        var tail = 0.0
        for entry in x.dropFirst() { tail += entry * entry }
        if tail <= Double.leastNormalMagnitude { return (x, 0, x[0]) }
        var beta = (x[0] * x[0] + tail).squareRoot()
        if x[0] >= 0 { beta = -beta }
        var v = x.map { $0 / (x[0] - beta) }
        v[0] = 1
        return (v, (beta - x[0]) / beta, beta)
    }

    /// Columns of a matrix reflected: 1 − τ v vᵀ on the rows from `first` on.
    static func reflect(
        _ m: inout ColumnMatrix, _ v: [Double], _ tau: Double, from first: Int,
        columns: Range<Int>
    ) {
        if tau == 0 { return }
        let rows = m.rows
        m.values.withUnsafeMutableBufferPointer { values in
            for c in columns {
                let start = c * rows + first
                var inner = 0.0
                for (i, entry) in v.enumerated() { inner += entry * values[start + i] }
                inner *= tau
                for (i, entry) in v.enumerated() { values[start + i] -= inner * entry }
            }
        }
    }
}

/// Q and R of a matrix with a positive diagonal of R: Q with as many columns as
/// the matrix has rows, or (`thin`) as the smaller side.
package func qr(_ a: Traced, thin: Bool) -> (q: Traced, r: Traced) {
    let (m, n) = (a.shape.rows, a.shape.columns)
    let k = thin ? min(m, n) : m
    if m == 0 || n == 0 { return (Traced([], .matrix(0, 0)), Traced([], .matrix(0, 0))) }
    guard let known = a.constants else { return tracedQR(a, k) }
    let factored = Householder(ColumnMatrix(known, m, n))
    var (q, r) = (factored.q(columns: k), factored.r(rows: k))
    for i in 0..<min(m, n) where r[i, i] < 0 {
        q.negateColumn(i)
        for c in 0..<n { r[i, c].negate() }
    }
    return (Traced(q.values, .matrix(m, k)), Traced(r.values, .matrix(k, n)))
}

/// The same reflections in traced operations, so that derivatives are those of
/// the algorithm, for columns of Q beyond R's too.
private func tracedQR(_ a: Traced, _ k: Int) -> (q: Traced, r: Traced) {
    let (m, n) = (a.shape.rows, a.shape.columns)
    var r = a.reshaped(.matrix(m, n))
    var reflections: [(v: Traced, factor: Traced)] = []
    for j in 0..<min(m - 1, n) {
        let x = r.gather((j..<m).map { j * m + $0 })
        let length = sqrt(dot(x, x))
        let beta = select(Traced.less(x[0], 0), length, -length)
        let head = Traced.vector(
            [Traced](repeating: 0, count: j) + [x[0] - beta]
                + (1..<(m - j)).map { x[$0] })
        let factor = 2 / dot(head, head)
        reflections.append((head, factor))
        r = r - matmul(factor * head, matmul(transpose(head), r))
    }
    var q = Traced(ColumnMatrix.identity(m, k).values, .matrix(m, k))
    for (v, factor) in reflections.reversed() {
        q = q - matmul(factor * v, matmul(transpose(v), q))
    }
    let diagonalSize = min(m, n)
    let corner = r.gather((0..<diagonalSize).map { $0 * m + $0 })
    let signs = select(
        Traced.less(corner, 0), Traced([Double](repeating: -1, count: diagonalSize)),
        Traced([Double](repeating: 1, count: diagonalSize)))
    var flips = signs.elements
    flips += [Traced](repeating: 1, count: k - diagonalSize)
    let byColumn = Traced.matrix((0..<(m * k)).map { flips[$0 / m] }, m, k)
    let byRow = Traced.matrix((0..<(k * n)).map { flips[$0 % k] }, k, n)
    // Below the diagonal there is 0, whatever rounding left.
    let upper = (0..<(k * n)).map { i -> Traced in
        let (row, column) = (i % k, i / k)
        return row <= column ? r[column * m + row] : 0
    }
    return (q * byColumn, Traced.matrix(upper, k, n) * byRow)
}
