// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Gives a parsed program names and types, and refuses what is not Stan.
///
/// An expression with an error becomes nil after the error has been reported,
/// and what contains it becomes nil without another report.
final class Checker {
    /// The block or function that statements stand in.
    enum Context: Equatable {
        case data, transformedData, parameters, transformedParameters, model
        case generatedQuantities
        case function(StanFunction.Kind)
    }

    /// A function of the program before its body has been checked.
    struct FunctionEntry {
        var parsed: ParsedFunction
        var type: StanFunctionType
        var kind: StanFunction.Kind
    }

    let source: SourceText
    var diagnostics: [Diagnostic] = []

    var functions: [FunctionEntry] = []
    var functionsByName: [String: [Int]] = [:]

    var scopes: [[String: StanVariable]] = [[:]]
    var nextSlot = 0
    var context = Context.data
    var loopDepth = 0
    /// The result of the function whose body is checked.
    var returnType: StanType?
    /// How many references to parameters, and to what is made of them, have
    /// been seen.
    var parameterReferences = 0

    /// How many calls of random number generators have been seen.
    var randomCalls = 0

    var usedLibrary: Set<String> = []
    private var signatures: [String: [Signature]] = [:]
    private var warned: Set<String> = []

    init(_ source: SourceText) { self.source = source }

    // MARK: Diagnostics

    func error(
        _ code: String, _ message: String, at range: Range<Int>, label: String? = nil,
        help: String? = nil
    ) {
        guard diagnostics.count < 200 else { return }
        diagnostics.append(
            Diagnostic(
                code: "stan/" + code, message, in: source, at: range, label: label, help: help))
    }

    /// One warning a kind of outdated usage.
    func warn(_ kind: String, _ message: String, at range: Range<Int>, help: String? = nil) {
        guard warned.insert(kind).inserted else { return }
        diagnostics.append(
            Diagnostic(
                .warning, code: "stan/deprecated", message, in: source, at: range, help: help))
    }

    // MARK: Scopes

    func lookUp(_ name: String) -> StanVariable? {
        for scope in scopes.reversed() {
            if let variable = scope[name] { return variable }
        }
        return nil
    }

    func inScope<T>(_ body: () -> T) -> T {
        scopes.append([:])
        defer { scopes.removeLast() }
        return body()
    }

    func declare(
        _ name: ParsedName, _ type: StanType, _ origin: StanVariable.Origin, isData: Bool
    ) -> StanVariable {
        if name.text.hasSuffix("__") {
            error(
                "identifier",
                "identifiers ending with two underscores are reserved: '\(name.text)'",
                at: name.range)
        } else if Suffix(name.text) == .unnormalized {
            error(
                "identifier", "identifiers cannot end in _lupdf or _lupmf: '\(name.text)'",
                at: name.range)
        } else if Checker.reservedWords.contains(name.text) {
            error("reserved", "'\(name.text)' is a reserved word", at: name.range)
        } else if name.text.hasPrefix("_") {
            error("identifier", "identifiers must begin with a letter", at: name.range)
        } else if let earlier = lookUp(name.text) {
            let line = source.position(of: earlier.range.lowerBound).line
            error(
                "redeclared", "Identifier '\(name.text)' is already in use", at: name.range,
                help: "it is declared in line \(line)")
        }
        let variable = StanVariable(
            name: name.text, type: type, slot: nextSlot, origin: origin, isData: isData,
            range: name.range)
        nextSlot += 1
        scopes[scopes.count - 1][name.text] = variable
        return variable
    }

    /// Reserved for the future; what the grammar uses, the parser refuses.
    private static let reservedWords: Set<String> = [
        "true", "false", "repeat", "until", "then", "struct", "typedef", "export", "auto",
        "extern", "var", "static",
    ]

    /// All names that can be used here, for suggestions.
    var visibleNames: [String] { scopes.flatMap(\.keys).sorted() }

    /// ". Did you mean 'x'?" when there is a similar name. One or two letters
    /// are similar to too many.
    func didYouMean(_ name: String, among candidates: [String]) -> String {
        guard name.count > 2 else { return "" }
        return suggestion(for: name, among: candidates).map { ". Did you mean '\($0)'?" } ?? ""
    }

    // MARK: Context

    /// Whether parameters have plain values here, so that any expression
    /// serves where data is asked for.
    var everythingIsData: Bool {
        context == .generatedQuantities || context == .transformedData || context == .data
    }

    func isData(_ expression: StanExpression) -> Bool { everythingIsData || expression.isData }

    /// Whether the target may be changed.
    var mayChangeTarget: Bool { context == .model || context == .function(.target) }

    var mayDrawRandomNumbers: Bool {
        context == .transformedData || context == .generatedQuantities
            || context == .function(.random)
    }

    // MARK: Library

    func overloads(_ name: String) -> [Signature] {
        if let known = signatures[name] { return known }
        let read = StanSignatures.read(name)
        signatures[name] = read
        return read
    }

    func isLibraryFunction(_ name: String) -> Bool { StanSignatures.lines[name] != nil }

    // MARK: Making expressions

    /// The expression as another type, when that takes a promotion.
    func promote(_ expression: StanExpression, to type: StanType) -> StanExpression {
        if expression.type == type { return expression }
        if case .integer(let value) = expression.kind, type == .real {
            return StanExpression(
                .real(Double(value)), type: .real, isData: true, range: expression.range)
        }
        return StanExpression(
            .promotion(expression), type: type, isData: expression.isData,
            range: expression.range)
    }
}
