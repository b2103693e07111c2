// SPDX-License-Identifier: GPL-3.0-or-later

/// What a program means, without how it is written: its checked tree as text,
/// without places and names of local variables. Programs with the same outline
/// do the same.
struct StanOutline {
    private(set) var text = ""
    /// Functions that were added around a call of a solver, by number, and the call they
    /// stand for.
    private var stands: [Int: SolverCall] = [:]

    /// A solver of older programs, and the function it is given.
    struct SolverCall {
        var name: String
        var function: Int
    }

    /// - Parameters:
    ///   - added: functions that are no part of what is compared.
    ///   - stands: those of them that stand for a call.
    init(
        _ program: StanProgram, added: Set<String> = [], stands: [String: SolverCall] = [:]
    ) {
        for (i, function) in program.functions.enumerated() {
            if let call = stands[function.name] { self.stands[i] = call }
            if added.contains(function.name) { continue }
            word("function")
            for argument in function.arguments { word("\(argument.type)", argument.isData) }
            word("->", "\(function.result)")
            statement(function.body)
            text += "\n"
        }
        for (name, block) in [
            ("data", program.data), ("transformed data", program.transformedData),
            ("parameters", program.parameters),
            ("transformed parameters", program.transformedParameters),
            ("model", program.model), ("generated quantities", program.generatedQuantities),
        ] {
            word(name)
            for declaration in block.declarations { word(declaration.variable.name) }
            block.statements.forEach { statement($0) }
            text += "\n"
        }
    }

    private mutating func word(_ words: Any...) {
        for word in words { text += "\(word) " }
    }

    // MARK: Statements

    private mutating func statement(_ statement: StanStatement) {
        // Slots tell variables apart, so that braces add nothing.
        if case .block(let statements) = statement.kind {
            return statements.forEach { self.statement($0) }
        }
        text += "("
        defer { text += ") " }
        switch statement.kind {
        case .declaration(let declaration):
            word("declare", declaration.variable.slot, declaration.variable.type)
            sizedType(declaration.sizedType)
            transformation(declaration.transformation)
            expression(declaration.initializer)
        case .assignment(let assignment):
            word("assign", assignment.compound?.rawValue ?? "=")
            leftValue(assignment.target)
            expression(assignment.value)
        case .unpacking(let targets, let value):
            word("unpack")
            targets.forEach { target($0) }
            expression(value)
        case .targetIncrement(let value): form("target", value)
        case .jacobianIncrement(let value): form("jacobian", value)
        case .sampling(let sampling):
            form("~", sampling.density)
            if let truncation = sampling.truncation {
                form(
                    "truncate", truncation.variate, truncation.lower, truncation.upper,
                    truncation.normalizer)
            }
        case .forRange(let variable, let lower, let upper, let body):
            word("for", variable.slot)
            form("in", lower, upper)
            self.statement(body)
        case .forEach(let variable, let container, let body):
            word("for", variable.slot)
            expression(container)
            self.statement(body)
        case .whileLoop(let condition, let body):
            form("while", condition)
            self.statement(body)
        case .conditional(let condition, let then, let other):
            form("if", condition)
            self.statement(then)
            if let other {
                word("else")
                self.statement(other)
            }
        case .breakLoop: word("break")
        case .continueLoop: word("continue")
        case .returnValue(let value): form("return", value)
        case .profile(let name, let statements):
            word("profile", name)
            statements.forEach { self.statement($0) }
        case .print(let items): report("print", items)
        case .reject(let items): report("reject", items)
        case .fatalError(let items): report("fatal", items)
        case .call(let call): expression(call)
        case .block, .empty: break
        }
    }

    private mutating func report(_ name: String, _ items: [StanPrintItem]) {
        word(name)
        for item in items {
            switch item {
            case .text(let text): word("\"\(text)\"")
            case .expression(let value): expression(value)
            }
        }
    }

    private mutating func leftValue(_ value: StanLeftValue) {
        word(value.variable.slot)
        for step in value.steps {
            switch step {
            case .indices(let indices): indices.forEach { index($0) }
            case .tupleElement(let element): word(".\(element)")
            }
        }
    }

    private mutating func target(_ target: StanUnpackingTarget) {
        switch target {
        case .place(let place): leftValue(place)
        case .nested(let targets):
            text += "("
            targets.forEach { self.target($0) }
            text += ") "
        }
    }

    // MARK: Types

