// SPDX-License-Identifier: GPL-3.0-or-later

import Calculus
import Errors
import Foundation
import LinearAlgebra
import Testing

@Suite struct ODETests {
    @Test(arguments: ODEMethod.allCases) func knownSolutions(_ method: ODEMethod) throws {
        let swing = try solveODE(
            from: 0, initial: [1, 0], at: [0, .pi / 2, .pi, 10], method: method
        ) { _, y in [y[1], -y[0]] }
        for (t, y) in zip(swing.times, swing.states) {
            #expect(try (y - [cos(t), -sin(t)]).norm < 1e-7, "\(t): \(y)")
        }
        #expect(swing.states[0] == [1, 0])
        // Logistic growth, y = 1 / (1 + 9·exp(−t)), and back again.
        let logistic = { (_: Double, y: Vector) in y.map { $0 * (1 - $0) } as [Double] }
        let there = try solveODE(from: 0, initial: [0.1], at: [3], method: method) {
            Vector(logistic($0, $1))
        }
        let exact: Double = 1 / (1 + 9 * exp(-3.0))
        #expect((there.states[0][0] - exact).magnitude < 1e-8)
        let back = try solveODE(from: 3, initial: there.states[0], at: [1, 0], method: method) {
            Vector(logistic($0, $1))
        }
        #expect((back.states[1][0] - 0.1).magnitude < 1e-7)
        // A right side that depends on time: y′ = 2t.
        let square = try solveODE(from: -1, initial: [1], at: [2], method: method) { t, _ in [2 * t]
        }
        #expect((square.states[0][0] - 4).magnitude < 1e-9)
    }

    @Test func orderPaysAtHighAccuracy() throws {
        let count = { (method: ODEMethod) in
            try solveODE(
                from: 0, initial: [1, 0], at: [20], method: method, relativeError: 1e-12,
                absoluteError: 1e-13
            ) { _, y in [y[1], -y[0]] }.evaluations
        }
        #expect(try count(.rungeKutta8) * 2 < count(.rungeKutta45))
    }

    @Test func failures() {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try solveODE(from: 0, initial: [1], at: [1]) { _, _ in throw Stop() }
        }
        // y′ = y² from 1 is infinite at t = 1.
        do {
            _ = try solveODE(from: 0, initial: [1], at: [2]) { _, y in [y[0] * y[0]] }
            Issue.record("went through infinity")
        } catch let error as NumericalError {
            #expect(
                error.reason.contains("reached t = 0.9") || error.reason.contains("reached t = 1"))
        } catch { Issue.record(error) }
        #expect(throws: NumericalError.self) {
            try solveODE(from: 0, initial: [1], at: [1]) { t, _ in [t > 0.5 ? .nan : 1] }
        }
        #expect(throws: NumericalError.self) {
            try solveODE(from: 0, initial: [1], at: [1000], maximumSteps: 10) { t, _ in [sin(t * 9)]
            }
        }
        #expect(throws: ShapeError.self) {
            try solveODE(from: 0, initial: [1], at: [1]) { _, _ in [1, 2] }
        }
        #expect(throws: ParameterError.self) {
            try solveODE(from: 0, initial: [1], at: [1, 0.5]) { _, y in y }
        }
        #expect(throws: ParameterError.self) {
            try solveODE(from: 0, initial: [], at: [1]) { _, y in y }
        }
        #expect(throws: ParameterError.self) {
            try solveODE(from: 0, initial: [1], at: [.infinity]) { _, y in y }
        }
        #expect(throws: Never.self) { try solveODE(from: 0, initial: [1], at: []) { _, y in y } }
    }
}
