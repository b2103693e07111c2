// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@testable import Autodiff

/// Random well-typed functions: the engine, with batching and without, against
/// dual numbers. 300 programs; `BUFFON_LONG_CHECKS=1` runs 100,000.
@Suite struct RandomProgramTests {
    /// SplitMix64: the programs are the same everywhere.
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Functions defined and tame on all of ℝ, so that a program stays finite.
    static let unary: [Unary] = [
        .negate, .sin, .cos, .tanh, .atan, .logistic, .logLogistic, .log1pExp, .erf, .normalCDF,
        .asinh, .abs, .square,
    ]
    static let binary: [Binary] = [.add, .subtract, .multiply, .logSumExp, .minimum, .maximum]

    /// A function of 5 inputs, made anew from a seed each time it is called.
    static func build(_ seed: UInt64, _ q: Traced) -> Traced {
        var g = Generator(state: seed)
        var scalars = q.elements + [Traced(0.5), Traced(-1.25), Traced(0)]
        var vectors: [Traced] = [q, Traced([0.1, -0.7, 1.3, 0.4, -0.2])]
        var observed: [Traced] = []
        func tame(_ x: Traced) -> Traced { tanh(x) * 2 }
        for _ in 0..<Int.random(in: 3...14, using: &g) {
            let a = scalars.randomElement(using: &g)!
            let b = scalars.randomElement(using: &g)!
            let v = vectors.randomElement(using: &g)!
            let w = vectors.randomElement(using: &g)!
            switch Int.random(in: 0..<22, using: &g) {
            case 0, 1: scalars.append(Traced.apply(unary.randomElement(using: &g)!, a))
            case 2, 3:
                scalars.append(tame(Traced.apply(binary.randomElement(using: &g)!, a, b)))
            case 4: vectors.append(Traced.apply(unary.randomElement(using: &g)!, v))
            case 5: vectors.append(tame(Traced.apply(binary.randomElement(using: &g)!, v, w)))
            case 6: vectors.append(tame(Traced.apply(binary.randomElement(using: &g)!, v, a)))
            case 7:
                let reductions: [Traced] = [
                    sum(v), dot(v, w), logSumExp(v), maximum(v), minimum(v), product(tanh(v)),
                    mean(v),
                ]
                scalars.append(tame(reductions.randomElement(using: &g)!))
            case 8: vectors.append(v.gather((0..<5).map { _ in Int.random(in: 0..<5, using: &g) }))
            case 9:
                vectors.append(
                    Traced.vector((0..<5).map { _ in scalars.randomElement(using: &g)! }))
            case 10:
                // A loop over data that fills a vector.
                let data = (0..<5).map { _ in Double.random(in: -1...1, using: &g) }
                let index = (0..<5).map { _ in Int.random(in: 0..<5, using: &g) }
                vectors.append(
                    Traced.vector((0..<5).map { tanh(a + v[index[$0]] * Traced(data[$0])) })
                )
            case 12:  // a recurrence that fills a vector, and what is computed from it
                var state = a
                var states: [Traced] = []
                for i in 0..<5 {
                    state = tanh(b * state + v[i] - w[4 - i] / (2 + square(state)))
                    states.append(state)
                }
                vectors.append(Traced.vector(states))
                vectors.append(Traced.vector(states.map { exp($0) * a - log(3 + $0) }))
            case 13:  // rows of exponentials, with a shared addend or without
                let shared = Bool.random(using: &g)
                let rows = (0..<5).map { i in
                    logSumExp(
                        Traced.vector((0..<3).map { v[$0] + w[($0 + i) % 5] + (shared ? a : v[i]) })
                    )
                }
                vectors.append(tame(Traced.vector(rows)))
            case 14:  // sums over predictors, and rows of data times a matrix
                let data = (0..<25).map { _ in Double.random(in: -1...1, using: &g) }
                let written = (0..<5).map { n in
                    var mu = a
                    for k in 0..<4 { mu += v[k] * Traced(data[5 * n + k]) }
                    return mu
                }
                let matrix = Traced.matrix((v.elements + w.elements).suffix(8), 4, 2)
                let product = (0..<5).map { n in
                    let row = matmul(Traced(Array(data[5 * n..<5 * n + 4]), .matrix(1, 4)), matrix)
                    return row[n % 2] - logSumExp(row)
                }
                vectors.append(tame(Traced.vector(written)))
                vectors.append(tame(Traced.vector(product)))
            case 16:  // a recurrence of small vectors, as a forward algorithm's
                var state = [a, b, v[0]]
                for step in 0..<6 {
                    let old = Traced.vector(state)
                    let row = Traced.vector(Array(w.elements.prefix(3))) * Traced(0.5)
                    state = (0..<3).map { k in
                        tanh(logSumExp(old + row * v[k]) + w[(step + k) % 5])
                    }
                }
                scalars.append(contentsOf: state)
            case 17:  // small matrices, with known zeros and ones or without
                let first = Traced.matrix([1, 0, Traced(0.5), 1], 2, 2)
                var m = Traced.matrix([tanh(a), v[1], b, tanh(w[2])], 2, 2)
                for _ in 0..<3 {
                    m = tame(matmul(matmul(first, m), transpose(first)) + matmul(m, m) * 0.1)
                }
                scalars.append(contentsOf: m.elements)
            case 18:  // sums that begin alike, with known multiples
                let early = (0..<6).map { Traced(0.3 * Double($0)) * a - tanh(b) }
                let late = (0..<6).map { Traced(0.2 * Double($0)) * v[0] - tanh(v[1]) / 3 }
                let sums = (0..<6).map { s in
                    (0..<6).reduce(Traced(0.1)) { $0 + ($1 < s ? early[$1] : late[$1]) }
                }
                scalars.append(tame(logSumExp(Traced.vector(sums))))
                vectors.append(tame(Traced.vector(sums.suffix(5))))
            case 19:  // logarithms that the form gives
                let rate = exp(tanh(a)) * Traced(1.5) / logistic(b)
                scalars.append(tame(log(rate) - log1m(logistic(a)) + pow(rate, tanh(b))))
                vectors.append(tame(log(logistic(v) * exp(a)) + logit(logistic(w))))
            case 20:  // observations of several kinds
                let kinds = Int.random(in: 2...3, using: &g)
                let scale = exp(tanh(a))
                for n in 0..<70 * kinds {
                    let eta = tanh(b) * Traced(0.01 * Double(n)) - v[0] / scale
                    switch n * 7 % kinds {
                    case 0: observed.append(-exp(scale * eta - 1) / 100)
                    case 1: observed.append(tanh(eta + w[n % 5]) / 50)
                    default: observed.append(log1pExp(eta) / 100)
                    }
                }
            case 11:  // a recurrence
                var state = a
                for i in 0..<6 { state = tanh(b * state + v[i % 5]) }
                scalars.append(state)
            case 15:
                let entries: [Traced] = (0..<25).map { (i: Int) -> Traced in
                    let weight = Traced(0.2 * Double(i % 7))
                    return tanh(v[i % 5] * weight)
                }
                let ridge: [Double] = (0..<25).map { $0 % 6 == 0 ? 2 : 0 }
                let m = Traced.matrix(entries, 5, 5)
                let s = matmul(m, transpose(m)) + Traced(ridge, .matrix(5, 5))
                switch Int.random(in: 0..<5, using: &g) {
                case 0: vectors.append(tame(matmul(m, w)))
                case 1: vectors.append(tame(solveLower(cholesky(s), w)))
                case 2: vectors.append(tame(solve(s, w)))
                case 3: scalars.append(tame(logDeterminant(s)))
                default: vectors.append(tame(matmul(inverse(s), w)))
                }
            default:
                let shape = select(Traced.less(v, a), v, w)
                vectors.append(shape)
                let y = Traced((0..<5).map { _ in Double.random(in: -1...1, using: &g) })
                scalars.append(
                    tame(
                        Traced.density(.normal, [y, v, exp(tanh(a))], droppingConstants: false))
                )
            }
        }
        var terms: [Traced] = Array(scalars.suffix(4))
        terms.append(sum(vectors.last!))
        terms += observed
        for n in 0..<7 {
            let mu = scalars.last! + vectors.last![n % 5] * Traced(0.3 * Double(n))
            terms.append(
                Traced.density(
                    .normal, [Traced(0.2 * Double(n)), mu, 1.3], droppingConstants: false))
        }
        return sum(Traced.vector(Array(terms)))
    }

