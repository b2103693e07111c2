// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Philox4x64-10, a counter-based generator: ten rounds of a keyed bijection
/// turn a 256-bit counter into 256 random bits.
///
/// Every key (seed, stream) gives its own sequence, and none of them has to be
/// computed to start another; that is why chains, cells and threads can have
/// streams of their own. Same numbers as `numpy.random.Philox(key=[seed,
/// stream])`, whose counter is incremented before the first block.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011.
struct Philox {
    var counter: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var key: (UInt64, UInt64)
    /// The block in use, and how many of its words are spent (4: all).
    var block: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var spent = 4

    init(seed: UInt64, stream: UInt64) {
        key = (seed, stream)
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        switch spent {
        case 1:
            spent = 2
            return block.1
        case 2:
            spent = 3
            return block.2
        case 3:
            spent = 4
            return block.3
        default:
            refill()
            spent = 1
            return block.0
        }
    }

    @inline(never)
    private mutating func refill() {
        counter.0 &+= 1
        if counter.0 == 0 {
            counter.1 &+= 1
            if counter.1 == 0 {
                counter.2 &+= 1
                if counter.2 == 0 { counter.3 &+= 1 }
            }
        }
        var (a, b, c, d) = counter
        var (k0, k1) = key
        for round in 0..<10 {
            if round > 0 {
                k0 &+= 0x9E37_79B9_7F4A_7C15
                k1 &+= 0xBB67_AE85_84CA_A73B
            }
            let p = (0xD2E7_470E_E14C_6C93 as UInt64).multipliedFullWidth(by: a)
            let q = (0xCA5A_8263_9512_1157 as UInt64).multipliedFullWidth(by: c)
            (a, b, c, d) = (q.high ^ b ^ k0, q.low, p.high ^ d ^ k1, p.low)
        }
        block = (a, b, c, d)
    }

    /// Uniform on (0, 1): a multiple of 2⁻⁵³, never 0.
    @inline(__always)
    mutating func uniform() -> Double {
        while true {
            let bits = next() >> 11
            if bits != 0 { return Double(bits) * 0x1p-53 }
        }
    }

    /// The generator as GSL knows it. GSL may ask for it from any thread; it is
    /// never changed after it was made.
    nonisolated(unsafe) static let gslType: UnsafePointer<gsl_rng_type> = {
        let name: StaticString = "philox4x64"
        let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
        type.initialize(to: gsl_rng_type())
        type.pointee.name = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        type.pointee.max = UInt.max
        type.pointee.min = 0
        type.pointee.size = MemoryLayout<Philox>.size
        type.pointee.set = { state, seed in
            state?.assumingMemoryBound(to: Philox.self).pointee = Philox(
                seed: UInt64(seed), stream: 0)
        }
        type.pointee.get = { state in
            guard let state else { return 0 }
            return UInt(state.assumingMemoryBound(to: Philox.self).pointee.next())
        }
        type.pointee.get_double = { state in
            guard let state else { return 0 }
            return state.assumingMemoryBound(to: Philox.self).pointee.uniform()
        }
        return UnsafePointer(type)
    }()
}
