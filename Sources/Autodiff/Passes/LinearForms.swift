// SPDX-License-Identifier: GPL-3.0-or-later

/// Sums of known numbers times scalars (`mu += B[n, k] * w[k]` in loops over
/// observations and predictors), taken apart to become products with known
/// matrices.
///
/// A sum is opened through the additions, subtractions and multiplications by
/// known numbers that nothing else reads. Parts that several sums share are opened
/// for each of them: rows that begin alike (`0 * w[1] + 0 * w[2] + …`) are
/// traced once.
struct LinearForms {
    /// A sum of known numbers times scalars, and of other scalars.
    struct Form {
        var id: Int32
        var coefficients: [Double]
        /// What is added, or with −1 subtracted, beside the products.
        var rest: [(id: Int32, sign: Double)]
        var constant: Double
    }

    /// Shorter sums are left as they are.
    private static let fewestScalars = 3
    private static let mostOthers = 16

    private let trace: Trace
    private let uses: [Int32]
    /// Linear scalar nodes that only such nodes read.
    private let isPart: [Bool]
    /// How many more parts that several sums share may be opened.
    private var openings: Int

    /// The forms that were found, by the scalars that their coefficients multiply.
    private(set) var found: [[Int32]: [Form]] = [:]

    // The form at hand.
    private var pending: [(id: Int32, factor: Double, isScaled: Bool)] = []
    private var opened: [Int32] = []
    private var atoms: [(id: Int32, coefficient: Double, isScaled: Bool)] = []
    /// The position among the atoms of each node; −1: it is none.
    private var position: [Int32]

    /// - Parameters:
    ///   - replacement: nodes that stand for others; those from `uses.count` on
    ///     are read through them alone.
    ///   - whole: nodes that are wanted themselves.
    init(_ trace: Trace, uses: [Int32], replacement: Replacements, whole: [Int32]) {
        self.trace = trace
        let graph = trace.graph
        var isPart = (0..<Int32(graph.count)).map {
            Int($0) >= uses.count
                ? graph.isLinear(graph[$0])
                : uses[Int($0)] > 0 && graph.isLinear(graph[replacement[$0] ?? $0])
        }
        for id in 0..<Int32(uses.count)
        where uses[Int(id)] > 0 && !graph.isLinear(graph[replacement[id] ?? id]) {
            graph.forEachOperand(of: id) { if $0 >= 0 { isPart[Int($0)] = false } }
        }
        for id in whole where id >= 0 { isPart[Int(id)] = false }
        self.isPart = isPart
        self.uses = uses
        openings = 16 * graph.count
        position = [Int32](repeating: -1, count: graph.count)
    }

    /// Notes a sum, if it has products enough and little else.
    ///
    /// - Parameter isSettled: set for the nodes that only this sum reads.
    mutating func note(
        _ id: Int32, replacement: Replacements, _ isSettled: inout [Bool]
    ) -> Bool {
        if isPart[Int(id)] || !trace.graph.isLinear(trace.graph[id]) || openings < 0 {
            return false
        }
        takeApart(id, replacement)
        for atom in atoms { position[Int(atom.id)] = -1 }
        let products = atoms.reduce(0) { $0 + ($1.isScaled ? 1 : 0) }
        if openings < 0 || products < Self.fewestScalars
            || atoms.count - products > Self.mostOthers
        {
            return false
        }
        for part in opened where uses[Int(part)] == 1 { isSettled[Int(part)] = true }
        atoms.sort { $0.id < $1.id }
        let scaled = atoms.filter(\.isScaled)
        found[scaled.map(\.id), default: []].append(
            Form(
                id: id, coefficients: scaled.map(\.coefficient),
                rest: atoms.filter { !$0.isScaled }.map { ($0.id, $0.coefficient) },
                constant: constant))
        return true
    }

    private var constant = 0.0

    private mutating func takeApart(_ id: Int32, _ replacement: Replacements) {
        pending.removeAll(keepingCapacity: true)
        opened.removeAll(keepingCapacity: true)
        atoms.removeAll(keepingCapacity: true)
        constant = 0
        pending.append((id, 1, false))
        while let (next, factor, isScaled) = pending.popLast() {
            if next < 0 {
                constant += factor * trace.graph.number(next)
                continue
            }
            // A known multiple of a sum stays that: its parts would be multiplied each.
            guard next == id || isPart[Int(next)] && !isScaled else {
                add(next, factor, isScaled)
                continue
            }
            if next != id, Int(next) < uses.count {
                opened.append(next)
                if uses[Int(next)] > 1 { openings -= 1 }
                if openings < 0 { return }
            }
            let node = trace.graph[replacement[next] ?? next]
            switch (node.operation, Binary(rawValue: node.function)) {
            case (.unary, _): pending.append((node.a, -factor, isScaled))
            case (_, .add):
                pending.append((node.b, factor, isScaled))
                pending.append((node.a, factor, isScaled))
            case (_, .subtract):
                pending.append((node.b, -factor, isScaled))
                pending.append((node.a, factor, isScaled))
            case (_, .divide): pending.append((node.a, factor / trace.graph.number(node.b), true))
            default:
                let isFirstKnown = node.a < 0
                let known = trace.graph.number(isFirstKnown ? node.a : node.b)
                pending.append((isFirstKnown ? node.b : node.a, factor * known, true))
            }
        }
    }

    private mutating func add(_ id: Int32, _ factor: Double, _ isScaled: Bool) {
        let known = Int(position[Int(id)])
        if known >= 0 {
            atoms[known].coefficient += factor
            atoms[known].isScaled = true
        } else {
            position[Int(id)] = Int32(atoms.count)
            atoms.append((id, factor, isScaled))
        }
    }
}

extension Graph {
    /// Whether a scalar node is a sum, a difference or a known multiple.
    fileprivate func isLinear(_ node: Node) -> Bool {
        guard node.isScalar else { return false }
        switch node.operation {
        case .unary: return node.function == Unary.negate.rawValue
        case .binary:
            switch Binary(rawValue: node.function) {
            case .add, .subtract: return true
            case .multiply: return (node.a < 0) != (node.b < 0)
            case .divide: return node.b < 0
            default: return false
            }
        default: return false
        }
    }
}
