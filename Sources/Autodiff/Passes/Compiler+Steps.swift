// SPDX-License-Identifier: GPL-3.0-or-later

// The steps of a program, one for each batch or array operation.
extension Compiler {
    mutating func emit(_ members: [Int32]) {
        let id = members[0]
        let node = graph[id]
        switch node.operation {
        case .constant: break
        case .input: place[Int(id)] = node.extra
        case .element: place[Int(id)] = placeOf(node.a) + node.extra
        case .reshape: place[Int(id)] = placeOf(node.a)
        case .pack: emitPack(id)
        case .gather:
            let start = placeOf(node.a)
            place[Int(id)] = run(at: graph.list(of: id).map { start + $0 })
        case .unary, .binary, .select: emitElementwise(members, node)
        case .density: emitDensity(members, node)
        case .logSumExpOfScalars: emitLogSumExps(members)
        case .external: emitExternal(id, node)
        case .pointwise: emitPointwise(members, node)
        case .dot where members.count > 1: emitRowProducts(members)
        default: emitArrayStep(id, node)
        }
    }

    private mutating func emitPack(_ id: Int32) {
        let list = graph.list(of: id)
        guard let start = packStart[id] else {
            place[Int(id)] = run(of: list)
            return
        }
        place[Int(id)] = start
        // What could not be written in place is copied.
        var missing: [Int32] = []
        for (lane, member) in (list + [-1]).enumerated() {
            if member != -1 {
                let member = resolved(member)
                let from = isConstant(member) ? presetPlace(member) : placeOf(member)
                if from != start + Int32(lane) {
                    missing.append(from)
                    continue
                }
            }
            if !missing.isEmpty {
                emitGather(missing, out: start + Int32(lane - missing.count))
                missing = []
            }
        }
    }

    mutating func emitGather(_ places: [Int32], out: Int32) {
        program.indexLists.append(places)
        program.instructions.append(
            Instruction(
                step: .gather, activeA: true, count: Int32(places.count), out: out, a: 0,
                extra: Int32(program.indexLists.count - 1)))
    }

    private mutating func emitElementwise(_ members: [Int32], _ node: Node) {
        let isBatch = members.count > 1
        let operandCount = node.operation == .unary ? 1 : node.operation == .binary ? 2 : 3
        var operands: [DensityTerm.Argument] = []
        for slot in 0..<operandCount {
            func read(_ id: Int32) -> Int32 {
                let node = graph[id]
                return slot == 0 ? node.a : slot == 1 ? node.b : node.c
            }
            operands.append(
                isBatch ? operand(lanes: members.map(read)) : operand(whole: read(members[0])))
        }
        let count = isBatch ? members.count : node.shape.count
        let out = reserved[members[0]] ?? allocate(count)
        for (lane, member) in members.enumerated() {
            place[Int(member)] = out + Int32(isBatch ? lane : 0)
        }
        var step = Instruction(
            step: node.operation == .unary ? .unary : node.operation == .binary ? .binary : .select,
            function: node.function, count: Int32(count), out: out, a: operands[0].offset)
        step.strideA = operands[0].stride
        step.activeA = operands[0].active
        if operandCount > 1 {
            step.b = operands[1].offset
            step.strideB = operands[1].stride
            step.activeB = operands[1].active
        }
        if operandCount > 2 {
            step.c = operands[2].offset
            step.strideC = operands[2].stride
        }
        program.instructions.append(step)
    }

    private mutating func emitDensity(_ members: [Int32], _ node: Node) {
        let density = FusedDensity(rawValue: node.function)!
        var operands: [DensityTerm.Argument] = []
        var count = members.count
        for slot in 0..<density.argumentCount {
            if members.count > 1 {
                operands.append(operand(lanes: members.map { graph.listed(slot, by: $0) }))
            } else {
                let argument = graph.listed(slot, by: members[0])
                operands.append(operand(whole: argument))
                count = max(count, graph[resolved(argument)].shape.count)
            }
        }
        program.densityTerms.append(
            DensityTerm(
                density: density, count: Int32(count),
                arguments: operands,
                droppingConstants: node.b == 1))
    }

    /// Inner products of known vectors with one computed vector: the rows of a
    /// known matrix times the vector.
    private mutating func emitRowProducts(_ members: [Int32]) {
        let first = graph[members[0]]
        let isKnownFirst = isConstant(resolved(first.a))
        let vector = resolved(isKnownFirst ? first.b : first.a)
        let inner = graph[vector].shape.count
        let rows = members.count
        let known = members.map { resolved(isKnownFirst ? graph[$0].a : graph[$0].b) }
        let at = placeOfMatrix(known, columns: inner)
        let out = allocate(members.count)
        for (lane, member) in members.enumerated() { place[Int(member)] = out + Int32(lane) }
        program.instructions.append(
            Instruction(
                step: .matrixProduct, activeB: true, count: 1, out: out, a: at,
                b: placeOf(vector), extra: Int32(rows), inner: Int32(inner)))
    }

