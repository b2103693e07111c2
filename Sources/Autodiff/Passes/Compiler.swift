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

    let lowering: Lowering
    let batching: Batching
    let graph: Graph
    var program: Program
    var place: [Int32]
    private var emitted: [Bool]
    private var nextPlace: Int32
    /// Long arrays of known numbers; their places are from `SharedConstants.base` on.
    private var shared = SharedConstants.List()
    private var knownScalars: [UInt64: Int32] = [:]
    private var gathers: [[Int32]: Int32] = [:]
    private var presets: [UInt64: Int32] = [:]
    var knownMatrices: [[Int32]: Int32] = [:]
    /// Places kept for scalars that a pack will read, so that it need not copy them.
    var reserved: [Int32: Int32] = [:]
    var packStart: [Int32: Int32] = [:]

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

    mutating func allocate(_ count: Int) -> Int32 {
        defer { nextPlace += Int32(count) }
        return nextPlace
    }

    func resolved(_ id: Int32) -> Int32 { lowering.resolve(id) }
    func isConstant(_ id: Int32) -> Bool { graph.isConstant(id) }

    mutating func addConstants(_ values: some Collection<Double>) -> Int32 {
        if values.count == 1, let value = values.first {
            if let known = knownScalars[value.bitPattern] { return known }
            let at = Self.constantBase + Int32(program.constants.count)
            knownScalars[value.bitPattern] = at
            program.constants.append(value)
            return at
        }
        if values.count >= SharedConstants.fewest {
            return shared.add(Array(values))
        }
        let at = Self.constantBase + Int32(program.constants.count)
        program.constants.append(contentsOf: values)
        return at
    }

    /// Where a node's first entry stands.
    mutating func placeOf(_ id: Int32) -> Int32 {
        let id = resolved(id)
        if id < 0 { return addConstants(CollectionOfOne(graph.number(id))) }
        if place[Int(id)] < 0, isConstant(id) {
            place[Int(id)] =
                graph.longArray(of: id).map { shared.add($0) }
                ?? addConstants(graph.constants(of: id))
        }
        return place[Int(id)]
    }

    mutating func operand(whole id: Int32) -> DensityTerm.Argument {
        let id = resolved(id)
        return DensityTerm.Argument(
            offset: placeOf(id), stride: graph[id].isScalar ? 0 : 1,
            active: !isConstant(id))
    }

    /// One scalar a lane: a run, one value for all, or a gather.
    mutating func operand(lanes ids: [Int32]) -> DensityTerm.Argument {
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
    mutating func run(of ids: [Int32]) -> Int32 {
        var places: [Int32] = []
        places.reserveCapacity(ids.count)
        for id in ids {
            let id = resolved(id)
            places.append(isConstant(id) ? presetPlace(id) : placeOf(id))
        }
        return run(at: places)
    }

    mutating func run(at places: [Int32]) -> Int32 {
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
    mutating func presetPlace(_ id: Int32) -> Int32 {
        let value = graph.number(id)
        if let known = presets[value.bitPattern] { return known }
        let at = allocate(1)
        presets[value.bitPattern] = at
        program.preset.append((at, value))
        return at
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
        if shared.count > 0 { program.shared = SharedConstants(shared) }
    }

    private mutating func relocateConstants() {
        let base = Self.constantBase
        let shift = nextPlace - base
        program.movePlaces { $0 >= base && $0 < SharedConstants.base ? $0 + shift : $0 }
    }
}
