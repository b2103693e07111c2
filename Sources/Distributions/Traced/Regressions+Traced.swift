// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

// Regressions: a density of the linear predictor α + X β, under Stan's names. The
// parameters begin with the matrix X, the intercept and the slopes.

package enum LinearPredictor {
    /// α + X β for so many observations; a single row of X goes with all of them.
    /// Nil unless the sizes go together.
    package static func of(_ parameters: ArraySlice<Traced>, observations: Int?) -> Traced? {
        let (x, alpha, beta) = (
            parameters[parameters.startIndex], parameters[parameters.startIndex + 1].flat,
            parameters[parameters.startIndex + 2].flat
        )
        guard x.shape.columns == beta.count else { return nil }
        let rows = x.shape.rows == 1 ? observations ?? 1 : x.shape.rows
        guard observations ?? rows == rows, alpha.shape.isScalar || alpha.count == rows else {
            return nil
        }
        if x.count == 0 { return alpha.broadcast(to: .vector(rows)) }
        var product = matmul(x, beta.reshaped(.vector(beta.count)))
        if product.count != rows { product = product[0].broadcast(to: .vector(rows)) }
        return alpha + product.reshaped(.vector(rows))
    }

    /// The number of observations that outcomes fix: none when there is one for all.
    static func observations(_ x: Traced) -> Int? { x.shape.isScalar ? nil : x.count }
}

/// A density of a variate given a linear predictor in the place of one parameter.
private func regression(
    _ x: Traced, _ parameters: [Traced], first: Int = 0, _ density: (Traced) -> Traced
) -> Traced {
    guard
        let predictor = LinearPredictor.of(
            parameters[first...], observations: LinearPredictor.observations(x))
    else { return Traced(.nan) }
    return predictor.count == 0 ? 0 : density(predictor)
}

/// Stan's `normal_id_glm(x, alpha, beta, sigma)`: normal regression.
public enum NormalRegression: TracedDensity {
    public static let stanName = "normal_id_glm"
    public static let parameterCount = 4

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        regression(x, parameters) {
            Normal.logDensity(x, [$0, parameters[3]], droppingConstants: droppingConstants)
        }
    }
}

/// Stan's `bernoulli_logit_glm(x, alpha, beta)`: logistic regression.
public enum BernoulliLogitRegression: TracedDensity {
    public static let stanName = "bernoulli_logit_glm"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        regression(x, parameters) {
            BernoulliLogit.logDensity(x, [$0], droppingConstants: droppingConstants)
        }
    }
}

/// Stan's `binomial_logit_glm(N, x, alpha, beta)`.
public enum BinomialLogitRegression: TracedDensity {
    public static let stanName = "binomial_logit_glm"
    public static let parameterCount = 4

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        regression(x, parameters, first: 1) {
            BinomialLogit.logDensity(
                x, [parameters[0], $0], droppingConstants: droppingConstants)
        }
    }
}

/// Stan's `poisson_log_glm(x, alpha, beta)`: Poisson regression.
public enum PoissonLogRegression: TracedDensity {
    public static let stanName = "poisson_log_glm"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        regression(x, parameters) {
            PoissonLog.logDensity(x, [$0], droppingConstants: droppingConstants)
        }
    }
}

/// Stan's `neg_binomial_2_log_glm(x, alpha, beta, phi)`.
public enum NegativeBinomialRegression: TracedDensity {
    public static let stanName = "neg_binomial_2_log_glm"
    public static let parameterCount = 4

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        regression(x, parameters) {
            NegativeBinomialLog.logDensity(
                x, $0, parameters[3], droppingConstants, coefficient: false)
        }
    }
}

/// Stan's `ordered_logistic_glm(x, beta, c)`, without an intercept.
public enum OrderedLogisticRegression: TracedDensity {
    public static let stanName = "ordered_logistic_glm"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        regression(x, [parameters[0], 0, parameters[1]]) {
            OrderedLogistic.logDensity(
                x, [$0, parameters[2]], droppingConstants: droppingConstants)
        }
    }
}

/// Stan's `categorical_logit_glm(x, alpha, beta)`: an intercept and a column of
/// slopes for each category.
public enum CategoricalLogitRegression: TracedDensity {
    public static let stanName = "categorical_logit_glm"
    public static let parameterCount = 3

    public static func logDensity(
        _ x: Traced, _ parameters: [Traced], droppingConstants: Bool
    ) -> Traced {
        let (matrix, alpha, beta) = (parameters[0], parameters[1].flat, parameters[2])
        let categories = alpha.count
        guard matrix.shape.columns == beta.shape.rows, beta.shape.columns == categories,
            let outcomes = x.constants
        else { return Traced(.nan) }
        let rows = matrix.shape.rows
        let count = max(rows, outcomes.count)
        guard [rows, outcomes.count].allSatisfy({ $0 == 1 || $0 == count }) else {
            return Traced(.nan)
        }
        if rows == 0 || outcomes.isEmpty || categories == 0 { return 0 }
        if droppingConstants, parameters.allSatisfy(\.isConstant) { return 0 }
        let product =
            matrix.count == 0
            ? Traced([Double](repeating: 0, count: rows * categories), .matrix(rows, categories))
            : matmul(matrix, beta)
        // Category by category, so that a whole data set is a few runs.
        let logits = (0..<categories).map {
            product.gather(Array($0 * rows..<($0 + 1) * rows)) + alpha[$0]
        }
        var terms: [Traced] = []
        for i in 0..<count {
            let row = rows == 1 ? 0 : i
            guard let k = Int(exactly: outcomes[outcomes.count == 1 ? 0 : i]), k >= 1,
                k <= categories
            else { return Traced(.nan) }
            terms.append(logits[k - 1][row] - logSumExp(Traced.vector(logits.map { $0[row] })))
        }
        return sum(Traced.vector(terms))
    }
}
