// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

@testable import Inference

/// A model that is a density and gives its coordinates as quantities.
struct CoordinateModel: SampledModel {
    let density: any DifferentiableDensity
    let outputNames: [String]

    init(
        _ dimension: Int, _ body: @escaping @Sendable (Trace) throws -> Traced
    ) throws {
        density = try DifferentiableFunction(dimension: dimension, body)
        outputNames = (1...max(dimension, 1)).prefix(dimension).map { "x.\($0)" }
    }

    func writeOutputs(
        at position: [Double], generator: RandomGenerator, into values: inout [Double]
    ) throws { values = position }

    func initialPoint(
        generator: RandomGenerator, radius: Double, initial: [String: [Double]]
    ) throws -> [Double] {
        outputNames.map { _ in radius * (2 * generator.uniform() - 1) }
    }
}

extension CoordinateModel {
    /// Independent standard normals.
    static func standardNormal(_ dimension: Int) throws -> CoordinateModel {
        try CoordinateModel(dimension) { trace in
            let x = trace.input(.vector(dimension))
            return -0.5 * dot(x, x)
        }
    }

    /// Normals with the given standard deviations and one correlation.
    static func normal(_ scales: [Double], correlation: Double) throws -> CoordinateModel {
        try CoordinateModel(scales.count) { trace in
            let z = trace.input(.vector(scales.count)) / Traced(scales)
            // The inverse of (1 − ρ) I + ρ 1 1ᵀ.
            let n = Double(scales.count)
            let shared = correlation / (1 + (n - 1) * correlation)
            let total = sum(z)
            return Traced(-0.5 / (1 - correlation))
                * (dot(z, z) - Traced(shared) * total * total)
        }
    }
}
