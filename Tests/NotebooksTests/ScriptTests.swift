// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import Notebooks

/// What the lines of a script show, joined by "; ".
func shown(_ text: String, timeout: Duration? = .seconds(20)) throws -> String {
    var values: [String] = []
    try ScriptSession(seed: 1, timeout: timeout).evaluate(text) { values.append($0.text) }
    return values.joined(separator: "; ")
}

/// The first diagnostic of a script, as "line:column code: message".
func failure(_ text: String, timeout: Duration? = .seconds(20)) -> String {
    do {
        return "no error: \(try shown(text, timeout: timeout))"
    } catch let list as DiagnosticList {
        guard let first = list.diagnostics.first, let source = first.source,
            let range = first.range
        else { return "no place: \(list)" }
        let (line, column) = source.position(of: range.lowerBound)
        return "\(line):\(column) \(first.code): \(first.message)"
            + (first.help.map { " [\($0)]" } ?? "")
    } catch {
        return "not a diagnostic: \(error)"
    }
}

@Suite struct ScriptTests {
    @Test(arguments: [
        ("1 + 2 * 3", "7"),
        ("-2^2", "-4"),
        ("2^-1", "0.5"),
        ("2^3^2", "512"),
        ("(1 + 2) * 3 - 4 / 8", "8.5"),
        ("7 % 3", "1"),
        ("1e3 + 100_000", "101000"),
        ("1 / 3", "0.333333"),
        ("123456789", "123456789"),
        ("1234567.891", "1.23457e+06"),
        ("0.1 + 0.2 == 0.3", "false"),
        ("1 / 0", "inf"),
        ("-(0)", "0"),
        ("2 < 3 && !(3 <= 2) || false", "true"),
        ("true ? 1 : 2", "1"),
        ("\"a\" + \"b\"", "ab"),
        ("\"x = \\(1 + 1), y = \\([1, 2])\"", "x = 2, y = [1, 2]"),
        ("\"tab\\t\\\"quoted\\\"\"", "tab\t\"quoted\""),
        ("\"nested \\(\"in \\(3)\")\"", "nested in 3"),
        ("[1, 2] + 1", "[2, 3]"),
        ("[1, 2] * [3, 4]", "[3, 8]"),
        ("2 * [1, 2]^2", "[2, 8]"),
        ("-[1, 2]", "[-1, -2]"),
        ("[1, 2, 3] .< 2", "[true, false, false]"),
        ("([1, 2, 3] .>= 2) .& ([1, 2, 3] .!= 3)", "[false, true, false]"),
        (".!([1, 2] .== 1)", "[false, true]"),
        ("[1, 2] == [1, 2]", "true"),
        ("[\"a\", \"b\"] .== \"b\"", "[false, true]"),
        ("[5, 6, 7][1]", "6"),
        ("[5, 6, 7][0..<2]", "[5, 6]"),
        ("[5, 6, 7][[5, 6, 7] .> 5]", "[6, 7]"),
        ("[5, 6, 7][[2, 0]]", "[7, 5]"),
        ("[[1, 2], [3]]", "[[1, 2], [3]]"),
        ("[1, \"a\", true]", "[1, \"a\", true]"),
        ("[\"J\": 8, \"y\": [1, 2]]", "[\"J\": 8, \"y\": [1, 2]]"),
        ("[\"J\": 8][\"J\"]", "8"),
        ("[:]", "[:]"),
        ("[]", "[]"),
        ("1...3", "1...3"),
        ("(1...3) * 2", "[2, 4, 6]"),
        (
            "(0..<100) / 99",
            "[0, 0.010101, 0.020202, 0.030303, 0.040404, 0.0505051, …, 0.989899, 1] (100 numbers)"
        ),
        ("let x = 3; x; x + 1", "3; 4"),
        ("let f = { x in x^2 }; f(3)", "9"),
        ("let f = { $0 + $1 }; f(1, 2)", "3"),
        ("{ (a, b) in a - b }(5, 3)", "2"),
        ("let f = { x in\n  let y = x + 1\n  return y * 2\n}\nf(1)", "4"),
        ("let f = { n in n < 2 ? 1 : n * f(n - 1) }; f(10)", "3628800"),
        ("let add = { a in { b in a + b } }; add(1)(2)", "3"),
        ("[1, 2, 3].map({ $0^2 })", "[1, 4, 9]"),
        ("(1...4).filter({ x in x % 2 == 0 })", "[2, 4]"),
        ("[1, 2, 3].reduce(0, { $0 + $1 })", "6"),
        ("[3, 1, 2].sorted().reversed()", "[3, 2, 1]"),
        ("[1, 4, 9].map(sqrt)", "[1, 2, 3]"),
        ("[3, 1].max()", "3"),
        ("max(1, 5, 3)", "5"),
        ("sum([1, 2, 3])", "6"),
        ("var t = 0\nfor i in 1...4 { t += i }\nt", "10"),
        ("for i in 0..<3 { i * 10 }", "0; 10; 20"),
        ("var x = [1, 2, 3]\nx[1] = 9\nx[2] *= 2\nx", "[1, 9, 6]"),
        ("var d = [\"a\": 1]\nd[\"b\"] = 2\nd", "[\"a\": 1, \"b\": 2]"),
        ("let x = if 1 < 2 { \"yes\" } else { \"no\" }; x", "yes"),
        ("if false { 1 } else if true { 2 } else { 3 }", "2"),
        ("if false { 1 }", ""),
        ("sin(π / 2)", "1"),
        ("exp([0, 1])", "[1, 2.71828]"),
        ("hypot(3, [4, 0])", "[5, 3]"),
        ("stride(from: 0, through: 1, by: 0.25)", "[0, 0.25, 0.5, 0.75, 1]"),
        ("stride(from: 0, to: 1, by: 0.25)", "[0, 0.25, 0.5, 0.75]"),
        ("stride(from: 0, through: 0.3, by: 0.1)", "[0, 0.1, 0.2, 0.3]"),
        ("String(3.14159, decimals: 2)", "3.14"),
        ("1 + // a comment\n 2 /* and /* nested */ one */", "3"),
        ("let a = 1\n  + 2\na", "3"),
        ("let a = 1\n-a", "-1"),
        ("[1, 2,]", "[1, 2]"),
        ("[1, 2].map { $0 + 1 }.filter { x in x > 2 }", "[3]"),
        ("for i in [1, 2].map({ $0 }) { i }", "1; 2"),
        ("let f = { g in g(2) }; f { x in x + 1 }", "3"),
        ("if [1].map({ $0 }) == [1] { 2 } else { 3 }", "2"),
        ("expect(1 ≈ 1.001, within: 0.01)", ""),
        ("expect([1, 2] ≈ [1, 2], within: 0)", ""),
        ("expect(2 > 1); 3", "3"),
        ("let let1 = 2; let1", "2"),
        ("let größe = 2; größe", "2"),
        ("[1, 2]\n[0]", "[1, 2]; [0]"),
        ("let e = {}; 1", "1"),
    ])
    func showsValues(_ script: String, _ expected: String) throws {
        #expect(try shown(script) == expected)
    }

