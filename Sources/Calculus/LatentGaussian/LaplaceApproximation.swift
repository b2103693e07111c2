// SPDX-License-Identifier: GPL-3.0-or-later

import LinearAlgebra

package struct LaplaceSettings: Sendable {
    /// Where the search for the mode begins; at 0 without it.
    package var start: [Double]?
    /// What a step may still promise to add to the log density when the steps run out.
    package var tolerance = 0x1p-26
    package var maximumSteps = 500
    /// Factors of which matrix are tried first, see ``LatentCurvature``.
    package var solver = 1
    /// Halvings of a step that does not climb; 0 takes every step.
    package var lineSearchSteps = 1000
    /// Whether the next solver is tried where one fails.
    package var fallsBack = true
    package var isStopped: @Sendable () -> Bool = { false }
    package var stopped: any Error = CancellationError()

    package init() {}
}

package enum LaplaceFailure: Error {
    case tooManySteps(Int)
    case notFinite(String)
    case noFactors(solver: Int)
    case noHigherDerivatives
}

/// The normal approximation of the posterior of latent variables θ ~ N(0, K), at its
/// mode. Belongs to one thread.
///
/// Newton's method in the coordinates θ = K a, which needs no K⁻¹ (Rasmussen and Williams
/// 2006, algorithm 3.1), each step from the residual of the one before it, so that what
/// rounding does to a step is corrected by the next. It goes on until steps promise less
/// than 1e-16: derivatives are those of the mode.
final class LaplaceApproximation {
    let likelihood: LatentLikelihood
    let covariance: LatentCovariance
    private(set) var mode: Vector
    /// K⁻¹ times the mode, where ∂ℓ/∂θ has the same value.
    private(set) var a: Vector
    private(set) var curvature: LatentCurvature
    /// The logarithm of the approximate ∫ p(y | θ) p(θ) dθ.
    let logMarginal: Double

    init(
        _ likelihood: LatentLikelihood, _ prior: Matrix, _ settings: LaplaceSettings
    ) throws {
        let covariance = LatentCovariance(prior)
        guard covariance.matrix.elements.allSatisfy(\.isFinite) else {
            throw LaplaceFailure.notFinite("the covariance matrix")
        }
        var search = try Search(likelihood, covariance, settings)
        let end = try search.run()
        self.likelihood = likelihood
        self.covariance = covariance
        curvature = end
        mode = search.point.theta
        a = search.point.a
        logMarginal = search.point.objective - 0.5 * end.logDeterminant
        guard logMarginal.isFinite else {
            throw LaplaceFailure.notFinite("the log likelihood at the mode")
        }
    }

    /// The derivatives of ``logMarginal`` by the entries of K (each by itself) and by the
    /// parameters of the likelihood.
    ///
    /// The mode moves by dθ = (I + K W)⁻¹ dK a + Σ d(∂ℓ/∂θ); what that does to the
    /// log determinant goes back through tr(Σ dW) (Margossian 2023, proposition 1).
    func gradient() throws -> (covariance: Matrix, parameters: [Double]) {
        let sigma = try curvature.posteriorCovariance()
        let precision = try curvature.marginalPrecision()
        let third = try likelihood.traceGradient(at: mode, sigma)
        let byMode = third.theta * 0.5
        let moved = try sigma * byMode
        let direct = try likelihood.parameterGradient(at: mode, along: moved)
        let lifted = try byMode - precision * (try covariance.matrix * byMode)
        let n = mode.count
        var byCovariance = Matrix.zeros(n, n)
        for j in 0..<n {
            for i in 0..<n {
                let climb = a[i] * a[j] - precision[i, j]
                byCovariance[i, j] = 0.5 * (climb + lifted[i] * a[j] + a[i] * lifted[j])
            }
        }
        return (byCovariance, zip(direct, third.eta).map { $0 + 0.5 * $1 })
    }

    /// The lower factor of the posterior's covariance.
    func posteriorFactor() throws -> Matrix {
        let sigma = LatentCovariance(try curvature.posteriorCovariance())
        guard let factor = sigma.semidefiniteRoot else {
            throw LaplaceFailure.noFactors(solver: 2)
        }
        return factor
    }
}

