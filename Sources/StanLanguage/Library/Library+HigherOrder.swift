// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Functions of functions.
    static let higherOrder: LibraryGroup = [
        "reduce_sum": { call in try reduceSum(call, fixedArguments: 3) },
        "reduce_sum_static": { call in try reduceSum(call, fixedArguments: 3) },
        "map_rect": { call in try mapRect(call) },
    ]

    /// f(x, 1, size, …) for (f, x, grain size, …): the sum needs no slices here,
    /// since the trace turns it into array operations anyway.
    private static func reduceSum(_ call: Call, fixedArguments: Int) throws -> Value {
        guard case .function(.user(let position, let drops)) = call[0],
            call.evaluator.program.functions.indices.contains(position)
        else {
            throw EvaluationError("type", "\(call.name): argument 1 must be a function")
        }
        let count = call[1].size
        if count == 0 { return .number(0) }
        let arguments =
            [call[1], .int(1), .int(count)] + call.arguments.dropFirst(fixedArguments)
        return try call.evaluator.call(
            call.evaluator.program.functions[position], arguments,
            droppingConstants: drops && call.evaluator.dropsConstants)
    }

    /// The vectors f(φ, θₖ, x_rₖ, x_iₖ), one after the other.
    private static func mapRect(_ call: Call) throws -> Value {
        guard case .function(.user(let position, let drops)) = call[0],
            call.evaluator.program.functions.indices.contains(position)
        else {
            throw EvaluationError("type", "\(call.name): argument 1 must be a function")
        }
        let function = call.evaluator.program.functions[position]
        let (jobs, reals, integers) = (call.list(2), call.list(3), call.list(4))
        for (what, list) in [("real data", reals), ("integer data", integers)]
        where list.count != jobs.count {
            throw EvaluationError.size(
                "\(call.name): size of job specific parameters (\(jobs.count)) and size of "
                    + "\(what) (\(list.count)) must match in size")
        }
        var parts: [Entries] = []
        for (i, job) in jobs.enumerated() {
            let value = try call.evaluator.call(
                function,
                [
                    call[1], job, reals[i].promoted(to: .array(of: .real, 1)),
                    integers[i],
                ], droppingConstants: drops && call.evaluator.dropsConstants)
            parts.append(Entries(value.expression))
        }
        if parts.isEmpty { return .vector(Entries([Double]())) }
        return .vector(Entries.joined(parts))
    }
}
