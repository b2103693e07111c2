// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Tables of the ziggurat method for the normal and exponential densities: 256
/// layers of equal area, 53-bit positions within a layer. Exact up to rounding:
/// layer, sign and position come from different bits of one 64-bit word.
///
/// Source: G. Marsaglia, W. W. Tsang, "The ziggurat method for generating
/// random variables", J. Stat. Software 5 (2000), no. 8; the independent bits
/// for layer and position answer the objection of J. A. Doornik (2005).
///
/// Layer i lies between the heights f(x[i]) and f(x[i+1]) and reaches out to
/// x[i]; x[1] is the beginning of the tail, x[0] the width of a rectangle with
/// the area of the base layer with its tail, x[256] = 0.
struct Ziggurat: Sendable {
    static let shared = Ziggurat()

    private let normalLayers: Layers
    private let exponentialLayers: Layers

    struct Layers: Sendable {
        var x: [Double]
        /// f(x[i]).
        var height: [Double]

        /// `start` is where the tail starts and `area` the area of each layer.
        init(
            start: Double, area: Double, density f: (Double) -> Double,
            inverse: (Double) -> Double
        ) {
            x = [area / f(start), start]
            while x.count < 256 {
                let last = x[x.count - 1]
                x.append(inverse(area / last + f(last)))
            }
            x.append(0)
            height = x.map(f)
        }
    }

    private init() {
        // The starts are the roots of "the 256th layer ends at height 1",
        // computed to 40 digits with mpmath (Tests/Reference/randomness/ziggurat.py).
        let r = 3.6541528853610088
        normalLayers = Layers(
            start: r,
            area: r * exp(-0.5 * r * r) + (Double.pi / 2).squareRoot() * erfc(r / 2.0.squareRoot()),
            density: { exp(-0.5 * $0 * $0) }, inverse: { (-2 * log($0)).squareRoot() })
        let s = 7.69711747013104972
        exponentialLayers = Layers(
            start: s, area: (s + 1) * exp(-s),
            density: { exp(-$0) }, inverse: { -log($0) })
    }

    @inline(__always)
    private static func uniform(_ bits: UInt64) -> Double {
        // In (0, 1): 52 bits and a half.
        (Double(bits >> 12) + 0.5) * 0x1p-52
    }

    @inline(__always)
    func normal(_ next: () -> UInt64) -> Double {
        while true {
            let bits = next()
            let layer = Int(bits & 0xFF)
            let position = Double(bits >> 11) * 0x1p-53
            let sign = bits & 0x100 == 0 ? 1.0 : -1.0
            let x = position * normalLayers.x[layer]
            if x < normalLayers.x[layer + 1] { return sign * x }
            if layer == 0 { return sign * Self.normalTail(beyond: normalLayers.x[1], next) }
            let low = normalLayers.height[layer]
            let y = low + Self.uniform(next()) * (normalLayers.height[layer + 1] - low)
            if y < exp(-0.5 * x * x) { return sign * x }
        }
    }

    /// Normal beyond r, by Marsaglia's method (1964).
    @inline(never)
    private static func normalTail(beyond r: Double, _ next: () -> UInt64) -> Double {
        while true {
            let x = -log(uniform(next())) / r
            let y = -log(uniform(next()))
            if y + y > x * x { return r + x }
        }
    }

    @inline(__always)
    func exponential(_ next: () -> UInt64) -> Double {
        var offset = 0.0
        while true {
            let bits = next()
            let layer = Int(bits & 0xFF)
            let position = (Double(bits >> 12) + 0.5) * 0x1p-52
            let x = position * exponentialLayers.x[layer]
            if x < exponentialLayers.x[layer + 1] { return offset + x }
            if layer == 0 {
                // Without memory: the tail is the density again.
                offset += exponentialLayers.x[1]
                continue
            }
            let low = exponentialLayers.height[layer]
            let y = low + Self.uniform(next()) * (exponentialLayers.height[layer + 1] - low)
            if y < exp(-x) { return offset + x }
        }
    }
}
