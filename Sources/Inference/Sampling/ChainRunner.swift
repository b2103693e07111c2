// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

/// Runs one chain from its starting point to its last draw, on one thread.
struct ChainRunner {
    /// Starting points that are tried.
    static let initialAttempts = 100
    /// Progress is reported after so many iterations.
    static let reportInterval = 25

    let model: any SampledModel
    let run: SamplingRun
    let chain: Int
    let initial: [String: [Double]]
    let cancellation: Cancellation
    let receiver: (any DrawReceiver)?
    let monitor: Monitor

    /// The chain with all rows that were made before an interruption.
    func callAsFunction() throws -> Draws.Chain {
        // Purposes have streams of their own: a change of the quantities that
        // need random numbers changes no draw of the parameters.
        let key = run.settings.key.child(chain + 1)
        let builder = ChainBuilder(
            model: model, run: run, generator: RandomGenerator(key.child("outputs")),
            receiver: receiver)
        var warmupSeconds = 0.0
        var samplingSeconds = 0.0
        var clock = Stopwatch()
        var sampler: NUTS?
        do {
            if run.dimension == 0 {
                try drawFixed(builder)
            } else {
                let nuts = try initialized(key)
                sampler = nuts
                let adapting = Stopwatch()
                try warmUp(nuts, builder)
                warmupSeconds = adapting.seconds
                clock = Stopwatch()
                try builder.adapted(nuts)
                try draw(nuts, builder)
            }
            samplingSeconds = clock.seconds
        } catch is Cancelled {
            if builder.isAdapted {
                samplingSeconds = clock.seconds
            } else {
                warmupSeconds = clock.seconds
            }
        }
        try receiver?.finish(warmupSeconds: warmupSeconds, samplingSeconds: samplingSeconds)
        return builder.chain(
            id: chain + 1, sampler: sampler, warmupSeconds: warmupSeconds,
            samplingSeconds: samplingSeconds)
    }

    /// A sampler at a point of positive density.
    private func initialized(_ key: StreamKey) throws -> NUTS {
        let sampler = NUTS(
            evaluator: CancellableEvaluator(model.density.makeEvaluator(), cancellation),
            dimension: run.dimension, maximumDepth: run.settings.maximumDepth,
            generator: RandomGenerator(key))
        let generator = RandomGenerator(key.child("initial"))
        let radius = run.settings.initialRadius
        var reasons = RejectionCount()
        for attempt in 1...Self.initialAttempts {
            do {
                let point = try model.initialPoint(
                    generator: generator, radius: radius, initial: initial)
                let before = sampler.hamiltonian.rejections.total
                try sampler.start(at: point)
                guard let reason = sampler.reasonNotToStart(rejectionsBefore: before) else {
                    return sampler
                }
                reasons.add(reason)
            } catch let rejection as Rejection {
                reasons.add(rejection)
            }
            // Without randomness another attempt is the same.
            if radius == 0 {
                throw SamplingError.initialization(attempts: attempt, reasons: reasons.reasons)
            }
        }
        throw SamplingError.initialization(
            attempts: Self.initialAttempts, reasons: reasons.reasons)
    }

    private func warmUp(_ sampler: NUTS, _ builder: ChainBuilder) throws {
        let settings = run.settings
        monitor.report(chain) { $0.phase = .warmup }
        var warmup = try Warmup(
            sampler, iterations: settings.warmup, target: settings.targetAcceptance)
        for iteration in 0..<settings.warmup {
            let stepSize = sampler.stepSize
            let transition = try sampler.transition()
            if settings.saveWarmup, iteration % settings.thin == 0 {
                try builder.append(sampler, transition, stepSize: stepSize)
            }
            try warmup.learn(from: transition, iteration: iteration, sampler: sampler)
            report(iteration + 1, 0)
        }
        warmup.finish(sampler)
    }

    private func draw(_ sampler: NUTS, _ builder: ChainBuilder) throws {
        let settings = run.settings
        monitor.report(chain) { $0.phase = .sampling }
        var divergences = 0
        for iteration in 0..<settings.draws {
            let transition = try sampler.transition()
            if transition.outcome == .diverged { divergences += 1 }
            if iteration % settings.thin == 0 {
                try builder.append(sampler, transition, stepSize: sampler.stepSize)
            }
            report(settings.warmup + iteration + 1, divergences)
        }
        monitor.report(chain) {
            $0.iteration = settings.warmup + settings.draws
            $0.divergences = divergences
        }
    }

    /// A model without parameters: every draw is a draw of its quantities.
    private func drawFixed(_ builder: ChainBuilder) throws {
        let settings = run.settings
        monitor.report(chain) { $0.phase = .sampling }
        let evaluator = model.density.makeEvaluator()
        var unused = 0.0
        let logDensity = try withUnsafeMutablePointer(to: &unused) { pointer in
            try evaluator.evaluate(at: UnsafePointer(pointer), gradient: pointer)
        }
        for iteration in 0..<settings.draws {
            if cancellation.isCancelled { throw Cancelled() }
            if iteration % settings.thin == 0 { try builder.append(fixed: logDensity) }
            report(settings.warmup + iteration + 1, 0)
        }
        monitor.report(chain) { $0.iteration = settings.warmup + settings.draws }
    }

    private func report(_ iteration: Int, _ divergences: Int) {
        guard iteration % Self.reportInterval == 0 else { return }
        monitor.report(chain) {
            $0.iteration = iteration
            $0.divergences = divergences
        }
    }
}

/// Wall time since it was made.
struct Stopwatch {
    private let start = ContinuousClock.now

    var seconds: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
