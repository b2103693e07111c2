// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

extension Library {
    /// Densities of categories, vectors and matrices: what Stan demands of their
    /// arguments, and how arrays of vectors become columns of a matrix.
    static let jointDensities: LibraryGroup = [
        "categorical_lpmf": { call in
            let (outcomes, theta) = (try call.ints(0), try probabilities(call, 1))
            try requireCategories(call, outcomes, theta.count)
            return joint(Categorical.self, call, numbers(outcomes), theta)
        },
        "categorical_logit_lpmf": { call in
            let (outcomes, beta) = (try call.ints(0), try call.entries(1).vector)
            try requireCategories(call, outcomes, beta.count)
            return joint(CategoricalLogit.self, call, numbers(outcomes), beta)
        },
        "ordered_logistic_lpmf": { try ordered(OrderedLogistic.self, $0) },
        "ordered_probit_lpmf": { try ordered(OrderedProbit.self, $0) },
        "multinomial_lpmf": { call in
            let (counts, theta) = (try countsOf(call), try probabilities(call, 1))
            try requireSameSize(call.name, counts.count, theta.count)
            return joint(Multinomial.self, call, counts, theta)
        },
        "multinomial_logit_lpmf": { call in
            let (counts, gamma) = (try countsOf(call), try call.entries(1).vector)
            try requireSameSize(call.name, counts.count, gamma.count)
            return counts.count == 0
                ? .number(0) : joint(MultinomialLogit.self, call, counts, gamma)
        },
        "dirichlet_multinomial_lpmf": { call in
            let counts = try countsOf(call)
            let alpha = try call.argument(1, "prior size parameter", .positiveFinite)
            try requireSameSize(call.name, counts.count, alpha.count)
            return joint(DirichletMultinomial.self, call, counts, alpha)
        },
        "dirichlet_lpdf": { call in
            let size = call.list(1).first?.size ?? 0
            guard let theta = try columns(call, 0, size, "probabilities"),
                let alpha = try columns(call, 1, size, "prior sample sizes")
            else { return .number(0) }
            for simplex in call.list(0) {
                if let known = simplex.expression.constants { try requireSimplex(call, known) }
            }
            for number in alpha.constants ?? [] where !(number > 0) {
                throw DomainError(
                    call.name, "prior sample sizes", is: number, mustBe: "positive")
            }
            try requireColumns(call, theta, alpha)
            return joint(Dirichlet.self, call, theta, alpha)
        },
        "multi_normal_lpdf": { call in
            try multivariate(MultivariateNormalCholesky.self, call, factor(call, call.square(2)))
        },
        "multi_normal_cholesky_lpdf": { call in
            try multivariate(MultivariateNormalCholesky.self, call, choleskyFactor(call, 2))
        },
        "multi_normal_prec_lpdf": { call in
            try multivariate(MultivariateNormalPrecision.self, call, covariance(call, 2))
        },
        "multi_student_t_lpdf": { call in
            try multivariate(
                MultivariateStudentTCholesky.self, call, factor(call, call.square(3)),
                [call.argument(1, "Degrees of freedom parameter", .positive)])
        },
        "multi_student_t_cholesky_lpdf": { call in
            try multivariate(
                MultivariateStudentTCholesky.self, call, choleskyFactor(call, 3),
                [call.argument(1, "Degrees of freedom parameter", .positive)])
        },
        "multi_gp_lpdf": { call in
            try gaussianProcess(call, factor(call, call.square(1)))
        },
        "multi_gp_cholesky_lpdf": { call in
            try gaussianProcess(call, choleskyFactor(call, 1))
        },
        "lkj_corr_lpdf": { call in
            joint(
                LKJCorrelation.self, call, try covariance(call, 0),
                try call.argument(1, "Shape parameter", .positive))
        },
        "lkj_corr_cholesky_lpdf": { call in
            joint(
                LKJCorrelationCholesky.self, call, try call.square(0).expression,
                try call.argument(1, "Shape parameter", .positive))
        },
        "lkj_cov_lpdf": { call in
            let y = try covariance(call, 0)
            let mu = try call.argument(1, "Location parameter", .finite)
            let sigma = try call.argument(2, "Scale parameter", .positiveFinite)
            try requireSameSize(call.name, y.shape.rows, mu.count)
            try requireSameSize(call.name, y.shape.rows, sigma.count)
            return joint(
                LKJCovariance.self, call, y, mu, sigma,
                try call.argument(3, "Shape parameter", .positive))
        },
        "gaussian_dlm_obs_lpdf": { call in
            let (y, f) = (try call.matrix(0), try call.matrix(1))
            try requireSameSize(call.name, f.columns, y.rows)
            for i in [2, 4, 6] { try requireSameSize(call.name, try call.square(i).rows, f.rows) }
            try requireSameSize(call.name, try call.entries(5).count, f.rows)
            if case .matrix(let v) = call[3] {
                try requireSameSize(call.name, v.columns, v.rows)
                try requireSameSize(call.name, v.rows, y.rows)
            } else {
                try requireSameSize(call.name, try call.entries(3).count, y.rows)
            }
            return .real(
                DynamicLinearModel.logDensity(
                    y.expression, (1..<7).map { call[$0].expression },
                    droppingConstants: call.droppingConstants))
        },
        "wishart_lpdf": { try wishart(Wishart.self, $0, covariance) },
        "inv_wishart_lpdf": { try wishart(InverseWishart.self, $0, covariance) },
        "wishart_cholesky_lpdf": { try wishart(WishartCholesky.self, $0, choleskyFactor) },
        "inv_wishart_cholesky_lpdf": {
            try wishart(InverseWishartCholesky.self, $0, choleskyFactor)
        },
    ]

