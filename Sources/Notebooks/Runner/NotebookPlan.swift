// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import StanLanguage

/// A notebook whose cells have been parsed and checked: what can run.
struct NotebookPlan {
    var frontMatter: FrontMatter
    /// By cell index.
    var scripts: [Int: CheckedScript] = [:]
    var programs: [Int: (program: StanProgram, slot: Int)] = [:]
    /// What the checker found in cells that are there to fail.
    var expectedFailures: [Int: [Diagnostic]] = [:]
    /// Expressions in prose, by their position among the inline values.
    var inlineValues: [Int: (node: Node, localCount: Int)] = [:]
    var parameterSlots: [Int] = []
    /// Global slots by the cell that defines them.
    var definingCell: [Int: Int] = [:]
    var slotNames: [Int: String] = [:]
    /// Errors and warnings, in the order of the file.
    var diagnostics: [Diagnostic] = []

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    init(_ notebook: Notebook, frontMatter: FrontMatter, registry: Registry) {
        self.frontMatter = frontMatter
        let source = notebook.source
        var checker = Checker(registry)
        for parameter in frontMatter.parameters {
            let line = source.position(of: parameter.range.lowerBound).line
            let slot = checker.declare(
                parameter.name, type: ScriptType(parameter.value.typeName),
                place: "as a parameter at line \(line)")
            parameterSlots.append(slot)
            slotNames[slot] = parameter.name
        }
        var syntax: [Int: [Syntax.Statement]] = [:]
        for cell in notebook.cells where cell.language == .buffon {
            do {
                syntax[cell.index] = try Parser.parse(source, cell.code)
            } catch {
                note(error.diagnostics, of: cell)
            }
        }
        checker.later = NotebookPlan.definitions(notebook, syntax)
        for cell in notebook.cells {
            switch cell.language {
            case .buffon:
                guard let statements = syntax[cell.index] else { continue }
                NotebookPlan.forget(statements, &checker.later)
                let script = checker.check(statements, source: source, cell: cell.index)
                scripts[cell.index] = script
                for definition in script.definitions {
                    definingCell[definition.slot] = cell.index
                    slotNames[definition.slot] = definition.name
                }
                note(checker.diagnostics, of: cell)
            case .stan: addProgram(cell, source, &checker)
            }
        }
        for (index, inline) in notebook.inlineValues.enumerated() {
            addInlineValue(index, inline, source, &checker)
        }
        diagnostics += notebook.warnings + notebook.danglingReferences
        diagnostics.sort { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
    }

    /// Errors of a cell that must fail are its results.
    private mutating func note(_ found: [Diagnostic], of cell: Cell) {
        if cell.attributes.mustFail, !found.isEmpty {
            expectedFailures[cell.index, default: []] += found
        } else {
            diagnostics += found
        }
    }

    /// The names that cells define, with their lines.
    private static func definitions(
        _ notebook: Notebook, _ syntax: [Int: [Syntax.Statement]]
    ) -> [String: Int] {
        var result: [String: Int] = [:]
        for cell in notebook.cells {
            if cell.language == .stan, let label = cell.label {
                result[label] = result[label] ?? cell.line - 1
            }
            for statement in syntax[cell.index] ?? [] {
                if case .binding(let name, _, _) = statement.kind, result[name.text] == nil {
                    result[name.text] =
                        notebook.source.position(of: name.range.lowerBound).line
                }
            }
        }
        return result
    }

    private static func forget(_ statements: [Syntax.Statement], _ later: inout [String: Int]) {
        for statement in statements {
            if case .binding(let name, _, _) = statement.kind { later[name.text] = nil }
        }
    }

    private mutating func addProgram(_ cell: Cell, _ source: SourceText, _ checker: inout Checker) {
        guard let label = cell.label else { return }
        checker.later[label] = nil
        // A cell's text ends with its last line, as a file does.
        let text = SourceText(
            name: source.name, text: source.text(in: cell.code), firstLine: cell.line)
        var program: StanProgram?
        do {
            let parsed = try StanProgram.parse(text)
            diagnostics += parsed.warnings
            program = parsed
        } catch {
            note(error.diagnostics, of: cell)
        }
        if let earlier = checker.globals[label] {
            diagnostics.append(
                Diagnostic(
                    code: "script/redefinition", "'\(label)' is already defined \(earlier.place)",
                    in: source, at: cell.range.lowerBound..<cell.code.lowerBound,
                    help: "the label of a stan cell is the name of its model"))
            return
        }
        let slot = checker.declare(
            label, type: ScriptType("model"), place: "by the stan cell at line \(cell.line - 1)")
        definingCell[slot] = cell.index
        slotNames[slot] = label
        if let program { programs[cell.index] = (program, slot) }
    }

    private mutating func addInlineValue(
        _ index: Int, _ inline: Notebook.InlineValue, _ source: SourceText,
        _ checker: inout Checker
    ) {
        do {
            let expression = try Parser.expression(source, inline.expression)
            let statement = Syntax.Statement(
                kind: .expression(expression), range: inline.expression)
            let script = checker.check([statement], source: source, cell: -2)
            diagnostics += checker.diagnostics
            if checker.diagnostics.isEmpty,
                case .evaluate(let node)? = script.statements.first?.kind
            {
                inlineValues[index] = (node, script.localCount)
            }
        } catch {
            diagnostics.append(error)
        }
    }
}

extension Notebook {
    /// Everything wrong with the notebook that can be seen without running it:
    /// syntax, names, labels, arities, kinds, Stan programs, links.
    public func check(registry: Registry = .standard) -> [Diagnostic] {
        let plan = try? withLargeStack {
            NotebookPlan(self, frontMatter: frontMatter, registry: registry)
        }
        return plan?.diagnostics ?? []
    }
}
