// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions
import Randomness
import SpecialFunctions

extension Library {
    /// Random categories, vectors and matrices.
    static let jointRandomNumbers: LibraryGroup = [
        "categorical_rng": { call in
            let theta = try known(call, 0)
            try requireSimplex(call, theta)
            return .int(1 + (try call.generator().category(theta)))
        },
        "categorical_logit_rng": { call in
            .int(1 + (try call.generator().category(softmax(try known(call, 0)))))
        },
        "ordered_logistic_rng": { call in
            let latent = try Logistic.draw([try call.number(0), 1], using: call.generator())
            return .int(1 + (try known(call, 1)).count { latent > $0 })
        },
        "ordered_probit_rng": { call in
            let latent = try call.number(0) + call.generator().normal()
            return .int(1 + (try known(call, 1)).count { latent > $0 })
        },
        "multinomial_rng": { call in
            let theta = try known(call, 0)
            try requireSimplex(call, theta)
            return .ints(
                try call.generator().multinomial(trials: try call.size(1), theta))
        },
        "multinomial_logit_rng": { call in
            .ints(
                try call.generator().multinomial(
                    trials: try call.size(1), softmax(try known(call, 0))))
        },
        "dirichlet_rng": { call in
            .vector(Entries(try call.generator().dirichlet(try concentration(call))))
        },
        "dirichlet_multinomial_rng": { call in
            let (alpha, g) = (try concentration(call), try call.generator())
            return .ints(g.multinomial(trials: try call.size(1), g.dirichlet(alpha)))
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
            try multivariateT(call, factor(call, call.square(2)))
        },
        "multi_student_t_cholesky_rng": { call in
            try multivariateT(call, call.square(2).expression)
        },
        "wishart_rng": { call in
            try square(wishart(call, factor(call, call.square(1)), inverse: false))
        },
        "wishart_cholesky_rng": { call in
            try .matrix(
                MatrixValue(wishart(call, call.square(1).expression, inverse: false)))
        },
        "inv_wishart_rng": { call in
            try square(wishart(call, factor(call, call.square(1)), inverse: true))
        },
        "inv_wishart_cholesky_rng": { call in
            try .matrix(MatrixValue(wishart(call, call.square(1).expression, inverse: true)))
        },
        "lkj_corr_cholesky_rng": { call in .matrix(MatrixValue(try correlation(call))) },
        "lkj_corr_rng": { call in square(try correlation(call)) },
    ]

    private static func known(_ call: Call, _ i: Int) throws -> [Double] {
        guard let numbers = try call.entries(i).numbers else {
            throw EvaluationError("random", "\(call.name): parameters must be known")
        }
        return numbers
    }

    private static func known(_ call: Call, _ matrix: Traced) throws -> [Double] {
        guard let numbers = matrix.constants else {
            throw EvaluationError("random", "\(call.name): parameters must be known")
        }
        return numbers
    }

    private static func concentration(_ call: Call) throws -> [Double] {
        let alpha = try known(call, 0)
        for a in alpha where !(a > 0 && a < .infinity) {
            throw DomainError(call.name, "prior sample sizes", is: a, mustBe: "positive finite")
        }
        return alpha
    }

    private static func softmax(_ x: [Double]) -> [Double] {
        exp(Traced(x) - Traced(logSumExp(x))).constants ?? []
    }

    /// L Lᵀ
    private static func square(_ l: Traced) -> Value {
        .matrix(MatrixValue(l.count == 0 ? l : matmul(l, transpose(l))))
    }

    /// μ + s L z, for one mean or an array of means, each with a scale s of its own.
    private static func multivariate(
        _ call: Call, _ mean: Int, _ l: Traced, _ scale: (RandomGenerator) -> Double
    ) throws -> Value {
        let (g, n, entries) = (try call.generator(), l.shape.rows, try known(call, l))
        func draw(_ mu: Entries) throws -> Value {
            try requireSameSize(call.name, mu.count, n)
            let mean = try known(call, mu.vector)
            return .vector(
                Entries(
                    g.normalVector(mean: mean, scale: scale(g)) { entries[$1 * n + $0] }))
        }
        if case .array(let means) = call[mean] {
            return .array(try means.map { try draw(Entries($0.expression)) })
        }
        return try draw(try call.entries(mean))
    }

    private static func multivariateT(_ call: Call, _ l: Traced) throws -> Value {
        let nu = try call.number(0)
        guard nu > 0, nu < .infinity else {
            throw DomainError(
                call.name, "Degrees of freedom parameter", is: nu, mustBe: "positive finite")
        }
        return try multivariate(call, 1, l) { $0.studentScale(degreesOfFreedom: nu) }
    }

    /// The Cholesky factor of a matrix for that of the scale matrix.
    private static func wishart(_ call: Call, _ l: Traced, inverse: Bool) throws -> Traced {
        let (nu, n, entries) = (try call.number(0), l.shape.rows, try known(call, l))
        guard nu > Double(n - 1), nu < .infinity else {
            throw DomainError(
                call.name, "degrees of freedom", is: nu, mustBe: "greater than \(n - 1)")
        }
        let g = try call.generator()
        return Traced(
            inverse
                ? g.inverseWishartFactor(nu, scaleFactor: entries, size: n)
                : g.wishartFactor(nu, scaleFactor: entries, size: n), .matrix(n, n))
    }

    private static func correlation(_ call: Call) throws -> Traced {
        let n = try call.size(0)
        try call.requireRoom(n, n)
        let eta = try call.number(1)
        guard eta > 0, eta < .infinity else {
            throw DomainError(call.name, "Shape parameter", is: eta, mustBe: "positive finite")
        }
        return Traced(try call.generator().correlationFactor(size: n, shape: eta), .matrix(n, n))
    }
}
