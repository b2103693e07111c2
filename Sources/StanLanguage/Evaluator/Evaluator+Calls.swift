// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

extension Evaluator {
    func evaluateLibraryCall(_ call: StanLibraryCall, _ node: StanExpression) throws -> Value {
        guard let function = library[call.function] else {
            throw Diagnostic(
                code: "stan/unsupported", "the function \(call.name) cannot be evaluated yet",
                in: program.source, at: node.range)
        }
        var arguments: [Value] = []
        arguments.reserveCapacity(call.arguments.count)
        for argument in call.arguments { arguments.append(try evaluate(argument)) }
        let context = Call(
            name: call.name, arguments: arguments, nodes: call.arguments, result: node.type,
            droppingConstants: call.dropsConstants && dropsConstants, evaluator: self,
            range: node.range)
        return try located(node.range) { try function(context) }
    }

    func evaluateUserCall(_ call: StanUserCall, _ node: StanExpression) throws -> Value {
        let arguments = try call.arguments.map { try evaluate($0) }
        let function = program.functions[call.function]
        // In a function that changes the target, `~` means what it means outside.
        let changesTarget = function.kind == .target || function.kind == .jacobian
        let drops = (call.dropsConstants || changesTarget) && dropsConstants
        return try located(node.range) {
            try self.call(function, arguments, droppingConstants: drops)
        }
    }

    /// Calls a function of the program with values for its arguments.
    func call(
        _ function: StanFunction, _ arguments: [Value], droppingConstants: Bool
    ) throws -> Value {
        try checkStack()
        let frame = UnsafeMutablePointer<Value>.allocate(capacity: max(1, function.slotCount))
        frame.initialize(repeating: .void, count: function.slotCount)
        for (argument, value) in zip(function.arguments, arguments) {
            frame[argument.slot] = value
        }
        let (callerSlots, callerDrops) = (slots, dropsConstants)
        slots = frame
        dropsConstants = droppingConstants
        depth += 1
        defer {
            frame.deinitialize(count: function.slotCount)
            frame.deallocate()
            slots = callerSlots
            dropsConstants = callerDrops
            depth -= 1
            returned = .void
        }
        let flow = try execute(function.body)
        if flow == .returned { return returned }
        guard function.result == .void else {
            throw EvaluationError(
                "no-return", "the function \(function.name) ended without returning a value")
        }
        return .void
    }
}
