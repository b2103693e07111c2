// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Checker {
    mutating func unary(_ sign: String, _ operand: Syntax.Expression) -> (Code, ScriptType) {
        let (node, type) = expression(operand)
        switch sign {
        case "!":
            requireBool(type, operand.range)
            return (.not(node, pointwise: false), .bool)
        case ".!":
            if type.excludes(ScriptType("mask")) {
                report("type", "'.!' needs truth values, not \(type.withArticle)", operand.range)
            }
            return (.not(node, pointwise: true), ScriptType("mask"))
        default:
            requireArithmetic(type, "-", operand.range)
            if case .constant(.number(let value)) = node.code {
                return (.constant(.number(-value)), .number)
            }
            return (.negate(node), type.single == "range" ? .vector : type)
        }
    }

    private static let arithmeticKinds = ScriptType(
        "number", "estimate", "vector", "matrix", "mask", "range")

    mutating func requireArithmetic(_ type: ScriptType, _ sign: String, _ range: Range<Int>) {
        guard let names = type.names, !names.contains(where: arithmeticKind) else { return }
        if sign == "+", names == ["String"] { return }
        report("type", "'\(sign)' cannot be used on \(type.withArticle)", range)
    }

    private func arithmeticKind(_ name: String) -> Bool {
        Checker.arithmeticKinds.names?.contains(name) ?? false
    }

    mutating func binary(
        _ sign: String, _ signRange: Range<Int>, _ left: Syntax.Expression,
        _ right: Syntax.Expression, _ range: Range<Int>
    ) -> (Code, ScriptType) {
        let (a, typeA) = expression(left)
        let (b, typeB) = expression(right)
        if let operation = Arithmetic(rawValue: sign) {
            requireArithmetic(typeA, sign, left.range)
            requireArithmetic(typeB, sign, right.range)
            if sign == "+", typeA.single != nil, typeB.single != nil,
                (typeA == .string) != (typeB == .string)
            {
                report(
                    "type", "'+' cannot join \(typeA.withArticle) and \(typeB.withArticle)",
                    signRange,
                    help: "put values into text with \\(…)")
            }
            return (.arithmetic(operation, a, b), arithmeticType(operation, typeA, typeB))
        }
        switch sign {
        case "&&", "||":
            requireBool(typeA, left.range)
            requireBool(typeB, right.range)
            return (.logical(isAnd: sign == "&&", pointwise: false, a, b), .bool)
        case ".&", ".|":
            return (.logical(isAnd: sign == ".&", pointwise: true, a, b), ScriptType("mask"))
        case "...", "..<":
            for (type, side) in [(typeA, left), (typeB, right)] where type.excludes(.number) {
                report("type", "a range goes from a number to a number", side.range)
            }
            return (.range(a, b, isClosed: sign == "..."), ScriptType("range"))
        case "≈":
            return (.approximately(a, b), ScriptType("approximation"))
        default:
            let pointwise = sign.hasPrefix(".")
            let operation = Comparison(rawValue: pointwise ? String(sign.dropFirst()) : sign)
            let plural = [typeA, typeB].contains {
                ["vector", "mask", "matrix"].contains($0.single ?? "")
            }
            if !pointwise, plural, sign != "==", sign != "!=" {
                report(
                    "type", "'\(sign)' compares single values", signRange,
                    help: "to compare element by element, write .\(sign)")
            }
            return (
                .compare(operation ?? .equal, pointwise: pointwise, a, b),
                pointwise ? ScriptType("mask") : .bool
            )
        }
    }

    private func arithmeticType(
        _ operation: Arithmetic, _ a: ScriptType, _ b: ScriptType
    ) -> ScriptType {
        guard let x = a.single, let y = b.single else { return .any }
        func vectorLike(_ name: String) -> Bool { ["vector", "mask", "range"].contains(name) }
        if x == "String" { return .string }
        if x == "number", y == "number" { return .number }
        if x == "matrix", y == "matrix" { return ScriptType("matrix") }
        if x == "matrix", vectorLike(y) { return .vector }
        if x == "matrix" || y == "matrix" { return ScriptType("matrix") }
        if x == "estimate" || y == "estimate" { return ScriptType("estimate") }
        if vectorLike(x) || vectorLike(y) { return .vector }
        return .any
    }
}
