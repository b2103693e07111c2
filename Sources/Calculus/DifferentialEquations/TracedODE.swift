// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// How a differential equation with derivatives is solved.
package enum ODEScheme: Sendable {
    /// Order 5(4) of Dormand and Prince, with dense output.
    case dormandPrince
    /// Order 5(4) of Cash and Karp.
    case cashKarp
    /// Order 8(5, 3) of Dormand and Prince, with dense output: for high accuracy.
    case dormandPrince853
    /// Order 5 of Radau IIA: for stiff equations.
    case radau

    func integrator(_ rightSide: ODERightSide) -> ODEIntegrator {
        switch self {
        case .dormandPrince: return ExplicitIntegrator(.dormandPrince, rightSide)
        case .cashKarp: return ExplicitIntegrator(.cashKarp, rightSide)
        case .dormandPrince853: return ExplicitIntegrator(.dormandPrince853, rightSide)
        case .radau: return RadauIntegrator(ExplicitSystem(rightSide), rightSide)
        }
    }
}

/// The solution of y′ = f(t, y, p) at some times as one operation of a graph, with
/// derivatives by the initial state, the initial time, the times and the parameters.
///
/// Inputs are those of initial state, initial time and times that are not known,
/// then the parameters. Outputs are the states, one after the other.
package struct TracedODE: ExternalFunction {
    /// A function of time, state and parameters, in this order.
    package var rightSide: VectorFunction
    package var stateCount: Int
    package var timeCount: Int
    package var initial: [Double]?
    package var start: Double?
    package var times: [Double]?
    package var scheme: ODEScheme
    package var settings: ODESettings
    /// Checks initial state, initial time and times.
    package var check: @Sendable ([Double], Double, [Double]) throws -> Void
    /// What to throw when the solution fails.
    package var failure: @Sendable (ODEFailure) -> any Error

    package init(
        rightSide: VectorFunction, stateCount: Int, timeCount: Int, initial: [Double]?,
        start: Double?, times: [Double]?, scheme: ODEScheme, settings: ODESettings,
        check: @escaping @Sendable ([Double], Double, [Double]) throws -> Void,
        failure: @escaping @Sendable (ODEFailure) -> any Error
    ) {
        self.rightSide = rightSide
        self.stateCount = stateCount
        self.timeCount = timeCount
        self.initial = initial
        self.start = start
        self.times = times
        self.scheme = scheme
        self.settings = settings
        self.check = check
        self.failure = failure
    }

    package func makeEvaluator(inputCount: Int) -> any ExternalEvaluator { Evaluator(self) }

    private final class Evaluator: ExternalEvaluator {
        private let equation: TracedODE
        private let rightSide: TracedRightSide
        private let integrator: ODEIntegrator
        private var initial: [Double]
        private var start: Double
        private var times: [Double]

        init(_ equation: TracedODE) {
            self.equation = equation
            rightSide = TracedRightSide(equation.rightSide, stateCount: equation.stateCount)
            integrator = equation.scheme.integrator(rightSide)
            initial = equation.initial ?? [Double](repeating: 0, count: equation.stateCount)
            start = equation.start ?? 0
            times = equation.times ?? [Double](repeating: 0, count: equation.timeCount)
        }

        func evaluate(
            at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
        ) throws {
            var next = input
            if equation.initial == nil {
                for i in initial.indices { initial[i] = next[i] }
                next += initial.count
            }
            if equation.start == nil {
                start = next[0]
                next += 1
            }
            if equation.times == nil {
                for i in times.indices { times[i] = next[i] }
                next += times.count
            }
            rightSide.setParameters(next)
            try equation.check(initial, start, times)
            do {
                try integrator.solve(
                    from: start, initial, at: times, count: times.count, equation.settings,
                    into: output)
            } catch let failure as ODEFailure {
                throw equation.failure(failure)
            }
        }

        func addAdjoints(
            at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
            outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
        ) {
            rightSide.clearAdjoints()
            var stateAdjoints = [Double](repeating: 0, count: initial.count)
            var timeAdjoints = [Double](
                repeating: 0,
                count: equation.start == nil || equation.times == nil ? times.count : 0)
            do {
                try timeAdjoints.withUnsafeMutableBufferPointer { buffer in
                    try integrator.addAdjoints(
                        outputAdjoints, into: &stateAdjoints,
                        timeAdjoints: buffer.count == 0 ? nil : buffer.baseAddress)
                }
            } catch {
                // The point was computed before, so this is rare; the gradient says it.
                for i in stateAdjoints.indices { stateAdjoints[i] = .nan }
            }
            var next = adjoints
            if equation.initial == nil {
                for i in stateAdjoints.indices { next[i] += stateAdjoints[i] }
                next += stateAdjoints.count
            }
            if equation.start == nil {
                // All steps move with the start, and the times stay.
                next[0] += rightSide.timeAdjoint - timeAdjoints.reduce(0, +)
                next += 1
            }
            if equation.times == nil {
                for i in times.indices { next[i] += timeAdjoints[i] }
                next += times.count
            }
            rightSide.addParameterAdjoints(into: next)
        }
    }
}

