// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// A number as Stan's `print` writes it: six significant digits, no needless
/// zeros (C's `%g`).
func formatted(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return value.sign == .minus ? "-0" : "0" }
    var exponent = decimalExponent(value)
    var digits = roundedDigits(value, exponent)
    if digits.count > 6 {  // rounding up added a digit: 999999.7
        exponent += 1
        digits = Array(digits.prefix(6))
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    let text = digits.map(String.init).joined()
    let sign = value < 0 ? "-" : ""
    if exponent < -4 || exponent >= 6 {
        let fraction = text.dropFirst()
        let magnitude = abs(exponent) < 10 ? "0\(abs(exponent))" : "\(abs(exponent))"
        return sign + text.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
            + "e" + (exponent < 0 ? "-" : "+") + magnitude
    }
    if exponent < 0 {
        return sign + "0." + String(repeating: "0", count: -exponent - 1) + text
    }
    if digits.count <= exponent + 1 {
        return sign + text + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return sign + text.prefix(exponent + 1) + "." + text.dropFirst(exponent + 1)
}

/// The exponent of the first significant digit.
private func decimalExponent(_ value: Double) -> Int {
    // The shortest form is exact enough to read the exponent from.
    let text = "\(value.magnitude)"
    if let e = text.firstIndex(of: "e") {
        let mantissaExponent = Int(text[text.index(after: e)...]) ?? 0
        return mantissaExponent
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts[0] != "0" { return parts[0].count - 1 }
    let zeros = parts.count > 1 ? parts[1].prefix { $0 == "0" }.count : 0
    return -zeros - 1
}

/// The first six significant digits, correctly rounded from the shortest form.
private func roundedDigits(_ value: Double, _ exponent: Int) -> [Int] {
    var text = "\(value.magnitude)"
    if let e = text.firstIndex(of: "e") { text = String(text[..<e]) }
    var digits = text.compactMap(\.wholeNumberValue)
    while digits.first == 0, digits.count > 1 { digits.removeFirst() }
    guard digits.count > 6 else { return digits }
    let up = digits[6] >= 5
    digits = Array(digits.prefix(6))
    guard up else { return digits }
    var i = 5
    while i >= 0 {
        if digits[i] < 9 {
            digits[i] += 1
            return digits
        }
        digits[i] = 0
        i -= 1
    }
    return [1] + digits
}

extension Value {
    /// The value as `print` shows it; entries of a trace are shown at the point
    /// where it is traced.
    func description(in trace: Trace?, as type: StanType? = nil) -> String {
        func show(_ e: Traced) -> String {
            if let number = e.constant { return formatted(number) }
            return trace.map { formatted($0.value(of: e).first ?? .nan) } ?? "?"
        }
        func list(_ entries: Entries) -> String {
            if let numbers = entries.numbers {
                return "[" + numbers.map(formatted).joined(separator: ",") + "]"
            }
            return "[" + entries.scalars.map(show).joined(separator: ",") + "]"
        }
        switch self {
        case .int(let value): return String(value)
        case .real(let value): return show(value)
        case .vector(let entries): return list(entries)
        case .matrix(let matrix):
            return "[" + (0..<matrix.rows).map { list(matrix.row($0)) }.joined(separator: ",")
                + "]"
        case .ints(let values):
            return "[" + values.map(String.init).joined(separator: ",") + "]"
        case .array(let values):
            return "[" + values.map { $0.description(in: trace) }.joined(separator: ",") + "]"
        case .tuple(let values):
            return "(" + values.map { $0.description(in: trace) }.joined(separator: ",") + ")"
        case .complex(.real(let real), .real(let imaginary)):
            return "(" + show(real) + "," + show(imaginary) + ")"
        case .complex(.matrix(let real), .matrix(let imaginary)):
            let rows = (0..<real.rows).map { r -> Value in
                .complex(.vector(real.row(r)), .vector(imaginary.row(r)))
            }
            return "[" + rows.map { $0.description(in: trace) }.joined(separator: ",") + "]"
        case .complex:
            return "[" + elements.map { $0.description(in: trace) }.joined(separator: ",") + "]"
        case .text(let text): return text
        case .function, .void: return ""
        }
    }
}
