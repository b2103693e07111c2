// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension DataFrame {
    /// Reads a CSV file; "-" is standard input.
    /// - Throws: `Diagnostic` with the line and column of what is wrong, or
    ///   with the system's reason when the file cannot be read.
    public init(csv path: String, options: CSVOptions = CSVOptions()) throws {
        let bytes = try TextFile.read(path)
        self = try CSVReader(
            name: path == "-" ? "<standard input>" : path, bytes: bytes, options: options
        ).read()
    }

    /// Reads a CSV text.
    /// - Parameter name: What diagnostics call the text.
    public init(
        csvText text: String, name: String = "<text>", options: CSVOptions = CSVOptions()
    ) throws {
        try self.init(csvBytes: Array(text.utf8), name: name, options: options)
    }

    /// Reads the bytes of a CSV file.
    public init(
        csvBytes bytes: [UInt8], name: String = "<bytes>", options: CSVOptions = CSVOptions()
    ) throws {
        self = try CSVReader(name: name, bytes: bytes, options: options).read()
    }

    /// The frame as CSV text: a header, LF line ends, quotes where they are
    /// needed, numbers with as many digits as it takes to read them back,
    /// missing cells empty.
    public func csvText(delimiter: Character = ",") -> String {
        var output = ""
        let single = columns.count == 1
        func append(_ text: String, isMissing: Bool, last: Bool) {
            let needsQuotes =
                text.utf8.contains {
                    $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == delimiter.asciiValue
                } || text.hasPrefix(" ") || (single && text.isEmpty)
            output +=
                needsQuotes ? "\"" + text.replacingQuotes() + "\"" : text
            output += last ? "\n" : String(delimiter)
        }
        for (position, name) in names.enumerated() {
            append(name, isMissing: false, last: position == columns.count - 1)
        }
        for row in 0..<rowCount {
            for (position, column) in columns.enumerated() {
                let cell = column[row]
                append(
                    cell.description, isMissing: cell == .missing,
                    last: position == columns.count - 1)
            }
        }
        return output
    }

    /// Writes the frame as a CSV file.
    public func writeCSV(to path: String, delimiter: Character = ",") throws(Diagnostic) {
        try TextFile.write(csvText(delimiter: delimiter), to: path)
    }
}

extension String {
    fileprivate func replacingQuotes() -> String {
        utf8.contains(0x22)
            ? split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") : self
    }
}
