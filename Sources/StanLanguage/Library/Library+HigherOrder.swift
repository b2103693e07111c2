// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Functions of functions.
    static let higherOrder: LibraryGroup = [
        "reduce_sum": { call in try reduceSum(call, fixedArguments: 3) },
        "reduce_sum_static": { call in try reduceSum(call, fixedArguments: 3) },
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
}
