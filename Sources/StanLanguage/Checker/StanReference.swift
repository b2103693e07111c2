// SPDX-License-Identifier: GPL-3.0-or-later

/// What can be said about the library's functions: for editors, for
/// `buffon help` and for the reference page.
public enum StanReference {
    /// `normal_lpdf(reals | reals, reals) => real`, one for each overload.
    static func signatures(_ name: String) -> [String] {
        let bar = Checker.Suffix(name).takesBar
        return StanSignatures.read(name).map { signature in
            var text = signature.description
            if bar, let comma = text.firstRange(of: ",") {
                text.replaceSubrange(comma, with: " |")
            }
            return name + text
        }
    }

    /// `y ~ normal(reals, reals)`
    static func sampling(_ distribution: String) -> String? {
        for suffix in ["_lpdf", "_lpmf"] {
            guard let signature = StanSignatures.read(distribution + suffix).first else {
                continue
            }
            let list = signature.parameters.dropFirst().map(\.pattern.description)
            return "y ~ \(distribution)(\(list.joined(separator: ", ")))"
        }
        return nil
    }

    /// A function's signatures and what it does, in Markdown; nil when there
    /// is none of that name.
    public static func function(_ name: String) -> String? {
        let plain =
            name.hasSuffix("_lupdf") || name.hasSuffix("_lupmf")
            ? name.replacing("_lup", with: "_lp") : name
        let all = signatures(plain)
        guard !all.isEmpty else { return nil }
        var lines = Array(all.prefix(8))
        if all.count > 8 { lines.append("…") }
        if plain != name {
            lines = lines.map { $0.replacing(plain, with: name, maxReplacements: 1) }
        }
        var text = "```stan\n" + lines.joined(separator: "\n") + "\n```"
        if let line = StanDocumentation.line(for: plain) { text += "\n" + line }
        if plain != name { text += " Terms without parameters are dropped." }
        return text
    }

    /// A distribution as it stands after `~`, in Markdown.
    public static func distribution(_ name: String) -> String? {
        guard let statement = sampling(name) else { return nil }
        let line = StanDocumentation.distribution(name).map { "\n" + $0 } ?? ""
        return "```stan\n\(statement)\n```\(line)"
    }

    /// The reference page, in Markdown.
    public static var page: String {
        var text = """
            # Functions of the Stan language

            What `buffon help stan-functions` prints. Types are Stan's; `reals` is a number,
            or an array or vector of numbers (the function works element by element), `ints`
            the same of integers, `T` any type, `a|b` either type. Arguments marked `data`
            must not depend on parameters; `...` are arguments that are handed on.

            ## Distributions

            Every distribution can be used with `~`, and by the functions named.


            """
        var shown: Set<String> = []
        let distributions = StanDocumentation.distributionNames
        for name in distributions + StanSignatures.distributions
        where !shown.contains(name) {
            let names = StanDocumentation.densitySuffixes.map { name + $0.0 }
                .filter { StanSignatures.lines[$0] != nil }
            guard !names.isEmpty else { continue }
            shown.formUnion(names + [name])
            entry(&text, name, StanDocumentation.distribution(name), names.flatMap(signatures))
        }
        text += "\n## Constraints\n\n"
        for name in StanDocumentation.constraintNames {
            let names = StanDocumentation.constraintSuffixes.map { name + $0.0 }
                .filter { StanSignatures.lines[$0] != nil }
            shown.formUnion(names)
            for name in names {
                entry(&text, name, StanDocumentation.line(for: name), signatures(name))
            }
        }
        for section in StanDocumentation.sections {
            text += "\n## \(section.title)\n\n"
            for name in section.names where StanSignatures.lines[name] != nil {
                shown.insert(name)
                entry(&text, name, StanDocumentation.line(for: name), signatures(name))
            }
        }
        let rest = StanSignatures.names.filter { !shown.contains($0) }
        if !rest.isEmpty {
            text += "\n## Other functions\n\n"
            for name in rest {
                entry(&text, name, StanDocumentation.line(for: name), signatures(name))
            }
        }
        return text
    }

    private static func entry(
        _ text: inout String, _ name: String, _ line: String?, _ signatures: [String]
    ) {
        text += "- **`\(name)`**" + (line.map { ": \($0)" } ?? "") + "\n"
        for signature in signatures { text += "  `\(signature)`\\\n" }
        if text.hasSuffix("\\\n") {
            text.replaceSubrange(text.index(text.endIndex, offsetBy: -2)..., with: "\n")
        }
    }
}
