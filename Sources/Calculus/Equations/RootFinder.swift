// SPDX-License-Identifier: GPL-3.0-or-later

/// How a system of equations is solved.
package enum RootMethod: Sendable {
    /// Newton's method with steps shortened until the residual falls.
    case newton
    /// Powell's dogleg: between Newton's step and steepest descent, as far as a
    /// trusted radius goes.
    case powell
}

/// How far a root finder goes.
package struct RootSettings: Sendable {
    /// Newton's method stops at steps this long relative to the solution.
    package var relativeTolerance: Double
    /// The largest norm of the residual that counts as a root.
    package var functionTolerance: Double
    package var maximumSteps: Int
    package var isStopped: @Sendable () -> Bool = { false }
    package var stopped: any Error = CancellationError()

    package init(relativeTolerance: Double, functionTolerance: Double, maximumSteps: Int) {
        self.relativeTolerance = relativeTolerance
        self.functionTolerance = functionTolerance
        self.maximumSteps = maximumSteps
    }
}

/// What stops a root finder.
package enum RootFailure: Error {
    case tooManySteps(Int)
    /// No progress at a point that is not a root.
    case noRoot(norm: Double)
    /// The equations are not finite at the guess.
    case notFinite
}

/// Equations as the root finder sees them.
class RootSystem {
    let n: Int

    init(_ n: Int) { self.n = n }

    func residual(
        _ x: UnsafePointer<Double>, into residual: UnsafeMutablePointer<Double>
    ) throws { preconditionFailure("a system has a residual") }

    /// Writes the Jacobian, column by column, at the last point of `residual`.
    func jacobian(into matrix: UnsafeMutablePointer<Double>) { preconditionFailure() }
}

/// Finds a root of n equations in n unknowns. Belongs to one thread.
final class RootFinder {
    private let system: RootSystem
    private let method: RootMethod
    private let n: Int
    let lu: DenseLU
    private var jacobian: [Double]
    private var residual: [Double]
    private var trial: [Double]
    private var trialResidual: [Double]
    private var newton: [Double]
    private var gradient: [Double]
    private var image: [Double]
    /// The largest norms of the Jacobian's columns so far: lengths are measured in
    /// unknowns times these (Moré's scaling), so their units don't matter.
    private var scale: [Double]

    init(_ system: RootSystem, _ method: RootMethod) {
        self.system = system
        self.method = method
        n = system.n
        lu = DenseLU(n)
        jacobian = [Double](repeating: 0, count: n * n)
        residual = [Double](repeating: 0, count: n)
        trial = residual
        trialResidual = residual
        newton = residual
        gradient = residual
        image = residual
        scale = residual
    }

    /// Goes from a guess to a root, and on while the residual falls: roots are as
    /// good as the equations' rounding lets them be.
    func solve(_ x: inout [Double], _ settings: RootSettings) throws {
        try system.residual(x, into: &residual)
        var norm = Self.norm(residual)
        guard norm.isFinite else { throw RootFailure.notFinite }
        var radius = 0.0
        for i in 0..<n { scale[i] = 0 }
        for step in 0... {
            if norm == 0 { return }
            if step & 3 == 3, settings.isStopped() { throw settings.stopped }
            let isRoot = norm <= settings.functionTolerance
            if step >= settings.maximumSteps {
                if isRoot { return }
                throw RootFailure.tooManySteps(settings.maximumSteps)
            }
            let size = scaledNorm(x)
            let moved = try move(&x, &norm, &radius, settings)
            guard let moved else {
                if isRoot { return }
                throw RootFailure.noRoot(norm: norm)
            }
            if moved <= 1e-15 * max(size, scaledNorm(x)), norm <= settings.functionTolerance {
                return
            }
        }
    }

