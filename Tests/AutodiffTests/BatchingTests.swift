// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
    @Test func loopBecomesThreeSteps() throws {
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
        // exp, multiply and add, density
        #expect(try steps(3, loop) == 3)
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
        // exp, gather, multiply and add, density
        #expect(try steps(11, body) == 4)
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

extension BatchingTests {
    /// Sums over predictors, written out, become one product with a matrix.
    @Test func sumsOfProducts() throws {
        let columns = 6
        @Sendable func known(_ n: Int, _ k: Int) -> Traced {
            Traced(cos(Double(n * (k + 1)) * 0.37))
        }
        for offset in [false, true] {
            for backwards in [false, true] {
                let body: @Sendable (Trace, Traced) -> Traced = { _, q in
                    sum(
                        Traced.vector(
                            (0..<Self.count).map { n in
                                var mu: Traced = offset ? exp(q[6]) : 0
                                for k in 0..<columns {
                                    mu += known(n, k) * q[backwards ? columns - 1 - k : k]
                                }
                                return Traced.density(
                                    .normal, [Traced(Self.y[n]), mu, 0.7], droppingConstants: false)
                            }))
                }
                // the product, the density; exp and a sum; a gather of what stands backwards
                #expect(try steps(7, body) <= 2 + (offset ? 2 : 0) + (backwards ? 1 : 0))
                try checkGradient(
                    "sums", at: (0..<7).map { 0.2 * Double($0) - 0.5 }, valueTolerance: 1e-12, body)
            }
        }
    }

    /// Groups in runs, across tiles and beyond the last.
    @Test func groupsInRuns() throws {
        for (count, size) in [(40, 4), (61, 7), (1300, 11), (1300, 600)] {
            let y = (0..<count).map { sin(Double($0)) }
            let groups = (0..<count).map { $0 / size % 5 }
            try checkGradient(
                "\(count) in groups of \(size)", at: [0.1, 0.7, -0.3, 0.2, 0.4, 0.6],
                valueTolerance: 1e-12
            ) { _, q in
                let mean = exp(q.gather(Array(0..<5))).gather(groups) * q[5]
                return Traced.density(.normal, [Traced(y), mean, 1.2], droppingConstants: false)
            }
        }
    }
}

/// Recurrences and what is computed from them.
@Suite struct RecurrenceTests {
    static let y = (0..<60).map { Double($0 * 91 % 61) * 0.05 - 1.4 }

    private func steps(
        _ dimension: Int, _ body: @escaping @Sendable (Trace, Traced) throws -> Traced
    ) throws -> Int {
        let f = try DifferentiableFunction(
            dimension: dimension, at: [Double](repeating: 0.1, count: dimension)
        ) { try body($0, $0.input(.vector(dimension))) }
        return f.programSize?.steps ?? 0
    }

    /// A vector that an autoregression fills in place.
    @Test func autoregression() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            let (mu, phi) = (q[0], tanh(q[1]))
            var h = [mu / sqrt(1 - square(phi))]
            for t in 1..<60 { h.append(Traced(Self.y[t]) + phi * (h[t - 1] - mu)) }
            return Traced.density(
                .normal, [Traced(Self.y), Traced.vector(h), exp(q[2])], droppingConstants: false)
        }
        // tanh and exp with their neighbours, the recurrence, the density
        #expect(try steps(3, body) <= 3)
        try checkGradient("autoregression", at: [0.3, 0.4, -0.2], body)
    }

    @Test func garch() throws {
        try checkGradient("garch", at: [0.1, -0.5, -1, 0.5]) { _, q in
            let (mu, a0, a1, b1) = (q[0], exp(q[1]), logistic(q[2]), logistic(q[3]))
            var s: [Traced] = [0.7]
            for t in 1..<60 {
                s.append(sqrt(a0 + a1 * square(Traced(Self.y[t - 1]) - mu) + b1 * square(s[t - 1])))
            }
            return Traced.density(
                .normal, [Traced(Self.y), mu, Traced.vector(s)], droppingConstants: false)
        }
    }

    /// The densities of a Kalman filter's innovations become one.
    @Test func kalmanFilter() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            var (level, variance): (Traced, Traced) = (q[2], 1)
            var total: Traced = 0
            for t in 0..<60 {
                let f = variance + exp(q[0])
                let innovation = Traced(Self.y[t]) - level
                total += Traced.density(
                    .normal, [innovation, 0, sqrt(f)], droppingConstants: false)
                let gain = variance / f
                level = level + gain * innovation
                variance = variance * (1 - gain) + exp(q[1])
            }
            return total
        }
        #expect(try steps(3, body) <= 5)
        try checkGradient("Kalman filter", at: [0.2, -0.7, 0.4], body)
    }

    /// Elementary functions of every state, gathered in a vector and as terms.
    @Test func functionsOfStates() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            var x: [Traced] = [q[0]]
            var total: Traced = 0
            var scaled: [Traced] = []
            for t in 1..<60 {
                x.append(maximum(minimum(sin(x[t - 1] * q[1]) + 0.2, 2), -1 / (2 + square(q[2]))))
                total += log(1 + square(x[t])) * Traced(Self.y[t])
                scaled.append(exp(x[t] / 2))
            }
            let choice = select(Traced.less(x[30], x[20]), x[30], square(x[20]))
            return total + dot(Traced.vector(scaled), Traced(Array(Self.y.dropFirst()))) * choice
        }
        #expect(try steps(3, body) <= 14)
        try checkGradient("functions of states", at: [0.2, 1.7, 0.4], tolerance: 1e-8, body)
    }

    /// The forward algorithm of a hidden Markov model.
    @Test func hiddenMarkovModel() throws {
        for states in [2, 3, 5] {
            let body: @Sendable (Trace, Traced) -> Traced = { _, q in
                let rows = (0..<states).map { i -> [Traced] in
                    let row = q.gather((0..<states).map { states + i * states + $0 })
                    return (row - logSumExp(row)).elements
                }
                func emission(_ state: Int, _ t: Int) -> Traced {
                    Traced.density(
                        .normal, [Traced(Self.y[t]), q[state], 0.7], droppingConstants: false)
                }
                var forward = (0..<states).map { emission($0, 0) }
                for t in 1..<30 {
                    forward = (0..<states).map { k in
                        logSumExp(
                            Traced.vector(
                                (0..<states).map { forward[$0] + rows[$0][k] + emission(k, t) }))
                    }
                }
                return logSumExp(Traced.vector(forward))
            }
            let x = (0..<states * (states + 1)).map { 0.4 * Double($0 * 5 % 7) - 1 }
            try checkGradient("\(states) states", at: x, body)
        }
    }

    /// Small sums of exponentials over topics, at and beyond eight lanes, with
    /// constants and −∞ among them.
    @Test func rowsOfExponentials() throws {
        for lanes in [1, 2, 7, 8, 9, 40] {
            try checkGradient("\(lanes) lanes", at: [0.3, -0.8, 1.2, 0.5]) { _, q in
                sum(
                    Traced.vector(
                        (0..<lanes).map { n in
                            let x = q[n % 2] * Traced(0.1 * Double(n) + 0.2)
                            let parts = [x, q[2] + x, Traced(-.infinity), q[3], Traced(0.1)]
                            return logSumExp(Traced.vector(parts)) * Traced(1 + Double(n))
                        }))
            }
        }
        let f = try DifferentiableFunction(dimension: 2) { trace in
            let q = trace.input(.vector(2))
            let nothing = log(square(q[0]) * 0)
            return logSumExp(Traced.vector([nothing, nothing, nothing])) + q[1]
        }
        #expect(try f.valueAndGradient(at: [1, 2]).value == -.infinity)
    }

    /// A branch on a state stays exact: guards read what the recurrence computes.
    @Test func guardsReadStates() throws {
        let f = try DifferentiableFunction(dimension: 2) { trace in
            let q = trace.input(.vector(2))
            var x = q[0]
            for t in 0..<30 {
                x =
                    trace.decide(x, .less, 0.5)
                    ? x * 1.3 + 0.05 : (x - 0.4) * q[1] + Traced(Self.y[t])
            }
            return x
        }
        for k in 0..<40 {
            let point = [0.05 * Double(k) - 0.7, 0.9 - 0.01 * Double(k)]
            var (x, dx, dq) = (point[0], 1.0, 0.0)
            for t in 0..<30 {
                if x < 0.5 {
                    (x, dx, dq) = (x * 1.3 + 0.05, dx * 1.3, dq * 1.3)
                } else {
                    (x, dx, dq) = (
                        (x - 0.4) * point[1] + Self.y[t], dx * point[1], dq * point[1] + x - 0.4
                    )
                }
            }
            let (value, gradient) = try f.valueAndGradient(at: point)
            #expect(abs(value - x) <= 1e-13 * max(1, abs(x)))
            #expect(abs(gradient[0] - dx) <= 1e-12 * max(1, abs(dx)))
            #expect(abs(gradient[1] - dq) <= 1e-12 * max(1, abs(dq)))
        }
    }
}

