// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// What `describe` found: a value with a text and a JSON form.
public struct DataDescription: Hashable, Sendable {
    /// A column, of all rows or of one group.
    public struct ColumnSummary: Hashable, Sendable {
        public let name: String
        public let type: ColumnType
        public let count: Int
        public let missingCount: Int
        /// Of columns of numbers with at least one value.
        public let numbers: NumberSummary?
        /// The number of distinct values; of texts and truth values only.
        public let distinctCount: Int?
        /// The most frequent values, at most three; of texts and truth values.
        public let mostFrequent: [(value: Cell, count: Int)]

        init(_ column: Column) {
            name = column.name
            type = column.type
            count = column.count
            missingCount = column.missingCount
            switch column.type {
            case .integer, .number:
                numbers = (try? column.numbers()).flatMap { NumberSummary($0) }
                distinctCount = nil
                mostFrequent = []
            case .text, .boolean:
                let counts = column.counts()
                numbers = nil
                distinctCount = counts.count
                mostFrequent = Array(counts.prefix(3))
            }
        }

        public static func == (a: ColumnSummary, b: ColumnSummary) -> Bool {
            a.name == b.name && a.type == b.type && a.count == b.count
                && a.missingCount == b.missingCount && a.numbers == b.numbers
                && a.distinctCount == b.distinctCount
                && a.mostFrequent.elementsEqual(b.mostFrequent, by: ==)
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(count)
            hasher.combine(missingCount)
        }
    }

    /// The columns of one group of rows.
    public struct Group: Hashable, Sendable {
        /// The group's key as text; nil when the rows were not grouped.
        public let label: String?
        public let rowCount: Int
        public let columns: [ColumnSummary]
    }

    /// The name of the data, when they came from a file.
    public let name: String?
    /// How the file was read.
    public let dialect: CSVDialect?
    public let rowCount: Int
    public let columnCount: Int
    /// The columns that rows were grouped by.
    public let groupedBy: [String]
    public let groups: [Group]
    public let notes: [DataNote]
    /// Whether the text shows medians and trimmed means instead of means.
    public let isRobust: Bool
}

extension DataFrame {
    /// Describes the columns: type, missing cells, mean with its standard
    /// error, standard deviation, five numbers and a small histogram of
    /// numbers; distinct and most frequent values of texts; and what was
    /// decided when the file was read.
    ///
    /// - Parameters:
    ///   - names: The columns to describe; nil is all.
    ///   - keys: Columns to group the rows by.
    ///   - robust: Show trimmed mean and scaled median deviation in the place
    ///     of mean and standard deviation.
    /// - Throws: `Diagnostic` when there is no such column.
    public func describe(
        _ names: [String]? = nil, by keys: [String] = [], robust: Bool = false
    ) throws(Diagnostic) -> DataDescription {
        var chosen: [String] = []
        for name in names ?? self.names.filter({ !keys.contains($0) }) {
            chosen.append(try column(name).name)
        }
        func summaries(_ frame: DataFrame) -> [DataDescription.ColumnSummary] {
            chosen.compactMap { try? frame.column($0) }.map { .init($0) }
        }
        var groups: [DataDescription.Group] = []
        if keys.isEmpty {
            groups = [.init(label: nil, rowCount: rowCount, columns: summaries(self))]
        } else {
            for group in try group(by: keys) {
                groups.append(
                    .init(
                        label: group.label, rowCount: group.frame.rowCount,
                        columns: summaries(group.frame)))
            }
        }
        let described = Set(chosen + keys)
        let notes = (origin?.notes ?? []).filter { $0.column.map(described.contains) ?? true }
        return DataDescription(
            name: origin?.name, dialect: origin?.dialect, rowCount: rowCount,
            columnCount: columns.count, groupedBy: keys, groups: groups, notes: notes,
            isRobust: robust)
    }
}
