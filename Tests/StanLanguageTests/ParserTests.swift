// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

/// An expression with all its parentheses.
private func grouped(_ text: String) -> String {
    var parser = Parser(SourceText(name: "<expression>", text: text))
    guard let expression = try? parser.expression(), parser.at(.end) else {
        return parser.diagnostics.first?.message ?? "stopped at '\(parser.text(parser.token))'"
    }
    return show(expression)
}

private func show(_ expression: ParsedExpression) -> String {
    func list(_ all: [ParsedExpression]) -> String { all.map(show).joined(separator: ", ") }
    switch expression.kind {
    case .integer(let value): return "\(value)"
    case .real(let value): return "\(value)"
    case .imaginary(let value): return "\(value)i"
    case .name(let name): return name
    case .target: return "target()"
    case .call(let name, let arguments, let bar):
        guard bar, let first = arguments.first else { return "\(name.text)(\(list(arguments)))" }
        return "\(name.text)(\(show(first)) | \(list(Array(arguments.dropFirst()))))"
    case .indexed(let base, let indices):
        let shown = indices.map { index -> String in
            switch index {
            case .all: return ":"
            case .single(let i): return show(i)
            case .from(let i): return show(i) + ":"
            case .upTo(let i): return ":" + show(i)
            case .range(let a, let b): return show(a) + ":" + show(b)
            }
        }
        return "\(show(base))[\(shown.joined(separator: ", "))]"
    case .tupleElement(let base, let number): return "\(show(base)).\(number + 1)"
    case .unary(.transpose, let operand): return "(\(show(operand))')"
    case .unary(let op, let operand): return "(\(op.rawValue)\(show(operand)))"
    case .binary(let op, let a, let b): return "(\(show(a)) \(op.rawValue) \(show(b)))"
    case .conditional(let c, let a, let b): return "(\(show(c)) ? \(show(a)) : \(show(b)))"
    case .array(let elements): return "{\(list(elements))}"
    case .rowVector(let elements): return "[\(list(elements))]"
    case .tuple(let elements): return "<\(list(elements))>"
    case .parenthesized(let inner): return show(inner)
    }
}

private func parse(_ text: String) -> (program: ParsedProgram, messages: [String]) {
    let source = SourceText(name: "test.stan", text: text)
    var parser = Parser(source)
    let program = parser.program()
    let messages = parser.diagnostics.map { diagnostic in
        let place = source.position(of: diagnostic.range?.lowerBound ?? 0)
        return "\(place.line):\(place.column) \(diagnostic.message)"
    }
    return (program, messages)
}

