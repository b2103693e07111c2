// SPDX-License-Identifier: GPL-3.0-or-later

/// Node numbers by hash, for common subexpressions: open addressing, with 32 bits
/// of the hash beside each number, so that a search for a node that is not there
/// reads no node, and growing needs none.
struct NodeTable {
    private struct Slot {
        var hash: UInt32
        /// −1 when free.
        var id: Int32
    }

    private var slots = [Slot](repeating: Slot(hash: 0, id: -1), count: 64)
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
        place(Slot(hash: UInt32(truncatingIfNeeded: hash), id: id))
        count += 1
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var at = Int(slot.hash) & mask
        while slots[at].id >= 0 { at = (at + 1) & mask }
        slots[at] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, id: -1), count: old.count * 2)
        for slot in old where slot.id >= 0 { place(slot) }
    }
}
