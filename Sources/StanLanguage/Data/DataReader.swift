// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import DataFrames
import Errors

/// Reads the variables of a data block from JSON: arrays nest, a matrix is an
/// array of its rows. Variables that the block does not declare are ignored.
struct DataReader {
    let program: StanProgram
    let data: JSONValue

    /// Runs the data block: sizes from what was read before, values from JSON,
    /// constraints checked.
    func read(into evaluator: Evaluator) throws {
        guard let object = data.object else {
            throw DiagnosticList([
                Diagnostic(
                    code: "stan/data",
                    "the data must be an object with a member for each variable, but are "
                        + data.kind)
            ])
        }
        var problems: [Diagnostic] = []
        // An integer that is wrong may be the size or bound of what follows: errors that may
        // stem from it are not reported.
        var hasLostInteger = false
        for declaration in program.data.declarations {
            let variable = declaration.variable
            do {
                guard let json = object[variable.name] else {
                    if let type = try? evaluator.resolve(declaration), type.count == 0 {
                        evaluator.slots[variable.slot] = type.blank  // nothing to give
                        continue
                    }
                    throw missing(declaration, object, evaluator)
                }
                let type = try evaluator.resolve(declaration)
                let value = try DataValue(name: variable.name).read(json, as: type)
                evaluator.slots[variable.slot] = value
                try evaluator.checkConstraint(declaration, type, value)
            } catch let error as DataValue.Mismatch {
                problems.append(
                    problem(declaration, error.code, error.message, error.help))
                if variable.type.isIntegral { hasLostInteger = true }
            } catch let error as Diagnostic {
                if !hasLostInteger || error.code == "stan/missing-data" { problems.append(error) }
                if variable.type.isIntegral { hasLostInteger = true }
            } catch let error as Rejection {
                problems.append(problem(declaration, "constraint", error.message, nil))
            }
        }
        if !problems.isEmpty { throw DiagnosticList(problems) }
    }

    private func missing(
        _ declaration: StanDeclaration, _ object: JSONObject, _ evaluator: Evaluator
    ) -> Diagnostic {
        let name = declaration.variable.name
        let declared = Set(program.data.declarations.map(\.variable.name))
        let others = object.names.filter { !declared.contains($0) }
        var help = suggestion(for: name, among: others).map { "did you mean \($0)?" }
        if help == nil {
            help = (try? evaluator.resolve(declaration)).map(expectation)
            if !others.isEmpty {
                let shown = others.prefix(6).joined(separator: ", ")
                help =
                    (help.map { $0 + "; " } ?? "")
                    + "the data has, and the program does not declare, \(shown)"
                    + (others.count > 6 ? ", …" : "")
            }
        }
        return problem(
            declaration, "missing-data", "variable \(name) is missing from the data", help)
    }

    private func problem(
        _ declaration: StanDeclaration, _ code: String, _ message: String, _ help: String?
    ) -> Diagnostic {
        Diagnostic(
            code: "stan/" + code, message, in: program.source, at: declaration.variable.range,
            help: help)
    }

    private func expectation(_ type: ResolvedType) -> String { "give \(type.description)" }
}

/// One value of the data, read against its type.
struct DataValue {
    let name: String

    struct Mismatch: Error {
        var code: String
        var message: String
        var help: String?
    }

    func read(_ json: JSONValue, as type: ResolvedType) throws -> Value {
        switch type {
        case .int: return .int(try integer(json, name))
        case .real: return .number(try number(json, name))
        case .vector(let n), .rowVector(let n): return .vector(Entries(try numbers(json, n, name)))
        case .matrix(let rows, let columns):
            let lists = try elements(json, rows, name, type)
            var entries = [Double](repeating: 0, count: rows * columns)
            for (r, list) in lists.enumerated() {
                let row = try numbers(list, columns, "\(name)[\(r + 1)]")
                for c in 0..<columns { entries[c * rows + r] = row[c] }
            }
            return .matrix(MatrixValue(Entries(entries), rows, columns))
        case .array(let sizes, let inner):
            guard let first = sizes.first else { return try read(json, as: inner) }
            if sizes.count == 1 {
                switch inner {
                case .int: return .ints(try integers(json, first, name, type))
                case .real: return .vector(Entries(try numbers(json, first, name)))
                default: break
                }
            }
            let parts = try elements(json, first, name, type)
            return .array(
                try parts.enumerated().map {
                    try DataValue(name: "\(name)[\($0 + 1)]").read($1, as: type.element)
                })
        case .tuple(let types):
            guard let object = json.object else {
                throw mismatch(
                    "\(name) must be an object with members \"1\", \"2\", …, but is \(json.kind)")
            }
            return .tuple(
                try types.enumerated().map { position, type in
                    guard let member = object["\(position + 1)"] else {
                        throw mismatch("\(name) has no member \"\(position + 1)\"")
                    }
                    return try DataValue(name: "\(name).\(position + 1)").read(member, as: type)
                })
        case .complex(let part): return try complex(json, as: part)
        }
    }

