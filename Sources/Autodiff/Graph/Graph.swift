// SPDX-License-Identifier: GPL-3.0-or-later

/// The nodes of a traced function in topological order, with their side tables.
///
/// A loop over a million observations records millions of nodes, so everything
/// here is flat: 28 bytes a node, operand lists one after the other, and known
/// scalars without a node of their own. What a node reads is named by an
/// *operand*: from 0 on it is the number of a node; below −1, `~operand` is the
/// position of a number in `constants`; −1 is no operand.
struct Graph {
    private var nodes: [Node] = []
    /// Known numbers: scalar operands, and the entries of constant nodes. The
    /// first is unused, for −1 is no operand.
    private(set) var constants: [Double] = [.nan]
    /// Very long arrays of known numbers, each in the storage it came in. Of their
    /// constant nodes `extra` is `~position`.
    private var longArrays: [[Double]] = []
    /// Operand lists of packs and densities, index lists of gathers: each its
    /// length, then its entries.
    private var lists: [Int32] = []
    private var table = NodeTable()
    private var recent = RecentNodes()

    /// The number of nodes.
    var count: Int { nodes.count }

    /// The node behind an operand; a known scalar looks like a constant node.
    subscript(operand: Int32) -> Node {
        @inline(__always) get {
            operand >= 0
                ? nodes[Int(operand)] : Node(.constant, extra: ~operand, shape: .scalar)
        }
    }

    func isConstant(_ operand: Int32) -> Bool {
        operand < 0 || nodes[Int(operand)].operation == .constant
    }

    func constants(of operand: Int32) -> ArraySlice<Double> {
        let node = self[operand]
        if node.extra < 0 { return longArrays[Int(~node.extra)][...] }
        return constants[Int(node.extra)..<Int(node.extra) + node.shape.count]
    }

    /// The entries of a very long array, not copied; nil for others.
    func longArray(of operand: Int32) -> [Double]? {
        let node = self[operand]
        return node.operation == .constant && node.extra < 0 ? longArrays[Int(~node.extra)] : nil
    }

    /// The number that a known scalar operand stands for.
    func number(_ operand: Int32) -> Double { constants[Int(self[operand].extra)] }

    // MARK: Lists

    /// The list of a pack, gather, density or pointwise function, as an array of its own.
    func list(of id: Int32) -> [Int32] { Array(lists[range(ofList: id)]) }

    /// An entry of such a list.
    func listed(_ position: Int, by id: Int32) -> Int32 {
        lists[Int(nodes[Int(id)].extra) + 1 + position]
    }

    private func range(ofList id: Int32) -> Range<Int> {
        let start = Int(nodes[Int(id)].extra)
        return start + 1..<start + 1 + Int(lists[start])
    }

    /// Calls the body with what a node reads, without making an array.
    @inline(__always)
    func forEachOperand(of id: Int32, _ body: (Int32) -> Void) {
        let node = self[id]
        switch node.operation {
        case .constant, .input: break
        case .pack, .density, .pointwise, .logSumExpOfScalars:
            for position in range(ofList: id) { body(lists[position]) }
        case .binary, .dot, .matrixProduct, .solveLower, .solveLowerTransposed, .solve:
            body(node.a)
            body(node.b)
        case .select:
            body(node.a)
            body(node.b)
            body(node.c)
        default: body(node.a)
        }
    }

    // MARK: Recording

    /// A known scalar as an operand.
    mutating func constant(_ value: Double) -> Int32 {
        constants.append(value)
        return ~Int32(constants.count - 1)
    }

    mutating func constant(_ values: [Double], _ shape: Shape) -> Int32 {
        if values.count >= SharedConstants.fewestByReference {
            longArrays.append(values)
            return append(Node(.constant, extra: ~Int32(longArrays.count - 1), shape: shape))
        }
        let start = Int32(constants.count)
        constants.append(contentsOf: values)
        return append(Node(.constant, extra: start, shape: shape))
    }

    /// A node with no equal: inputs, packs, gathers.
    mutating func append(_ node: Node) -> Int32 {
        nodes.append(node)
        return Int32(nodes.count - 1)
    }

    mutating func append(_ node: Node, list: some Collection<Int32>) -> Int32 {
        var node = node
        node.extra = Int32(lists.count)
        lists.append(Int32(list.count))
        lists.append(contentsOf: list)
        return append(node)
    }

    /// The node, or an equal one that is there already. Known scalars are equal
    /// when they have the same bits.
    ///
    /// Nothing can have read the newest node yet, so a node that does is new. It
    /// stands right behind its last operand, where it is looked for before the
    /// table is, and so is not entered there: expressions that are written in
    /// one go do without the table.
    ///
    /// Nodes that read a known scalar are entered when they are met again soon:
    /// a literal is, an entry of the data is not. Without the million of
    /// `b * x[n]` the table stays in the processor's cache; and two equal entries
    /// far apart would cost a gather of all, to save one product.
    mutating func unique(_ node: Node) -> Int32 {
        let next = Int(max(node.a, node.b, node.c)) + 1
        if next == nodes.count, next > 0 { return append(node) }
        if next > 0, next < nodes.count, isEqual(nodes[next], node) { return Int32(next) }
        let hash = hash(node)
        if let known = table.first(hash, where: { isEqual(nodes[Int($0)], node) }) { return known }
        let readsNumber = node.a < -1 || node.b < -1 || node.c < -1
        if readsNumber, let known = recent[hash], isEqual(nodes[Int(known)], node) {
            table.insert(known, hash)
            return known
        }
        let id = append(node)
        if readsNumber { recent[hash] = id } else { table.insert(id, hash) }
        return id
    }

    /// Whether a node with a list is the same as another one with its list.
    func isEqual(_ id: Int32, _ node: Node, list: [Int32]) -> Bool {
        let other = nodes[Int(id)]
        guard other.operation == node.operation, other.function == node.function,
            other.b == node.b
        else { return false }
        let range = range(ofList: id)
        return range.count == list.count
            && zip(range, list).allSatisfy { isEqual(lists[$0], $1) }
    }

    private func isEqual(_ x: Node, _ y: Node) -> Bool {
        x.operation == y.operation && x.function == y.function && isEqual(x.a, y.a)
            && isEqual(x.b, y.b) && isEqual(x.c, y.c) && x.extra == y.extra
            && x.packedShape == y.packedShape
    }

    private func isEqual(_ a: Int32, _ b: Int32) -> Bool {
        if a >= 0 || b >= 0 { return a == b }
        return constants[Int(~a)].bitPattern == constants[Int(~b)].bitPattern
    }

    private func hash(_ node: Node) -> Int {
        let kind = UInt64(node.operation.rawValue) << 8 | UInt64(node.function)
        let first = hash(node.a) &+ hash(node.b) &* 0x9E37_79B9_7F4A_7C15
        let second = hash(node.c) &* 0xC2B2_AE3D_27D4_EB4F &+ UInt64(UInt32(bitPattern: node.extra))
        return Graph.mix(first ^ second, kind)
    }

    private func hash(_ operand: Int32) -> UInt64 {
        operand >= 0
            ? UInt64(operand) : constants[Int(~operand)].bitPattern &* 0xD6E8_FEB8_6659_FD93
    }

    /// The finaliser of SplitMix64.
    static func mix(_ value: UInt64, _ seed: UInt64) -> Int {
        var z = value &+ (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (z ^ (z >> 31)) & 0x7FFF_FFFF_FFFF_FFFF)
    }
}
