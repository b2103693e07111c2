// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Lays a program out anew.
///
/// The parsed tree says how the program is built; the words come from the
/// tokens, each taken once and in order, and with each token go the comments
/// around it. So nothing can be lost, whatever the layout does.
struct Formatter {
    static let width = 78
    static let indent = 2

    let source: SourceText
    let tokens: [Token]
    /// What stands before each token.
    let gaps: [Gap]
    var layout = Layout()
    var position = 0
    /// How many of the comments before the current token have been printed.
    private var printed = 0

    init(_ source: SourceText, _ tokens: [Token]) {
        self.source = source
        self.tokens = tokens
        let bytes = source.bytes
        var gaps: [Gap] = []
        gaps.reserveCapacity(tokens.count)
        var end = 0
        for (i, token) in tokens.enumerated() {
            var gap = Gap(bytes, end..<max(end, token.start))
            end = token.end
            if i > 0, tokens[i - 1].kind == .comma || tokens[i - 1].kind == .semicolon {
                gap.prepend(gaps[i - 1])
                gaps[i - 1] = Gap(bytes, 0..<0)
            }
            gaps.append(gap)
        }
        self.gaps = gaps
    }

    // MARK: Tokens

    var token: Token { tokens[min(position, tokens.count - 1)] }

    func peek(_ offset: Int = 1) -> Token { tokens[min(position + offset, tokens.count - 1)] }

    func at(_ kind: Token.Kind) -> Bool { token.kind == kind }

    /// What stands before the next token.
    var gap: Gap { gaps[min(position, gaps.count - 1)] }

    /// What stands behind the next token.
    var peekGap: Gap { gaps[min(position + 1, gaps.count - 1)] }

