// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Every name of the script language, with its documentation: the one table
/// behind the checker, the evaluator, `buffon help`, completion and "did you
/// mean".
public struct Registry: Sendable {
    /// Functions and constants by name.
    private(set) var functions: [String: [ScriptFunction]] = [:]
    /// Members by type, then by name.
    private(set) var members: [String: [String: [ScriptFunction]]] = [:]
    /// What follows a name and a point: `Gamma.fit`.
    private(set) var statics: [String: [String: [ScriptFunction]]] = [:]
    /// In the order in which they were defined.
    public private(set) var all: [ScriptFunction] = []

    init() {}

    typealias Body = @Sendable (Call) throws -> ScriptValue

    /// Adds a function, or a constant when the signature has no brackets.
    mutating func define(
        _ signature: String, _ documentation: String,
        scalar: (@Sendable (Double) -> Double)? = nil, _ body: @escaping Body
    ) {
        var function = make(signature, documentation, owner: nil, body)
        function.scalar = scalar
        functions[function.name, default: []].append(function)
        all.append(function)
    }

    /// Adds a method or property of a type.
    mutating func define(
        on type: String, _ signature: String, _ documentation: String, _ body: @escaping Body
    ) {
        let function = make(signature, documentation, owner: type, body)
        members[type, default: [:]][function.name, default: []].append(function)
        all.append(function)
    }

    /// Adds a function that is called through a name: `Gamma.fit(data)`.
    mutating func define(
        under name: String, _ signature: String, _ documentation: String, _ body: @escaping Body
    ) {
        let function = make(signature, documentation, owner: name, body)
        statics[name, default: [:]][function.name, default: []].append(function)
        all.append(function)
    }

    private func make(
        _ text: String, _ documentation: String, owner: String?, _ body: @escaping Body
    ) -> ScriptFunction {
        let signature = Signature(text)
        return ScriptFunction(
            name: signature.name, owner: owner, isProperty: signature.isProperty, signature: text,
            documentation: documentation, parameters: signature.parameters,
            result: signature.result, body: body)
    }

    /// The overloads of a member of a type.
    func member(_ name: String, of type: String) -> [ScriptFunction]? { members[type]?[name] }

    /// All types that have a member with a name.
    func types(with member: String) -> [String] {
        members.filter { $0.value[member] != nil }.map(\.key).sorted()
    }

    /// All names of functions, constants and types' members, sorted: what
    /// completion offers.
    public var names: [String] {
        var result = Set(functions.keys)
        for (owner, inner) in statics { result.formUnion(inner.keys.map { "\(owner).\($0)" }) }
        for inner in members.values { result.formUnion(inner.keys.map { ".\($0)" }) }
        return result.sorted()
    }

    /// All names by what they belong to, for a first look.
    public var overview: String {
        func paragraph(_ head: String, _ names: some Sequence<String>) -> String {
            var lines = [head + ":"]
            var line = "   "
            for name in names.sorted() {
                if line.count + name.count > 78 {
                    lines.append(line)
                    line = "   "
                }
                line += " " + name
            }
            return (lines + [line]).joined(separator: "\n")
        }
        var parts = [paragraph("functions and constants", functions.keys)]
        let inner = statics.flatMap { owner, names in names.keys.map { "\(owner).\($0)" } }
        parts.append(paragraph("functions of a name", inner))
        for type in members.keys.sorted() {
            let names = members[type, default: [:]].keys.filter { $0 != "subscript" }
            parts.append(paragraph("members of \(type.withArticle)", names))
        }
        return parts.joined(separator: "\n\n")
    }

    /// What there is to say about a name: signatures with their documentation.
    ///
    /// - Parameter name: a function (`Normal`), a member (`.cdf`, or
    ///   `distribution.cdf`), a function under a name (`Gamma.fit`) or a type
    ///   (`distribution`).
    /// - Throws: a diagnostic with the closest name, when there is none such.
    public func help(_ name: String) throws(Diagnostic) -> String {
        var found: [ScriptFunction] = []
        let parts = name.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
        if parts.count == 2 {
            found += statics[parts[0]]?[parts[1]] ?? []
            found += members[parts[0]]?[parts[1]] ?? []
        } else if parts.count == 1 {
            let word = parts[0]
            if !name.hasPrefix(".") {
                found += functions[word] ?? []
                found += all.filter { $0.owner == word }
            }
            if found.isEmpty { found += all.filter { $0.owner != nil && $0.name == word } }
        }
        guard !found.isEmpty else {
            let candidates =
                names.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 } + Array(members.keys)
            throw Diagnostic(
                code: "script/unknown-name", "there is no function or type called '\(name)'",
                help: suggestion(for: name, among: candidates.sorted()).map {
                    "did you mean `\($0)`?"
                } ?? "`buffon help functions` lists the names")
        }
        return found.map { function in
            let owner = function.owner.map { $0 + "." } ?? ""
            return "\(owner)\(function.signature)\n    \(function.documentation)"
        }.joined(separator: "\n")
    }
}
