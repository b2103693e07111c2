// SPDX-License-Identifier: GPL-3.0-or-later

public import Autodiff
public import DataFrames
import Errors
public import Inference
public import Randomness

/// A Stan program with its data: a model that can be sampled.
///
///     let program = try StanProgram.parse(SourceText(name: "schools.stan", text: text))
///     let model = try StanModel(program: program, data: ["J": 8, "y": …, "sigma": …])
///     let (value, gradient) = try model.logDensity(at: [0, 0, …])
///
/// Unconstrained coordinates, Jacobians and dropped constants are Stan's, so
/// log densities can be compared with other implementations of the language.
public final class StanModel: SampledModel {
    /// The program.
    public let program: StanProgram
    /// The program's name, for files and messages.
    public let name: String
    /// The log density over unconstrained coordinates.
    public let density: any DifferentiableDensity
    /// The columns of a draw: parameters, transformed parameters, generated
    /// quantities, named as CmdStan names them.
    public let outputNames: [String]

    private let known: KnownValues
    private let isStopped: @Sendable () -> Bool
    let parameters: [ParameterLayout]
    /// Parameters and transformed parameters, then generated quantities.
    private let sampled: [OutputVariable]
    private let generated: [OutputVariable]
    private let forward: ForwardPass
    private let loops = NumberLoops()
    private let function: DifferentiableFunction

    /// Reads the data and runs the transformed data block.
    ///
    /// - Parameters:
    ///   - data: an object with a member for each variable of the data block, as
    ///     CmdStan's JSON files; others are ignored.
    ///   - seed: of the random numbers in transformed data.
    ///   - printer: gets what `print` statements write.
    ///   - isStopped: asked while statements run, here and later in the density
    ///     and the generated quantities; when it answers true they throw
    ///     `Cancelled`, so that loops without an end can be left.
    /// - Throws: a `DiagnosticList` that says what is wrong with the data, a
    ///   `Diagnostic` for an error while statements run, a `Rejection`, or
    ///   `Cancelled`.
    public init(
        program: StanProgram, data: JSONValue, seed: UInt64 = 0,
        printer: (@Sendable (String) -> Void)? = nil,
        isStopped: @escaping @Sendable () -> Bool = { Task.isCancelled }
    ) throws {
        self.program = program
        name = program.source.name
        try Self.requireLibrary(program)
        self.isStopped = isStopped
        let evaluator = Evaluator(program)
        evaluator.isStopped = isStopped
        evaluator.printer = printer
        evaluator.generator = RandomGenerator(StreamKey(seed: seed).child("transformed data"))
        try DataReader(program: program, data: data).read(into: evaluator)
        try evaluator.run(program.transformedData)
        try evaluator.checkConstraints(of: program.transformedData)
        let parameters = try program.parameters.declarations.map {
            try ParameterLayout($0, evaluator)
        }
        let known = KnownValues(evaluator.values)
        self.known = known
        self.parameters = parameters
        let dimension = parameters.reduce(0) { $0 + $1.freeCount }
        let sampled = try
            (program.parameters.declarations + program.transformedParameters.declarations).map {
                try OutputVariable($0, evaluator)
            }
        self.sampled = sampled
        generated = try program.generatedQuantities.declarations.map {
            try OutputVariable($0, evaluator)
        }
        outputNames = sampled.flatMap(\.columns) + generated.flatMap(\.columns)

        function = try DifferentiableFunction(dimension: dimension) { trace in
            let evaluator = Evaluator(program, values: known.values, trace: trace)
            evaluator.isStopped = isStopped
            evaluator.printer = printer
            try evaluator.placeParameters(parameters, trace)
            try evaluator.run(program.transformedParameters)
            try evaluator.checkConstraints(of: program.transformedParameters)
            try evaluator.run(program.model)
            return evaluator.target.total
        }
        density = function
        forward = ForwardPass(
            try VectorFunction(dimension: dimension) { trace in
                let evaluator = Evaluator(program, values: known.values, trace: trace)
                evaluator.isStopped = isStopped
                try evaluator.placeParameters(parameters, trace)
                try evaluator.run(program.transformedParameters)
                try evaluator.checkConstraints(of: program.transformedParameters)
                return sampled.map { evaluator.slots[$0.slot].expression }
            })
    }

