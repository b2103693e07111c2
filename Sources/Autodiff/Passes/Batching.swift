// SPDX-License-Identifier: GPL-3.0-or-later

/// Scalar operations that do the same thing become one array operation.
///
/// Two scalar nodes belong together when they have the same *signature*: the
/// operation and the signatures of the operands, where every constant looks
/// alike, an entry of an array looks like any other entry of that array, and
/// anything else is known by its number. In a loop over observations the nodes
/// of one statement get one signature each, so `y[n] ~ normal(a + b * x[n], s)`
/// ends as three array operations.
///
/// Nodes of one signature cannot depend on each other: a node's signature
/// contains those of its operands, down to nodes known by number. For the same
/// reason the batches are free of cycles.
struct Batching {
    /// A node or a batch of nodes that one instruction computes.
    struct Unit {
        var members: [Int32]
    }

    var units: [Unit] = []
    /// The unit of each live node; −1: none.
    var unit: [Int32]
    /// Live nodes, operands first.
    private(set) var order: [Int32] = []

    private var signature: [UInt64]
    let graph: Graph
    let lowering: Lowering

    /// - Parameter isEnabled: off, every node is its own unit, for comparison.
    init(_ lowering: Lowering, roots: [Int32], isEnabled: Bool) {
        self.lowering = lowering
        graph = lowering.trace.graph
        let count = graph.count
        unit = [Int32](repeating: -1, count: count)
        signature = [UInt64](repeating: 0, count: count)
        sort(roots)
        var unitOfSignature: [UInt64: Int32] = [:]
        // In a loop the units come round in the same order: what followed a unit
        // last time is tried before the dictionary.
        var follower: [Int32] = []
        var last = -1
        for id in order {
            let node = graph[id]
            if node.operation == .constant { continue }
            let (value, batches) = sign(id, node)
            signature[Int(id)] = value
            if batches, isEnabled {
                let guess = last < 0 ? -1 : follower[last]
                let isFollower =
                    guess >= 0 && signature[Int(units[Int(guess)].members[0])] == value
                if let known = isFollower ? guess : unitOfSignature[value] {
                    if last >= 0 { follower[last] = known }
                    last = Int(known)
                    unit[Int(id)] = known
                    units[last].members.append(id)
                    continue
                }
                unitOfSignature[value] = Int32(units.count)
            }
            if last >= 0 { follower[last] = Int32(units.count) }
            last = units.count
            unit[Int(id)] = Int32(units.count)
            units.append(Unit(members: [id]))
            follower.append(-1)
        }
        if isEnabled { splitByReaders() }
        if isEnabled, hasManySingles {
            mergeLanes()
            mergeTrees(roots)
        }
    }

    /// Whether there is enough left to look for other likenesses.
    private var hasManySingles: Bool {
        var count = 0
        for unit in units where unit.members.count == 1 { count += 1 }
        return count >= 16
    }

    /// Moves a node to another unit.
    mutating func join(_ id: Int32, _ other: Int32) {
        units[Int(other)].members.append(id)
        units[Int(unit[Int(id)])].members = []
        unit[Int(id)] = other
    }

    /// Batches what is computed *from* a recurrence, step by step.
    ///
    /// A node that one node alone reads, which one node alone reads, … up to a
    /// term of the result or an entry of a packed array, is a part of a tree that
    /// leads nowhere else. Nodes at the same spot of different trees (with the
    /// same root) cannot depend on each other, whatever they read.
    private mutating func mergeTrees(_ roots: [Int32]) {
        var uses = [Int32](repeating: 0, count: graph.count)
        var reader = [Int32](repeating: -1, count: graph.count)
        var slot = [Int32](repeating: 0, count: graph.count)
        for id in order {
            var position: Int32 = 0
            graph.forEachOperand(of: id) {
                let operand = Int(lowering.resolve($0))
                if operand >= 0 {
                    uses[operand] += 1
                    reader[operand] = id
                    slot[operand] = position
                }
                position += 1
            }
        }
        for root in roots where root >= 0 { uses[Int(lowering.resolve(root))] += 1 }
        // What guards and outputs read is read from outside.
        let terms = lowering.terms + lowering.densityTerms
        for root in roots.dropFirst(terms.count) where root >= 0 {
            uses[Int(lowering.resolve(root))] += 1
        }

        // The spot in the tree; 0 when the node is in none.
        var spot = [UInt64](repeating: 0, count: graph.count)
        for id in order.reversed() {
            let node = graph[id]
            guard uses[Int(id)] == 1, node.isScalar, unit[Int(id)] >= 0,
                units[Int(unit[Int(id)])].members.count == 1
            else { continue }
            switch node.operation {
            case .unary, .binary, .select, .pointwise, .logSumExpOfScalars: break
            case .density:
                if graph.list(of: id).contains(where: {
                    !graph[lowering.resolve($0)].isScalar
                }) {
                    continue
                }
            default: continue
            }
            var above: UInt64 = 0x7E
            let user = reader[Int(id)]
            if user >= 0 {
                if graph[user].operation == .pack {
                    above = array(user, 5)
                } else {
                    if spot[Int(user)] == 0 { continue }
                    above = hash(spot[Int(user)], UInt64(slot[Int(id)]))
                }
            }
            var value = hash(above, kind(node))
            if node.operation == .density || node.operation == .pointwise {
                value = hash(value, UInt64(UInt32(bitPattern: node.b)))
            }
            graph.forEachOperand(of: id) {
                value = hash(value, graph.isConstant(lowering.resolve($0)) ? 1 : 2)
            }
            spot[Int(id)] = value | 1
        }
        var unitOfSpot: [UInt64: Int32] = [:]
        for id in order where spot[Int(id)] != 0 {
            guard let first = unitOfSpot[spot[Int(id)]] else {
                unitOfSpot[spot[Int(id)]] = unit[Int(id)]
                continue
            }
            join(id, first)
        }
    }

