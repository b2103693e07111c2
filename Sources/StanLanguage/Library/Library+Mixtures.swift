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
            try eachVector(call) { exp($0 - logSumExp($0)) }
        },
        "log_softmax": { call in
            try eachVector(call) { $0 - logSumExp($0) }
        },
    ]

    /// A function of a vector or row vector, or of each in an array.
    private static func eachVector(
        _ call: Call, _ function: (Traced) -> Traced
    ) throws -> Value {
        func image(_ value: Value) throws -> Value {
            let x = value.expression
            guard x.count > 0 else {
                throw EvaluationError.size("\(call.name): the vector must not be empty")
            }
            return .vector(Entries(function(x)))
        }
        guard call.type(0).arrayElement != nil else { return try image(call[0]) }
        return .array(try call[0].elements.map(image))
    }

    private static func logMix(
        _ call: Call, _ weights: Traced, _ components: Entries
    ) throws -> Traced {
        try requireSameSize(call.name, weights.shape.count, components.count)
        return logSumExp(weights + components.vector)
    }
}
