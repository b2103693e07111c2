// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames

extension TestResult: CustomStringConvertible {
    /// Several lines:
    ///
    ///     Welch's t test
    ///       t = 0.8963, df = 19.43, p = 0.3811 (two-sided)
    ///       difference of means: 0.8441, 95 % interval -1.124 to 2.812
    ///       Cohen's d: 0.3311, 95 % interval -0.4331 to 1.095
    ///       hypothesis: the means are equal
    ///       method: Student's t distribution
    ///       n = 12 and 15
    public var description: String {
        var first: [String] = []
        if let statisticName { first.append("\(statisticName) = \(Self.text(statistic))") }
        if !degreesOfFreedom.isEmpty {
            let values = degreesOfFreedom.map { Self.text($0) }.joined(separator: " and ")
            first.append("df = \(values)")
        }
        first.append(
            pValue == 0 ? "p < 1e-300" : "p = \(NumberText.significant(pValue, 4))")
        var line = first.joined(separator: ", ")
        switch alternative {
        case .twoSided: line += " (two-sided)"
        case .less: line += " (alternative: less)"
        case .greater: line += " (alternative: greater)"
        case nil: break
        }
        var lines = [name, line]
        lines += (estimates + effects).map(\.description)
        lines.append("hypothesis: \(hypothesis)")
        lines.append("method: \(method)")
        lines.append("n = \(sampleSizes.map(String.init).joined(separator: " and "))")
        lines += notes.map { "note: \($0)" }
        return lines.joined(separator: "\n  ")
    }

    static func text(_ value: Double) -> String { NumberText.significant(value, 4) }

    /// The result as JSON, with full precision and stable names.
    public var json: JSONValue {
        [
            "test": .string(name), "hypothesis": .string(hypothesis),
            "alternative": alternative.map { .string($0.rawValue) } ?? .null,
            "statisticName": statisticName.map { .string($0) } ?? .null,
            "statistic": statisticName == nil ? .null : .number(statistic),
            "degreesOfFreedom": JSONValue(degreesOfFreedom), "pValue": .number(pValue),
            "method": .string(method), "estimates": .array(estimates.map(\.json)),
            "effects": .array(effects.map(\.json)),
            "sampleSizes": .array(sampleSizes.map { .integer($0) }), "ties": .bool(hasTies),
            "notes": .array(notes.map { .string($0) }),
        ]
    }
}

extension TestEstimate: CustomStringConvertible {
    /// "difference of means: 0.8441, 95 % interval -1.124 to 2.812".
    public var description: String {
        var line = "\(name): \(TestResult.text(value))"
        if let interval {
            line += ", \(NumberText.significant(100 * interval.confidence, 6)) % interval "
            line += "\(TestResult.text(interval.lower)) to \(TestResult.text(interval.upper))"
        }
        return line
    }

    var json: JSONValue {
        var object = JSONObject([("name", .string(name)), ("value", .number(value))])
        if let interval {
            object["lower"] = .number(interval.lower)
            object["upper"] = .number(interval.upper)
            object["confidence"] = .number(interval.confidence)
        }
        return .object(object)
    }
}
