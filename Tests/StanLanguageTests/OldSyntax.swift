// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

@testable import StanLanguage

/// Rewrites a program of today in the syntax of Stan before 2.33: array sizes behind
/// names, `<-`, comments with `#`, `increment_log_prob`, densities with `_log` and
/// commas, functions by their old names. What it cannot rewrite stays.
struct OldSyntax {
    private let source: SourceText
    private var tokens: [Token]
    private let names: [String]
    /// What stands for each token, and before it.
    private var words: [String]
    private var gaps: [String]
    /// The kinds of change that were made.
    private(set) var kinds: Set<String> = []

    /// The program in old syntax.
    var text: String { zip(gaps, words).map { $0 + $1 }.joined() }

    init(_ source: SourceText) {
        self.source = source
        let lexer = Lexer(source)
        tokens = lexer.tokens
        names = lexer.names
        words = tokens.map { source.text(in: $0.range) }
        gaps = []
        var end = 0
        for token in tokens {
            gaps.append(source.text(in: end..<token.start))
            end = token.end
        }
        comments()
        arrays()
        statements()
        densities()
        functionNames()
    }

    private static let oldNames = [
        "gp_exp_quad_cov": "cov_exp_quad", "lmultiply": "multiply_log",
        "lchoose": "binomial_coefficient_log",
    ]

    private func name(_ i: Int) -> String? {
        i >= 0 && i < tokens.count && tokens[i].kind == .identifier ? names[tokens[i].name] : nil
    }

    private func kind(_ i: Int) -> Token.Kind {
        i >= 0 && i < tokens.count ? tokens[i].kind : .end
    }

    /// The bracket that closes the one at i.
    private func closing(_ i: Int) -> Int? {
        var depth = 0
        for k in i..<tokens.count {
            switch tokens[k].kind {
            case .leftParen, .leftBracket, .leftBrace: depth += 1
            case .rightParen, .rightBracket, .rightBrace:
                depth -= 1
                if depth == 0 { return k }
            default: break
            }
        }
        return nil
    }

    private mutating func comments() {
        for i in gaps.indices where gaps[i].contains("//") && !gaps[i].contains("/*") {
            gaps[i] = gaps[i].replacing("//", with: "#")
            kinds.insert("#")
        }
    }

    // MARK: Arrays

    private mutating func arrays() {
        for i in tokens.indices {
            guard tokens[i].word == .array, kind(i + 1) == .leftBracket,
                let end = closing(i + 1), end + 1 < tokens.count, tokens[end + 1].word.isType
            else { continue }
            var last = end + 1  // of the element's type
            if kind(last + 1) == .less {
                guard let close = constraintEnd(last + 1) else { continue }
                last = close
            }
            let isUnsized = (i + 2..<end).allSatisfy { kind($0) == .comma }
            if !isUnsized, kind(last + 1) == .leftBracket {
                guard let close = closing(last + 1) else { continue }
                last = close
            }
            let sizes = (i + 1...end).map { gaps[$0] + words[$0] }.joined()
            if isUnsized {
                words[last] += sizes
            } else {
                // `array[N] real x, y` declares two arrays.
                guard name(last + 1) != nil, kind(last + 2) != .comma else { continue }
                words[last + 1] += sizes
            }
            for k in i...end {
                words[k] = ""
                if k > i { gaps[k] = "" }
            }
            gaps[end + 1] = ""
            kinds.insert("array")
        }
    }

    /// The `>` that ends the constraint which begins at i.
    private func constraintEnd(_ i: Int) -> Int? {
        var depth = 0
        for k in i..<tokens.count {
            switch tokens[k].kind {
            case .leftParen, .leftBracket: depth += 1
            case .rightParen, .rightBracket: depth -= 1
            case .greater where depth == 0: return k
            case .semicolon, .leftBrace: return nil
            default: break
            }
        }
        return nil
    }

    // MARK: Statements

    private mutating func statements() {
        var start = 0  // of the statement
        var i = 0
        while i < tokens.count {
            switch tokens[i].kind {
            case .semicolon, .leftBrace, .rightBrace: start = i + 1
            case .identifier where [.ifWord, .forWord, .whileWord].contains(tokens[i].word):
                if kind(i + 1) == .leftParen, let end = closing(i + 1) {
                    i = end
                    start = i + 1
                }
            case .identifier where tokens[i].word == .elseWord: start = i + 1
            case .plusAssign where i == start + 1 && tokens[start].word == .target: increment(i)
            case .assign: assign(i, start)
            case .leftParen, .leftBracket:
                // Nothing inside is a statement.
                if let end = closing(i) { i = end }
            default: break
            }
            i += 1
        }
    }

    private mutating func increment(_ i: Int) {
        var end = i
        while end < tokens.count, kind(end) != .semicolon { end += 1 }
        words[i - 1] = "increment_log_prob"
        words[i] = "("
        words[end] = ")" + words[end]
        kinds.insert("increment_log_prob")
    }

    private mutating func assign(_ i: Int, _ start: Int) {
        guard tokens[start].kind == .identifier, tokens[start].word == .none,
            kind(start + 1) == .assign || kind(start + 1) == .leftBracket
        else { return }
        words[i] = "<-"
        kinds.insert("<-")
    }

    // MARK: Functions

    private static let suffixes = [
        ("_lpdf", "_log"), ("_lpmf", "_log"), ("_lcdf", "_cdf_log"), ("_lccdf", "_ccdf_log"),
        ("_cdf", "_cdf"),
    ]

    private func oldDensity(_ i: Int) -> String? {
        guard let name = name(i), kind(i + 1) == .leftParen else { return nil }
        for (today, old) in OldSyntax.suffixes where name.hasSuffix(today) {
            return name.dropLast(today.count) + old
        }
        return nil
    }

    private mutating func densities() {
        // Old programs had no unnormalized densities.
        if names.contains(where: { $0.hasSuffix("_lupdf") || $0.hasSuffix("_lupmf") }) { return }
        // A function that is handed over keeps its name everywhere.
        var handed: Set<String> = []
        for i in tokens.indices where kind(i + 1) != .leftParen {
            if let name = name(i) { handed.insert(name) }
        }
        for i in tokens.indices {
            guard let name = name(i), !handed.contains(name), let old = oldDensity(i),
                let end = closing(i + 1)
            else { continue }
            words[i] = old
            kinds.insert("_log")
            var depth = 0
            for k in i + 1..<end {
                switch tokens[k].kind {
                case .leftParen, .leftBracket, .leftBrace: depth += 1
                case .rightParen, .rightBracket, .rightBrace: depth -= 1
                case .bar where depth == 1: words[k] = ","
                default: break
                }
            }
        }
    }

    private mutating func functionNames() {
        for i in tokens.indices where kind(i + 1) == .leftParen {
            if tokens[i].word == .target, kind(i + 2) == .rightParen {
                words[i] = "get_lp"
                kinds.insert("get_lp")
            } else if let name = name(i), let old = OldSyntax.oldNames[name] {
                words[i] = old
                kinds.insert(old)
            }
        }
    }
}
