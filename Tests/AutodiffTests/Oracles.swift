// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Autodiff

/// Derivatives by Richardson extrapolation of central differences (Ridders
/// 1982): an oracle that shares nothing with the reverse sweep.
func numericalGradient(_ f: ([Double]) throws -> Double, at x: [Double]) rethrows -> [Double] {
    try x.indices.map { i in
        var table = [[Double]](repeating: [Double](repeating: 0, count: 10), count: 10)
        var h = 0.05 * max(1, abs(x[i]))
        var best = Double.nan
        var error = Double.infinity
        for row in 0..<10 {
            var (up, down) = (x, x)
            up[i] += h
            down[i] -= h
            table[row][0] = (try f(up) - f(down)) / (up[i] - down[i])
            var factor = 1.96
            for column in 1..<max(row + 1, 1) {
                table[row][column] =
                    (table[row][column - 1] * factor - table[row - 1][column - 1]) / (factor - 1)
                factor *= 1.96
                let change = max(
                    abs(table[row][column] - table[row][column - 1]),
                    abs(table[row][column] - table[row - 1][column - 1]))
                if change < error {
                    error = change
                    best = table[row][column]
                }
            }
            h /= 1.4
        }
        return best
    }
}

/// Evaluates a body on known numbers only: no graph, no program.
func known(_ x: [Double], _ body: (Trace, Traced) throws -> Traced) rethrows -> Double {
    try body(Trace(point: x), Traced(x)).constant ?? .nan
}

/// Checks a scalar function of a vector: the program's value against plain
/// evaluation, its gradient against differences, and batching on against off.
func checkGradient(
    _ name: String, at x: [Double], tolerance: Double = 1e-9, valueTolerance: Double = 1e-13,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable (Trace, Traced) throws -> Traced
) throws {
    let f = try DifferentiableFunction(dimension: x.count) {
        try body($0, $0.input(.vector(x.count)))
    }
    let (value, gradient) = try f.valueAndGradient(at: x)
    let expected = try known(x, body)
    let scale = max(1, abs(expected))
    #expect(
        abs(value - expected) <= valueTolerance * scale, "\(name): \(value) for \(expected)",
        sourceLocation: sourceLocation)
    let differences = try numericalGradient({ try known($0, body) }, at: x)
    let size = differences.map(abs).max() ?? 0
    for i in x.indices {
        #expect(
            abs(gradient[i] - differences[i]) <= tolerance * max(1, size),
            "\(name): ∂\(i) is \(gradient[i]), differences give \(differences[i])",
            sourceLocation: sourceLocation)
    }
    // Dual numbers, node by node, agree far closer than differences can.
    let dual = Trace(point: x)
    let root = dual.id(of: try body(dual, dual.input(.vector(x.count))))
    for i in x.indices {
        var interpreter = DualInterpreter(dual, at: x, direction: i)
        let slope = interpreter.value(root)[0].slope
        #expect(
            abs(gradient[i] - slope) <= 1e-12 * max(1, size),
            "\(name): ∂\(i) is \(gradient[i]), dual numbers give \(slope)",
            sourceLocation: sourceLocation)
    }
    // Without a pass the same function gives the same numbers.
    let largest = gradient.map(abs).max() ?? 0
    for pass in passes {
        let (plainValue, plainGradient) = try compiled(
            body, at: x, options: pass.without)
        #expect(
            abs(plainValue - value) <= 1e-12 * scale, "\(name): \(pass.name) changes the value",
            sourceLocation: sourceLocation)
        for i in x.indices {
            #expect(
                abs(plainGradient[i] - gradient[i]) <= 1e-12 * max(1, largest),
                "\(name): \(pass.name) changes ∂\(i)", sourceLocation: sourceLocation)
        }
    }
}

/// The passes that can be switched off, each alone.
let passes: [(name: String, without: Compiler.Options)] = [
    ("batching", Compiler.Options(batching: false)),
    ("scalar code", Compiler.Options(scalarCode: false)),
    ("fusion", Compiler.Options(fusion: false)),
    ("tiling", Compiler.Options(tile: 0)),
    ("tiling of short arrays", Compiler.Options(tile: 8, leastTiled: 3)),
    ("all passes", Compiler.Options(batching: false, scalarCode: false, fusion: false, tile: 0)),
]

/// The value and gradient of a program made with the given passes.
func compiled(
    _ body: (Trace, Traced) throws -> Traced, at x: [Double], options: Compiler.Options
) rethrows -> (Double, [Double]) {
    let trace = Trace(point: x)
    let result = try body(trace, trace.input(.vector(x.count)))
    let workspace = Workspace(
        Compiler.compile(
            trace, dimension: x.count, result: result, outputs: [], options: options))
    workspace.values.update(from: x, count: x.count)
    workspace.forward()
    let value = workspace.terms(derivatives: true)
    workspace.reverse()
    return (value, Array(UnsafeBufferPointer(start: workspace.adjoints, count: x.count)))
}
