// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation
import Randomness
import Synchronization
import Testing

@testable import Inference

@Suite struct SamplerFailureTests {
    private var short: SamplingSettings {
        var settings = SamplingSettings(seed: 21)
        settings.warmup = 60
        settings.draws = 40
        settings.threads = 1
        return settings
    }

    @Test func everyPointRejected() throws {
        let model = try CoordinateModel(1) { trace in
            let x = trace.input()
            if trace.decide(x, .less, 0) { throw Rejection("the scale is negative") }
            throw Rejection("the scale is positive")
        }
        #expect {
            try sample(model, settings: short)
        } throws: { error in
            guard case SamplingError.initialization(let attempts, let reasons) = error else {
                return false
            }
            return attempts == 100 && reasons.reduce(0) { $0 + $1.count } == 100
                && Set(reasons.map(\.message)) == [
                    "the scale is negative", "the scale is positive",
                ] && "\(error)".contains("of 100: the scale is")
        }
    }

    @Test func densityThatIsNotANumber() throws {
        let model = try CoordinateModel(1) { log(-1 - square($0.input())) }
        #expect {
            try sample(model, settings: short)
        } throws: { "\($0)".contains("100 of 100: the log density is not a number") }
    }

    @Test func fixedStartIsTriedOnce() throws {
        let model = try CoordinateModel(1) { log($0.input()) }
        var settings = short
        settings.initialRadius = 0
        #expect {
            try sample(model, settings: settings)
        } throws: { "\($0)".contains("1 of 1: the log density is -infinity") }
    }

    @Test func constantDensity() throws {
        let model = try CoordinateModel(2) { trace in 0 * sum(trace.input(.vector(2))) }
        #expect {
            try sample(model, settings: short)
        } throws: {
            if case SamplingError.improper = $0 { true } else { false }
        }
    }

    /// An error that is no rejection ends the run.
    @Test func errorInTheModel() throws {
        struct Broken: Error {}
        let model = try CoordinateModel(1) { trace in
            let x = trace.input()
            if trace.decide(x, .greater, 0) { throw Broken() }
            return -x * x
        }
        #expect(throws: Broken.self) { try sample(model, settings: short) }
    }

    @Test func rejectionsOnTheWayAreDivergences() throws {
        // A half-normal without its transform: the wall at 0 rejects.
        let model = try CoordinateModel(1) { trace in
            let x = trace.input()
            if trace.decide(x, .less, 0) { throw Rejection("negative") }
            return -0.5 * x * x
        }
        var settings = short
        settings.draws = 400
        let draws = try sample(model, settings: settings)
        #expect(try draws.values("x.1").allSatisfy { $0 >= 0 })
        let diagnosis = draws.diagnose()
        #expect(diagnosis.divergences > 0 && !diagnosis.isGood)
        #expect(diagnosis.description.contains("ended in a divergence"))
    }

    @Test func rejectionsOfOnePlaceAreCountedTogether() throws {
        let model = try CoordinateModel(1) { trace in
            let x = trace.input()
            if trace.decide(x, .less, 0) {
                throw Rejection("x is \(x)", place: "p.stan:3:5")
            }
            return -0.5 * x * x
        }
        let draws = try sample(model, settings: short)
        #expect(draws.rejections.count == 1)
        #expect(draws.rejections.first?.count ?? 0 > 1)
        #expect(draws.rejections.first?.message.hasPrefix("x is") == true)
    }

    @Test func noParameters() throws {
        let model = RandomQuantityModel()
        let draws = try sample(model, settings: short)
        #expect(draws.count == 40 && draws.chains.count == 4)
        #expect(draws.chains.allSatisfy { $0.warmupCount == 0 })
        #expect(Set(try draws.values("z")).count == 160)
        #expect(try draws.values("lp__").allSatisfy { $0 == 0 })
        _ = draws.diagnose()
    }

    @Test func rejectedQuantitiesAreNaN() throws {
        let draws = try sample(RandomQuantityModel(rejectsAbove: 1), settings: short)
        let z = try draws.values("z")
        #expect(z.contains { $0.isNaN } && z.contains { !$0.isNaN })
        #expect(draws.diagnose().description.contains("z has draws that are not finite"))
    }

    /// A sink that cancels after some rows of the first chain.
    private final class Canceller: DrawSink {
        let cancellation = Cancellation()
        let limit: Int
        let finished = Atomic<Int>(0)
        init(_ limit: Int) { self.limit = limit }

        func makeReceiver(chain: Int, of run: SamplingRun) -> any DrawReceiver {
            Receiver(self)
        }

        final class Receiver: DrawReceiver {
            let owner: Canceller
            var rows = 0
            init(_ owner: Canceller) { self.owner = owner }
            func append(_ row: ArraySlice<Double>) {
                rows += 1
                if rows == owner.limit { owner.cancellation.cancel() }
            }
            func adapted(stepSize: Double, inverseMetric: [Double]) {}
            func finish(warmupSeconds: Double, samplingSeconds: Double) {
                owner.finished.add(1, ordering: .relaxed)
            }
        }
    }

    @Test func interruptionKeepsTheDraws() throws {
        let model = try CoordinateModel.standardNormal(2)
        let sink = Canceller(13)
        let draws = try sample(
            model, settings: short, sink: sink, cancellation: sink.cancellation)
        #expect(draws.chains.map(\.count) == [13])
        #expect(draws.notes == ["interrupted: 1 of 4 chains have draws (13 of 40)"])
        #expect(sink.finished.load(ordering: .relaxed) == 1)
        // They are the draws of the whole run.
        let whole = try sample(model, settings: short)
        #expect(try Array(whole["x.1"][0][..<13]) == draws["x.1"][0])
        #expect(!draws.diagnose().isGood)
    }

    @Test func interruptionBeforeTheFirstDraw() throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        let model = try CoordinateModel.standardNormal(2)
        #expect {
            try sample(model, settings: short, cancellation: cancellation)
        } throws: {
            if case SamplingError.interrupted = $0 { true } else { false }
        }
    }

    @Test func progressEndsAtOne() throws {
        var last: SamplingProgress?
        _ = try sample(try CoordinateModel.standardNormal(2), settings: short) { last = $0 }
        let progress = try #require(last)
        #expect(progress.fraction == 1)
        #expect(progress.chains.map(\.id) == [1, 2, 3, 4])
        #expect(progress.chains.allSatisfy { $0.iteration == 100 })
    }
}

/// No parameters and one random quantity.
private struct RandomQuantityModel: SampledModel {
    var rejectsAbove = Double.infinity
    let density: any DifferentiableDensity
    let outputNames = ["z"]

    init(rejectsAbove: Double = .infinity) {
        self.rejectsAbove = rejectsAbove
        density = Nothing()
    }

    struct Nothing: DifferentiableDensity {
        var dimension: Int { 0 }
        func makeEvaluator() -> any DensityEvaluator { Evaluator() }
        final class Evaluator: DensityEvaluator {
            func evaluate(
                at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
            ) -> Double { 0 }
        }
    }

    func writeOutputs(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]
    ) throws {
        let z = generator.normal()
        if z > rejectsAbove { throw Rejection("too large") }
        values = [z]
    }

    func initialPoint(
        generator: RandomGenerator, radius: Double, initial: [String: [Double]]
    ) -> [Double] { [] }
}