    /// A density of checked arguments.
    private static func joint(
        _ density: any TracedDensity.Type, _ call: Call, _ x: Traced, _ parameters: Traced...
    ) -> Value {
        .real(density.logDensity(x, parameters, droppingConstants: call.droppingConstants))
    }
}

extension Library {
    private static func numbers(_ integers: [Int]) -> Traced {
        Traced(integers.map(Double.init))
    }

    private static func countsOf(_ call: Call) throws -> Traced {
        let counts = try call.ints(0)
        for count in counts where count < 0 {
            throw DomainError(
                call.name, "Number of trials variable", is: Double(count), mustBe: "nonnegative")
        }
        return numbers(counts)
    }

    static func requireCategories(_ call: Call, _ outcomes: [Int], _ count: Int) throws {
        for outcome in outcomes where outcome < 1 || outcome > count {
            throw DomainError(
                call.name, "Number of categories", is: Double(outcome),
                mustBe: "in the interval [1, \(count)]")
        }
    }

    private static func probabilities(_ call: Call, _ i: Int) throws -> Traced {
        let theta = try call.entries(i).vector
        if let numbers = theta.constants { try requireSimplex(call, numbers) }
        return theta
    }

    static func requireSimplex(_ call: Call, _ numbers: [Double]) throws {
        let total = numbers.reduce(0, +)
        guard Swift.abs(total - 1) <= 1e-8 else {
            throw DomainError(
                "\(call.name): Probabilities parameter is not a valid simplex. "
                    + "sum(Probabilities parameter) = \(formatted(total)), but should be 1")
        }
        for (i, number) in numbers.enumerated() where !(number >= 0) {
            throw DomainError(
                "\(call.name): Probabilities parameter is not a valid simplex. "
                    + "Probabilities parameter[\(i + 1)] = \(formatted(number)), "
                    + "but should be greater than or equal to 0")
        }
    }

    /// Arguments (outcomes, η, cut points), the cut points of one vector or of one for
    /// each outcome.
    static func ordered(
        _ density: any TracedDensity.Type, _ call: Call, eta predictor: Traced? = nil,
        cutsAt cutArgument: Int = 2
    ) throws -> Value {
        let outcomes = try call.ints(0)
        let eta = predictor ?? call[1].expression
        let sets = call.list(cutArgument)
        let size = sets.first?.size ?? 0
        let count = max(outcomes.count, eta.shape.isScalar ? 1 : eta.count)
        if outcomes.isEmpty { return .number(0) }
        if outcomes.count != 1 { try requireSameSize(call.name, outcomes.count, count) }
        if !eta.shape.isScalar { try requireSameSize(call.name, eta.count, count) }
        if sets.count != 1 { try requireSameSize(call.name, sets.count, count) }
        for set in sets {
            try requireSameSize(call.name, set.size, size)
            let numbers = set.expression.constants ?? []
            for i in numbers.indices.dropFirst() where !(numbers[i] > numbers[i - 1]) {
                throw DomainError(
                    "\(call.name): Cut points parameter is not a valid ordered vector. "
                        + "The element at \(i + 1) is \(formatted(numbers[i])), but should be "
                        + "greater than the previous element, \(formatted(numbers[i - 1]))")
            }
        }
        try requireCategories(call, outcomes, size + 1)
        guard let cuts = try columns(call, cutArgument, size, "cut points") else {
            return .number(0)
        }
        return joint(density, call, numbers(outcomes), eta, cuts)
    }