    /// What stands before the token at an offset.
    func gap(before offset: Int) -> Gap {
        var low = position
        var high = tokens.count - 1
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].start < offset { low = middle + 1 } else { high = middle }
        }
        return gaps[min(low, gaps.count - 1)]
    }

    /// Prints the next token with the comments before it, and those behind it
    /// that end its line.
    /// - Parameter frame: Begins behind the token, before its comments.
    mutating func take(opening frame: Layout.Frame? = nil) {
        guard token.kind != .end else { return }
        takeComments()
        layout.text(source.text(in: token.range))
        position += 1
        printed = 0
        if let frame { layout.add(.begin(frame)) }
        takeTrailing()
    }

    mutating func take(_ count: Int) { for _ in 0..<count { take() } }

    /// The comments before the next token.
    private mutating func takeComments() {
        for trivia in gap.trivia.dropFirst(printed) { add(trivia) }
        printed = gap.trivia.count
    }

    /// The comments before the next token that stand in its line, so that a
    /// frame begins behind them.
    mutating func takeInlineComments() {
        for trivia in gap.trivia.dropFirst(printed) {
            guard trivia.kind == .block || trivia.kind == .annotation, !endsItsLine(trivia) else {
                return
            }
            add(trivia)
            printed += 1
        }
    }

    /// Comments that stand behind the last token and end its line.
    private mutating func takeTrailing() {
        let gap = gap
        let count = gap.trivia.prefix { $0.breaks == 0 }.count
        guard count > 0 else { return }
        let following = count < gap.trivia.count ? gap.trivia[count].breaks : gap.breaks
        guard following > 0 || gap.trivia[count - 1].kind == .line else { return }
        for trivia in gap.trivia.prefix(count) { add(trivia) }
        printed = count
    }

    private mutating func add(_ trivia: Trivia) {
        let lines = trivia.lines(in: source)
        switch trivia.kind {
        case .line, .include:
            layout.add(
                .lineComment(
                    lines[0], ownLine: trivia.breaks > 0 || trivia.kind == .include))
        case .block, .annotation:
            layout.add(.blockComment(lines, ownLine: endsItsLine(trivia)))
        }
    }

    /// Whether a comment has a line for itself.
    private func endsItsLine(_ trivia: Trivia) -> Bool {
        guard trivia.breaks > 0,
            let i = gap.trivia.firstIndex(where: { $0.range == trivia.range })
        else { return false }
        return (i + 1 < gap.trivia.count ? gap.trivia[i + 1].breaks : gap.breaks) > 0
    }

    /// Begins a line for a statement, a closing brace or a block, with the
    /// comments above it. One empty line is kept where there were any.
    mutating func beginLine(isFirst: Bool = false, isLast: Bool = false) {
        let gap = gap
        var isFirst = isFirst
        for trivia in gap.trivia.dropFirst(printed) {
            layout.add(trivia.breaks > 1 && !isFirst ? .blankLine : .hardLine)
            add(trivia)
            isFirst = false
        }
        let isBehindComment =
            gap.breaks == 0 && !isLast
            && (gap.trivia.dropFirst(printed).last.map { $0.kind != .line && $0.kind != .include }
                ?? false)
        printed = gap.trivia.count
        if !isBehindComment {
            layout.add(gap.breaks > 1 && !isFirst && !isLast ? .blankLine : .hardLine)
        }
    }

    // MARK: Frames

    mutating func frame(_ frame: Layout.Frame, _ body: (inout Formatter) -> Void) {
        layout.add(.begin(frame))
        body(&self)
        layout.add(.end)
    }

    mutating func space() { layout.add(.space) }

    mutating func line() { layout.add(.line) }

    // MARK: Programs

    mutating func program(_ program: ParsedProgram) {
        var isFirst = true
        if source.holdsFunctions {
            for function in program.functions {
                beginLine(isFirst: isFirst)
                isFirst = false
                self.function(function)
            }
        }
        while !at(.end) {
            let start = position
            beginLine(isFirst: isFirst)
            isFirst = false
            let word = token.word
            let second = peek().word
            take()
            if word == .transformed || word == .generated {
                space()
                take()
            }
            space()
            let block: ParsedProgram.Block
            switch (word, second) {
            case (.functions, _):
                braces(program.functions) { $0.function($1) }
                continue
            case (.data, _): block = .data
            case (.parameters, _): block = .parameters
            case (.transformed, .data): block = .transformedData
            case (.transformed, _): block = .transformedParameters
            case (.generated, _): block = .generatedQuantities
            default: block = .model
            }
            self.block(program.blocks[block] ?? [])
            if position == start { return }
        }
        beginLine(isFirst: isFirst, isLast: true)
    }

    mutating func block(_ statements: [ParsedStatement]) {
        braces(statements) { $0.statement($1) }
    }

    private mutating func braces<T>(_ parts: [T], _ part: (inout Formatter, T) -> Void) {
        take()
        frame(.indent(Formatter.indent)) { f in
            for (i, element) in parts.enumerated() {
                // A stray semicolon stays where it is.
                if f.at(.semicolon), f.gap.trivia.isEmpty, f.gap.breaks == 0, i > 0 {
                } else {
                    f.beginLine(isFirst: i == 0)
                }
                part(&f, element)
            }
            let gap = f.gap
            if gap.trivia.count > f.printed { f.beginLine(isFirst: parts.isEmpty, isLast: true) }
        }
        layout.add(.hardLine)
        take()
    }

    private mutating func function(_ function: ParsedFunction) {
        headed(function.body) { f in f.head(of: function) }
        if function.body == nil { take() }
    }

    private mutating func head(of function: ParsedFunction) {
        unsizedType()
        space()
        take()
        list { f in
            for i in function.arguments.indices {
                if i > 0 { f.comma() }
                if f.token.word == .data {
                    f.take()
                    f.space()
                }
                f.unsizedType()
                f.space()
                f.take()
            }
        }
    }

    /// A comma and the place where a line may end.
    mutating func comma() {
        take()
        line()
    }

    /// What stands between two brackets.
    mutating func list(_ body: (inout Formatter) -> Void) {
        take(opening: .hang)
        frame(.fill, body)
        takeComments()
        layout.add(.end)
        take()
    }
}
