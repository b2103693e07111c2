// SPDX-License-Identifier: GPL-3.0-or-later

/// The two colours of an ink: light theme and dark theme.
///
/// Hues of groups are Okabe and Ito's (2008), which people with any form of
/// colour blindness can tell apart; the dark theme lightens them to the same
/// contrast.
struct ThemedColor {
    let light: String
    let dark: String

    static let background = ThemedColor(light: "#ffffff", dark: "#16181c")
    static let text = ThemedColor(light: "#1d2126", dark: "#e8eaed")
    static let muted = ThemedColor(light: "#5b636d", dark: "#a0a8b2")
    static let axis = ThemedColor(light: "#8a929b", dark: "#757d87")
    static let grid = ThemedColor(light: "#e9ebee", dark: "#2b2f35")

    static let hues: [ThemedColor] = [
        .init(light: "#e6f0f8", dark: "#1a2836"),
        .init(light: "#c6dcee", dark: "#1f3a52"),
        .init(light: "#9cc3e0", dark: "#27527a"),
        .init(light: "#6aa5cf", dark: "#3572a5"),
        .init(light: "#3a83b8", dark: "#5596cc"),
        .init(light: "#1a6299", dark: "#85b9e4"),
        .init(light: "#0b3f6b", dark: "#c3def5"),
    ]

    static let series: [ThemedColor] = [
        .init(light: "#0072b2", dark: "#4ba6e0"),
        .init(light: "#d55e00", dark: "#ff8a3d"),
        .init(light: "#009e73", dark: "#2cc79c"),
        .init(light: "#cc79a7", dark: "#e7a3c8"),
        .init(light: "#e69f00", dark: "#f5bd3d"),
        .init(light: "#56b4e9", dark: "#a5dafb"),
        .init(light: "#3d434a", dark: "#d4d8dd"),
    ]
}

extension Ink {
    /// The name of its class in the style sheet, and its colours.
    var themed: (name: String, color: ThemedColor) {
        switch self {
        case .automatic, .dark: ("k", .init(light: "#2b3036", dark: "#dfe3e7"))
        case .muted: ("m", .init(light: "#6d757f", dark: "#969ea8"))
        case .pale: ("p", .init(light: "#c9ced4", dark: "#4a5058"))
        case .hue(let step):
            ("h\(min(max(step, 0), 6))", ThemedColor.hues[min(max(step, 0), 6)])
        case .series(let index): Self.series(index)
        }
    }

    private static func series(_ index: Int) -> (name: String, color: ThemedColor) {
        let count = ThemedColor.series.count
        let i = ((index % count) + count) % count
        return ("s\(i)", ThemedColor.series[i])
    }
}

/// The width of text in a proportional sans serif font, about: for leaving
/// room, on the generous side.
enum TextMetrics {
    static func width(_ text: String, size: Double) -> Double {
        var sum = 0.0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: sum += 0.6
            case 0x20, 0x21, 0x27, 0x28, 0x29, 0x2C, 0x2E, 0x2F, 0x3A, 0x3B, 0x49, 0x5B, 0x5D,
                0x66, 0x69, 0x6A, 0x6C, 0x72, 0x74, 0x7C:
                sum += 0.34
            case 0x4D, 0x57, 0x6D, 0x77, 0x25, 0x40: sum += 0.88
            case 0x41...0x5A: sum += 0.68
            case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: break
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F000...0x1FAFF, 0x20000...0x3FFFF:
                sum += 1.05
            default: sum += 0.58
            }
        }
        return sum * size
    }

    /// Lines no wider than a width, broken between words; a word that is wider
    /// than a line is cut.
    static func wrapped(_ text: String, size: Double, width: Double, lines: Int) -> [String] {
        var out: [String] = []
        var current = ""
        // "90 %" stays together.
        let text = text.split(separator: " %", omittingEmptySubsequences: false)
            .joined(separator: "\u{A0}%")
        for word in text.split(whereSeparator: { $0 == " " || $0.isNewline || $0 == "\t" }) {
            let longer = current.isEmpty ? String(word) : current + " " + word
            if TextMetrics.width(longer, size: size) <= width || current.isEmpty {
                current = longer
            } else {
                out.append(current)
                current = String(word)
            }
        }
        if !current.isEmpty { out.append(current) }
        if out.count > lines {
            out = Array(out.prefix(lines))
            out[lines - 1] += "…"
        }
        return out.map { fitted($0, size: size, width: width) }
    }

    /// A text cut to a width, with an ellipsis.
    static func fitted(_ text: String, size: Double, width: Double) -> String {
        guard TextMetrics.width(text, size: size) > width else { return text }
        var cut = text
        while !cut.isEmpty, TextMetrics.width(cut + "…", size: size) > width { cut.removeLast() }
        return cut + "…"
    }
}
