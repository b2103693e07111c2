// SPDX-License-Identifier: GPL-3.0-or-later

/// Elements of an SVG as text, and the colours they used.
struct SVGWriter {
    private(set) var body = ""
    private var used: [String: ThemedColor] = [:]

    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n", "\t", "\r": out += " "
            default:
                // Characters that XML 1.0 cannot hold.
                let value = scalar.value
                if value < 0x20 || (0x7F...0x9F).contains(value) || (value & 0xFFFE) == 0xFFFE {
                    out += "\u{FFFD}"
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out
    }

    static func number(_ x: Double) -> String { NumberText.coordinate(x) }

    /// `class` and the attribute of the light theme.
    mutating func fill(_ name: String, _ color: ThemedColor) -> String {
        used["f\(name)"] = color
        return "class=\"f\(name)\" fill=\"\(color.light)\""
    }

    mutating func stroke(_ name: String, _ color: ThemedColor) -> String {
        used["l\(name)"] = color
        return "class=\"l\(name)\" stroke=\"\(color.light)\""
    }

    mutating func fill(_ ink: Ink) -> String { fill(ink.themed.name, ink.themed.color) }
    mutating func stroke(_ ink: Ink) -> String { stroke(ink.themed.name, ink.themed.color) }

    mutating func add(_ element: String) {
        body += element
        body += "\n"
    }

    /// A text whose baseline begins (or centres, or ends) at a point.
    mutating func text(
        _ text: String, x: Double, y: Double, size: Double? = nil, weight: Int? = nil,
        anchor: Mark.Note.Anchor = .start, color: (name: String, color: ThemedColor)? = nil
    ) {
        let color = color ?? ("m", ThemedColor.muted)
        var attributes = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
        attributes += fill("t\(color.name)", color.color)
        if let size { attributes += " font-size=\"\(Self.number(size))\"" }
        if let weight { attributes += " font-weight=\"\(weight)\"" }
        if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
        add("<text \(attributes)>\(Self.escaped(text))</text>")
    }

    /// The rules that turn the light theme into the dark one.
    var darkTheme: String {
        used.keys.sorted().map { name in
            let property = name.hasPrefix("f") ? "fill" : "stroke"
            return ".\(name){\(property):\(used[name]?.dark ?? "")}"
        }.joined()
    }

    /// Path data through places.
    static func path(_ places: [SIMD2<Double>], close: Bool = false) -> String {
        var out = ""
        var last = ""
        for (i, place) in places.enumerated() {
            let text = "\(number(place.x)) \(number(place.y))"
            if text == last { continue }
            out += i == 0 ? "M" : (out.hasSuffix("Z") ? "M" : "L")
            out += text
            last = text
        }
        return close ? out + "Z" : out
    }
}
