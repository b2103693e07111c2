// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

/// A source of random numbers: Philox keyed by (seed, stream), or any of GSL's
/// generators by name.
///
///     let generator = RandomGenerator(seed: 1777)
///     let x = generator.normal()
///     let order = (0..<10).shuffled(using: &generator)   // with `var generator`
///
/// A generator is a mutable object for one thread; give each chain or task one
/// of its own, made from a `StreamKey`. The same key gives the same numbers on
/// every machine, whatever the number of threads.
public final class RandomGenerator: RandomNumberGenerator {
    /// The generator as GSL's samplers take it. They and the methods here
    /// advance the same state.
    package let handle: UnsafeMutablePointer<gsl_rng>
    /// The state when the generator is Philox: the fast path.
    let philox: PhiloxState?

    /// Philox4x64-10 with the key (seed, stream): the numbers of
    /// `numpy.random.Philox(key=[seed, stream])`.
    public init(seed: UInt64, stream: UInt64 = 0) {
        GSL.ready
        handle = Self.allocate(Philox.gslType)
        let state = handle.pointee.state.assumingMemoryBound(to: Philox.self)
        state.initialize(to: Philox(seed: seed, stream: stream))
        philox = PhiloxState(head: state)
    }

    /// Philox on a named stream.
    public convenience init(_ key: StreamKey) {
        self.init(seed: key.seed, stream: key.stream)
    }

    /// A generator of GSL by its name, such as "mt19937" or "ranlxd2".
    ///
    /// Throws `ParameterError` when there is no generator of that name.
    public init(named name: String, seed: UInt64) throws(ParameterError) {
        GSL.ready
        guard let type = Self.types[name] else {
            let hint = suggestion(for: name, among: Self.names).map { " (did you mean \($0)?)" }
            throw ParameterError(
                "generator", is: name,
                mustBe: "one of RandomGenerator.names" + (hint ?? ""))
        }
        handle = Self.allocate(type)
        gsl_rng_set(handle, UInt(truncatingIfNeeded: seed))
        philox =
            type == Philox.gslType
            ? PhiloxState(head: handle.pointee.state.assumingMemoryBound(to: Philox.self)) : nil
    }

    deinit { gsl_rng_free(handle) }

    /// The names of all generators, sorted: GSL's and "philox4x64".
    public static var names: [String] { types.keys.sorted() }

    /// The name of this generator.
    public var name: String { String(cString: handle.pointee.type.pointee.name) }

    private nonisolated(unsafe) static let types: [String: UnsafePointer<gsl_rng_type>] = {
        var found = [String(cString: Philox.gslType.pointee.name): Philox.gslType]
        guard var entry = gsl_rng_types_setup() else { return found }
        while let type = entry.pointee {
            found[String(cString: type.pointee.name)] = type
            entry += 1
        }
        return found
    }()

    private static func allocate(_ type: UnsafePointer<gsl_rng_type>)
        -> UnsafeMutablePointer<gsl_rng>
    {
        guard let generator = gsl_rng_alloc(type) else {
            preconditionFailure("no memory for a random generator")
        }
        return generator
    }

    /// 64 random bits.
    public func next() -> UInt64 {
        if let philox { return philox.next() }
        return bitsFromNamed()
    }

    /// Uniform on the open interval (0, 1), with 53 bits.
    public func uniform() -> Double {
        if var source = philox { return source.uniform() }
        var source = NamedSource(generator: self)
        return source.uniform()
    }

    /// A whole number from 0 to n − 1, each with the same probability.
    ///
    /// Source: D. Lemire, "Fast random integer generation in an interval",
    /// ACM TOMACS 29 (2019). `n` has to be positive.
    public func uniform(below n: Int) -> Int {
        precondition(n > 0, "uniform(below:) needs a positive number")
        let bound = UInt64(n)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// Standard normal, by the ziggurat of `Ziggurat.swift`.
    public func normal() -> Double {
        draw(NormalSampler())
    }

    /// Exponential with rate 1.
    public func exponential() -> Double {
        draw(ExponentialSampler())
    }

    /// Goes on as if `count` words had been drawn: a call of `next()` takes one,
    /// and so does `uniform()` (but for one chance in 2⁵³).
    ///
    /// In constant time for Philox, whose streams are 2²⁵⁸ words long; the
    /// named generators of GSL have to draw them.
    public func skip(_ count: UInt64) {
        if let philox { return philox.skip(count) }
        for _ in 0..<count { _ = bitsFromNamed() }
    }

    /// 64 bits of a generator whose range may be anything: whole words where
    /// it gives them, else byte by byte with GSL's rejection.
    func bitsFromNamed() -> UInt64 {
        let low = gsl_rng_min(handle)
        switch gsl_rng_max(handle) - low {
        case UInt.max: return UInt64(gsl_rng_get(handle))
        case 0xFFFF_FFFF:
            let high = UInt64(gsl_rng_get(handle) - low)
            return high << 32 | UInt64(gsl_rng_get(handle) - low)
        default:
            var bits: UInt64 = 0
            for _ in 0..<8 { bits = bits << 8 | UInt64(gsl_rng_uniform_int(handle, 256)) }
            return bits
        }
    }
}
