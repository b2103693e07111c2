// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of documentation for each function of the library, from tables
/// beside those of the signatures.
///
/// What belongs to a distribution (`normal_lpdf`, `normal_rng`, …) and to a
/// constraint (`simplex_jacobian`, …) is made from one line for all.
package enum StanDocumentation {
    /// What a function does, as one sentence; nil when nobody has said.
    package static func line(for name: String) -> String? {
        if let line = functions[name] { return line }
        for (suffix, words) in densitySuffixes where name.hasSuffix(suffix) {
            guard let distribution = distributions[String(name.dropLast(suffix.count))] else {
                continue
            }
            return "\(words) the \(distribution)."
        }
        for (suffix, words) in constraintSuffixes where name.hasSuffix(suffix) {
            guard let constraint = constraints[String(name.dropLast(suffix.count))] else {
                continue
            }
            return words.replacing("…", with: constraint)
        }
        return nil
    }

    /// What stands after `~`: "Normal distribution with …".
    package static func distribution(_ name: String) -> String? {
        distributions[name].map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    }

    /// Headings of the functions' table, with the names below each.
    package static let sections: [(title: String, names: [String])] = {
        var sections: [(String, [String])] = []
        for line in functionTable.split(separator: "\n") {
            if line.hasPrefix("# ") {
                sections.append((String(line.dropFirst(2)), []))
            } else if let (name, _) = entry(line), !sections.isEmpty {
                sections[sections.count - 1].1.append(name)
            }
        }
        return sections
    }()

    /// The distributions in the order of their table.
    package static let distributionNames: [String] = distributionTable.split(separator: "\n")
        .compactMap { entry($0)?.0 }

    /// The constraints in the order of their table.
    package static let constraintNames: [String] = constraintTable.split(separator: "\n")
        .compactMap { entry($0)?.0 }

    package static let densitySuffixes = [
        ("_lpdf", "Log of the density of"), ("_lpmf", "Log of the probability under"),
        ("_lcdf", "Log of the cumulative distribution function of"),
        ("_lccdf", "Log of the complementary cumulative distribution function of"),
        ("_lcdf_unnorm", "Log of the unnormalized cumulative distribution function of"),
        (
            "_lccdf_unnorm",
            "Log of the unnormalized complementary cumulative distribution function of"
        ),
        ("_cdf", "Cumulative distribution function of"), ("_rng", "Random draw from"),
    ]

    package static let constraintSuffixes = [
        ("_constrain", "… from its unconstrained coordinates."),
        (
            "_jacobian",
            "… from its unconstrained coordinates; the log Jacobian is added to the target."
        ),
        ("_unconstrain", "Unconstrained coordinates: the inverse of … from its coordinates."),
    ]

    private static let functions = table(functionTable)
    private static let distributions = table(distributionTable)
    private static let constraints = table(constraintTable)

    private static func table(_ text: String) -> [String: String] {
        var result: [String: String] = [:]
        for line in text.split(separator: "\n") {
            if let (name, text) = entry(line) { result[name] = text }
        }
        return result
    }

    private static func entry(_ line: Substring) -> (String, String)? {
        guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#") else { return nil }
        let text = line[line.index(after: colon)...].drop { $0 == " " }
        return (String(line[..<colon]), String(text))
    }
}
