// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

/// Runs checked scripts.
///
/// Unchecked Sendable because closures that a library function holds refer to
/// it; everything runs on the one thread of the session.
final class Interpreter: @unchecked Sendable {
    let registry: Registry
    var source: SourceText
    var limits = Limits()
    var sandbox: Sandbox
    var globals: [ScriptValue] = []
    /// Bound globals, for names whose cell failed half-way.
    var isBound: [Bool] = []
    /// The stream of the cell; every call that draws takes the next child.
    var stream = StreamKey(seed: 0)
    private var drawingCalls = 0
    /// The graph under construction while a closure is differentiated.
    var trace: Trace?
    /// Called with every value that a cell shows.
    var show: (ScriptValue, Range<Int>) throws -> Void = { _, _ in }
    /// Failed expectations of the cell.
    var failures: [Diagnostic] = []
    var expectationCount = 0
    /// Told how far a long fit is.
    var progress: (Double, String) -> Void = { _, _ in }

    var locals: [ScriptValue] = []
    var base = 0
    var captured: [ScriptValue] = []
    private var depth = 0
    private var ticks = 0
    private var shownCount = 0
    private var memoryBefore = 0.0

    /// How far a cell may go.
    struct Limits: Sendable {
        var deadline: ContinuousClock.Instant?
        var timeout: Duration?
        /// Numbers in one value: 2^27 doubles are 1 GiB.
        var elements = 1 << 27
        /// Bytes that a cell may add to the memory of the process.
        var memory = ResidentMemory.fairShare
        var depth = 6000
        var shown = 500
        var textLength = 1 << 22
        var isCancelled: @Sendable () -> Bool = { false }

        /// Whether the cell must stop now.
        var isOver: Bool {
            if isCancelled() { return true }
            guard let deadline else { return false }
            return ContinuousClock.now > deadline
        }
    }

    init(registry: Registry, source: SourceText, sandbox: Sandbox) {
        self.registry = registry
        self.source = source
        self.sandbox = sandbox
    }

    // MARK: Entry points

    func bind(_ slot: Int, _ value: ScriptValue) {
        while globals.count <= slot {
            globals.append(.nothing)
            isBound.append(false)
        }
        globals[slot] = value
        isBound[slot] = true
    }

    /// Runs a cell or line from its beginning, on a stream of its own.
    func run(_ script: CheckedScript, stream: StreamKey) throws {
        begin(stream)
        enterFrame(script.localCount)
        for definition in script.definitions { reserve(definition.slot) }
        for statement in script.statements { try execute(statement) }
    }

    /// The value of one expression, on a stream of its own.
    func evaluate(_ node: Node, localCount: Int, stream: StreamKey) throws -> ScriptValue {
        begin(stream)
        enterFrame(localCount)
        return try evaluate(node)
    }

    private func begin(_ stream: StreamKey) {
        self.stream = stream
        drawingCalls = 0
        failures = []
        expectationCount = 0
        shownCount = 0
        depth = 0
        trace = nil
        memoryBefore = ResidentMemory.peak
        limits.deadline = limits.timeout.map { ContinuousClock.now + $0 }
    }

    private func enterFrame(_ count: Int) {
        locals = Array(repeating: .nothing, count: count)
        base = 0
        captured = []
    }

    private func reserve(_ slot: Int) {
        while globals.count <= slot {
            globals.append(.nothing)
            isBound.append(false)
        }
        isBound[slot] = false
        globals[slot] = .nothing
    }

    /// The stream for the next call that draws random numbers.
    func nextStream() -> StreamKey {
        defer { drawingCalls += 1 }
        return stream.child(drawingCalls)
    }

    // MARK: Limits

    /// To be called in every loop and call: stops a script that takes too long.
    func tick(_ range: Range<Int>) throws {
        ticks &+= 1
        guard ticks & 0xFF == 0 else { return }
        try checkTime(range)
    }

    func checkTime(_ range: Range<Int>) throws {
        if limits.isCancelled() { throw Interrupted() }
        if let deadline = limits.deadline, ContinuousClock.now > deadline {
            let seconds = limits.timeout.map { Double($0.components.seconds) } ?? 0
            throw failure(
                "timeout", "the cell took longer than \(ScriptFormat.number(seconds)) s", range,
                help: "raise it with timeout=… behind the cell's label, or do less")
        }
        try checkMemory(0, range)
    }

