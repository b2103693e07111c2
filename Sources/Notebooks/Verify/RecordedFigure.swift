// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Plots

/// The structure of a figure inside of its SVG file: what a later run is
/// compared with.
enum RecordedFigure {
    private static let opening = "<metadata id=\"buffon-structure\">"
    private static let closing = "</metadata>"

    /// The picture with its structure in a `metadata` element at its end.
    static func embed(_ structure: Figure.Structure, in svg: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let end = svg.range(of: "</svg>", options: .backwards),
            let data = try? encoder.encode(structure)
        else { return svg }
        let text = String(decoding: data, as: UTF8.self)
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
        return svg[..<end.lowerBound] + opening + text + closing + svg[end.lowerBound...]
    }

    /// The structure in a file; nil when the file is no picture of ours.
    static func structure(inFile path: String) -> Figure.Structure? {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)),
            data.count <= 16 << 20
        else { return nil }
        let svg = String(decoding: data, as: UTF8.self)
        guard svg.contains("<svg"), let start = svg.range(of: opening),
            let end = svg.range(of: closing, range: start.upperBound..<svg.endIndex)
        else { return nil }
        let text = svg[start.upperBound..<end.lowerBound]
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
        return try? JSONDecoder().decode(Figure.Structure.self, from: Data(text.utf8))
    }
}
