// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Estimate: CustomStringConvertible {
    /// "3.1391 ± 0.0075": the standard error to two significant digits, the
    /// value to the same decimal place.
    ///
    /// An exact value is printed in full with "± 0"; one with an unknown or
    /// infinite error to six significant digits. Numbers below 10⁻⁴ or from
    /// 10⁷ on are written with exponents, still to the same place:
    /// "1.23457e+09 ± 1.2e+05".
    public var description: String {
        guard value.isFinite, standardError.isFinite, standardError > 0 else {
            let shown = standardError == 0 ? "\(value)" : Self.format("%.6g", value)
            return standardError == 0 ? "\(shown) ± 0" : "\(shown) ± \(standardError)"
        }
        // The exponent after rounding to two digits: 0.0996 rounds to 0.10.
        let error = Self.format("%.1e", standardError)
        let place = Self.exponent(error) - 1
        let largest = max(abs(value), standardError)
        if standardError < abs(value) * 1e-16 { return "\(value) ± \(error)" }
        if largest >= 1e-4, largest < 1e7 {
            if place < 0 {
                let digits = Int32(-place)
                return Self.format("%.*f", digits, value) + " ± "
                    + Self.format("%.*f", digits, standardError)
            }
            return Self.format("%.0f", Self.rounded(value, to: place)) + " ± "
                + Self.format("%.0f", Self.rounded(standardError, to: place))
        }
        // Significant digits of the value down to that place; a value below
        // the place altogether is shown as 0. Its own exponent may grow by
        // rounding, which would show a digit too few: hence two passes.
        var shown = Self.format("%.0e", value)
        for _ in 0..<2 {
            let digits = Self.exponent(shown) - place
            if digits < 0 {
                shown = "0"
                break
            }
            shown = Self.format("%.*e", Int32(min(digits, 16)), value)
        }
        return shown + " ± " + error
    }

    /// Rounds to a multiple of 10^place, place ≥ 0.
    private static func rounded(_ x: Double, to place: Int) -> Double {
        let unit = pow(10, Double(place))
        return (x / unit).rounded() * unit
    }

    private static func exponent(_ scientific: String) -> Int {
        guard let mark = scientific.firstIndex(of: "e") else { return 0 }
        return Int(scientific[scientific.index(after: mark)...]) ?? 0
    }

    private static func format(_ format: String, _ arguments: any CVarArg...) -> String {
        withVaList(arguments) { list in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
                guard let base = buffer.baseAddress else { return "" }
                vsnprintf(base, buffer.count, format, list)
                return String(cString: base)
            }
        }
    }
}