    /// Depth first, in the order in which the nodes were traced.
    private mutating func sort(_ roots: [Int32]) {
        // 0 unseen, 1 waiting for operands, 2 done
        var state = [UInt8](repeating: 0, count: graph.count)
        var pending: [Int32] = []
        for root in roots where root >= 0 {
            pending.append(lowering.resolve(root))
            while let id = pending.last {
                if state[Int(id)] != 0 {
                    pending.removeLast()
                    if state[Int(id)] == 1 {
                        state[Int(id)] = 2
                        order.append(id)
                    }
                    continue
                }
                state[Int(id)] = 1
                var first = pending.count
                graph.forEachOperand(of: id) {
                    let operand = lowering.resolve($0)
                    if operand >= 0, state[Int(operand)] == 0 { pending.append(operand) }
                }
                // The first operand is to be on top.
                var last = pending.count - 1
                while first < last {
                    pending.swapAt(first, last)
                    first += 1
                    last -= 1
                }
            }
        }
    }

    static let constantSignature: UInt64 = 0xC0

    /// The signature of a node that is not constant, and whether it may share a unit.
    private func sign(_ id: Int32, _ node: Node) -> (UInt64, Bool) {
        let byNumber = hash(0xB1, UInt64(UInt32(bitPattern: id)))
        switch node.operation {
        case .unary where node.isScalar:
            return (hash(kind(node), of(node.a)), true)
        case .binary where node.isScalar:
            return (hash(kind(node), hash(of(node.a), of(node.b))), true)
        case .select where node.isScalar:
            return (hash(kind(node), hash(of(node.a), hash(of(node.b), of(node.c)))), true)
        case .density:
            var value = hash(kind(node), UInt64(UInt32(bitPattern: node.b)))
            for argument in graph.list(of: id) {
                let argument = lowering.resolve(argument)
                guard graph[argument].isScalar else { return (byNumber, false) }
                value = hash(value, of(argument))
            }
            return (value, true)
        case .logSumExpOfScalars:
            let list = graph.list(of: id)
            return (list.reduce(hash(kind(node), UInt64(list.count))) { hash($0, of($1)) }, true)
        case .pointwise where node.isScalar:
            var value = hash(kind(node), UInt64(UInt32(bitPattern: node.b)))
            for argument in graph.list(of: id) { value = hash(value, of(argument)) }
            return (value, true)
        case .dot:
            // Known rows with one vector: a product with a matrix.
            let (a, b) = (lowering.resolve(node.a), lowering.resolve(node.b))
            let (first, second) = (graph[a], graph[b])
            if first.operation == .constant { return (hash(kind(node), array(b, 1)), true) }
            if second.operation == .constant { return (hash(kind(node), array(a, 2)), true) }
            return (byNumber, false)
        case .element:
            return (array(lowering.resolve(node.a), 3), false)
        default: return (byNumber, false)
        }
    }

    func array(_ id: Int32, _ role: UInt64) -> UInt64 {
        hash(0xE0 &+ role, UInt64(UInt32(bitPattern: id)))
    }

    func kind(_ node: Node) -> UInt64 {
        UInt64(node.operation.rawValue) << 8 | UInt64(node.function)
    }

    private func of(_ operand: Int32) -> UInt64 {
        let id = lowering.resolve(operand)
        if graph.isConstant(id) { return Self.constantSignature }
        return signature[Int(id)]
    }

    func hash(_ a: UInt64, _ b: UInt64) -> UInt64 {
        UInt64(bitPattern: Int64(Graph.mix(a, b))) << 1 ^ a &* 0x9E37_79B9_7F4A_7C15
            ^ b &* 0xC2B2_AE3D_27D4_EB4F
    }
}