    /// The vectors of an argument, as columns; nil when there are none, or no entries.
    private static func columns(
        _ call: Call, _ i: Int, _ size: Int, _ title: String
    ) throws -> Traced? {
        if case .vector(let entries) = call[i], entries.count == size, size > 0 {
            return entries.vector
        }
        let vectors = call.list(i).map(\.expression)
        for vector in vectors where vector.count != size {
            throw EvaluationError.size(
                "\(call.name): Size of \(title) (\(vector.count)) must match in size (\(size))")
        }
        guard size > 0, let first = vectors.first else { return nil }
        if vectors.count == 1 { return first.reshaped(.vector(size)) }
        // Known vectors stay one block of numbers.
        return Entries.joined(vectors.map { Entries($0.reshaped(.vector(size))) })
            .packed(.matrix(size, vectors.count))
    }

    /// As many columns in one as in the other, or one.
    private static func requireColumns(_ call: Call, _ a: Traced, _ b: Traced) throws {
        let (m, n) = (a.shape.columns, b.shape.columns)
        if m != 1, n != 1 { try requireSameSize(call.name, m, n) }
    }

    /// A matrix that, when known, is symmetric and positive definite.
    private static func covariance(_ call: Call, _ i: Int) throws -> Traced {
        let matrix = try call.square(i)
        if matrix.entries.isKnown { _ = try factor(call, matrix) }
        return matrix.expression
    }

    /// A matrix that has to be a Cholesky factor: what is above its diagonal is not
    /// looked at.
    private static func choleskyFactor(_ call: Call, _ i: Int) throws -> Traced {
        let matrix = try call.square(i)
        if let numbers = matrix.entries.numbers {
            for k in 0..<matrix.rows where !(numbers[k * matrix.rows + k] > 0) {
                throw DomainError(
                    call.name, "Cholesky factor[\(k + 1),\(k + 1)]",
                    is: numbers[k * matrix.rows + k], mustBe: "positive")
            }
        }
        return matrix.expression
    }

    /// A density of vectors with arguments (variate, …, mean, matrix).
    private static func multivariate(
        _ density: any TracedDensity.Type, _ call: Call, _ matrix: Traced,
        _ others: [Traced] = []
    ) throws -> Value {
        let size = matrix.shape.rows
        let (variate, mean) = ("random variable", "location parameter")
        guard let x = try columns(call, 0, size, variate),
            let mu = try columns(call, 1 + others.count, size, mean)
        else { return .number(0) }
        for number in mu.constants ?? [] where !number.isFinite {
            throw DomainError(call.name, "Location parameter", is: number, mustBe: "finite")
        }
        for number in x.constants ?? [] where number.isNaN {
            throw DomainError(call.name, "Random variable", is: number, mustBe: "not nan")
        }
        try requireColumns(call, x, mu)
        return .real(
            density.logDensity(
                x, others + [mu, matrix], droppingConstants: call.droppingConstants))
    }

    private static func gaussianProcess(_ call: Call, _ factor: Traced) throws -> Value {
        let y = try call.matrix(0)
        let weights = try call.argument(2, "Kernel scales", .positiveFinite)
        try requireSameSize(call.name, y.columns, factor.shape.rows)
        try requireSameSize(call.name, y.rows, weights.count)
        return joint(GaussianProcessCholesky.self, call, y.expression, factor, weights)
    }

    private static func wishart(
        _ density: any TracedDensity.Type, _ call: Call,
        _ matrix: (Call, Int) throws -> Traced
    ) throws -> Value {
        let (variate, scale) = (try matrix(call, 0), try matrix(call, 2))
        let nu = try call.argument(1, "Degrees of freedom parameter", .positive)
        try requireSameSize(call.name, variate.shape.rows, scale.shape.rows)
        if let known = nu.constant, !(known > Double(variate.shape.rows - 1)) {
            throw DomainError(
                call.name, "Degrees of freedom parameter", is: known,
                mustBe: "greater than \(variate.shape.rows - 1)")
        }
        return joint(density, call, variate, nu, scale)
    }
}
