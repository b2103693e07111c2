// SPDX-License-Identifier: GPL-3.0-or-later

/// What is known of a value before anything runs: the kinds it may have.
struct ScriptType: Hashable, Sendable, CustomStringConvertible {
    /// Nil: anything.
    var names: [String]?

    init(_ names: String...) { self.names = names }
    init(names: [String]?) { self.names = names }

    static let any = ScriptType(names: nil)
    static let nothing = ScriptType("nothing")
    static let number = ScriptType("number")
    static let bool = ScriptType("Bool")
    static let string = ScriptType("String")
    static let vector = ScriptType("vector")

    /// The kind, when there is only one.
    var single: String? { names?.count == 1 ? names?.first : nil }

    /// Whether closures are among the kinds that are named.
    var takesClosure: Bool { names?.contains("closure") ?? false }

    func allows(_ name: String) -> Bool {
        guard let names else { return true }
        return names.contains { ScriptType.name($0, accepts: name) }
    }

    /// Whether a value of one type can certainly not be of the other.
    func excludes(_ other: ScriptType) -> Bool {
        guard names != nil, let offered = other.names else { return false }
        return !offered.contains { allows($0) }
    }

    func union(_ other: ScriptType) -> ScriptType {
        guard let names, let more = other.names else { return .any }
        return ScriptType(names: names + more.filter { !names.contains($0) })
    }

    /// Whether a parameter of a kind takes a value of another kind.
    private static func name(_ wanted: String, accepts found: String) -> Bool {
        if wanted == found { return true }
        switch wanted {
        case "any": return true
        case "integer": return found == "number"
        case "vector": return ["mask", "range", "integers"].contains(found)
        case "closure": return found == "function"
        case "list": return ["vector", "mask"].contains(found)
        default: return false
        }
    }

    var description: String {
        guard let names else { return "any" }
        return names.joined(separator: " or ")
    }
}

extension ScriptType {
    /// "a vector", "an estimate": for messages.
    var withArticle: String { description.withArticle }
}

extension String {
    /// With the article that its first letter asks for.
    var withArticle: String {
        (first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + self
    }
}
