// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions
import Foundation
import Testing

@testable import Distributions

/// The diffusion model of response times against stan_wiener.csv (mpmath).
@Suite struct WienerTests {
    private static let rows: [(kind: ResponseTime.Kind, point: [Double], value: Double)] =
        referenceLines("stan_wiener").compactMap { line in
            let fields = line.split(separator: ",")
            let kinds: [Substring: ResponseTime.Kind] = [
                "density": .density, "by": .by, "after": .after,
            ]
            guard let kind = kinds[fields[0]], let value = Double(fields[2]) else { return nil }
            return (kind, fields[1].split(separator: " ").compactMap { Double($0) }, value)
        }

    @Test func agreesWithMultiplePrecision() throws {
        #expect(Self.rows.count == 24)
        for row in Self.rows {
            let arguments = row.point.map { Traced($0) }
            let found = try #require(
                WienerDensity.logProbability(row.kind, arguments[0], Array(arguments.dropFirst()))
                    .constant)
            #expect(
                abs(found - row.value) <= 2e-12 * max(1, abs(row.value)),
                "\(row.kind) \(row.point): \(found), not \(row.value)")
        }
    }

    @Test func hasItsDerivatives() throws {
        for row in Self.rows {
            // Where a variability is 0 it stays so.
            let moving = row.point.indices.filter { $0 < 5 || row.point[$0] > 0 }
            let start = moving.map { row.point[$0] }
            let function = try DifferentiableFunction(dimension: start.count, at: start) { trace in
                let inputs = trace.input(.vector(start.count))
                var arguments = row.point.map { Traced($0) }
                for (i, k) in moving.enumerated() { arguments[k] = inputs[i] }
                return WienerDensity.logProbability(
                    row.kind, arguments[0], Array(arguments.dropFirst()))
            }
            let (_, gradient) = try function.valueAndGradient(at: start)
            for i in start.indices {
                // The start keeps within its bounds.
                let step =
                    moving[i] == 3
                    ? 1e-5 * min(start[i], 1 - start[i])
                    : 1e-5 * min(max(abs(start[i]), 1e-2), 1)
                var (up, down) = (start, start)
                up[i] += step
                down[i] -= step
                let high = try function.valueAndGradient(at: up).value
                let low = try function.valueAndGradient(at: down).value
                let slope = (high - low) / (2 * step)
                #expect(
                    abs(slope - gradient[i]) <= 2e-6 * max(1, abs(gradient[i])),
                    "\(row.kind) \(row.point), \(moving[i]): \(gradient[i]), not \(slope)")
            }
        }
    }

    /// By a time, after it, and the probability of the boundary, which has a formula.
    @Test func probabilitiesAddUp() throws {
        for (v, w) in [(0.7, 0.4), (-2.0, 0.3), (3.5, 0.8)] {
            let boundary = (1 - exp(-2 * v * 1.3 * w)) / (1 - exp(-2 * v * 1.3))
            for y in [0.25, 0.7, 3.0] {
                let parameters = [1.3, 0.2, w, v].map { Traced($0) }
                let parts = try [ResponseTime.Kind.by, .after].map {
                    exp(
                        try #require(
                            WienerDensity.logProbability($0, Traced(y), parameters).constant))
                }
                #expect(abs(parts[0] + parts[1] - boundary) <= 1e-13, "\(y) \(v) \(w)")
            }
        }
    }

    @Test func nonsenseIsNotANumber() {
        let good = [0.8, 1.3, 0.2, 0.4, 0.7, 0.5, 0.2, 0.1]
        for i in good.indices {
            for x in [-1, Double.nan, .infinity, -.infinity, 2, 0] {
                var point = good
                point[i] = x
                for kind in [ResponseTime.Kind.density, .by, .after] {
                    let value = WienerDensity.logProbability(
                        kind, Traced(point[0]), point.dropFirst().map { Traced($0) })
                    #expect(value.isConstant)
                }
            }
        }
        let late = WienerDensity.logDensity(
            0.1, [1.3, 0.2, 0.4, 0.7].map { Traced($0) }, droppingConstants: false)
        #expect(late.constant == -.infinity)
    }
}
