// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The names of a program and where they can be seen, from its parsed tree:
/// so they are known while a program is being written and has errors.
struct SymbolIndex {
    struct Symbol {
        enum Kind { case function, variable, argument, loop }

        var name: String
        var kind: Kind
        /// Its declaration as it is shown: `array[N] real<lower=0> x`.
        var declaration: String
        /// Where it stands: "parameters", "loop variable", …
        var place: String
        /// The name in its declaration.
        var range: Range<Int>
        /// Where it can be used.
        var scope: Range<Int>
    }

    /// A block of the program.
    struct Block {
        var name: String
        var range: Range<Int>
        /// Between the braces.
        var body: Range<Int>
    }

    let source: SourceText
    let tokens: [Token]
    private(set) var symbols: [Symbol] = []
    private(set) var blocks: [Block] = []

    init(_ source: SourceText) {
        self.source = source
        var parser = Parser(source)
        let program = parser.file()
        tokens = parser.tokens
        if source.holdsFunctions {
            let all = 0..<source.bytes.count
            blocks = [Block(name: "functions", range: all, body: all)]
        } else {
            findBlocks()
        }
        for function in program.functions { add(function) }
        for block in ParsedProgram.Block.allCases {
            for statement in program.blocks[block] ?? [] {
                // Only the model's own variables end with their block.
                var end = source.bytes.count
                if block == .model {
                    let body = blocks.first { $0.body.contains(statement.range.lowerBound) }?.body
                    end = body?.upperBound ?? end
                }
                add(statement, block.name, until: end)
            }
        }
    }

    /// What a name means at an offset: the innermost declaration.
    func symbol(_ name: String, at offset: Int) -> Symbol? {
        symbols.filter { $0.name == name && isVisible($0, at: offset) }
            .max { $0.scope.lowerBound < $1.scope.lowerBound }
    }

    func symbols(at offset: Int) -> [Symbol] { symbols.filter { isVisible($0, at: offset) } }

    private func isVisible(_ symbol: Symbol, at offset: Int) -> Bool {
        symbol.range.contains(offset) || symbol.range.upperBound == offset
            || (symbol.scope.lowerBound <= offset && offset <= symbol.scope.upperBound)
    }

    /// The position of the word at an offset, or that ends there.
    func word(at offset: Int) -> Int? {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].end < offset { low = middle + 1 } else { high = middle }
        }
        for i in low..<min(low + 2, tokens.count)
        where tokens[i].kind == .identifier && tokens[i].start <= offset
            && offset <= tokens[i].end
        {
            return i
        }
        return nil
    }

    func text(_ token: Int) -> String { source.text(in: tokens[token].range) }

    /// Whether an offset lies in a comment or string.
    func isInComment(_ offset: Int) -> Bool {
        let next = tokens.firstIndex { $0.end >= offset } ?? tokens.count - 1
        if tokens[next].kind == .string, tokens[next].start < offset { return true }
        let start = next > 0 ? tokens[next - 1].end : 0
        return Gap(source.bytes, start..<max(start, tokens[next].start)).trivia.contains {
            $0.range.lowerBound < offset
                && (offset < $0.range.upperBound
                    || ($0.kind == .line && offset == $0.range.upperBound))
        }
    }

    // MARK: Collecting

    private mutating func findBlocks() {
        var depth = 0
        var header = 0
        var open = 0
        for (i, token) in tokens.enumerated() {
            switch token.kind {
            case .leftBrace:
                if depth == 0 { open = i }
                depth += 1
            case .rightBrace:
                depth = max(0, depth - 1)
                if depth == 0, open >= header {
                    addBlock(header, open, end: token.start, close: token.end)
                    header = i + 1
                }
            case .end where depth > 0:
                addBlock(header, open, end: token.start, close: token.end)
            default: break
            }
        }
    }

    private mutating func addBlock(_ header: Int, _ open: Int, end: Int, close: Int) {
        let name = (header..<open).map(text).joined(separator: " ")
        blocks.append(
            Block(
                name: name, range: tokens[header].start..<close,
                body: tokens[open].end..<max(end, tokens[open].end)))
    }

    /// The text of a range in one line.
    private func line(_ range: Range<Int>) -> String {
        let text = source.text(in: range).split { $0.isWhitespace }.joined(separator: " ")
        return text.count > 200 ? text.prefix(200) + "…" : text
    }

    private mutating func add(_ function: ParsedFunction) {
        symbols.append(
            Symbol(
                name: function.name.text, kind: .function, declaration: line(function.range),
                place: "function", range: function.name.range, scope: 0..<source.bytes.count))
        guard let body = function.body else { return }
        for argument in function.arguments {
            let data = argument.isData ? "data " : ""
            symbols.append(
                Symbol(
                    name: argument.name.text, kind: .argument,
                    declaration: "\(data)\(argument.type) \(argument.name.text)",
                    place: "argument of \(function.name.text)", range: argument.name.range,
                    scope: body.range))
        }
        add(body, "local variable", until: body.range.upperBound)
    }

    private mutating func add(_ statement: ParsedStatement, _ place: String, until end: Int) {
        switch statement.kind {
        case .declaration(let declaration):
            for variable in declaration.variables {
                var type = line(declaration.type.range)
                if let first = variable.dimensions.first, let last = variable.dimensions.last {
                    let sizes = first.range.lowerBound..<last.range.upperBound
                    type = "array[\(line(sizes))] \(type)"
                }
                let start = variable.name.range.upperBound
                symbols.append(
                    Symbol(
                        name: variable.name.text, kind: .variable,
                        declaration: "\(type) \(variable.name.text)", place: place,
                        range: variable.name.range, scope: start..<max(start, end)))
            }
        case .forRange(let name, _, _, let body), .forEach(let name, _, let body):
            symbols.append(
                Symbol(
                    name: name.text, kind: .loop, declaration: name.text,
                    place: "loop variable", range: name.range, scope: body.range))
            add(body, "local variable", until: body.range.upperBound)
        case .whileLoop(_, let body): add(body, "local variable", until: body.range.upperBound)
        case .conditional(_, let then, let other):
            add(then, "local variable", until: then.range.upperBound)
            if let other { add(other, "local variable", until: other.range.upperBound) }
        case .block(let statements), .profile(_, let statements):
            for inner in statements {
                add(inner, "local variable", until: statement.range.upperBound)
            }
        default: break
        }
    }
}
