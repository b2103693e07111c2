// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How numbers are written for people and for files.
package enum NumberText {
    /// The fewest digits that read back as the same number; 3, not 3.0.
    package static func shortest(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// At most so many significant digits: 0.001235, 123457, 1.235e-07.
    package static func significant(_ value: Double, _ digits: Int = 6) -> String {
        guard value.isFinite else { return shortest(value) }
        return printed("%.*g", Int32(clamping: digits), value)
    }

    /// So many digits after the point.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return shortest(value) }
        return printed("%.*f", Int32(clamping: decimals), value)
    }

    /// "3.1391 ± 0.0075": the error to two significant digits, the value to
    /// the same place.
    package static func value(_ value: Double, standardError: Double) -> String {
        guard value.isFinite, standardError.isFinite, standardError > 0 else {
            let error = standardError == 0 ? "0" : significant(standardError, 2)
            return "\(significant(value)) ± \(error)"
        }
        var place = 1 - Int(floor(log10(standardError)))
        // 0.0996 to two digits is 0.10: one place less.
        if standardError * pow(10, Double(place)) >= 99.5 { place -= 1 }
        if place > 12 || place < -5 || abs(value) >= 1e15 {
            return "\(significant(value, 8)) ± \(significant(standardError, 2))"
        }
        if place < 0 {
            let unit = pow(10, Double(-place))
            let (a, b) = ((value / unit).rounded() * unit, (standardError / unit).rounded() * unit)
            return "\(fixed(a, 0)) ± \(fixed(b, 0))"
        }
        return "\(fixed(value, place)) ± \(fixed(standardError, place))"
    }

    private static func printed(_ format: String, _ digits: Int32, _ value: Double) -> String {
        withVaList([digits, value]) { arguments in
            var buffer = [CChar](repeating: 0, count: 400)
            let length = Int(vsnprintf(&buffer, buffer.count, format, arguments))
            return String(
                decoding: buffer.prefix(max(0, min(length, 399))).map { UInt8(bitPattern: $0) },
                as: UTF8.self)
        }
    }
}
