// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon
import Foundation

struct Lsp: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve an editor: errors as you type, help, completion, formatting.",
        discussion: """
            EXAMPLES
              buffon lsp

            A language server for Stan programs, and for the stan cells of notebooks. \
            Editors start it and speak with it on standard input and output; \
            Documentation/editors.md tells how to set them up.
            """)

    @Flag(name: .customLong("stdio"), help: "Speak on standard input and output, as always.")
    var standardStreams = false

    func run() throws {
        let server = LanguageServer(version: Version.number) { path in
            guard let bytes = try? readFile(path) else { return nil }
            return SourceText(name: path, bytes: bytes)
        }
        var stream = MessageStream()
        while server.exitCode == nil {
            let bytes = FileHandle.standardInput.availableData
            // An editor that ends without saying so.
            if bytes.isEmpty { throw ExitCode(1) }
            for message in server.handle(stream.receive(bytes)) {
                FileHandle.standardOutput.write(Data(MessageStream.framed(message)))
            }
        }
        if let code = server.exitCode, code != 0 { throw ExitCode(code) }
    }
}
