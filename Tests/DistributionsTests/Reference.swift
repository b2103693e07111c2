// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import Distributions

/// One row of a table under Tests/Reference/distributions: the value of a
/// function to 28 digits (Arb), and its relative condition number.
struct ReferenceRow {
    var parameters: [String: Double]
    var parameterText: Substring
    var function: Substring
    var x: Double
    var value: Double
    var condition: Double
}

/// The lines of a table without its header; none if it cannot be read.
func referenceLines(_ table: String) -> [Substring] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reference/distributions/\(table).csv")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return Array(text.split(separator: "\n").dropFirst())
}

func referenceRows(_ table: String) throws -> [ReferenceRow] {
    try referenceLines(table).map {
        let fields = $0.split(separator: ",", omittingEmptySubsequences: false)
        var parameters: [String: Double] = [:]
        for pair in fields[0].split(separator: ";") {
            let sides = pair.split(separator: "=")
            let name = String(try #require(sides.first))
            guard let last = sides.last else { continue }
            if last.hasPrefix("[") {
                // A list: name[0], name[1], ….
                for (i, entry) in last.dropFirst().dropLast().split(separator: " ").enumerated() {
                    parameters["\(name)[\(i)]"] = Double(entry)
                }
            } else {
                parameters[name] = Double(last)
            }
        }
        return ReferenceRow(
            parameters: parameters, parameterText: fields[0], function: fields[1],
            x: Double(fields[2]) ?? .nan, value: Double(fields[3]) ?? .nan,
            condition: Double(fields[4]) ?? 1)
    }
}

/// A family with its table and a way to make a distribution from a row.
struct Family: Sendable, CustomTestStringConvertible {
    var table: String
    /// Units of max(1, condition) · 2⁻⁵² allowed.
    var slack: Double
    /// What the error of a smaller entropy is relative to: the size of terms that cancel.
    var entropySize: Double
    var make: @Sendable ([String: Double]) throws -> any UnivariateDistribution
    var testDescription: String { table }

    init(
        _ table: String, slack: Double = 16, entropySize: Double = 0,
        _ make: @escaping @Sendable ([String: Double]) throws -> any UnivariateDistribution
    ) {
        self.table = table
        self.slack = slack
        self.entropySize = entropySize
        self.make = make
    }
}

extension [String: Double] {
    /// A parameter that the table must have.
    func callAsFunction(_ name: String) throws -> Double { try #require(self[name]) }

    /// A list among the parameters.
    func list(_ name: String) -> [Double] {
        Array((0..<count).map { self["\(name)[\($0)]"] }.prefix { $0 != nil }.compactMap { $0 })
    }
}

extension UnivariateDistribution {
    /// The function that a table calls by this name; nil for an unknown one.
    func value(of function: Substring, at x: Double) -> Double? {
        switch function {
        case "pdf", "pmf": convert(x).map(pdf) ?? 0
        case "logpdf", "logpmf": convert(x).map(logDensity) ?? -.infinity
        case "cdf": cdf(x)
        case "sf": upperCDF(x)
        case "logcdf": logCDF(x)
        case "logsf": logUpperCDF(x)
        case "quantile": number(quantile(x))
        case "isf": number(upperQuantile(x))
        case "mean": mean
        case "variance": variance
        case "skewness": skewness
        case "kurtosis": excessKurtosis
        case "entropy": entropy
        case "circularVariance": (self as? VonMises)?.circularVariance
        default: nil
        }
    }

    /// A number as a value of the distribution; nil if it is none.
    func convert(_ x: Double) -> Value? {
        if Value.self == Double.self { return x as? Value }
        return Int(exactly: x).flatMap { $0 as? Value }
    }

    func number(_ value: Value) -> Double {
        (value as? Double) ?? (value as? Int).map(Double.init) ?? .nan
    }
}
