// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

func log10Of(_ x: Double) -> Double { log10(x) }
func powerOf10(_ x: Double) -> Double { pow(10, x) }

/// Numbers as text: always the same bytes for the same number.
enum NumberText {
    /// Fixed decimals. Trailing zeros stay; −0 is 0.
    static func fixed(_ x: Double, decimals: Int, minus: String = "\u{2212}") -> String {
        guard x.isFinite else { return x.isNaN ? "NaN" : (x < 0 ? minus + "∞" : "∞") }
        let decimals = min(max(decimals, 0), 15)
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (x.magnitude * scale).rounded()
        guard scaled < 9e15 else { return (x < 0 ? minus : "") + "\(x.magnitude)" }
        let integer = UInt64(scaled)
        var digits = String(integer)
        if decimals > 0 {
            while digits.utf8.count <= decimals { digits = "0" + digits }
            let point = digits.index(digits.endIndex, offsetBy: -decimals)
            digits = digits[..<point] + "." + digits[point...]
        }
        return (x < 0 && integer > 0 ? minus : "") + digits
    }

    /// A coordinate: at most two decimals, no trailing zeros, an ASCII minus.
    static func coordinate(_ x: Double) -> String {
        var text = fixed(min(max(x, -99_999), 99_999), decimals: 1, minus: "-")
        if text.hasSuffix(".0") { text.removeLast(2) }
        return text
    }

    /// About four significant digits, for sentences: 0.0123, 1,234, 5.1×10⁹.
    static func short(_ x: Double, digits: Int = 4) -> String {
        guard x.isFinite else { return fixed(x, decimals: 0) }
        guard x != 0 else { return "0" }
        let exponent = Int(floor(log10(x.magnitude)))
        if exponent < -4 || exponent > 6 {
            let mantissa = trimmed(x / pow(10, Double(exponent)), decimals: digits - 2)
            return "\(mantissa)×10\(superscript(exponent))"
        }
        return trimmed(x, decimals: max(0, digits - 1 - exponent))
    }

    /// Fixed decimals without trailing zeros, with thousands separated.
    static func trimmed(_ x: Double, decimals: Int) -> String {
        var text = fixed(x, decimals: decimals)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return grouped(text)
    }

    /// Commas between thousands from 10,000 on (a year stays whole).
    static func grouped(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first else { return text }
        let digits = whole.drop { !$0.isASCII }
        guard digits.count > 4, digits.allSatisfy(\.isNumber) else { return text }
        var out = ""
        for (i, character) in digits.enumerated() {
            if i > 0, (digits.count - i) % 3 == 0 { out.append(",") }
            out.append(character)
        }
        return ([String(whole.prefix { !$0.isASCII }) + out] + parts.dropFirst().map(String.init))
            .joined(separator: ".")
    }

    static func superscript(_ n: Int) -> String {
        let digits: [Character: String] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶",
            "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        return String(n).map { digits[$0] ?? "" }.joined()
    }
}
