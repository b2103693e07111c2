// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// The memory in which one thread runs a program. Nothing is allocated while a
/// program runs.
final class Workspace {
    let program: Program
    let values: UnsafeMutablePointer<Double>
    /// The memory of the values, when the program has shared constants.
    private let pages: Pages?
    let adjoints: UnsafeMutablePointer<Double>
    let scratch: UnsafeMutablePointer<Double>
    let instructions: UnsafeMutablePointer<Instruction>
    let instructionCount: Int
    private let densities: UnsafeMutablePointer<DensityCall>
    /// NaN until computed.
    private let constantParts: UnsafeMutablePointer<Double>
    private let indices: UnsafeMutablePointer<IndexList>
    let codes: UnsafeMutablePointer<UnsafeMutablePointer<vm_code>>
    @exclusivity(unchecked) private var tiles: [Tile]
    let kernels: Kernels
    let externals: [any ExternalEvaluator]
    /// What the first external function to fail at the last point said.
    @exclusivity(unchecked) var failure: (any Error)?

    /// `VM_DROP_CONSTANTS`
    static let dropConstants: UInt32 = 1 << 31
    /// `VM_ONLY_CONSTANTS`
    static let onlyConstants: UInt32 = 1 << 30

    /// A density term with its pointers resolved.
    private struct DensityCall {
        var kernel: vm_density
        var count: Int
        var flags: UInt32
        /// Whether terms of known arguments alone belong to the value.
        var keepsConstants: Bool
        var arguments: UnsafeMutablePointer<UnsafePointer<Double>?>
        var strides: UnsafeMutablePointer<Int32>
        var adjoints: UnsafeMutablePointer<UnsafeMutablePointer<Double>?>
        var noAdjoints: UnsafeMutablePointer<UnsafeMutablePointer<Double>?>
    }

    /// The indices of a gather.
    private struct IndexList {
        let values: UnsafeMutablePointer<Int32>
        /// Where indices stand in runs: the end of the run that each is in.
        let ends: UnsafeMutablePointer<Int32>?

        init(_ list: [Int32]) {
            values = .allocate(capacity: max(1, list.count))
            values.initialize(from: list, count: list.count)
            let changes = zip(list, list.dropFirst()).reduce(1) { $0 + ($1.0 == $1.1 ? 0 : 1) }
            if list.count < 16 || 3 * changes > list.count {
                ends = nil
                return
            }
            let ends = UnsafeMutablePointer<Int32>.allocate(capacity: list.count)
            var end = Int32(list.count)
            for i in list.indices.reversed() {
                if i + 1 < list.count, list[i] != list[i + 1] { end = Int32(i) + 1 }
                (ends + i).initialize(to: end)
            }
            self.ends = ends
        }

        func deallocate() {
            values.deallocate()
            ends?.deallocate()
        }
    }

    /// Entries from `low` on of a gather into `out`.
    func gather(_ number: Int32, _ low: Int, _ count: Int, _ out: UnsafeMutablePointer<Double>) {
        let list = indices[Int(number)]
        if let ends = list.ends {
            kernels.table.pointee.gather_runs(
                count, values, list.values + low, ends + low, low, out)
        } else {
            kernels.table.pointee.gather(count, values, list.values + low, out)
        }
    }

    /// Adds the adjoints of entries from `low` on of a gather to what they come from.
    func scatter(_ number: Int32, _ low: Int, _ count: Int, _ from: UnsafePointer<Double>) {
        let list = indices[Int(number)]
        if let ends = list.ends {
            kernels.table.pointee.scatter_add_runs(
                count, adjoints, list.values + low, ends + low, low, from)
        } else {
            kernels.table.pointee.scatter_add(count, adjoints, list.values + low, from)
        }
    }

