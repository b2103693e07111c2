// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of a stream of random numbers: a seed, and a stream within it.
///
///     let root = StreamKey(seed: 1777)
///     let cell = root.child("needle")
///     let chains = (0..<4).map { RandomGenerator(cell.child($0)) }
///
/// Children are named, not counted: adding a child changes no other child.
/// Two different paths meet in the same stream with probability 2⁻⁶⁴.
public struct StreamKey: Hashable, Sendable {
    /// The user's seed: the first half of Philox's key.
    public var seed: UInt64
    /// The stream: the second half.
    public var stream: UInt64

    public init(seed: UInt64, stream: UInt64 = 0) {
        self.seed = seed
        self.stream = stream
    }

    /// The stream for a purpose with a name.
    ///
    /// The stream number is a promise, never to change: FNV-1a (64 bits) over
    /// the parent's stream as eight bytes (low byte first), the byte 0, and the
    /// label's UTF-8 bytes; then SplitMix64's finalizer.
    public func child(_ label: String) -> StreamKey {
        var hash = hashOfParent(kind: 0)
        for byte in label.utf8 { Self.absorb(byte, into: &hash) }
        return StreamKey(seed: seed, stream: Self.finalize(hash))
    }

    /// The stream for the item with a number, such as a chain.
    ///
    /// As for a label, with the byte 1 and the index as eight bytes (low first).
    public func child(_ index: Int) -> StreamKey {
        var hash = hashOfParent(kind: 1)
        Self.absorb(UInt64(bitPattern: Int64(index)), into: &hash)
        return StreamKey(seed: seed, stream: Self.finalize(hash))
    }

    private func hashOfParent(kind: UInt8) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        Self.absorb(stream, into: &hash)
        Self.absorb(kind, into: &hash)
        return hash
    }

    private static func absorb(_ byte: UInt8, into hash: inout UInt64) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    private static func absorb(_ word: UInt64, into hash: inout UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) {
            absorb(UInt8(truncatingIfNeeded: word >> UInt64(shift)), into: &hash)
        }
    }

    private static func finalize(_ hash: UInt64) -> UInt64 {
        var z = hash &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
