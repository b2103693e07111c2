// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import DataFrames

@Suite struct DecimalScannerTests {
    private func scan(_ text: String) -> Double? {
        var text = text
        switch text.withUTF8({ DecimalScanner.scan($0) }) {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        case nil: return nil
        }
    }

    /// The bits of a known sequence (Knuth's MMIX generator).
    private struct Bits: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 32) | (state << 32)
        }
    }

    // The C library's strtod rounds correctly, by other means.
    @Test func roundsAsTheStandardLibraryDoes() {
        var bits = Bits(state: 9)
        for _ in 0..<200_000 {
            let digits =
                UInt64.random(in: 0...UInt64.max, using: &bits)
                >> UInt64.random(in: 0..<64, using: &bits)
            let text = String(digits)
            let place = Int.random(in: 0...text.count, using: &bits)
            let exponent = Int.random(in: -40...40, using: &bits)
            let mark = text.prefix(place) + "." + text.dropFirst(place)
            for written in [String(mark), "-\(mark)e\(exponent)", "\(text)e\(exponent)"] {
                #expect(scan(written) == Double(written), "\(written)")
            }
        }
    }

    // Numbers half way between two doubles, and their neighbours: ties to even.
    @Test func tiesGoToEven() {
        var bits = Bits(state: 4)
        for _ in 0..<20_000 {
            // A 54-bit odd integer over a power of two is a tie, and has a
            // finite decimal expansion; 2^-k = 5^k / 10^k.
            let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &bits) | 1
            let k = Int.random(in: 1...3, using: &bits)
            let scaled = odd.multipliedFullWidth(by: [1, 5, 25, 125][k])
            guard scaled.high == 0 else { continue }
            for digits in [scaled.low - 1, scaled.low, scaled.low + 1] {
                let written = "\(digits)e-\(k)"
                #expect(scan(written) == Double(written), "\(written)")
            }
        }
    }

    @Test(arguments: ["", "-", ".", "+.", "e5", "1e", "1e+", "1.2.3", "1 ", "0x10", "1_000", "١"])
    func refuses(text: String) { #expect(scan(text) == nil) }

    @Test(arguments: [
        ("-0", -0.0), ("-0.0", -0.0), ("5.", 5), (".5", 0.5), ("+5", 5), ("1e400", Double.infinity),
        ("1e-400", 0), ("1e99999999999999999999", .infinity), ("0e99999999999999999999", 0),
        ("9007199254740993", 9_007_199_254_740_992), ("18446744073709551616", 0x1p64),
    ])
    func reads(text: String, value: Double) {
        #expect(scan(text) == value)
    }
}
