// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Foundation
import Testing

/// A gradient allocates nothing: the calls of malloc in a short and in a longer run of
/// the command are the same but for its own. `Scripts/check-allocations` does this for
/// every reference program.
@Suite struct AllocationTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A C compiler; Swift brings one on Linux.
    static let compiler: URL? = {
        #if os(Linux)
            let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            for name in ["cc", "clang"] {
                for folder in folders {
                    let file = URL(filePath: "\(folder)/\(name)")
                    if FileManager.default.isExecutableFile(atPath: file.path) { return file }
                }
            }
        #endif
        return nil
    }()

    @Test(.enabled(if: compiler != nil, "needs Linux and a C compiler"))
    func gradientsAllocateNothing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let library = folder.appending(path: "count.so")
        try run(
            try #require(Self.compiler),
            [
                "-shared", "-fPIC", Self.root.appending(path: "Scripts/count-allocations.c").path,
                "-o", library.path, "-ldl",
            ])
        let programs = [
            "regression_loop", "radon_noncentred", "mixture_two", "hidden_markov", "gp_exact",
            "stochastic_volatility",
        ]
        for name in programs {
            let stan = Self.root.appending(path: "Tests/Reference/stan/\(name)")
            let reference = try JSONValue.parse(
                SourceText(
                    name: name,
                    bytes: Array(try Data(contentsOf: stan.appendingPathExtension("json")))))
            let data = folder.appending(path: "\(name).json")
            try Data((try #require(reference["data"])).text().utf8).write(to: data)
            let calls = try [0.02, 0.2].map { seconds in
                let counted = folder.appending(path: "calls")
                try run(
                    Self.product,
                    [
                        "log-density", stan.appendingPathExtension("stan").path, "--data",
                        data.path, "--benchmark", "\(seconds)",
                    ], ["LD_PRELOAD": library.path, "ALLOCATIONS": counted.path])
                let text = try String(contentsOf: counted, encoding: .utf8)
                return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            }
            // The preparation alone makes thousands of calls; the command keeps a list
            // of rates, which grows a few times.
            #expect(calls[0] > 1000)
            #expect(abs(calls[1] - calls[0]) < 100, "\(name): \(calls)")
        }
    }

    /// The command, which is built beside the tests.
    static let product = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "buffon")

    private func run(
        _ program: URL, _ arguments: [String], _ environment: [String: String] = [:]
    ) throws {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program.path) \(arguments)")
    }
}
