// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Errors
import Foundation

extension NumberCompiler {
    /// A library function of numbers whose result is real.
    mutating func function(_ call: StanLibraryCall, _ node: StanExpression) -> NumberReal? {
        guard call.arguments.allSatisfy(\.isRealScalar) else { return nil }
        if call.arguments.count == 1, let function = Library.elementaryFunctions[call.name] {
            guard let x = real(call.arguments[0]) else { return nil }
            return { function(Traced(try x($0))).constant ?? .nan }
        }
        if let draw = draw(call, node) { return draw }
        if let density = density(call, node) { return density }
        guard let boxed = boxed(call, node) else { return nil }
        return { frame in
            switch try boxed(frame) {
            case .real(let value): return value.constant ?? .nan
            case .int(let value): return Double(value)
            default: return .nan
            }
        }
    }

    /// A random count.
    mutating func integerDraw(_ call: StanLibraryCall, _ node: StanExpression) -> NumberInteger? {
        guard call.arguments.allSatisfy(\.isRealScalar) else { return nil }
        if let draw = draw(call, node) {
            let name = call.name
            let range = node.range
            return { frame in
                let number = try draw(frame)
                guard let integer = Int32(exactly: number) else {
                    throw frame.evaluator.rejection(
                        DomainError("\(name): the random number does not fit in an integer"),
                        at: range)
                }
                return Int(integer)
            }
        }
        guard let boxed = boxed(call, node) else { return nil }
        return { frame in
            guard case .int(let value) = try boxed(frame) else { return 0 }
            return value
        }
    }

    // MARK: Families

    /// Families without demands on several arguments at once, by their names.
    private static let families: [String: Family] = Dictionary(
        (Library.continuousFamilyList + Library.countFamilyList).filter { $0.check == nil }
            .map { ($0.density.stanName, $0) }
    ) { first, _ in first }

    private mutating func buffer(_ count: Int) -> Int {
        layout.buffers.append(count)
        return layout.buffers.count - 1
    }

    private mutating func arguments(_ call: StanLibraryCall) -> [NumberReal]? {
        var values: [NumberReal] = []
        for argument in call.arguments {
            guard let value = real(argument) else { return nil }
            values.append(value)
        }
        return values
    }

    private mutating func draw(_ call: StanLibraryCall, _ node: StanExpression) -> NumberReal? {
        guard call.name.hasSuffix("_rng"),
            let family = NumberCompiler.families[String(call.name.dropLast(4))],
            let sampler = family.density as? any TracedSampler.Type,
            family.parameters.count == call.arguments.count, let values = arguments(call)
        else { return nil }
        let arguments = NumberArguments(
            name: call.name, range: node.range, values: values, buffer: buffer(values.count),
            demands: family.parameters.map { ($0.title, $0.requirement.ofDraws) })
        return { frame in
            guard let generator = frame.evaluator.generator else {
                throw frame.evaluator.diagnostic(
                    .noGenerator(arguments.name), at: arguments.range)
            }
            try arguments.evaluate(frame)
            do {
                return try sampler.draw(frame.buffers[arguments.buffer], using: generator)
            } catch let error as ParameterError {
                throw frame.evaluator.rejection(
                    DomainError("\(arguments.name): \(error)"), at: arguments.range)
            }
        }
    }

    private mutating func density(_ call: StanLibraryCall, _ node: StanExpression) -> NumberReal? {
        guard !call.dropsConstants, call.name.hasSuffix("_lpdf") || call.name.hasSuffix("_lpmf"),
            let family = NumberCompiler.families[String(call.name.dropLast(5))],
            family.parameters.count + 1 == call.arguments.count, let values = arguments(call)
        else { return nil }
        let arguments = NumberArguments(
            name: call.name, range: node.range, values: values, buffer: buffer(values.count),
            demands: [family.variate] + family.parameters)
        if let quick = NumberCompiler.quickDensities[family.density.stanName] {
            return { frame in
                try arguments.evaluate(frame)
                return quick(frame.buffers[arguments.buffer])
            }
        }
        let density = family.density
        return { frame in
            try arguments.evaluate(frame)
            let numbers = frame.buffers[arguments.buffer]
            let parameters = numbers.dropFirst().map { Traced($0) }
            return density.logDensity(Traced(numbers[0]), parameters, droppingConstants: false)
                .constant ?? .nan
        }
    }