/// The search for the mode.
private struct Search {
    struct Point {
        var theta: Vector
        var a: Vector
        var gradient: Vector
        /// ℓ(θ) − aᵀθ/2
        var objective: Double
    }

    let likelihood: LatentLikelihood
    let covariance: LatentCovariance
    let settings: LaplaceSettings
    var point: Point

    init(
        _ likelihood: LatentLikelihood, _ covariance: LatentCovariance,
        _ settings: LaplaceSettings
    ) throws {
        self.likelihood = likelihood
        self.covariance = covariance
        self.settings = settings
        let n = likelihood.n
        point = Point(
            theta: .zeros(n), a: .zeros(n), gradient: .zeros(n), objective: -.infinity)
        if let start = settings.start, start.contains(where: { $0 != 0 }) {
            // A step from anywhere ends at a θ = K a.
            let theta = Vector(start)
            let (value, gradient) = try likelihood.gradient(at: theta)
            try Self.requireFinite(value, gradient)
            let curvature = try factors(at: theta)
            let whole = try curvature.step(try curvature.curvature * theta + gradient)
            point = try evaluate(whole.theta, whole.a)
        } else {
            point = try evaluate(point.theta, point.a)
        }
        try Self.requireFinite(point.objective, point.gradient)
    }

    private static func requireFinite(_ value: Double, _ gradient: Vector) throws {
        guard value.isFinite, gradient.elements.allSatisfy(\.isFinite) else {
            throw LaplaceFailure.notFinite("the log likelihood or its gradient")
        }
    }

    private func evaluate(_ theta: Vector, _ a: Vector) throws -> Point {
        let (value, gradient) = try likelihood.gradient(at: theta)
        return Point(
            theta: theta, a: a, gradient: gradient, objective: value - 0.5 * dot(a, theta))
    }

    private func factors(at theta: Vector) throws -> LatentCurvature {
        if let found = try tryFactors(at: theta) { return found }
        throw LaplaceFailure.noFactors(solver: settings.solver)
    }

    private func tryFactors(at theta: Vector) throws -> LatentCurvature? {
        let curvature = try likelihood.curvature(at: theta)
        guard curvature.entries.allSatisfy(\.isFinite) else {
            throw LaplaceFailure.notFinite("the Hessian of the log likelihood")
        }
        let last = settings.fallsBack ? 3 : settings.solver
        for solver in settings.solver...max(settings.solver, last) {
            if let found = try LatentCurvature(covariance, curvature, solver: solver) {
                return found
            }
        }
        return nil
    }

    mutating func run() throws -> LatentCurvature {
        var promised = Double.infinity
        for _ in 0..<settings.maximumSteps {
            if settings.isStopped() { throw settings.stopped }
            let residual = try point.gradient - point.a
            var step = (theta: try covariance.matrix * residual, a: residual)
            // Where the posterior is not concave, the step climbs the gradient.
            if let newton = try? tryFactors(at: point.theta)?.step(residual),
                dot(newton.theta, residual) >= 0
            {
                step = newton
            }
            let gain = dot(step.theta, residual)
            let isLast = gain <= 1e-16 || gain >= promised && promised <= settings.tolerance
            promised = gain
            try move(step, gain)
            if isLast { return try factors(at: point.theta) }
        }
        if promised <= settings.tolerance { return try factors(at: point.theta) }
        throw LaplaceFailure.tooManySteps(settings.maximumSteps)
    }

    private mutating func move(_ step: (theta: Vector, a: Vector), _ gain: Double) throws {
        var length = 1.0
        // Beyond that rounding decides.
        let isSmall = gain <= 1e-10 * (1 + point.objective.magnitude)
        for halvings in 0... {
            let next = try? evaluate(
                try point.theta + length * step.theta, try point.a + length * step.a)
            if let next, next.gradient.elements.allSatisfy(\.isFinite),
                isSmall || settings.lineSearchSteps == 0 && next.objective.isFinite
                    || next.objective >= point.objective + 1e-4 * length * gain
            {
                point = next
                return
            }
            guard halvings < min(60, settings.lineSearchSteps) else {
                throw LaplaceFailure.notFinite("the log likelihood along a step")
            }
            length *= 0.5
        }
    }
}

private func dot(_ a: Vector, _ b: Vector) -> Double {
    zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
}