extension BatchingTests {
    /// Rows of data times a matrix of parameters, and a softmax, row by row.
    @Test func rowsTimesMatrix() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            return sum(
                Traced.vector(
                    (0..<Self.count).map { n in
                        // The last category is the reference: its column is known.
                        let beta = Traced.matrix(q.elements.map { 2 * $0 } + [0, 0, 0], 3, 3)
                        let row = [1, Self.x[n], Self.y[n]]
                        let logits = matmul(Traced(row, .matrix(1, 3)), beta)
                        return logits[n % 3] - logSumExp(logits)
                    }))
        }
        // doubles, two products, the softmax; a difference a category, gathered
        #expect(try steps(6, body) <= 13)
        try checkGradient(
            "softmax", at: [0.2, -0.4, 0.3, 0.7, -0.1, 0.5], valueTolerance: 1e-12, body)
    }
}

extension BatchingTests {
    /// Twenty predictors: not a long sum of scalars, but a product as well; and a
    /// long sum that stands alone stays one.
    @Test func manyPredictors() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            sum(
                Traced.vector(
                    (0..<40).map { n in
                        var mu: Traced = 0
                        for k in 0..<20 { mu += q[k] * Traced(cos(Double(n * (k + 2)))) }
                        return Traced.density(
                            .normal, [Traced(Self.y[n]), mu, 0.7], droppingConstants: false)
                    }))
        }
        // the product, the density
        #expect(try steps(20, body) == 2)
        let point = (0..<20).map { 0.1 * Double($0 % 7) - 0.3 }
        try checkGradient("twenty predictors", at: point, valueTolerance: 1e-12, body)
        try checkGradient("one sum", at: point) { _, q in
            var total: Traced = 0
            for k in 0..<20 { total += q[k] * Traced(cos(Double(k))) }
            return square(total)
        }
        try checkGradient("one predictor", at: [0.4, 0.2]) { _, q in
            let mean = matmul(Traced(Self.x, .matrix(Self.count, 1)), q.gather([0])) + q[1]
            return Traced.density(.normal, [Traced(Self.y), mean, 0.8], droppingConstants: false)
        }
    }
}

