// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

extension Checker {
    /// The typed program; complete only when no error was reported.
    func program(_ parsed: ParsedProgram, warnings: () -> [Diagnostic]) -> StanProgram {
        collect(parsed.functions)
        let defined = functions.compactMap { define($0) }
        let data = block(parsed, .data, .data)
        let transformedData = block(parsed, .transformedData, .transformedData)
        let parameters = block(parsed, .parameters, .parameters)
        let transformedParameters = block(
            parsed, .transformedParameters, .transformedParameters)
        let model = block(parsed, .model, .model)
        let generatedQuantities = block(parsed, .generatedQuantities, .generatedQuantities)
        return StanProgram(
            source: source, warnings: warnings(), functions: defined, data: data,
            transformedData: transformedData, parameters: parameters,
            transformedParameters: transformedParameters, model: model,
            generatedQuantities: generatedQuantities, slotCount: nextSlot,
            libraryFunctions: usedLibrary.sorted())
    }

    private func block(
        _ parsed: ParsedProgram, _ name: ParsedProgram.Block, _ context: Context
    ) -> StanBlock {
        guard let parsedStatements = parsed.blocks[name] else { return .empty }
        self.context = context
        // The variables of the model block are its own.
        if context == .model {
            return StanBlock(
                declarations: [], statements: inScope { self.statements(parsedStatements) })
        }
        var declarations: [StanDeclaration] = []
        var statements: [StanStatement] = []
        for parsed in parsedStatements {
            if context == .data || context == .parameters {
                switch parsed.kind {
                case .declaration, .empty: break
                default:
                    error(
                        "block",
                        "Only declarations are allowed in the \(name.name) block", at: parsed.range
                    )
                    continue
                }
            }
            guard let statement = statement(parsed, topLevel: true) else { continue }
            switch statement.kind {
            case .declaration(let declaration):
                declarations.append(declaration)
                statements.append(statement)
            case .block(let inner):
                if case .declaration = parsed.kind {
                    for case let item in inner {
                        if case .declaration(let declaration) = item.kind {
                            declarations.append(declaration)
                        }
                    }
                    statements += inner
                } else {
                    statements.append(statement)
                }
            case .empty: break
            default: statements.append(statement)
            }
        }
        return StanBlock(declarations: declarations, statements: statements)
    }
}
