// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the samplers get their words from. Each sampler is written once and
/// compiled for single draws, for a loop with its position in a register, and
/// for the named generators.
protocol WordSource {
    mutating func next() -> UInt64
    /// What happens once in a hundred draws by the ziggurats, out of line; see
    /// `Ziggurat`.
    mutating func normalBeyond(_ bits: UInt64) -> Double
    mutating func exponentialBeyond(_ bits: UInt64) -> Double
}

/// How a value is made of words.
protocol WordSampler<Value> {
    associatedtype Value
    func draw(_ source: inout some WordSource) -> Value
}

extension WordSource {
    /// Uniform on (0, 1): a multiple of 2⁻⁵³, never 0.
    @inline(__always)
    mutating func uniform() -> Double {
        while true {
            let bits = next() >> 11
            if bits != 0 { return Double(Int64(bitPattern: bits)) * 0x1p-53 }
        }
    }
}

extension PhiloxState: WordSource {
    @inline(never)
    func normalBeyond(_ bits: UInt64) -> Double {
        var source = self
        return Ziggurat.shared.normalBeyond(bits, &source)
    }

    @inline(never)
    func exponentialBeyond(_ bits: UInt64) -> Double {
        var source = self
        return Ziggurat.shared.exponentialBeyond(bits, &source)
    }
}

/// The words of a state one after another, for a loop that takes many of them.
/// `close()` puts the position back. Nothing may take the address of a cursor:
/// it would leave its registers.
struct PhiloxCursor: WordSource {
    private let state: PhiloxState
    private var word: UnsafeMutablePointer<UInt64>
    private var end: UnsafeMutablePointer<UInt64>

    @inline(__always)
    init(_ state: PhiloxState) {
        self.state = state
        word = state.words + state.head.pointee.spent
        end = state.words + state.head.pointee.filled
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        if word == end {
            state.refill()
            self = PhiloxCursor(state)
        }
        let bits = word.pointee
        word += 1
        return bits
    }

    @inline(__always)
    mutating func normalBeyond(_ bits: UInt64) -> Double {
        close()
        let x = state.normalBeyond(bits)
        self = PhiloxCursor(state)
        return x
    }

    @inline(__always)
    mutating func exponentialBeyond(_ bits: UInt64) -> Double {
        close()
        let x = state.exponentialBeyond(bits)
        self = PhiloxCursor(state)
        return x
    }

    @inline(__always)
    func close() { state.head.pointee.spent = word - state.words }
}

/// A generator of GSL.
struct NamedSource: WordSource {
    let generator: RandomGenerator

    func next() -> UInt64 { generator.bitsFromNamed() }

    func normalBeyond(_ bits: UInt64) -> Double {
        var source = self
        return Ziggurat.shared.normalBeyond(bits, &source)
    }

    func exponentialBeyond(_ bits: UInt64) -> Double {
        var source = self
        return Ziggurat.shared.exponentialBeyond(bits, &source)
    }
}

extension RandomGenerator {
    @inline(__always)
    func draw<Sampler: WordSampler>(_ sampler: Sampler) -> Sampler.Value {
        if var source = philox { return sampler.draw(&source) }
        var source = NamedSource(generator: self)
        return sampler.draw(&source)
    }

    /// Fills a buffer with the values of as many single draws.
    @inline(__always)
    func fill<Sampler: WordSampler>(
        _ buffer: UnsafeMutableBufferPointer<Sampler.Value>, _ sampler: Sampler
    ) {
        guard let out = buffer.baseAddress else { return }
        if let philox {
            var source = PhiloxCursor(philox)
            for i in 0..<buffer.count { (out + i).initialize(to: sampler.draw(&source)) }
            source.close()
        } else {
            var source = NamedSource(generator: self)
            for i in 0..<buffer.count { (out + i).initialize(to: sampler.draw(&source)) }
        }
    }
}

struct WordItself: WordSampler {
    @inline(__always)
    func draw(_ source: inout some WordSource) -> UInt64 { source.next() }
}

struct NormalSampler: WordSampler {
    let ziggurat = Ziggurat.shared

    @inline(__always)
    func draw(_ source: inout some WordSource) -> Double { ziggurat.normal(&source) }
}

struct ExponentialSampler: WordSampler {
    let ziggurat = Ziggurat.shared

    @inline(__always)
    func draw(_ source: inout some WordSource) -> Double { ziggurat.exponential(&source) }
}