    @Test(arguments: [
        ("1 +", "1:4 script/syntax: expected an expression, found end of the cell"),
        ("let x", "1:6 script/syntax: expected '=' after 'let x', found end of the cell"),
        (
            "(1 + 2",
            "1:7 script/syntax: expected ')' after the expression, found end of the cell [the bracket opened at line 1, column 1]"
        ),
        (
            "1 2",
            "1:3 script/syntax: unexpected '2' after the statement [one statement a line, or separate them by ;]"
        ),
        ("\"abc", "1:1 script/syntax: this string is not closed [add \"]"),
        ("2x", "1:1 script/syntax: a number is followed directly by a name [write 2 * x]"),
        ("0.5 + .5", "1:7 script/syntax: a number does not begin with a point [write 0.5]"),
        ("1 < 2 < 3", "1:7 script/syntax: '<' and '<' cannot be chained [write a < b && b < c]"),
        (
            "f(1) { x in x }",
            "1:1 script/unknown-name: there is nothing called 'f' here"
        ),
        ("while true { }", "1:1 script/syntax: there is no 'while' here [use for … in]"),
        ("let x = 1 @ 2", "1:11 script/syntax: unexpected character '@'"),
        ("1e999", "1:1 script/syntax: 1e999 is not a number that a Double can hold"),
        ("$0", "1:1 script/syntax: $0 stands outside of a closure"),
        ("lenght", "1:1 script/unknown-name: there is nothing called 'lenght' here"),
        (
            "let length = 1\nlenght + 1",
            "2:1 script/unknown-name: there is nothing called 'lenght' here [did you mean `length`?]"
        ),
        (
            "sqr(2)",
            "1:1 script/unknown-name: there is nothing called 'sqr' here [did you mean `sqrt`?]"
        ),
        (
            "[1].cuont",
            "1:5 script/unknown-name: a vector has no member 'cuont' [did you mean `.count`?]"
        ),
        (
            "let f = { x in x.cuont }",
            "1:18 script/unknown-name: nothing has a member called 'cuont' [did you mean `.count`?]"
        ),
        (
            "sqrt(1, 2)",
            "1:9 script/argument-count: sqrt takes 1 argument, not 2 [sqrt(_ x: number|vector|matrix|estimate) -> number|vector|matrix|estimate]"
        ),
        (
            "sqrt()",
            "1:1 script/argument-count: sqrt needs `x` [sqrt(_ x: number|vector|matrix|estimate) -> number|vector|matrix|estimate]"
        ),
        (
            "sqrt(x: 4)",
            "1:6 script/unknown-label: sqrt has no parameter `x` [sqrt(_ x: number|vector|matrix|estimate) -> number|vector|matrix|estimate]"
        ),
        (
            "String(1, decimal: 2)",
            "1:11 script/unknown-label: String has no parameter `decimal` [did you mean `decimals:`? String(_ x: any) -> String\n         or String(_ x: number, decimals: integer) -> String]"
        ),
        (
            "stride(from: 1, by: 1, to: 2)",
            "1:1 script/unknown-label: the arguments of stride are not in order [stride(from start: number, through end: number, by step: number) -> vector\n         or stride(from start: number, to end: number, by step: number) -> vector]"
        ),
        (
            "sqrt(\"a\")",
            "1:6 script/type: `x` of sqrt is a number or vector or matrix or estimate, not a String [sqrt(_ x: number|vector|matrix|estimate) -> number|vector|matrix|estimate]"
        ),
        (
            "let f = { x in x }; f(1, 2)",
            "1:21 script/argument-count: this closure takes 1 argument, not 2"
        ),
        (
            "let a = 2; a(3)",
            "1:12 script/type: 'a' is a number and cannot be called [to multiply, write *]"
        ),
        (
            "\"a\" + 1",
            "1:5 script/type: '+' cannot join a String and a number [put values into text with \\(…)]"
        ),
        (
            "[1, 2] < 2",
            "1:8 script/type: '<' compares single values [to compare element by element, write .<]"
        ),
        (
            "if [1] .< 2 { 1 }",
            "1:4 script/type: expected a Bool, found a mask [a pointwise comparison gives many truth values; use all(…) or any(…)]"
        ),
        (
            "let x = if true { 1 }",
            "1:9 script/syntax: an 'if' that is used as a value needs an 'else'"
        ),
        (
            "let x = 1; x = 2",
            "1:12 script/assignment: 'x' is a constant [it is defined at line 1; define it with var to change it there]"
        ),
        (
            "var n = 0; let f = { n += 1 }",
            "1:22 script/assignment: a closure cannot change 'n', which is defined outside [return the new value instead]"
        ),
        (
            "let f = { x in\n var y = x\n let g = { y }\n y = 2\n g() }",
            "4:2 script/assignment: 'y' cannot change after a closure has taken its value [the closure is at line 3]"
        ),
        ("[1, 2][2]", "1:8 script/index: 2 is outside of 0...1 [the first element is [0]]"),
        ("[1, 2][-1]", "1:8 script/index: -1 is outside of 0...1 [the first element is [0]]"),
        ("[1, 2][0.5]", "1:8 script/index: 0.5 is not a whole number"),
        ("[1, 2][0...2]", "1:8 script/index: 0...2 is not within 0..<2 [the first element is [0]]"),
        (
            "[\"mu\": 1][\"nu\"]",
            "1:11 script/index: the dictionary has no \"nu\" [did you mean \"mu\"?]"
        ),
        ("[1, 2] + [1, 2, 3]", "1:1 script/size: '+' needs vectors of one length, not 2 and 3"),
        ("3...1", "1:1 script/range: this range goes from 3 down to 1"),
        (
            "for i in 0.5...2 { i }",
            "1:10 script/type: 'for' counts through whole numbers, not 0.5...2"
        ),
        (
            "let f = { n in f(n + 1) }; f(0)",
            "1:16 script/recursion: this goes more than 6000 levels deep [does a closure call itself without an end?]"
        ),
        (
            "Array(repeating: 0, count: 1e15)",
            "1:28 script/limit: this would hold 1e+15 numbers, 8 PB [the limit is 1.07 GB]"
        ),
        (
            "Array(repeating: 0, count: 2.5)",
            "1:28 script/parameter: `count` is 2.5, but must be a whole number"
        ),
        ("expect(1 > 2)", "1:1 script/expect: expected 1 > 2"),
        (
            "expect(1 ≈ 2, within: 0.5)",
            "1:1 script/expect: expected 1 ≈ 2 within 0.5, but they differ by 1"
        ),
        (
            "expect(1 ≈ 2, within: 4.sigma)",
            "1:23 script/expect: neither side has a standard error to measure by [give the tolerance as a number: within: 0.01]"
        ),
        (
            "expect(1 ≈ 2)",
            "1:8 script/type: `claim` of expect is a Bool or mask, not an approximation [expect(_ claim: Bool|mask, _ message: String = nil)]"
        ),
        (
            "let x = [[[[1]]]]; x.count.foo",
            "1:28 script/unknown-name: a number has no member 'foo' [it has sigma]"
        ),
    ])
    func explainsErrors(_ script: String, _ expected: String) {
        #expect(failure(script) == expected)
    }

