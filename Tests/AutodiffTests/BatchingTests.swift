// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Autodiff

@Suite struct BatchingTests {
    static let count = 500
    static let x = (0..<count).map { Double($0 * 37 % 501) * 0.005 - 1 }
    static let y = (0..<count).map { Double($0 * 91 % 503) * 0.007 - 2 }

    private func steps(
        _ dimension: Int, _ body: @escaping @Sendable (Trace, Traced) throws -> Traced
    ) throws -> Int {
        let f = try DifferentiableFunction(
            dimension: dimension, at: [Double](repeating: 0.1, count: dimension)
        ) { try body($0, $0.input(.vector(dimension))) }
        return f.programSize?.steps ?? 0
    }

    /// `for (n in 1:N) y[n] ~ normal(a + b * x[n], s)`
    @Test func loopBecomesFourSteps() throws {
        let loop: @Sendable (Trace, Traced) -> Traced = { trace, q in
            let (a, b, s) = (q[0], q[1], exp(q[2]))
            return sum(
                Traced.vector(
                    (0..<Self.count).map { n in
                        Traced.density(
                            .normal, [Traced(Self.y[n]), a + b * Traced(Self.x[n]), s],
                            droppingConstants: false)
                    }))
        }
        // exp, multiply, add, density
        #expect(try steps(3, loop) == 4)
        try checkGradient("loop", at: [0.1, 0.2, 0.3], loop)
    }

    /// A vector filled by a loop, a gather by group, and one density of arrays.
    @Test func filledVectorIsNotCopied() throws {
        let groups = (0..<Self.count).map { $0 * 7 % 10 }
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            let effects = exp(q.gather(Array(0..<10)))
            let mu = (0..<Self.count).map { n in effects[groups[n]] + q[10] * Traced(Self.x[n])
            }
            return Traced.density(
                .normal, [Traced(Self.y), Traced.vector(mu), 1.5], droppingConstants: false)
        }
        // exp, multiply, gather, add, density
        #expect(try steps(11, body) == 5)
        try checkGradient("filled", at: (0..<11).map { 0.1 * Double($0) - 0.4 }, body)
    }

    @Test func mixtureLoop() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            var target: Traced = 0
            let theta = logistic(q[4])
            for n in 0..<Self.count {
                let y = Traced(Self.y[n])
                let first = Traced.density(
                    .normal, [y, q[0], exp(q[2])], droppingConstants: false)
                let second = Traced.density(
                    .normal, [y, q[1], exp(q[3])], droppingConstants: false)
                target += logSumExp(log(theta) + first, log1m(theta) + second)
            }
            return target
        }
        #expect(try steps(5, body) < 40)
        try checkGradient("mixture", at: [-1, 1, 0.1, 0.3, -0.2], body)
    }

    @Test func longSumInALoop() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            var s: Traced = 0
            for n in 0..<Self.count { s += q[0] * Traced(Self.x[n]) }
            return square(s) + s
        }
        #expect(try steps(1, body) < 8)
        try checkGradient("sum", at: [0.7], body)
    }

    @Test func rowsWithOneVector() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            sum(
                Traced.vector(
                    (0..<Self.count).map { n in
                        let row = Traced((0..<12).map { Double(($0 + 3 * n) % 7) * 0.3 - 1 })
                        return Traced.density(
                            .bernoulliLogit, [Traced(Double(n % 2)), dot(row, q)],
                            droppingConstants: false)
                    }))
        }
        #expect(try steps(12, body) == 2)
        try checkGradient("rows", at: (0..<12).map { 0.05 * Double($0) - 0.2 }, body)
    }

    @Test func recurrence() throws {
        try checkGradient("autoregression", at: [0.3, 0.6, 0.2]) { _, q in
            var state = q[0]
            var target: Traced = 0
            for n in 0..<60 {
                state = q[1] * state + q[2] * tanh(state) + Traced(Self.y[n])
                target += square(state - Traced(Self.x[n]))
            }
            return target
        }
    }

    @Test func constantsAmongComputedEntries() throws {
        try checkGradient("mixed pack", at: [0.3, 0.6]) { _, q in
            let v = Traced.vector([1, q[0], 2, q[1], 3, 3, q[0], 1, 5, q[1] * 2])
            return sum(exp(v)) + dot(v, v) + sum(v.reshaped(.matrix(5, 2)))
        }
        try checkGradient("constant result", at: [0.3]) { _, q in 4 }
        try checkGradient("an input itself", at: [0.3, 0.2]) { _, q in q[1] }
        try checkGradient("the same term twice", at: [0.3, 0.2]) { _, q in
            let t = exp(q[0])
            return t + t + q[1] + q[1] + sum(Traced.vector([t, t, q[0]]))
        }
    }

    @Test func branchesAreFollowed() throws {
        let f = try DifferentiableFunction(dimension: 2) { trace in
            let q = trace.input(.vector(2))
            var total: Traced = 0
            for i in 0..<2 {
                if trace.decide(q[i], .greater, 0) {
                    total += square(q[i])
                } else {
                    total -= 3 * q[i]
                }
            }
            if trace.decide(total, .greater, 100) { throw Rejection("too far") }
            return total
        }
        let evaluator = f.makeEvaluator()
        for round in 0..<50 {
            for x in [[1.0, 2], [-1, 2], [1, -2], [-1, -2]] {
                let point = x.map { $0 + 0.01 * Double(round) }
                var gradient = [0.0, 0.0]
                let value = try evaluator.evaluate(at: point, gradient: &gradient)
                #expect(value == point.map { $0 > 0 ? $0 * $0 : -3 * $0 }.reduce(0, +))
                #expect(gradient == point.map { $0 > 0 ? 2 * $0 : -3 })
            }
        }
        #expect(throws: Rejection.self) { try f.valueAndGradient(at: [20, 1]) }
    }

    @Test func valuesAtThePointOfTracing() throws {
        let trace = Trace(point: [0.5, 2])
        let q = trace.input(.vector(2))
        let density = Traced.density(.normal, [q[0], 0, q[1]], droppingConstants: true)
        let expected = known([0.5, 2]) { _, q in
            Traced.density(.normal, [q[0], 0, q[1]], droppingConstants: false)
        }
        #expect(trace.value(of: density) == [expected])
        #expect(trace.value(of: exp(q) * 2) == trace.value(of: exp(q)).map { 2 * $0 })
        #expect(trace.decide(density, .less, -1) == (expected < -1))
    }

    @Test func vectorFunction() throws {
        let f = try VectorFunction(dimension: 3) { trace in
            let a = trace.input()
            let b = trace.input(.vector(2))
            return [a * b, exp(a), Traced([7, 8]), sum(b)]
        }
        #expect(try f.evaluate(at: [0, 3, 4]) == [0, 0, 1, 7, 8, 7])
    }
}