/// A right side that was traced: a function of time, state and parameters.
package final class TracedRightSide: ODERightSide {
    private let function: VectorLinearization
    private let point: UnsafeMutablePointer<Double>
    private let adjoints: UnsafeMutablePointer<Double>
    private let head: Int
    private let parameterCount: Int
    @exclusivity(unchecked) private var parametersMoved = true
    /// Whether the function adds up the parameters' adjoints of saved evaluations.
    @exclusivity(unchecked) private var keepsInFunction = false

    package init(_ function: VectorFunction, stateCount: Int) {
        self.function = VectorLinearization(function)
        point = self.function.point
        head = 1 + stateCount
        parameterCount = function.dimension - head
        adjoints = .allocate(capacity: function.dimension)
        adjoints.initialize(repeating: 0, count: function.dimension)
        super.init(dimension: stateCount)
    }

    deinit { adjoints.deallocate() }

    func setParameters(_ values: UnsafePointer<Double>) {
        (point + head).update(from: values, count: parameterCount)
        parametersMoved = true
    }

    func clearAdjoints() {
        adjoints.update(repeating: 0, count: head + parameterCount)
        keepsInFunction = false
    }

    /// The derivative by time at all stages together.
    var timeAdjoint: Double { adjoints[0] }

    func addParameterAdjoints(into target: UnsafeMutablePointer<Double>) {
        for i in 0..<parameterCount { target[i] += adjoints[head + i] }
        if keepsInFunction { function.addKept(from: head, into: target) }
    }

    package override func evaluate(
        _ time: Double, _ y: UnsafePointer<Double>, into derivative: UnsafeMutablePointer<Double>
    ) throws {
        evaluations += 1
        point[0] = time
        for i in 0..<dimension { point[1 + i] = y[i] }
        try function.evaluate(
            changing: parametersMoved ? head + parameterCount : head, into: derivative)
        parametersMoved = false
    }

    package override func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>
    ) {
        function.pullBack(seeds, into: adjoints)
        for i in 0..<dimension {
            state[i] += adjoints[1 + i]
            adjoints[1 + i] = 0
        }
    }

    package override func jacobian(
        _ time: Double, _ y: UnsafePointer<Double>, into matrix: UnsafeMutablePointer<Double>
    ) throws {
        let n = dimension
        let count = head + parameterCount
        try withUnsafeTemporaryAllocation(of: Double.self, capacity: n + count) { room in
            guard let seeds = room.baseAddress else { return }
            let row = seeds + n
            try evaluate(time, y, into: seeds)
            seeds.update(repeating: 0, count: n)
            for i in 0..<n {
                row.update(repeating: 0, count: count)
                seeds[i] = 1
                function.pullBack(seeds, into: row)
                seeds[i] = 0
                for j in 0..<n { matrix[j * n + i] = row[1 + j] }
            }
        }
    }

    package override var pathChanges: Int { function.pathChanges }
    package override var savedCount: Int? { function.isPlain ? function.savedCount : nil }

    package override func evaluate(
        _ time: Double, _ y: UnsafePointer<Double>, into derivative: UnsafeMutablePointer<Double>,
        saving tape: UnsafeMutablePointer<Double>
    ) {
        evaluations += 1
        function.evaluatePlain(time, y, count: dimension, into: derivative, saving: tape)
    }

    package override func pullBack(
        _ seeds: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        from tape: UnsafePointer<Double>
    ) {
        if !keepsInFunction {
            keepsInFunction = true
            function.clearKept(from: head)
        }
        function.pullBack(from: tape, head: head, seeds, first: adjoints, rest: state)
    }
}
