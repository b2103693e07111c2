// SPDX-License-Identifier: GPL-3.0-or-later

/// Node numbers by hash, for common subexpressions: open addressing.
struct NodeTable {
    private var slots = [NodeSlot](repeating: NodeSlot(), count: 64)
    private var count = 0

    /// The first node with this hash for which the predicate holds.
    @inline(__always)
    func first(_ hash: Int, where isEqual: (Int32) -> Bool) -> Int32? {
        let short = UInt32(truncatingIfNeeded: hash)
        let mask = slots.count - 1
        var at = Int(short) & mask
        while slots[at].id >= 0 {
            if slots[at].hash == short, isEqual(slots[at].id) { return slots[at].id }
            at = (at + 1) & mask
        }
        return nil
    }

    mutating func insert(_ id: Int32, _ hash: Int) {
        if count * 4 >= slots.count * 3 { grow() }
        place(NodeSlot(hash: UInt32(truncatingIfNeeded: hash), id: id))
        count += 1
    }

    private mutating func place(_ slot: NodeSlot) {
        let mask = slots.count - 1
        var at = Int(slot.hash) & mask
        while slots[at].id >= 0 { at = (at + 1) & mask }
        slots[at] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = [NodeSlot](repeating: NodeSlot(), count: old.count * 2)
        for slot in old where slot.id >= 0 { place(slot) }
    }
}

/// The last node for each value of some bits of the hash.
struct RecentNodes {
    private static let count = 1 << 13
    private var slots: [NodeSlot] = []

    subscript(hash: Int) -> Int32? {
        get {
            if slots.isEmpty { return nil }
            let slot = slots[hash & (Self.count - 1)]
            return slot.id >= 0 && slot.hash == UInt32(truncatingIfNeeded: hash) ? slot.id : nil
        }
        set {
            if slots.isEmpty { slots = [NodeSlot](repeating: NodeSlot(), count: Self.count) }
            slots[hash & (Self.count - 1)] = NodeSlot(
                hash: UInt32(truncatingIfNeeded: hash), id: newValue ?? -1)
        }
    }
}

/// A node's number with 32 bits of its hash, so that most searches for a node
/// that is not there read no node.
private struct NodeSlot {
    var hash: UInt32 = 0
    /// −1 when free.
    var id: Int32 = -1
}
