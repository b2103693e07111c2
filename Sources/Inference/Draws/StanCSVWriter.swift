// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// Writes draws as CmdStan's CSV files, one a chain, while they are made:
/// NAME-1.csv, NAME-2.csv, … in a folder. `arviz.from_cmdstan` and `cmdstanr`
/// read them.
///
/// Numbers have as many digits as give the same number back.
public struct StanCSVWriter: DrawSink {
    /// The folder, which is made when it is not there.
    public let folder: URL
    /// What the files are called before the chain's number.
    public let name: String
    /// More lines for the configuration comments, such as the data's file.
    public let comments: [(key: String, value: String)]

    public init(folder: URL, name: String, comments: [(key: String, value: String)] = []) {
        self.folder = folder
        self.name = name
        self.comments = comments
    }

    /// The file of a chain (from 1).
    public func file(ofChain chain: Int) -> URL { folder.appending(path: "\(name)-\(chain).csv") }

    public func makeReceiver(chain: Int, of run: SamplingRun) throws -> any DrawReceiver {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(
                atPath: folder.path, isDirectory: &isFolder)
            throw FileError(
                path: folder.path,
                reason: isThere && !isFolder.boolValue
                    ? "is a file, but the draws need a folder"
                    : "the folder cannot be made: \(error.localizedDescription)")
        }
        return try StanCSVFile(file(ofChain: chain), header(chain, run))
    }

    /// Writes draws that are there already.
    public func write(_ draws: Draws) throws {
        let run = SamplingRun(
            modelName: draws.modelName, columns: draws.columns,
            dimension: draws.chains.first?.inverseMetric.count ?? 0, settings: draws.settings)
        for chain in draws.chains {
            let receiver = try makeReceiver(chain: chain.id, of: run)
            let rows = chain.table.count / chain.width
            for i in 0...rows {
                if i == chain.warmupCount, let stepSize = chain.stepSize {
                    try receiver.adapted(stepSize: stepSize, inverseMetric: chain.inverseMetric)
                }
                if i < rows {
                    try receiver.append(chain.table[(i * chain.width)..<((i + 1) * chain.width)])
                }
            }
            try receiver.finish(
                warmupSeconds: chain.warmupSeconds, samplingSeconds: chain.samplingSeconds)
        }
    }

    /// The configuration in CmdStan's words, and the names of the columns.
    private func header(_ chain: Int, _ run: SamplingRun) -> String {
        let s = run.settings
        func flag(_ value: Bool) -> String { value ? "true" : "false" }
        var lines = [
            "generator = Buffon",
            "model = \(run.modelName)",
            "method = sample",
            "  sample",
            "    num_samples = \(s.draws)",
            "    num_warmup = \(s.warmup)",
            "    save_warmup = \(flag(s.saveWarmup))",
            "    thin = \(s.thin)",
            "    adapt",
            "      engaged = \(flag(s.warmup > 0))",
            "      gamma = 0.05",
            "      delta = \(s.targetAcceptance)",
            "      kappa = 0.75",
            "      t0 = 10",
            "      init_buffer = \(WarmupSchedule.initialBuffer)",
            "      term_buffer = \(WarmupSchedule.finalBuffer)",
            "      window = \(WarmupSchedule.baseWindow)",
            "    algorithm = hmc",
            "      hmc",
            "        engine = nuts",
            "          nuts",
            "            max_depth = \(s.maximumDepth)",
            "        metric = diag_e",
            "        stepsize = 1",
            "        stepsize_jitter = 0",
            "    num_chains = 1",
            "id = \(chain)",
            "init = \(s.initialRadius)",
            "random",
            "  seed = \(s.seed)",
            "  stream = \(s.key.stream)",
        ]
        // A comment is one line, whatever a file is called.
        lines += comments.map { pair in
            let value = pair.value.split(whereSeparator: \.isNewline).joined(separator: " ")
            return "\(pair.key) = \(value)"
        }
        return lines.map { "# \($0)\n" }.joined() + run.columns.joined(separator: ",") + "\n"
    }
}

/// One open file.
final class StanCSVFile: DrawReceiver {
    /// Written out when it holds so many bytes, or so many seconds.
    private static let capacity = 1 << 16
    private static let patience = 0.5

    private let url: URL
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var sinceWritten = Stopwatch()

    init(_ url: URL, _ header: String) throws {
        self.url = url
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw FileError(path: url.path, reason: "cannot be written")
        }
        do {
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw FileError(
                path: url.path, reason: "cannot be written: \(error.localizedDescription)")
        }
        buffer.reserveCapacity(Self.capacity + 4096)
        buffer += header.utf8
        try flush()
    }

    deinit { try? handle.close() }

    func append(_ row: ArraySlice<Double>) throws {
        var isFirst = true
        for value in row {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            buffer += Self.text(value).utf8
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.capacity || sinceWritten.seconds > Self.patience { try flush() }
    }

    /// The shortest text that reads as the same number; whole numbers without
    /// a fraction.
    static func text(_ value: Double) -> String {
        if let whole = Int(exactly: value), abs(whole) < 1_000_000_000_000_000,
            whole != 0 || value.sign == .plus
        {
            return String(whole)
        }
        return value.description
    }

    func adapted(stepSize: Double, inverseMetric: [Double]) throws {
        buffer += "# Adaptation terminated\n# Step size = \(stepSize)\n".utf8
        buffer += "# Diagonal elements of inverse mass matrix:\n# ".utf8
        buffer += inverseMetric.map(Self.text).joined(separator: ", ").utf8
        buffer.append(UInt8(ascii: "\n"))
        try flush()
    }

    func finish(warmupSeconds: Double, samplingSeconds: Double) throws {
        func seconds(_ value: Double) -> String {
            Self.text((value * 1000).rounded() / 1000) + " seconds"
        }
        buffer +=
            """
            #
            #  Elapsed Time: \(seconds(warmupSeconds)) (Warm-up)
            #                \(seconds(samplingSeconds)) (Sampling)
            #                \(seconds(warmupSeconds + samplingSeconds)) (Total)
            #

            """.utf8
        try flush()
        try handle.close()
    }

    private func flush() throws {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw FileError(
                path: url.path, reason: "cannot be written: \(error.localizedDescription)")
        }
        buffer.removeAll(keepingCapacity: true)
        sinceWritten = Stopwatch()
    }
}

/// A file that cannot be read or written.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "\(path): \(reason)" }
}