    @Test func stopsEndlessWork() {
        #expect(
            failure("for i in 0...1e15 { let x = i }", timeout: .milliseconds(100))
                .contains("script/timeout"))
        #expect(failure("for i in 0..<1000 { i }").contains("script/limit"))
        #expect(failure("var s = \"ab\"\nfor i in 0..<60 { s = s + s }").contains("script/limit"))
        #expect(failure("var l = [[1]]\nfor i in 0..<60 { l = [l, 1] }").contains("script/limit"))
        #expect(
            failure("var f = { x in x }\nfor i in 0..<60 { let g = f\n f = { x in g(x) } }")
                .contains("script/limit"))
        #expect(
            failure("var v = [1]\nfor i in 0..<60 { v = concatenated(v, v) }")
                .contains("script/limit"))
    }

    @Test func reportsEveryBrokenStatement() throws {
        do {
            _ = try shown("let a = \nlet b = 1 +\n\nlet c = 3\nfoo()\nbar")
            Issue.record("no error")
        } catch let list as DiagnosticList {
            #expect(list.diagnostics.count == 2)
        }
        do {
            _ = try shown("let c = 3\nfoo()\nbar\nc.baz")
            Issue.record("no error")
        } catch let list as DiagnosticList {
            #expect(
                list.diagnostics.map { $0.source?.position(of: $0.range?.lowerBound ?? 0).line }
                    == [2, 3, 4])
        }
    }

    @Test func deepNestingIsRefused() {
        for text in [
            String(repeating: "(", count: 5000), String(repeating: "[", count: 5000),
            String(repeating: "-", count: 5000) + "1", String(repeating: "{", count: 5000),
            "1" + String(repeating: " + 1", count: 5000),
            "x" + String(repeating: ".a", count: 5000),
            "1" + String(repeating: "^1", count: 5000),
            String(repeating: "if true { ", count: 5000),
            "\"" + String(repeating: "\\(\"", count: 300),
        ] {
            #expect(failure(text).contains("script/syntax"), "\(text.prefix(20))")
        }
    }

    @Test func namesAreKeptBetweenLines() throws {
        let session = ScriptSession()
        try session.evaluate("let a = 2")
        #expect(try session.evaluate("a * 3").text == "6")
        #expect(throws: DiagnosticList.self) { try session.evaluate("let a = nothing") }
        #expect(try session.evaluate("a").text == "2")
        try session.evaluate("let a = a + 1")
        #expect(try session.evaluate("a").text == "3")
        try session.evaluate("let f = { x in [1][x] }")
        do {
            try session.evaluate("f(7)", name: "second")
            Issue.record("no error")
        } catch let list as DiagnosticList {
            // The error is in the closure, which an earlier line defined.
            #expect(list.diagnostics.first?.place == "<expression>:1:20")
        }
    }
}