@Suite struct ParserExpressionTests {
    // The operator table of the reference manual, pair by pair.
    @Test(arguments: [
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ? b ? c : d : e", "(a ? (b ? c : d) : e)"),
        ("a || b ? c : d", "((a || b) ? c : d)"),
        ("a || b && c", "(a || (b && c))"),
        ("a && b == c", "(a && (b == c))"),
        ("a == b < c", "(a == (b < c))"),
        ("a != b >= c", "(a != (b >= c))"),
        ("a < b + c", "(a < (b + c))"),
        ("a + b * c", "(a + (b * c))"),
        ("a - b / c", "(a - (b / c))"),
        ("a + b .* c", "(a + (b .* c))"),
        ("a * b \\ c", "(a * (b \\ c))"),
        ("a * b %/% c", "(a * (b %/% c))"),
        ("a % b %/% c", "(a % (b %/% c))"),
        ("-a %/% b", "((-a) %/% b)"),
        ("!a == b", "((!a) == b)"),
        ("-n ^ 3", "(-(n ^ 3))"),
        ("2 ^ -n", "(2 ^ (-n))"),
        ("2 ^ -n ^ 2", "(2 ^ (-(n ^ 2)))"),
        ("a ^ b ^ c", "(a ^ (b ^ c))"),
        ("a .^ b ^ c", "(a .^ (b ^ c))"),
        ("a ^ b * c", "((a ^ b) * c)"),
        ("-u'", "(-(u'))"),
        ("u * v'", "(u * (v'))"),
        ("u' * v", "((u') * v)"),
        ("a ^ b'", "(a ^ (b'))"),
        ("x''", "((x')')"),
        ("a + b + c", "((a + b) + c)"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b * c", "((a / b) * c)"),
        ("a .* b ./ c", "((a .* b) ./ c)"),
        ("a \\ b \\ c", "((a \\ b) \\ c)"),
        ("a < b < c", "((a < b) < c)"),
        ("a == b != c", "((a == b) != c)"),
        ("2 * x + 3 * - y", "((2 * x) + (3 * (-y)))"),
        ("- - a", "(-(-a))"),
        ("a<-b", "(a < (-b))"),
        ("(y - mu)' * Sigma * (y - mu)", "((((y - mu)') * Sigma) * (y - mu))"),
    ])
    func precedence(text: String, expected: String) {
        #expect(grouped(text) == expected)
    }

    @Test(arguments: [
        ("x[1]", "x[1]"),
        ("x[1, 2][3]", "x[1, 2][3]"),
        ("x[]", "x[:]"),
        ("x[, 2]", "x[:, 2]"),
        ("x[2, ]", "x[2, :]"),
        ("x[:, 1:3, 4:, :5]", "x[:, 1:3, 4:, :5]"),
        ("x[{1, 2}]", "x[{1, 2}]"),
        ("f(x)[1]'", "(f(x)[1]')"),
        ("x.1.2", "x.1.2"),
        ("x.2[3]", "x.2[3]"),
        ("f()", "f()"),
        ("normal_lpdf(y | mu, sigma)", "normal_lpdf(y | mu, sigma)"),
        ("std_normal_lpdf(y | )", "std_normal_lpdf(y | )"),
        ("target()", "target()"),
        ("[]", "[]"),
        ("[1, 2]'", "([1, 2]')"),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
        ("{{1}, {2}}", "{{1}, {2}}"),
        ("(a, b, c)", "<a, b, c>"),
        ("((a, b), c)", "<<a, b>, c>"),
        ("1_000 + .5 + 2. + 1.5e-3", "(((1000 + 0.5) + 2.0) + 0.0015)"),
        ("3.2i", "3.2i"),
        // Words that are new in the language may be variables.
        ("offset + array[1] * lower", "(offset + (array[1] * lower))"),
    ])
    func forms(text: String, expected: String) {
        #expect(grouped(text) == expected)
    }

    @Test(arguments: [
        ("1 +", "expected an expression, found end of file"),
        ("(1", "expected ')', found end of file"),
        ("x[1", "expected ',' or ']' after the index, found end of file"),
        ("f(1", "expected ',' or ')' after the argument, found end of file"),
        ("{}", "array expressions must contain at least one element"),
        ("a ? b", "expected ':' of the conditional operator, found end of file"),
        ("2147483648", "integer literal cannot be larger than 2_147_483_647"),
        (
            "99999999999999999999999999", "integer literal cannot be larger than 2_147_483_647"
        ),
        ("x.0", "'0' is not the number of a tuple's element"),
        ("\"text\"", "a string is only allowed in print, reject, fatal_error and profile"),
        ("real", "expected an expression, but 'real' is a reserved word"),
    ])
    func faults(text: String, message: String) {
        #expect(grouped(text) == message)
    }

    @Test func rangesCoverTheText() throws {
        let text = "  alpha + f(x, 2)[3]' "
        var parser = Parser(SourceText(name: "t", text: text))
        let sum = try parser.expression()
        #expect(parser.source.text(in: sum.range) == "alpha + f(x, 2)[3]'")
        guard case .binary(_, let left, let right) = sum.kind else {
            Issue.record("not a sum")
            return
        }
        #expect(parser.source.text(in: left.range) == "alpha")
        #expect(parser.source.text(in: right.range) == "f(x, 2)[3]'")
    }
}

private func byLine(_ a: Substring, _ b: Substring) -> Bool {
    func numbers(_ text: Substring) -> [Int] { text.split(separator: ":").compactMap { Int($0) } }
    return numbers(a).lexicographicallyPrecedes(numbers(b))
}

@Suite struct ParserStatementTests {
    @Test func allBlocksInOrder() {
        let (program, messages) = parse(
            """
            functions { real f(real x) { return x; } void g(); }
            data { int N; }
            transformed data { int M = N; }
            parameters { real mu; }
            transformed parameters { real nu = mu; }
            model { mu ~ normal(0, 1); }
            generated quantities { real z = nu; }
            """)
        #expect(messages == [])
        #expect(program.functions.count == 2)
        #expect(program.blocks.count == 6)
    }

