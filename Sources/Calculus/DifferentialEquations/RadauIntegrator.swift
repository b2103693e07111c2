// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The method Radau IIA of order 5, for stiff equations and differential-algebraic
/// ones of index 1: three implicit stages, the last at the end of the step
/// (Hairer and Wanner, "Solving Ordinary Differential Equations II", section IV.8,
/// with its error estimate and step control). Steps end at the times asked for.
///
/// The unknowns are the stages' distances Zᵢ from the state at the start; the
/// stages' slopes are A⁻¹Z / h. Newton's matrix is that of the start of the step,
/// of all three stages at once.
package final class RadauIntegrator: ODEIntegrator {
    let system: ImplicitSystem
    let newton: DenseLU
    private let filter: DenseLU
    private let memory: UnsafeMutablePointer<Double>
    let byState: UnsafeMutablePointer<Double>
    let bySlope: UnsafeMutablePointer<Double>
    /// Z of the step, and the residuals, which become the Newton step.
    private let z: UnsafeMutablePointer<Double>
    let delta: UnsafeMutablePointer<Double>
    let stage: UnsafeMutablePointer<Double>
    let stageSlope: UnsafeMutablePointer<Double>
    private let slope: UnsafeMutablePointer<Double>
    private let error: UnsafeMutablePointer<Double>
    private let scale: UnsafeMutablePointer<Double>
    private let work: UnsafeMutablePointer<Double>
    /// The slope at the start, where it does not follow from the state.
    package var initialSlope: [Double]

    private static let root6 = 6.0.squareRoot()
    static let nodes = [(4 - root6) / 10, (4 + root6) / 10, 1]
    /// A⁻¹, row by row.
    static let inverse = [
        2 + root6 / 2, (-36 + 29 * root6) / 30, (6 - 4 * root6) / 15,
        (-36 - 29 * root6) / 30, 2 - root6 / 2, (6 + 4 * root6) / 15,
        -1 + 8 * root6 / 3, -1 - 8 * root6 / 3, 5,
    ]
    private static let estimate = [
        -(13 + 7 * root6) / 3, (-13 + 7 * root6) / 3, -1.0 / 3,
    ]
    /// The real eigenvalue of A⁻¹.
    private static let eigenvalue = 3 + cbrt(9.0) - cbrt(3.0)
    private static let iterations = 7

    init(_ system: ImplicitSystem, _ rightSide: ODERightSide) {
        self.system = system
        let n = system.n
        newton = DenseLU(3 * n)
        filter = DenseLU(n)
        let size = 2 * n * n + 3 * n + 3 * n + 6 * n
        memory = .allocate(capacity: max(1, size))
        memory.initialize(repeating: 0, count: max(1, size))
        byState = memory
        bySlope = byState + n * n
        z = bySlope + n * n
        delta = z + 3 * n
        stage = delta + 3 * n
        stageSlope = stage + n
        slope = stageSlope + n
        error = slope + n
        scale = error + n
        work = scale + n
        initialSlope = [Double](repeating: 0, count: n)
        super.init(rightSide)
    }

    deinit { memory.deallocate() }

    /// The state at the start of a step stands before its Z.
    override var stateStride: Int { 4 * n }

    // MARK: Steps

    package override func solve(
        from start: Double, _ initial: UnsafePointer<Double>, at wanted: UnsafePointer<Double>,
        count: Int, _ settings: ODESettings, into output: UnsafeMutablePointer<Double>
    ) throws {
        forget()
        let n = n
        states.reserve(stateStride)
        states.start.update(from: initial, count: n)
        // The estimate has order 3, the solution order 5 (Hairer's RADAU5): where the
        // solution is smooth the estimate may be larger than what is tolerated. A
        // step across a branch of the right side must meet the tolerance itself.
        let relative = 0.05 * pow(max(settings.relativeTolerance, 1e-14), 2.0 / 3)
        let ratio = relative / settings.relativeTolerance
        let precision = max(1e-15 / relative, min(0.01, relative.squareRoot()))
        var (t, done) = (start, 0)
        while done < count, wanted[done] == start {
            (output + done * n).update(from: initial, count: n)
            outputSteps.append(-1)
            done += 1
        }
        if done == count { return }
        if try !system.slope(t, initial, into: slope) {
            slope.update(from: initialSlope, count: n)
        }
        for d in 0..<n where !slope[d].isFinite { throw ODEFailure.notFinite(at: t) }
        setScale(states.start, states.start, settings, relative, ratio)
        var h = firstStep(states.start, wanted[count - 1] - t)
        var (factored, hasMatrices, isCurrent) = (0.0, false, false)
        var (attempts, lastError, lastStep) = (0, 1.0, 0.0)
        var wasRejected = false
        while done < count {
            let remaining = wanted[done] - t
            let reachesGoal = (h * 1.0001).magnitude >= remaining.magnitude
            let step = reachesGoal ? remaining : h
            attempts += 1
            try requireRoom(reached: t, towards: wanted[done])
            if attempts > settings.maximumSteps {
                throw ODEFailure.tooManySteps(reached: t, towards: wanted[done])
            }
            if attempts & 7 == 0, settings.isStopped() { throw settings.stopped }
            if !reachesGoal, t + 0.1 * step == t || !step.isFinite {
                throw ODEFailure.stepTooSmall(reached: t)
            }
            let y = states.start + stepCount * stateStride
            if !hasMatrices {
                try system.matrices(t, y, slope, byState: byState, bySlope: bySlope)
                (hasMatrices, isCurrent, factored) = (true, true, 0)
            }
            if factored != step {
                guard factor(step) else {
                    guard step.magnitude > 1e-12 * max(1, t.magnitude) else {
                        throw ODEFailure.singular(at: t)
                    }
                    rejected += 1
                    h = step / 2
                    continue
                }
                factored = step
            }
            let changes = rightSide.pathChanges
            predict(step, lastStep)
            setScale(y, y, settings, relative, ratio)
            let (used, rate) = try iterate(t, y, step, precision)
            guard let used else {
                rejected += 1
                if !isCurrent {
                    hasMatrices = false
                } else {
                    h = step / 2
                    lastStep = 0
                }
                continue
            }
            for d in 0..<n { stage[d] = y[d] + z[2 * n + d] }
            setScale(y, stage, settings, relative, ratio)
            var error = try estimate(t, y, step, refining: wasRejected || stepCount == 0)
            if rightSide.pathChanges != changes { error *= ratio }
            let safety = 0.9 * Double(2 * Self.iterations + 1) / Double(2 * Self.iterations + used)
            guard error <= 1 else {
                rejected += 1
                wasRejected = true
                h = step * (error.isFinite ? max(0.2, safety * pow(error, -0.25)) : 0.1)
                if !isCurrent { hasMatrices = false }
                lastStep = 0
                continue
            }
            // Gustafsson's prediction from this step and the one before.
            var factor = pow(max(error, 1e-10), -0.25)
            if lastStep != 0 {
                factor = min(
                    factor,
                    factor * (step / lastStep).magnitude * pow(lastError / max(error, 1e-10), 0.25))
            }
            factor = min(max(safety * factor, 0.2), wasRejected ? 1 : 8)
            lastError = max(error, 1e-2)
            lastStep = step
            wasRejected = false
            let tNext = reachesGoal ? wanted[done] : t + step
            accept(t, tNext, step)
            t = tNext
            let next = states.start + stepCount * stateStride
            if try !system.slope(t, next, into: slope) {
                for d in 0..<n {
                    slope[d] = 0
                    for j in 0..<3 { slope[d] += Self.inverse[6 + j] * z[j * n + d] / step }
                }
            }
            while done < count, wanted[done] == t {
                (output + done * n).update(from: next, count: n)
                outputSteps.append(stepCount - 1)
                done += 1
                attempts = 0
            }
            isCurrent = false
            if used > 2, rate > 1e-3 { hasMatrices = false }
            if !reachesGoal, hasMatrices, factor >= 1, factor < 1.2 { factor = 1 }
            let longer = step * factor
            h = reachesGoal && longer.magnitude < h.magnitude && factor >= 1 ? h : longer
        }
    }

    private func setScale(
        _ y: UnsafePointer<Double>, _ next: UnsafePointer<Double>, _ settings: ODESettings,
        _ relative: Double, _ ratio: Double
    ) {
        for d in 0..<n {
            scale[d] =
                ratio * settings.absolute(d) + relative * max(y[d].magnitude, next[d].magnitude)
        }
    }

    private func norm(_ x: UnsafePointer<Double>, _ blocks: Int) -> Double {
        var sum = 0.0
        for b in 0..<blocks {
            for d in 0..<n {
                let e = x[b * n + d] / scale[d]
                sum += e * e
            }
        }
        return (sum / Double(blocks * n)).squareRoot()
    }

    private func firstStep(_ y: UnsafePointer<Double>, _ span: Double) -> Double {
        let (size, slope) = (norm(y, 1), norm(slope, 1))
        let h = size < 1e-5 || slope < 1e-5 ? 1e-6 : 0.01 * size / slope
        return span < 0 ? -min(h, -span) : min(h, span)
    }

    /// Factors Newton's matrix and that of the error estimate.
    private func factor(_ h: Double) -> Bool {
        let n = n
        fillNewton(h) { [byState, bySlope] _ in (UnsafePointer(byState), UnsafePointer(bySlope)) }
        for i in 0..<n * n { filter.matrix[i] = Self.eigenvalue / h * bySlope[i] + byState[i] }
        return newton.factor() && filter.factor()
    }

    /// The block in row i and column j is δᵢⱼ ∂F/∂y + (A⁻¹)ᵢⱼ / h ∂F/∂y′, with the
    /// matrices of stage i.
    func fillNewton(
        _ h: Double, _ matrices: (Int) -> (UnsafePointer<Double>, UnsafePointer<Double>)
    ) {
        let n = n
        for i in 0..<3 {
            let (byState, bySlope) = matrices(i)
            for j in 0..<3 {
                let factor = Self.inverse[3 * i + j] / h
                for column in 0..<n {
                    let target = newton.matrix + (j * n + column) * 3 * n + i * n
                    for row in 0..<n {
                        let at = column * n + row
                        target[row] = factor * bySlope[at] + (i == j ? byState[at] : 0)
                    }
                }
            }
        }
    }

    /// Z to begin with: the last step's polynomial carried on.
    private func predict(_ h: Double, _ lastStep: Double) {
        guard lastStep != 0, stepCount > 0 else {
            z.update(repeating: 0, count: 3 * n)
            return
        }
        let old = states.start + (stepCount - 1) * stateStride + n
        let nodes = [0] + Self.nodes
        for i in 0..<3 {
            let x = 1 + Self.nodes[i] * h / lastStep
            for d in 0..<n { z[i * n + d] = -old[2 * n + d] }
            for j in 1..<4 {
                var weight = 1.0
                for m in 0..<4 where m != j { weight *= (x - nodes[m]) / (nodes[j] - nodes[m]) }
                for d in 0..<n { z[i * n + d] += weight * old[(j - 1) * n + d] }
            }
        }
    }

    /// State and slope at a stage.
    func setStage(
        _ i: Int, _ y: UnsafePointer<Double>, _ z: UnsafePointer<Double>, _ h: Double
    ) {
        for d in 0..<n {
            stage[d] = y[d] + z[i * n + d]
            var sum = 0.0
            for j in 0..<3 { sum += Self.inverse[3 * i + j] * z[j * n + d] }
            stageSlope[d] = sum / h
        }
    }

    /// Newton's method for Z; the number of iterations, nil when it does not
    /// converge, and the rate at which it does.
    private func iterate(
        _ t: Double, _ y: UnsafePointer<Double>, _ h: Double, _ precision: Double
    ) throws -> (Int?, Double) {
        var (last, rate) = (0.0, 0.0)
        for k in 0..<Self.iterations {
            for i in 0..<3 {
                setStage(i, y, z, h)
                try system.residual(
                    t + Self.nodes[i] * h, stage, stageSlope, into: delta + i * n)
            }
            newton.solve(delta)
            for i in 0..<3 * n { z[i] -= delta[i] }
            let size = norm(delta, 3)
            guard size.isFinite else { return (nil, 1) }
            if size == 0 { return (k + 1, rate) }
            if k > 0 {
                rate = size / last
                let left = Double(Self.iterations - 1 - k)
                if rate >= 1 || pow(rate, left) / (1 - rate) * size > precision {
                    return (size <= precision ? k + 1 : nil, 1)
                }
                if rate / (1 - rate) * size < precision { return (k + 1, rate) }
            } else if size < 1e-3 * precision {
                return (1, 0)
            }
            last = size
        }
        return (nil, 1)
    }

    /// The error over what is tolerated, by an embedded method of order 3 that is
    /// filtered so that stiff parts do not count.
    private func estimate(
        _ t: Double, _ y: UnsafePointer<Double>, _ h: Double, refining: Bool
    ) throws -> Double {
        let n = n
        for d in 0..<n {
            var sum = 0.0
            for j in 0..<3 { sum += Self.estimate[j] * z[j * n + d] }
            work[d] = sum / h
        }
        func filtered() {
            for row in 0..<n {
                error[row] = 0
                for column in 0..<n {
                    error[row] += bySlope[column * n + row] * (slope[column] + work[column])
                }
            }
            filter.solve(error)
        }
        filtered()
        let first = norm(error, 1)
        guard first >= 1, refining else { return first }
        for d in 0..<n { stage[d] = y[d] + error[d] }
        stageSlope.update(from: slope, count: n)
        guard try system.slope(t, stage, into: slope) else { return first }
        filtered()
        slope.update(from: stageSlope, count: n)
        return norm(error, 1)
    }

    private func accept(_ t: Double, _ tNext: Double, _ h: Double) {
        let n = n
        times.reserve(stepCount + 2)
        lengths.reserve(stepCount + 1)
        states.reserve((stepCount + 2) * stateStride)
        let y = states.start + stepCount * stateStride
        times.start[stepCount] = t
        lengths.start[stepCount] = h
        (y + n).update(from: z, count: 3 * n)
        for d in 0..<n { y[stateStride + d] = y[d] + z[2 * n + d] }
        stepCount += 1
        times.start[stepCount] = tNext
    }

    // MARK: Backwards

    package override func addAdjoints(
        _ outputAdjoints: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        timeAdjoints: UnsafeMutablePointer<Double>?
    ) throws {
        try sweepBack(outputAdjoints, into: state, timeAdjoints: timeAdjoints)
    }
}
