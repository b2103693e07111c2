// SPDX-License-Identifier: GPL-3.0-or-later

/// A word of the script language with its place in the source.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case number(Double)
        case string([StringPart])
        case identifier(String)
        /// `$0`, `$1`, …
        case parameter(Int)
        /// An operator or a bracket, as it is written.
        case symbol(String)
        case end
    }

    /// A piece of a string literal: text, or the place of an interpolated
    /// expression (without `\(` and `)`).
    enum StringPart: Sendable, Equatable {
        case text(String)
        case code(Range<Int>)
    }

    var kind: Kind
    var range: Range<Int>
    /// A line ends between the previous token and this one.
    var newlineBefore: Bool
    var spaceBefore: Bool
    var spaceAfter = true

    func isSymbol(_ text: String) -> Bool { kind == .symbol(text) }
    func isWord(_ text: String) -> Bool { kind == .identifier(text) }
}

/// What no binding can be called.
let reservedWords: Set<String> = [
    "let", "var", "for", "in", "if", "else", "true", "false", "return", "while", "func",
]
