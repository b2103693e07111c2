// SPDX-License-Identifier: GPL-3.0-or-later

/// A function of several variables with one value, and its exact gradient.
///
///     let f = try DifferentiableFunction(dimension: 2) { trace in
///         let x = trace.input(.vector(2))
///         return square(1 - x[0]) + 100 * square(x[1] - square(x[0]))
///     }
///     let (value, gradient) = try f.valueAndGradient(at: [-1.2, 1])
///
/// The body is run when a program is needed: at the first point, and at points
/// where branches (``Trace/decide(_:_:_:)``) go a way not met before. Evaluation
/// then runs the program and allocates nothing.
public final class DifferentiableFunction: DifferentiableDensity {
    let programs: TracedPrograms

    public var dimension: Int { programs.dimension }

    /// - Parameters:
    ///   - dimension: number of variables.
    ///   - point: trace at once at this point; without one, at the first evaluation.
    ///   - body: returns the scalar.
    /// - Throws: what the body throws.
    public init(
        dimension: Int, at point: [Double]? = nil,
        _ body: @escaping @Sendable (Trace) throws -> Traced
    ) throws {
        programs = TracedPrograms(dimension: dimension) { .result(try body($0)) }
        if let point { _ = try programs.trace(at: point) }
    }

    public func makeEvaluator() -> any DensityEvaluator { Evaluator(programs) }

    /// The value and the gradient at a point of as many entries as the dimension.
    ///
    /// - Throws: what the body throws when it is traced at this point.
    public func valueAndGradient(at point: [Double]) throws -> (value: Double, gradient: [Double]) {
        precondition(point.count == dimension, "\(point.count) numbers for \(dimension) variables")
        var gradient = [Double](repeating: 0, count: dimension)
        let value = try makeEvaluator().evaluate(at: point, gradient: &gradient)
        return (value, gradient)
    }

    /// A workspace in which the values at a point have been computed.
    func makeWorkspace(at point: [Double]) throws -> Workspace {
        try PathFinder(programs).forward(at: point)
    }

    /// The number of steps and the size of the workspace of the last program.
    package var programSize: (steps: Int, workspace: Int)? {
        programs.known.last.map {
            (
                $0.instructions.count + $0.densityTerms.count
                    + $0.tiledLoops.reduce(0) { $0 + $1.steps.count + $1.densities.count },
                $0.workspaceCount
            )
        }
    }

    private final class Evaluator: DensityEvaluator {
        private let paths: PathFinder
        private let dimension: Int

        init(_ programs: TracedPrograms) {
            paths = PathFinder(programs)
            dimension = programs.dimension
        }

        func evaluate(
            at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
        ) throws -> Double {
            let workspace = try paths.forward(at: position)
            workspace.adjoints.update(repeating: 0, count: workspace.program.activeCount)
            let value = workspace.terms(derivatives: true)
            workspace.reverse()
            gradient.update(from: workspace.adjoints, count: dimension)
            return value
        }
    }
}

/// A function of several variables with several values, without derivatives.
public final class VectorFunction: Sendable {
    let programs: TracedPrograms

    public var dimension: Int { programs.dimension }

    /// - Parameter body: returns the values; their entries are concatenated,
    ///   matrices column by column.
    public init(
        dimension: Int, at point: [Double]? = nil,
        _ body: @escaping @Sendable (Trace) throws -> [Traced]
    ) throws {
        programs = TracedPrograms(dimension: dimension) { .outputs(try body($0)) }
        if let point { _ = try programs.trace(at: point) }
    }

    /// All values at a point. For many points take an ``Evaluator``.
    public func evaluate(at point: [Double]) throws -> [Double] {
        try makeEvaluator().evaluate(at: point)
    }

    public func makeEvaluator() -> Evaluator { Evaluator(programs) }

    /// Evaluates a vector function; belongs to one thread.
    public final class Evaluator {
        private let paths: PathFinder
        private let dimension: Int

        fileprivate init(_ programs: TracedPrograms) {
            paths = PathFinder(programs)
            dimension = programs.dimension
        }

        public func evaluate(at point: [Double]) throws -> [Double] {
            precondition(
                point.count == dimension, "\(point.count) numbers for \(dimension) variables")
            let workspace = try paths.forward(at: point)
            return workspace.program.outputs.map { workspace.values[Int($0)] }
        }
    }
}
