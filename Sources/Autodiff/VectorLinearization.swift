// SPDX-License-Identifier: GPL-3.0-or-later

/// Evaluates a vector function again and again, and carries adjoints back through
/// it: the right side of a differential equation, an integrand, a system of
/// equations. Belongs to one thread; allocates nothing once a path is known.
///
/// A caller writes its inputs to ``point`` and says how many entries at the head
/// have changed since the last evaluation.
package final class VectorLinearization {
    /// The inputs, as many as the function's dimension.
    package let point: UnsafeMutablePointer<Double>
    package let dimension: Int
    private let paths: PathFinder
    @exclusivity(unchecked) private var current: Workspace?
    /// The same, without counting references.
    @exclusivity(unchecked) private var unmanaged: Unmanaged<Workspace>?
    /// Places of the outputs in the current workspace.
    @exclusivity(unchecked) private var outputs: UnsafeMutablePointer<Int32>
    private var outputCapacity = 1
    @exclusivity(unchecked) private var values: UnsafeMutablePointer<Double>
    @exclusivity(unchecked) private var adjointsOfCurrent: UnsafeMutablePointer<Double>
    @exclusivity(unchecked) private var activeCount = 0
    /// Counts the changes from one path through the branches to another.
    @exclusivity(unchecked) package private(set) var pathChanges = 0
    /// The number of outputs, known after the first evaluation.
    @exclusivity(unchecked) package private(set) var outputCount = 0
    /// Whether one program serves every point, without branches and without
    /// functions that keep state: then an evaluation can be saved.
    @exclusivity(unchecked) package private(set) var isPlain = false

    package init(_ function: VectorFunction) {
        paths = PathFinder(function.programs)
        dimension = function.dimension
        point = .allocate(capacity: max(1, function.dimension))
        point.initialize(repeating: 0, count: max(1, function.dimension))
        outputs = .allocate(capacity: 1)
        values = point
        adjointsOfCurrent = point
    }

    deinit {
        point.deallocate()
        outputs.deallocate()
    }

    /// Writes the outputs at ``point``.
    ///
    /// - Parameter head: entries at the head of the point that may have changed.
    /// - Throws: what the function throws at this point.
    package func evaluate(
        changing head: Int, into output: UnsafeMutablePointer<Double>
    ) throws {
        if isPlain, let unmanaged {
            values.update(from: point, count: head)
            unmanaged._withUnsafeGuaranteedRef { $0.forward() }
        } else {
            try evaluateFresh()
        }
        for i in 0..<outputCount { output[i] = values[Int(outputs[i])] }
    }

    @inline(never)
    private func evaluateFresh() throws {
        let found = try paths.forward(at: point)
        if found === current { return }
        current = found
        pathChanges += 1
        unmanaged = .passUnretained(found)
        values = found.values
        adjointsOfCurrent = found.adjoints
        activeCount = found.program.activeCount
        outputCount = found.program.outputs.count
        isPlain = found.program.checks.isEmpty && found.program.externals.isEmpty
        if outputCount > outputCapacity {
            outputs.deallocate()
            outputs = .allocate(capacity: outputCount)
            outputCapacity = outputCount
        }
        outputs.update(from: found.program.outputs, count: outputCount)
    }

    /// Adds the transposed Jacobian times the seeds at the last point evaluated or
    /// restored; one entry for each input.
    package func pullBack(
        _ seeds: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
    ) {
        guard let unmanaged else { return }
        let d = adjointsOfCurrent
        d.update(repeating: 0, count: activeCount)
        for i in 0..<outputCount {
            let place = Int(outputs[i])
            if place < activeCount { d[place] += seeds[i] }
        }
        unmanaged._withUnsafeGuaranteedRef { $0.reverse() }
        for i in 0..<dimension { adjoints[i] += d[i] }
    }

    // MARK: Saved evaluations

    /// The size of a saved evaluation.
    package var savedCount: Int { activeCount }

    /// As ``evaluate(changing:into:)`` at a first entry and a vector behind it, for
    /// functions that are plain, and saves what ``pullBack(from:head:_:first:rest:)``
    /// needs.
    ///
    /// - Precondition: the function is plain; the rest of the point has not changed
    ///   since the last evaluation.
    package func evaluatePlain(
        _ first: Double, _ rest: UnsafePointer<Double>, count: Int,
        into output: UnsafeMutablePointer<Double>, saving tape: UnsafeMutablePointer<Double>?
    ) {
        guard let unmanaged else { return }
        let (values, outputs) = (values, outputs)
        values[0] = first
        Self.copy(rest, values + 1, count)
        unmanaged._withUnsafeGuaranteedRef { $0.forward() }
        for i in 0..<outputCount { output[i] = values[Int(outputs[i])] }
        if let tape { Self.copy(values, tape, activeCount) }
    }

    /// Carries seeds back at a saved evaluation of a plain function: adds the
    /// adjoints of the first entry and of those behind it, `head` in all, and keeps
    /// adding up those of the entries behind them.
    package func pullBack(
        from tape: UnsafePointer<Double>, head: Int, _ seeds: UnsafePointer<Double>,
        first: UnsafeMutablePointer<Double>, rest: UnsafeMutablePointer<Double>
    ) {
        guard let unmanaged else { return }
        let (d, outputs) = (adjointsOfCurrent, outputs)
        Self.copy(tape, values, activeCount)
        Self.clear(d, head)
        Self.clear(d + dimension, activeCount - dimension)
        for i in 0..<outputCount {
            let place = Int(outputs[i])
            if place < activeCount { d[place] += seeds[i] }
        }
        unmanaged._withUnsafeGuaranteedRef { $0.reverse() }
        first.pointee += d[0]
        for i in 1..<max(1, head) { rest[i - 1] += d[i] }
    }

    /// Sets the adjoints that are added up to 0.
    package func clearKept(from head: Int) {
        for i in head..<dimension { adjointsOfCurrent[i] = 0 }
    }

    /// Adds what was added up to a vector.
    package func addKept(from head: Int, into target: UnsafeMutablePointer<Double>) {
        for i in head..<dimension { target[i - head] += adjointsOfCurrent[i] }
    }

    // Few numbers are copied faster by hand than by a call.

    @inline(__always)
    private static func copy(
        _ a: UnsafePointer<Double>, _ b: UnsafeMutablePointer<Double>, _ count: Int
    ) {
        if count > 64 {
            b.update(from: a, count: count)
            return
        }
        var i = 0
        while i + 4 <= count {
            let (x, y, z, w) = (a[i], a[i + 1], a[i + 2], a[i + 3])
            b[i] = x
            b[i + 1] = y
            b[i + 2] = z
            b[i + 3] = w
            i += 4
        }
        if count & 2 != 0 {
            (b[i], b[i + 1]) = (a[i], a[i + 1])
            i += 2
        }
        if count & 1 != 0 { b[i] = a[i] }
    }

    @inline(__always)
    private static func clear(_ a: UnsafeMutablePointer<Double>, _ count: Int) {
        if count > 64 {
            a.update(repeating: 0, count: count)
            return
        }
        var i = 0
        while i + 4 <= count {
            a[i] = 0
            a[i + 1] = 0
            a[i + 2] = 0
            a[i + 3] = 0
            i += 4
        }
        if count & 2 != 0 {
            a[i] = 0
            a[i + 1] = 0
            i += 2
        }
        if count & 1 != 0 { a[i] = 0 }
    }
}
