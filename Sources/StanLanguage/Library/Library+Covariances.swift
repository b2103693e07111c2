// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Covariance matrices of Gaussian processes.
    static let covarianceFunctions: LibraryGroup = [
        "gp_exp_quad_cov": { call in
            try covariance(call) { exp(Traced(-0.5) * $0) }
        },
        "cov_exp_quad": { call in
            try covariance(call) { exp(Traced(-0.5) * $0) }
        },
        "gp_exponential_cov": { call in
            try covariance(call) { exp(-root($0)) }
        },
        "gp_matern32_cov": { call in
            try covariance(call) {
                let r = Traced(3.0.squareRoot()) * root($0)
                return (1 + r) * exp(-r)
            }
        },
        "gp_matern52_cov": { call in
            try covariance(call) {
                let r = Traced(5.0.squareRoot()) * root($0)
                return (1 + r + Traced(5.0 / 3) * $0) * exp(-r)
            }
        },
        "gp_periodic_cov": { call in
            let crossed = call.count == 5
            let k = crossed ? 2 : 1
            let (sigma, length, period) = (
                try call.real(k), try call.real(k + 1), try call.real(k + 2)
            )
            return try matrix(call, crossed) { a, b in
                let distance = try root(scaledSquares(call.name, a, b, nil))
                let s = sin(Traced(.pi) * distance / period)
                return square(sigma) * exp(Traced(-2) * square(s) / square(length))
            }
        },
        "gp_dot_prod_cov": { call in
            let crossed = call.count == 3
            let sigma = try call.real(crossed ? 2 : 1)
            return try matrix(call, crossed) { a, b in
                try requireSameSize(call.name, a.shape.count, b.shape.count)
                return square(sigma) + (a.shape.isScalar ? a * b : dot(a, b))
            }
        },
    ]

    /// √x without the infinite slope at 0, where a distance is a constant 0.
    private static func root(_ x: Traced) -> Traced {
        if x.isConstant { return sqrt(x) }
        let isZero = Traced.equal(x, 0)
        return select(isZero, 0, sqrt(select(isZero, 1, x)))
    }

    /// σ² f(|x − y|² / ℓ²) for (x, σ, ℓ) or (x, y, σ, ℓ), where ℓ may be an
    /// array with a length for each coordinate.
    private static func covariance(
        _ call: Call, _ function: (Traced) -> Traced
    ) throws -> Value {
        let crossed = call.count == 4
        let k = crossed ? 2 : 1
        let sigma = try call.real(k)
        let length = call[k + 1].expression
        let (left, right) = (call[0].points, call[crossed ? 1 : 0].points)
        if left.isEmpty || right.isEmpty {
            return .matrix(MatrixValue(Entries([Double]()), left.count, right.count))
        }
        try call.requireRoom(left.count, right.count)
        // Known points and one length: the distances are known, and the matrix
        // is three whole operations.
        if length.shape.isScalar, left.allSatisfy(\.isConstant), right.allSatisfy(\.isConstant) {
            var squares: [Double] = []
            squares.reserveCapacity(left.count * right.count)
            let (a, b) = (left.map { $0.constants ?? [] }, right.map { $0.constants ?? [] })
            for y in b {
                for x in a {
                    try requireSameSize(call.name, x.count, y.count)
                    var total = 0.0
                    for i in x.indices { total += (x[i] - y[i]) * (x[i] - y[i]) }
                    squares.append(total)
                }
            }
            let distances = Traced(squares, .matrix(left.count, right.count))
            let scaled = distances * reciprocal(square(length))
            return .matrix(MatrixValue(square(sigma) * function(scaled)))
        }
        return try matrix(call, crossed) { a, b in
            square(sigma) * function(try scaledSquares(call.name, a, b, length))
        }
    }

    private static func scaledSquares(
        _ name: String, _ a: Traced, _ b: Traced, _ length: Traced?
    ) throws -> Traced {
        try requireSameSize(name, a.shape.count, b.shape.count)
        var difference = a - b
        if let length {
            if !length.shape.isScalar {
                try requireSameSize(name, length.shape.count, a.shape.count)
            }
            difference = difference / length
        }
        return difference.shape.isScalar ? square(difference) : sum(square(difference))
    }

    /// A matrix of a function of pairs of points; symmetric when not crossed.
    private static func matrix(
        _ call: Call, _ crossed: Bool, _ entry: (Traced, Traced) throws -> Traced
    ) throws -> Value {
        let (left, right) = (call[0].points, call[crossed ? 1 : 0].points)
        try call.requireRoom(left.count, right.count)
        var entries = [Traced](repeating: 0, count: left.count * right.count)
        for (c, y) in right.enumerated() {
            for (r, x) in left.enumerated() {
                if !crossed, r < c {
                    entries[c * left.count + r] = entries[r * left.count + c]
                } else {
                    entries[c * left.count + r] = try entry(x, y)
                }
            }
        }
        return .matrix(MatrixValue(Entries(entries), left.count, right.count))
    }
}

extension Value {
    /// The elements of an array as expressions: numbers or vectors.
    fileprivate var points: [Traced] { elements.map(\.expression) }
}
