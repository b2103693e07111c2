// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

/// Tables of reference values, under `Tests/Reference`.
enum Reference {
    static let folder: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(2)
        return parts.joined(separator: "/") + "/Reference/"
    }()

    /// The document of a file; null when it isn't there, which tests notice
    /// by the number of cases.
    static func json(_ path: String) -> JSONValue {
        guard let bytes = try? TextFile.read(folder + path) else { return .null }
        return (try? JSONValue.parse(SourceText(name: path, bytes: bytes))) ?? .null
    }

    static func cases(_ path: String) -> [Case] {
        (json(path).array ?? []).map { Case(json: $0) }
    }

    /// An object with an `id`.
    struct Case: CustomTestStringConvertible, Sendable {
        let json: JSONValue
        var id: String { json["id"]?.string ?? "?" }
        var testDescription: String { id }

        func numbers(_ name: String) -> [Double] { json[name]?.doubles ?? [] }

        /// A number written as such or as text with more digits.
        func number(_ name: String) -> Double {
            json[name]?.double ?? json[name]?.string.flatMap(Double.init) ?? .nan
        }
    }
}

/// Whether two numbers agree to a relative tolerance (or an absolute one); NaN
/// agrees with NaN.
func agree(_ a: Double, _ b: Double, _ relative: Double, absolute: Double = 0) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    return a == b || abs(a - b) <= max(relative * max(abs(a), abs(b)), absolute)
}
