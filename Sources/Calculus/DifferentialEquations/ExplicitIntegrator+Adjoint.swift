// SPDX-License-Identifier: GPL-3.0-or-later

/// The steps backwards. With λ the adjoint of the state at the end of a step and κᵢ
/// those of the stages' derivatives,
///
///     κᵢ = h (bᵢ λ + Σⱼ aⱼᵢ μⱼ),   μᵢ = (∂f/∂y)ᵀ κᵢ,   λ at the start = λ + Σᵢ μᵢ
///
/// from the last stage to the first. Outputs within the step add h wᵢ(θ) times
/// their adjoints to κᵢ.
extension ExplicitIntegrator {
    func sweepBack(
        _ outputAdjoints: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        timeAdjoints: UnsafeMutablePointer<Double>?
    ) throws {
        let stages = scheme.totalCount
        try withUnsafeTemporaryAllocation(of: Double.self, capacity: (stages + 4) * n) { room in
            guard let room = room.baseAddress else { return }
            room.initialize(repeating: 0, count: (stages + 4) * n)
            var sweep = Sweep(
                kappa: room, lambda: room + stages * n, start: room + (stages + 1) * n,
                mu: room + (stages + 2) * n, carry: room + (stages + 3) * n,
                output: outputSteps.count - 1)
            for step in stride(from: stepCount - 1, through: 0, by: -1) {
                try reverse(step, &sweep, outputAdjoints, timeAdjoints)
            }
            while sweep.output >= 0 {  // at the start
                for d in 0..<n { state[d] += outputAdjoints[sweep.output * n + d] }
                if let timeAdjoints, stepCount > 0 || n > 0 {
                    try rightSide.evaluate(
                        stepCount > 0 ? times.start[0] : 0, states.start, into: k)
                    for d in 0..<n {
                        timeAdjoints[sweep.output] += k[d] * outputAdjoints[sweep.output * n + d]
                    }
                }
                sweep.output -= 1
            }
            if stepCount > 0 {
                try pull(0, 0, sweep.carry, into: sweep.lambda)
                for d in 0..<n { state[d] += sweep.lambda[d] }
            }
        }
    }

    /// Where the sweep stands.
    private struct Sweep {
        /// Adjoints of the stages' derivatives.
        let kappa: UnsafeMutablePointer<Double>
        /// That of the state at the end of the step, and at its start.
        var lambda: UnsafeMutablePointer<Double>
        var start: UnsafeMutablePointer<Double>
        let mu: UnsafeMutablePointer<Double>
        /// That of the derivative at the end, as far as the next step has it.
        let carry: UnsafeMutablePointer<Double>
        /// The next output to come.
        var output: Int
    }

    private func reverse(
        _ step: Int, _ sweep: inout Sweep, _ outputAdjoints: UnsafePointer<Double>,
        _ timeAdjoints: UnsafeMutablePointer<Double>?
    ) throws {
        let (n, s, stages) = (n, scheme.stageCount, scheme.totalCount)
        let h = lengths.start[step]
        let (kappa, lambda, start, mu) = (sweep.kappa, sweep.lambda, sweep.start, sweep.mu)
        if !isTaped || timeAdjoints != nil { try repeatStages(step) }
        kappa.update(repeating: 0, count: stages * n)
        start.update(repeating: 0, count: n)
        var between = false
        while sweep.output >= 0, outputSteps[sweep.output] == step {
            let seed = outputAdjoints + sweep.output * n
            let fraction = outputFractions[sweep.output]
            if fraction == 1 {
                for d in 0..<n { lambda[d] += seed[d] }
                if let timeAdjoints {
                    for d in 0..<n { timeAdjoints[sweep.output] += k[s * n + d] * seed[d] }
                }
            } else {
                between = true
                scheme.denseWeights(at: fraction, into: weights)
                for i in 0..<stages {
                    let weight = h * weights[i]
                    add(weight, seed, to: kappa + i * n)
                }
                for d in 0..<n { start[d] += seed[d] }
                if let timeAdjoints {
                    scheme.denseWeights(at: fraction, derivative: true, into: weights)
                    for i in 0..<stages {
                        for d in 0..<n {
                            timeAdjoints[sweep.output] += weights[i] * k[i * n + d] * seed[d]
                        }
                    }
                }
            }
            sweep.output -= 1
        }
        if between {
            for stage in (s + 1..<max(stages, s + 1)).reversed() {
                try reverseStage(step, stage, h, kappa, mu, start)
            }
            for d in 0..<n { sweep.carry[d] += kappa[s * n + d] }
        }
        if step < stepCount - 1 || between { try pull(step + 1, 0, sweep.carry, into: lambda) }
        for i in 0..<scheme.weights.count {
            let weight = h * scheme.weights.values[i]
            add(weight, lambda, to: kappa + scheme.weights.columns[i] * n)
        }
        for d in 0..<n { start[d] += lambda[d] }
        for stage in (1..<s).reversed() { try reverseStage(step, stage, h, kappa, mu, start) }
        sweep.carry.update(from: kappa, count: n)
        swap(&sweep.lambda, &sweep.start)
    }

    @inline(__always)
    private func reverseStage(
        _ step: Int, _ stage: Int, _ h: Double, _ kappa: UnsafeMutablePointer<Double>,
        _ mu: UnsafeMutablePointer<Double>, _ start: UnsafeMutablePointer<Double>
    ) throws {
        let n = n
        for d in 0..<n { mu[d] = 0 }
        try pull(step, stage, kappa + stage * n, into: mu)
        add(1, mu, to: start)
        let row = scheme.row(stage)
        for i in 0..<row.count {
            let weight = h * row.values[i]
            add(weight, mu, to: kappa + row.columns[i] * n)
        }
    }

    /// Carries a stage's adjoints back through the right side.
    @inline(__always)
    private func pull(
        _ step: Int, _ stage: Int, _ seeds: UnsafePointer<Double>,
        into adjoints: UnsafeMutablePointer<Double>
    ) throws {
        if isTaped {
            let slot =
                step * savedPerStep + (stage < scheme.stageCount ? stage : stage - 1)
            rightSide.pullBack(seeds, into: adjoints, from: tape.start + slot * savedCount)
        } else {
            let (t, y) = (times.start[step], states.start + step * n)
            if stage == 0 {
                try rightSide.evaluate(t, y, into: stageState)
            } else {
                let h = lengths.start[step]
                combine(scheme.row(stage), h, y, into: stageState)
                try rightSide.evaluate(t + scheme.nodes[stage] * h, stageState, into: stageState)
            }
            rightSide.pullBack(seeds, into: adjoints)
        }
    }

    /// Computes the stages of a step anew.
    private func repeatStages(_ step: Int) throws {
        let (t, h, y) = (times.start[step], lengths.start[step], states.start + step * n)
        try rightSide.evaluate(t, y, into: k)
        for stage in 1..<scheme.totalCount {
            let at = t + scheme.nodes[stage] * h
            if stage == scheme.stageCount {
                try rightSide.evaluate(times.start[step + 1], y + n, into: k + stage * n)
            } else {
                combine(scheme.row(stage), h, y, into: stageState)
                try rightSide.evaluate(at, stageState, into: k + stage * n)
            }
        }
    }
}
