// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import CVectorMath

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
///
/// This is the head of the state; `capacity` words, computed ahead by the
/// kernel of `CVectorMath`, stand behind it. So the sequence is the same
/// whether words are taken one by one or by the thousand.
struct Philox {
    /// The counter of the last block that was computed.
    var counter: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var key: (UInt64, UInt64)
    /// The words from `spent` to `filled` have been computed and not been used.
    var spent = 0
    var filled = 0

    /// Two whole calls of the widest kernel, which makes 20 blocks at once.
    static let capacity = 160
    static let size = MemoryLayout<Philox>.size + capacity * MemoryLayout<UInt64>.stride

    init(seed: UInt64, stream: UInt64) {
        key = (seed, stream)
    }
}

/// A state of `Philox.size` bytes.
struct PhiloxState {
    let head: UnsafeMutablePointer<Philox>

    /// The words behind the head. Computed anew each time: GSL copies states.
    @inline(__always)
    var words: UnsafeMutablePointer<UInt64> {
        UnsafeMutableRawPointer(head + 1).assumingMemoryBound(to: UInt64.self)
    }

    @inline(__always)
    func next() -> UInt64 {
        if head.pointee.spent == head.pointee.filled { refill() }
        let word = words[head.pointee.spent]
        head.pointee.spent += 1
        return word
    }

    /// Computes the next words. A new stream begins with half of them: many
    /// give only a few draws.
    @inline(never)
    func refill() {
        let isNew = head.pointee.filled == 0
        compute(isNew ? Philox.capacity / 2 : Philox.capacity)
    }

    private func compute(_ count: Int) {
        withUnsafeBytes(of: head.pointee.key) { key in
            withUnsafeMutableBytes(of: &head.pointee.counter) { counter in
                guard let key = key.baseAddress?.assumingMemoryBound(to: UInt64.self),
                    let counter = counter.baseAddress?.assumingMemoryBound(to: UInt64.self)
                else { return }
                Self.kernels.pointee.philox(key, counter, count / 4, words)
            }
        }
        head.pointee.spent = 0
        head.pointee.filled = count
    }

    nonisolated(unsafe) static let kernels: UnsafePointer<vm_table> = vm_kernels()

    /// Goes on as if `count` words had been drawn, in constant time.
    func skip(_ count: UInt64) {
        let left = UInt64(head.pointee.filled - head.pointee.spent)
        if count <= left {
            head.pointee.spent += Int(count)
            return
        }
        let rest = count - left
        var carry = rest / 4
        func add(_ word: inout UInt64) {
            let (sum, overflow) = word.addingReportingOverflow(carry)
            word = sum
            carry = overflow ? 1 : 0
        }
        add(&head.pointee.counter.0)
        add(&head.pointee.counter.1)
        add(&head.pointee.counter.2)
        add(&head.pointee.counter.3)
        compute(Philox.capacity / 2)
        head.pointee.spent = Int(rest % 4)
    }
}

extension Philox {
    /// The generator as GSL knows it. GSL may ask for it from any thread; it is
    /// never changed after it was made.
    nonisolated(unsafe) static let gslType: UnsafePointer<gsl_rng_type> = {
        let name: StaticString = "philox4x64"
        let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
        type.initialize(to: gsl_rng_type())
        type.pointee.name = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        type.pointee.max = UInt.max
        type.pointee.min = 0
        type.pointee.size = Philox.size
        type.pointee.set = { state, seed in
            state?.assumingMemoryBound(to: Philox.self).pointee = Philox(
                seed: UInt64(seed), stream: 0)
        }
        type.pointee.get = { state in
            guard let state else { return 0 }
            return UInt(PhiloxState(head: state.assumingMemoryBound(to: Philox.self)).next())
        }
        type.pointee.get_double = { state in
            guard let state else { return 0 }
            var source = PhiloxState(head: state.assumingMemoryBound(to: Philox.self))
            return source.uniform()
        }
        return UnsafePointer(type)
    }()
}
