// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors

/// What concerns a place in a program: hover, definition, completion.
extension LanguageServer {
    // MARK: Hover

    func hover(_ place: Place?) -> JSONValue {
        guard let place, let word = place.index.word(at: place.offset),
            let text = explanation(of: word, in: place.index)
        else { return .null }
        let token = place.index.tokens[word]
        return [
            "contents": ["kind": "markdown", "value": .string(text)],
            "range": place.document.range(place.start + token.start..<place.start + token.end),
        ]
    }

    private func explanation(of word: Int, in index: SymbolIndex) -> String? {
        let name = index.text(word)
        if word > 0, index.tokens[word - 1].kind == .tilde {
            for suffix in ["_lpdf", "_lpmf", "_log"] {
                if let symbol = index.symbol(name + suffix, at: index.tokens[word].start) {
                    return shown(symbol.declaration, symbol.place)
                }
            }
            return StanReference.distribution(name)
        }
        if let symbol = index.symbol(name, at: index.tokens[word].start) {
            return shown(symbol.declaration, symbol.place)
        }
        return StanReference.function(name)
    }

    private func shown(_ code: String, _ text: String) -> String {
        "```stan\n\(code)\n```\n\(text)"
    }

    // MARK: Definition

    func definition(_ place: Place?) -> JSONValue {
        guard let place else { return .null }
        if let file = includedFile(place) {
            return ["uri": .string(TextDocument.uri(ofPath: file)), "range": zeroRange]
        }
        guard let word = place.index.word(at: place.offset) else { return .null }
        let name = place.index.text(word)
        var names = [name]
        if word > 0, place.index.tokens[word - 1].kind == .tilde {
            names = ["_lpdf", "_lpmf", "_log"].map { name + $0 }
        } else if name.hasSuffix("_lupdf") || name.hasSuffix("_lupmf") {
            names = [name.replacing("_lup", with: "_lp")]
        }
        let offset = place.index.tokens[word].start
        for name in names {
            guard let symbol = place.index.symbol(name, at: offset) else { continue }
            let range =
                place.start + symbol.range.lowerBound..<place.start + symbol.range.upperBound
            return [
                "uri": .string(place.document.uri), "range": place.document.range(range),
            ]
        }
        return .null
    }

    private var zeroRange: JSONValue {
        let zero: JSONValue = ["line": 0, "character": 0]
        return ["start": zero, "end": zero]
    }

    /// The file that an `#include` in the line of a place names.
    private func includedFile(_ place: Place) -> String? {
        let bytes = place.index.source.bytes
        let offset = min(place.offset, bytes.count)
        let start = bytes[..<offset].lastIndex(of: 10).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(of: 10) ?? bytes.count
        let line = String(decoding: bytes[start..<end], as: UTF8.self).drop { $0.isWhitespace }
        guard line.hasPrefix("#include"), let folder = folder(of: place.document) else {
            return nil
        }
        let words = line.dropFirst(8).split { $0.isWhitespace }
        let name = (words.first ?? "").filter { !"\"<>".contains($0) }
        guard !name.isEmpty, readFile(folder + name) != nil else { return nil }
        return folder + name
    }

    // MARK: Completion

    func completion(_ place: Place?) -> JSONValue {
        guard let place, !place.index.isInComment(place.offset) else { return [] }
        let index = place.index
        // The word that is being written does not count.
        let word = index.word(at: place.offset)
        let start = word.map { index.tokens[$0].start } ?? place.offset
        let before = index.tokens.last { $0.end <= start && $0.kind != .end }
        let visible = index.symbols(at: start)
        if before?.kind == .tilde {
            let own = visible.compactMap { symbol -> JSONValue? in
                guard symbol.kind == .function,
                    let suffix = ["_lpdf", "_lpmf", "_log"].first(where: symbol.name.hasSuffix)
                else { return nil }
                return item(String(symbol.name.dropLast(suffix.count)), 3, symbol.declaration)
            }
            return .array(own + LanguageServer.distributionItems)
        }
        guard
            index.blocks.contains(where: {
                $0.body.lowerBound <= start && start <= $0.body.upperBound
            })
        else { return .array(LanguageServer.blockItems) }
        var seen: Set<String> = []
        let own = visible.reversed().compactMap { symbol -> JSONValue? in
            guard seen.insert(symbol.name).inserted else { return nil }
            return item(symbol.name, symbol.kind == .function ? 3 : 6, symbol.declaration)
        }
        return .array(own + LanguageServer.wordItems + LanguageServer.functionItems)
    }

    private func item(_ name: String, _ kind: Int, _ detail: String) -> JSONValue {
        ["label": .string(name), "kind": .integer(kind), "detail": .string(detail)]
    }

    private static let blockItems: [JSONValue] = ParsedProgram.Block.allCases.map {
        ["label": .string($0.name), "kind": 14, "insertText": .string($0.name + " {\n  \n}")]
    }

    private static let wordItems: [JSONValue] = {
        let types: [Word] = [.array, .tuple, .complex, .void] + Word.allCases.filter(\.isType)
        let words: [Word] = [
            .forWord, .inWord, .whileWord, .ifWord, .elseWord, .breakWord, .continueWord,
            .returnWord, .target, .jacobian, .print, .reject, .fatalError, .profile, .lower,
            .upper, .offset, .multiplier,
        ]
        return types.map { ["label": .string($0.rawValue), "kind": 25] }
            + words.map { ["label": .string($0.rawValue), "kind": 14] }
    }()

    private static let functionItems: [JSONValue] = StanSignatures.names.map {
        libraryItem($0, StanReference.signatures($0).first, StanDocumentation.line(for: $0))
    }

    private static let distributionItems: [JSONValue] = StanSignatures.distributions.map {
        libraryItem($0, StanReference.sampling($0), StanDocumentation.distribution($0))
    }

    private static func libraryItem(
        _ name: String, _ detail: String?, _ line: String?
    ) -> JSONValue {
        var item: [(String, JSONValue)] = [("label", .string(name)), ("kind", 3)]
        if let detail { item.append(("detail", .string(detail))) }
        if let line { item.append(("documentation", .string(line))) }
        return .object(JSONObject(item))
    }
}
