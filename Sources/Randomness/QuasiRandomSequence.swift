// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

/// Points that fill the unit cube more evenly than random ones: for integrals,
/// whose error falls nearly as 1/n, and not as 1/√n.
///
///     let sobol = try QuasiRandomSequence(.sobol, dimension: 2)
///     try sobol.next()                        // [0.5, 0.5]
///
/// A plain sequence gives no estimate of its error. A scrambled one is as even
/// and random too: each of its points is uniform, and the spread among several
/// scramblings is the error, see `mean(of:…)`.
///
/// Sources: GSL for the sequences (Sobol and Niederreiter in base 2 by
/// Bratley and Fox, ACM TOMS 14 (1988) and ACM Trans. Modeling 2 (1992)); nested
/// scrambling by A. B. Owen (1995), its random bits from a hash.
public final class QuasiRandomSequence {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case sobol, niederreiter, halton, reverseHalton

        /// Their points have binary digits, which can be scrambled.
        var isBinary: Bool { self == .sobol || self == .niederreiter }

        var gslType: UnsafePointer<gsl_qrng_type>? {
            switch self {
            case .sobol: gsl_qrng_sobol
            case .niederreiter: gsl_qrng_niederreiter_2
            case .halton: gsl_qrng_halton
            case .reverseHalton: gsl_qrng_reversehalton
            }
        }

        /// The largest dimension of the cube.
        public var largestDimension: Int { Int(gslType?.pointee.max_dimension ?? 0) }
    }

    public let kind: Kind
    public let dimension: Int
    private let handle: UnsafeMutablePointer<gsl_qrng>
    /// For each coordinate a key of its scrambling, or its shift.
    private let keys: [UInt64]
    /// Scrambled binary sequences begin with the origin, which makes the first
    /// 2ᵐ points a net; GSL's Sobol sequence leaves it out.
    private var originIsDue: Bool

    /// The sequence as it is.
    ///
    /// Throws `ParameterError` for a dimension below 1 or too large.
    public convenience init(_ kind: Kind, dimension: Int) throws(ParameterError) {
        try self.init(kind, dimension, keys: [])
    }

    /// The sequence scrambled: binary digits by nested permutations, Halton's
    /// points by a shift modulo 1.
    public convenience init(
        _ kind: Kind, dimension: Int, scrambledBy generator: RandomGenerator
    ) throws(ParameterError) {
        try self.init(
            kind, dimension, keys: (0..<max(dimension, 0)).map { _ in generator.next() })
    }

    private init(_ kind: Kind, _ dimension: Int, keys: [UInt64]) throws(ParameterError) {
        GSL.ready
        guard dimension >= 1, dimension <= kind.largestDimension,
            let handle = gsl_qrng_alloc(kind.gslType, UInt32(dimension))
        else {
            throw ParameterError(
                "dimension", is: dimension, mustBe: "from 1 to \(kind.largestDimension)")
        }
        self.kind = kind
        self.dimension = dimension
        self.handle = handle
        self.keys = keys
        originIsDue = kind == .sobol && !keys.isEmpty
    }

    deinit { gsl_qrng_free(handle) }

    /// The next point.
    ///
    /// Throws `NumericalError` when the sequence has come to its end: Sobol's
    /// after 2³⁰ points.
    public func next() throws(NumericalError) -> [Double] {
        var point = [Double](repeating: 0, count: dimension)
        if originIsDue {
            originIsDue = false
        } else {
            try GSL.check(gsl_qrng_get(handle, &point), "QuasiRandomSequence.next")
        }
        for (i, key) in keys.enumerated() {
            if kind.isBinary {
                point[i] = Self.scrambled(point[i], key)
            } else {
                let x = point[i] + Double(key >> 11) * 0x1p-53
                point[i] = x < 1 ? x : x - 1
            }
        }
        return point
    }

    /// The next points, as rows.
    public func points(_ count: Int) throws(NumericalError) -> [[Double]] {
        var points: [[Double]] = []
        for _ in 0..<max(count, 0) { points.append(try next()) }
        return points
    }

    /// Each digit is flipped or not by a random bit that belongs to the digits
    /// before it; what is beyond 32 digits is random. In (0, 1).
    private static func scrambled(_ x: Double, _ key: UInt64) -> Double {
        let digits = UInt64(x * 0x1p32)
        var result: UInt64 = 0
        for level: UInt64 in 0..<32 {
            let before = 1 << level | digits >> (32 - level)
            let digit = digits >> (31 - level) & 1
            result = result << 1 | (digit ^ mixed(key, before) >> 63)
        }
        let rest = mixed(key, 1 << 32 | digits) >> 44
        return (Double(result << 20 | rest) + 0.5) * 0x1p-52
    }

    /// The number-th output of SplitMix64 with the seed `key`.
    private static func mixed(_ key: UInt64, _ number: UInt64) -> UInt64 {
        var z = key &+ number &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The mean of a function over the unit cube, with the standard error among
    /// independent scramblings.
    ///
    /// - Parameter points: in each scrambling; a power of 2 is best.
    public static func mean(
        of function: ([Double]) -> Double, dimension: Int, points: Int = 1024,
        scramblings: Int = 16, kind: Kind = .sobol, using generator: RandomGenerator
    ) throws -> Estimate {
        guard points > 0 else { throw ParameterError("points", is: points, mustBe: "positive") }
        guard scramblings > 1 else {
            throw ParameterError("scramblings", is: scramblings, mustBe: "2 at least")
        }
        var means: [Double] = []
        for _ in 0..<scramblings {
            let sequence = try QuasiRandomSequence(
                kind, dimension: dimension, scrambledBy: generator)
            var sum = 0.0
            for _ in 0..<points { sum += function(try sequence.next()) }
            means.append(sum / Double(points))
        }
        return Estimate(mean: means)
    }
}
