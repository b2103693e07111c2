// SPDX-License-Identifier: GPL-3.0-or-later

/// The result taken apart into terms, and nodes replaced by better ones.
///
/// 1. The result is a sum of terms: additions and sums that nothing else reads
///    are opened, so that `target += …` leaves no chain of additions and no sum.
///    What is a term several times is multiplied instead.
/// 2. A long chain of additions (`s += x[n]` in a loop) becomes one sum.
/// 3. Sums of known numbers times the same scalars (``LinearForms``) become inner
///    products with one vector, which batch into the product with a matrix.
/// 4. A fused density that is not a term of the result (one inside a mixture)
///    becomes elementary operations, which batch with their neighbours.
struct Lowering {
    let trace: Trace
    /// Scalars, and arrays all of whose entries are terms.
    private(set) var terms: [Int32] = []
    private(set) var densityTerms: [Int32] = []
    private(set) var constantTerm = 0.0
    private var replacement = Replacements()
    private var uses: [Int32]
    /// Nodes that stay as they are: densities that are terms, and additions
    /// inside a chain.
    private var isSettled: [Bool]
    /// Products with smaller matrices are left as they are.
    private static let (fewestRows, fewestEntries) = (4, 48)
    /// Longer chains of additions become one sum.
    private static let longestChain = 16

    /// - Parameters:
    ///   - result: the scalar to differentiate, if there is one.
    ///   - outputs: further nodes that are wanted.
    init(_ trace: Trace, result: Int32?, outputs: [Int32]) {
        self.trace = trace
        uses = trace.graph.useCounts(from: outputs + (result.map { [$0] } ?? []))
        isSettled = [Bool](repeating: false, count: uses.count)
        if let result {
            openTerms(of: result)
            countTerms()
        }
        for id in 0..<Int32(uses.count) where uses[Int(id)] > 0 && !isSettled[Int(id)] {
            if trace.graph[id].operation == .density { expand(id) }
        }
        var forms = LinearForms(
            trace, uses: uses, replacement: replacement, whole: terms + outputs)
        for id in (0..<Int32(uses.count)).reversed() where uses[Int(id)] > 0 {
            if isSettled[Int(id)] || replacement[id] != nil { continue }
            if !forms.note(id, replacement: replacement, &isSettled) { sumUp(id) }
        }
        combine(forms.found)
    }

    /// The node that stands for another after lowering.
    func resolve(_ id: Int32) -> Int32 {
        if id < 0 || replacement.isEmpty { return id }
        var id = id
        while let other = replacement[id] { id = other }
        return id
    }

    private mutating func openTerms(of result: Int32) {
        var pending = [result]
        while let id = pending.popLast() {
            let node = trace.graph[id]
            let single = id < 0 || uses[Int(id)] <= 1
            if node.operation == .constant {
                constantTerm += trace.graph.constants(of: id).reduce(0, +)
            } else if single, node.operation == .binary, node.isScalar,
                node.function == Binary.add.rawValue
            {
                isSettled[Int(id)] = true
                pending.append(node.b)
                pending.append(node.a)
            } else if single, node.operation == .sum,
                trace.graph[node.a].operation == .pack, uses[Int(node.a)] == 1
            {
                pending.append(contentsOf: trace.graph.list(of: node.a).reversed())
            } else if single, node.operation == .sum {
                terms.append(node.a)
            } else if single, node.operation == .density {
                densityTerms.append(id)
                isSettled[Int(id)] = true
            } else {
                terms.append(id)
            }
        }
    }

    /// A scalar that is a term many times (`log(sigma)` of each observation) is one
    /// term, times their number.
    private mutating func countTerms() {
        var count: [Int32: Int] = [:]
        for id in terms where uses[Int(id)] > 1 { count[id, default: 0] += 1 }
        if count.isEmpty { return }
        var seen = Set<Int32>()
        terms = terms.compactMap { id in
            guard let times = count[id], times > 1, trace.graph[id].isScalar else { return id }
            if !seen.insert(id).inserted { return nil }
            return trace.id(of: Traced(Double(times)) * trace.expression(id))
        }
    }

