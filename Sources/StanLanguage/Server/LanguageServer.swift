// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors

/// A server of the language server protocol, version 3.17, for Stan programs
/// and the stan cells of notebooks. Messages in, messages out: reading and
/// writing them is the caller's.
package final class LanguageServer {
    /// Codes of JSON-RPC and of the protocol.
    enum Failure: Int {
        case parse = -32700
        case invalidRequest = -32600
        case unknownMethod = -32601
        case invalidParameters = -32602
        case notInitialized = -32002
        case cancelled = -32800
    }

    struct RequestError: Error {
        var failure: Failure
        var message: String
    }

    private enum State { case new, running, shutDown }

    private let version: String
    /// The text of a file, for `#include`.
    let readFile: (String) -> SourceText?
    var documents: [String: TextDocument] = [:]
    private var state = State.new
    private var changed: [String] = []
    private var output: [JSONValue] = []
    /// Set when the client has said `exit`.
    package private(set) var exitCode: Int32?

    package init(version: String, readFile: @escaping (String) -> SourceText?) {
        self.version = version
        self.readFile = readFile
    }

    /// Handles messages that have come together, so that a request that is
    /// cancelled behind itself is not worked on, and a file that changes
    /// several times is checked once.
    package func handle(_ messages: [MessageStream.Message]) -> [JSONValue] {
        output = []
        var cancelled: Set<JSONValue> = []
        for case .value(let message) in messages
        where message["method"]?.string == "$/cancelRequest" {
            if let id = message["params"]?["id"] { cancelled.insert(id) }
        }
        for message in messages where exitCode == nil {
            switch message {
            case .value(let value): handle(value, cancelled)
            case .malformed(let reason): fail(.null, .parse, reason)
            }
        }
        for uri in changed { publishDiagnostics(uri) }
        changed = []
        return output
    }

    private func handle(_ message: JSONValue, _ cancelled: Set<JSONValue>) {
        guard message.object != nil, let method = message["method"]?.string else {
            // An answer to a request of ours: there are none, so it is ignored.
            let isAnswer = message["result"] != nil || message["error"] != nil
            if !isAnswer {
                fail(message["id"] ?? .null, .invalidRequest, "a message has no method")
            }
            return
        }
        let parameters = message["params"] ?? .null
        guard let id = message["id"] else { return notified(method, parameters) }
        if cancelled.contains(id) { return fail(id, .cancelled, "the request was cancelled") }
        do throws(RequestError) {
            reply(id, try answer(method, parameters))
        } catch {
            fail(id, error.failure, error.message)
        }
    }

    // MARK: Answers

    func send(_ message: JSONValue) { output.append(message) }

    private func reply(_ id: JSONValue, _ result: JSONValue) {
        send(["jsonrpc": "2.0", "id": id, "result": result])
    }

    private func fail(_ id: JSONValue, _ failure: Failure, _ message: String) {
        send([
            "jsonrpc": "2.0", "id": id,
            "error": ["code": .integer(failure.rawValue), "message": .string(message)],
        ])
    }

    private func answer(
        _ method: String, _ parameters: JSONValue
    ) throws(RequestError) -> JSONValue {
        switch (state, method) {
        case (.new, "initialize"):
            state = .running
            return capabilities
        case (.new, _):
            throw RequestError(failure: .notInitialized, message: "initialize comes first")
        case (.shutDown, _), (.running, "initialize"):
            throw RequestError(
                failure: .invalidRequest, message: "'\(method)' is not expected now")
        case (.running, "shutdown"):
            state = .shutDown
            return .null
        default: break
        }
        switch method {
        case "textDocument/hover": return hover(try place(parameters))
        case "textDocument/completion": return completion(try place(parameters))
        case "textDocument/definition": return definition(try place(parameters))
        case "textDocument/documentSymbol": return documentSymbols(try document(parameters))
        case "textDocument/formatting": return formatting(try document(parameters))
        case "textDocument/codeAction": return actions(try document(parameters))
        default:
            throw RequestError(
                failure: .unknownMethod, message: "'\(method)' is not supported")
        }
    }

    private var capabilities: JSONValue {
        [
            "capabilities": [
                "positionEncoding": "utf-16",
                "textDocumentSync": ["openClose": true, "change": 1],
                "hoverProvider": true,
                "completionProvider": ["triggerCharacters": ["~"]],
                "definitionProvider": true,
                "documentSymbolProvider": true,
                "documentFormattingProvider": true,
                "codeActionProvider": ["codeActionKinds": ["source"]],
            ],
            "serverInfo": ["name": "buffon", "version": .string(version)],
        ]
    }

    // MARK: Notifications

    private func notified(_ method: String, _ parameters: JSONValue) {
        if method == "exit" {
            exitCode = state == .shutDown ? 0 : 1
            return
        }
        guard state == .running, let uri = parameters["textDocument"]?["uri"]?.string else {
            return
        }
        switch method {
        case "textDocument/didOpen":
            let item = parameters["textDocument"]
            documents[uri] = TextDocument(
                uri: uri, language: item?["languageId"]?.string, text: item?["text"]?.string ?? "")
            note(uri)
        case "textDocument/didChange":
            guard var document = documents[uri] else { return }
            for change in parameters["contentChanges"]?.array ?? [] {
                guard let text = change["text"]?.string else { continue }
                document.replace(document.offsets(of: change["range"]), with: text)
            }
            documents[uri] = document
            note(uri)
        case "textDocument/didClose":
            documents[uri] = nil
            changed.removeAll { $0 == uri }
            publish(uri, [])
        default: break
        }
    }

    private func note(_ uri: String) {
        changed.removeAll { $0 == uri }
        changed.append(uri)
    }

    func publish(_ uri: String, _ diagnostics: [JSONValue]) {
        send([
            "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics",
            "params": ["uri": .string(uri), "diagnostics": .array(diagnostics)],
        ])
    }

    // MARK: Parameters

    /// A place in a program.
    struct Place {
        var document: TextDocument
        /// The program, with offsets that begin where it does.
        var index: SymbolIndex
        var offset: Int
        /// Where the program begins in its file.
        var start: Int
    }

    private func document(_ parameters: JSONValue) throws(RequestError) -> TextDocument {
        guard let uri = parameters["textDocument"]?["uri"]?.string else {
            throw RequestError(
                failure: .invalidParameters, message: "the parameters name no document")
        }
        guard let document = documents[uri] else {
            throw RequestError(failure: .invalidParameters, message: "'\(uri)' is not open")
        }
        return document
    }

    /// Nil outside programs.
    private func place(_ parameters: JSONValue) throws(RequestError) -> Place? {
        let document = try document(parameters)
        guard let offset = document.offset(of: parameters["position"]) else {
            throw RequestError(
                failure: .invalidParameters, message: "the parameters have no position")
        }
        guard let region = document.region(at: offset) else { return nil }
        let start = region.range.lowerBound
        return Place(
            document: document, index: SymbolIndex(document.source(of: region)),
            offset: offset - start, start: start)
    }
}