    /// - Parameter sharing: off, shared constants are copied, as when they are too far
    ///   away.
    init(_ program: Program, kernels: Kernels = .shared, sharing: Bool = true) {
        var program = program
        let count = max(1, program.workspaceCount)
        if let shared = program.shared {
            var pages = Pages(count: count)
            let shifts: SharedConstants.Shifts
            if sharing, let near = shared.shifts(from: pages.start) {
                shifts = near
            } else {
                pages = Pages(count: count + shared.count)
                shifts = shared.copy(to: Int32(count), of: pages.start)
            }
            program.moveOperands(shifts.moved)
            self.pages = pages
            values = pages.start
        } else {
            pages = nil
            values = .allocate(capacity: count)
            values.initialize(repeating: 0, count: count)
        }
        self.program = program
        self.kernels = kernels
        externals = program.externals.map { $0.function.makeEvaluator(inputCount: $0.inputCount) }
        adjoints = .allocate(capacity: max(1, program.activeCount))
        scratch = .allocate(capacity: max(1, program.scratchCount))
        adjoints.initialize(repeating: 0, count: max(1, program.activeCount))
        scratch.initialize(repeating: 0, count: max(1, program.scratchCount))
        for (i, value) in program.constants.enumerated() { values[program.activeCount + i] = value }
        for (place, value) in program.preset { values[Int(place)] = value }
        tiles = program.tiledLoops.map { Tile($0, kernels) }
        instructionCount = program.instructions.count
        instructions = .allocate(capacity: max(1, instructionCount))
        instructions.initialize(from: program.instructions, count: instructionCount)
        indices = .allocate(capacity: max(1, program.indexLists.count))
        for (i, list) in program.indexLists.enumerated() {
            (indices + i).initialize(to: IndexList(list))
        }
        codes = .allocate(capacity: max(1, program.codes.count))
        for (i, code) in program.codes.enumerated() {
            let storage = UnsafeMutablePointer<vm_code>.allocate(capacity: code.count)
            storage.initialize(from: code, count: code.count)
            (codes + i).initialize(to: storage)
        }
        constantParts = .allocate(capacity: max(1, program.densityTerms.count))
        constantParts.initialize(repeating: .nan, count: max(1, program.densityTerms.count))
        densities = .allocate(capacity: max(1, program.densityTerms.count))
        for (i, term) in program.densityTerms.enumerated() {
            (densities + i).initialize(to: Self.call(term, values, adjoints, kernels))
        }
    }

    deinit {
        for i in 0..<program.densityTerms.count {
            densities[i].arguments.deallocate()
            densities[i].strides.deallocate()
            densities[i].adjoints.deallocate()
            densities[i].noAdjoints.deallocate()
        }
        densities.deallocate()
        constantParts.deallocate()
        for i in program.codes.indices { codes[i].deallocate() }
        codes.deallocate()
        for i in program.indexLists.indices { indices[i].deallocate() }
        indices.deallocate()
        instructions.deallocate()
        scratch.deallocate()
        adjoints.deallocate()
        if pages == nil { values.deallocate() }
    }

    private static func call(
        _ term: DensityTerm, _ values: UnsafeMutablePointer<Double>,
        _ adjoints: UnsafeMutablePointer<Double>, _ kernels: Kernels
    ) -> DensityCall {
        let count = term.arguments.count
        let call = DensityCall(
            kernel: kernels.density[Int(term.density.rawValue)], count: Int(term.count),
            flags: term.activeFlags,
            keepsConstants: !term.droppingConstants,
            arguments: .allocate(capacity: count), strides: .allocate(capacity: count),
            adjoints: .allocate(capacity: count), noAdjoints: .allocate(capacity: count))
        for (k, argument) in term.arguments.enumerated() {
            (call.arguments + k).initialize(to: UnsafePointer(values + Int(argument.offset)))
            (call.strides + k).initialize(to: Int32(argument.stride))
            (call.adjoints + k).initialize(
                to: argument.active ? adjoints + Int(argument.offset) : nil)
            (call.noAdjoints + k).initialize(to: nil)
        }
        return call
    }

    /// The terms of the result; with derivatives, adds them to the adjoints.
    ///
    /// The part of a density that depends on known arguments alone is computed
    /// once, at the first point where the arguments are in their domains.
    func terms(derivatives: Bool) -> Double {
        var total = program.constantTerm
        for i in 0..<program.densityTerms.count { total += density(i, derivatives: derivatives) }
        for i in tiles.indices { total += tile(i, derivatives: derivatives) }
        for run in program.termRuns {
            let at = Int(run.offset)
            total +=
                run.count == 1 ? values[at] : kernels.table.pointee.sum(Int(run.count), values + at)
            if derivatives, at < program.activeCount {
                if run.count == 1 {
                    adjoints[at] += 1
                } else {
                    kernels.table.pointee.add_scalar(Int(run.count), 1, adjoints + at)
                }
            }
        }
        return total
    }

    func density(_ i: Int, derivatives: Bool) -> Double {
        let c = densities[i]
        let value = c.kernel(
            c.count, c.arguments, c.strides, derivatives ? c.adjoints : c.noAdjoints, 1,
            c.flags | Self.dropConstants)
        guard c.keepsConstants else { return value }
        if constantParts[i].isNaN {
            constantParts[i] = c.kernel(
                c.count, c.arguments, c.strides, c.noAdjoints, 1, c.flags | Self.onlyConstants)
        }
        return value + constantParts[i]
    }

    func tile(_ i: Int, derivatives: Bool) -> Double { run(&tiles[i], derivatives: derivatives) }

    /// Whether the branches that the program took are those taken here.
    func checksHold() -> Bool {
        for check in program.checks
        where check.relation.holds(values[Int(check.a)], values[Int(check.b)]) != check.held {
            return false
        }
        return true
    }
}
