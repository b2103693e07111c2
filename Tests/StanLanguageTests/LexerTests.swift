// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import StanLanguage

@Suite struct LexerTests {
    private func lex(_ text: String) -> Lexer { Lexer(SourceText(name: "test.stan", text: text)) }

    private func kinds(_ text: String) -> [Token.Kind] {
        lex(text).tokens.dropLast().map(\.kind)
    }

    private func words(_ text: String) -> [String] {
        let source = SourceText(name: "test.stan", text: text)
        return Lexer(source).tokens.dropLast().map { source.text(in: $0.range) }
    }

    @Test(arguments: [
        ("x_1 y2", [Token.Kind.identifier, .identifier]),
        ("1 1_000 0", [.integer, .integer, .integer]),
        ("1. 1.5 1e3 1.5e-3 2.E+4 1_0.2_5", [.real, .real, .real, .real, .real, .real]),
        (".5 .5e2", [.dotNumeral, .real]),
        ("2i 2.5i 1e3i", [.imaginary, .imaginary, .imaginary]),
        ("a.1.2", [.identifier, .dotNumeral, .dotNumeral]),
        ("a.*b", [.identifier, .elementTimes, .identifier]),
        ("a ./ b .^ c", [.identifier, .elementDivide, .identifier, .elementPower, .identifier]),
        ("a %/% b % c", [.identifier, .integerDivide, .identifier, .modulo, .identifier]),
        (
            "a += b -= c *= d /= e .*= f ./= g",
            [
                .identifier, .plusAssign, .identifier, .minusAssign, .identifier, .timesAssign,
                .identifier, .divideAssign, .identifier, .elementTimesAssign, .identifier,
                .elementDivideAssign, .identifier,
            ]
        ),
        (
            "< <= > >= == != ! = ~",
            [
                .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .not, .assign,
                .tilde,
            ]
        ),
        (
            "a||b&&c|d",
            [
                .identifier, .or, .identifier, .and, .identifier, .bar, .identifier,
            ]
        ),
        ("m \\ v'", [.identifier, .leftDivide, .identifier, .quote]),
        ("\"a // b\" x", [.string, .identifier]),
        ("1:N", [.integer, .colon, .identifier]),
        ("@note x", [.identifier]),
    ])
    func tokens(text: String, expected: [Token.Kind]) {
        #expect(kinds(text) == expected)
        #expect(lex(text).diagnostics.isEmpty)
    }

    @Test func numbersTakeTheLongestMatch() {
        // As the reference grammar's tokens do: `2.` and then `*`.
        #expect(words("2.*x") == ["2.", "*", "x"])
        #expect(words("1:2") == ["1", ":", "2"])
        #expect(words("1e") == ["1e"])
    }

    @Test func commentsAreSkipped() {
        #expect(words("a // b\nc /* d\n e */ f /* / * */ g /**/ h") == ["a", "c", "f", "g", "h"])
        #expect(words("a \"// no\" b") == ["a", "\"// no\"", "b"])
    }

    @Test func wordsAreRecognised() {
        let tokens = lex("row_vector data foo T in").tokens
        #expect(tokens.map(\.word) == [.rowVector, .data, .none, .truncation, .inWord, .none])
    }

    @Test func namesAreStoredOnce() {
        let lexer = lex("a b a b")
        #expect(lexer.names == ["a", "b"])
        #expect(lexer.tokens.dropLast().map(\.name) == [0, 1, 0, 1])
    }

    @Test(arguments: [
        ("x /* never closed", "stan/comment", 3),
        ("print(\"open\n);", "stan/string", 7),
        ("a $ b", "stan/character", 3),
        ("a & b", "stan/character", 3),
        ("aé = 1", "stan/character", 2),
        ("x = 12abc;", "stan/syntax", 7),
        ("\u{1}", "stan/character", 1),
    ])
    func invalidText(text: String, code: String, column: Int) throws {
        let lexer = lex(text)
        let diagnostic = try #require(lexer.diagnostics.first)
        #expect(diagnostic.code == code)
        let start = try #require(diagnostic.range).lowerBound
        #expect(lexer.source.position(of: start).column == column)
        #expect(lexer.tokens.last?.kind == .end)
    }

    @Test func hashCommentsWarnOnce() {
        let lexer = lex("# one\nx # two\n")
        #expect(lexer.diagnostics.map(\.severity) == [.warning])
        #expect(lexer.tokens.count == 2)
    }

    @Test func invalidUTF8IsReportedAndSkipped() {
        let bytes: [UInt8] = Array("int ".utf8) + [0xFF, 0xC3, 0x28] + Array(" x;".utf8)
        let lexer = Lexer(SourceText(name: "bytes", bytes: bytes))
        #expect(lexer.diagnostics.count == 2)
        #expect(
            lexer.tokens.map(\.kind) == [.identifier, .leftParen, .identifier, .semicolon, .end])
    }
}
