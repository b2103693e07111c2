// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
public import DataFrames
import Errors
public import Randomness

extension StanModel {
    public func initialPoint(
        generator: RandomGenerator, radius: Double, initial: [String: [Double]]
    ) throws -> [Double] {
        let names = parameters.map(\.declaration.variable.name)
        for name in initial.keys.sorted() where !names.contains(name) {
            throw Diagnostic(
                code: "stan/initial-value", "the program has no parameter \(name)",
                help: suggestion(for: name, among: names).map { "did you mean \($0)?" })
        }
        var point: [Double] = []
        // Values are worked out one after the other: a bound may be a parameter.
        let evaluator = knownEvaluator()
        let trace = Trace(point: [])
        for parameter in parameters {
            let variable = parameter.declaration.variable
            let free: [Double]
            if let given = initial[variable.name] {
                let output = try OutputVariable(parameter.declaration, evaluator)
                guard given.count == output.count else {
                    throw Diagnostic(
                        code: "stan/initial-value",
                        "the initial value of \(variable.name) has \(given.count) entries, but "
                            + "the parameter has \(output.count)")
                }
                var scalars = given
                for (column, position) in output.storage.enumerated() {
                    scalars[position] = given[column]
                }
                free = try parameter.coordinates(of: scalars, evaluator)
            } else {
                free = (0..<parameter.freeCount).map { _ in
                    radius * (2 * generator.uniform() - 1)
                }
            }
            var start = 0
            let (value, _) = try parameter.value(evaluator, trace) { shape in
                defer { start += shape.count }
                return Traced(Array(free[start..<(start + shape.count)]), shape)
            }
            evaluator.slots[variable.slot] = value
            point += free
        }
        return point
    }

    /// Initial values from JSON in CmdStan's form (constrained; some or all of
    /// the parameters), as `initialPoint` takes them.
    ///
    /// - Throws: a `DiagnosticList` for a value of the wrong shape or type.
    public func initialValues(from json: JSONValue) throws -> [String: [Double]] {
        guard let object = json.object else {
            throw DiagnosticList([
                Diagnostic(
                    code: "stan/initial-value",
                    "initial values must be an object with a member for each parameter, but are "
                        + json.kind)
            ])
        }
        let evaluator = knownEvaluator()
        var result: [String: [Double]] = [:]
        var problems: [Diagnostic] = []
        let names = parameters.map(\.declaration.variable.name)
        for name in object.names where !names.contains(name) {
            problems.append(
                Diagnostic(
                    code: "stan/initial-value", "the program has no parameter \(name)",
                    help: suggestion(for: name, among: names).map { "did you mean \($0)?" }))
        }
        for parameter in parameters {
            let name = parameter.declaration.variable.name
            guard let member = object[name] else { continue }
            do {
                let value = try DataValue(name: name).read(member, as: parameter.type)
                var scalars: [Double] = []
                value.appendScalars(to: &scalars)
                let output = try OutputVariable(parameter.declaration, evaluator)
                result[name] = output.storage.map { scalars[$0] }
            } catch let error as DataValue.Mismatch {
                problems.append(
                    Diagnostic(
                        code: "stan/initial-value", error.message, in: program.source,
                        at: parameter.declaration.variable.range, help: error.help))
            }
        }
        if !problems.isEmpty { throw DiagnosticList(problems) }
        return result
    }
}
