// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Inference
import Randomness

/// Runs the statements of a checked program.
///
/// There is one evaluator for all blocks. Numbers are `Traced`s: known ones
/// in `transformed data` and `generated quantities`, nodes of a trace in the
/// model. So the same code computes and records.
final class Evaluator {
    let program: StanProgram
    let library: Library
    /// Where the parameters are recorded; nil when everything is known.
    let trace: Trace?
    /// For `_rng` functions.
    var generator: RandomGenerator?
    /// What `print` writes goes here, a line a call.
    var printer: ((String) -> Void)?
    /// Asked now and then whether to stop, so that endless loops can be.
    var isStopped: @Sendable () -> Bool = { false }

    /// Loops over numbers, compiled; nil where loops are walked.
    var loops: NumberLoops?

    var target = Target()
    /// The slots of the program, or of the function that is running.
    var slots: UnsafeMutablePointer<Value>
    /// Whether `_lupdf` and `~` may drop constants where we are.
    var dropsConstants = true
    /// Whether we are inside a function (there `target()` belongs to it).
    var depth = 0
    /// What a `return` statement left.
    var returned: Value = .void

    private let programSlots: UnsafeMutablePointer<Value>
    private var statements = 0
    /// An address near the start of the stack that we may use.
    private let stackBase: UInt

    /// - Parameter values: what the slots hold already, such as the data.
    init(
        _ program: StanProgram, library: Library = .shared, values: [Value] = [],
        trace: Trace? = nil
    ) {
        self.program = program
        self.library = library
        self.trace = trace
        programSlots = .allocate(capacity: max(1, program.slotCount))
        programSlots.initialize(repeating: .void, count: program.slotCount)
        for (slot, value) in values.enumerated() where slot < program.slotCount {
            programSlots[slot] = value
        }
        slots = programSlots
        stackBase = Evaluator.stackAddress()
    }

    deinit {
        programSlots.deinitialize(count: program.slotCount)
        programSlots.deallocate()
    }

    /// A copy of all values of the program's frame.
    var values: [Value] {
        Array(UnsafeBufferPointer(start: programSlots, count: program.slotCount))
    }

    func value(of variable: StanVariable) -> Value { slots[variable.slot] }

    // MARK: - Limits

    /// Counts a statement and, every 16, asks whether to go on.
    @inline(__always)
    func countStatement() throws {
        statements &+= 1
        if statements & 15 == 0, isStopped() { throw Cancelled() }
    }

    /// Bytes of stack that functions calling each other may use: far below what
    /// any platform's threads have.
    private static let stackLimit: UInt = 300_000

    func checkStack() throws {
        let here = Evaluator.stackAddress()
        let used = here > stackBase ? here - stackBase : stackBase - here
        if used > Self.stackLimit || depth > 10_000 {
            throw EvaluationError(
                "recursion", "functions call each other too deeply (\(depth) calls)",
                help: "end the recursion earlier, or use a loop")
        }
    }

    @inline(never)
    private static func stackAddress() -> UInt {
        var local: UInt8 = 0
        return withUnsafePointer(to: &local) { UInt(bitPattern: $0) }
    }

    // MARK: - Errors

    func diagnostic(_ error: EvaluationError, at range: Range<Int>) -> Diagnostic {
        Diagnostic(
            code: error.code, error.message, in: program.source, at: range, help: error.help)
    }

    func rejection(_ error: DomainError, at range: Range<Int>) -> Rejection {
        let (line, column) = program.source.position(of: range.lowerBound)
        let place = "\(program.source.name):\(line):\(column)"
        return Rejection("\(error.message) (\(place))", place: place)
    }

    /// Runs a step and gives its errors a place.
    @inline(__always)
    func located<T>(_ range: Range<Int>, _ body: () throws -> T) throws -> T {
        do { return try body() } catch let error as EvaluationError {
            throw diagnostic(error, at: range)
        } catch let error as DomainError {
            throw rejection(error, at: range)
        }
    }

    // MARK: - Branches

    /// Whether a relation holds; recorded when parameters have a part.
    func decide(_ a: Traced, _ relation: Relation, _ b: Traced) -> Bool {
        if let trace { return trace.decide(a, relation, b) }
        return relation.holds(a.constant ?? .nan, b.constant ?? .nan)
    }

    /// Whether a condition holds: an integer or real that is not 0.
    func truth(_ value: Value) -> Bool {
        switch value {
        case .int(let value): value != 0
        case .real(let value): decide(value, .notEqual, 0)
        default: false
        }
    }
}