    private mutating func expand(_ id: Int32) {
        let node = trace.graph[id]
        let arguments = trace.graph.list(of: id).map { trace.expression($0) }
        let density = FusedDensity(rawValue: node.function)!
        let flat = arguments.map { $0.shape.isScalar ? $0 : $0.reshaped(.vector($0.count)) }
        let shape = flat.first { !$0.shape.isScalar }?.shape ?? .scalar
        let value = density.elementwise(flat, droppingConstants: node.b == 1)
        replacement[id] = trace.id(of: sum(value.broadcast(to: shape)))
    }

    /// A long chain of additions becomes one sum.
    private mutating func sumUp(_ id: Int32) {
        let node = trace.graph[id]
        guard isScalarAddition(node), continuesChain(node.a) || continuesChain(node.b) else {
            return
        }
        let leaves = chain(from: id)
        if leaves.count <= Self.longestChain { return }
        let list = trace.graph.append(Node(.pack, shape: .vector(leaves.count)), list: leaves)
        replacement[id] = trace.graph.append(Node(.sum, list, shape: .scalar))
    }

    /// Forms with the same scalars become rows of a product with a known matrix.
    private mutating func combine(_ forms: [[Int32]: [LinearForms.Form]]) {
        // In the order of the trace, for programs to be the same each time.
        for (scalars, rows) in forms.sorted(by: { $0.value[0].id > $1.value[0].id }) {
            if rows.count < Self.fewestRows || rows.count * scalars.count < Self.fewestEntries {
                for row in rows { sumUp(row.id) }
                continue
            }
            let vector = trace.id(of: Traced.vector(scalars.map { trace.expression($0) }))
            let haveConstants = rows.contains { $0.constant != 0 }
            for row in rows {
                let known = trace.graph.constant(row.coefficients, .vector(scalars.count))
                var total = Traced(
                    node: trace.graph.append(Node(.dot, known, vector, shape: .scalar)), .scalar,
                    in: trace)
                if haveConstants { total = total + Traced(row.constant) }
                for other in row.rest {
                    let added = trace.expression(other.id)
                    total = other.sign < 0 ? total - added : added + total
                }
                replacement[row.id] = trace.id(of: total)
            }
        }
    }

    private func isScalarAddition(_ node: Node) -> Bool {
        node.operation == .binary && node.isScalar && node.function == Binary.add.rawValue
    }

    /// Whether an operand of an addition is itself one that nothing else reads.
    private func continuesChain(_ id: Int32) -> Bool {
        isScalarAddition(trace.graph[id]) && uses[Int(id)] == 1
    }

    /// The operands of an addition, and of the additions that only it reads.
    private mutating func chain(from id: Int32) -> [Int32] {
        var leaves: [Int32] = []
        var pending = [id]
        while let next = pending.popLast() {
            let node = trace.graph[next]
            if next == id || continuesChain(next) {
                if next != id { isSettled[Int(next)] = true }
                pending.append(node.b)
                pending.append(node.a)
            } else {
                leaves.append(next)
            }
        }
        return leaves
    }
}

/// Which nodes stand for others.
struct Replacements {
    /// By number, as far as there are any; −1: the node itself.
    private var others: [Int32] = []

    var isEmpty: Bool { others.isEmpty }

    subscript(id: Int32) -> Int32? {
        get {
            guard id >= 0, Int(id) < others.count else { return nil }
            let other = others[Int(id)]
            return other == -1 ? nil : other
        }
        set {
            guard id >= 0 else { return }
            if Int(id) >= others.count {
                let missing = Int(id) + 1 - others.count
                others.append(contentsOf: repeatElement(-1, count: max(missing, others.count)))
            }
            others[Int(id)] = newValue ?? -1
        }
    }
}

extension Graph {
    /// How often each node is read by the nodes that the roots need; a root
    /// counts as read once.
    func useCounts(from roots: [Int32]) -> [Int32] {
        var uses = [Int32](repeating: 0, count: count)
        for root in roots where root >= 0 { uses[Int(root)] += 1 }
        for id in (0..<Int32(count)).reversed() where uses[Int(id)] > 0 {
            forEachOperand(of: id) { if $0 >= 0 { uses[Int($0)] += 1 } }
        }
        return uses
    }
}
