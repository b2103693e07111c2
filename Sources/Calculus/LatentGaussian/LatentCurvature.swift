// SPDX-License-Identifier: GPL-3.0-or-later

import LinearAlgebra

/// What the prior covariance K and the curvature W = −∂²ℓ/∂θ² of the log likelihood say
/// about the posterior, whose covariance is Σ = (K⁻¹ + W)⁻¹, without K⁻¹.
///
/// Factors of one of three matrices, with the same determinant |I + K W|:
/// I + Rᵀ K R with R Rᵀ = W, I + Lᵀ W L with L Lᵀ = K, or I + K W itself
/// (Margossian 2023, "General adjoint-differentiated Laplace approximation", section 3;
/// the first is algorithm 3.1 of Rasmussen and Williams 2006).
struct LatentCurvature {
    private enum Factors {
        case likelihood(root: BlockDiagonal, Cholesky)
        case prior(root: Matrix, Cholesky)
        case general(LU)
    }

    let covariance: LatentCovariance
    let curvature: BlockDiagonal
    private let factors: Factors
    /// log |I + K W|
    let logDeterminant: Double

    /// - Parameter solver: 1, 2 or 3, in the order above.
    /// - Returns: nil when the factors don't exist: W or the posterior's precision is
    ///   not positive definite, or K is not for solver 2.
    init?(_ covariance: LatentCovariance, _ curvature: BlockDiagonal, solver: Int) throws {
        self.covariance = covariance
        self.curvature = curvature
        let identity = Matrix.identity(curvature.n)
        switch solver {
        case 1:
            guard let root = curvature.semidefiniteFactor else { return nil }
            let half = (root.transposed * covariance.matrix).transposed
            let inner = try identity + (root.transposed * half).symmetric()
            guard let cholesky = try? inner.cholesky else { return nil }
            factors = .likelihood(root: root, cholesky)
            logDeterminant = cholesky.logDeterminant
        case 2:
            guard let root = covariance.root,
                let cholesky = try Self.inner(root, curvature)
            else { return nil }
            factors = .prior(root: root, cholesky)
            logDeterminant = cholesky.logDeterminant
        default:
            // Of signs of eigenvalues the determinant tells only the product.
            if let root = covariance.semidefiniteRoot, try Self.inner(root, curvature) == nil {
                return nil
            }
            let whole = try identity + (curvature.transposed * covariance.matrix).transposed
            guard let lu = try? whole.lu, lu.logDeterminant.sign > 0 else { return nil }
            factors = .general(lu)
            logDeterminant = lu.logDeterminant.logMagnitude
        }
    }

    /// The factor of I + Lᵀ W L.
    private static func inner(_ root: Matrix, _ curvature: BlockDiagonal) throws -> Cholesky? {
        let product = try root.transposed * (curvature * root)
        let inner = try Matrix.identity(curvature.n) + product.symmetric()
        return try? inner.cholesky
    }

    /// The step of Newton's method for the residual r = ∂ℓ/∂θ − a of a point θ = K a.
    func step(_ r: Vector) throws -> (theta: Vector, a: Vector) {
        switch factors {
        case .likelihood(let root, let cholesky):
            let inner = root.transposed * (try covariance.matrix * r)
            let a = try r - root * (try cholesky.solve(inner))
            return (try covariance.matrix * a, a)
        case .prior(let root, let cholesky):
            let theta = try root * (try cholesky.solve(try root.transposed * r))
            return (theta, try r - curvature * theta)
        case .general(let lu):
            let theta = try lu.solve(try covariance.matrix * r)
            return (theta, try r - curvature * theta)
        }
    }

    /// (K + W⁻¹)⁻¹ = W − W Σ W
    func marginalPrecision() throws -> Matrix {
        switch factors {
        case .likelihood(let root, let cholesky):
            return (root * (try cholesky.solve(root.matrix.transposed))).symmetric()
        case .prior:
            let inner = (curvature * (curvature * (try posteriorCovariance())).transposed)
            return (try curvature.matrix - inner).symmetric()
        case .general(let lu):
            return (curvature * (try lu.inverse())).symmetric()
        }
    }

    /// Σ
    func posteriorCovariance() throws -> Matrix {
        if case .general(let lu) = factors {
            return try lu.solve(covariance.matrix).symmetric()
        }
        // L (I + Lᵀ W L)⁻¹ Lᵀ keeps its digits where the data say far more than the prior.
        if let root = covariance.root, let cholesky = try Self.inner(root, curvature) {
            return (try root * (try cholesky.solve(root.transposed))).symmetric()
        }
        let k = covariance.matrix
        return (try k - (try k * (try marginalPrecision() * k))).symmetric()
    }
}

/// The prior covariance with its factor, which is had when it is asked for.
final class LatentCovariance {
    let matrix: Matrix
    /// The lower Cholesky factor; nil when there is none.
    lazy var root: Matrix? = try? matrix.cholesky.lower

    /// A factor also of a singular matrix; nil when it is not positive semidefinite.
    lazy var semidefiniteRoot: Matrix? = {
        if let root { return root }
        var whole = BlockDiagonal(matrix.rows, size: matrix.rows)
        for j in 0..<matrix.columns {
            for i in 0..<matrix.rows { whole.entries[whole.place(i, j)] = matrix[i, j] }
        }
        return whole.semidefiniteFactor?.matrix
    }()

    init(_ matrix: Matrix) { self.matrix = matrix.symmetric() }
}

extension Matrix {
    /// (A + Aᵀ)/2
    func symmetric() -> Matrix {
        var result = self
        for j in 0..<columns {
            for i in 0..<j {
                let mean = 0.5 * (self[i, j] + self[j, i])
                (result[i, j], result[j, i]) = (mean, mean)
            }
        }
        return result
    }
}
