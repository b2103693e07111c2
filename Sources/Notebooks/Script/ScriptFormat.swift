// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How numbers are written in outputs: the same on every machine.
enum ScriptFormat {
    /// Six significant digits; whole numbers up to 10¹⁵ in full.
    static func number(_ x: Double) -> String {
        if x.isNaN { return "nan" }
        if x.isInfinite { return x < 0 ? "-inf" : "inf" }
        if x == 0 { return "0" }
        if x == x.rounded(), abs(x) < 1e15 { return String(format: "%.0f", x) }
        return String(format: "%.6g", x)
    }

    static func number(_ x: Double, digits: Int) -> String {
        guard x.isFinite else { return number(x) }
        let text = String(format: "%.*g", digits, x)
        return text == "-0" ? "0" : text
    }

    /// A fixed number of decimals.
    static func fixed(_ x: Double, _ decimals: Int) -> String {
        guard x.isFinite, abs(x) < 1e15 else { return number(x) }
        let text = String(format: "%.*f", decimals, x)
        return text.allSatisfy { "-0.".contains($0) } ? text.replacing("-", with: "") : text
    }

    /// "1.5 GB", for messages.
    static func bytes(_ count: Double) -> String {
        var value = count
        for unit in ["bytes", "kB", "MB", "GB", "TB", "PB"] {
            if value < 1000 { return "\(number(value, digits: 3)) \(unit)" }
            value /= 1000
        }
        return "\(number(value, digits: 3)) EB"
    }

    /// A list with the middle left out when it is long.
    static func list(
        _ count: Int, limit: Int = 12, noun: String, _ element: (Int) -> String
    ) -> String {
        if count <= limit { return "[" + (0..<count).map(element).joined(separator: ", ") + "]" }
        let head = (0..<(limit / 2)).map(element).joined(separator: ", ")
        let tail = ((count - 2)..<count).map(element).joined(separator: ", ")
        return "[\(head), …, \(tail)] (\(count) \(noun))"
    }
}