    @Test func anEmptyProgramIsOne() {
        #expect(parse("").messages == ["1:1 the program is empty"])
        #expect(findings("// nothing\n") == ["stan/empty 1:1 the program is empty"])
    }

    @Test(arguments: [
        ("model { } data { }", "1:11 the block 'data' must come before 'model'"),
        ("data { } data { }", "1:10 duplicate block 'data'"),
        ("model { ", "1:9 expected '}' at the end of the block"),
        ("model { real x; } }", "1:19 expected a block such as 'data {' or 'model {', found '}'"),
        ("modell { }", "1:1 expected a block such as 'data {' or 'model {', found 'modell'"),
        ("model { x = 1 }", "1:15 expected ';' after the assignment, found '}'"),
        ("model { x ~ normal(0, 1) }", "1:26 expected ';' after the distribution, found '}'"),
        ("model { x; }", "1:9 ill-formed statement: an expression alone is not a statement"),
        ("model { else x = 1; }", "1:9 'else' without 'if'"),
        ("model { if (x { } }", "1:15 expected ')' after the condition, found '{'"),
        ("model { for (i 1:3) { } }", "1:16 expected 'in' after the loop's variable, found '1'"),
        ("model { real for; }", "1:14 expected a variable's name, but 'for' is a reserved word"),
        ("model { vector x; }", "1:16 expected '[' and a size after 'vector', found 'x'"),
        ("model { matrix[3] x; }", "1:15 'matrix' needs 2 sizes, found 1"),
        (
            "data { real<lowr=0> x; }",
            "1:13 expected 'lower', 'upper', 'offset' or 'multiplier', found 'lowr'"
        ),
        (
            "data { real<lower=0, offset=1> x; }",
            "1:12 bounds cannot be combined with an offset or multiplier"
        ),
        (
            "functions { simplex f(real x) { } }",
            "1:13 expected a function's result type, such as 'real' or 'void', but 'simplex' can only be used for variables of blocks"
        ),
        (
            "functions { real f(vector[3] x) { } }",
            "1:27 expected ',' or ']', found '3'"
        ),
        ("#include foo.stan\nmodel { }", "1:1 #include is not supported here"),
    ])
    func faults(text: String, message: String) {
        #expect(parse(text).messages.first == message)
    }

    @Test func everyFaultyStatementIsReported() {
        let (_, messages) = parse(
            """
            data {
              int N
              vector[N] x;
              real y[;
              int M;
            }
            parameters { real 2mu; real ok; }
            model {
              x ~ normal(0, 1;
              y ~ ;
              if x > 2 { y = 1; }
              { a = ; b = 2; }
              for (i in 1:N) { target += 1 }
              z = 3;
            }
            """)
        #expect(
            messages.map { $0.prefix { $0 != " " } }.sorted(by: byLine) == [
                "3:3", "4:10", "7:20", "9:18", "10:7", "11:6", "12:9", "13:32",
            ])
    }

