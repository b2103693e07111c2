// SPDX-License-Identifier: GPL-3.0-or-later

extension Batching {
    /// Batches what a step of a recurrence does with each entry of a small vector.
    ///
    /// The states of a hidden Markov model, say, come out of scalar nodes that have
    /// nothing in common but that they stand together in a packed array. When none
    /// of them depends on another, what is computed in the same way from each is one
    /// operation with a lane for each.
    ///
    /// That nothing depends on its like is read off levels. A node's level is above
    /// those of its operands, and what stands together is lifted to one level
    /// where that can be done. Members of a batch have one level, so no batch
    /// needs itself, by whatever way.
    mutating func mergeLanes() {
        var packOf = [Int32](repeating: -1, count: graph.count)
        let level = levels(&packOf)
        if level.isEmpty { return }
        // What has lanes itself gives lanes to its readers, in the next round.
        var hasLanes = [Bool](repeating: false, count: units.count)
        for _ in 0..<Self.mostRounds where !mergeLanes(packOf, level, &hasLanes) { break }
    }

    private static let mostRounds = 4

    /// - Returns: whether anything was merged.
    private mutating func mergeLanes(
        _ packOf: [Int32], _ level: [Int32], _ hasLanes: inout [Bool]
    ) -> Bool {
        func sign(_ operand: Int32) -> UInt64 {
            let id = lowering.resolve(operand)
            if graph.isConstant(id) { return Self.constantSignature }
            let unit = Int(unit[Int(id)])
            if hasLanes[unit] { return hash(6, UInt64(unit)) }
            if packOf[Int(id)] >= 0 { return array(packOf[Int(id)], 6) }
            return hash(7, UInt64(unit))
        }
        var merged: [Int32] = []
        var unitOfLane: [UInt64: Int32] = [:]
        for id in order where isSingle(id) && graph[id].isScalar {
            let node = graph[id]
            var value = hash(kind(node), UInt64(level[Int(id)]))
            switch node.operation {
            case .unary: value = hash(value, sign(node.a))
            case .binary: value = hash(value, hash(sign(node.a), sign(node.b)))
            case .select:
                value = hash(value, hash(sign(node.a), hash(sign(node.b), sign(node.c))))
            case .logSumExpOfScalars:
                let list = graph.list(of: id)
                value = list.reduce(hash(value, UInt64(list.count))) { hash($0, sign($1)) }
            default: continue
            }
            if let first = unitOfLane[value] {
                join(id, first)
                merged.append(first)
            } else {
                unitOfLane[value] = unit[Int(id)]
            }
        }
        for unit in merged { hasLanes[Int(unit)] = true }
        return !merged.isEmpty
    }

    /// The level of each node, and for scalars that stand on one level with all the
    /// others of a small packed array, the array. Empty when there are none.
    private func levels(_ packOf: inout [Int32]) -> [Int32] {
        var packs: [(id: Int32, entries: [Int32])] = []
        for id in 0..<Int32(graph.count) where graph[id].operation == .pack {
            guard graph[id].shape.count <= Traced.mostParts else { continue }
            let entries = graph.list(of: id).map { lowering.resolve($0) }
            if entries.count > 1, entries.allSatisfy({ $0 >= 0 && unit[Int($0)] >= 0 }) {
                packs.append((id, entries))
            }
        }
        if packs.count < 4 { return [] }
        // Batches are lifted as a whole: their members stay on one level.
        var floor = [Int32](repeating: 0, count: units.count)
        var level = raised(floor)
        for pack in packs {
            let highest = pack.entries.reduce(0) { max($0, level[Int($1)]) }
            for entry in pack.entries {
                let unit = Int(unit[Int(entry)])
                floor[unit] = max(floor[unit], highest)
            }
        }
        level = raised(floor)
        for pack in packs {
            let first = level[Int(pack.entries[0])]
            guard pack.entries.allSatisfy({ level[Int($0)] == first }) else { continue }
            for entry in pack.entries where packOf[Int(entry)] < 0 {
                packOf[Int(entry)] = pack.id
            }
        }
        return level
    }

    private func raised(_ floor: [Int32]) -> [Int32] {
        var level = [Int32](repeating: 0, count: graph.count)
        for id in order where unit[Int(id)] >= 0 {
            var highest = floor[Int(unit[Int(id)])]
            graph.forEachOperand(of: id) {
                let operand = lowering.resolve($0)
                if operand >= 0 { highest = max(highest, level[Int(operand)] + 1) }
            }
            level[Int(id)] = highest
        }
        return level
    }

    private func isSingle(_ id: Int32) -> Bool {
        id >= 0 && unit[Int(id)] >= 0 && units[Int(unit[Int(id)])].members.count == 1
    }
}
