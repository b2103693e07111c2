// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Testing

@testable import Inference

@Suite struct StanCSVTests {
    private func temporaryFolder() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "buffon-\(UUID().uuidString)")
    }

    @Test func filesReadAsTheDraws() throws {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let model = try CoordinateModel.normal([1e-7, 1, 1e9], correlation: 0.5)
        var settings = SamplingSettings(seed: 31)
        settings.warmup = 50
        settings.draws = 30
        settings.thin = 2
        settings.saveWarmup = true
        settings.chains = 3
        let writer = StanCSVWriter(folder: folder, name: "normal", comments: [("data", "a\nb")])
        let draws = try sample(model, settings: settings, sink: writer)
        let read = try Draws(folder: folder)
        #expect(read.columns == draws.columns)
        #expect(read.chains.map(\.table) == draws.chains.map(\.table))
        #expect(read.chains.map(\.warmupCount) == [25, 25, 25])
        #expect(read.chains.map(\.id) == [1, 2, 3])
        #expect(read.chains.map(\.stepSize) == draws.chains.map(\.stepSize))
        #expect(read.chains.map(\.inverseMetric) == draws.chains.map(\.inverseMetric))
        #expect(read.settings.seed == 31 && read.settings.thin == 2)
        #expect(read.settings.maximumDepth == 10 && read.notes.isEmpty)
        #expect(read.modelName == "model")

        // Written afterwards, the files are the same.
        let again = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: again) }
        try StanCSVWriter(folder: again, name: "normal", comments: [("data", "a\nb")]).write(draws)
        for chain in 1...3 {
            let (a, b) = (writer.file(ofChain: chain), again.appending(path: "normal-\(chain).csv"))
            #expect(try Data(contentsOf: a) == Data(contentsOf: b))
        }
    }

    /// A file as CmdStan writes it.
    private static let cmdStan = """
        # stan_version_major = 2
        # stan_version_minor = 36
        # model = eight_model
        # method = sample (Default)
        #   sample
        #     num_samples = 2
        #     num_warmup = 1000 (Default)
        #     save_warmup = false (Default)
        #     thin = 1 (Default)
        #     adapt
        #       delta = 0.95
        #     algorithm = hmc (Default)
        #       hmc
        #         engine = nuts (Default)
        #           nuts
        #             max_depth = 12
        # id = 3
        # random
        #   seed = 4711
        lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,theta.1,theta.2
        # Adaptation terminated
        # Step size = 0.5
        # Diagonal elements of inverse mass matrix:
        # 1.5, 0.25, 3
        -4.5,0.9,0.5,3,7,0,6.25,1.5,-2,1e-05
        -5.5,0.8,0.5,3,7,1,nan,inf,-inf,3
        #
        #  Elapsed Time: 0.25 seconds (Warm-up)
        #                0.5 seconds (Sampling)
        #                0.75 seconds (Total)
        #

        """

    @Test func readsCmdStan() throws {
        let csv = try StanCSV(SourceText(name: "a.csv", text: Self.cmdStan))
        #expect(csv.columns.suffix(3) == ["mu", "theta.1", "theta.2"])
        #expect(csv.table.count == 20 && csv.table[7] == 1.5 && csv.table[16].isNaN)
        #expect(csv.stepSize == 0.5 && csv.inverseMetric == [1.5, 0.25, 3])
        #expect(csv.warmupSeconds == 0.25 && csv.samplingSeconds == 0.5)
        #expect(csv.value("model") == "eight_model" && csv.value("method") == "sample")
        #expect(csv.value("max_depth") == "12" && !csv.savesWarmup && csv.expectedDraws == 2)
        // Carriage returns and a byte order mark change nothing.
        let windows = "\u{FEFF}" + Self.cmdStan.replacing("\n", with: "\r\n")
        #expect(try StanCSV(SourceText(name: "a.csv", text: windows)).table.count == 20)
    }

    @Test func errors() {
        let table: [(String, String)] = [
            ("", "there is no line with the names of the columns"),
            ("# only = comments\n", "there is no line with the names of the columns"),
            ("1,2,3\n", "the names of the columns are missing"),
            ("a,,b\n", "a column has no name"),
            ("a,b,a\n", "two columns are called a"),
            ("a,b\n1,2\n1\n", "this line has 1 values, but there are 2 columns"),
            ("a,b\n1,2,3\n", "this line has 3 values, but there are 2 columns"),
            ("a,b\n1,x\n", "the value of b is no number"),
            ("a,b\n1,\n", "the value of b is no number"),
        ]
        for (text, expected) in table {
            #expect {
                try StanCSV(SourceText(name: "bad.csv", text: text))
            } throws: {
                ($0 as? Diagnostic)?.message == expected
            }
        }
        #expect {
            try StanCSV(SourceText(name: "bad.csv", text: "a,b\n1,2\n3,oops\n"))
        } throws: {
            "\($0)".contains("bad.csv:3:3")
        }
    }

    @Test func foldersThatCannotBeMade() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "buffon-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let run = SamplingRun(
            modelName: "m", columns: ["lp__"], dimension: 1, settings: SamplingSettings(seed: 1))
        for folder in [file, file.appending(path: "below")] {
            let writer = StanCSVWriter(folder: folder, name: "m")
            #expect(throws: FileError.self) { try writer.makeReceiver(chain: 1, of: run) }
        }
    }

    @Test func unfinishedFiles() throws {
        let folder = temporaryFolder()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cut = Self.cmdStan.split(separator: "-5.5,0.8")[0] + "-5.5,0.8"
        try String(cut).write(
            to: folder.appending(path: "a-1.csv"), atomically: true, encoding: .utf8)
        let draws = try Draws(folder: folder)
        #expect(draws.chains.map(\.count) == [1])
        #expect(draws.notes.contains { $0.contains("ends within a line") })
        #expect(draws.notes.contains { $0.contains("1 of 2 draws") })
    }

    @Test func foldersAndFilesThatDoNotFit() throws {
        let folder = temporaryFolder()
        #expect(throws: FileError.self) { try Draws(folder: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: FileError.self) { try Draws(folder: folder) }
        #expect(throws: (any Error).self) { try Draws(stanCSV: []) }
        let empty = folder.appending(path: "empty.csv")
        try "x,y\n".write(to: empty, atomically: true, encoding: .utf8)
        #expect {
            try Draws(folder: folder)
        } throws: { ($0 as? Diagnostic)?.message == "there are no draws" }
        try FileManager.default.removeItem(at: empty)
        for (name, text) in [("a", "x,y\n1,2\n"), ("b", "x,z\n1,2\n")] {
            try text.write(
                to: folder.appending(path: "\(name).csv"), atomically: true, encoding: .utf8)
        }
        #expect {
            try Draws(folder: folder)
        } throws: { ($0 as? Diagnostic)?.message.hasPrefix("the columns differ") ?? false }
    }

    @Test func names() throws {
        let columns = ["lp__", "mu", "theta.1", "theta.2", "L.1.1", "L.2.1", "x.y"]
        let draws = Draws(
            modelName: "m", columns: columns,
            chains: [.init(id: 1, table: (0..<14).map(Double.init), width: 7)], settings: .init())
        #expect(draws.variables == ["mu", "theta", "L", "x.y"])
        #expect(try draws.names(of: "theta") == ["theta.1", "theta.2"])
        #expect(try draws.names(of: "L[2,1]") == ["L.2.1"])
        #expect(try draws["theta[2]"] == [[3, 10]])
        #expect(try draws.values("lp__") == [0, 7])
        #expect {
            try draws["thata"]
        } throws: { "\($0)".contains("did you mean theta?") }
        #expect(try draws.summary("theta", "mu").rows.map(\.name) == ["theta.1", "theta.2", "mu"])
        #expect(throws: (any Error).self) { try draws.summary("nu") }
    }
}
