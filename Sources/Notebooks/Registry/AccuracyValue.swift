// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Randomness
import Statistics

/// How well an estimator does.
struct AccuracyValue: ScriptObject {
    let accuracy: EstimatorAccuracy

    var typeName: String { "accuracy" }
    var shown: ShownValue { .text(accuracy.description) }

    var json: JSONValue {
        func json(_ estimate: Estimate) -> JSONValue {
            (try? ScriptValue.estimate(estimate).json()) ?? .null
        }
        return .object(
            JSONObject([
                ("mean_squared_error", json(accuracy.meanSquaredError)),
                ("bias", json(accuracy.bias)), ("squared_bias", json(accuracy.squaredBias)),
                ("variance", json(accuracy.variance)), ("n", .integer(accuracy.sampleSize)),
                ("replications", .integer(accuracy.replications)),
            ]))
    }
}
