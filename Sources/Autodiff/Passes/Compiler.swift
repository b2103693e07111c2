// SPDX-License-Identifier: GPL-3.0-or-later

/// Lays the batches out in one workspace and writes the steps of a program.
///
/// Every value has a fixed place. An operand that stands in one run is read
/// where it is; one that does not is gathered first. Packs, entries, reshapes
/// and slices usually cost nothing: they are other names for a place.
///
/// Places at and beyond `Compiler.constantBase` stand for constants until the
/// size of the active part is known.
struct Compiler {
    /// Options of the passes, for comparing them in tests.
    struct Options {
        var batching = true
        var scalarCode = true
        var fusion = true
        /// Entries in a tile, and in the shortest array that is tiled. 0: no tiles.
        var tile = 512
        var leastTiled = 256
    }

    static let constantBase: Int32 = 1 << 30

    private let lowering: Lowering
    private let batching: Batching
    private let graph: Graph
    private var program: Program
    private var place: [Int32]
    private var emitted: [Bool]
    private var nextPlace: Int32
    /// Long arrays of known numbers; their places are from `SharedConstants.base` on.
    private var shared: [Double] = []
    private var knownScalars: [UInt64: Int32] = [:]
    private var gathers: [[Int32]: Int32] = [:]
    private var presets: [UInt64: Int32] = [:]
    private var knownMatrices: [[Int32]: Int32] = [:]
    /// Places kept for scalars that a pack will read, so that it need not copy them.
    private var reserved: [Int32: Int32] = [:]
    private var packStart: [Int32: Int32] = [:]

    static func compile(
        _ trace: Trace, dimension: Int, result: Traced?, outputs: [Traced],
        options: Options = Options()
    ) -> Program {
        let resultNode = result.map { trace.id(of: $0) }
        let outputNodes = outputs.map { trace.id(of: $0) }
        let guardNodes = trace.guards.flatMap { [$0.a, $0.b] }
        let lowering = Lowering(trace, result: resultNode, outputs: outputNodes + guardNodes)
        let roots = lowering.terms + lowering.densityTerms + outputNodes + guardNodes
        let batching = Batching(lowering, roots: roots, isEnabled: options.batching)
        var compiler = Compiler(lowering, batching, dimension: dimension)
        compiler.emitAll()
        compiler.finish(outputs: outputNodes, guards: trace.guards, options)
        return compiler.program
    }

    private init(_ lowering: Lowering, _ batching: Batching, dimension: Int) {
        self.lowering = lowering
        self.batching = batching
        graph = lowering.trace.graph
        program = Program(dimension: dimension)
        program.constantTerm = lowering.constantTerm
        place = [Int32](repeating: -1, count: lowering.trace.graph.count)
        emitted = [Bool](repeating: false, count: batching.units.count)
        nextPlace = Int32(dimension)
        reservePacks()
        reserveLanes()
    }

    /// A vector that a recurrence fills entry by entry gets its place first, and
    /// the entries are written where they belong.
    private mutating func reservePacks() {
        for id in batching.order where graph[id].operation == .pack {
            let list = graph.list(of: id)
            var free: [(lane: Int, member: Int32)] = []
            var seen = Set<Int32>()
            for (lane, member) in list.enumerated() {
                let member = resolved(member)
                guard isStep(member), seen.insert(member).inserted else { continue }
                free.append((lane, member))
            }
            if free.count < 2 || 2 * free.count < list.count { continue }
            let start = allocate(list.count)
            packStart[id] = start
            for (lane, member) in free { reserved[member] = start + Int32(lane) }
        }
    }

