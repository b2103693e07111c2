// SPDX-License-Identifier: GPL-3.0-or-later

/// The adaptation of a sampler during warm-up: step size after every
/// transition, metric at the end of every window.
struct Warmup {
    let schedule: WarmupSchedule
    private var stepSize: DualAveraging
    private let variances: VarianceEstimator
    private var scratch: PhasePoint
    private let arena: Arena

    /// Finds the first step size at the sampler's state.
    init(_ sampler: NUTS, iterations: Int, target: Double) throws {
        let dimension = sampler.hamiltonian.dimension
        schedule = WarmupSchedule(iterations: iterations)
        variances = VarianceEstimator(dimension: dimension)
        arena = Arena(dimension: dimension)
        scratch = arena.point()
        try sampler.findStepSize(using: &scratch)
        stepSize = DualAveraging(target: target, initialStepSize: sampler.stepSize)
    }

    /// Learns from the transition with this number (from 0).
    mutating func learn(
        from transition: NUTS.Transition, iteration: Int, sampler: NUTS
    ) throws {
        sampler.stepSize = stepSize.update(acceptance: transition.acceptance)
        guard schedule.isInWindow(iteration) else { return }
        variances.add(sampler.state.position)
        guard schedule.endsWindow(iteration) else { return }
        variances.regularized(into: scratch.position)
        sampler.hamiltonian.setInverseMetric(scratch.position)
        variances.restart()
        try sampler.findStepSize(using: &scratch)
        stepSize.restart(sampler.stepSize)
    }

    /// Ends warm-up: the step size is now the averaged one.
    func finish(_ sampler: NUTS) {
        if schedule.iterations > 0 { sampler.stepSize = stepSize.final }
    }
}
