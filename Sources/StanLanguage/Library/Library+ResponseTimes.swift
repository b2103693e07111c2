// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import SpecialFunctions

extension Library {
    /// The diffusion model of response times.
    static let responseTimes: LibraryGroup = [
        "wiener_lpdf": { call in
            let (y, parameters) = try wienerArguments(call)
            guard try call.commonCount(parameters, and: y) != nil else { return .number(0) }
            return .real(
                WienerDensity.logDensity(
                    y, parameters, droppingConstants: call.droppingConstants))
        },
        "wiener_lcdf_unnorm": { try wienerProbability(.by, $0) },
        "wiener_lccdf_unnorm": { try wienerProbability(.after, $0) },
    ]

    private static func wienerProbability(
        _ kind: ResponseTime.Kind, _ call: Call
    ) throws -> Value {
        let (y, parameters) = try wienerArguments(call)
        return .real(sum(WienerDensity.logProbability(kind, y, parameters)))
    }

    private static func wienerArguments(_ call: Call) throws -> (Traced, [Traced]) {
        let titles: [(String, Requirement)] = [
            ("Boundary separation", .positiveFinite), ("Nondecision time", .nonnegative),
            ("A-priori bias", .probability), ("Drift rate", .finite),
            ("Inter-trial variability in drift rate", .nonnegative),
            ("Inter-trial variability in A-priori bias", .probability),
            ("Inter-trial variability in Nondecision time", .nonnegative),
        ]
        let y = try call.argument(0, "Random variable", .positiveFinite)
        var parameters: [Traced] = []
        for i in 1..<min(call.count, 8) {
            parameters.append(try call.argument(i, titles[i - 1].0, titles[i - 1].1))
        }
        _ = try call.commonCount(parameters, and: y)
        let (times, delays) = (y.constants ?? [], parameters[1].constants ?? [])
        for i in 0..<max(times.count, delays.count) where !times.isEmpty && !delays.isEmpty {
            let time = times[times.count == 1 ? 0 : i]
            let delay = delays[delays.count == 1 ? 0 : i]
            guard time > delay else {
                throw DomainError(
                    call.name, times.count == 1 ? "Random variable" : "Random variable[\(i + 1)]",
                    is: time, mustBe: "greater than the nondecision time, \(formatted(delay))")
            }
        }
        return (y, parameters)
    }
}
