// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Mixtures on the log scale and weights.
    static let mixtures: LibraryGroup = [
        "log_mix": { call in
            if call.count == 3 {
                let (theta, a, b) = (try call.real(0), try call.real(1), try call.real(2))
                if let number = theta.constant, !(number >= 0 && number <= 1) {
                    throw DomainError(
                        call.name, "theta", is: number, mustBe: "in the interval [0, 1]")
                }
                return .real(logSumExp(log(theta) + a, log1m(theta) + b))
            }
            let weights = log(try call.entries(0).vector)
            if case .array(let components) = call[1] {
                let terms = try components.map {
                    try logMix(call, weights, Entries($0.expression))
                }
                return .real(terms.isEmpty ? 0 : sum(Traced.vector(terms)))
            }
            return .real(try logMix(call, weights, try call.entries(1)))
        },
        "softmax": { call in
            let x = try nonemptyVector(call)
            return .vector(Entries(exp(x - logSumExp(x))))
        },
        "log_softmax": { call in
            let x = try nonemptyVector(call)
            return .vector(Entries(x - logSumExp(x)))
        },
    ]

    private static func nonemptyVector(_ call: Call) throws -> Traced {
        let entries = try call.entries(0)
        guard entries.count > 0 else {
            throw EvaluationError.size("\(call.name): the vector must not be empty")
        }
        return entries.vector
    }

    private static func logMix(
        _ call: Call, _ weights: Traced, _ components: Entries
    ) throws -> Traced {
        try requireSameSize(call.name, weights.shape.count, components.count)
        return logSumExp(weights + components.vector)
    }
}
