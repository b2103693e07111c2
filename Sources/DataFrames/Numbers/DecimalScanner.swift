// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads numbers from bytes, correctly rounded: the one place where JSON and
/// CSV turn digits into `Int` and `Double`.
///
/// Goals, in this order: the nearest binary64 always; no allocation for the
/// usual number. Up to 15 to 19 digits with a small power of ten are exact by
/// one multiplication or division (W. D. Clinger, "How to read floating point
/// numbers accurately", 1990), up to 19 digits with at most 27 of them after the
/// point by one division of integers; everything else goes to the standard
/// library.
package enum DecimalScanner {
    /// What a run of bytes is when read as a decimal number.
    package enum Reading: Equatable {
        case integer(Int)
        case number(Double)
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The number that fills `bytes` exactly, or nil.
    ///
    /// Grammar: sign, digits with at most one `decimal` mark (at least one
    /// digit in all), an optional exponent. An integer too large for `Int` is
    /// a `Double`; a number too large for `Double` is infinite.
    /// - Parameter decimal: The decimal mark, `.` or `,`.
    package static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, decimal: UInt8 = UInt8(ascii: ".")
    ) -> Reading? {
        let count = bytes.count
        var i = 0
        var negative = false
        if i < count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
            negative = bytes[i] == UInt8(ascii: "-")
            i += 1
        }
        var mantissa: UInt64 = 0
        var significant = 0
        var digits = 0
        var fractionDigits = 0
        var sawMark = false
        while i < count {
            let byte = bytes[i]
            if byte >= 48, byte <= 57 {
                digits += 1
                if significant > 0 || byte != 48 {
                    significant += 1
                    if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(byte - 48) }
                }
                if sawMark { fractionDigits += 1 }
            } else if byte == decimal, !sawMark {
                sawMark = true
            } else {
                break
            }
            i += 1
        }
        guard digits > 0 else { return nil }
        var exponent = 0
        var sawExponent = false
        if i < count, bytes[i] | 0x20 == UInt8(ascii: "e") {
            sawExponent = true
            i += 1
            var negativeExponent = false
            if i < count, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
                negativeExponent = bytes[i] == UInt8(ascii: "-")
                i += 1
            }
            let firstDigit = i
            while i < count, bytes[i] >= 48, bytes[i] <= 57 {
                if exponent < 100_000 { exponent = exponent * 10 + Int(bytes[i] - 48) }
                i += 1
            }
            guard i > firstDigit else { return nil }
            if negativeExponent { exponent = -exponent }
        }
        guard i == count else { return nil }

        if !sawMark, !sawExponent, significant <= 19 {
            if mantissa <= UInt64(Int.max) {
                return .integer(negative ? -Int(mantissa) : Int(mantissa))
            }
            if negative, mantissa == UInt64(Int.max) + 1 { return .integer(.min) }
        }
        let scale = exponent - fractionDigits
        if significant <= 19, mantissa <= 1 << 53, scale >= -22, scale <= 22 {
            let power = powersOfTen[abs(scale)]
            let magnitude = scale < 0 ? Double(mantissa) / power : Double(mantissa) * power
            return .number(negative ? -magnitude : magnitude)
        }
        if mantissa == 0 { return .number(negative ? -0.0 : 0) }
        if significant <= 19, scale < 0, scale >= -27 {
            let magnitude = quotient(mantissa, powerOfTen: -scale)
            return .number(negative ? -magnitude : magnitude)
        }
        var text = String(decoding: bytes, as: UTF8.self)
        if decimal != UInt8(ascii: ".") {
            text = String(text.map { $0 == Character(UnicodeScalar(decimal)) ? "." : $0 })
        }
        return Double(text).map { .number($0) }
    }

    /// mantissa / 10^k for k from 1 to 27, correctly rounded: 5^k fits into a
    /// word, so that one division of two words by one gives 62 bits or more of
    /// the quotient, and the remainder decides ties.
    private static func quotient(_ mantissa: UInt64, powerOfTen k: Int) -> Double {
        let divisor = powersOfFive[k]
        let (shift, divisorShift) = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let dividend = mantissa << UInt64(shift)
        let (bits, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth(
            (dividend >> 1, dividend << 63))
        let excess = 64 - bits.leadingZeroBitCount - 53
        var significand = bits >> UInt64(excess)
        let rest = bits & ((1 << UInt64(excess)) - 1)
        let half: UInt64 = 1 << UInt64(excess - 1)
        if rest > half || (rest == half && (remainder > 0 || significand & 1 == 1)) {
            significand += 1
        }
        let exponent = divisorShift - shift - 63 - k + excess
        return Double(significand) * Double(sign: .plus, exponent: exponent, significand: 1)
    }

    private static let powersOfFive: [UInt64] = {
        var powers: [UInt64] = [1]
        for _ in 0..<27 { powers.append(powers[powers.count - 1] * 5) }
        return powers
    }()
}
