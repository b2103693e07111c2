// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// The solution of F(t, y, y′, p) = 0 at some times as one operation of a graph:
/// differential-algebraic equations of index 1, by Radau IIA.
///
/// Inputs are the initial state and slope when they are not known, then the
/// parameters. The initial slope has no derivatives: equations and state give it.
package struct TracedDAE: ExternalFunction {
    /// A function of time, state, slope and parameters, in this order.
    package var residual: VectorFunction
    package var stateCount: Int
    package var initial: [Double]?
    package var initialSlope: [Double]?
    package var start: Double
    package var times: [Double]
    package var settings: ODESettings
    /// Checks initial state and slope.
    package var check: @Sendable ([Double], [Double]) throws -> Void
    /// What to throw when the solution fails.
    package var failure: @Sendable (ODEFailure) -> any Error

    package init(
        residual: VectorFunction, stateCount: Int, initial: [Double]?, initialSlope: [Double]?,
        start: Double, times: [Double], settings: ODESettings,
        check: @escaping @Sendable ([Double], [Double]) throws -> Void,
        failure: @escaping @Sendable (ODEFailure) -> any Error
    ) {
        self.residual = residual
        self.stateCount = stateCount
        self.initial = initial
        self.initialSlope = initialSlope
        self.start = start
        self.times = times
        self.settings = settings
        self.check = check
        self.failure = failure
    }

    package func makeEvaluator(inputCount: Int) -> any ExternalEvaluator { Evaluator(self) }

    private final class Evaluator: ExternalEvaluator {
        private let equation: TracedDAE
        private let system: TracedResidual
        private let integrator: RadauIntegrator

        init(_ equation: TracedDAE) {
            self.equation = equation
            system = TracedResidual(equation.residual, stateCount: equation.stateCount)
            integrator = RadauIntegrator(system, Branches(system))
        }

        func evaluate(
            at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
        ) throws {
            let n = equation.stateCount
            var next = input
            func take(_ known: [Double]?) -> [Double] {
                if let known { return known }
                defer { next += n }
                return Array(UnsafeBufferPointer(start: next, count: n))
            }
            let initial = take(equation.initial)
            integrator.initialSlope = take(equation.initialSlope)
            system.setParameters(next)
            try equation.check(initial, integrator.initialSlope)
            do {
                try integrator.solve(
                    from: equation.start, initial, at: equation.times,
                    count: equation.times.count, equation.settings, into: output)
            } catch let failure as ODEFailure {
                throw equation.failure(failure)
            }
        }

        func addAdjoints(
            at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
            outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
        ) {
            let n = equation.stateCount
            system.clearAdjoints()
            var state = [Double](repeating: 0, count: n)
            do {
                try integrator.addAdjoints(outputAdjoints, into: &state, timeAdjoints: nil)
            } catch {
                for i in 0..<n { state[i] = .nan }
            }
            var next = adjoints
            if equation.initial == nil {
                for i in 0..<n { next[i] += state[i] }
                next += n
            }
            if equation.initialSlope == nil { next += n }
            system.addParameterAdjoints(into: next)
        }
    }

    /// Tells the integrator of changes of path.
    private final class Branches: ODERightSide {
        private let system: TracedResidual

        init(_ system: TracedResidual) {
            self.system = system
            super.init(dimension: system.n)
        }

        override var pathChanges: Int { system.pathChanges }
    }
}

/// A traced residual: a function of time, state, slope and parameters.
private final class TracedResidual: ImplicitSystem {
    private let function: VectorLinearization
    private let head: Int
    private var adjoints: [Double]
    private var row: [Double]
    private var seeds: [Double]

    init(_ function: VectorFunction, stateCount: Int) {
        self.function = VectorLinearization(function)
        head = 1 + 2 * stateCount
        adjoints = [Double](repeating: 0, count: function.dimension)
        row = adjoints
        seeds = [Double](repeating: 0, count: stateCount)
        super.init(stateCount)
    }

    var pathChanges: Int { function.pathChanges }

    func setParameters(_ values: UnsafePointer<Double>) {
        (function.point + head).update(from: values, count: function.dimension - head)
    }

    func clearAdjoints() { for i in adjoints.indices { adjoints[i] = 0 } }

    func addParameterAdjoints(into target: UnsafeMutablePointer<Double>) {
        for i in head..<max(head, adjoints.count) { target[i - head] += adjoints[i] }
    }

    override func residual(
        _ t: Double, _ y: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
        into residual: UnsafeMutablePointer<Double>
    ) throws {
        function.point[0] = t
        for i in 0..<n {
            function.point[1 + i] = y[i]
            function.point[1 + n + i] = slope[i]
        }
        try function.evaluate(changing: function.dimension, into: residual)
    }

    override func matrices(
        _ t: Double, _ y: UnsafePointer<Double>, _ slope: UnsafePointer<Double>,
        byState: UnsafeMutablePointer<Double>, bySlope: UnsafeMutablePointer<Double>
    ) throws {
        try residual(t, y, slope, into: &seeds)
        for i in 0..<n { seeds[i] = 0 }
        for i in 0..<n {
            for j in row.indices { row[j] = 0 }
            seeds[i] = 1
            function.pullBack(seeds, into: &row)
            seeds[i] = 0
            for j in 0..<n {
                byState[j * n + i] = row[1 + j]
                bySlope[j * n + i] = row[1 + n + j]
            }
        }
    }

    override func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>
    ) {
        function.pullBack(seeds, into: &adjoints)
        for i in 0..<n {
            state[i] += adjoints[1 + i]
            adjoints[1 + i] = 0
            adjoints[1 + n + i] = 0
        }
    }
}
