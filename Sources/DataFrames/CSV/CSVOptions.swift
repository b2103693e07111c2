// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// How to read a CSV file. What is nil is found out from the file, and the
/// import's `decisions` say what was found.
public struct CSVOptions: Hashable, Sendable {
    /// What separates fields; nil: comma, semicolon, tab or bar, as detected.
    public var delimiter: Character?
    /// What encloses fields that contain delimiters or line ends; doubled
    /// inside. Nil: no quotes at all.
    public var quote: Character? = "\""
    /// Whether the first record names the columns; nil: detected.
    public var header: Bool?
    /// The decimal mark; nil: a point, or a comma in a semicolon file whose
    /// numbers are written so.
    public var decimal: Character?
    /// What separates groups of three digits in numbers; nil: nothing (a point
    /// where the decimal mark is a comma).
    public var thousands: Character?
    /// Lines beginning with this are left out; nil: there are no comments.
    public var comment: Character?
    /// Cells that count as missing, besides empty ones. Blanks around a cell
    /// do not matter.
    public var missing: Set<String> = CSVOptions.usualMissing
    /// If false, every column is text, cells are kept as they stand, and only
    /// fields that are not there are missing.
    public var readsTypes = true
    /// What to do with a record of fewer fields than there are columns.
    public var shortRows: ShortRows = .error
    /// How the bytes are to be read. UTF-16 with its mark is always recognised.
    public var encoding: Encoding = .utf8

    /// A record with too few fields. One with too many is always an error.
    public enum ShortRows: Hashable, Sendable {
        case error
        /// The fields that are not there are missing; a note says which lines.
        case fillWithMissing
    }

    /// An encoding of text files.
    public enum Encoding: Hashable, Sendable { case utf8, latin1 }

    /// What counts as missing unless said otherwise.
    public static let usualMissing: Set<String> = [
        "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "Null", "null", ".",
    ]

    /// The usual options: everything detected.
    public init(
        delimiter: Character? = nil, header: Bool? = nil, decimal: Character? = nil
    ) {
        self.delimiter = delimiter
        self.header = header
        self.decimal = decimal
    }

    func byte(_ name: String, _ character: Character?) throws(ParameterError) -> UInt8? {
        guard let character else { return nil }
        guard let byte = character.asciiValue, byte != 0x0A, byte != 0x0D, byte != 0 else {
            throw ParameterError(name, is: "\"\(character)\"", mustBe: "one ASCII character")
        }
        return byte
    }

    /// Throws when one character would mean two things.
    func requireDistinctMarks() throws(ParameterError) {
        if let delimiter, delimiter == quote {
            throw ParameterError(
                "delimiter", is: "\"\(delimiter)\"", mustBe: "another character than the quote")
        }
    }
}

/// The settings a file was read with.
public struct CSVDialect: Hashable, Sendable {
    /// What separates fields.
    public var delimiter: Character
    /// Whether the first record named the columns.
    public var header: Bool
    /// The decimal mark.
    public var decimal: Character

    /// "comma-separated, with a header".
    public var description: String {
        let word =
            switch delimiter {
            case ",": "comma"
            case ";": "semicolon"
            case "\t": "tab"
            case "|": "bar"
            default: "\"\(delimiter)\""
            }
        return "\(word)-separated, \(header ? "with" : "without") a header"
            + (decimal == "." ? "" : ", decimal \(decimal == "," ? "comma" : "mark \(decimal)")")
    }
}
