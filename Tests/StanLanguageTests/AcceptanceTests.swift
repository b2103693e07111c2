// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation
import Testing

@testable import StanLanguage

/// Programs that the Stan compiler accepts or refuses, and small changes of the
/// corpus's programs: the same verdicts. `Tests/Reference/stan/acceptance`
/// holds them with the script that asked the compiler.
@Suite struct AcceptanceTests {
    private static func lines(_ name: String) throws -> [Substring] {
        let url = ModelReferenceTests.folder.appending(path: "acceptance/" + name)
        return String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n")
    }

    private func isAccepted(_ text: String) -> Bool {
        (try? StanProgram.parse(SourceText(name: "p.stan", text: text))) != nil
    }

    @Test func smallPrograms() throws {
        let lines = try Self.lines("verdicts.txt")
        #expect(lines.count > 300)
        for line in lines {
            #expect(isAccepted(String(line.dropFirst(2))) == (line.first == "+"), "\(line)")
        }
    }

    @Test func changedPrograms() throws {
        let lines = try Self.lines("mutations.jsonl")
        #expect(lines.count > 600)
        var sources: [String: [UInt8]] = [:]
        for line in lines {
            let json = try JSONValue.parse(SourceText(name: "mutation", text: String(line)))
            let name = try #require(json[0]?.string)
            let start = try #require(json[1]?.integer)
            let end = try #require(json[2]?.integer)
            let replacement = try #require(json[3]?.string)
            let source = try sources[name] ?? CorpusTests.text(name).bytes
            sources[name] = source
            let bytes = source[..<start] + Array(replacement.utf8) + source[end...]
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(isAccepted(text) == json[4]?.bool, "\(line)")
        }
    }
}
