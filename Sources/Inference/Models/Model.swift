// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

/// A Bayesian model written in Swift.
///
///     let eightSchools = try Model("eight_schools") { m in
///         let mu = m.parameter("mu")
///         let tau = m.parameter("tau", .lower(0))
///         let eta = m.vector("eta", count: 8)
///         let theta = m.derived("theta", mu + tau * eta)
///
///         mu ~ .normal(mean: 0, standardDeviation: 5)
///         tau ~ .cauchy(location: 0, scale: 5)
///         eta ~ .normal(mean: 0, standardDeviation: 1)
///         y ~ .normal(mean: theta, standardDeviation: sigma)
///     }
///     let draws = try sample(eightSchools)
///
/// The body becomes the same graph that a Stan program becomes, and samples as
/// fast. Data are constants of the program around it.
public final class Model: SampledModel {
    public let name: String
    public let density: any DifferentiableDensity
    public let outputNames: [String]
    private let body: Body
    private let outputs: VectorFunction
    private let layout: Layout
    private let simulators: [Simulator]

    typealias Body = @Sendable (Scope) throws -> Statement

    /// What the body declares.
    private struct Layout: Equatable {
        var parameters: [String]
        var sizes: [Int]
        /// The entries of parameters and derived quantities.
        var plainCount: Int
        var simulated: [Int?]

        init(_ scope: Scope) {
            parameters = scope.parameters.map(\.name)
            sizes = scope.parameters.map(\.shape.count)
            plainCount = (scope.parameters + scope.derivedVariables).reduce(0) {
                $0 + $1.shape.count
            }
            simulated = scope.simulations.map(\.count)
        }
    }

    /// - Throws: a `ParameterError` for a name or sizes that are not possible, a
    ///   `ConstraintError` for a constraint that is not, and what the body
    ///   throws (a `Rejection` only when it rejects 100 random points).
    public init(
        _ name: String = "model",
        @StatementBuilder _ body: @escaping @Sendable (Scope) throws -> Statement
    ) throws {
        let (first, point) = try Model.explore(body)
        let layout = Layout(first)
        self.name = name
        self.body = body
        self.layout = layout
        simulators = first.simulations.map(\.simulator)
        outputNames =
            (first.parameters + first.derivedVariables).flatMap(\.entryNames)
            + first.simulations.flatMap(\.entryNames)
        density = try DifferentiableFunction(dimension: point.count, at: point) { trace in
            let scope = Scope(trace, .trace)
            let statement = try Model.run(body, scope, layout)
            return statement.logDensity + scope.logJacobian
        }
        outputs = try VectorFunction(dimension: point.count, at: point) { trace in
            let scope = Scope(trace, .trace)
            _ = try Model.run(body, scope, layout)
            let plain = (scope.parameters + scope.derivedVariables).map(\.value)
            return plain + scope.simulations.flatMap(\.distribution.parameters)
        }
    }

    /// Runs the body with numbers, at random points until one is not rejected.
    private static func explore(_ body: Body) throws -> (scope: Scope, point: [Double]) {
        let generator = RandomGenerator(seed: 0)
        var attempt = 1
        while true {
            let scope = Scope(Trace(point: []), .numbers(generator, radius: 1, given: [:]))
            do {
                _ = try run(body, scope, nil)
                return (scope, scope.coordinates)
            } catch let rejection as Rejection {
                guard attempt < 100 else { throw rejection }
                attempt += 1
            }
        }
    }

    private static func run(_ body: Body, _ scope: Scope, _ layout: Layout?) throws -> Statement {
        let statement = try body(scope)
        if let failure = scope.failure ?? statement.failure { throw failure }
        if let layout, layout != Layout(scope) {
            throw ParameterError(
                "body", is: "of changing parameters",
                mustBe: "one that declares the same parameters each time it runs")
        }
        return statement
    }

    /// The coordinates of a point to start from.
    public func initialPoint(
        generator: RandomGenerator, radius: Double, initial: [String: [Double]]
    ) throws -> [Double] {
        for name in initial.keys.sorted() where !layout.parameters.contains(name) {
            let hint = suggestion(for: name, among: layout.parameters).map {
                " (did you mean \($0)?)"
            }
            throw ParameterError(
                "initial value", is: name, mustBe: "of a parameter of the model" + (hint ?? ""))
        }
        let scope = Scope(Trace(point: []), .numbers(generator, radius: radius, given: initial))
        _ = try Model.run(body, scope, layout)
        return scope.coordinates
    }

    public func writeOutputs(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]
    ) throws {
        try makeOutputWriter().write(at: position, generator: generator, into: &values)
    }

    public func makeOutputWriter() -> any OutputWriter {
        Writer(outputs.makeEvaluator(), layout.plainCount, simulators)
    }

    /// The quantities of draws, for one chain.
    private final class Writer: OutputWriter {
        private let evaluator: VectorFunction.Evaluator
        private let plainCount: Int
        private let simulators: [Simulator]

        init(_ evaluator: VectorFunction.Evaluator, _ plainCount: Int, _ simulators: [Simulator]) {
            self.evaluator = evaluator
            self.plainCount = plainCount
            self.simulators = simulators
        }

        func write(
            at position: [Double], generator: RandomGenerator, into values: inout [Double]
        ) throws {
            let all = try evaluator.evaluate(at: position)
            values.removeAll(keepingCapacity: true)
            values += all[..<plainCount]
            var start = plainCount
            for simulator in simulators {
                try simulator.draw(all, &start, generator, &values)
            }
        }
    }
}
