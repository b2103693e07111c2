// SPDX-License-Identifier: GPL-3.0-or-later

/// Goes through the statements and expressions of a checked program in the
/// order of the text. What a truncation stands for is left out: it is not in
/// the text.
struct StanVisitor {
    var onStatement: (StanStatement) -> Void = { _ in }
    var onExpression: (StanExpression) -> Void = { _ in }
    /// A place that is assigned to.
    var onLeftValue: (StanLeftValue) -> Void = { _ in }
    /// Variables where they are declared.
    var onDeclaration: (StanVariable) -> Void = { _ in }

    func visit(_ program: StanProgram) {
        for function in program.functions {
            function.arguments.forEach(onDeclaration)
            visit(function.body)
        }
        for block in [
            program.data, program.transformedData, program.parameters,
            program.transformedParameters, program.model, program.generatedQuantities,
        ] {
            block.statements.forEach(visit)
        }
    }

    // MARK: Statements

    func visit(_ statement: StanStatement) {
        onStatement(statement)
        switch statement.kind {
        case .declaration(let declaration):
            visit(declaration.sizedType)
            visit(declaration.transformation)
            onDeclaration(declaration.variable)
            visit(declaration.initializer)
        case .assignment(let assignment):
            visit(assignment.target)
            visit(assignment.value)
        case .unpacking(let targets, let value):
            targets.forEach(visit)
            visit(value)
        case .targetIncrement(let value), .jacobianIncrement(let value): visit(value)
        case .sampling(let sampling):
            // The density itself has the range of the statement.
            sampling.density.operands.forEach(visit)
            visit(sampling.truncation?.lower)
            visit(sampling.truncation?.upper)
        case .forRange(let variable, let lower, let upper, let body):
            onDeclaration(variable)
            visit(lower)
            visit(upper)
            visit(body)
        case .forEach(let variable, let container, let body):
            onDeclaration(variable)
            visit(container)
            visit(body)
        case .whileLoop(let condition, let body):
            visit(condition)
            visit(body)
        case .conditional(let condition, let then, let other):
            visit(condition)
            visit(then)
            if let other { visit(other) }
        case .returnValue(let value): visit(value)
        case .block(let statements), .profile(_, let statements): statements.forEach(visit)
        case .print(let items), .reject(let items), .fatalError(let items):
            for case .expression(let value) in items { visit(value) }
        case .call(let call): visit(call)
        case .breakLoop, .continueLoop, .empty: break
        }
    }

    private func visit(_ value: StanLeftValue) {
        onLeftValue(value)
        for case .indices(let indices) in value.steps { indices.forEach(visit) }
    }

    private func visit(_ target: StanUnpackingTarget) {
        switch target {
        case .place(let place): visit(place)
        case .nested(let targets): targets.forEach(visit)
        }
    }

    private func visit(_ type: StanSizedType) {
        switch type {
        case .int, .real, .complex: break
        case .vector(let size), .rowVector(let size), .complexVector(let size),
            .complexRowVector(let size):
            visit(size)
        case .matrix(let rows, let columns), .complexMatrix(let rows, let columns):
            visit(rows)
            visit(columns)
        case .array(let sizes, let element):
            sizes.forEach(visit)
            visit(element)
        case .tuple(let elements):
            for element in elements {
                visit(element.type)
                visit(element.transformation)
            }
        }
    }

    private func visit(_ transformation: StanTransformation) {
        switch transformation {
        case .lower(let value), .upper(let value), .offset(let value), .multiplier(let value):
            visit(value)
        case .lowerUpper(let first, let second), .offsetMultiplier(let first, let second):
            visit(first)
            visit(second)
        default: break
        }
    }

    // MARK: Expressions

    func visit(_ expression: StanExpression?) {
        guard let expression else { return }
        onExpression(expression)
        switch expression.kind {
        case .indexed(let base, let indices):
            visit(base)
            indices.forEach(visit)
        default: expression.operands.forEach(visit)
        }
    }

    private func visit(_ index: StanIndex) {
        switch index {
        case .all: break
        case .single(let value), .multiple(let value), .from(let value), .upTo(let value):
            visit(value)
        case .range(let lower, let upper):
            visit(lower)
            visit(upper)
        }
    }
}

extension StanExpression {
    /// The expressions directly inside, without those of indices.
    var operands: [StanExpression] {
        switch kind {
        case .integer, .real, .imaginary, .variable, .functionReference, .target: return []
        case .indexed(let base, _), .tupleElement(let base, _): return [base]
        case .unary(_, let operand), .promotion(let operand): return [operand]
        case .binary(_, let left, let right): return [left, right]
        case .conditional(let condition, let then, let other): return [condition, then, other]
        case .libraryCall(let call): return call.arguments
        case .userCall(let call): return call.arguments
        case .array(let list), .rowVector(let list), .matrix(let list), .tuple(let list):
            return list
        }
    }
}
