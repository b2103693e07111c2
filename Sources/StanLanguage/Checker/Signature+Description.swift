// SPDX-License-Identifier: GPL-3.0-or-later

extension Signature {
    /// As Stan writes it: `(vector, real) => real`.
    var description: String {
        let list = parameters.map { ($0.isDataOnly ? "data " : "") + $0.pattern.description }
        let all = list + (isVariadic ? ["..."] : [])
        return "(" + all.joined(separator: ", ") + ") => \(resultText)"
    }

    private var resultText: String {
        switch result {
        case .type(let type): return type.description
        case .first: return parameters.first?.pattern.description ?? "T"
        case .broadcast: return "reals"
        case .broadcastInteger: return "ints"
        case .random(let type): return "\(type) or array[] \(type)"
        case .generic(let depth): return Pattern.generic(depth).description
        }
    }
}

extension Signature.Pattern: CustomStringConvertible {
    var description: String {
        switch self {
        case .types(let types):
            let names: [([StanType], String)] = [
                ([.real, .vector, .rowVector, .array(of: .real, 1)], "reals"),
                ([.int, .array(of: .int, 1)], "ints"),
                (
                    [.vector, .rowVector, .array(of: .vector, 1), .array(of: .rowVector, 1)],
                    "vectors"
                ),
            ]
            return names.first { $0.0 == types }?.1
                ?? types.map(\.description).joined(separator: "|")
        case .elementwise(let integral): return integral ? "ints" : "reals"
        case .generic(let depth):
            return depth == 0
                ? "T"
                : StanType.array(of: .void, depth)
                    .description.replacing("void", with: "T")
        case .function(let inner, let variadic, let result):
            let list = inner.map { $0.pattern.description } + (variadic ? ["..."] : [])
            return "((" + list.joined(separator: ", ") + ") => \(result))"
        case .arguments: return "tuple(...)"
        case .any: return "any"
        }
    }
}