    private mutating func emitLogSumExps(_ members: [Int32]) {
        let operands = graph.list(of: members[0]).indices.map { slot in
            operand(lanes: members.map { graph.listed(slot, by: $0) })
        }
        let out = allocate(members.count)
        for (lane, member) in members.enumerated() { place[Int(member)] = out + Int32(lane) }
        program.reductions.append(operands)
        program.instructions.append(
            Instruction(
                step: .logSumExps, count: Int32(members.count), out: out,
                // The weights of the softmax: the partial derivatives.
                a: allocate(members.count * operands.count),
                extra: Int32(program.reductions.count - 1)))
    }

    /// Known vectors as the rows of a matrix; the same rows make it once.
    private mutating func placeOfMatrix(_ rows: [Int32], columns: Int) -> Int32 {
        if let place = knownMatrices[rows] { return place }
        var matrix = [Double](repeating: 0, count: columns * rows.count)
        for (row, known) in rows.enumerated() {
            for (column, value) in graph.constants(of: known).enumerated() {
                matrix[column * rows.count + row] = value
            }
        }
        let place = addConstants(matrix)
        knownMatrices[rows] = place
        return place
    }

    private mutating func emitExternal(_ id: Int32, _ node: Node) {
        let a = operand(whole: node.a)
        let out = allocate(node.shape.count)
        place[Int(id)] = out
        program.externals.append(
            Program.External(
                function: lowering.trace.externals[Int(node.extra)],
                inputCount: graph[resolved(node.a)].shape.count))
        program.instructions.append(
            Instruction(
                step: .external, activeA: a.active, count: Int32(node.shape.count), out: out,
                a: a.offset, extra: Int32(program.externals.count - 1)))
    }

    private mutating func emitPointwise(_ members: [Int32], _ node: Node) {
        let isBatch = members.count > 1
        let count = isBatch ? members.count : node.shape.count
        let operands = graph.list(of: members[0]).enumerated().map { slot, argument in
            isBatch
                ? operand(lanes: members.map { graph.listed(slot, by: $0) })
                : operand(whole: argument)
        }
        let out = allocate(count)
        for (lane, member) in members.enumerated() {
            place[Int(member)] = out + Int32(isBatch ? lane : 0)
        }
        program.pointwise.append(
            Program.Pointwise(
                function: lowering.trace.pointwise[Int(node.b)],
                arguments: operands))
        program.instructions.append(
            Instruction(
                step: .pointwise, count: Int32(count), out: out, a: 0,
                // The partial derivatives, one run an argument.
                b: allocate(count * operands.count), extra: Int32(program.pointwise.count - 1)))
    }

    private static let arraySteps: [Operation: Step] = [
        .sum: .sum, .dot: .dot, .logSumExp: .logSumExp, .product: .product, .minimum: .minimum,
        .maximum: .maximum, .matrixProduct: .matrixProduct, .cholesky: .cholesky,
        .solveLower: .solveLower, .solveLowerTransposed: .solveLowerTransposed,
        .inverse: .inverse, .solve: .solve, .logDeterminant: .logDeterminant,
    ]

    private mutating func emitArrayStep(_ id: Int32, _ node: Node) {
        guard let step = Self.arraySteps[node.operation] else { return }
        let a = operand(whole: node.a)
        let left = graph[resolved(node.a)].shape
        var instruction = Instruction(step: step, count: 0, out: 0, a: a.offset)
        instruction.activeA = a.active
        if node.b != -1 {
            let b = operand(whole: node.b)
            instruction.b = b.offset
            instruction.activeB = b.active
        }
        switch step {
        case .sum, .dot, .logSumExp, .product, .minimum, .maximum:
            instruction.count = Int32(left.count)
        default:
            // rows × inner times inner × count
            instruction.extra = Int32(left.rows)
            instruction.inner = Int32(left.columns)
            instruction.count = Int32(
                node.b != -1 ? graph[resolved(node.b)].shape.columns : left.columns)
            if step != .matrixProduct {
                // A square matrix of its size and the right side, at most.
                program.scratchCount = max(
                    program.scratchCount, 2 * left.count + node.shape.count)
            }
        }
        instruction.out = allocate(node.shape.count)
        place[Int(id)] = instruction.out
        program.instructions.append(instruction)
    }
}
