// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors

extension Evaluator {
    /// Numbers that one variable may hold: 2 GB of them.
    static let largestVariable = 1 << 28

    func declare(_ declaration: StanDeclaration) throws {
        let type = try resolve(declaration)
        // Blank first: the initial value may name the variable itself.
        slots[declaration.variable.slot] = type.blank
        guard let initializer = declaration.initializer else { return }
        let value = try evaluate(initializer)
        guard type.fits(value) else {
            throw mismatch(declaration.variable.name, type, value, initializer.range)
        }
        slots[declaration.variable.slot] = value
    }

    func mismatch(
        _ name: String, _ type: ResolvedType, _ value: Value, _ range: Range<Int>
    ) -> Diagnostic {
        let declared = type.dimensions.map(String.init).joined(separator: ", ")
        let found = value.dimensions.map(String.init).joined(separator: ", ")
        return Diagnostic(
            code: "stan/size-mismatch",
            "\(name) has size (\(declared)), but the value assigned to it has size (\(found))",
            in: program.source, at: range)
    }

    /// The sizes of a declaration, checked: not negative, not absurd.
    func resolve(_ declaration: StanDeclaration) throws -> ResolvedType {
        let name = declaration.variable.name
        let type = try resolve(declaration.sizedType, name)
        let count = type.count
        guard let count, count <= Self.largestVariable else {
            let size =
                count.map {
                    "\(Double($0) * 8 / 1e9 > 1e6 ? "over a million" : formatted((Double($0) * 8 / 1e8).rounded() / 10)) GB"
                }
                ?? "more memory than any machine has"
            throw Diagnostic(
                code: "stan/too-large",
                "\(name) would need \(size): its sizes are "
                    + type.dimensions.map(String.init).joined(separator: " by "),
                in: program.source, at: declaration.range,
                help: "a variable may hold up to \(Self.largestVariable) numbers (2 GB)")
        }
        return type
    }

    private func resolve(_ sized: StanSizedType, _ name: String) throws -> ResolvedType {
        func size(_ expression: StanExpression) throws -> Int {
            let size = try integer(expression)
            guard size >= 0 else {
                throw Diagnostic(
                    code: "stan/negative-size",
                    "Found negative dimension size in variable declaration; "
                        + "variable = \(name); dimension size expression = "
                        + "\(program.source.text(in: expression.range)); expression value = \(size)",
                    in: program.source, at: expression.range)
            }
            return size
        }
        switch sized {
        case .int: return .int
        case .real: return .real
        case .vector(let n): return .vector(try size(n))
        case .rowVector(let n): return .rowVector(try size(n))
        case .matrix(let rows, let columns): return .matrix(try size(rows), try size(columns))
        case .array(let sizes, let element):
            return .array(try sizes.map(size), try resolve(element, name))
        case .tuple(let elements):
            return .tuple(try elements.map { try resolve($0.type, name) })
        case .complex: return .complex(.real)
        case .complexVector(let n): return .complex(.vector(try size(n)))
        case .complexRowVector(let n): return .complex(.rowVector(try size(n)))
        case .complexMatrix(let rows, let columns):
            return .complex(.matrix(try size(rows), try size(columns)))
        }
    }
}