    /// So do the states of a recurrence that a batch reads, a lane for each.
    private mutating func reserveLanes() {
        for unit in batching.units where unit.members.count >= Self.fewestLanes {
            var slots = 0
            graph.forEachOperand(of: unit.members[0]) { _ in slots += 1 }
            for slot in 0..<slots {
                func lane(_ member: Int32) -> Int32 {
                    var (found, position): (Int32, Int) = (-1, 0)
                    graph.forEachOperand(of: member) {
                        if position == slot { found = $0 }
                        position += 1
                    }
                    return resolved(found)
                }
                guard isStep(lane(unit.members[0])) else { continue }
                let lanes = unit.members.map(lane)
                guard lanes.allSatisfy(isStep), Set(lanes).count == lanes.count else { continue }
                let start = allocate(lanes.count)
                for (offset, id) in lanes.enumerated() { reserved[id] = start + Int32(offset) }
            }
        }
    }

    private static let fewestLanes = 16

    /// Whether a node is an elementary step of its own, without a place yet.
    private func isStep(_ id: Int32) -> Bool {
        let unit = id < 0 ? -1 : batching.unit[Int(id)]
        return unit >= 0 && batching.units[Int(unit)].members.count == 1
            && [.unary, .binary, .select].contains(graph[id].operation) && graph[id].isScalar
            && reserved[id] == nil
    }

    // MARK: Order

    private mutating func emitAll() {
        var operands: [Int32] = []
        // The last unit that was found to need each.
        var neededBy = [Int32](repeating: -1, count: emitted.count)
        var waiting = [Bool](repeating: false, count: emitted.count)
        for start in batching.order where graph[start].operation != .constant {
            var pending = [batching.unit[Int(start)]]
            while let unit = pending.last {
                if emitted[Int(unit)] {
                    pending.removeLast()
                    continue
                }
                if !waiting[Int(unit)] {
                    waiting[Int(unit)] = true
                    operands.removeAll(keepingCapacity: true)
                    for member in batching.units[Int(unit)].members {
                        graph.forEachOperand(of: member) {
                            let id = lowering.resolve($0)
                            let needed = id < 0 ? -1 : batching.unit[Int(id)]
                            if needed >= 0, !emitted[Int(needed)], neededBy[Int(needed)] != unit {
                                neededBy[Int(needed)] = unit
                                operands.append(needed)
                            }
                        }
                    }
                    if !operands.isEmpty {
                        pending.append(contentsOf: operands.reversed())
                        continue
                    }
                }
                emitted[Int(unit)] = true
                pending.removeLast()
                emit(batching.units[Int(unit)].members)
            }
        }
    }

    // MARK: Places

    private mutating func allocate(_ count: Int) -> Int32 {
        defer { nextPlace += Int32(count) }
        return nextPlace
    }

    private func resolved(_ id: Int32) -> Int32 { lowering.resolve(id) }
    private func isConstant(_ id: Int32) -> Bool { graph.isConstant(id) }

    private mutating func addConstants(_ values: some Collection<Double>) -> Int32 {
        if values.count == 1, let value = values.first {
            if let known = knownScalars[value.bitPattern] { return known }
            let at = Self.constantBase + Int32(program.constants.count)
            knownScalars[value.bitPattern] = at
            program.constants.append(value)
            return at
        }
        if values.count >= SharedConstants.fewest {
            let at = SharedConstants.base + Int32(shared.count)
            shared.append(contentsOf: values)
            return at
        }
        let at = Self.constantBase + Int32(program.constants.count)
        program.constants.append(contentsOf: values)
        return at
    }

    /// Where a node's first entry stands.
    private mutating func placeOf(_ id: Int32) -> Int32 {
        let id = resolved(id)
        if id < 0 { return addConstants(CollectionOfOne(graph.number(id))) }
        if place[Int(id)] < 0, isConstant(id) {
            place[Int(id)] = addConstants(graph.constants(of: id))
        }
        return place[Int(id)]
    }

    private mutating func operand(whole id: Int32) -> DensityTerm.Argument {
        let id = resolved(id)
        return DensityTerm.Argument(
            offset: placeOf(id), stride: graph[id].isScalar ? 0 : 1,
            active: !isConstant(id))
    }