    /// Refuses a program that uses functions which cannot be evaluated.
    private static func requireLibrary(_ program: StanProgram) throws {
        let missing = program.libraryFunctions.filter {
            StanFunctions.id(of: $0) != nil && Library.table[$0] == nil
        }
        guard missing.isEmpty else {
            throw DiagnosticList(
                missing.map {
                    Diagnostic(
                        code: "stan/unsupported", "the function \($0) cannot be evaluated yet",
                        in: program.source)
                })
        }
    }

    /// The number of unconstrained coordinates.
    public var dimension: Int { density.dimension }

    /// The log density and its gradient at an unconstrained point.
    ///
    /// - Throws: a `ParameterError` for a point of another size, a `Rejection`
    ///   where the density is 0.
    public func logDensity(at point: [Double]) throws -> (value: Double, gradient: [Double]) {
        guard point.count == dimension else {
            throw ParameterError(
                "unconstrained point", is: "of size \(point.count)",
                mustBe: "of size \(dimension)")
        }
        return try function.valueAndGradient(at: point)
    }

    /// What the program became: the steps that compute the log density and its
    /// gradient at an unconstrained point, and the time that each takes.
    ///
    /// - Throws: as ``logDensity(at:)``.
    public func explanation(at point: [Double]) throws -> ProgramExplanation {
        guard point.count == dimension else {
            throw ParameterError(
                "unconstrained point", is: "of size \(point.count)",
                mustBe: "of size \(dimension)")
        }
        return try function.explanation(at: point)
    }

    /// An evaluator in which the data is known and nothing else.
    func knownEvaluator(tracing trace: Trace? = nil) -> Evaluator {
        let evaluator = Evaluator(program, values: known.values, trace: trace)
        evaluator.isStopped = isStopped
        return evaluator
    }

    // MARK: - Draws

    public func writeOutputs(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]
    ) throws {
        try writeOutputs(
            at: position, generator: generator, into: &values, compilingLoops: true)
    }

    func writeOutputs(
        at position: [Double], generator: RandomGenerator, into values: inout [Double],
        compilingLoops: Bool
    ) throws {
        values.removeAll(keepingCapacity: true)
        values.reserveCapacity(outputNames.count)
        let scalars = try forward.evaluate(at: position)
        var start = 0
        for variable in sampled {
            for position in variable.storage { values.append(scalars[start + position]) }
            start += variable.count
        }
        if program.generatedQuantities.statements.isEmpty { return }
        do {
            try writeGenerated(
                scalars, generator, compilingLoops ? loops : nil, into: &values)
        } catch is Rejection {
            // The draw stands; what could not be generated is not a number.
            values.append(
                contentsOf: repeatElement(.nan, count: outputNames.count - values.count))
        }
    }

    private func writeGenerated(
        _ scalars: [Double], _ generator: RandomGenerator, _ loops: NumberLoops?,
        into values: inout [Double]
    ) throws {
        let evaluator = knownEvaluator()
        evaluator.generator = generator
        evaluator.dropsConstants = false
        evaluator.loops = loops
        var start = 0
        for variable in sampled {
            let own = Array(scalars[start..<(start + variable.count)])
            start += variable.count
            var position = 0
            evaluator.slots[variable.slot] = variable.type.assembled(Entries(own), &position)
        }
        try evaluator.run(program.generatedQuantities)
        try evaluator.checkConstraints(of: program.generatedQuantities)
        var own: [Double] = []
        var written = values
        for variable in generated {
            own.removeAll(keepingCapacity: true)
            evaluator.slots[variable.slot].appendScalars(to: &own)
            for position in variable.storage {
                written.append(position < own.count ? own[position] : .nan)
            }
        }
        values = written
    }
}

/// Values that hold no node of a trace, and so may be shared between threads.
private struct KnownValues: @unchecked Sendable {
    let values: [Value]

    init(_ values: [Value]) {
        precondition(values.allSatisfy(\.isKnown), "data depends on parameters")
        self.values = values
    }
}

extension Evaluator {
    /// Takes the parameters from the inputs of a trace; Jacobians go to the
    /// target.
    func placeParameters(_ parameters: [ParameterLayout], _ trace: Trace) throws {
        for parameter in parameters {
            let (value, logJacobian) = try parameter.value(self, trace) { trace.input($0) }
            slots[parameter.declaration.variable.slot] = value
            target.add(logJacobian)
        }
    }
}