    /// One step that lowers the residual; its length, nil when there is none.
    private func move(
        _ x: inout [Double], _ norm: inout Double, _ radius: inout Double,
        _ settings: RootSettings
    ) throws -> Double? {
        system.jacobian(into: &jacobian)
        lu.matrix.update(from: jacobian, count: n * n)
        for i in 0..<n { newton[i] = -residual[i] }
        let isRegular = lu.factor()
        if isRegular { newton.withUnsafeMutableBufferPointer { lu.solve($0.baseAddress!) } }
        for j in 0..<n {
            var sum = 0.0
            for i in 0..<n { sum += jacobian[j * n + i] * jacobian[j * n + i] }
            scale[j] = max(scale[j], sum.squareRoot())
            if !(scale[j] > 0) { scale[j] = 1 }
        }
        let full = scaledNorm(newton)
        if isRegular, !full.isFinite { return nil }
        if radius == 0 { radius = isRegular ? full : max(1, scaledNorm(x)) }
        for j in 0..<n {
            gradient[j] = 0
            for i in 0..<n { gradient[j] += jacobian[j * n + i] * residual[i] / scale[j] }
        }
        let slope = Self.norm(gradient)
        if !isRegular, !(slope > 0) { return nil }
        if method == .newton, isRegular { radius = full }
        for _ in 0..<60 {
            let length: Double
            if isRegular, full <= radius {
                for i in 0..<n { trial[i] = x[i] + newton[i] }
                length = full
            } else if method == .newton, isRegular {
                for i in 0..<n { trial[i] = x[i] + radius / full * newton[i] }
                length = radius
            } else {
                length = dogleg(x, radius, slope, isRegular ? full : nil)
            }
            // A point where the equations have no value is too far.
            trialResidual[0] = .nan
            do { try system.residual(trial, into: &trialResidual) } catch {
                trialResidual[0] = .nan
            }
            let next = Self.norm(trialResidual)
            if next.isFinite, next < norm {
                // How much of the progress that the linear model promised was made.
                for i in 0..<n {
                    image[i] = residual[i]
                    for j in 0..<n { image[i] += jacobian[j * n + i] * (trial[j] - x[j]) }
                }
                let promised = norm - Self.norm(image)
                let part = promised > 0 ? (norm - next) / promised : 0
                if part < 0.1 { radius = length / 2 }
                if part > 0.5 { radius = max(radius, 2 * length) }
                x = trial
                swap(&residual, &trialResidual)
                norm = next
                return length
            }
            if length <= 1e-16 * scaledNorm(x) || length < 1e-300 { break }
            radius = length / (next.isFinite ? 4 : 10)
        }
        // The Jacobian stands for the point where we are.
        try system.residual(x, into: &residual)
        return nil
    }

    /// The point on Powell's dogleg at a distance, into `trial`; its distance.
    private func dogleg(
        _ x: [Double], _ radius: Double, _ slope: Double, _ full: Double?
    ) -> Double {
        for i in 0..<n {
            image[i] = 0
            for j in 0..<n { image[i] += jacobian[j * n + i] * gradient[j] / scale[j] }
        }
        let curvature = Self.norm(image)
        // The lowest point down the gradient.
        let cauchy = curvature > 0 ? slope * slope * slope / (curvature * curvature) : radius
        guard let full, cauchy < radius else {
            let length = min(radius, cauchy)
            for i in 0..<n { trial[i] = x[i] - length / slope * gradient[i] / scale[i] }
            return length
        }
        // From there towards Newton's point, up to the radius.
        var (a, b) = (0.0, 0.0)
        for i in 0..<n {
            let start = -cauchy / slope * gradient[i]
            let leg = newton[i] * scale[i] - start
            a += leg * leg
            b += leg * start
        }
        let c = cauchy * cauchy - radius * radius
        let root = (b * b - a * c).squareRoot()
        let part = a > 0 ? min(1, b > 0 ? -c / (b + root) : (root - b) / a) : 0
        for i in 0..<n {
            let start = -cauchy / slope * gradient[i]
            trial[i] = x[i] + (start + part * (newton[i] * scale[i] - start)) / scale[i]
        }
        return min(radius, full)
    }

    private func scaledNorm(_ x: [Double]) -> Double {
        for i in 0..<n { image[i] = x[i] * scale[i] }
        return Self.norm(image)
    }

    private static func norm(_ x: [Double]) -> Double {
        var largest = 0.0
        for value in x where !(value.magnitude <= largest) { largest = value.magnitude }
        guard largest > 0, largest.isFinite else { return largest }
        var sum = 0.0
        for value in x { sum += (value / largest) * (value / largest) }
        return largest * sum.squareRoot()
    }
}