    /// One scalar a lane: a run, one value for all, or a gather.
    private mutating func operand(lanes ids: [Int32]) -> DensityTerm.Argument {
        let ids = ids.map { resolved($0) }
        if ids.count == 1 || ids.allSatisfy({ $0 == ids[0] }) {
            return DensityTerm.Argument(
                offset: placeOf(ids[0]), stride: 0, active: !isConstant(ids[0]))
        }
        if ids.allSatisfy({ isConstant($0) }) {
            let values = ids.map { graph.number($0) }
            if values.allSatisfy({ $0.bitPattern == values[0].bitPattern }) {
                return DensityTerm.Argument(
                    offset: addConstants([values[0]]), stride: 0, active: false)
            }
            return DensityTerm.Argument(offset: addConstants(values), stride: 1, active: false)
        }
        return DensityTerm.Argument(offset: run(of: ids), stride: 1, active: true)
    }

    /// The start of a run with the scalars in order; gathered when need be.
    private mutating func run(of ids: [Int32]) -> Int32 {
        var places: [Int32] = []
        places.reserveCapacity(ids.count)
        for id in ids {
            let id = resolved(id)
            places.append(isConstant(id) ? presetPlace(id) : placeOf(id))
        }
        return run(at: places)
    }

    private mutating func run(at places: [Int32]) -> Int32 {
        let first = places[0]
        var isRun = true
        for (offset, place) in places.enumerated() where place != first + Int32(offset) {
            isRun = false
            break
        }
        if isRun { return first }
        if let known = gathers[places] { return known }
        let out = allocate(places.count)
        emitGather(places, out: out)
        gathers[places] = out
        return out
    }

    /// A place in the active part for a constant that stands among computed values.
    private mutating func presetPlace(_ id: Int32) -> Int32 {
        let value = graph.number(id)
        if let known = presets[value.bitPattern] { return known }
        let at = allocate(1)
        presets[value.bitPattern] = at
        program.preset.append((at, value))
        return at
    }

    // MARK: Steps

    private mutating func emit(_ members: [Int32]) {
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

    private mutating func emitGather(_ places: [Int32], out: Int32) {
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

    // MARK: The end

    private mutating func finish(outputs: [Int32], guards: [Trace.Guard], _ options: Options) {
        // Constants cannot be terms here; sort so that neighbours make runs.
        let runs = lowering.terms.map {
            Program.Run(offset: placeOf($0), count: Int32(graph[resolved($0)].shape.count))
        }.sorted { $0.offset < $1.offset }
        for run in runs {
            if let last = program.termRuns.last, last.offset + last.count == run.offset {
                program.termRuns[program.termRuns.count - 1].count += run.count
            } else {
                program.termRuns.append(run)
            }
        }
        for output in outputs {
            let start = placeOf(output)
            program.outputs.append(
                contentsOf: (0..<Int32(graph[output].shape.count)).map { start + $0 })
        }
        program.checks = guards.map {
            Program.Check(relation: $0.relation, a: placeOf($0.a), b: placeOf($0.b), held: $0.held)
        }
        if options.fusion {
            let fused = Fusion.fused(program, places: nextPlace)
            program = fused.program
            nextPlace = program.close(fused.holes, end: nextPlace)
        }
        if options.tile > 0 {
            var tiling = Tiling(
                program, firstFreePlace: nextPlace, width: options.tile,
                least: options.leastTiled)
            program = tiling.tiled()
            nextPlace = tiling.nextPlace
            nextPlace = program.close(tiling.holes, end: nextPlace)
        }
        var code = ScalarCode(
            program, shared: shared, firstFreePlace: nextPlace, isEnabled: options.scalarCode)
        program = code.converted()
        nextPlace = code.nextPlace
        program.activeCount = Int(nextPlace)
        relocateConstants()
        if !shared.isEmpty { program.shared = SharedConstants(shared) }
    }

    private mutating func relocateConstants() {
        let base = Self.constantBase
        let shift = nextPlace - base
        program.movePlaces { $0 >= base && $0 < SharedConstants.base ? $0 + shift : $0 }
    }
}
