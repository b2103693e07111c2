// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Distributions

extension Library {
    /// Densities of generalized linear models, and their random numbers.
    static let linearModelDensities: LibraryGroup = [
        "normal_id_glm_lpdf": { call in
            let sigma = try call.argument(4, "Scale vector", .positiveFinite)
            return try regression(NormalRegression.self, call, [sigma])
        },
        "bernoulli_logit_glm_lpmf": { try regression(BernoulliLogitRegression.self, $0) },
        "poisson_log_glm_lpmf": { try regression(PoissonLogRegression.self, $0) },
        "binomial_logit_glm_lpmf": { call in
            let n = try call.argument(0, "Successes variable", .notNaN)
            let trials = try call.argument(1, "Population size parameter", .nonnegative)
            try requireTrials(call, .density, n, [trials])
            let parameters = try predictor(call, 2)
            _ = try call.commonCount([n, trials])
            return .real(
                BinomialLogitRegression.logDensity(
                    n, [trials] + parameters, droppingConstants: call.droppingConstants))
        },
        "neg_binomial_2_log_glm_lpmf": { call in
            let phi = try call.argument(4, "Precision parameter", .positiveFinite)
            return try regression(NegativeBinomialRegression.self, call, [phi])
        },
        "ordered_logistic_glm_lpmf": { call in
            let (x, beta) = (try asMatrix(call, 1), try call.entries(2))
            try requireSameSize(call.name, x.columns, beta.count)
            let parts = [x.expression, 0, beta.vector]
            let outcomes = try call.ints(0)
            guard
                let eta = LinearPredictor.of(
                    parts[...], observations: outcomes.count == 1 ? nil : outcomes.count)
            else {
                throw EvaluationError.size(
                    "\(call.name): sizes of the arguments must match, but are "
                        + "\(outcomes.count) and \(x.rows)")
            }
            return try ordered(OrderedLogistic.self, call, eta: eta, cutsAt: 3)
        },
        "categorical_logit_glm_lpmf": { call in
            let outcomes = try call.ints(0)
            let x = try asMatrix(call, 1)
            let (alpha, beta) = (try call.entries(2), try call.matrix(3))
            try requireSameSize(call.name, x.columns, beta.rows)
            try requireSameSize(call.name, alpha.count, beta.columns)
            if outcomes.count != 1, x.rows != 1 {
                try requireSameSize(call.name, outcomes.count, x.rows)
            }
            for outcome in outcomes where outcome < 1 || outcome > alpha.count {
                throw DomainError(
                    call.name, "categorical outcome", is: Double(outcome),
                    mustBe: "in the interval [1, \(alpha.count)]")
            }
            return .real(
                CategoricalLogitRegression.logDensity(
                    Traced(outcomes.map(Double.init)),
                    [x.expression, alpha.vector, beta.expression],
                    droppingConstants: call.droppingConstants))
        },
        "bernoulli_logit_glm_rng": { call in
            let (x, alpha, beta) = (
                try asMatrix(call, 0), try call.argument(1, "Intercept", .finite),
                try call.argument(2, "Weight vector", .finite)
            )
            try requireSameSize(call.name, x.columns, beta.count)
            let rows = x.rows == 1 ? max(alpha.count, 1) : x.rows
            guard
                let eta = LinearPredictor.of(
                    [x.expression, alpha, beta][...], observations: rows)?.constants
            else {
                throw EvaluationError.size(
                    "\(call.name): sizes of the arguments must match, but are "
                        + "\(x.rows) and \(alpha.count)")
            }
            let g = try call.generator()
            return .ints(
                try eta.map { try call.integer(BernoulliLogit.draw([$0], using: g)) })
        },
    ]

    /// X, α and β, checked; a row vector is one row for all outcomes.
    private static func predictor(_ call: Call, _ first: Int) throws -> [Traced] {
        let x = try asMatrix(call, first)
        let beta = try call.entries(first + 2)
        try requireSameSize(call.name, x.columns, beta.count)
        let outcomes = call[0].size
        let rows = x.rows == 1 && outcomes != 1 ? outcomes : x.rows
        switch call[0] {
        case .int, .real: break
        default: try requireSameSize(call.name, outcomes, rows)
        }
        let alpha = call[first + 1].expression
        if !alpha.shape.isScalar { try requireSameSize(call.name, alpha.count, rows) }
        for number in alpha.constants ?? [] where !number.isFinite {
            throw DomainError(call.name, "Intercept", is: number, mustBe: "finite")
        }
        return [x.expression, alpha, beta.vector]
    }

    private static func regression(
        _ density: any TracedDensity.Type, _ call: Call, _ others: [Traced] = []
    ) throws -> Value {
        let requirement: Requirement =
            density is NormalRegression.Type
            ? .notNaN : density is BernoulliLogitRegression.Type ? .probability : .nonnegative
        let y = try call.argument(0, "Vector of dependent variables", requirement)
        let parameters = try predictor(call, 1)
        for other in others where !other.shape.isScalar {
            try requireSameSize(
                call.name, other.count, y.shape.isScalar ? parameters[0].shape.rows : y.count)
        }
        return .real(
            density.logDensity(
                y, parameters + others, droppingConstants: call.droppingConstants))
    }
}
