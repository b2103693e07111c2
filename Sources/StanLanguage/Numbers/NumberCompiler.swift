// SPDX-License-Identifier: GPL-3.0-or-later

typealias NumberStatement = @Sendable (NumberFrame) throws -> Evaluator.Flow
typealias NumberReal = @Sendable (NumberFrame) throws -> Double
typealias NumberInteger = @Sendable (NumberFrame) throws -> Int

/// Turns a loop over numbers into closures; nil for what it does not know.
struct NumberCompiler {
    var layout = NumberLayout()
    /// Slots of the lists that the loop writes: only the frame has their entries.
    var written: Set<Int> = []

    mutating func loop(_ statement: StanStatement) -> NumberLoop? {
        var targets = WrittenLists()
        targets.visit(statement)
        written = targets.slots
        guard let body = self.statement(statement) else { return nil }
        return NumberLoop(layout: layout, body: body)
    }

    // MARK: Places

    enum Kind { case real, integer, list, matrix, integerList }

    static func kind(_ type: StanType) -> Kind? {
        switch type {
        case .real: return .real
        case .int: return .integer
        case .vector, .rowVector: return .list
        case .matrix: return .matrix
        default:
            guard let element = type.arrayElement else { return nil }
            if element == .real { return .list }
            return element == .int ? .integerList : nil
        }
    }

    private func place(_ slot: Int, in places: inout [NumberLayout.Place]) -> Int {
        if let known = places.firstIndex(where: { $0.slot == slot }) { return known }
        places.append(.init(slot: slot, isWritten: written.contains(slot)))
        return places.count - 1
    }

    mutating func real(_ variable: StanVariable) -> Int {
        place(variable.slot, in: &layout.reals)
    }

    mutating func integer(_ variable: StanVariable) -> Int {
        place(variable.slot, in: &layout.integers)
    }

    mutating func list(_ variable: StanVariable) -> Int {
        place(variable.slot, in: &layout.lists)
    }

    mutating func integerList(_ variable: StanVariable) -> Int {
        place(variable.slot, in: &layout.integerLists)
    }

    // MARK: Statements

    mutating func statement(_ statement: StanStatement) -> NumberStatement? {
        switch statement.kind {
        case .empty: return { _ in .normal }
        case .breakLoop: return { _ in .broken }
        case .continueLoop: return { _ in .continued }
        case .block(let statements), .profile(_, let statements): return block(statements)
        case .declaration(let declaration): return declare(declaration)
        case .assignment(let assignment): return assign(assignment)
        case .forRange(let variable, let lower, let upper, let body):
            return loop(variable, lower, upper, body)
        case .conditional(let condition, let then, let otherwise):
            guard let condition = truth(condition), let then = self.statement(then) else {
                return nil
            }
            guard let otherwise else { return { try condition($0) ? try then($0) : .normal } }
            guard let otherwise = self.statement(otherwise) else { return nil }
            return { try condition($0) ? try then($0) : try otherwise($0) }
        default: return nil
        }
    }

    private mutating func block(_ statements: [StanStatement]) -> NumberStatement? {
        var steps: [NumberStatement] = []
        for statement in statements {
            guard let step = self.statement(statement) else { return nil }
            steps.append(step)
        }
        if steps.count == 1 { return steps[0] }
        return { [steps] frame in
            for step in steps {
                let flow = try step(frame)
                if flow != .normal { return flow }
            }
            return .normal
        }
    }

    private mutating func loop(
        _ variable: StanVariable, _ lower: StanExpression, _ upper: StanExpression,
        _ body: StanStatement
    ) -> NumberStatement? {
        guard let lower = integer(lower), let upper = integer(upper) else { return nil }
        let i = integer(variable)
        layout.ownSlots.insert(variable.slot)
        guard let body = statement(body) else { return nil }
        return { frame in
            var k = try lower(frame)
            let last = try upper(frame)
            while k <= last {
                frame.integers[i] = k
                try frame.evaluator.countStatement()
                switch try body(frame) {
                case .normal, .continued: break
                case .broken: return .normal
                case .returned: return .returned
                }
                if k == .max { break }
                k += 1
            }
            return .normal
        }
    }

    private mutating func declare(_ declaration: StanDeclaration) -> NumberStatement? {
        let variable = declaration.variable
        guard case .identity = declaration.transformation else { return nil }
        layout.ownSlots.insert(variable.slot)
        switch declaration.sizedType {
        case .real:
            let place = real(variable)
            layout.reals[place].isWritten = true
            guard let initializer = declaration.initializer else {
                return { frame in
                    frame.reals[place] = .nan
                    return .normal
                }
            }
            guard let value = real(initializer) else { return nil }
            return { frame in
                frame.reals[place] = try value(frame)
                return .normal
            }
        case .int:
            let place = integer(variable)
            layout.integers[place].isWritten = true
            guard let initializer = declaration.initializer else {
                return { frame in
                    frame.integers[place] = Int(Int32.min)
                    return .normal
                }
            }
            guard let value = integer(initializer) else { return nil }
            return { frame in
                frame.integers[place] = try value(frame)
                return .normal
            }
        default: return nil
        }
    }
}

/// The lists that statements write entries of.
private struct WrittenLists {
    var slots: Set<Int> = []

    mutating func visit(_ statement: StanStatement) {
        switch statement.kind {
        case .assignment(let assignment):
            if !assignment.target.steps.isEmpty { slots.insert(assignment.target.variable.slot) }
        case .block(let statements), .profile(_, let statements):
            for statement in statements { visit(statement) }
        case .forRange(_, _, _, let body): visit(body)
        case .conditional(_, let then, let otherwise):
            visit(then)
            if let otherwise { visit(otherwise) }
        default: break
        }
    }
}
