// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors
import LinearAlgebra
import Randomness
import Statistics

extension Registry {
    mutating func addStatistics() {
        let measures: [(String, String, @Sendable ([Double]) -> Double)] = [
            ("median", "The middle value.", { Statistics.median($0) }),
            ("variance", "The variance, over n − 1.", { Statistics.variance($0) }),
            ("populationVariance", "The variance, over n.", { Statistics.populationVariance($0) }),
            (
                "standardDeviation", "The standard deviation, over n − 1.",
                { Statistics.standardDeviation($0) }
            ),
            (
                "standardError", "The standard error of the mean.",
                { Statistics.standardError($0) }
            ),
            (
                "medianAbsoluteDeviation",
                "1.4826 times the median distance from the median: robust spread.",
                { Statistics.medianAbsoluteDeviation($0) }
            ),
            (
                "interquartileRange", "The distance between the quartiles.",
                { Statistics.interquartileRange($0) }
            ),
            ("skewness", "How lopsided the values are.", { Statistics.skewness($0) }),
            (
                "excessKurtosis", "How heavy the tails are, 0 for a normal distribution.",
                { Statistics.excessKurtosis($0) }
            ),
        ]
        define("mean(_ x: vector) -> number", "The arithmetic mean.") { call in
            if case .traced(let x) = try call.value("x"), !x.shape.isScalar {
                return .traced(Autodiff.mean(x))
            }
            return .number(Statistics.mean(try call.sample("x")))
        }
        for (name, documentation, function) in measures {
            define("\(name)(_ x: vector) -> number", documentation) { call in
                .number(function(try call.sample("x")))
            }
        }
        define(
            "quantile(_ x: vector, _ p: number|vector) -> number|vector",
            "The quantile of a probability, or of several."
        ) { call in
            let x = try call.sample("x")
            let argument = try call.argument("p")
            if case .number(let p) = argument.value { return .number(Statistics.quantile(x, p)) }
            return .vector(Statistics.quantiles(x, try call.vector(argument)))
        }
        let pairs: [(String, String, @Sendable ([Double], [Double]) throws -> Double)] = [
            (
                "covariance", "How two variables vary together.",
                { try Statistics.covariance($0, $1) }
            ),
            ("correlation", "Pearson's correlation.", { try Statistics.correlation($0, $1) }),
            (
                "rankCorrelation", "Spearman's correlation of ranks.",
                { try Statistics.rankCorrelation($0, $1) }
            ),
        ]
        for (name, documentation, function) in pairs {
            define("\(name)(_ x: vector, _ y: vector) -> number", documentation) { call in
                .number(try function(try call.vector("x"), try call.vector("y")))
            }
        }
        define("ranks(_ x: vector) -> vector", "The ranks from 1, ties shared.") { call in
            .vector(Statistics.ranks(try call.vector("x")))
        }
        define(
            "estimate(mean draws: vector) -> estimate",
            "The mean of independent draws with its standard error; of truth values, their share."
        ) { call in .estimate(Estimate(mean: try call.sample("draws"))) }
    }
}
