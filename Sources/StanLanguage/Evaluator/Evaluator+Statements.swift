// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

extension Evaluator {
    /// How a statement ended.
    enum Flow { case normal, broken, continued, returned }

    /// Runs the statements of a block of the program.
    func run(_ block: StanBlock) throws {
        for statement in block.statements { _ = try execute(statement) }
    }

    func execute(_ statements: [StanStatement]) throws -> Flow {
        for statement in statements {
            let flow = try execute(statement)
            if flow != .normal { return flow }
        }
        return .normal
    }

    func execute(_ statement: StanStatement) throws -> Flow {
        try countStatement()
        switch statement.kind {
        case .declaration(let declaration): try declare(declaration)
        case .assignment(let assignment): try assign(assignment)
        case .unpacking(let targets, let value):
            try unpack(targets, try evaluate(value), statement.range)
        case .targetIncrement(let term), .jacobianIncrement(let term):
            target.add(total(try evaluate(term)))
        case .sampling(let sampling): try sample(sampling, statement.range)
        case .forRange(let variable, let lower, let upper, let body):
            if let loops, let loop = loops.loop(of: statement), try loop.run(self) {
                return .normal
            }
            return try loop(variable, try integer(lower), try integer(upper), body)
        case .forEach(let variable, in: let container, let body):
            for element in try evaluate(container).loopElements {
                slots[variable.slot] = element
                switch try execute(body) {
                case .normal, .continued: continue
                case .broken: return .normal
                case .returned: return .returned
                }
            }
        case .whileLoop(let condition, let body):
            while truth(try evaluate(condition)) {
                try countStatement()
                switch try execute(body) {
                case .normal, .continued: continue
                case .broken: return .normal
                case .returned: return .returned
                }
            }
        case .conditional(let condition, let then, let otherwise):
            if truth(try evaluate(condition)) { return try execute(then) }
            if let otherwise { return try execute(otherwise) }
        case .breakLoop: return .broken
        case .continueLoop: return .continued
        case .returnValue(let value):
            returned = try value.map { try evaluate($0) } ?? .void
            return .returned
        case .block(let statements), .profile(_, let statements):
            return try execute(statements)
        case .print(let items): printer?(try text(of: items))
        case .reject(let items):
            throw rejection(DomainError(try text(of: items)), at: statement.range)
        case .fatalError(let items):
            throw Diagnostic(
                code: "stan/fatal-error", try text(of: items), in: program.source,
                at: statement.range)
        case .call(let call): _ = try evaluate(call)
        case .empty: break
        }
        return .normal
    }

    private func loop(
        _ variable: StanVariable, _ lower: Int, _ upper: Int, _ body: StanStatement
    ) throws -> Flow {
        var i = lower
        while i <= upper {
            slots[variable.slot] = .int(i)
            switch try execute(body) {
            case .normal, .continued: break
            case .broken: return .normal
            case .returned: return .returned
            }
            if i == .max { break }
            i += 1
        }
        return .normal
    }

    /// The sum of everything inside.
    func total(_ value: Value) -> Traced {
        switch value {
        case .int(let value): return Traced(Double(value))
        case .real(let value): return value
        default:
            let all = value.expression
            return all.shape.count == 0 ? 0 : sum(all)
        }
    }

    private func sample(_ sampling: StanSampling, _ range: Range<Int>) throws {
        let density = total(try evaluate(sampling.density))
        guard let truncation = sampling.truncation else {
            target.add(density)
            return
        }
        for variate in try evaluate(truncation.variate).expression.elements {
            if let lower = truncation.lower {
                let bound = try evaluate(lower).expression
                if decide(variate, .less, bound) {
                    target.add(Traced(-.infinity))
                    return
                }
            }
            if let upper = truncation.upper {
                let bound = try evaluate(upper).expression
                if decide(variate, .greater, bound) {
                    target.add(Traced(-.infinity))
                    return
                }
            }
        }
        target.add(density)
        if let normalizer = truncation.normalizer {
            target.add(-total(try evaluate(normalizer)))
        }
    }

    private func text(of items: [StanPrintItem]) throws -> String {
        var text = ""
        for item in items {
            switch item {
            case .text(let words): text += words
            case .expression(let expression):
                text += try evaluate(expression).description(in: trace)
            }
        }
        return text
    }
}

extension Value {
    /// What `for (x in value)` goes over: elements of an array, entries of a
    /// vector, entries of a matrix column by column.
    fileprivate var loopElements: [Value] { elements }
}
