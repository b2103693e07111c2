// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Testing

@Suite struct DensityTests {
    /// Values with every set of constant arguments, and partials, against mpmath: errors in units
    /// of 2^-53 of the sum of the magnitudes of the terms, or of the partial.
    @Test(arguments: densityOps.map(\.name))
    func references(_ name: String) throws {
        let (_, op, count) = try #require(densityOps.first { $0.name == name })
        let rows = try referenceRows("densities.csv").filter { $0[0] == name }
        #expect(rows.count >= 60)
        for row in rows {
            let mask = try #require(Int(row[1]))
            let (value, size) = (try double(row[2]), try double(row[3]))
            let arguments = try row[4..<(4 + count)].map { [try double($0)] }
            let partials = try row[8..<(8 + count)].map(double)
            let got = Kernels.best.density(
                op, arguments, count: 1, varying: mask < 0 ? nil : UInt32(mask))
            #expect(
                abs(got.value - value) <= 8 * size * 0x1p-53,
                "\(name)\(arguments), varying \(mask): \(got.value), not \(value)")
            if mask >= 0 {
                let rest = Kernels.best.density(
                    op, arguments, count: 1, varying: UInt32(mask), onlyConstants: true)
                let whole = Kernels.best.density(op, arguments, count: 1)
                let terms = abs(got.value) + abs(rest.value)
                #expect(abs(got.value + rest.value - whole.value) <= 32 * terms * 0x1p-53)
            }
            for k in 0..<count where !(op == VM_BERNOULLI_LOGIT && k == 0) {
                let error = abs(got.adjoints[k][0] - partials[k])
                let terms = partialSize(op, arguments.map { $0[0] }, k)
                #expect(
                    error <= 24 * max(abs(partials[k]), terms) * 0x1p-53,
                    "partial \(k) of \(name)\(arguments): \(got.adjoints[k]), not \(partials[k])")
            }
        }
    }

    /// The size of the terms a partial is the sum of, where they cancel.
    private func partialSize(_ op: vm_density_op, _ a: [Double], _ k: Int) -> Double {
        switch op {
        case VM_NORMAL, VM_CAUCHY: k == 2 ? 1 / a[2] : 0
        case VM_LOGNORMAL: k == 0 ? 1 / a[0] : k == 2 ? 1 / a[2] : 0
        case VM_STUDENT_T: k == 3 ? 1 / a[3] : k == 1 ? 1 : 0
        case VM_POISSON_LOG: 5 + a[0]
        case VM_GAMMA: k == 0 ? (1 + a[1]) / a[0] + a[2] : k == 1 ? 10 : a[1] / a[2] + a[0]
        case VM_EXPONENTIAL: k == 1 ? 1 / a[1] + a[0] : 0
        case VM_BETA: k == 0 ? (1 + a[1]) / a[0] + (1 + a[2]) / (1 - a[0]) : 12
        case VM_BINOMIAL_LOGIT: k == 2 ? a[1] : 12
        default: 0
        }
    }

    static let good: [String: [Double]] = [
        "NORMAL": [0.3, -0.2, 1.5], "STD_NORMAL": [0.7], "BERNOULLI_LOGIT": [1, 0.4],
        "POISSON_LOG": [3, 0.8], "STUDENT_T": [0.5, 4, 0.1, 2], "GAMMA": [1.5, 2, 3],
        "EXPONENTIAL": [0.5, 2], "CAUCHY": [0.5, 0.1, 2], "LOGNORMAL": [1.5, 0.1, 2],
        "BETA": [0.3, 2, 3], "BINOMIAL_LOGIT": [3, 10, 0.2],
    ]

    /// n elements, any of the arguments broadcast: the sum of the single densities.
    @Test(arguments: densityOps.map(\.name))
    func sumsOverElements(_ name: String) throws {
        let (_, op, count) = try #require(densityOps.first { $0.name == name })
        let point = try #require(Self.good[name])
        for n in [2, 7, 8, 9, 16, 37] {
            for broadcast in 0..<(1 << count) {
                let arguments = (0..<count).map { k in
                    broadcast >> k & 1 == 1
                        ? [point[k]]
                        : (0..<n).map { vary(point[k], op, k, Double($0) / 50) }
                }
                let got = Kernels.best.density(op, arguments, count: n, scale: 3)
                var value = 0.0
                var adjoints = arguments.map { $0.map { _ in 0.0 } }
                for i in 0..<n {
                    let single = arguments.map { [$0.count == 1 ? $0[0] : $0[i]] }
                    let one = Kernels.best.density(op, single, count: 1, scale: 3)
                    value += one.value
                    for k in 0..<count {
                        adjoints[k][arguments[k].count == 1 ? 0 : i] += one.adjoints[k][0]
                    }
                }
                #expect(abs(got.value - value) <= 1e-13 * Double(n) * max(1, abs(value)))
                for (mine, theirs) in zip(got.adjoints.joined(), adjoints.joined()) {
                    #expect(abs(mine - theirs) <= 1e-12 * max(1, abs(theirs)), "\(name)")
                }
            }
        }
    }

    /// Another good value near `x`; whole numbers stay whole.
    private func vary(_ x: Double, _ op: vm_density_op, _ k: Int, _ shift: Double) -> Double {
        let whole =
            k == 0 && [VM_BERNOULLI_LOGIT, VM_POISSON_LOG, VM_BINOMIAL_LOGIT].contains(op)
            || k == 1 && op == VM_BINOMIAL_LOGIT
        return whole ? x : x + shift / 4
    }

    static let outside: [(name: String, arguments: [Double])] = [
        ("NORMAL", [0, 0, 0]), ("NORMAL", [0, 0, -1]), ("NORMAL", [0, 0, .nan]),
        ("NORMAL", [.nan, 0, 1]), ("NORMAL", [0, .nan, 1]), ("STD_NORMAL", [.nan]),
        ("BERNOULLI_LOGIT", [1, .nan]), ("POISSON_LOG", [1, .nan]), ("POISSON_LOG", [.nan, 1]),
        ("STUDENT_T", [0, 0, 0, 1]), ("STUDENT_T", [0, 1, 0, -1]), ("STUDENT_T", [0, 1, .nan, 1]),
        ("GAMMA", [1, 0, 1]), ("GAMMA", [1, 1, -1]), ("GAMMA", [.nan, 1, 1]),
        ("EXPONENTIAL", [1, 0]), ("EXPONENTIAL", [.nan, 1]), ("CAUCHY", [0, 0, 0]),
        ("CAUCHY", [0, .nan, 1]), ("LOGNORMAL", [1, 0, 0]), ("LOGNORMAL", [1, .nan, 1]),
        ("BETA", [0.5, 0, 1]), ("BETA", [0.5, 1, -1]), ("BETA", [.nan, 1, 1]),
        ("BINOMIAL_LOGIT", [0, -1, 0]), ("BINOMIAL_LOGIT", [1, 2, .nan]),
    ]

    @Test func badParametersMakeTheSumMissing() throws {
        for (name, arguments) in Self.outside {
            let op = try #require(densityOps.first { $0.name == name }).op
            let good = try #require(Self.good[name])
            let alone = Kernels.best.density(op, arguments.map { [$0] }, count: 1)
            #expect(alone.value.isNaN, "\(name)\(arguments)")
            // one bad element among good ones
            let mixed = zip(good, arguments).map { g, bad in
                (0..<11).map { $0 == 9 ? bad : g }
            }
            #expect(Kernels.best.density(op, mixed, count: 11).value.isNaN, "\(name) among others")
        }
    }

    static let impossible: [(name: String, arguments: [Double])] = [
        ("BERNOULLI_LOGIT", [2, 0.4]), ("POISSON_LOG", [-1, 0.5]), ("POISSON_LOG", [1.5, 0.5]),
        ("GAMMA", [-1, 2, 3]), ("EXPONENTIAL", [-0.5, 2]), ("LOGNORMAL", [-1, 0, 1]),
        ("LOGNORMAL", [0, 0, 1]), ("BETA", [-0.1, 2, 3]), ("BETA", [1.1, 2, 3]),
        ("BINOMIAL_LOGIT", [11, 10, 0.2]), ("BINOMIAL_LOGIT", [-1, 10, 0.2]),
    ]

    @Test func outsideTheSupportIsMinusInfinityWithoutPartials() throws {
        for (name, arguments) in Self.impossible {
            let op = try #require(densityOps.first { $0.name == name }).op
            let got = Kernels.best.density(op, arguments.map { [$0] }, count: 1)
            #expect(got.value == -.infinity, "\(name)\(arguments): \(got.value)")
            #expect(got.adjoints.allSatisfy { $0 == [0] }, "\(name)\(arguments): \(got.adjoints)")
        }
    }

    @Test func edgesOfTheSupport() {
        func value(_ op: vm_density_op, _ arguments: [Double]) -> Double {
            Kernels.best.density(op, arguments.map { [$0] }, count: 1).value
        }
        #expect(value(VM_GAMMA, [0, 1, 2]) == 0.6931471805599453)
        #expect(value(VM_GAMMA, [0, 2, 2]) == -.infinity)
        #expect(value(VM_EXPONENTIAL, [0, 1]) == 0)
        #expect(value(VM_BETA, [0, 1, 1]) == 0)
        #expect(value(VM_BETA, [1, 1, 1]) == 0)
        #expect(value(VM_BETA, [0, 2, 1]) == -.infinity)
        #expect(value(VM_POISSON_LOG, [0, -.infinity]) == 0)
        #expect(value(VM_BERNOULLI_LOGIT, [1, 800]) == 0)
        #expect(value(VM_BERNOULLI_LOGIT, [0, 800]) == -800)
        #expect(value(VM_BINOMIAL_LOGIT, [0, 5, -.infinity]) == 0)
        #expect(value(VM_BINOMIAL_LOGIT, [5, 5, .infinity]) == 0)
    }

    @Test func emptySumsAreZero() {
        for (name, op, count) in densityOps {
            let empty = [[Double]](repeating: [], count: count)
            #expect(Kernels.best.density(op, empty, count: 0).value == 0, "\(name)")
        }
    }
}