extension BatchingTests {
    /// Rows that begin with the same known zeros share the beginning of their sums.
    @Test func rowsThatBeginAlike() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            sum(
                Traced.vector(
                    (0..<60).map { n in
                        var mu: Traced = 0
                        for k in 0..<8 {
                            mu += Traced(k < n / 10 ? 0 : cos(Double(n * (k + 2)))) * q[k]
                        }
                        return Traced.density(
                            .normal, [Traced(Self.y[n]), mu, 0.7], droppingConstants: false)
                    }))
        }
        // the product, the density
        #expect(try steps(8, body) == 2)
        try checkGradient(
            "rows", at: (0..<8).map { 0.1 * Double($0) - 0.3 }, valueTolerance: 1e-12, body)
    }

    /// A time of change summed over: sums over all times, from two rates.
    @Test func sumsWithFewNumbersInThem() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            let rates = [exp(q[0]), exp(q[1])]
            let sums = (0..<60).map { change in
                (0..<60).reduce(Traced(0)) { total, time in
                    let rate = rates[time < change ? 0 : 1]
                    return total + Traced(Double(time % 5)) * log(rate) - rate
                }
            }
            return logSumExp(Traced.vector(sums))
        }
        // a dozen steps, whatever the number of times: not sixty sums
        #expect(try steps(2, body) < 16)
        try checkGradient("change", at: [0.4, -0.3], valueTolerance: 1e-12, body)
    }

    /// The forward algorithm on small vectors: the states are lanes.
    @Test func statesAreLanes() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { _, q in
            let rows = (0..<3).map { row in
                let free = q.gather([2 * row, 2 * row + 1])
                let full = Traced.vector([free[0], free[1], -(free[0] + free[1])])
                return full - logSumExp(full)
            }
            var state = Traced.vector([q[6], q[7], 0])
            for time in 0..<40 {
                state = Traced.vector(
                    (0..<3).map { k in
                        logSumExp(state + Traced.vector(rows.map { $0[k] }))
                            + Traced.density(
                                .normal, [Traced(Self.y[time]), q[6] * Traced(Double(k)), 1],
                                droppingConstants: false)
                    })
            }
            return logSumExp(state)
        }
        try checkGradient(
            "states", at: [0.3, -0.2, 0.5, 0.1, -0.4, 0.2, 0.3, -0.6], valueTolerance: 1e-12, body)
    }

    /// Long data stand in memory once for all workspaces.
    /// Observations of two kinds: what they have in common is computed for each kind
    /// apart, in one run up to its terms.
    @Test func kindsOfObservations() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            var target: Traced = 0
            let shape = exp(q[0])
            for n in 0..<Self.count {
                let scale = exp(-(q[1] + q[2] * Traced(Self.x[n])) / shape)
                let power = shape * log(Traced(abs(Self.y[n]) + 0.1) / scale)
                target += n * 7 % 3 == 0 ? -exp(power) : log(shape) + power - exp(power)
            }
            return target
        }
        // Both kinds read numbers alone, and log(shape) is one term.
        #expect(try steps(3, body) < 16)
        try checkGradient("kinds", at: [0.3, 0.2, -0.4], body)
        // Three kinds, one of them too small for a batch of its own.
        let three: @Sendable (Trace, Traced) -> Traced = { trace, q in
            var target: Traced = 0
            for n in 0..<Self.count {
                let eta = q[0] + q[1] * Traced(Self.x[n])
                if n % 50 == 3 {
                    target += sin(eta)
                } else if n % 3 == 0 {
                    target += tanh(eta) * Traced(Self.y[n])
                } else {
                    target -= exp(eta)
                }
            }
            return target
        }
        try checkGradient("three kinds", at: [0.3, 0.2], three)
    }

    /// Two batches that read the same members, and one that reads some of them.
    @Test func kindsThatOverlap() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            var target: Traced = 0
            for n in 0..<Self.count {
                let eta = q[0] * Traced(Self.x[n]) + q[1]
                target += exp(eta)
                if n % 2 == 0 { target += tanh(eta) }
                if n % 3 == 0 { target -= exp(sin(eta)) }
            }
            return target
        }
        try checkGradient("overlap", at: [0.3, 0.2], body)
    }

    @Test func productsWithoutTheirQuotient() throws {
        let trace = Trace(point: [0.4, 0.7])
        let q = trace.input(.vector(2))
        let s = exp(q[0])
        #expect(trace.id(of: s * (Traced(2) - q[1] / s)) == trace.id(of: s * Traced(2) - q[1]))
        #expect(trace.id(of: (-q[1] / s + Traced(2)) * s) == trace.id(of: -q[1] + s * Traced(2)))
        // The scale is not known to be positive.
        let t = q[0]
        let product = trace.id(of: t * (Traced(2) - q[1] / t))
        #expect(trace.graph[product].function == Binary.multiply.rawValue)
    }

    @Test func termsThatRecur() throws {
        let body: @Sendable (Trace, Traced) -> Traced = { trace, q in
            var target: Traced = 0
            for n in 0..<Self.count {
                target += log(q[0])
                target += q[1] * Traced(Self.x[n])
                if n % 2 == 0 { target += q[1] }
            }
            return target
        }
        try checkGradient("terms", at: [1.3, 0.2], body)
    }

    /// Long data are copied once, very long data not at all.
    @Test(arguments: [5000, SharedConstants.fewestByReference])
    func dataAreShared(_ n: Int) throws {
        let x = (0..<n).map { sin(Double($0)) }
        let y = (0..<n).map { cos(Double($0) * 1.7) }
        for width in [1, 3] {
            try checkGradient(
                "\(width) columns", at: [0.1, -0.4, 0.3, 0.7], valueTolerance: 1e-11
            ) { _, q in
                let matrix = Traced(
                    (0..<width).flatMap { k in x.map { $0 + Double(k) } }, .matrix(n, width))
                let mean = matmul(matrix, q.gather(Array(0..<width))) + q[3]
                let rows = logSumExp(mean * 0.1, Traced(x)) * 0.01
                return Traced.density(.normal, [Traced(y), mean, 0.9], droppingConstants: false)
                    + sum(rows)
            }
        }
        let f = try DifferentiableFunction(dimension: 2) { trace in
            let q = trace.input(.vector(2))
            return Traced.density(
                .normal, [Traced(y), Traced(x) * q[0] + q[1], 1], droppingConstants: false)
        }
        _ = try f.valueAndGradient(at: [0.2, 0.1])
        let program = try #require(f.programs.known.last)
        #expect(program.shared?.count == 2 * n)
        #expect(program.constants.count < 100)
        // Shared or copied, the numbers are the same.
        let values = [true, false].map { sharing in
            let workspace = Workspace(program, sharing: sharing)
            workspace.values[0] = 0.2
            workspace.values[1] = 0.1
            workspace.forward()
            return workspace.terms(derivatives: false)
        }
        #expect(values[0].isFinite && values[0] == values[1])
    }
}