    /// The densities that stand most often in such loops, of variate and parameters: the
    /// formulas of their types, without making them.
    private static let quickDensities: [String: @Sendable ([Double]) -> Double] = {
        let halfLog2Pi = 0.918_938_533_204_672_74
        return [
            "std_normal": { -0.5 * $0[0] * $0[0] - halfLog2Pi },
            "normal": { numbers in
                let z = (numbers[0] - numbers[1]) / numbers[2]
                return -0.5 * z * z - halfLog2Pi - Foundation.log(numbers[2])
            },
            "bernoulli": {
                $0[0] == 1 ? Foundation.log($0[1]) : Foundation.log1p(-$0[1])
            },
            "bernoulli_logit": { numbers in
                // −log(1 + exp(−t)), t the logit of what was seen
                let t = numbers[0] == 1 ? numbers[1] : -numbers[1]
                return t > 0
                    ? -Foundation.log1p(Foundation.exp(-t))
                    : t - Foundation.log1p(Foundation.exp(t))
            },
        ]
    }()

    // MARK: Whatever else

    /// Any library function of numbers, called as the walk calls it.
    private mutating func boxed(
        _ call: StanLibraryCall, _ node: StanExpression
    ) -> (@Sendable (NumberFrame) throws -> Value)? {
        guard let function = Library.shared[call.function] else { return nil }
        var values: [@Sendable (NumberFrame) throws -> Value] = []
        for argument in call.arguments {
            if argument.type == .int {
                guard let value = integer(argument) else { return nil }
                values.append { .int(try value($0)) }
            } else {
                guard let value = real(argument) else { return nil }
                values.append { .number(try value($0)) }
            }
        }
        return { [values] frame in
            let evaluator = frame.evaluator
            let context = Call(
                name: call.name, arguments: try values.map { try $0(frame) },
                nodes: call.arguments, result: node.type,
                droppingConstants: call.dropsConstants && evaluator.dropsConstants,
                evaluator: evaluator, range: node.range)
            return try evaluator.located(node.range) { try function(context) }
        }
    }

    /// Any expression by a walk over its tree, when it reads nothing that only the frame
    /// has: numbers are put into their slots first.
    mutating func walk(
        _ node: StanExpression
    ) -> (@Sendable (NumberFrame) throws -> Value)? {
        var variables: [StanVariable] = []
        withoutActuallyEscaping({ (variable: StanVariable) in variables.append(variable) }) {
            collect in
            var visitor = StanVisitor()
            visitor.onExpression = {
                if case .variable(let variable) = $0.kind { collect(variable) }
            }
            visitor.visit(node)
        }
        var reals: [(Int, Int)] = []
        var integers: [(Int, Int)] = []
        for variable in variables {
            guard !written.contains(variable.slot) else { return nil }
            switch variable.type {
            case .real: reals.append((variable.slot, real(variable)))
            case .int: integers.append((variable.slot, integer(variable)))
            default: break
            }
        }
        return { [reals, integers] frame in
            let evaluator = frame.evaluator
            for (slot, place) in reals { evaluator.slots[slot] = .number(frame.reals[place]) }
            for (slot, place) in integers { evaluator.slots[slot] = .int(frame.integers[place]) }
            return try evaluator.evaluate(node)
        }
    }
}

/// The arguments of a call of a family's function.
private struct NumberArguments: Sendable {
    let name: String
    let range: Range<Int>
    let values: [NumberReal]
    /// Where they are kept in the frame.
    let buffer: Int
    let demands: [Family.Argument]

    /// Works them out, and refuses what the family does not allow.
    func evaluate(_ frame: NumberFrame) throws {
        for i in 0..<values.count {
            let number = try values[i](frame)
            frame.buffers[buffer][i] = number
        }
        for i in 0..<values.count {
            let number = frame.buffers[buffer][i]
            if demands[i].requirement.holds(number) { continue }
            throw frame.evaluator.rejection(
                DomainError(
                    name, demands[i].title, is: number, mustBe: demands[i].requirement.text),
                at: range)
        }
    }
}
