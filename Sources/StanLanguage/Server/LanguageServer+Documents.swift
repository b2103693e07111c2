// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors

/// What concerns whole files: diagnostics, symbols, formatting.
extension LanguageServer {
    /// The files that a program includes are looked for beside it.
    func includes(of document: TextDocument) -> (String) -> SourceText? {
        let readFile = readFile
        guard let folder = folder(of: document) else { return { _ in nil } }
        return { readFile(folder + $0) }
    }

    func folder(of document: TextDocument) -> String? {
        guard let path = TextDocument.path(of: document.uri),
            let slash = path.lastIndex(of: "/")
        else { return nil }
        return String(path[...slash])
    }

    // MARK: Diagnostics

    func publishDiagnostics(_ uri: String) {
        guard let document = documents[uri] else { return }
        var list: [JSONValue] = []
        for region in document.regions where !region.mayFail {
            let source = document.source(of: region)
            let found: [Diagnostic]
            do {
                found = try StanProgram.parse(source, includes: includes(of: document)).warnings
            } catch {
                found = error.diagnostics
            }
            list += found.map { json($0, document, source, region) }
        }
        publish(uri, list)
    }

    private func json(
        _ diagnostic: Diagnostic, _ document: TextDocument, _ source: SourceText,
        _ region: TextDocument.Region
    ) -> JSONValue {
        var message = diagnostic.message
        if let label = diagnostic.label { message += " (\(label))" }
        if let help = diagnostic.help { message += "\nhelp: \(help)" }
        var range = 0..<0
        if diagnostic.source?.name == source.name, let place = diagnostic.range {
            range = place.clamped(to: 0..<source.bytes.count)
        } else if let place = diagnostic.place {
            // In an included file.
            message = "\(place): \(message)"
        }
        let start = region.range.lowerBound
        var json: [(String, JSONValue)] = [
            ("range", document.range(start + range.lowerBound..<start + range.upperBound)),
            ("severity", .integer(severity(diagnostic.severity))),
            ("code", .string(diagnostic.code)),
            ("source", "buffon"),
            ("message", .string(message)),
        ]
        if diagnostic.code == "stan/deprecated" { json.append(("tags", [2])) }
        return .object(JSONObject(json))
    }

    private func severity(_ severity: Diagnostic.Severity) -> Int {
        switch severity {
        case .error: return 1
        case .warning: return 2
        case .note: return 3
        }
    }

    // MARK: Symbols

    func documentSymbols(_ document: TextDocument) -> JSONValue {
        var list: [JSONValue] = []
        for region in document.regions {
            let index = SymbolIndex(document.source(of: region))
            let start = region.range.lowerBound
            func range(_ range: Range<Int>) -> JSONValue {
                document.range(start + range.lowerBound..<start + range.upperBound)
            }
            for block in index.blocks {
                let inside = index.symbols.filter {
                    block.body.contains($0.range.lowerBound)
                        && ($0.kind == .function || $0.place == block.name)
                }
                let children = inside.map { symbol -> JSONValue in
                    [
                        "name": .string(symbol.name), "detail": .string(symbol.declaration),
                        "kind": .integer(symbol.kind == .function ? 12 : 13),
                        "range": range(symbol.range), "selectionRange": range(symbol.range),
                    ]
                }
                let head = block.range.lowerBound..<block.range.lowerBound
                list.append([
                    "name": .string(block.name.isEmpty ? "{ }" : block.name), "kind": 3,
                    "range": range(block.range), "selectionRange": range(head),
                    "children": .array(children),
                ])
            }
        }
        return .array(list)
    }

    // MARK: Formatting

    /// One edit for each program that changes; programs with errors stay.
    func formatting(_ document: TextDocument) -> JSONValue {
        var edits: [JSONValue] = []
        for region in document.regions where !region.mayFail {
            let source = document.source(of: region)
            guard let text = try? StanProgram.format(source).text, text != source.text else {
                continue
            }
            edits.append(["range": document.range(region.range), "newText": .string(text)])
        }
        return .array(edits)
    }

    // MARK: Actions

    /// Rewriting a program of an older version of Stan in today's language.
    func actions(_ document: TextDocument) -> JSONValue {
        var edits: [JSONValue] = []
        for region in document.regions where !region.mayFail {
            let source = document.source(of: region)
            let includes = includes(of: document)
            guard let program = try? StanProgram.parse(source, includes: includes),
                program.warnings.contains(where: { $0.code == "stan/deprecated" }),
                let text = try? StanProgram.upgrade(source, includes: includes).text,
                text != source.text
            else { continue }
            edits.append(["range": document.range(region.range), "newText": .string(text)])
        }
        if edits.isEmpty { return [] }
        return [
            [
                "title": "Rewrite in today's Stan", "kind": "source",
                "edit": ["changes": .object(JSONObject([(document.uri, .array(edits))]))],
            ]
        ]
    }
}
