// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Foundation

/// A table as the script carries it.
struct DataFrameValue: ScriptObject {
    let frame: DataFrame

    var typeName: String { "data frame" }

    var shown: ShownValue {
        let limit = 10
        let columns = frame.columns
        let rows = (0..<min(limit, frame.rowCount)).map { row in
            columns.map { column -> String in
                switch column[row] {
                case .number(let x): ScriptFormat.number(x)
                case let cell: cell.description
                }
            }
        }
        let numeric = Set(
            columns.indices.filter { [.number, .integer].contains(columns[$0].type) })
        let size = "\(frame.rowCount) rows × \(columns.count) columns"
        return .table(
            ScriptTable(
                columns: frame.names, rows: rows, numeric: numeric,
                notes: [
                    frame.rowCount > limit ? "\(size), the first \(limit) rows shown" : size
                ]))
    }

    var json: JSONValue {
        var object = JSONObject()
        for column in frame.columns {
            object[column.name] = .array(
                column.cells.map { cell in
                    switch cell {
                    case .missing: .null
                    case .integer(let value): .integer(value)
                    case .number(let value): .number(value)
                    case .boolean(let value): .bool(value)
                    case .text(let value): .string(value)
                    }
                })
        }
        return .object(object)
    }
}

/// A value that is only looked at: its text and its JSON are made once.
struct ReportValue: ScriptObject {
    let typeName: String
    let shown: ShownValue
    let json: JSONValue
}

extension Registry {
    mutating func addDataFrames() {
        define("DataFrame(csv: String) -> data frame", "Reads a CSV file.") { call in
            let bytes = try call.bytes(ofFile: "csv")
            return .object(
                DataFrameValue(
                    frame: try DataFrame(csvBytes: bytes, name: try call.string("csv"))))
        }
        define(
            "DataFrame(_ columns: dictionary) -> data frame", "A table of columns by name."
        ) { call in
            guard case .dictionary(let dictionary) = try call.value("columns") else {
                throw call.failure("expected a dictionary of columns")
            }
            var columns: [Column] = []
            for member in dictionary.members {
                if case .list(let list) = member.value, let texts = list.strings, !texts.isEmpty {
                    columns.append(Column(name: member.name, texts))
                } else if case .mask(let mask) = member.value {
                    columns.append(Column(name: member.name, .booleans(mask.map { $0 })))
                } else if let numbers = member.value.doubles {
                    columns.append(Column(name: member.name, numbers))
                } else {
                    throw call.failure(
                        "the column '\(member.name)' is \(member.value.typeName.withArticle), but must be "
                            + "numbers, truth values or texts", at: call.range(of: "columns"))
                }
            }
            return .object(DataFrameValue(frame: try DataFrame(columns)))
        }
        addFrameMembers()
    }

