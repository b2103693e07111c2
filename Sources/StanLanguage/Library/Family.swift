// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Errors

/// A family of distributions of one number, as Stan names its arguments and what it
/// demands of them. The density, the tails and the sampler are those of
/// `Distributions`.
struct Family: Sendable {
    typealias Argument = (title: String, requirement: Requirement)

    /// What an argument is wanted for.
    enum Use { case density, tail, draw }

    /// Demands that need several arguments; the variate is missing for draws.
    typealias Check =
        @Sendable (_ call: Call, _ use: Use, _ variate: Traced?, _ parameters: [Traced]) throws ->
        Void

    let density: any TracedDensity.Type
    let variate: Argument
    /// What must hold of the variate of a distribution function.
    let tailRequirement: Requirement
    let parameters: [Argument]
    let check: Check?

    init(
        _ density: any TracedDensity.Type, _ variate: Argument, tail: Requirement? = nil,
        _ parameters: Argument..., check: Check? = nil
    ) {
        self.density = density
        self.variate = variate
        tailRequirement = tail ?? variate.requirement
        self.parameters = parameters
        self.check = check
    }

    /// The functions of the family, by name.
    ///
    /// - Parameter suffix: that of the density, "_lpdf" or "_lpmf".
    func functions(_ suffix: String) -> LibraryGroup {
        let name = density.stanName
        var group: LibraryGroup = [name + suffix: logDensity]
        if let tails = density as? any TracedTails.Type {
            group[name + "_lcdf"] = tail { tails.logCDF($0, $1) }
            group[name + "_lccdf"] = tail { tails.logUpperCDF($0, $1) }
            group[name + "_cdf"] = tail({ tails.logCDF($0, $1) }, result: { exp($0) })
        }
        if let sampler = density as? any TracedSampler.Type {
            group[name + "_rng"] = draws(sampler)
        }
        return group
    }

    private func logDensity(_ call: Call) throws -> Value {
        let x = try call.argument(0, variate.title, variate.requirement)
        let parameters = try parametersOf(call, from: 1)
        try check?(call, .density, x, parameters)
        guard try call.commonCount(parameters, and: x) != nil else { return .number(0) }
        return .real(
            density.logDensity(x, parameters, droppingConstants: call.droppingConstants))
    }

    private func parametersOf(_ call: Call, from first: Int) throws -> [Traced] {
        var arguments: [Traced] = []
        arguments.reserveCapacity(parameters.count)
        for (i, (title, requirement)) in parameters.enumerated() {
            arguments.append(
                try call.argument(
                    first + i, title, first == 0 ? requirement.ofDraws : requirement))
        }
        return arguments
    }

    private func tail(
        _ function: @escaping @Sendable (Traced, [Traced]) -> Traced,
        result: @escaping @Sendable (Traced) -> Traced = { $0 }
    ) -> LibraryFunction {
        { call in
            let x = try call.argument(0, variate.title, tailRequirement)
            let parameters = try parametersOf(call, from: 1)
            try check?(call, .tail, x, parameters)
            guard try call.commonCount(parameters, and: x) != nil else {
                return .real(result(0))
            }
            let value = function(x, parameters)
            return .real(result(value.shape.isScalar ? value : sum(value)))
        }
    }

    /// Draws of one number, or of one for each entry of the parameters.
    private func draws(_ sampler: any TracedSampler.Type) -> LibraryFunction {
        { call in
            let generator = try call.generator()
            let arguments = try parametersOf(call, from: 0)
            try check?(call, .draw, nil, arguments)
            let known = try arguments.map { argument in
                guard let numbers = argument.constants else {
                    throw EvaluationError("random", "\(call.name): parameters must be known")
                }
                return numbers
            }
            let isInteger = call.result.innermost == .int
            func draw(_ i: Int) throws -> Double {
                do {
                    let number = try sampler.draw(
                        known.map { $0.count == 1 ? $0[0] : $0[i] }, using: generator)
                    if isInteger { _ = try call.integer(number) }
                    return number
                } catch let error as ParameterError {
                    throw DomainError("\(call.name): \(error)")
                }
            }
            if call.result.indexDepth == 0 {
                let number = try draw(0)
                return isInteger ? .int(try call.integer(number)) : .number(number)
            }
            let numbers = try (0..<(try call.commonCount(arguments) ?? 0)).map(draw)
            return isInteger ? .ints(try numbers.map(call.integer)) : .vector(Entries(numbers))
        }
    }
}

extension Call {
    /// A random count as Stan's integer of 32 bits.
    func integer(_ number: Double) throws -> Int {
        guard let integer = Int32(exactly: number) else {
            throw DomainError("\(name): the random number does not fit in an integer")
        }
        return Int(integer)
    }
}
