// SPDX-License-Identifier: GPL-3.0-or-later

extension DataDescription: CustomStringConvertible {
    /// A size line, a table of the columns of numbers, a table of the others,
    /// and the notes.
    public var description: String {
        var parts = [sizeLine]
        let numeric = table(of: { $0.type == .integer || $0.type == .number }, numberTable)
        let other = table(of: { $0.type == .text || $0.type == .boolean }, textTable)
        parts += [numeric, other].compactMap { $0 }
        if !notes.isEmpty {
            parts.append("Notes:\n" + notes.map { "- \($0)" }.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    private var sizeLine: String {
        var line = name.map { "\($0): " } ?? ""
        line += "\(rowCount) row\(rowCount == 1 ? "" : "s"), "
        line += "\(columnCount) column\(columnCount == 1 ? "" : "s")"
        if let dialect { line += " (\(dialect.description))" }
        return line
    }

    private func table(
        of isIncluded: (ColumnSummary) -> Bool,
        _ build: ([(String?, ColumnSummary)]) -> MarkdownTable
    ) -> String? {
        // Grouped: the groups of one column stand together.
        let names = groups.first?.columns.map(\.name) ?? []
        var lines: [(String?, ColumnSummary)] = []
        for position in names.indices {
            for group in groups where isIncluded(group.columns[position]) {
                lines.append((group.label, group.columns[position]))
            }
        }
        return lines.isEmpty ? nil : build(lines).text
    }

    private var leading: [(String, MarkdownTable.Alignment)] {
        var leading: [(String, MarkdownTable.Alignment)] = [("column", .left)]
        if !groupedBy.isEmpty {
            leading.append((groupedBy.joined(separator: ", "), .left))
            leading.append(("rows", .right))
        }
        return leading + [("type", .left), ("missing", .right)]
    }

    private func leadingCells(_ label: String?, _ column: ColumnSummary) -> [String] {
        var cells = [column.name]
        if !groupedBy.isEmpty { cells += [label ?? "", String(column.count)] }
        return cells + [column.type.rawValue, String(column.missingCount)]
    }

    private func numberTable(_ lines: [(String?, ColumnSummary)]) -> MarkdownTable {
        let middle: [(String, MarkdownTable.Alignment)] =
            isRobust
            ? [("trimmed mean", .right), ("scaled MAD", .right)]
            : [("mean ± se", .right), ("sd", .right)]
        var table = MarkdownTable(
            leading + middle
                + [
                    ("min", .right), ("q1", .right), ("median", .right), ("q3", .right),
                    ("max", .right), ("histogram", .left),
                ])
        for (label, column) in lines {
            var cells = leadingCells(label, column)
            if let numbers = column.numbers {
                let moments = numbers.moments
                if isRobust {
                    cells.append(NumberText.significant(numbers.trimmedMean, 5))
                    cells.append(NumberText.significant(numbers.scaledMedianDeviation, 4))
                } else {
                    cells.append(
                        moments.count > 1
                            ? NumberText.value(moments.mean, standardError: moments.standardError)
                            : NumberText.significant(moments.mean))
                    cells.append(
                        moments.count > 1
                            ? NumberText.significant(moments.standardDeviation, 4) : "–")
                }
                cells += numbers.fiveNumbers.map { NumberText.significant($0, 5) }
                cells.append(numbers.blocks)
            } else {
                cells += [String](repeating: "–", count: 7) + [""]
            }
            table.rows.append(cells)
        }
        return table
    }

    private func textTable(_ lines: [(String?, ColumnSummary)]) -> MarkdownTable {
        var table = MarkdownTable(leading + [("distinct", .right), ("most frequent", .left)])
        for (label, column) in lines {
            let frequent = column.mostFrequent.map { value, count in
                let text = value.description
                return (text.count > 24 ? text.prefix(23) + "…" : text) + " (\(count))"
            }
            table.rows.append(
                leadingCells(label, column)
                    + [String(column.distinctCount ?? 0), frequent.joined(separator: ", ")])
        }
        return table
    }
}

extension DataDescription {
    /// The description as JSON, with full precision and stable names.
    public var json: JSONValue {
        var root = JSONObject([
            ("name", name.map { .string($0) } ?? .null), ("rows", .integer(rowCount)),
            ("columnCount", .integer(columnCount)),
        ])
        if groupedBy.isEmpty {
            root["columns"] = .array((groups.first?.columns ?? []).map(\.json))
        } else {
            root["by"] = .array(groupedBy.map { .string($0) })
            root["groups"] = .array(
                groups.map {
                    [
                        "label": .string($0.label ?? ""), "rows": .integer($0.rowCount),
                        "columns": .array($0.columns.map(\.json)),
                    ]
                })
        }
        root["notes"] = .array(
            notes.map {
                [
                    "column": $0.column.map { .string($0) } ?? .null, "text": .string($0.text),
                    "count": .integer($0.count), "lines": .array($0.lines.map { .integer($0) }),
                ]
            })
        return .object(root)
    }
}

extension DataDescription.ColumnSummary {
    var json: JSONValue {
        var object = JSONObject([
            ("name", .string(name)), ("type", .string(type.rawValue)),
            ("count", .integer(count - missingCount)), ("missing", .integer(missingCount)),
        ])
        if let numbers {
            object["mean"] = .number(numbers.moments.mean)
            object["standardError"] = .number(numbers.moments.standardError)
            object["standardDeviation"] = .number(numbers.moments.standardDeviation)
            object["skewness"] = .number(numbers.moments.skewness)
            object["excessKurtosis"] = .number(numbers.moments.excessKurtosis)
            object["trimmedMean"] = .number(numbers.trimmedMean)
            object["scaledMedianDeviation"] = .number(numbers.scaledMedianDeviation)
            for (name, value) in zip(["min", "q1", "median", "q3", "max"], numbers.fiveNumbers) {
                object[name] = .number(value)
            }
            object["histogram"] = .array(numbers.histogram.map { .integer($0) })
        }
        if let distinctCount {
            object["distinct"] = .integer(distinctCount)
            object["mostFrequent"] = .array(
                mostFrequent.map {
                    ["value": .string($0.value.description), "count": .integer($0.count)]
                })
        }
        return .object(object)
    }
}
