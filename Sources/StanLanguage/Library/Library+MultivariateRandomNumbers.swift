// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

extension Library {
    /// Random categories, vectors and matrices.
    static let multivariateRandomNumbers: LibraryGroup = [
        "categorical_rng": { call in
            let theta = try known(call, 0)
            try requireSimplex(call, theta)
            return .int(Samplers.category(theta, try call.generator()))
        },
        "categorical_logit_rng": { call in
            .int(Samplers.category(softmax(try known(call, 0)), try call.generator()))
        },
        "ordered_logistic_rng": { call in
            let eta = try call.number(0)
            let cuts = try known(call, 1)
            let g = try call.generator()
            let u = g.uniform()
            let latent = eta + Double.logarithm(u) - Double.logarithm(1 - u)
            return .int(1 + cuts.count { latent > $0 })
        },
        "ordered_probit_rng": { call in
            let latent = try call.number(0) + call.generator().normal()
            return .int(1 + (try known(call, 1)).count { latent > $0 })
        },
        "multinomial_rng": { call in
            let theta = try known(call, 0)
            try requireSimplex(call, theta)
            return .ints(multinomial(theta, try call.size(1), try call.generator()))
        },
        "multinomial_logit_rng": { call in
            .ints(multinomial(softmax(try known(call, 0)), try call.size(1), try call.generator()))
        },
        "dirichlet_rng": { call in
            let alpha = try known(call, 0)
            for a in alpha where !(a > 0) {
                throw DomainError(call.name, "prior sample sizes", is: a, mustBe: "positive")
            }
            let g = try call.generator()
            let draws = alpha.map { Samplers.gamma($0, g) }
            let total = draws.reduce(0, +)
            return .vector(Entries(draws.map { $0 / total }))
        },
        "multi_normal_rng": { call in
            try multivariate(call, 0, factor(call, call.square(1))) { _ in 1 }
        },
        "multi_normal_cholesky_rng": { call in
            try multivariate(call, 0, call.square(1).expression) { _ in 1 }
        },
        "multi_normal_prec_rng": { call in
            let l = try factor(call, call.square(1))
            return try multivariate(call, 0, factor(call, MatrixValue(inverseOfFactored(l)))) {
                _ in 1
            }
        },
        "multi_student_t_rng": { call in
            let nu = try call.number(0)
            return try multivariate(call, 1, factor(call, call.square(2))) { g in
                (nu / (2 * Samplers.gamma(0.5 * nu, g))).squareRoot()
            }
        },
        "multi_student_t_cholesky_rng": { call in
            let nu = try call.number(0)
            return try multivariate(call, 1, call.square(2).expression) { g in
                (nu / (2 * Samplers.gamma(0.5 * nu, g))).squareRoot()
            }
        },
        "wishart_rng": { call in
            let l = try factor(call, call.square(1))
            let a = matmul(l, try bartlett(call, call.number(0), l.shape.rows))
            return .matrix(MatrixValue(matmul(a, transpose(a))))
        },
        "inv_wishart_rng": { call in
            // W ~ Wishart(ν, S⁻¹); the result is W⁻¹.
            let s = try factor(call, call.square(1))
            let l = try factor(call, MatrixValue(inverseOfFactored(s)))
            let a = matmul(l, try bartlett(call, call.number(0), l.shape.rows))
            return .matrix(
                MatrixValue(
                    inverseOfFactored(try factor(call, MatrixValue(matmul(a, transpose(a)))))))
        },
        "lkj_corr_cholesky_rng": { call in
            .matrix(MatrixValue(try lkjFactor(call)))
        },
        "lkj_corr_rng": { call in
            let l = try lkjFactor(call)
            return .matrix(MatrixValue(l.shape.count == 0 ? l : matmul(l, transpose(l))))
        },
    ]

    private static func known(_ call: Call, _ i: Int) throws -> [Double] {
        guard let numbers = try call.entries(i).numbers else {
            throw EvaluationError("random", "\(call.name): parameters must be known")
        }
        return numbers
    }

    private static func softmax(_ x: [Double]) -> [Double] {
        let largest = x.max() ?? 0
        let weights = x.map { Double.exponential($0 - largest) }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    private static func multinomial(
        _ theta: [Double], _ trials: Int, _ g: RandomGenerator
    ) -> [Int] {
        var left = trials
        var mass = 1.0
        return theta.enumerated().map { i, p in
            if left == 0 || mass <= 0 { return 0 }
            let count =
                i == theta.count - 1
                ? left : Int(Samplers.binomial(Double(left), min(1, p / mass), g))
            left -= count
            mass -= p
            return count
        }
    }

    /// μ + L z · scale, for one mean or an array of means.
    private static func multivariate(
        _ call: Call, _ mean: Int, _ l: Traced, _ scale: (RandomGenerator) -> Double
    ) throws -> Value {
        let g = try call.generator()
        let n = l.shape.rows
        func draw(_ mu: Traced) throws -> Value {
            try requireSameSize(call.name, mu.shape.count, n)
            let factor = scale(g)
            let z = Traced((0..<n).map { _ in g.normal() * factor })
            return .vector(
                Entries(n == 0 ? z : mu.reshaped(.vector(n)) + matmul(l, z)))
        }
        if case .array(let means) = call[mean] {
            return .array(try means.map { try draw($0.expression) })
        }
        return try draw(try call.entries(mean).vector)
    }

    /// The lower triangular factor of a Wishart matrix with unit scale (Bartlett).
    private static func bartlett(_ call: Call, _ nu: Double, _ n: Int) throws -> Traced {
        guard nu > Double(n - 1) else {
            throw DomainError(
                call.name, "degrees of freedom", is: nu, mustBe: "greater than \(n - 1)")
        }
        let g = try call.generator()
        var entries = [Double](repeating: 0, count: n * n)
        for c in 0..<n {
            entries[c * n + c] =
                (2 * Samplers.gamma(0.5 * (nu - Double(c)), g)).squareRoot()
            for r in (c + 1)..<max(n, c + 1) { entries[c * n + r] = g.normal() }
        }
        return Traced(entries, .matrix(n, n))
    }

    /// The Cholesky factor of a random correlation matrix, from canonical partial
    /// correlations (Lewandowski, Kurowicka, Joe 2009).
    private static func lkjFactor(_ call: Call) throws -> Traced {
        let n = try call.size(0)
        try call.requireRoom(n, n)
        let eta = try call.number(1)
        guard eta > 0 else {
            throw DomainError(call.name, "Shape parameter", is: eta, mustBe: "positive")
        }
        let g = try call.generator()
        var entries = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            var left = 1.0
            for j in 0..<i {
                let b = eta + 0.5 * Double(n - 2 - j)
                let partial = 2 * Samplers.beta(b, b, g) - 1
                entries[j * n + i] = partial * left.squareRoot()
                left *= 1 - partial * partial
            }
            entries[i * n + i] = left.squareRoot()
        }
        return Traced(entries, .matrix(n, n))
    }
}
