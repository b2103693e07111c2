// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a data frame was read from, and what was decided on the way.
public struct DataOrigin: Hashable, Sendable {
    /// The file's name, as it was given.
    public var name: String
    /// The settings the file was read with.
    public var dialect: CSVDialect
    /// What was changed or assumed, for the reader to know.
    public var notes: [DataNote]
    /// The line of the file on which each row begins.
    package var lines: LineMap

    /// The line of the file on which a row (from 0) begins.
    public func line(ofRow row: Int) -> Int? { lines[row] }
}

/// Something to know about data that were read: what was taken as missing,
/// renamed, or kept as text.
public struct DataNote: Hashable, Sendable, CustomStringConvertible {
    /// How many lines a note lists at most.
    static let shownLines = 5

    /// The column; nil when the note is about the file.
    public var column: String?
    public var text: String
    /// How many cells or records it is about; 0 when that says nothing.
    public var count: Int
    /// The first of the lines it is about.
    public var lines: [Int]

    init(column: String?, _ text: String, count: Int = 0, lines: [Int] = []) {
        self.column = column
        self.text = text
        self.count = count
        self.lines = lines
    }

    mutating func add(_ line: Int) {
        count += 1
        if lines.count < Self.shownLines { lines.append(line) }
    }

    /// "height: "NA" read as missing (3: lines 4, 9, 17)".
    public var description: String {
        var result = column.map { "\($0): \(text)" } ?? text
        if count > 0 {
            result += " (\(count)"
            if !lines.isEmpty {
                result += ": line\(lines.count == 1 ? "" : "s") "
                result += lines.map(String.init).joined(separator: ", ")
                if count > lines.count { result += ", …" }
            }
            result += ")"
        }
        return result
    }
}

/// The line of each row; a plain file (one line a record) takes no memory.
package struct LineMap: Hashable, Sendable {
    package private(set) var count = 0
    private var first = 0
    /// All lines, once a record began elsewhere than one line below the last.
    private var irregular: [Int]?

    package mutating func append(_ line: Int) {
        if count == 0 { first = line }
        if irregular == nil, line != first + count {
            irregular = (0..<count).map { first + $0 }
        }
        irregular?.append(line)
        count += 1
    }

    package subscript(row: Int) -> Int? {
        guard row >= 0, row < count else { return nil }
        return irregular?[row] ?? first + row
    }

    func select(rows: [Int]) -> LineMap {
        var result = LineMap()
        for row in rows { result.append(self[row] ?? 0) }
        return result
    }
}
