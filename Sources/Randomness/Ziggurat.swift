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
///
/// The tables are made once and never freed or changed.
struct Ziggurat: @unchecked Sendable {
    static let shared = Ziggurat()

    private let normalLayers: UnsafePointer<Layer>
    private let exponentialLayers: UnsafePointer<Layer>

    struct Layer {
        /// x[i], and 2⁻⁵³ of it: the width for a position of 53 bits.
        var x: Double
        var width: Double
        /// x[i+1]: what is nearer lies under the curve.
        var inner: Double
        /// f(x[i]), and f(x[i+1]) − f(x[i]).
        var height: Double
        var rise: Double
    }

    /// `start` is where the tail starts and `area` the area of each layer.
    private static func layers(
        start: Double, area: Double, density f: (Double) -> Double,
        inverse: (Double) -> Double
    ) -> UnsafePointer<Layer> {
        var x = [area / f(start), start]
        while x.count < 256 {
            let last = x[x.count - 1]
            x.append(inverse(area / last + f(last)))
        }
        x.append(0)
        let layers = UnsafeMutablePointer<Layer>.allocate(capacity: 256)
        for (i, (outer, inner)) in zip(x, x.dropFirst()).enumerated() {
            let layer = Layer(
                x: outer, width: outer * 0x1p-53, inner: inner, height: f(outer),
                rise: f(inner) - f(outer))
            (layers + i).initialize(to: layer)
        }
        return UnsafePointer(layers)
    }

    private init() {
        // The starts are the roots of "the 256th layer ends at height 1",
        // computed to 40 digits with mpmath (Tests/Reference/randomness/ziggurat.py).
        let r = 3.6541528853610088
        normalLayers = Self.layers(
            start: r,
            area: r * exp(-0.5 * r * r) + (Double.pi / 2).squareRoot() * erfc(r / 2.0.squareRoot()),
            density: { exp(-0.5 * $0 * $0) }, inverse: { (-2 * log($0)).squareRoot() })
        let s = 7.69711747013104972
        exponentialLayers = Self.layers(
            start: s, area: (s + 1) * exp(-s),
            density: { exp(-$0) }, inverse: { -log($0) })
    }

    @inline(__always)
    private static func uniform(_ bits: UInt64) -> Double {
        // In (0, 1): 52 bits and a half.
        odd(bits) * 0x1p-53
    }

    /// The odd number of 53 bits with these upper 52.
    @inline(__always)
    private static func odd(_ bits: UInt64) -> Double {
        Double(Int64(bitPattern: bits >> 11 | 1))
    }

    @inline(__always)
    func normal(_ source: inout some WordSource) -> Double {
        let bits = source.next()
        let layer = normalLayers + Int(bits & 0xFF)
        let magnitude = Double(Int64(bitPattern: bits >> 11)) * layer.pointee.width
        if magnitude < layer.pointee.inner { return Self.signed(magnitude, bits) }
        return source.normalBeyond(bits)
    }

    @inline(__always)
    private static func signed(_ magnitude: Double, _ bits: UInt64) -> Double {
        Double(bitPattern: magnitude.bitPattern | (bits & 0x100) << 55)
    }

    /// The draw that these bits begin when they fall outside the part of a
    /// layer that lies wholly under the curve.
    @inline(__always)
    func normalBeyond(_ first: UInt64, _ source: inout some WordSource) -> Double {
        var bits = first
        while true {
            let layer = normalLayers[Int(bits & 0xFF)]
            let x = Double(Int64(bitPattern: bits >> 11)) * layer.width
            if x < layer.inner { return Self.signed(x, bits) }
            if bits & 0xFF == 0 {
                return Self.signed(Self.normalTail(beyond: normalLayers[1].x, &source), bits)
            }
            let y = layer.height + Self.uniform(source.next()) * layer.rise
            if y < exp(-0.5 * x * x) { return Self.signed(x, bits) }
            bits = source.next()
        }
    }

    /// Normal beyond r, by Marsaglia's method (1964).
    @inline(__always)
    private static func normalTail(beyond r: Double, _ source: inout some WordSource) -> Double {
        while true {
            let x = -log(uniform(source.next())) / r
            let y = -log(uniform(source.next()))
            if y + y > x * x { return r + x }
        }
    }

    @inline(__always)
    func exponential(_ source: inout some WordSource) -> Double {
        let bits = source.next()
        let layer = exponentialLayers + Int(bits & 0xFF)
        let x = Self.odd(bits) * layer.pointee.width
        if x < layer.pointee.inner { return x }
        return source.exponentialBeyond(bits)
    }

    /// As `normalBeyond`.
    @inline(__always)
    func exponentialBeyond(_ first: UInt64, _ source: inout some WordSource) -> Double {
        var bits = first
        var offset = 0.0
        while true {
            let layer = exponentialLayers[Int(bits & 0xFF)]
            let x = Self.odd(bits) * layer.width
            if x < layer.inner { return offset + x }
            if bits & 0xFF == 0 {
                // Without memory: the tail is the density again.
                offset += exponentialLayers[1].x
            } else {
                let y = layer.height + Self.uniform(source.next()) * layer.rise
                if y < exp(-x) { return offset + x }
            }
            bits = source.next()
        }
    }
}
