// SPDX-License-Identifier: GPL-3.0-or-later

public import DataFrames
public import Errors

extension StanProgram {
    /// Data with the columns of a table as variables: those that the data block
    /// declares and the data does not give. When the block declares an integer
    /// `N` that nobody gives, it is the number of rows.
    ///
    /// - Throws: a `Diagnostic` for a column that is needed and has missing
    ///   cells or texts.
    public func data(
        _ data: JSONValue = .object(JSONObject()), columns table: DataFrame
    ) throws(Diagnostic) -> JSONValue {
        guard var object = data.object else { return data }
        for declaration in self.data.declarations {
            let variable = declaration.variable
            guard object[variable.name] == nil else { continue }
            if table.has(variable.name) {
                object[variable.name] = try StanProgram.value(of: table.column(variable.name))
            } else if variable.name == "N", variable.type == .int {
                object["N"] = .integer(table.columns.first?.count ?? 0)
            }
        }
        return .object(object)
    }

    private static func value(of column: Column) throws(Diagnostic) -> JSONValue {
        guard column.missingCount == 0 else {
            throw Diagnostic(
                code: "stan/data",
                "the column \(column.name) has \(column.missingCount) missing cells",
                help:
                    "Stan has no missing values: leave the rows out, or declare the values parameters"
            )
        }
        switch column.values {
        case .integers(let values): return .array(values.map { .integer($0 ?? 0) })
        case .numbers(let values): return .numbers(JSONNumbers(values))
        case .booleans(let values): return .array(values.map { .integer($0 == true ? 1 : 0) })
        case .texts:
            throw Diagnostic(
                code: "stan/data", "the column \(column.name) holds texts, not numbers",
                help: "number the groups from 1 in another column")
        }
    }
}
