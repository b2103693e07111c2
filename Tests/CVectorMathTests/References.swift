// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A table of `Tests/Reference/vectormath`: its rows without the heading, as fields.
func referenceRows(_ name: String) throws -> [[Substring]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Reference/vectormath/\(name)")
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
    }
}

struct MalformedReference: Error {}

func double(_ field: Substring) throws -> Double {
    guard let value = Double(field) else { throw MalformedReference() }
    return value
}

/// The error of `got` in units in the last place of the exact value `high + low`, which is taken
/// to be at least `floor` in magnitude.
func unitsInLastPlace(_ got: Double, _ high: Double, _ low: Double = 0, floor: Double = 0)
    -> Double
{
    if got == high && low == 0 || got.isNaN && high.isNaN { return 0 }
    guard got.isFinite && high.isFinite else { return got == high ? 0 : .infinity }
    let size = max(abs(high), floor)
    return abs((got - high) - low) / max(size.ulp, Double.leastNonzeroMagnitude)
}

/// SplitMix64, for inputs that are the same in each run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Numbers of every kind: special values, any bit pattern, and the ranges functions live on.
    mutating func anything() -> Double {
        let special: [Double] = [
            0, -0.0, 1, -1, .infinity, -.infinity, .nan, 0x1p-1074, -0x1p-1074, 1e308, -1e308,
            0x1p-1022,
            0.5, -0.5, 2, -2, 3, 5, 6, 10, 709.8, -745.2, 1e-10, 1e22, -1e300,
        ]
        switch Int.random(in: 0..<8, using: &self) {
        case 0: return special[Int.random(in: 0..<special.count, using: &self)]
        case 1: return Double(bitPattern: next())
        case 2: return Double.random(in: 0..<1, using: &self)
        case 3: return Double.random(in: -2..<2, using: &self)
        case 4: return Double.random(in: 0..<20, using: &self)
        case 5: return Double.random(in: -750..<750, using: &self)
        case 6: return Double(Int.random(in: 0..<10, using: &self))
        default: return exp(Double.random(in: -30..<30, using: &self))
        }
    }
    mutating func anything(_ count: Int) -> [Double] { (0..<count).map { _ in anything() } }
}

/// Equal bits; any NaN equals any NaN.
func same(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count
        && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
}
func same(_ a: Double, _ b: Double) -> Bool { same([a], [b]) }