    /// Many values that are small enough each can still be too much together.
    private func checkMemory(_ bytes: Double, _ range: Range<Int>) throws {
        guard ResidentMemory.peak - memoryBefore + bytes > limits.memory else { return }
        throw failure(
            "limit", "the cell needs more memory than \(ScriptFormat.bytes(limits.memory))", range,
            help: "keep less at a time: a summary in the place of all values")
    }

    func checkCount(_ count: Double, _ range: Range<Int>) throws {
        guard count <= Double(limits.elements) else {
            throw failure(
                "limit",
                "this would hold \(ScriptFormat.number(count)) numbers, "
                    + ScriptFormat.bytes(count * 8), range,
                help: "the limit is \(ScriptFormat.bytes(Double(limits.elements) * 8))")
        }
        if count > 100_000 { try checkMemory(count * 8, range) }
    }

    func failure(
        _ code: String, _ message: String, _ range: Range<Int>, help: String? = nil
    ) -> Diagnostic {
        Diagnostic(code: "script/\(code)", message, in: source, at: range, help: help)
    }

    // MARK: Statements

    /// A statement of a cell: expression statements show their values.
    private func execute(_ statement: StatementCode) throws {
        try tick(statement.range)
        switch statement.kind {
        case .evaluate(let node):
            if case .conditional(let branches, let otherwise) = node.code {
                for statement in try branch(branches, otherwise) { try execute(statement) }
                return
            }
            let value = try evaluate(node)
            if value.isNothing { return }
            shownCount += 1
            guard shownCount <= limits.shown else {
                throw failure(
                    "limit", "this cell shows more than \(limits.shown) values", statement.range,
                    help: "collect them in a vector: (0..<n).map({ i in … })")
            }
            try show(value, statement.range)
        case .forIn(let local, let sequence, let body):
            try forEach(local, sequence) {
                for statement in body { try execute(statement) }
            }
        default:
            try executeQuietly(statement)
        }
    }

    /// A statement inside of a closure; gives the value of an expression.
    @discardableResult
    private func executeQuietly(_ statement: StatementCode) throws -> ScriptValue {
        switch statement.kind {
        case .evaluate(let node):
            return try evaluate(node)
        case .bind(let place, let node):
            let value = try evaluate(node)
            if value.isNothing {
                throw failure("type", "this gives no value to bind", node.range)
            }
            switch place {
            case .local(let slot): locals[base + slot] = value
            case .global(let slot): bind(slot, value)
            }
        case .assign(let place, let name, let indices, let operation, let node):
            try assign(place, name, indices, operation, node, statement.range)
        case .forIn(let local, let sequence, let body):
            try forEach(local, sequence) {
                for statement in body { try executeQuietly(statement) }
            }
        }
        return .nothing
    }

    /// The value of a block: that of its last statement.
    func value(of body: [StatementCode]) throws -> ScriptValue {
        var result = ScriptValue.nothing
        for statement in body {
            try tick(statement.range)
            result = try executeQuietly(statement)
        }
        return result
    }

    func branch(
        _ branches: [(condition: Node, body: [StatementCode])], _ otherwise: [StatementCode]?
    ) throws -> [StatementCode] {
        for (condition, body) in branches {
            if try bool(try evaluate(condition), condition.range) { return body }
        }
        return otherwise ?? []
    }

    private func forEach(_ local: Int, _ sequence: Node, _ body: () throws -> Void) throws {
        func each(_ value: ScriptValue) throws {
            try tick(sequence.range)
            locals[base + local] = value
            try body()
        }
        switch try evaluate(sequence) {
        case .range(let range):
            guard let integers = range.integers else {
                throw failure(
                    "type", "'for' counts through whole numbers, not \(range.text)",
                    sequence.range)
            }
            for i in integers { try each(.number(Double(i))) }
        case .vector(let vector): for x in vector { try each(.number(x)) }
        case .mask(let mask): for x in mask { try each(.bool(x)) }
        case .list(let list): for x in list.elements { try each(x) }
        case .traced(let x) where !x.shape.isScalar:
            for element in x.elements { try each(.traced(element)) }
        case let other:
            throw failure(
                "type", "cannot go through \(other.typeName.withArticle) with 'for'", sequence.range
            )
        }
    }