    private mutating func sizedType(_ type: StanSizedType) {
        switch type {
        case .int, .real, .complex: break
        case .vector(let size), .rowVector(let size), .complexVector(let size),
            .complexRowVector(let size):
            form("size", size)
        case .matrix(let rows, let columns), .complexMatrix(let rows, let columns):
            form("size", rows, columns)
        case .array(let sizes, let element):
            word("array")
            sizes.forEach { expression($0) }
            sizedType(element)
        case .tuple(let elements):
            word("tuple")
            for element in elements {
                sizedType(element.type)
                transformation(element.transformation)
            }
        }
    }

    private mutating func transformation(_ transformation: StanTransformation) {
        switch transformation {
        case .identity: break
        case .lower(let value): form("lower", value)
        case .upper(let value): form("upper", value)
        case .lowerUpper(let lower, let upper): form("bounds", lower, upper)
        case .offset(let value): form("offset", value)
        case .multiplier(let value): form("multiplier", value)
        case .offsetMultiplier(let offset, let multiplier): form("affine", offset, multiplier)
        default: word("\(transformation)")
        }
    }

    // MARK: Expressions

    private mutating func form(_ name: Any, _ parts: StanExpression?...) {
        text += "("
        word(name)
        for part in parts { expression(part) }
        text += ") "
    }

    private mutating func expression(_ expression: StanExpression?) {
        guard let expression else { return word("none") }
        switch expression.kind {
        case .integer(let value): word(value)
        case .real(let value): word("real", value)
        case .imaginary(let value): word("imaginary", value)
        case .variable(let variable): word("$\(variable.slot)")
        case .indexed(let base, let indices):
            form("at", base)
            indices.forEach { index($0) }
        case .tupleElement(let base, let element): form(".\(element)", base)
        case .unary(let op, let operand): form(op.rawValue, operand)
        case .binary(let op, let left, let right):
            // A product with 1.0 is how an integer is made real in the text.
            if op == .multiply, case .real(1) = left.kind, right.type == .real,
                case .promotion = right.kind
            {
                return self.expression(right)
            }
            form(op.rawValue, left, right)
        case .conditional(let condition, let then, let other): form("?", condition, then, other)
        case .promotion(let operand): form("as \(expression.type)", operand)
        case .libraryCall(let call) where call.name.hasPrefix("algebra_solver"):
            algebraSolver(call)
        case .libraryCall(let call):
            list("\(call.name) \(call.dropsConstants)", call.arguments)
        case .userCall(let call) where stands[call.function] != nil:
            guard let solver = stands[call.function] else { return }
            text += "("
            word("\(solver.name) \(call.dropsConstants)", "#\(solver.function)", false)
            call.arguments.forEach { self.expression($0) }
            text += ") "
        case .userCall(let call):
            list("#\(call.function) \(call.dropsConstants)", call.arguments)
        case .functionReference(.user(let function, let drops)): word("#\(function)", drops)
        case .array(let elements): list("array", elements)
        case .rowVector(let elements): list("row", elements)
        case .matrix(let elements): list("matrix", elements)
        case .tuple(let elements): list("tuple", elements)
        case .target: word("target")
        }
    }

    /// As the call of today's solver.
    private mutating func algebraSolver(_ call: StanLibraryCall) {
        let isPowell = call.name == "algebra_solver"
        let tolerances = call.arguments.dropFirst(5)
        let isPlain = tolerances.isEmpty && !isPowell
        let name = (isPowell ? "solve_powell" : "solve_newton") + (isPlain ? "" : "_tol")
        text += "("
        word("\(name) \(call.dropsConstants)")
        call.arguments.prefix(2).forEach { expression($0) }
        if tolerances.isEmpty, isPowell { word("real", 1e-10, "real", 1e-6, 1000) }
        tolerances.forEach { expression($0) }
        call.arguments.dropFirst(2).prefix(3).forEach { expression($0) }
        text += ") "
    }

    private mutating func list(_ name: String, _ arguments: [StanExpression]) {
        text += "("
        word(name)
        arguments.forEach { expression($0) }
        text += ") "
    }

    private mutating func index(_ index: StanIndex) {
        switch index {
        case .all: word(":")
        case .single(let value): form("[]", value)
        case .multiple(let value): form("[...]", value)
        case .from(let lower): form("from", lower)
        case .upTo(let upper): form("to", upper)
        case .range(let lower, let upper): form("range", lower, upper)
        }
    }
}
