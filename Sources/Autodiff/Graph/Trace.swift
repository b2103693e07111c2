// SPDX-License-Identifier: GPL-3.0-or-later

/// A function being recorded: operations on its inputs become nodes of a graph.
///
/// A body gets its inputs with ``input(_:)``, computes with ``Traced``s and
/// returns the result. What depends on known numbers alone is computed at once
/// and leaves no node. A branch that depends on the inputs goes through
/// ``decide(_:_:_:)``.
public final class Trace {
    /// The input at which the function is traced; decides its branches.
    public let point: [Double]
    @exclusivity(unchecked) var graph = Graph()
    var guards: [Guard] = []
    /// The functions in Swift that nodes refer to by number.
    var externals: [any ExternalFunction] = []
    var pointwise: [PointwiseFunction] = []
    /// The density that was recorded last.
    var lastDensity: Int32?
    /// Packs of late, by a hash of what they pack.
    var recentPacks = [(id: Int32, uses: Int)](repeating: (-1, 0), count: 64)
    /// Columns that were taken out of matrices.
    var columns: [Int64: Traced] = [:]
    private(set) var inputsTaken = 0
    private var interpreter = Interpreter()

    /// A branch that was taken because a relation did or did not hold.
    struct Guard {
        var relation: Relation
        var a: Int32
        var b: Int32
        var held: Bool
    }

    package init(point: [Double]) { self.point = point }

    /// The next entries of the function's input, as a scalar or an array.
    ///
    /// - Precondition: the inputs taken do not exceed the function's dimension.
    public func input(_ shape: Shape = .scalar) -> Traced {
        let start = inputsTaken
        precondition(
            start + shape.count <= point.count,
            "the body takes more inputs than the function's dimension, \(point.count)")
        inputsTaken += shape.count
        if shape.count == 0 { return Traced([], shape) }
        let id = graph.append(Node(.input, extra: Int32(start), shape: shape))
        return Traced(node: id, shape, in: self)
    }

    /// Whether a relation of two scalars holds.
    ///
    /// When the inputs have a part in it, the answer is that at ``point``, and
    /// is recorded: at an input where it differs the function is traced anew.
    public func decide(_ a: Traced, _ relation: Relation, _ b: Traced) -> Bool {
        precondition(a.shape.isScalar && b.shape.isScalar, "a branch compares scalars")
        if let a = a.constant, let b = b.constant { return relation.holds(a, b) }
        let held = relation.holds(value(of: a)[0], value(of: b)[0])
        guards.append(Guard(relation: relation, a: id(of: a), b: id(of: b), held: held))
        return held
    }

    /// The value of an expression at ``point``; not recorded. The constants that
    /// densities drop are in it.
    public func value(of x: Traced) -> [Double] {
        switch x.storage {
        case .number(let value): [value]
        case .array(let values): values
        case .node(_, let id): interpreter.value(of: id, in: self)
        }
    }

    /// An expression as an operand; known arrays get a node.
    func id(of x: Traced) -> Int32 {
        switch x.storage {
        case .number(let value): return graph.constant(value)
        case .array(let values): return graph.constant(values, x.shape)
        case .node(let trace, let id):
            precondition(trace === self, "an expression of one trace is used in another")
            return id
        }
    }

    /// An operand as an expression: a known number when it is one.
    func expression(_ id: Int32) -> Traced {
        if id < 0 { return Traced(graph.number(id)) }
        let node = graph[id]
        if node.operation == .constant {
            return Traced(Array(graph.constants(of: id)), node.shape)
        }
        return Traced(node: id, packed: node.packedShape, in: self)
    }

    func unique(_ node: Node) -> Traced {
        Traced(node: graph.unique(node), packed: node.packedShape, in: self)
    }
}

/// Values of nodes at the trace's point, each computed once, by the same code
/// that folds constants.
private struct Interpreter {
    private var values: [Traced?] = []

    mutating func value(of id: Int32, in trace: Trace) -> [Double] {
        func value(_ operand: Int32) -> Traced? {
            operand < 0 ? trace.expression(operand) : values[Int(operand)]
        }
        if values.count < trace.graph.count {
            values.append(
                contentsOf: repeatElement(nil, count: trace.graph.count - values.count))
        }
        var pending = [id]
        while let next = pending.last {
            let index = Int(next)
            if values[index] != nil {
                pending.removeLast()
                continue
            }
            let waiting = pending.count
            trace.graph.forEachOperand(of: next) { if value($0) == nil { pending.append($0) } }
            if pending.count > waiting { continue }
            let node = trace.graph[next]
            if node.operation == .density {
                // With all arguments known every term would be dropped: keep them all.
                values[index] = Traced.density(
                    FusedDensity(rawValue: node.function)!,
                    trace.graph.list(of: next).map { value($0) ?? 0 },
                    droppingConstants: false)
                pending.removeLast()
                continue
            }
            values[index] = trace.graph.rebuild(
                next, of: trace,
                inputs: { node in
                    let start = Int(node.extra)
                    return Traced(
                        Array(trace.point[start..<start + node.shape.count]), node.shape)
                }
            ) { value($0) ?? 0 }
            pending.removeLast()
        }
        return value(id)?.constants ?? []
    }
}