    @Test func oldSyntaxWarnsOnceAKind() {
        let (program, messages) = parse(
            """
            functions { real[] f(int[,] x, vector[] y) { real z[2]; return z; } }
            data { int N; real x[N]; vector[2] v[N, 3]; }
            model { real a; real b; a <- 1; b <- a<-1; increment_log_prob(a); increment_log_prob(b); }
            """)
        #expect(
            messages == [
                "1:17 brackets after the type or name are the old syntax of arrays",
                "3:27 the assignment operator <- is no longer part of Stan",
                "3:44 increment_log_prob is no longer part of Stan",
            ])
        #expect(program.functions.first?.result == .array(of: .real, 1))
        #expect(
            program.functions.first?.arguments.map(\.type) == [
                .array(of: .int, 2), .array(of: .vector, 1),
            ])
    }

    @Test func bracesOpenBlocksOrArrays() {
        let (program, messages) = parse("model { { real x; } {} {a, b} ~ normal(0, 1); }")
        #expect(messages == [])
        #expect(program.blocks[.model]?.count == 3)
    }

    @Test(arguments: [
        String(repeating: "(", count: 100_000),
        String(repeating: "-", count: 100_000) + "1",
        String(repeating: "[", count: 100_000),
        String(repeating: "{", count: 100_000),
        String(repeating: "f(", count: 100_000),
        String(repeating: "x[", count: 100_000),
        String(repeating: "a ? ", count: 100_000),
        String(repeating: "a ? b : ", count: 100_000) + "c",
        String(repeating: "1 + ", count: 100_000) + "1",
        String(repeating: "2 ^ ", count: 100_000) + "1",
        "x" + String(repeating: "'", count: 100_000),
        "x" + String(repeating: "[1]", count: 100_000),
    ])
    func deepExpressionsAreRefused(text: String) {
        let found = parse("model { real y = \(text); }").messages
        #expect(found.count == 1)
        #expect(found.first?.contains("nested too deeply") == true)
    }

    @Test(arguments: [
        String(repeating: "{", count: 100_000),
        String(repeating: "if (1) ", count: 100_000),
        String(repeating: "if (1) ; else ", count: 100_000),
        String(repeating: "for (i in 1:2) ", count: 100_000),
        String(repeating: "while (1) {", count: 100_000),
        String(repeating: "tuple(int, ", count: 100_000) + "real x",
        String(repeating: "tuple(", count: 100_000),
    ])
    func deepStatementsAreRefused(text: String) {
        let found = parse("model { \(text); }").messages
        #expect(found.count == 1)
        #expect(found.first?.contains("nested too deeply") == true)
    }

    @Test func longChainsWithinTheLimitAreKept() {
        let sum = Array(repeating: "mu", count: 900).joined(separator: " + ")
        #expect(errors("parameters { real mu; } model { target += \(sum); }") == [])
        let nested = String(repeating: "(", count: 80) + "mu" + String(repeating: ")", count: 80)
        #expect(errors("parameters { real mu; } model { target += \(nested); }") == [])
    }
}

@Suite struct ParserIncludeTests {
    private let files = [
        "a.stan": "real twice(real x) { return 2 * x; }\n",
        "loop.stan": "#include loop.stan\n",
        "bad.stan": "real half(real x) {\n  return y / 2;\n}\n",
    ]

    private func check(_ text: String) -> [String] {
        do {
            _ = try StanProgram.parse(SourceText(name: "main.stan", text: text)) { name in
                files[name].map { SourceText(name: name, text: $0) }
            }
            return []
        } catch {
            return error.diagnostics.map { "\($0.place ?? "") \($0.message)" }
        }
    }

    @Test func filesAreSplicedIn() {
        #expect(check("functions {\n#include a.stan\n}\nmodel { target += twice(2); }") == [])
        #expect(check("functions {\n  #include \"a.stan\" // twice\n}\n") == [])
        #expect(check("/* #include nothing.stan */ model { print(\"#include x\"); }") == [])
    }

    @Test func errorsNameTheFile() {
        #expect(
            check("functions {\n#include bad.stan\n}\nmodel { target += z; }") == [
                "bad.stan:2:10 Identifier 'y' not in scope",
                "main.stan:4:19 Identifier 'z' not in scope",
            ])
        #expect(
            check("#include missing.stan\n") == [
                "main.stan:1:1 Could not find include file 'missing.stan'"
            ])
        #expect(
            check("#include loop.stan\n") == [
                "loop.stan:1:1 the file 'loop.stan' includes itself"
            ])
        #expect(check("#include\n") == ["main.stan:1:1 #include needs the name of a file"])
    }
}
