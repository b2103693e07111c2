// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Checker {
    func statement(_ parsed: ParsedStatement, topLevel: Bool = false) -> StanStatement? {
        let range = parsed.range
        switch parsed.kind {
        case .declaration(let declaration):
            let list = declarations(declaration, topLevel: topLevel, range)
            // A statement stands for one declaration; more become a block
            // that opens no scope.
            let statements = list.map { StanStatement(.declaration($0), range: $0.range) }
            if statements.count == 1 { return statements[0] }
            return StanStatement(.block(statements), range: range)
        case .assignment(let left, let op, let value): return assignment(left, op, value, range)
        case .targetIncrement(let value):
            let value = expression(value)
            guard mayChangeTarget else {
                error(
                    "target",
                    "Target can only be accessed in the model block or in definitions of functions with the suffix _lp",
                    at: range)
                return nil
            }
            return increment(value, range) { .targetIncrement($0) }
        case .jacobianIncrement(let value) where lookUp("jacobian") != nil:
            // A variable of an older program that happens to have this name.
            let start = range.lowerBound
            let name = ParsedExpression(
                .name("jacobian"), range: start..<start + "jacobian".utf8.count, depth: 1)
            return assignment(name, .add, value, range)
        case .jacobianIncrement(let value):
            let value = expression(value)
            guard context == .transformedParameters || context == .function(.jacobian) else {
                error(
                    "jacobian",
                    "The jacobian adjustment can only be applied in the transformed parameters block or in functions ending with _jacobian",
                    at: range)
                return nil
            }
            return increment(value, range) { .jacobianIncrement($0) }
        case .sampling(let variate, let name, let arguments, let truncation):
            return sampling(variate, name, arguments, truncation, range)
        case .forRange(let name, let lower, let upper, let body):
            return forRange(name, lower, upper, body, range)
        case .forEach(let name, let container, let body):
            return forEach(name, container, body, range)
        case .whileLoop(let condition, let body):
            let condition = self.condition(condition)
            let body = loopBody(body)
            guard let condition, let body else { return nil }
            return StanStatement(.whileLoop(condition, body), range: range)
        case .conditional(let condition, let then, let other):
            let condition = self.condition(condition)
            let then = inScope { statement(then) }
            var checkedOther: StanStatement?
            if let other {
                checkedOther = inScope { statement(other) }
                if checkedOther == nil { return nil }
            }
            guard let condition, let then else { return nil }
            return StanStatement(
                .conditional(condition, then: then, else: checkedOther), range: range)
        case .breakLoop, .continueLoop:
            let isBreak = if case .breakLoop = parsed.kind { true } else { false }
            guard loopDepth > 0 else {
                error(
                    "loop",
                    "\(isBreak ? "Break" : "Continue") statements may only be used in loops",
                    at: range)
                return nil
            }
            return StanStatement(isBreak ? .breakLoop : .continueLoop, range: range)
        case .returnValue(let value): return returnStatement(value, range)
        case .block(let statements):
            return StanStatement(.block(inScope { self.statements(statements) }), range: range)
        case .profile(let name, let statements):
            return StanStatement(
                .profile(name, inScope { self.statements(statements) }), range: range)
        case .report(let kind, let items): return report(kind, items, range)
        case .call(let call): return callStatement(call, range)
        case .empty: return StanStatement(.empty, range: range)
        }
    }

    func statements(_ parsed: [ParsedStatement]) -> [StanStatement] {
        parsed.compactMap { statement($0) }
    }

    // MARK: Target

    private func increment(
        _ value: StanExpression?, _ range: Range<Int>,
        _ make: (StanExpression) -> StanStatement.Kind
    ) -> StanStatement? {
        guard let value else { return nil }
        guard value.type.isRealContainer else {
            error(
                "target",
                "A (container of) reals or ints needs to be supplied to increment target; found \(value.type)",
                at: value.range)
            return nil
        }
        return StanStatement(make(value), range: range)
    }

    // MARK: Loops

    private func loopBody(_ body: ParsedStatement) -> StanStatement? {
        loopDepth += 1
        defer { loopDepth -= 1 }
        return inScope { statement(body) }
    }

    private func forRange(
        _ name: ParsedName, _ lower: ParsedExpression, _ upper: ParsedExpression,
        _ body: ParsedStatement, _ range: Range<Int>
    ) -> StanStatement? {
        let low = loopBound(lower, "Lower")
        let high = loopBound(upper, "Upper")
        return inScope {
            let variable = declare(name, .int, .loop, isData: true)
            guard let body = loopBody(body), let low, let high else { return nil }
            return StanStatement(.forRange(variable, lower: low, upper: high, body), range: range)
        }
    }

    private func loopBound(_ parsed: ParsedExpression, _ which: String) -> StanExpression? {
        guard let value = expression(parsed) else { return nil }
        guard value.type == .int else {
            error(
                "loop",
                "\(which) bound of for-loop must be of type int. Instead found type \(value.type)",
                at: parsed.range, label: "\(value.type)")
            return nil
        }
        return value
    }

    private func forEach(
        _ name: ParsedName, _ container: ParsedExpression, _ body: ParsedStatement,
        _ range: Range<Int>
    ) -> StanStatement? {
        let value = expression(container)
        var element: StanType?
        switch value?.type {
        case .array: element = value?.type.arrayElement
        case .vector, .rowVector, .matrix: element = .real
        case .complexVector, .complexRowVector, .complexMatrix: element = .complex
        case .some(let type):
            error(
                "loop",
                "Foreach loop must be over array, vector or matrix. Instead found expression of type \(type)",
                at: container.range)
        case nil: break
        }
        return inScope {
            guard let value, let element else { return nil }
            let isData = value.isData || element.isIntegral
            let variable = declare(name, element, .loop, isData: isData)
            guard let body = loopBody(body) else { return nil }
            return StanStatement(.forEach(variable, in: value, body), range: range)
        }
    }

    // MARK: Returns and calls

    private func returnStatement(
        _ parsed: ParsedExpression?, _ range: Range<Int>
    ) -> StanStatement? {
        guard let wanted = returnType else {
            error("return", "Returns may only be used in function definitions", at: range)
            return nil
        }
        guard let parsed else {
            if wanted != .void {
                error(
                    "return",
                    "Invalid return type: function is declared to return \(wanted), but this statement returns void instead",
                    at: range)
                return nil
            }
            return StanStatement(.returnValue(nil), range: range)
        }
        guard let value = expression(parsed) else { return nil }
        guard wanted != .void, value.type.promotions(to: wanted) != nil else {
            error(
                "return",
                "Invalid return type: function is declared to return \(wanted), but this statement returns \(value.type) instead",
                at: range)
            return nil
        }
        return StanStatement(.returnValue(promote(value, to: wanted)), range: range)
    }

    private func callStatement(_ parsed: ParsedExpression, _ range: Range<Int>) -> StanStatement? {
        guard case .call(let name, let arguments, let bar) = parsed.kind else { return nil }
        guard let call = call(name, arguments, bar: bar, asStatement: true, parsed.range) else {
            return nil
        }
        guard call.type == .void else {
            error(
                "void",
                "A non-returning function was expected but a returning function '\(name.text)' was supplied",
                at: name.range, help: "use its value: x = \(name.text)(…);")
            return nil
        }
        return StanStatement(.call(call), range: range)
    }

    private func report(
        _ kind: ParsedStatement.Report, _ items: [ParsedStatement.PrintItem], _ range: Range<Int>
    ) -> StanStatement? {
        var checked: [StanPrintItem] = []
        var good = true
        for item in items {
            switch item {
            case .text(let text): checked.append(.text(text))
            case .expression(let parsed):
                guard let value = expression(parsed) else {
                    good = false
                    continue
                }
                checked.append(.expression(value))
            }
        }
        guard good else { return nil }
        switch kind {
        case .print: return StanStatement(.print(checked), range: range)
        case .reject: return StanStatement(.reject(checked), range: range)
        case .fatalError: return StanStatement(.fatalError(checked), range: range)
        }
    }
}
