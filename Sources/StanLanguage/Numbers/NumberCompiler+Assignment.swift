// SPDX-License-Identifier: GPL-3.0-or-later

extension NumberCompiler {
    mutating func assign(_ assignment: StanAssignment) -> NumberStatement? {
        let target = assignment.target
        guard let kind = NumberCompiler.kind(target.variable.type) else { return nil }
        if target.steps.isEmpty { return assignScalar(assignment, kind) }
        guard target.steps.count == 1, case .indices(let indices) = target.steps[0] else {
            return nil
        }
        switch kind {
        case .list, .matrix:
            guard let value = real(assignment.value), assignment.value.isRealScalar,
                let position = position(target.variable, indices)
            else { return nil }
            let list = list(target.variable)
            guard let op = assignment.compound else {
                // The value first, then the indices, as the walk does.
                return { frame in
                    let number = try value(frame)
                    frame.lists[list].entries[try position(frame)] = number
                    return .normal
                }
            }
            guard let change = NumberCompiler.arithmetic(op) else { return nil }
            return { frame in
                let number = try value(frame)
                let i = try position(frame)
                frame.lists[list].entries[i] = change(frame.lists[list].entries[i], number)
                return .normal
            }
        case .integerList:
            guard assignment.compound == nil, let value = integer(assignment.value),
                indices.count == 1, case .single(let index) = indices[0],
                let place = integer(index)
            else { return nil }
            let list = integerList(target.variable)
            let range = index.range
            return { frame in
                let number = try value(frame)
                let i = try place(frame)
                let entries = frame.integerLists[list]
                guard i >= 1, i <= entries.count else {
                    throw frame.evaluator.diagnostic(.index(i, entries.count), at: range)
                }
                entries[i - 1] = number
                return .normal
            }
        default: return nil
        }
    }

    private mutating func assignScalar(
        _ assignment: StanAssignment, _ kind: Kind
    ) -> NumberStatement? {
        let variable = assignment.target.variable
        switch kind {
        case .real:
            guard let value = real(assignment.value) else { return nil }
            let place = real(variable)
            layout.reals[place].isWritten = true
            guard let op = assignment.compound else {
                return { frame in
                    frame.reals[place] = try value(frame)
                    return .normal
                }
            }
            guard let change = NumberCompiler.arithmetic(op) else { return nil }
            return { frame in
                let number = try value(frame)
                frame.reals[place] = change(frame.reals[place], number)
                return .normal
            }
        case .integer:
            guard let value = integer(assignment.value) else { return nil }
            let place = integer(variable)
            layout.integers[place].isWritten = true
            guard let op = assignment.compound else {
                return { frame in
                    frame.integers[place] = try value(frame)
                    return .normal
                }
            }
            let range = assignment.target.range
            return { frame in
                let number = try value(frame)
                frame.integers[place] = try frame.evaluator.integers(
                    op, frame.integers[place], number, range)
                return .normal
            }
        default: return nil
        }
    }

    static func arithmetic(
        _ op: StanBinaryOperator
    ) -> (@Sendable (Double, Double) -> Double)? {
        switch op {
        case .add: { $0 + $1 }
        case .subtract: { $0 - $1 }
        case .multiply, .elementMultiply: { $0 * $1 }
        case .divide, .elementDivide: { $0 / $1 }
        default: nil
        }
    }

    /// Where an entry of a list or matrix stands, from 0, checked.
    mutating func position(_ variable: StanVariable, _ indices: [StanIndex]) -> NumberInteger? {
        guard case .single(let first) = indices.first, let i = integer(first) else { return nil }
        let range = first.range
        let list = list(variable)
        if variable.type != .matrix {
            guard indices.count == 1 else { return nil }
            return { frame in
                let i = try i(frame)
                let count = frame.lists[list].entries.count
                guard i >= 1, i <= count else {
                    throw frame.evaluator.diagnostic(.index(i, count), at: range)
                }
                return i - 1
            }
        }
        guard indices.count == 2, case .single(let second) = indices[1],
            let j = integer(second)
        else { return nil }
        let secondRange = second.range
        return { frame in
            let (i, j) = (try i(frame), try j(frame))
            let (rows, columns) = (frame.lists[list].rows, frame.lists[list].columns)
            guard i >= 1, i <= rows else {
                throw frame.evaluator.diagnostic(.index(i, rows), at: range)
            }
            guard j >= 1, j <= columns else {
                throw frame.evaluator.diagnostic(.index(j, columns), at: secondRange)
            }
            return (j - 1) * rows + i - 1
        }
    }
}

extension Evaluator {
    /// An operator on two integers whose result is one.
    func integers(
        _ op: StanBinaryOperator, _ a: Int, _ b: Int, _ range: Range<Int>
    ) throws -> Int {
        let (result, overflow) =
            switch op {
            case .add: a.addingReportingOverflow(b)
            case .subtract: a.subtractingReportingOverflow(b)
            case .multiply: a.multipliedReportingOverflow(by: b)
            default: (0, true)
            }
        if !overflow { return result }
        return try located(range) {
            guard case .int(let result) = try binary(op, .int(a), .int, .int(b), .int) else {
                throw EvaluationError("type", "an integer is needed here")
            }
            return result
        }
    }
}
