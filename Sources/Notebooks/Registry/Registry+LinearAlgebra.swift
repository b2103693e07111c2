// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import LinearAlgebra

/// Parts of a decomposition by name.
struct PartsValue: ScriptObject {
    let typeName: String
    let parts: [(name: String, value: ScriptValue)]

    var shown: ShownValue {
        .text(parts.map { "\($0.name):\n\($0.value.text)" }.joined(separator: "\n"))
    }

    var json: JSONValue {
        var object = JSONObject()
        for part in parts { object[part.name] = (try? part.value.json()) ?? .null }
        return .object(object)
    }

    func part(_ name: String) -> ScriptValue {
        parts.first { $0.name == name }?.value ?? .nothing
    }
}

extension Registry {
    mutating func addLinearAlgebra() {
        define(
            "Matrix(_ rows: list) -> matrix", "A matrix from its rows: Matrix([[2, 1], [0, 1]])."
        ) { call in
            guard case .list(let list) = try call.value("rows") else {
                throw call.failure(
                    "a matrix is made of rows, each a vector", code: "type",
                    at: call.range(of: "rows"), help: "write Matrix([[2, 1], [0, 1]])")
            }
            var rows: [[Double]] = []
            for element in list.elements {
                guard let row = element.doubles else {
                    throw call.failure(
                        "a row is a vector of numbers, not \(element.typeName.withArticle)",
                        code: "type",
                        at: call.range(of: "rows"))
                }
                rows.append(row)
            }
            return .matrix(try Matrix(rows))
        }
        define(
            under: "Matrix", "identity(_ size: integer) -> matrix", "Ones on the diagonal."
        ) { call in
            let size = try call.count("size", minimum: 0)
            try call.interpreter.checkCount(Double(size) * Double(size), call.range(of: "size"))
            return .matrix(Matrix.identity(size))
        }
        define(
            under: "Matrix", "diagonal(_ entries: vector) -> matrix", "Zero off the diagonal."
        ) { call in
            let entries = try call.vector("entries")
            let count = Double(entries.count)
            try call.interpreter.checkCount(count * count, call.range(of: "entries"))
            return .matrix(Matrix.diagonal(Vector(entries)))
        }
        define("norm(_ x: vector) -> number", "The Euclidean length.") { call in
            .number(Vector(try call.vector("x")).norm)
        }
        addMatrixMembers()
        addDecompositions()
    }

    private mutating func addMatrixMembers() {
        let numbers: [(String, String, @Sendable (Matrix) throws -> Double)] = [
            ("rows", "The number of rows.", { Double($0.rows) }),
            ("columns", "The number of columns.", { Double($0.columns) }),
            ("trace", "The sum of the diagonal.", { try $0.trace }),
            ("determinant", "The factor by which volumes grow.", { try $0.determinant }),
            ("rank", "The dimension of the image.", { Double(try $0.rank) }),
            ("condition", "The ratio of the extreme singular values.", { try $0.condition }),
            ("norm2", "The largest singular value.", { try $0.norm2 }),
            ("frobeniusNorm", "The root of the sum of squares.", { $0.frobeniusNorm }),
        ]
        for (name, documentation, get) in numbers {
            define(on: "matrix", "\(name) -> number", documentation) { call in
                .number(try get(try call.matrixReceiver()))
            }
        }
        let matrices: [(String, String, @Sendable (Matrix) throws -> Matrix)] = [
            ("transposed", "Rows and columns exchanged.", { $0.transposed }),
            ("inverse", "The inverse.", { try $0.inverse }),
            ("pseudoInverse", "The Moore–Penrose inverse.", { try $0.pseudoInverse }),
        ]
        for (name, documentation, get) in matrices {
            define(on: "matrix", "\(name) -> matrix", documentation) { call in
                .matrix(try get(try call.matrixReceiver()))
            }
        }
        define(on: "matrix", "diagonal -> vector", "The diagonal.") { call in
            .vector(try call.matrixReceiver().diagonal.elements)
        }
        define(on: "matrix", "row(_ index: integer) -> vector", "A row, from 0.") { call in
            let matrix = try call.matrixReceiver()
            return .vector(matrix.row(try call.index("index", below: matrix.rows)).elements)
        }
        define(on: "matrix", "column(_ index: integer) -> vector", "A column, from 0.") { call in
            let matrix = try call.matrixReceiver()
            return .vector(matrix.column(try call.index("index", below: matrix.columns)).elements)
        }
        define(
            on: "matrix", "solve(_ right: vector|matrix) -> vector|matrix",
            "The solution x of A x = b."
        ) { call in
            let matrix = try call.matrixReceiver()
            if case .matrix(let right) = try call.value("right") {
                return .matrix(try matrix.solve(right))
            }
            return .vector(try matrix.solve(Vector(try call.vector("right"))).elements)
        }
        define(
            on: "matrix", "leastSquares(_ right: vector) -> vector",
            "The x that brings A x closest to b."
        ) { call in
            let matrix = try call.matrixReceiver()
            return .vector(
                try matrix.leastSquares(Vector(try call.vector("right"))).solution.elements)
        }
    }

    private mutating func addDecompositions() {
        decomposition(
            "svd", "The singular value decomposition: u, values, v.",
            parts: [("u", "matrix"), ("values", "vector"), ("v", "matrix")]
        ) { matrix in
            let svd = try matrix.svd
            return [.matrix(svd.u), .vector(svd.values.elements), .matrix(svd.v)]
        }
        decomposition(
            "eigen", "Eigenvalues and eigenvectors (columns), with their imaginary parts.",
            parts: [
                ("values", "vector"), ("imaginaryParts", "vector"), ("vectors", "matrix"),
                ("imaginaryVectors", "matrix"),
            ]
        ) { matrix in
            let eigen = try matrix.eigen
            return [
                .vector(eigen.values.elements), .vector(eigen.imaginaryParts.elements),
                .matrix(eigen.vectors), .matrix(eigen.imaginaryVectors),
            ]
        }
        decomposition(
            "qr", "The QR decomposition: q orthogonal, r upper triangular.",
            parts: [("q", "matrix"), ("r", "matrix")]
        ) { matrix in
            let qr = try matrix.qr
            return [.matrix(qr.q), .matrix(qr.r)]
        }
        define(
            on: "matrix", "cholesky -> matrix", "The lower factor L of A = L Lᵀ."
        ) { call in .matrix(try call.matrixReceiver().cholesky.lower) }
    }

    private mutating func decomposition(
        _ name: String, _ documentation: String, parts: [(name: String, type: String)],
        _ decompose: @escaping @Sendable (Matrix) throws -> [ScriptValue]
    ) {
        let type = "\(name) decomposition"
        define(on: "matrix", "\(name) -> \(type)", documentation) { call in
            let values = try decompose(try call.matrixReceiver())
            return .object(
                PartsValue(
                    typeName: type, parts: zip(parts, values).map { ($0.name, $1) }))
        }
        for part in parts {
            define(on: type, "\(part.name) -> \(part.type)", documentation) { call in
                try call.receiver(PartsValue.self).part(part.name)
            }
        }
    }
}

extension Call {
    func matrixReceiver() throws -> Matrix {
        guard case .matrix(let matrix) = receiver else {
            throw failure("this needs a known matrix", code: "type")
        }
        return matrix
    }

    func index(_ name: String, below count: Int) throws -> Int {
        let index = try integer(name)
        guard index >= 0, index < count else {
            throw failure(
                "\(index) is outside of 0..<\(count)", code: "index", at: range(of: name))
        }
        return index
    }
}
