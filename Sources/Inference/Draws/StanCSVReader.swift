// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

extension Draws {
    /// Reads Stan CSV files, one a chain: CmdStan's, or Buffon's own.
    ///
    /// Throws a `FileError` for a file that cannot be read and a `Diagnostic`,
    /// with the line, for one that is no Stan CSV or does not fit the others.
    public init(stanCSV files: [URL]) throws {
        guard !files.isEmpty else {
            throw ParameterError("files", is: "empty", mustBe: "at least one Stan CSV file")
        }
        var read: [StanCSV] = []
        for file in files {
            let data: Data
            do {
                data = try Data(contentsOf: file)
            } catch {
                throw FileError(path: file.relativePath, reason: "cannot be read")
            }
            let csv = try StanCSV(SourceText(name: file.relativePath, bytes: Array(data)))
            if let first = read.first, first.columns != csv.columns {
                throw Diagnostic(
                    code: "csv/columns",
                    "the columns differ from those of \(first.source.name)",
                    in: csv.source, at: csv.headerRange,
                    help: "give the files of one run")
            }
            read.append(csv)
        }
        guard read.contains(where: { $0.drawCount > 0 }) else {
            throw Diagnostic(
                code: "csv/empty", "there are no draws", in: read[0].source,
                help: "was the run interrupted during warm-up?")
        }
        self.init(read)
    }

    /// Reads all Stan CSV files of a folder, in the order of their chains.
    ///
    /// Throws a `FileError` when there are none, or of more than one run.
    public init(folder: URL) throws {
        let all: [String]
        do {
            all = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw FileError(path: folder.relativePath, reason: "is no folder that can be read")
        }
        let names = all.filter { $0.hasSuffix(".csv") && !$0.hasPrefix(".") }
            .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
        guard !names.isEmpty else {
            throw FileError(path: folder.relativePath, reason: "has no CSV files")
        }
        try self.init(stanCSV: names.map { folder.appending(path: $0) })
    }

    private init(_ files: [StanCSV]) {
        let first = files[0]
        var settings = SamplingSettings(seed: UInt64(first.value("seed") ?? "") ?? 0)
        func whole(_ key: String, _ value: inout Int) {
            if let number = first.value(key).flatMap({ Int($0) }) { value = number }
        }
        settings.chains = files.count
        whole("num_samples", &settings.draws)
        whole("num_warmup", &settings.warmup)
        whole("thin", &settings.thin)
        whole("max_depth", &settings.maximumDepth)
        settings.saveWarmup = first.savesWarmup
        if let delta = first.value("delta").flatMap({ Double($0) }) {
            settings.targetAcceptance = delta
        }
        var notes: [String] = []
        // Numbered by the files' ids when these are all different.
        let ids = files.map { $0.value("id").flatMap { Int($0) } }
        let distinct = Set(ids.compactMap { $0 }).count == files.count
        let chains = files.enumerated().map { i, file in
            if let expected = file.expectedDraws, file.drawCount < expected {
                notes.append(
                    "\(file.source.name) has \(file.drawCount) of \(expected) draws")
            }
            if file.isCutOff {
                notes.append(
                    "\(file.source.name) ends within a line, which was left out")
            }
            return Chain(
                id: distinct ? ids[i] ?? i + 1 : i + 1, table: file.table,
                width: file.columns.count, warmupCount: file.savedWarmup, stepSize: file.stepSize,
                inverseMetric: file.inverseMetric, warmupSeconds: file.warmupSeconds,
                samplingSeconds: file.samplingSeconds)
        }
        self.init(
            modelName: first.value("model") ?? "model", columns: first.columns,
            chains: chains.filter { $0.count > 0 }.sorted { $0.id < $1.id },
            settings: settings, notes: notes)
    }
}
