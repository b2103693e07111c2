// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An explicit Runge–Kutta method with steps that adapt: a PI controller (Gustafsson
/// 1991, with the numbers of Hairer's DOPRI5), and output between the steps where
/// the method has it.
package final class ExplicitIntegrator: ODEIntegrator {
    let scheme: ExplicitScheme
    /// Derivatives of all stages, then room for a stage's state, the next state,
    /// two vectors and the weights of an output.
    private let memory: UnsafeMutablePointer<Double>
    let k: UnsafeMutablePointer<Double>
    let stageState: UnsafeMutablePointer<Double>
    private let next: UnsafeMutablePointer<Double>
    private let scale: UnsafeMutablePointer<Double>
    let weights: UnsafeMutablePointer<Double>
    /// Saved evaluations of the right side: for each step its stages but the end,
    /// which is the next step's first.
    @exclusivity(unchecked) var tape = GrowingBuffer()
    @exclusivity(unchecked) var isTaped = false
    @exclusivity(unchecked) var savedCount = 0
    var savedPerStep: Int { scheme.stageCount + scheme.extraCount }
    /// Beyond this many numbers (64 MB) evaluations are repeated instead.
    static let largestTape = 8_000_000

    init(_ scheme: ExplicitScheme, _ rightSide: ODERightSide) {
        self.scheme = scheme
        let n = rightSide.dimension
        let stages = scheme.totalCount
        let size = stages * n + 3 * n + stages
        memory = .allocate(capacity: size)
        memory.initialize(repeating: 0, count: size)
        k = memory
        stageState = memory + stages * n
        next = stageState + n
        scale = next + n
        weights = scale + n
        super.init(rightSide)
    }

    deinit { memory.deallocate() }

    // MARK: Stages

    /// out = y + h Σ aᵢ kᵢ
    @inline(__always)
    func combine(
        _ row: ExplicitScheme.Row, _ h: Double, _ y: UnsafePointer<Double>,
        into out: UnsafeMutablePointer<Double>
    ) {
        let (columns, values, count) = (row.columns, row.values, row.count)
        let (k, n) = (k, n)
        var d = 0
        while d + 2 <= n {
            var sum = SIMD2<Double>.zero
            for i in 0..<count { sum += values[i] * Self.pair(k + (columns[i] * n + d)) }
            Self.setPair(out + d, Self.pair(y + d) + h * sum)
            d += 2
        }
        if d < n {
            var sum = 0.0
            for i in 0..<count { sum += values[i] * k[columns[i] * n + d] }
            out[d] = y[d] + h * sum
        }
    }

    /// Two numbers at a place: few entries are faster by twos than in a loop that
    /// the compiler made ready for many.
    @inline(__always)
    static func pair(_ x: UnsafePointer<Double>) -> SIMD2<Double> {
        UnsafeRawPointer(x).loadUnaligned(as: SIMD2<Double>.self)
    }

    @inline(__always)
    static func setPair(_ x: UnsafeMutablePointer<Double>, _ value: SIMD2<Double>) {
        UnsafeMutableRawPointer(x).storeBytes(of: value, as: SIMD2<Double>.self)
    }

    /// y += factor · x
    @inline(__always)
    func add(
        _ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>
    ) {
        var d = 0
        while d + 2 <= n {
            Self.setPair(y + d, Self.pair(y + d) + factor * Self.pair(x + d))
            d += 2
        }
        if d < n { y[d] += factor * x[d] }
    }

    /// Evaluates the right side into a stage, and saves the evaluation.
    @inline(__always)
    private func evaluate(
        _ stage: Int, _ time: Double, _ y: UnsafePointer<Double>, slot: Int
    ) throws {
        if isTaped {
            if (slot + 1) * savedCount > Self.largestTape {
                isTaped = false
            } else {
                tape.reserve((slot + 1) * savedCount)
                rightSide.evaluate(
                    time, y, into: k + stage * n, saving: tape.start + slot * savedCount)
                return
            }
        }
        try rightSide.evaluate(time, y, into: k + stage * n)
    }

    private func norm(_ row: ExplicitScheme.Row, _ h: Double) -> Double {
        var largest = 0.0
        for d in 0..<n {
            var sum = 0.0
            for i in 0..<row.count { sum += row.values[i] * k[row.columns[i] * n + d] }
            let error = (h * sum / scale[d]).magnitude
            if !(error <= largest) { largest = error }
        }
        return largest
    }

    /// The largest error of an entry over what is tolerated.
    private func error(_ h: Double) -> Double {
        let first = norm(scheme.errors[0], h)
        guard scheme.errors.count == 2 else { return first }
        if first == 0 { return 0 }
        let second = norm(scheme.errors[1], h)
        return first * first / (first * first + 0.01 * second * second).squareRoot()
    }

    // MARK: Solution

    package override func solve(
        from start: Double, _ initial: UnsafePointer<Double>, at wanted: UnsafePointer<Double>,
        count: Int, _ settings: ODESettings, into output: UnsafeMutablePointer<Double>
    ) throws {
        forget()
        isTaped = false
        let (n, scheme, k) = (n, scheme, k)
        let s = scheme.stageCount
        states.reserve(n)
        var y = states.start
        y.update(from: initial, count: n)
        var done = 0
        while done < count, wanted[done] == start {
            write(output, done, y, step: -1, fraction: 0)
            done += 1
        }
        if done == count { return }
        var t = start
        try evaluate(0, t, y, slot: 0)
        savedCount = rightSide.savedCount ?? 0
        isTaped = savedCount > 0
        if isTaped {
            tape.reserve(savedCount)
            rightSide.evaluate(t, y, into: k, saving: tape.start)
        }
        for d in 0..<n where !k[d].isFinite { throw ODEFailure.notFinite(at: t) }
        let end = wanted[count - 1]
        let direction: Double = end < start ? -1 : 1
        var h = try initialStep(t, y, end, settings)
        let exponent = 1 / Double(scheme.order)
        // Logarithms of errors.
        var (attempts, lastError, wasRejected) = (0, log(1e-4), false)
        // Rounding is felt below this.
        let relative = max(settings.relativeTolerance, 4e-15)
        let hasOne = settings.absoluteTolerance.count == 1
        let absolute = settings.absoluteTolerance[0]
        while done < count {
            let goal = scheme.corrections == nil ? wanted[done] : end
            let remaining = goal - t
            let reachesGoal = (h * 1.01).magnitude >= remaining.magnitude
            let step = reachesGoal ? remaining : h
            attempts += 1
            try requireRoom(reached: t, towards: wanted[done])
            if attempts > settings.maximumSteps {
                throw ODEFailure.tooManySteps(reached: t, towards: wanted[done])
            }
            if attempts & 15 == 0, settings.isStopped() { throw settings.stopped }
            if !reachesGoal, t + 0.1 * step == t || !step.isFinite {
                throw ODEFailure.stepTooSmall(reached: t)
            }
            let slot = stepCount * savedPerStep
            for stage in 1..<s {
                combine(scheme.rows[stage - 1], step, y, into: stageState)
                try evaluate(stage, t + scheme.nodes[stage] * step, stageState, slot: slot + stage)
            }
            combine(scheme.weights, step, y, into: next)
            for d in 0..<n {
                scale[d] =
                    (hasOne ? absolute : settings.absoluteTolerance[d])
                    + relative * max(y[d].magnitude, next[d].magnitude)
            }
            let tNext = reachesGoal ? goal : t + step
            if scheme.estimateReadsEnd {
                try evaluate(s, tNext, next, slot: slot + savedPerStep)
            }
            let error = error(step)
            guard error <= 1 else {
                rejected += 1
                wasRejected = true
                let shorter = error.isFinite ? max(0.2, 0.9 * exp(-exponent * log(error))) : 0.1
                h = step * shorter
                continue
            }
            if !scheme.estimateReadsEnd {
                try evaluate(s, tNext, next, slot: slot + savedPerStep)
            }
            times.reserve(stepCount + 2)
            lengths.reserve(stepCount + 1)
            states.reserve((stepCount + 2) * n)
            y = states.start + stepCount * n
            times.start[stepCount] = t
            lengths.start[stepCount] = step
            var hasExtra = false
            while done < count, (wanted[done] - tNext) * direction <= 0 {
                if wanted[done] == tNext {
                    write(output, done, next, step: stepCount, fraction: 1)
                } else {
                    if !hasExtra { try evaluateExtra(t, step, y, slot) }
                    hasExtra = true
                    let fraction = (wanted[done] - t) / step
                    scheme.denseWeights(at: fraction, into: weights)
                    let out = output + done * n
                    for d in 0..<n {
                        var sum = 0.0
                        for i in 0..<scheme.totalCount { sum += weights[i] * k[i * n + d] }
                        out[d] = y[d] + step * sum
                    }
                    outputSteps.append(stepCount)
                    outputFractions.append(fraction)
                }
                done += 1
                attempts = 0
            }
            stepCount += 1
            y += n
            t = tNext
            times.start[stepCount] = t
            for d in 0..<n {
                y[d] = next[d]
                k[d] = k[s * n + d]
            }
            // A step that was cut to end at a time says nothing about the next.
            let logError = log(max(error, 1e-10))
            let grown = 0.9 * exp(0.04 * lastError - (exponent - 0.03) * logError)
            let longer = step * min(max(grown, 0.2), wasRejected ? 1 : 10)
            h = reachesGoal && longer.magnitude < h.magnitude && !wasRejected ? h : longer
            lastError = max(logError, log(1e-4))
            wasRejected = false
        }
    }

    package override func addAdjoints(
        _ outputAdjoints: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        timeAdjoints: UnsafeMutablePointer<Double>?
    ) throws {
        try sweepBack(outputAdjoints, into: state, timeAdjoints: timeAdjoints)
    }

    @inline(__always)
    private func write(
        _ output: UnsafeMutablePointer<Double>, _ index: Int, _ y: UnsafePointer<Double>,
        step: Int, fraction: Double
    ) {
        (output + index * n).update(from: y, count: n)
        outputSteps.append(step)
        outputFractions.append(fraction)
    }

    /// The stages that only dense output needs.
    private func evaluateExtra(
        _ t: Double, _ h: Double, _ y: UnsafePointer<Double>, _ slot: Int
    ) throws {
        for stage in (scheme.stageCount + 1)..<max(scheme.totalCount, scheme.stageCount + 1) {
            combine(scheme.row(stage), h, y, into: stageState)
            try evaluate(stage, t + scheme.nodes[stage] * h, stageState, slot: slot + stage - 1)
        }
    }

    /// A first step from the sizes of state, slope and curvature (Hairer, Nørsett
    /// and Wanner I, section II.4).
    private func initialStep(
        _ t: Double, _ y: UnsafePointer<Double>, _ end: Double, _ settings: ODESettings
    ) throws -> Double {
        let span = end - t
        var (size, slope, curvature) = (0.0, 0.0, 0.0)
        for d in 0..<n {
            scale[d] = settings.absolute(d) + settings.relativeTolerance * y[d].magnitude
            size = max(size, (y[d] / scale[d]).magnitude)
            slope = max(slope, (k[d] / scale[d]).magnitude)
        }
        var h = size < 1e-5 || slope < 1e-5 ? 1e-6 : 0.01 * size / slope
        h = min(h, span.magnitude)
        let signed = span < 0 ? -h : h
        for d in 0..<n { stageState[d] = y[d] + signed * k[d] }
        try rightSide.evaluate(t + signed, stageState, into: k + n)
        for d in 0..<n { curvature = max(curvature, ((k[n + d] - k[d]) / scale[d]).magnitude) }
        curvature /= h
        let largest = max(slope, curvature)
        let better =
            largest <= 1e-15
            ? max(1e-6, h * 1e-3) : pow(0.01 / largest, 1 / Double(scheme.order))
        let chosen = min(100 * h, better, span.magnitude)
        return (span < 0 ? -1 : 1) * (chosen.isFinite && chosen > 0 ? chosen : h)
    }
}