    // MARK: Calls

    /// Calls a closure or a function with values, as library functions do.
    func call(
        _ callee: ScriptValue, _ arguments: [ScriptValue], _ range: Range<Int>
    ) throws -> ScriptValue {
        switch callee {
        case .closure(let closure): return try call(closure, arguments, range)
        case .function(let reference):
            return try call(
                reference.overloads, reference.name, receiver: reference.receiver,
                arguments.map { (nil, $0, range) }, range)
        default:
            throw failure("type", "\(callee.typeName.withArticle) cannot be called", range)
        }
    }

    func call(
        _ closure: ScriptClosure, _ arguments: [ScriptValue], _ range: Range<Int>
    ) throws -> ScriptValue {
        let code = closure.code
        guard arguments.count == code.parameterCount else {
            throw failure(
                "argument-count",
                "this closure takes \(code.parameterCount) arguments, not \(arguments.count)",
                range)
        }
        try tick(range)
        try descend(range)
        let outerBase = base
        let outerCaptured = captured
        let outerSource = source
        base = locals.count
        locals.append(contentsOf: arguments)
        for _ in arguments.count..<max(arguments.count, code.localCount) {
            locals.append(.nothing)
        }
        captured = closure.captured
        if let own = code.source { source = own }
        defer {
            locals.removeLast(locals.count - base)
            base = outerBase
            captured = outerCaptured
            source = outerSource
            depth -= 1
        }
        return try value(of: code.body)
    }

    func descend(_ range: Range<Int>) throws {
        depth += 1
        if depth > limits.depth {
            depth -= 1
            throw failure(
                "recursion", "this goes more than \(limits.depth) levels deep", range,
                help: "does a closure call itself without an end?")
        }
    }

    func ascend() { depth -= 1 }

    /// Calls one of several overloads with labelled values.
    func call(
        _ overloads: [ScriptFunction], _ name: String, receiver: ScriptValue?,
        _ arguments: [(label: String?, value: ScriptValue, range: Range<Int>)],
        _ range: Range<Int>
    ) throws -> ScriptValue {
        let labels = arguments.map(\.label)
        var first: (ScriptFunction, ArgumentMatch)?
        for function in overloads {
            guard let match = function.match(labels) else { continue }
            if first == nil { first = (function, match) }
            let fits = zip(function.parameters, match.indices).allSatisfy { parameter, indices in
                indices.allSatisfy { parameter.type.allows(arguments[$0].value.typeName) }
            }
            if fits {
                first = (function, match)
                break
            }
        }
        guard let (function, match) = first else {
            let mismatch = Mismatch(overloads, labels: labels)
            throw failure(
                mismatch.code, mismatch.message(name),
                mismatch.argument.map { arguments[$0].range } ?? range, help: mismatch.help)
        }
        let values = match.indices.map { indices in
            indices.map { Call.Argument(value: arguments[$0].value, range: arguments[$0].range) }
        }
        return try apply(function, receiver: receiver, values, range)
    }

    /// Checks the kinds of the arguments, then runs the Swift code.
    func apply(
        _ function: ScriptFunction, receiver: ScriptValue?, _ values: [[Call.Argument]],
        _ range: Range<Int>
    ) throws -> ScriptValue {
        for (parameter, arguments) in zip(function.parameters, values) {
            for argument in arguments
            where !parameter.type.allows(argument.value.typeName) {
                throw failure(
                    "type",
                    "`\(parameter.name)` of \(function.name) is \(parameter.type.withArticle), not a "
                        + argument.value.typeName, argument.range, help: function.signature)
            }
        }
        let call = Call(
            interpreter: self, function: function, receiver: receiver, arguments: values,
            range: range)
        do {
            return try function.body(call)
        } catch {
            throw call.located(error)
        }
    }
}

/// The run was stopped from outside.
public struct Interrupted: Error, Sendable {
    public init() {}
}
