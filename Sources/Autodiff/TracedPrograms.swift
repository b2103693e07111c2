// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

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
    private let programs = Mutex<[Program]>([])

    init(dimension: Int, body: @escaping @Sendable (Trace) throws -> Outcome) {
        self.dimension = dimension
        self.body = body
    }

    var known: [Program] { programs.withLock { $0 } }

    func trace(at point: [Double]) throws -> Program {
        let trace = Trace(point: point)
        let program =
            switch try body(trace) {
            case .result(let result):
                Compiler.compile(trace, dimension: dimension, result: result, outputs: [])
            case .outputs(let outputs):
                Compiler.compile(trace, dimension: dimension, result: nil, outputs: outputs)
            }
        programs.withLock {
            $0.append(program)
            if $0.count > Self.kept { $0.removeFirst() }
        }
        return program
    }
}

/// Runs the program whose branches are those taken at a point, tracing the
/// function anew when there is none.
final class PathFinder {
    private let programs: TracedPrograms
    private var workspaces: [Workspace] = []

    init(_ programs: TracedPrograms) { self.programs = programs }

    /// A workspace in which the values at the point have been computed.
    func forward(at point: UnsafePointer<Double>) throws -> Workspace {
        let found = try find(at: point)
        if let failure = found.failure { throw failure }
        return found
    }

    private func find(at point: UnsafePointer<Double>) throws -> Workspace {
        if let last = workspaces.last, run(last, at: point) { return last }
        if workspaces.isEmpty { workspaces = programs.known.map { Workspace($0) } }
        for index in workspaces.indices.reversed() where run(workspaces[index], at: point) {
            let found = workspaces.remove(at: index)
            workspaces.append(found)
            return found
        }
        let position = Array(UnsafeBufferPointer(start: point, count: programs.dimension))
        let fresh = Workspace(try programs.trace(at: position))
        _ = run(fresh, at: point)
        workspaces.append(fresh)
        if workspaces.count > TracedPrograms.kept { workspaces.removeFirst() }
        return fresh
    }

    private func run(_ workspace: Workspace, at point: UnsafePointer<Double>) -> Bool {
        workspace.values.update(from: point, count: programs.dimension)
        workspace.failure = nil
        workspace.forward()
        return workspace.checksHold()
    }
}
