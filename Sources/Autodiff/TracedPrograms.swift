// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The programs of one traced function: one for each path through its branches
/// that has been met, most recent last.
final class TracedPrograms: Sendable {
    /// What a body returns: a result to differentiate, or outputs.
    enum Outcome {
        case result(Traced)
        case outputs([Traced])
    }

    /// Paths that are kept; the oldest is forgotten first.
    static let kept = 64

    let dimension: Int
    private let body: @Sendable (Trace) throws -> Outcome
    private let programs = Mutex(List())
    private let tracing = Mutex(())

    private struct List {
        var kept: [Program] = []
        /// How many there have been.
        var count = 0
    }

    init(dimension: Int, body: @escaping @Sendable (Trace) throws -> Outcome) {
        self.dimension = dimension
        self.body = body
    }

    var known: [Program] { programs.withLock { $0.kept } }

    /// The programs that came after the first `seen`, and how many there have
    /// been.
    func programs(after seen: Int) -> (programs: [Program], count: Int) {
        programs.withLock { (Array($0.kept.suffix($0.count - seen)), $0.count) }
    }

    func trace(at point: [Double]) throws -> Program {
        let (program, size) = try compile(at: point)
        if size > 1 << 16 { returnFreeMemory() }
        programs.withLock {
            $0.kept.append(program)
            $0.count += 1
            if $0.kept.count > Self.kept { $0.kept.removeFirst() }
        }
        return program
    }

    /// Lets one thread at a time trace: the others wait, and find its program.
    func withTracing(_ body: () throws -> Void) rethrows {
        try tracing.withLock { _ in try body() }
    }

    private func compile(at point: [Double]) throws -> (Program, size: Int) {
        let trace = Trace(point: point)
        let program =
            switch try body(trace) {
            case .result(let result):
                Compiler.compile(trace, dimension: dimension, result: result, outputs: [])
            case .outputs(let outputs):
                Compiler.compile(trace, dimension: dimension, result: nil, outputs: outputs)
            }
        return (program, trace.graph.count + trace.graph.constants.count)
    }
}

/// Gives back to the system what a large trace has left free: glibc would keep
/// some hundred megabytes while a program of a tenth of that runs. (Its header
/// is not in Swift's module, so the function is looked up by name.)
private func returnFreeMemory() {
    #if canImport(Glibc)
        guard let trim = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(trim, to: (@convention(c) (Int) -> Int32).self)(0)
    #endif
}

/// Runs the program whose branches are those taken at a point, tracing the
/// function anew when there is none.
final class PathFinder {
    private let programs: TracedPrograms
    @exclusivity(unchecked) private var workspaces: [Workspace] = []
    /// How many of the function's programs have come by here.
    private var seen = 0

    init(_ programs: TracedPrograms) { self.programs = programs }

    /// A workspace in which the values at the point have been computed.
    func forward(at point: UnsafePointer<Double>) throws -> Workspace {
        let found = try find(at: point)
        if let failure = found.failure { throw failure }
        return found
    }

    private func find(at point: UnsafePointer<Double>) throws -> Workspace {
        // Nearly always the path is the one taken last.
        if let last = workspaces.last, run(last, at: point) { return last }
        if let known = match(at: point, last: workspaces.count) { return known }
        try programs.withTracing {
            let (others, count) = programs.programs(after: seen)
            seen = count
            workspaces += others.map { Workspace($0) }
            if match(at: point, last: others.count) != nil { return }
            let position = Array(UnsafeBufferPointer(start: point, count: programs.dimension))
            let fresh = Workspace(try programs.trace(at: position))
            seen += 1
            _ = run(fresh, at: point)
            workspaces.append(fresh)
        }
        workspaces.removeFirst(max(0, workspaces.count - TracedPrograms.kept))
        return workspaces[workspaces.count - 1]
    }

    /// The one of the last workspaces whose branches are taken at the point; it
    /// becomes the very last.
    private func match(at point: UnsafePointer<Double>, last count: Int) -> Workspace? {
        for index in workspaces.indices.suffix(count).reversed()
        where run(workspaces[index], at: point) {
            if index < workspaces.count - 1 { workspaces.append(workspaces.remove(at: index)) }
            return workspaces[workspaces.count - 1]
        }
        return nil
    }

    private func run(_ workspace: Workspace, at point: UnsafePointer<Double>) -> Bool {
        workspace.values.update(from: point, count: programs.dimension)
        workspace.failure = nil
        workspace.forward()
        return workspace.checksHold()
    }
}
