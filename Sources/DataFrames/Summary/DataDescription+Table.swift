// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension DataDescription {
    /// The description as a data frame, one row for each column described (and
    /// group): what to write as CSV. It has all that the JSON form has, but for
    /// histograms and notes.
    public var table: DataFrame {
        var lines: [(label: String?, column: ColumnSummary)] = []
        for position in (groups.first?.columns ?? []).indices {
            for group in groups { lines.append((group.label, group.columns[position])) }
        }
        func numbers(_ name: String, _ value: (NumberSummary) -> Double) -> Column {
            Column(name: name, lines.map { $0.column.numbers.map(value) ?? .nan })
        }
        func integers(_ name: String, _ value: (ColumnSummary) -> Int?) -> Column {
            Column(name: name, .integers(lines.map { value($0.column) }))
        }
        var columns = [Column(name: "column", lines.map(\.column.name))]
        if !groupedBy.isEmpty {
            columns.append(Column(name: "group", .texts(lines.map(\.label))))
        }
        columns += [
            Column(name: "type", lines.map(\.column.type.rawValue)),
            integers("count") { $0.count - $0.missingCount },
            integers("missing", \.missingCount), integers("distinct", \.distinctCount),
            numbers("mean", \.moments.mean), numbers("standardError", \.moments.standardError),
            numbers("standardDeviation", \.moments.standardDeviation),
            numbers("skewness", \.moments.skewness),
            numbers("excessKurtosis", \.moments.excessKurtosis),
            numbers("trimmedMean", \.trimmedMean),
            numbers("scaledMedianDeviation", \.scaledMedianDeviation),
        ]
        for (index, name) in ["min", "q1", "median", "q3", "max"].enumerated() {
            columns.append(numbers(name) { $0.fiveNumbers[index] })
        }
        return DataFrame(checked: columns, rowCount: lines.count, origin: nil)
    }
}
