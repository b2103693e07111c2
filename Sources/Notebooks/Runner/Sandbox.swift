// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// What a script may read: files below the notebook's folder, below the
/// repository's `Data`, and below folders that the user allowed. It can write
/// nothing.
struct Sandbox: Sendable {
    /// Where relative paths start.
    let folder: String
    /// The root of the repository, where `Data/…` is looked up too.
    let repository: String?
    private let allowed: [String]

    init(folder: String, allowing extra: [String] = []) {
        let real = Sandbox.real(folder) ?? folder
        self.folder = real
        repository = Sandbox.repository(above: real)
        var allowed = [real]
        if let repository { allowed.append(repository + "/Data") }
        allowed += extra.map { Sandbox.real($0) ?? $0 }
        self.allowed = allowed.compactMap(Sandbox.real)
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The closest folder above that is under version control.
    private static func repository(above folder: String) -> String? {
        var current = folder
        for _ in 0..<64 {
            if FileManager.default.fileExists(atPath: current + "/.git") { return current }
            guard let slash = current.lastIndex(of: "/"), slash != current.startIndex else {
                return nil
            }
            current = String(current[..<slash])
        }
        return nil
    }

    struct Refusal: Error {
        var message: String
        var help: String?
    }

    /// The real path of a file that may be read.
    func resolve(_ path: String) throws(Refusal) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw Refusal(message: "the file's name is empty")
        }
        var candidates = [path.hasPrefix("/") ? path : folder + "/" + path]
        if let repository, path.hasPrefix("Data/") { candidates.append(repository + "/" + path) }
        for candidate in candidates {
            guard let real = Sandbox.real(candidate) else { continue }
            guard allowed.contains(where: { real == $0 || real.hasPrefix($0 + "/") }) else {
                throw Refusal(
                    message: "'\(path)' lies outside of what a notebook may read",
                    help: "move it beside the notebook or into Data, or pass --allow-read FOLDER")
            }
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: real, isDirectory: &isFolder),
                isFolder.boolValue
            {
                throw Refusal(message: "'\(path)' is a folder")
            }
            return real
        }
        throw Refusal(message: "there is no file '\(path)'", help: nearby(path, candidates))
    }

    /// A file of a similar name in the same folder, if that may be read.
    private func nearby(_ path: String, _ candidates: [String]) -> String? {
        for candidate in candidates {
            guard let slash = candidate.lastIndex(of: "/"),
                let folder = Sandbox.real(String(candidate[..<slash])),
                allowed.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") })
            else { continue }
            let name = String(candidate[candidate.index(after: slash)...])
            let others = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            if let near = suggestion(for: name, among: others.sorted()) {
                let prefix = path.hasSuffix(name) ? String(path.dropLast(name.count)) : ""
                return "did you mean \"\(prefix)\(near)\"?"
            }
        }
        return "paths start at the notebook's folder" + (repository.map { _ in "" } ?? "")
    }
}