    /// Complex numbers are pairs [real, imaginary].
    private func complex(_ json: JSONValue, as part: ResolvedType) throws -> Value {
        func pairs(_ json: JSONValue, _ count: Int, _ name: String) throws -> [[Double]] {
            try elements(json, count, name, .complex(part)).enumerated().map {
                try numbers($1, 2, "\(name)[\($0 + 1)]")
            }
        }
        switch part {
        case .matrix(let rows, let columns):
            let lists = try elements(json, rows, name, .complex(part))
            var parts = [[Double]](
                repeating: [Double](repeating: 0, count: rows * columns), count: 2)
            for (r, list) in lists.enumerated() {
                for (c, pair) in try pairs(list, columns, "\(name)[\(r + 1)]").enumerated() {
                    for k in 0..<2 { parts[k][c * rows + r] = pair[k] }
                }
            }
            return .complex(
                .matrix(MatrixValue(Entries(parts[0]), rows, columns)),
                .matrix(MatrixValue(Entries(parts[1]), rows, columns)))
        case .vector(let n), .rowVector(let n):
            let pairs = try pairs(json, n, name)
            return .complex(
                .vector(Entries(pairs.map { $0[0] })), .vector(Entries(pairs.map { $0[1] })))
        default:
            let pair = try numbers(json, 2, name)
            return .complex(.number(pair[0]), .number(pair[1]))
        }
    }

    private func mismatch(_ message: String, help: String? = nil) -> Mismatch {
        Mismatch(code: "data-type", message: message, help: help)
    }

    private func integer(_ json: JSONValue, _ name: String) throws -> Int {
        switch json {
        case .integer(let value): return value
        case .number(let value):
            throw mismatch(
                "\(name) must be an integer, but is \(formatted(value))",
                help: value == value.rounded()
                    ? "write it without a decimal point" : "declare it real")
        case .bool(let value):
            throw mismatch(
                "\(name) must be an integer, but is \(value)", help: "write 0 or 1")
        default: throw mismatch("\(name) must be an integer, but is \(json.kind)")
        }
    }

    private func number(_ json: JSONValue, _ name: String) throws -> Double {
        switch json {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        case .string("NaN"), .string("nan"): return .nan
        case .string("Inf"), .string("Infinity"), .string("+Inf"): return .infinity
        case .string("-Inf"), .string("-Infinity"): return -.infinity
        case .null:
            throw mismatch(
                "\(name) must be a number, but is null",
                help:
                    "Stan has no missing values: leave the observation out, or declare it a parameter"
            )
        default: throw mismatch("\(name) must be a number, but is \(json.kind)")
        }
    }

    private func numbers(_ json: JSONValue, _ count: Int, _ name: String) throws -> [Double] {
        try requireSize(json, count, name, .vector(count))
        if let numbers = json.doubles { return numbers }
        let list = json.array ?? []
        var result: [Double] = []
        result.reserveCapacity(count)
        for (i, element) in list.enumerated() {
            if let value = element.double {
                result.append(value)
            } else {
                result.append(try number(element, "\(name)[\(i + 1)]"))
            }
        }
        return result
    }

    private func integers(
        _ json: JSONValue, _ count: Int, _ name: String, _ type: ResolvedType
    ) throws -> [Int] {
        if case .numbers(let numbers) = json, let integers = numbers.allIntegers {
            try requireSize(json, count, name, type)
            return integers
        }
        return try elements(json, count, name, type).enumerated().map {
            try integer($1, "\(name)[\($0 + 1)]")
        }
    }

    private func elements(
        _ json: JSONValue, _ count: Int, _ name: String, _ type: ResolvedType
    ) throws -> [JSONValue] {
        try requireSize(json, count, name, type)
        return json.array ?? []
    }

    private func requireSize(
        _ json: JSONValue, _ count: Int, _ name: String, _ type: ResolvedType
    ) throws {
        guard let found = json.elementCount else {
            throw Mismatch(
                code: "data-size",
                message: "\(name) must be \(type.description), but is \(json.kind)",
                help: count == 1 ? "write [\(json.text())]" : nil)
        }
        guard found == count else {
            throw Mismatch(
                code: "data-size",
                message: "\(name) must have size \(count), but the data has \(found)")
        }
    }
}

extension ResolvedType {
    /// "an array of 8 numbers", for messages.
    var description: String {
        switch self {
        case .int: "an integer"
        case .real: "a number"
        case .vector(let n), .rowVector(let n): "an array of \(n) numbers"
        case .matrix(let rows, let columns): "an array of \(rows) rows of \(columns) numbers"
        case .array(let sizes, let inner):
            "an array of size "
                + (sizes + inner.dimensions).map(String.init).joined(separator: " × ")
        case .tuple: "an object with members \"1\", \"2\", …"
        case .complex(.real): "a pair [real, imaginary]"
        case .complex(let part): "\(part.description), each a pair [real, imaginary]"
        }
    }
}
