// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Densities of generalized linear models: a density of α + X β.
    static let linearModelDensities: LibraryGroup = [
        "normal_id_glm_lpdf": { call in
            let eta = try linearPredictor(call, 1)
            let sigma = try call.argument(4, "Scale vector", .positiveFinite)
            return try density(call, .normal, [eta, sigma], eta.shape.count)
        },
        "bernoulli_logit_glm_lpmf": { call in
            let eta = try linearPredictor(call, 1)
            return try density(call, .bernoulliLogit, [eta], eta.shape.count)
        },
        "poisson_log_glm_lpmf": { call in
            let eta = try linearPredictor(call, 1)
            return try density(call, .poissonLog, [eta], eta.shape.count)
        },
        "binomial_logit_glm_lpmf": { call in
            let eta = try linearPredictor(call, 2)
            let (n, trials) = try trialsOf(call)
            if eta.shape.count == 0 { return .number(0) }
            return .real(
                .density(
                    .binomialLogit, [n, trials, eta],
                    droppingConstants: call.droppingConstants))
        },
        "neg_binomial_2_log_glm_lpmf": { call in
            let eta = try linearPredictor(call, 1)
            let n = try call.argument(0, "Failures variables", .nonnegative)
            let phi = try call.argument(4, "Precision parameter", .positiveFinite)
            guard let count = try call.commonCount([n, eta, phi]) else { return .number(0) }
            var sum = DensityTerms(count: count, droppingConstants: call.droppingConstants)
            sum.add { -logGamma(n + 1) }
            sum.add(phi) { logGammaOfPositive(n + phi) - logGammaOfPositive(phi) }
            sum.add(eta) { n * eta }
            sum.add(eta, phi) {
                let logPhi = log(phi)
                return -phi * log1pExp(eta - logPhi) - n * logSumExp(eta, logPhi)
            }
            return .real(sum.total)
        },
        "ordered_logistic_glm_lpmf": { call in
            let x = try asMatrix(call, 1)
            let beta = try call.entries(2)
            try requireSameSize(call.name, x.columns, beta.count)
            let product =
                x.entries.count == 0
                ? Traced([Double](repeating: 0, count: x.rows))
                : matmul(x.expression, beta.vector)
            guard let function = categoricalDensities["ordered_logistic_lpmf"] else {
                return .void
            }
            return try function(
                Call(
                    name: call.name, arguments: [call[0], .vector(Entries(product)), call[3]],
                    nodes: [], result: .real, droppingConstants: call.droppingConstants,
                    evaluator: call.evaluator))
        },
        "categorical_logit_glm_lpmf": { call in
            let outcomes = try call.ints(0)
            let x = try asMatrix(call, 1)
            let (alpha, beta) = (try call.entries(2), try call.matrix(3))
            try requireSameSize(call.name, x.columns, beta.rows)
            try requireSameSize(call.name, alpha.count, beta.columns)
            let n = x.rows
            if outcomes.count != 1 { try requireSameSize(call.name, outcomes.count, n) }
            for outcome in outcomes where outcome < 1 || outcome > alpha.count {
                throw DomainError(
                    call.name, "categorical outcome", is: Double(outcome),
                    mustBe: "in the interval [1, \(alpha.count)]")
            }
            if n == 0 || alpha.count == 0 { return .number(0) }
            let product =
                x.columns == 0
                ? Traced(
                    [Double](repeating: 0, count: n * alpha.count), .matrix(n, alpha.count))
                : matmul(x.expression, beta.expression)
            // Category by category, so that a whole data set is a few runs.
            let intercepts = alpha.vector
            let logits = (0..<alpha.count).map {
                product.gather(Array($0 * n..<($0 + 1) * n)) + intercepts[$0]
            }
            let terms = (0..<n).map { i in
                logits[outcomes[outcomes.count == 1 ? 0 : i] - 1][i]
                    - logSumExp(Traced.vector(logits.map { $0[i] }))
            }
            if call.droppingConstants, terms.allSatisfy(\.isConstant) { return .number(0) }
            return .real(sum(Traced.vector(terms)))
        },
    ]

    /// α + X β for arguments (…, X, α, β, …); a row vector is one repeated row.
    private static func linearPredictor(_ call: Call, _ first: Int) throws -> Traced {
        let x = try asMatrix(call, first)
        let beta = try call.entries(first + 2)
        try requireSameSize(call.name, x.columns, beta.count)
        let outcomes = call[0].size
        let rows = x.rows == 1 && outcomes != 1 ? outcomes : x.rows
        if case .int = call[0] {
        } else if case .real = call[0] {
        } else {
            try requireSameSize(call.name, outcomes, rows)
        }
        var product =
            x.entries.count == 0
            ? Traced([Double](repeating: 0, count: x.rows))
            : matmul(x.expression, beta.vector)
        if rows != x.rows { product = product[0].broadcast(to: .vector(rows)) }
        let alpha = call[first + 1].expression
        if !alpha.shape.isScalar { try requireSameSize(call.name, alpha.shape.count, rows) }
        for number in alpha.constants ?? [] where !number.isFinite {
            throw DomainError(call.name, "Intercept", is: number, mustBe: "finite")
        }
        return alpha + product
    }

    private static func density(
        _ call: Call, _ density: FusedDensity, _ parameters: [Traced], _ count: Int
    ) throws -> Value {
        let y = try call.argument(0, "Vector of dependent variables", .notNaN)
        guard try call.commonCount([y] + parameters) != nil, count > 0 else {
            return .number(0)
        }
        return .real(
            .density(density, [y] + parameters, droppingConstants: call.droppingConstants))
    }
}
