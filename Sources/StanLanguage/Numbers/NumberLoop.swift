// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Synchronization

/// A loop over numbers as closures over a frame of plain numbers.
///
/// Generated quantities run once for every draw, often a loop over all observations:
/// there the walk over the tree costs far more than the arithmetic. A loop is compiled
/// when it only reads and writes numbers and entries of vectors, matrices and flat
/// arrays. Results, random numbers and errors are those of the walk.
final class NumberLoop: Sendable {
    let layout: NumberLayout
    let body: NumberStatement

    init(layout: NumberLayout, body: @escaping NumberStatement) {
        self.layout = layout
        self.body = body
    }

    /// Runs the loop; false when a variable is not what the loop was compiled for, so
    /// that nothing has been done.
    func run(_ evaluator: Evaluator) throws -> Bool {
        guard suits(evaluator) else { return false }
        let frame = NumberFrame(evaluator, layout)
        for (i, place) in layout.reals.enumerated() {
            frame.reals[i] = evaluator.slots[place.slot].knownNumber ?? .nan
        }
        for (i, place) in layout.integers.enumerated() {
            frame.integers[i] = evaluator.slots[place.slot].integer ?? .min
        }
        defer {
            for (i, place) in layout.reals.enumerated() where place.isWritten {
                evaluator.slots[place.slot] = .number(frame.reals[i])
            }
            for (i, place) in layout.integers.enumerated() where place.isWritten {
                evaluator.slots[place.slot] = .int(frame.integers[i])
            }
        }
        try placeLists(frame, 0)
        return true
    }

    private func suits(_ evaluator: Evaluator) -> Bool {
        for place in layout.reals where !layout.ownSlots.contains(place.slot) {
            if evaluator.slots[place.slot].knownNumber == nil { return false }
        }
        for place in layout.integers where !layout.ownSlots.contains(place.slot) {
            if evaluator.slots[place.slot].integer == nil { return false }
        }
        for place in layout.lists {
            guard evaluator.slots[place.slot].holdsKnownEntries else { return false }
        }
        for place in layout.integerLists {
            guard case .ints = evaluator.slots[place.slot] else { return false }
        }
        return true
    }

    /// Gives the frame the entries of one list after the other, then runs.
    private func placeLists(_ frame: NumberFrame, _ i: Int) throws {
        guard i < layout.lists.count else { return try placeIntegers(frame, 0) }
        let place = layout.lists[i]
        let slot = frame.evaluator.slots + place.slot
        if case .matrix(let matrix) = slot.pointee {
            frame.lists[i].rows = matrix.rows
            frame.lists[i].columns = matrix.columns
        }
        guard place.isWritten else {
            try slot.pointee.knownEntries.withUnsafeBufferPointer { entries in
                frame.lists[i].entries = UnsafeMutableBufferPointer(mutating: entries)
                try placeLists(frame, i + 1)
            }
            return
        }
        let (rows, columns) = (frame.lists[i].rows, frame.lists[i].columns)
        var isMatrix = false
        if case .matrix = slot.pointee { isMatrix = true }
        var entries = Value.takeNumbers(&slot.pointee)
        defer {
            slot.pointee =
                isMatrix
                ? .matrix(MatrixValue(Entries(entries), rows, columns)) : .vector(Entries(entries))
        }
        try entries.withUnsafeMutableBufferPointer { entries in
            frame.lists[i].entries = entries
            try placeLists(frame, i + 1)
        }
    }

    private func placeIntegers(_ frame: NumberFrame, _ i: Int) throws {
        guard i < layout.integerLists.count else {
            _ = try body(frame)
            return
        }
        let place = layout.integerLists[i]
        let slot = frame.evaluator.slots + place.slot
        guard place.isWritten else {
            try (slot.pointee.integers ?? []).withUnsafeBufferPointer { entries in
                frame.integerLists[i] = UnsafeMutableBufferPointer(mutating: entries)
                try placeIntegers(frame, i + 1)
            }
            return
        }
        var entries = Value.takeIntegers(&slot.pointee)
        defer { slot.pointee = .ints(entries) }
        try entries.withUnsafeMutableBufferPointer { entries in
            frame.integerLists[i] = entries
            try placeIntegers(frame, i + 1)
        }
    }
}

/// The compiled loops of a program; nil for those that are walked.
final class NumberLoops: Sendable {
    private let loops = Mutex<[ObjectIdentifier: NumberLoop?]>([:])

    func loop(of statement: StanStatement) -> NumberLoop? {
        loops.withLock { loops in
            let key = ObjectIdentifier(statement)
            if let known = loops[key] { return known }
            var compiler = NumberCompiler()
            let loop = compiler.loop(statement)
            loops[key] = .some(loop)
            return loop
        }
    }
}

extension Value {
    var knownNumber: Double? {
        if case .real(let number) = self { return number.constant }
        return nil
    }

    fileprivate var holdsKnownEntries: Bool {
        switch self {
        case .vector(let entries): entries.areNumbers
        case .matrix(let matrix): matrix.entries.areNumbers
        default: false
        }
    }

    fileprivate var knownEntries: [Double] {
        switch self {
        case .vector(let entries): entries.numbers ?? []
        case .matrix(let matrix): matrix.entries.numbers ?? []
        default: []
        }
    }

    /// Takes the entries out of their place, so that they have one owner.
    @inline(never)
    fileprivate static func takeNumbers(_ place: inout Value) -> [Double] {
        var entries: Entries
        if case .matrix = place {
            entries = takeMatrix(&place).entries
        } else {
            entries = takeEntries(&place)
        }
        return entries.takeNumbers()
    }
}
