// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

@testable import StanLanguage

/// A client of a server in the same process: what an editor sends, as JSON.
private final class Client {
    static let uri = "file:///models/a%20b.stan"

    let server: LanguageServer
    var stream = MessageStream()
    private var id = 0

    init(files: [String: String] = [:], isReady: Bool = true) {
        server = LanguageServer(version: "1") { path in
            files[path].map { SourceText(name: path, text: $0) }
        }
        if isReady {
            _ = request("initialize", [:])
            notify("initialized", [:])
        }
    }

    /// Sends bytes and takes what comes back.
    func send(_ bytes: [UInt8]) -> [JSONValue] { server.handle(stream.receive(bytes)) }

    func send(_ json: String) -> [JSONValue] {
        send(Array("Content-Length: \(json.utf8.count)\r\n\r\n\(json)".utf8))
    }

    func request(_ method: String, _ parameters: JSONValue) -> JSONValue? {
        id += 1
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters,
        ]
        let answers = send(MessageStream.framed(message))
        return answers.first { $0["id"]?.integer == id }
    }

    @discardableResult
    func notify(_ method: String, _ parameters: JSONValue) -> [JSONValue] {
        send(
            MessageStream.framed([
                "jsonrpc": "2.0", "method": .string(method), "params": parameters,
            ]))
    }

    /// Opens a file; the result is its diagnostics.
    @discardableResult
    func open(_ text: String, uri: String = uri, language: String = "stan") -> [JSONValue] {
        let answers = notify(
            "textDocument/didOpen",
            [
                "textDocument": [
                    "uri": .string(uri), "languageId": .string(language), "version": 1,
                    "text": .string(text),
                ]
            ])
        return answers.last?["params"]?["diagnostics"]?.array ?? []
    }

    func at(_ line: Int, _ character: Int, _ method: String, uri: String = uri) -> JSONValue? {
        request(
            "textDocument/" + method,
            [
                "textDocument": ["uri": .string(uri)],
                "position": ["line": .integer(line), "character": .integer(character)],
            ])?["result"]
    }

    func hover(_ line: Int, _ character: Int) -> String? {
        at(line, character, "hover")?["contents"]?["value"]?.string
    }

    func labels(_ line: Int, _ character: Int) -> [String] {
        (at(line, character, "completion")?.array ?? []).compactMap { $0["label"]?.string }
    }
}

private func place(_ range: JSONValue?) -> [Int?] {
    [
        range?["start"]?["line"]?.integer, range?["start"]?["character"]?.integer,
        range?["end"]?["line"]?.integer, range?["end"]?["character"]?.integer,
    ]
}

@Suite struct LanguageServerTests {
    private static let text = """
        functions {
          real twice(real x) { return 2 * x; }
          real tall_lpdf(real y, real m) { return normal_lpdf(y | m, 1); }
        }
        data { int<lower=0> N; real y[N]; }
        parameters { real<lower=0> sigma; /* σ🎲 */ real mu; }
        model {
          real local = twice(mu);
          y ~ normal(local, sigma);
          mu ~ tall(0);
          for (i in 1:N) { real z = i; target += z; }
        }
        generated quantities { real w = mu; }
        """

    @Test func saysWhatItCanDo() throws {
        let client = Client(isReady: false)
        let early = client.request("textDocument/hover", [:])
        #expect(early?["error"]?["code"]?.integer == -32002)
        let result = try #require(client.request("initialize", ["processId": nil])?["result"])
        #expect(result["capabilities"]?["hoverProvider"]?.bool == true)
        #expect(result["capabilities"]?["textDocumentSync"]?["change"]?.integer == 1)
        #expect(result["serverInfo"]?["name"]?.string == "buffon")
        #expect(client.request("initialize", [:])?["error"]?["code"]?.integer == -32600)
        #expect(client.request("shutdown", nil)?["result"] == .null)
        #expect(client.request("shutdown", nil)?["error"]?["code"]?.integer == -32600)
        #expect(client.server.exitCode == nil)
        client.notify("exit", nil)
        #expect(client.server.exitCode == 0)
        let hasty = Client()
        hasty.notify("exit", nil)
        #expect(hasty.server.exitCode == 1)
    }