    @Test func engineAgreesWithDualNumbers() throws {
        let isLong = getenv("BUFFON_LONG_CHECKS") != nil
        for seed in 0..<UInt64(isLong ? 100_000 : 300) {
            var g = Generator(state: seed &* 7919 &+ 13)
            let x = (0..<5).map { _ in Double.random(in: -1.5...1.5, using: &g) }
            let f = try DifferentiableFunction(dimension: 5) {
                Self.build(seed, $0.input(.vector(5)))
            }
            let (value, gradient) = try f.valueAndGradient(at: x)
            let trace = Trace(point: x)
            let root = trace.id(of: Self.build(seed, trace.input(.vector(5))))
            var slopes: [Double] = []
            var expected = 0.0
            for i in 0..<5 {
                var interpreter = DualInterpreter(trace, at: x, direction: i)
                let result = interpreter.value(root)[0]
                expected = result.value
                slopes.append(result.slope)
            }
            let size = max(1, slopes.map(abs).max() ?? 0)
            // The same with tiles of few entries, which such short arrays have else not.
            let (tiled, tiledGradient) = compiled(
                { trace, inputs in Self.build(seed, inputs) }, at: x,
                options: Compiler.Options(tile: 3, leastTiled: 2))
            #expect(abs(tiled - value) <= 1e-11 * max(1, abs(value)), "tiled program \(seed)")
            for i in 0..<5 {
                #expect(
                    abs(tiledGradient[i] - gradient[i]) <= 1e-11 * size,
                    "tiled program \(seed), ∂\(i)")
            }
            #expect(abs(value - expected) <= 1e-11 * max(1, abs(expected)), "program \(seed)")
            for i in 0..<5 {
                #expect(abs(gradient[i] - slopes[i]) <= 1e-9 * size, "program \(seed), ∂\(i)")
            }
        }
    }
}