    private mutating func addFrameMembers() {
        let type = "data frame"
        define(
            on: type, "subscript(_ name: String) -> vector|list|mask",
            "A column, aligned with the rows: a missing number is nan, a missing text empty."
        ) { call in try call.column("name", missing: .nan) }
        define(
            on: type, "subscript(_ rows: mask) -> data frame", "The rows for which it is true."
        ) { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            return .object(DataFrameValue(frame: try frame.filter(try call.mask("rows"))))
        }
        define(
            on: type, "filter(_ isIncluded: closure) -> data frame",
            "The rows for which it is true: houses.filter { row in row[\"floor\"] == 0 }."
        ) { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            let isIncluded = try call.closure("isIncluded")
            let mask = try (0..<frame.rowCount).map { row in
                try call.interpreter.bool(
                    try isIncluded(try call.row(row, of: frame)), isIncluded.range)
            }
            return .object(DataFrameValue(frame: try frame.filter(mask)))
        }
        define(
            on: type, "numbers(_ name: String) -> vector", "A column without missing numbers."
        ) { call in try call.column("name", missing: .dropped) }
        define(on: type, "names -> list", "The names of the columns.") { call in
            try call.list(try call.receiver(DataFrameValue.self).frame.names.map { .string($0) })
        }
        define(on: type, "rowCount -> number", "The number of rows.") { call in
            .number(Double(try call.receiver(DataFrameValue.self).frame.rowCount))
        }
        define(
            on: type, "select(_ names: String...) -> data frame", "Some columns, in this order."
        ) { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            let names = try call.all("names").map { try call.string($0) }
            return .object(DataFrameValue(frame: try frame.select(names)))
        }
        define(
            on: type, "sorted(by name: String, descending: Bool = false) -> data frame",
            "The rows in the order of a column."
        ) { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            return .object(
                DataFrameValue(
                    frame: try frame.sorted(
                        by: try call.string("name"), descending: try call.bool("descending"))))
        }
        define(on: type, "prefix(_ count: integer) -> data frame", "The first rows.") { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            return .object(DataFrameValue(frame: frame.prefix(try call.count("count", minimum: 0))))
        }
        define(
            on: type, "droppingMissing() -> data frame", "The rows in which nothing is missing."
        ) { call in
            .object(
                DataFrameValue(
                    frame: try call.receiver(DataFrameValue.self).frame.droppingMissing()))
        }
        define(
            on: type, "describe(by key: String = nil, robust: Bool = false) -> description",
            "Per column: type, missing values, mean ± error, spread, five numbers, a histogram."
        ) { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            let description = try frame.describe(
                by: try call.optionalString("key").map { [$0] } ?? [],
                robust: try call.bool("robust"))
            return .object(
                ReportValue(
                    typeName: "description", shown: .text(description.description),
                    json: description.json))
        }
        define(
            on: type, "group(by name: String) -> dictionary",
            "The rows by the values of a column: a dictionary of data frames."
        ) { call in
            let frame = try call.receiver(DataFrameValue.self).frame
            let groups = try frame.group(by: [try call.string("name")]).map {
                (name: $0.label, value: ScriptValue.object(DataFrameValue(frame: $0.frame)))
            }
            guard let dictionary = ScriptDictionary(groups) else {
                throw call.failure("the groups nest too deeply")
            }
            return .dictionary(dictionary)
        }
    }
}

extension Call {
    /// The bytes of a file that the script may read.
    func bytes(ofFile parameter: String) throws -> [UInt8] {
        let path = try string(parameter)
        do {
            let real = try interpreter.sandbox.resolve(path)
            let size =
                try FileManager.default.attributesOfItem(atPath: real)[.size] as? Int ?? 0
            try interpreter.checkCount(Double(size) / 8, range(of: parameter))
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: real)))
        } catch let refusal as Sandbox.Refusal {
            throw failure(
                refusal.message, code: "file", at: range(of: parameter), help: refusal.help)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw failure("cannot read '\(path)'", code: "file", at: range(of: parameter))
        }
    }

    /// A row as a dictionary; a missing number is nan, a missing text empty.
    fileprivate func row(_ row: Int, of frame: DataFrame) throws -> ScriptValue {
        let members = frame.columns.map { column -> (name: String, value: ScriptValue) in
            switch column[row] {
            case .integer(let value): (column.name, .number(Double(value)))
            case .number(let value): (column.name, .number(value))
            case .boolean(let value): (column.name, .bool(value))
            case .text(let text): (column.name, .string(text))
            case .missing: (column.name, column.type == .text ? .string("") : .number(.nan))
            }
        }
        guard let dictionary = ScriptDictionary(members) else {
            throw failure("a row nests too deeply", code: "limit")
        }
        return .dictionary(dictionary)
    }

    fileprivate func column(
        _ parameter: String, missing: Column.MissingNumbers
    ) throws -> ScriptValue {
        let frame = try receiver(DataFrameValue.self).frame
        let name = try string(parameter)
        guard frame.has(name) else {
            throw noMember("column", name, frame.names, at: parameter)
        }
        let column = try frame.column(name)
        switch column.values {
        case .texts(let texts):
            if missing == .dropped {
                do {
                    return .vector(try column.numbers())
                } catch {
                    throw failure(
                        "the column '\(name)' holds text", code: "type", at: range(of: parameter))
                }
            }
            return try list(texts.map { .string($0 ?? "") })
        case .booleans(let values) where !values.contains(nil):
            return .mask(values.compactMap(\.self))
        default: return .vector(try column.numbers(missing: missing))
        }
    }
}
