// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// The right side of y′ = f(t, y) as the integrators call it. Belongs to one thread.
package class ODERightSide {
    /// Entries of the state.
    package let dimension: Int
    /// How often the right side was computed.
    @exclusivity(unchecked) package final var evaluations = 0

    package init(dimension: Int) { self.dimension = dimension }

    /// Writes f(t, y).
    package func evaluate(
        _ time: Double, _ y: UnsafePointer<Double>, into derivative: UnsafeMutablePointer<Double>
    ) throws {
        preconditionFailure("a right side evaluates")
    }

    /// Writes ∂f/∂y at a point, column by column; may evaluate.
    package func jacobian(
        _ time: Double, _ y: UnsafePointer<Double>, into matrix: UnsafeMutablePointer<Double>
    ) throws {
        try differences(time, y, into: matrix)
    }

    /// Carries adjoints of the derivative back at the last point evaluated or
    /// restored: adds those of the state, and keeps those of time and parameters.
    package func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>
    ) {}

    /// Grows whenever an evaluation takes another path through branches than the
    /// one before: the solution may have a kink there.
    package var pathChanges: Int { 0 }

    /// The size of a saved evaluation; nil when there is none.
    package var savedCount: Int? { nil }

    /// Evaluates and saves; only where evaluations can be saved.
    package func evaluate(
        _ time: Double, _ y: UnsafePointer<Double>, into derivative: UnsafeMutablePointer<Double>,
        saving tape: UnsafeMutablePointer<Double>
    ) { preconditionFailure("this right side saves nothing") }

    /// As ``pullBack(_:into:)`` at a saved evaluation.
    package func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        from tape: UnsafePointer<Double>
    ) { preconditionFailure("this right side saves nothing") }

    /// The Jacobian by forward differences, for right sides that know no better.
    private func differences(
        _ time: Double, _ y: UnsafePointer<Double>, into matrix: UnsafeMutablePointer<Double>
    ) throws {
        let n = dimension
        var point = Array(UnsafeBufferPointer(start: y, count: n))
        var base = [Double](repeating: 0, count: n)
        var moved = base
        try evaluate(time, point, into: &base)
        for column in 0..<n {
            let old = point[column]
            // Half of the digits of the entry, or of its size when it is tiny.
            point[column] = old + 1.5e-8 * max(old.magnitude, 1e-5)
            let step = point[column] - old
            try evaluate(time, point, into: &moved)
            for row in 0..<n { matrix[column * n + row] = (moved[row] - base[row]) / step }
            point[column] = old
        }
    }
}

/// What stops the solution of a differential equation.
package enum ODEFailure: Error {
    /// The steps between two of the times ran out.
    case tooManySteps(reached: Double, towards: Double)
    /// No step is small enough: not finite, or without end.
    case stepTooSmall(reached: Double)
    /// The right side is not finite at the start.
    case notFinite(at: Double)
    /// A matrix of an implicit method is singular however small the step.
    case singular(at: Double)
}

/// How precisely, and for how long.
package struct ODESettings: Sendable {
    package var relativeTolerance: Double
    /// One for all entries of the state, or one each.
    package var absoluteTolerance: [Double]
    /// Between two of the times.
    package var maximumSteps: Int
    /// Asked now and then; when it answers true, `stopped` is thrown.
    package var isStopped: @Sendable () -> Bool = { false }
    package var stopped: any Error = CancellationError()

    package init(
        relativeTolerance: Double, absoluteTolerance: [Double], maximumSteps: Int
    ) {
        self.relativeTolerance = relativeTolerance
        self.absoluteTolerance = absoluteTolerance
        self.maximumSteps = maximumSteps
    }

    func absolute(_ i: Int) -> Double {
        absoluteTolerance[absoluteTolerance.count == 1 ? 0 : i]
    }
}
