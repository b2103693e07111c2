// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

@testable import StanLanguage

/// Data in R's dump format, and columns of a table as data.
@Suite struct RDumpTests {
    private func read(_ text: String) throws -> JSONValue {
        try RDump.parse(SourceText(name: "data.R", text: text))
    }

    @Test(arguments: [
        ("N <- 3", #"{"N":3}"#),
        ("x <- -2.5e-3\ny <- .5", #"{"x":-0.0025,"y":0.5}"#),
        ("\"a\" <- c(1, 2.5, -1e+2)", #"{"a":[1,2.5,-100.0]}"#),
        ("k <- c(1L, 2L); `j` = 1:4 # a range", #"{"k":[1,2],"j":[1,2,3,4]}"#),
        ("k <- c(3:1, 7)", #"{"k":[3,2,1,7]}"#),
        ("one <- c(4)", #"{"one":[4]}"#),
        ("none <- integer(0)\nzero <- double(2)", #"{"none":[],"zero":[0.0,0.0]}"#),
        (
            "X <-\nstructure(c(1, 2, 3, 4, 5, 6), .Dim = c(3L, 2L))",
            #"{"X":[[1,4],[2,5],[3,6]]}"#
        ),
        ("A <- structure(1:8, .Dim = c(2, 2, 2))", #"{"A":[[[1,5],[3,7]],[[2,6],[4,8]]]}"#),
        ("E <- structure(integer(0), .Dim = c(0, 3))", #"{"E":[]}"#),
        ("", "{}"),
    ])
    func reads(text: String, json: String) throws {
        #expect(try read(text) == JSONValue.parse(SourceText(name: "json", text: json)))
    }

    @Test func infinities() throws {
        #expect(try read("x <- c(-Inf, Inf)")["x"]?.doubles == [-.infinity, .infinity])
        #expect(try read("x <- NaN")["x"]?.double?.isNaN == true)
    }

    @Test(arguments: [
        "N", "N <-", "<- 3", "N <- c(1, 2", "N <- c(1,, 2)", "x <- NA", "x <- \"a\"",
        "X <- structure(1:5, .Dim = c(2, 3))", "X <- structure(1:4, .Dim = c(-2, -2))",
        "X <- structure(1:4, .Dim = c(1e200, 0))", "x <- 1:1e300", "x <- integer(1e30)",
        "\"a <- 3", "x <- function(y) y", "x <- 0x1F",
        // A few characters that would stand for gigabytes.
        "J = 214:72483648;", "J = c(1:9000000, 1:9000000)", "J = integer(99999999)",
        "E <- structure(integer(0), .Dim = c(100000000, 0))",
    ])
    func refuses(text: String) {
        #expect(throws: Diagnostic.self) { try read(text) }
    }

    @Test func isToldFromJSON() {
        #expect(RDump.looksLike(SourceText(name: "", text: "\n N <- 3")))
        #expect(!RDump.looksLike(SourceText(name: "", text: "\n {\"N\": 3}")))
    }

    @Test func columnsAreData() throws {
        let program = try StanProgram.parse(
            SourceText(
                name: "p.stan",
                text: """
                    data { int N; int K; vector[N] x; array[N] int g; }
                    generated quantities { real s = sum(x) + sum(g) + K; }
                    """))
        let table = try DataFrame([
            Column(name: "x", [1.5, 2]), Column(name: "g", .integers([3, 4])),
            Column(name: "unused", ["a", "b"]),
        ])
        let data = try program.data(["K": 5], columns: table)
        let model = try StanModel(program: program, data: data)
        var outputs: [Double] = []
        try model.writeOutputs(at: [], generator: .init(seed: 1), into: &outputs)
        #expect(outputs == [15.5])
        let missing = try DataFrame([Column(name: "x", [1, .nan]), Column(name: "g", ["a", "b"])])
        #expect(throws: Diagnostic.self) { try program.data(["K": 5], columns: missing) }
    }
}
