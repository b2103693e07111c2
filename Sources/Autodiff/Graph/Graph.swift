// SPDX-License-Identifier: GPL-3.0-or-later

/// The nodes of a traced function in topological order, with their side tables.
struct Graph {
    private(set) var nodes: [Node] = []
    /// The numbers of all constant nodes.
    private(set) var constants: [Double] = []
    /// Operand lists of packs and densities, index lists of gathers.
    private(set) var lists: [[Int32]] = []

    /// Open-addressing table of node numbers, for common subexpressions.
    private var table: [Int32] = [Int32](repeating: -1, count: 64)
    private var tableCount = 0

    func constants(of id: Int32) -> ArraySlice<Double> {
        let node = nodes[Int(id)]
        return constants[Int(node.extra)..<Int(node.extra) + node.shape.count]
    }

    func list(of id: Int32) -> [Int32] { lists[Int(nodes[Int(id)].extra)] }

    mutating func constant(_ value: Double) -> Int32 {
        var slot = Graph.mix(value.bitPattern, 0x51) & (table.count - 1)
        while table[slot] >= 0 {
            let node = nodes[Int(table[slot])]
            if node.operation == .constant,
                constants[Int(node.extra)].bitPattern == value.bitPattern
            {
                return table[slot]
            }
            slot = (slot + 1) & (table.count - 1)
        }
        constants.append(value)
        let node = Node(.constant, extra: Int32(constants.count - 1), shape: .scalar)
        return insert(node, slot)
    }

    mutating func constant(_ values: [Double], _ shape: Shape) -> Int32 {
        let start = Int32(constants.count)
        constants.append(contentsOf: values)
        return append(Node(.constant, extra: start, shape: shape))
    }

    /// A node with no equal: inputs, packs, gathers.
    mutating func append(_ node: Node) -> Int32 {
        nodes.append(node)
        return Int32(nodes.count - 1)
    }

    mutating func append(_ node: Node, list: [Int32]) -> Int32 {
        lists.append(list)
        var node = node
        node.extra = Int32(lists.count - 1)
        return append(node)
    }

    /// The node, or an equal one that is there already.
    mutating func unique(_ node: Node) -> Int32 {
        var slot = Graph.hash(node) & (table.count - 1)
        while table[slot] >= 0 {
            let other = nodes[Int(table[slot])]
            if other.operation == node.operation, other.function == node.function,
                other.a == node.a, other.b == node.b, other.c == node.c,
                other.extra == node.extra, other.rows == node.rows, other.columns == node.columns
            {
                return table[slot]
            }
            slot = (slot + 1) & (table.count - 1)
        }
        return insert(node, slot)
    }

    private mutating func insert(_ node: Node, _ slot: Int) -> Int32 {
        nodes.append(node)
        let id = Int32(nodes.count - 1)
        table[slot] = id
        tableCount += 1
        if tableCount * 2 > table.count { grow() }
        return id
    }

    private mutating func grow() {
        let old = table
        table = [Int32](repeating: -1, count: old.count * 2)
        for id in old where id >= 0 {
            let node = nodes[Int(id)]
            let hash =
                node.operation == .constant
                ? Graph.mix(constants[Int(node.extra)].bitPattern, 0x51) : Graph.hash(node)
            var slot = hash & (table.count - 1)
            while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
            table[slot] = id
        }
    }

    private static func hash(_ node: Node) -> Int {
        let first = UInt64(UInt32(bitPattern: node.a)) << 32 | UInt64(UInt32(bitPattern: node.b))
        let second =
            UInt64(UInt32(bitPattern: node.c)) << 32 | UInt64(UInt32(bitPattern: node.extra))
        let kind = UInt64(node.operation.rawValue) << 8 | UInt64(node.function)
        return mix(first &+ second &* 0x9E37_79B9_7F4A_7C15, kind)
    }

    /// The finaliser of SplitMix64.
    static func mix(_ value: UInt64, _ seed: UInt64) -> Int {
        var z = value &+ (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (z ^ (z >> 31)) & 0x7FFF_FFFF_FFFF_FFFF)
    }
}
