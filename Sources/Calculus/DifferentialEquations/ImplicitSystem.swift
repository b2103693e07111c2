// SPDX-License-Identifier: GPL-3.0-or-later

/// Equations F(t, y, y′) = 0 as the implicit integrator sees them: differential
/// equations with F = y′ − f(t, y), and differential-algebraic ones.
class ImplicitSystem {
    let n: Int

    init(_ n: Int) { self.n = n }

    /// Writes F.
    func residual(
        _ t: Double, _ y: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
        into residual: UnsafeMutablePointer<Double>
    ) throws { preconditionFailure("a system has a residual") }

    /// Writes ∂F/∂y and ∂F/∂y′, column by column.
    func matrices(
        _ t: Double, _ y: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
        byState: UnsafeMutablePointer<Double>, bySlope: UnsafeMutablePointer<Double>
    ) throws { preconditionFailure("a system has matrices") }

    /// Adds the adjoints of y for those of F at the last residual; keeps those of
    /// time and parameters.
    func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>
    ) { preconditionFailure("a system carries adjoints back") }

    /// The slope at a point, when it follows from the state; else the slope given.
    func slope(
        _ t: Double, _ y: UnsafePointer<Double>, into slope: UnsafeMutablePointer<Double>
    ) throws -> Bool { false }
}

/// y′ − f(t, y)
final class ExplicitSystem: ImplicitSystem {
    private let rightSide: ODERightSide
    private var negated: [Double]

    init(_ rightSide: ODERightSide) {
        self.rightSide = rightSide
        negated = [Double](repeating: 0, count: rightSide.dimension)
        super.init(rightSide.dimension)
    }

    override func residual(
        _ t: Double, _ y: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
        into residual: UnsafeMutablePointer<Double>
    ) throws {
        try rightSide.evaluate(t, y, into: residual)
        for i in 0..<n { residual[i] = slope[i] - residual[i] }
    }

    override func matrices(
        _ t: Double, _ y: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
        byState: UnsafeMutablePointer<Double>, bySlope: UnsafeMutablePointer<Double>
    ) throws {
        try rightSide.jacobian(t, y, into: byState)
        for i in 0..<n * n {
            byState[i] = -byState[i]
            bySlope[i] = i % (n + 1) == 0 ? 1 : 0
        }
    }

    override func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>
    ) {
        for i in 0..<n { negated[i] = -seeds[i] }
        rightSide.pullBack(negated, into: state)
    }

    override func slope(
        _ t: Double, _ y: UnsafePointer<Double>, into slope: UnsafeMutablePointer<Double>
    ) throws -> Bool {
        try rightSide.evaluate(t, y, into: slope)
        return true
    }
}
