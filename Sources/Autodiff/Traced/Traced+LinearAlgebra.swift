// SPDX-License-Identifier: GPL-3.0-or-later

/// The product of matrices; a vector is a column, and so is the product with one.
///
/// - Precondition: as many columns in `a` as rows in `b`.
public func matmul(_ a: Traced, _ b: Traced) -> Traced {
    precondition(a.shape.columns == b.shape.rows, "the product of a \(a.shape) and a \(b.shape)")
    let (rows, columns) = (a.shape.rows, b.shape.columns)
    let shape: Shape = b.shape.isMatrix ? .matrix(rows, columns) : .vector(rows)
    if shape.count == 0 || a.shape.columns == 0 {
        return Traced([Double](repeating: 0, count: shape.count), shape)
    }
    if a.shape.columns == 1, columns == 1, rows > 1 {
        // One predictor: a number times a column.
        return a.reshaped(.vector(rows)).reshaped(shape) * b[0]
    }
    if let known = a.constants, a.shape.rows == 1, let trace = b.trace,
        (2...mostColumns).contains(columns)
    {
        return trace.product(known, b)
    }
    guard let trace = a.trace ?? b.trace else {
        return Traced(
            Dense.product(
                a.constants ?? [], b.constants ?? [], rows: rows, inner: a.shape.columns,
                columns: columns), shape)
    }
    if a.parts != nil || b.parts != nil, a.count <= Traced.mostParts, b.count <= Traced.mostParts {
        return writtenOut(a, b, shape)
    }
    return trace.unique(Node(.matrixProduct, trace.id(of: a), trace.id(of: b), shape: shape))
}

/// A product of matrices of a few scalars, scalar by scalar. Known zeros and ones, of
/// which transition matrices are full, cost nothing.
private func writtenOut(_ a: Traced, _ b: Traced, _ shape: Shape) -> Traced {
    let (rows, inner) = (a.shape.rows, a.shape.columns)
    let (left, right) = (a.elements, b.elements)
    let entries = (0..<shape.count).map { entry -> Traced in
        let (row, column) = (entry % rows, entry / rows)
        var total: Traced?
        for k in 0..<inner {
            let (x, y) = (left[k * rows + row], right[column * inner + k])
            if x.constant == 0 || y.constant == 0 { continue }
            let term = x.constant == 1 ? y : y.constant == 1 ? x : x * y
            total = total.map { $0 + term } ?? term
        }
        return total ?? 0
    }
    return Traced.pack(entries, shape)
}

/// A known row times a matrix of at most so many columns is written out, so that a
/// loop over rows of data becomes a product with a matrix for each column.
private let mostColumns = 16

extension Trace {
    fileprivate func product(_ known: [Double], _ b: Traced) -> Traced {
        let (inner, count) = (b.shape.rows, b.shape.columns)
        let row = graph.constant(known, .vector(inner))
        let entries = (0..<count).map { k -> Traced in
            let column = column(k, of: b)
            if let values = column.constants {
                return Traced(Kernels.shared.dot(known, values))
            }
            if inner == 1 { return Traced(known[0]) * column[0] }
            return unique(Node(.dot, row, id(of: column), shape: .scalar))
        }
        return Traced.pack(entries, .matrix(1, count))
    }

    /// A column of a matrix, the same node each time.
    private func column(_ k: Int, of b: Traced) -> Traced {
        let key = Int64(id(of: b)) << 32 | Int64(k)
        if let known = columns[key] { return known }
        let rows = b.shape.rows
        let column = b.gather((0..<rows).map { k * rows + $0 })
        columns[key] = column
        return column
    }
}

/// The transpose of a matrix; of a vector, a matrix of one row.
public func transpose(_ m: Traced) -> Traced {
    let (rows, columns) = (m.shape.rows, m.shape.columns)
    if rows == 1 || columns == 1 { return m.reshaped(.matrix(columns, rows)) }
    var indices: [Int] = []
    indices.reserveCapacity(rows * columns)
    for row in 0..<rows { for column in 0..<columns { indices.append(column * rows + row) } }
    return m.gather(indices, .matrix(columns, rows))
}

/// The lower Cholesky factor of a symmetric positive definite matrix, of which
/// the lower triangle is read. NaN where the matrix is not positive definite.
public func cholesky(_ a: Traced) -> Traced {
    squareMatrixFunction(.cholesky, a, shape: a.shape) { Dense.cholesky($0, $1) }
}

/// The inverse of a square matrix; NaN when it is singular.
public func inverse(_ a: Traced) -> Traced {
    squareMatrixFunction(.inverse, a, shape: a.shape) { Dense.inverse($0, $1) }
}

/// The logarithm of the absolute value of the determinant of a square matrix.
public func logDeterminant(_ a: Traced) -> Traced {
    if a.count == 0 { return 0 }
    return squareMatrixFunction(.logDeterminant, a, shape: .scalar) {
        [Dense.logDeterminant($0, $1)]
    }
}

/// Σ log |lᵢᵢ|, the log determinant of a triangular matrix.
public func logDeterminantTriangular(_ l: Traced) -> Traced {
    sum(log(abs(diagonal(l))))
}

/// The main diagonal of a matrix.
public func diagonal(_ m: Traced) -> Traced {
    m.gather((0..<min(m.shape.rows, m.shape.columns)).map { $0 * m.shape.rows + $0 })
}

/// L⁻¹ b for a lower triangular matrix L (its lower triangle is read).
public func solveLower(_ l: Traced, _ b: Traced) -> Traced {
    solution(.solveLower, l, b) { Dense.solveTriangular($0, $1, $2, $3, transposed: false) }
}

/// (Lᵀ)⁻¹ b for a lower triangular matrix L (its lower triangle is read).
public func solveLowerTransposed(_ l: Traced, _ b: Traced) -> Traced {
    solution(.solveLowerTransposed, l, b) {
        Dense.solveTriangular($0, $1, $2, $3, transposed: true)
    }
}

/// a⁻¹ b for a square matrix; NaN when it is singular.
public func solve(_ a: Traced, _ b: Traced) -> Traced {
    solution(.solve, a, b) { Dense.solve($0, $1, $2, $3) }
}

private func squareMatrixFunction(
    _ operation: Operation, _ a: Traced, shape: Shape, _ known: ([Double], Int) -> [Double]
) -> Traced {
    precondition(a.shape.rows == a.shape.columns, "a square matrix is wanted, not a \(a.shape)")
    if a.count == 0 { return a }
    switch a.storage {
    case .number(let value): return Traced(known([value], 1), shape)
    case .array(let values): return Traced(known(values, a.shape.rows), shape)
    case .node(let trace, let id): return trace.unique(Node(operation, id, shape: shape))
    }
}

private func solution(
    _ operation: Operation, _ a: Traced, _ b: Traced,
    _ known: ([Double], [Double], Int, Int) -> [Double]
) -> Traced {
    precondition(
        a.shape.rows == a.shape.columns && a.shape.rows == b.shape.rows,
        "a \(a.shape) and a \(b.shape) in a linear system")
    if b.count == 0 { return b }
    guard let trace = a.trace ?? b.trace else {
        return Traced(
            known(a.constants ?? [], b.constants ?? [], a.shape.rows, b.shape.columns), b.shape)
    }
    return trace.unique(Node(operation, trace.id(of: a), trace.id(of: b), shape: b.shape))
}

extension Shape {
    var isMatrix: Bool { if case .matrix = self { true } else { false } }
}
