// SPDX-License-Identifier: GPL-3.0-or-later

import Calculus
import Errors
import Foundation
import Testing

@Suite struct QuadratureTests {
    struct Known: Sendable, CustomStringConvertible {
        var description: String
        var from: Double
        var to: Double
        var exact: Double
        var breakpoints: [Double] = []
        var f: @Sendable (Double) -> Double
    }

    static let known: [Known] = [
        .init(description: "polynomial", from: -1, to: 2, exact: 3) { $0 * $0 },
        .init(description: "turned around", from: 2, to: -1, exact: -3) { $0 * $0 },
        .init(description: "nothing", from: 1, to: 1, exact: 0) { $0 },
        .init(description: "oscillation", from: 0, to: 10, exact: 0.010416048193994749) {
            cos(10 * $0) * sin($0)
        },
        .init(description: "root at the end", from: 0, to: 1, exact: 2) { 1 / $0.squareRoot() },
        .init(description: "logarithm at the end", from: 0, to: 1, exact: -1) { log($0) },
        .init(description: "Gauss", from: -.infinity, to: .infinity, exact: Double.pi.squareRoot())
        {
            exp(-$0 * $0)
        },
        .init(
            description: "half of Gauss", from: -.infinity, to: 0, exact: Double.pi.squareRoot() / 2
        ) {
            exp(-$0 * $0)
        },
        .init(description: "Cauchy tail", from: 1, to: .infinity, exact: .pi / 4) {
            1 / (1 + $0 * $0)
        },
        .init(description: "jump", from: 0, to: 1, exact: 0.7, breakpoints: [0.3]) {
            $0 < 0.3 ? 0 : 1
        },
        .init(
            description: "singularity inside", from: -1, to: 2, exact: 2 + 2 * 2.0.squareRoot(),
            breakpoints: [0]
        ) { 1 / $0.magnitude.squareRoot() },
        // Genz' families in one dimension, with a = 5, u = 0.3.
        .init(
            description: "Genz product peak", from: 0, to: 1,
            exact: 5 * (atan(5 * 0.7) + atan(5 * 0.3))
        ) { 1 / (1.0 / 25 + ($0 - 0.3) * ($0 - 0.3)) },
        .init(description: "Genz corner peak", from: 0, to: 1, exact: 1.0 / 6) {
            1 / ((1 + 5 * $0) * (1 + 5 * $0))
        },
        .init(
            description: "Genz Gaussian", from: 0, to: 1,
            exact: Double.pi.squareRoot() / 10 * (erf(5 * 0.7) + erf(5 * 0.3))
        ) { exp(-25 * ($0 - 0.3) * ($0 - 0.3)) },
        .init(
            description: "Genz continuous", from: 0, to: 1,
            exact: (2 - exp(-5 * 0.3) - exp(-5 * 0.7)) / 5
        ) { exp(-5 * ($0 - 0.3).magnitude) },
    ]

    @Test(arguments: known.indices) func knownIntegrals(_ index: Int) throws {
        let k = Self.known[index]
        let found = try integral(from: k.from, to: k.to, breakpoints: k.breakpoints, of: k.f)
        let error = (found.value - k.exact).magnitude
        #expect(error <= max(1e-10 * k.exact.magnitude, 1e-15), "\(k): \(found), exact \(k.exact)")
        #expect(error <= found.errorEstimate + 1e-15, "\(k): \(found)")
        #expect(found.isWithinTolerance)
    }

    @Test func divergenceIsAnError() {
        #expect(throws: NumericalError.self) { try integral(from: 0, to: 1) { 1 / $0 } }
        #expect(throws: NumericalError.self) { try integral(from: 1, to: .infinity) { 1 / $0 } }
        #expect(throws: NumericalError.self) { try integral(from: 0, to: .infinity) { _ in 1 } }
        #expect(throws: NumericalError.self) {
            try integral(from: -1, to: 1) { 1 / ($0 - 0.123) }
        }
    }

    @Test func badIntegrands() {
        struct Stop: Error {}
        #expect(throws: Stop.self) { try integral(from: 0, to: 1) { _ in throw Stop() } }
        do {
            _ = try integral(from: 0, to: 1) { $0 > 0.4 ? .nan : 1 }
            Issue.record("NaN was integrated")
        } catch {
            #expect("\(error)".contains("the integrand is nan at"), "\(error)")
        }
    }

    @Test func badArguments() {
        let f = { (x: Double) in x }
        #expect(throws: ParameterError.self) { try integral(from: .nan, to: 1, of: f) }
        #expect(throws: ParameterError.self) {
            try integral(from: 0, to: 1, relativeError: 0, of: f)
        }
        #expect(throws: ParameterError.self) {
            try integral(from: 0, to: 1, relativeError: .nan, of: f)
        }
        #expect(throws: ParameterError.self) {
            try integral(from: 0, to: 1, breakpoints: [2], of: f)
        }
        #expect(throws: ParameterError.self) { try integral(from: 0, to: 1, intervals: 0, of: f) }
        #expect(throws: ParameterError.self) {
            try integral(from: 0, to: .infinity, breakpoints: [1], of: f)
        }
    }

    @Test func whatRoundingPreventsIsSaid() throws {
        // Noise of 1e-9 keeps any rule from 1e-12.
        let found = try integral(from: 0, to: 1, relativeError: 1e-12) {
            1 + 1e-9 * sin(1e9 * $0)
        }
        #expect(!found.isWithinTolerance)
        #expect((found.value - 1).magnitude < 1e-8)
    }
}