    @Test func publishesDiagnosticsInUTF16() throws {
        let client = Client()
        let found = client.open(
            """
            parameters { /* σ🎲 */ real x; real y }
            model {
              x ~ nurmal(0, 1); }
            """)
        #expect(found.count == 1)
        #expect(place(found[0]["range"]) == [0, 38, 0, 39])
        #expect(found[0]["severity"]?.integer == 1)
        #expect(found[0]["code"]?.string == "stan/syntax")
        #expect(found[0]["source"]?.string == "buffon")

        func change(_ text: String) -> [JSONValue] {
            client.notify(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": .string(Client.uri), "version": 2],
                    "contentChanges": [["text": .string(text)]],
                ])
        }
        let next = change("parameters { real x; }\nmodel { x ~ nurmal(0, 1); x <- fabs(1.5); }")
        let list = try #require(next.first?["params"]?["diagnostics"]?.array)
        #expect(next.count == 1)
        #expect(list.contains { $0["message"]?.string?.contains("'nurmal'") == true })
        let outdated = try #require(list.first { $0["code"]?.string == "stan/deprecated" })
        #expect(outdated["severity"]?.integer == 2)
        #expect(outdated["tags"] == [2])
        #expect(change("model { }").first?["params"]?["diagnostics"] == [])
        let closed = client.notify(
            "textDocument/didClose", ["textDocument": ["uri": .string(Client.uri)]])
        #expect(closed.first?["params"]?["diagnostics"] == [])
    }

    @Test func appliesChangesOfParts() {
        let client = Client()
        client.open("// 🎲🎲\nmodel { }")
        let parts: JSONValue = [
            [
                "range": [
                    "start": ["line": 0, "character": 5], "end": ["line": 0, "character": 7],
                ], "text": "ok",
            ],
            [
                "range": [
                    "start": ["line": 1, "character": 8], "end": ["line": 99, "character": -4],
                ], "text": "x = 1; }",
            ],
        ]
        client.notify(
            "textDocument/didChange",
            ["textDocument": ["uri": .string(Client.uri)], "contentChanges": parts])
        let bytes = client.server.documents[Client.uri]?.bytes ?? []
        #expect(String(decoding: bytes, as: UTF8.self) == "// 🎲ok\nmodel { x = 1; }")
    }

    @Test func showsWhatIsUnderTheCursor() {
        let client = Client()
        client.open(Self.text)
        #expect(client.hover(7, 9) == "```stan\nreal local\n```\nmodel")
        #expect(client.hover(7, 16) == "```stan\nreal twice(real x)\n```\nfunction")
        #expect(client.hover(7, 22) == "```stan\nreal mu\n```\nparameters")
        #expect(client.hover(8, 3) == "```stan\narray[N] real y\n```\ndata")
        #expect(client.hover(8, 22) == "```stan\nreal<lower=0> sigma\n```\nparameters")
        #expect(client.hover(1, 34) == "```stan\nreal x\n```\nargument of twice")
        #expect(client.hover(10, 24) == "```stan\nreal z\n```\nlocal variable")
        #expect(client.hover(9, 8)?.contains("real tall_lpdf(real y, real m)") == true)
        #expect(
            client.hover(8, 8) == """
                ```stan
                y ~ normal(reals, reals)
                ```
                Normal distribution with location mu and scale sigma.
                """)
        #expect(
            client.hover(2, 46) == """
                ```stan
                normal_lpdf(reals | reals, reals) => real
                ```
                Log of the density of the normal distribution with location mu and scale sigma.
                """)
        #expect(client.hover(5, 40) == nil)
        #expect(client.hover(99, 0) == nil)
        // The variable ends with its loop.
        client.open("model { for (i in 1:2) { real z = i; } z = 1; }")
        #expect(client.hover(0, 39) == nil)
    }

    @Test func findsDefinitions() {
        let client = Client(files: ["/models/f.stan": "real f(real x) { return x; }"])
        client.open(Self.text)
        func definition(_ line: Int, _ character: Int) -> [Int?] {
            place(client.at(line, character, "definition")?["range"])
        }
        #expect(definition(7, 17) == [1, 7, 1, 12])
        #expect(definition(8, 21) == [5, 27, 5, 32])
        #expect(definition(7, 22) == [5, 49, 5, 51])
        #expect(definition(9, 8) == [2, 7, 2, 16])
        #expect(definition(10, 42) == [10, 24, 10, 25])
        #expect(definition(8, 8) == [nil, nil, nil, nil])
        let found = client.open(
            "functions {\n  #include f.stan\n}\nmodel { target += f(1) + g(1); }")
        #expect(found.count == 1)
        #expect(
            client.at(1, 14, "definition")?["uri"]?.string == "file:///models/f.stan")
    }

    @Test func completes() {
        let client = Client()
        client.open(Self.text)
        let inModel = client.labels(10, 44)
        #expect(
            Set(["z", "i", "local", "mu", "twice", "normal_lpdf", "for", "vector"])
                .isSubset(of: inModel))
        #expect(!inModel.contains("w"))
        #expect(!inModel.contains("normal"))
        let distributions = client.labels(8, 9)
        #expect(Set(["normal", "tall", "poisson"]).isSubset(of: distributions))
        #expect(!distributions.contains("normal_lpdf"))
        #expect(!client.labels(12, 32).contains("local"))
        #expect(client.labels(5, 40).isEmpty)
        #expect(client.labels(13, 0).contains("normal") == false)
        // A program that is being written.
        client.open("data { real height; }\nmodel {\n  real a;\n  hei")
        #expect(Set(["height", "a"]).isSubset(of: client.labels(3, 5)))
        client.open("data { int n; }\n")
        #expect(client.labels(1, 0).contains("generated quantities"))
    }

    @Test func listsSymbols() throws {
        let client = Client()
        client.open(Self.text)
        let result = try #require(
            client.request(
                "textDocument/documentSymbol", ["textDocument": ["uri": .string(Client.uri)]])?[
                    "result"]?.array)
        #expect(
            result.compactMap { $0["name"]?.string } == [
                "functions", "data", "parameters", "model", "generated quantities",
            ])
        #expect(
            result.map { ($0["children"]?.array ?? []).compactMap { $0["name"]?.string } } == [
                ["twice", "tall_lpdf"], ["N", "y"], ["sigma", "mu"], ["local"], ["w"],
            ])
    }

    @Test func formats() throws {
        let client = Client()
        func edits() -> [JSONValue] {
            client.request(
                "textDocument/formatting",
                ["textDocument": ["uri": .string(Client.uri)], "options": ["tabSize": 8]])?[
                    "result"]?.array ?? []
        }
        client.open("model{\n}")
        let first = try #require(edits().first)
        #expect(place(first["range"]) == [0, 0, 1, 1])
        #expect(first["newText"]?.string == "model {\n}\n")
        client.open("model {\n}\n")
        #expect(edits().isEmpty)
        client.open("model {")
        #expect(edits().isEmpty)
    }

    @Test func offersToRewriteOldPrograms() throws {
        let client = Client()
        func actions() -> [JSONValue]? {
            client.request(
                "textDocument/codeAction",
                [
                    "textDocument": ["uri": .string(Client.uri)],
                    "range": [
                        "start": ["line": 0, "character": 0], "end": ["line": 0, "character": 0],
                    ], "context": ["diagnostics": []],
                ])?["result"]?.array
        }
        client.open("data { real x[2]; }")
        let action = try #require(actions()?.first)
        let edit = try #require(action["edit"]?["changes"]?[Client.uri]?[0])
        #expect(edit["newText"]?.string == "data {\n  array[2] real x;\n}\n")
        #expect(place(edit["range"]) == [0, 0, 0, 19])
        client.open("data { array[2] real x; }")
        #expect(actions() == [])
        client.open("data { real x[2] }")
        #expect(actions() == [])
    }

    @Test func servesCellsOfNotebooks() {
        let client = Client()
        let uri = "file:///n.md"
        let found = client.open(
            """
            # Title
            ```stan #m
            parameters { real x; }
            model { x ~ nurmal(0, 1); }
            ```
            ```stan #bad fails
            model {
            ```
            ````text
            ```stan
            model {
            ```
            ````
            ```stan
            model { int n = 1.5; }
            ```
            """, uri: uri, language: "markdown")
        #expect(found.map { place($0["range"])[0] } == [3, 14])
        #expect(client.at(3, 8, "hover", uri: uri)?["contents"] != nil)
        #expect(client.at(0, 3, "hover", uri: uri) == .null)
    }

    @Test func badMessagesAreAnswered() {
        let client = Client()
        func code(_ answers: [JSONValue]) -> [Int?] {
            answers.map { $0["error"]?["code"]?.integer }
        }
        #expect(code(client.send("{")) == [-32700])
        #expect(code(client.send("[]")) == [-32600])
        #expect(code(client.send("{\"id\": 1}")) == [-32600])
        #expect(code(client.send("{\"id\": 1, \"result\": null}")) == [])
        #expect(code(client.send("{\"id\": 2, \"method\": \"x/y\"}")) == [-32601])
        #expect(code(client.send("{\"method\": \"x/y\"}")) == [])
        #expect(code(client.send("{\"id\": 3, \"method\": \"textDocument/hover\"}")) == [-32602])
        #expect(
            code(
                client.send(
                    """
                    {"id": 4, "method": "textDocument/hover", "params":
                     {"textDocument": {"uri": "file:///not-open"}, "position": 5}}
                    """)) == [-32602])
        #expect(code(client.send(Array("Content-Size: 3\r\n\r\n".utf8))) == [-32700])
        #expect(code(client.send(Array("Content-Length: 99999999999\r\n\r\n".utf8))) == [-32700])
    }

    @Test func messagesComeInPieces() {
        let client = Client()
        let first = MessageStream.framed(["id": 1, "method": "a"])
        let second = MessageStream.framed(["id": "two", "method": "b"])
        var answers: [JSONValue] = []
        for byte in first + second { answers += client.send([byte]) }
        #expect(answers.map { $0["id"] } == [1, "two"])
        let both = client.send(first + second)
        #expect(both.map { $0["id"] } == [1, "two"])
        let cancel = MessageStream.framed([
            "method": "$/cancelRequest", "params": ["id": "two"],
        ])
        let codes = client.send(first + second + cancel).map { $0["error"]?["code"]?.integer }
        #expect(codes == [-32601, -32800])
    }

    /// Any bytes, any program, any place: an answer, no trap.
    @Test func nothingTraps() {
        let client = Client()
        var generator = SplitMix(state: 3)
        let bytes = Array(Self.text.utf8)
        let methods = ["hover", "definition", "completion"]
        for _ in 0..<300 {
            var mutated = bytes
            for _ in 0..<generator.next(6) {
                let i = generator.next(mutated.count)
                switch generator.next(3) {
                case 0: mutated.remove(at: i)
                case 1: mutated.insert(UInt8(generator.next(256)), at: i)
                default: mutated.removeSubrange(i..<min(mutated.count, i + generator.next(60)))
                }
                if mutated.isEmpty { break }
            }
            client.open(String(decoding: mutated, as: UTF8.self))
            for method in methods {
                let answer = client.at(
                    generator.next(16) - 1, generator.next(60) - 1, method)
                #expect(answer != nil)
            }
            _ = client.request(
                "textDocument/documentSymbol", ["textDocument": ["uri": .string(Client.uri)]])
        }
        for _ in 0..<2_000 {
            let junk = (0..<generator.next(40)).map { _ in UInt8(generator.next(256)) }
            _ = client.send(junk)
        }
    }
}