/// Logarithms that an expression's form gives are those of its value.
@Suite struct IdentityTests {
    @Test func logarithms() throws {
        try checkGradient("log of products", at: [0.3, -0.7, 1.2]) { _, q in
            log(exp(q[0]) * Traced(3) / logistic(q[1])) + log(square(exp(q[2])))
                + log(sqrt(exp(q[0] * q[1]))) + log(reciprocal(logistic(q[2])))
                + log(pow(exp(q[1]), 1.7))
        }
        try checkGradient("complements", at: [0.3, -0.7, 1.2]) { _, q in
            log1m(logistic(q[0])) + log(1 - logistic(q[1])) + logit(logistic(q[2]))
                + logit(1 - logistic(q[0]))
        }
        try checkGradient("powers", at: [0.3, -0.7, 1.2]) { _, q in
            pow(Traced(2.5) / exp(q[0]), exp(q[1])) + pow(exp(q[2]), 2) + pow(exp(q[2]), q[0])
        }
        try checkGradient("arrays", at: [0.3, -0.7, 1.2, 0.1]) { _, q in
            let rates = exp(q)
            return sum(log(rates * Traced([1, 2, 3, 4]))) + log(rates[2])
                + sum(log(rates.gather([3, 0, 3])))
                + sum(log(Traced.vector((0..<4).map { exp(q[$0] * 0.5) })))
        }
    }

    /// Nothing overflows or rounds to 0 or 1 on the way.
    @Test func extremes() throws {
        let f = try DifferentiableFunction(dimension: 2) { trace in
            let q = trace.input(.vector(2))
            return log(exp(q[0])) + log(logistic(q[1])) + log1m(logistic(q[0]))
        }
        let (value, gradient) = try f.valueAndGradient(at: [800, -900])
        #expect(value == 800 - 900 - 800)
        #expect(gradient == [0, 1])
    }

    /// What is not known to be positive keeps its logarithm, and its NaN.
    @Test func otherwise() throws {
        let f = try DifferentiableFunction(dimension: 1) { trace in
            let q = trace.input(.vector(1))
            return log(q[0] * exp(q[0]))
        }
        #expect(try f.valueAndGradient(at: [-1]).0.isNaN)
        let g = try DifferentiableFunction(dimension: 1) { trace in
            let q = trace.input(.vector(1))
            return log(Traced(-2) * exp(q[0]))
        }
        #expect(try g.valueAndGradient(at: [1]).0.isNaN)
        #expect(Traced(3).isFormallyPositive)
        #expect(!Traced([1, -1]).isFormallyPositive)
    }
}
