// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Numbers as text for tables.
enum DecimalText {
    /// A value to the place of the second significant digit of its standard
    /// error, or to four significant digits when that is not known.
    static func value(_ value: Double, error: Double) -> String {
        guard value.isFinite else { return value.description }
        if error.isFinite, error > 0 { return fixed(value, places(2, of: error)) }
        return fixed(value, value == 0 ? 0 : max(0, places(4, of: value)), trimming: true)
    }

    /// A standard error to two significant digits.
    static func error(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : value.description }
        return fixed(value, places(2, of: value))
    }

    /// The decimal places that give so many significant digits.
    private static func places(_ digits: Int, of value: Double) -> Int {
        let exponent = Foundation.floor(Foundation.log10(Swift.abs(value)))
        return min(max(digits - 1 - Int(exponent), -300), 300)
    }

    /// With so many decimal places; large and small numbers with an exponent.
    static func fixed(_ value: Double, _ places: Int, trimming: Bool = false) -> String {
        guard value.isFinite else { return value.description }
        if abs(value) >= 1e9 || places > 9 {
            return String(format: "%.3e", value)
        }
        var text = String(format: "%.\(max(places, 0))f", value)
        if trimming, text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        // No "-0.00".
        return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) })
            ? String(text.dropFirst()) : text
    }

    /// Rows as aligned columns: the first to the left, the others to the right.
    static func table(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { i, text in
                let pad = String(repeating: " ", count: widths[i] - text.count)
                return i == 0 ? text + pad : pad + text
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
