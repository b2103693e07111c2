// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Randomness

/// `a ≈ b`, which only `expect` can decide, because it knows how close.
struct Approximation: ScriptObject {
    let a: ScriptValue
    let b: ScriptValue

    var typeName: String { "approximation" }
    var shown: ShownValue { .text("\(a.text) ≈ \(b.text)") }
    var json: JSONValue { .string("\(a.text) ≈ \(b.text)") }
}

/// `4.sigma`: so many standard errors.
struct SigmaTolerance: ScriptObject {
    let count: Double

    var typeName: String { "tolerance" }
    var shown: ShownValue { .text("\(ScriptFormat.number(count)) sigma") }
    var json: JSONValue { .object(JSONObject([("sigma", .number(count))])) }
}

extension Registry {
    mutating func addExpectations() {
        define(on: "number", "sigma -> tolerance", "So many standard errors: 4.sigma.") { call in
            guard case .number(let count) = call.receiver, count > 0 else {
                throw call.failure("a tolerance is a positive number of sigmas")
            }
            return .object(SigmaTolerance(count: count))
        }
        define(
            "expect(_ claim: Bool|mask, _ message: String = nil)",
            "The author's claim: the cell fails when it is not true."
        ) { call in
            let holds =
                switch try call.value("claim") {
                case .bool(let value): value
                case .mask(let mask): mask.allSatisfy { $0 }
                default: false
                }
            let text = call.interpreter.source.text(in: call.range(of: "claim"))
            call.expect(holds, try call.optionalString("message") ?? "expected \(text)")
            return .nothing
        }
        define(
            "expect(_ claim: approximation, within tolerance: number|tolerance)",
            "The author's claim that two values are close: expect(x ≈ y, within: 4.sigma)."
        ) { call in
            let claim = try call.object(Approximation.self, "claim")
            let pairs = try call.pairs(claim)
            switch try call.value("tolerance") {
            case .object(let tolerance as SigmaTolerance):
                try call.expect(pairs, within: tolerance)
            default:
                let tolerance = try call.number("tolerance")
                guard tolerance >= 0 else {
                    throw ParameterError("within", is: tolerance, mustBe: "0 or more")
                }
                for (a, b) in pairs {
                    let distance = abs(a.value - b.value)
                    if distance <= tolerance || a.value == b.value { continue }
                    call.expect(
                        false,
                        "expected \(Call.text(a)) ≈ \(Call.text(b)) within "
                            + "\(ScriptFormat.number(tolerance)), but they differ by "
                            + ScriptFormat.number(distance))
                    return .nothing
                }
                call.expect(true, "")
            }
            return .nothing
        }
    }
}

extension Call {
    fileprivate func expect(_ holds: Bool, _ message: String) {
        interpreter.expectationCount += 1
        if !holds {
            interpreter.failures.append(
                Diagnostic(code: "script/expect", message, in: interpreter.source, at: range))
        }
    }

    fileprivate static func text(_ x: Estimate) -> String {
        x.standardError == 0 ? ScriptFormat.number(x.value) : x.description
    }

    /// The two sides, number by number.
    fileprivate func pairs(_ claim: Approximation) throws -> [(Estimate, Estimate)] {
        func values(_ value: ScriptValue) throws -> [Estimate] {
            switch value {
            case .number(let x): return [Estimate(x, standardError: 0)]
            case .estimate(let x): return [x]
            case .matrix(let x): return x.elements.map { Estimate($0, standardError: 0) }
            case .list(let list): return try list.elements.flatMap { try values($0) }
            default:
                if let x = value.doubles { return x.map { Estimate($0, standardError: 0) } }
                throw failure("'≈' cannot compare \(value.typeName.withArticle)", code: "type")
            }
        }
        let a = try values(claim.a)
        let b = try values(claim.b)
        guard a.count == b.count || a.count == 1 || b.count == 1, !a.isEmpty, !b.isEmpty else {
            throw failure(
                "'≈' compares \(a.count) numbers with \(b.count)", code: "size",
                at: range(of: "claim"))
        }
        return (0..<max(a.count, b.count)).map { i in
            (a[a.count == 1 ? 0 : i], b[b.count == 1 ? 0 : i])
        }
    }

    fileprivate func expect(
        _ pairs: [(Estimate, Estimate)], within tolerance: SigmaTolerance
    ) throws {
        for (a, b) in pairs {
            let error = hypot(a.standardError, b.standardError)
            guard error > 0, error.isFinite else {
                throw failure(
                    error == 0
                        ? "neither side has a standard error to measure by"
                        : "the standard error is \(ScriptFormat.number(error))",
                    code: "expect", at: range(of: "tolerance"),
                    help: "give the tolerance as a number: within: 0.01")
            }
            let sigmas = abs(a.value - b.value) / error
            if sigmas <= tolerance.count { continue }
            expect(
                false,
                "expected \(Call.text(a)) ≈ \(Call.text(b)) within "
                    + "\(ScriptFormat.number(tolerance.count)) sigma, but they differ by "
                    + "\(ScriptFormat.number(sigmas, digits: 2)) sigma")
            return
        }
        expect(true, "")
    }
}
