// SPDX-License-Identifier: GPL-3.0-or-later

extension Batching {
    /// Separates the members of a batch that different batches read.
    ///
    /// In a loop over observations of several kinds (failed and censored, zero and
    /// positive) the same is computed first for all, and each kind goes on with its
    /// part. A batch for each kind stands in one run for its readers, up to its
    /// density, where a common one would be gathered by each of them.
    ///
    /// Works on batches by signature: there all operands of a unit have lower numbers.
    mutating func splitByReaders() {
        guard hasPartialReaders else { return }
        // The unit that reads a node, and pairs of units that read the same member
        // of a unit.
        var reader = [Int32](repeating: -1, count: graph.count)
        var together: [Int32: [(Int32, Int32)]] = [:]
        func find(_ id: Int32, readBy unit: Int32) {
            let known = reader[Int(id)]
            if known < 0 {
                reader[Int(id)] = unit
            } else if known != unit {
                let owner = self.unit[Int(id)]
                guard units[Int(owner)].members.count >= 2 * Self.fewestInPart else { return }
                if let last = together[owner]?.last, last == (known, unit) { return }
                together[owner, default: []].append((known, unit))
            }
        }
        for index in units.indices.reversed() {
            var parts = [Int32(index)]
            if units[index].members.count >= 2 * Self.fewestInPart {
                parts += split(Int32(index), reader, together[Int32(index)] ?? [])
            }
            for part in parts {
                for member in units[Int(part)].members {
                    graph.forEachOperand(of: member) {
                        let id = lowering.resolve($0)
                        if id >= 0, unit[Int(id)] >= 0 { find(id, readBy: part) }
                    }
                }
            }
        }
    }

    /// The fewest members that are worth a batch of their own.
    private static let fewestInPart = 64
    private static let mostParts = 4

    /// Whether some batch has a large reader that cannot read all of it.
    private var hasPartialReaders: Bool {
        for candidate in units where candidate.members.count >= Self.fewestInPart {
            var isPartial = false
            graph.forEachOperand(of: candidate.members[0]) {
                let id = lowering.resolve($0)
                let read = id < 0 ? -1 : unit[Int(id)]
                if read >= 0,
                    units[Int(read)].members.count
                        >= candidate.members.count + Self.fewestInPart
                {
                    isPartial = true
                }
            }
            if isPartial { return true }
        }
        return false
    }

    /// Splits a unit into the parts that have no reader in common, and returns the new
    /// units. What is too small for a part stays where it is.
    private mutating func split(
        _ index: Int32, _ reader: [Int32], _ together: [(Int32, Int32)]
    ) -> [Int32] {
        // The group of each reader.
        var group: [Int32: Int32] = [:]
        func root(_ reader: Int32) -> Int32 {
            var reader = reader
            while let above = group[reader], above != reader { reader = above }
            return reader
        }
        for (a, b) in together {
            let (a, b) = (root(a), root(b))
            if a != b { group[b] = a }
        }
        var last: (reader: Int32, root: Int32) = (-2, -2)
        func part(of member: Int32) -> Int32 {
            let reader = reader[Int(member)]
            if reader != last.reader { last = (reader, root(reader)) }
            return last.root
        }
        let members = units[Int(index)].members
        var sizes: [Int32: Int] = [:]
        var run: (part: Int32, count: Int) = (-2, 0)
        for member in members {
            let part = part(of: member)
            if part != run.part {
                sizes[run.part, default: 0] += run.count
                run = (part, 0)
            }
            run.count += 1
        }
        sizes[run.part, default: 0] += run.count
        sizes[-2] = nil
        guard sizes.count > 1 else { return [] }
        let large = sizes.filter { $0.value >= Self.fewestInPart }
        guard !large.isEmpty, large.count <= Self.mostParts else { return [] }
        // The first part keeps the number of the unit, with what is small.
        let firstPart = large.count == sizes.count ? part(of: members[0]) : -2
        var numbers: [Int32: Int32] = [:]
        var made: [Int32] = []
        var kept: [Int32] = []
        for member in members {
            let part = part(of: member)
            if part == firstPart || large[part] == nil {
                kept.append(member)
                continue
            }
            if numbers[part] == nil {
                numbers[part] = Int32(units.count)
                made.append(Int32(units.count))
                units.append(Unit(members: []))
            }
            guard let number = numbers[part] else { continue }
            units[Int(number)].members.append(member)
            unit[Int(member)] = number
        }
        units[Int(index)].members = kept
        return made
    }
}
