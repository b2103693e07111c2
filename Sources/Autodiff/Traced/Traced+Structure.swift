// SPDX-License-Identifier: GPL-3.0-or-later

extension Traced {
    /// A vector of scalars.
    public static func vector(_ elements: [Traced]) -> Traced {
        pack(elements, .vector(elements.count))
    }

    /// A matrix of scalars given column by column.
    public static func matrix(
        _ elements: [Traced], _ rows: Int, _ columns: Int
    ) -> Traced {
        pack(elements, .matrix(rows, columns))
    }

    /// Scalars in a shape: the known array, the array they are entries of, or a
    /// new node.
    static func pack(_ elements: [Traced], _ shape: Shape) -> Traced {
        precondition(elements.count == shape.count, "\(elements.count) entries for a \(shape)")
        if shape.isScalar { return elements[0] }
        var found: Trace?
        for element in elements {
            if let trace = element.trace {
                found = trace
                break
            }
        }
        guard let trace = found else {
            return Traced(elements.map { $0.constant ?? .nan }, shape)
        }
        let ids = elements.map { trace.id(of: $0) }
        if let whole = trace.graph.wholeArray(ids) {
            return trace.expression(whole).reshaped(shape)
        }
        return Traced(node: trace.pack(ids, shape), shape, in: trace)
    }

    /// The scalars that a short array was packed from.
    ///
    /// What is done with such arrays is done with their scalars, so that a loop
    /// over small vectors batches as a loop over numbers does.
    var parts: [Traced]? {
        guard case .node(let trace, let id) = storage, count <= Self.mostParts,
            trace.graph[id].operation == .pack
        else { return nil }
        return trace.graph.list(of: id).map { trace.expression($0) }
    }

    static let mostParts = 9

    /// The entries as scalars, column by column.
    public var elements: [Traced] {
        switch storage {
        case .number: [self]
        case .array(let values): values.map { Traced($0) }
        case .node: shape.isScalar ? [self] : (0..<shape.count).map { self[$0] }
        }
    }

    /// An entry, counted from 0, column by column.
    public subscript(index: Int) -> Traced {
        precondition(index >= 0 && index < shape.count, "entry \(index) of a \(shape)")
        switch storage {
        case .number: return self
        case .array(let values): return Traced(values[index])
        case .node(let trace, let id):
            if shape.isScalar { return self }
            return trace.element(index, of: id)
        }
    }

    /// The entry in a row and column, counted from 0.
    public subscript(row: Int, column: Int) -> Traced {
        precondition(
            row >= 0 && row < shape.rows && column >= 0 && column < shape.columns,
            "entry (\(row), \(column)) of a \(shape)")
        return self[column * shape.rows + row]
    }

    /// The vector of the entries at some indices.
    public func gather(_ indices: [Int]) -> Traced {
        gather(indices, .vector(indices.count))
    }

    /// The entries at some indices, in a shape.
    public func gather(_ indices: [Int], _ shape: Shape) -> Traced {
        precondition(indices.count == shape.count, "\(indices.count) entries for a \(shape)")
        precondition(
            indices.allSatisfy { $0 >= 0 && $0 < count }, "an index beyond a \(self.shape)")
        switch storage {
        case .number(let value):
            return Traced([Double](repeating: value, count: shape.count), shape)
        case .array(let values): return Traced(indices.map { values[$0] }, shape)
        case .node(let trace, let id):
            if indices.count == 0 { return Traced([], shape) }
            if shape.isScalar { return self[indices[0]] }
            if self.shape == shape, indices == Array(0..<count) { return self }
            // Through a gather or pack at once to what it reads.
            let node = trace.graph[id]
            if node.operation == .gather {
                let inner = trace.graph.list(of: id)
                return trace.expression(node.a).gather(indices.map { Int(inner[$0]) }, shape)
            }
            if node.operation == .pack {
                let list = trace.graph.list(of: id)
                return Traced.pack(indices.map { trace.expression(list[$0]) }, shape)
            }
            return Traced(
                node: trace.graph.append(
                    Node(.gather, id, shape: shape), list: indices.map { Int32($0) }),
                shape, in: trace)
        }
    }

    /// The same entries, column by column, in another shape of as many.
    public func reshaped(_ shape: Shape) -> Traced {
        if shape == self.shape { return self }
        precondition(shape.count == count, "a \(self.shape) has not the entries of a \(shape)")
        switch storage {
        case .number(let value): return Traced([value], shape)
        case .array(let values): return Traced(values, shape)
        case .node(let trace, let id):
            if shape.isScalar { return self[0] }
            if self.shape.isScalar { return Traced.pack([self], shape) }
            if let parts { return Traced.pack(parts, shape) }
            return trace.unique(Node(.reshape, id, shape: shape))
        }
    }

    /// A scalar repeated in a shape; anything else must have the shape.
    public func broadcast(to shape: Shape) -> Traced {
        if self.shape == shape { return self }
        precondition(self.shape.isScalar, "a \(self.shape) cannot become a \(shape)")
        if let constant {
            return Traced([Double](repeating: constant, count: shape.count), shape)
        }
        if shape.count == 0 { return Traced([], shape) }
        return Traced.pack([Traced](repeating: self, count: shape.count), shape)
    }
}

extension Trace {
    /// A pack, or one that was made lately of the same scalars: a matrix that a
    /// loop reads again and again is one array.
    fileprivate func pack(_ scalars: [Int32], _ shape: Shape) -> Int32 {
        var hash = scalars.count
        for id in scalars { hash = hash &* 31 &+ Int(id) }
        let slot = (hash ^ hash >> 16) & (recentPacks.count - 1)
        let node = Node(.pack, shape: shape)
        let known = recentPacks[slot]
        if known.id >= 0, graph.isEqual(known.id, node, list: scalars),
            graph[known.id].shape == shape
        {
            recentPacks[slot].uses += 1
            return known.id
        }
        let id = graph.append(node, list: scalars)
        // What was asked for again keeps its slot for as often.
        if known.uses > 0 { recentPacks[slot].uses -= 1 } else { recentPacks[slot] = (id, 0) }
        return id
    }

    /// Entry `index` of a node; looks through packs, gathers and reshapes.
    fileprivate func element(_ index: Int, of id: Int32) -> Traced {
        let node = graph[id]
        switch node.operation {
        case .pack: return expression(graph.listed(index, by: id))
        case .gather:
            return expression(node.a)[Int(graph.listed(index, by: id))]
        case .reshape: return expression(node.a)[index]
        default: return unique(Node(.element, id, extra: Int32(index), shape: .scalar))
        }
    }
}

extension Graph {
    /// The array whose entries, all and in order, the nodes are.
    fileprivate func wholeArray(_ ids: [Int32]) -> Int32? {
        guard let first = ids.first, self[first].operation == .element else { return nil }
        let array = self[first].a
        guard self[array].shape.count == ids.count else { return nil }
        for (index, id) in ids.enumerated() {
            let node = self[id]
            guard node.operation == .element, node.a == array, node.extra == index else {
                return nil
            }
        }
        return array
    }
}
