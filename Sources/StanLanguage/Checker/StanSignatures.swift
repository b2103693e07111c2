// SPDX-License-Identifier: GPL-3.0-or-later

/// The signatures of the library's functions, from tables in one notation.
///
/// A line is `result name(arguments)`. Words for types: `int`, `real`,
/// `vector`, `row`, `matrix`, `complex`, with `[]`, `[,]` for arrays, and
/// `a|b` for either. Words for several: `ints` and `reals` (a scalar, array or
/// vector), `vec` (vector or row vector), `vecs` (also arrays of those),
/// `list` (vector, row vector or array of reals), `container` (also a matrix),
/// `elem` (anything made of reals), `ielem` (of integers), `T` (any type).
/// Results: `first` is the type of the first argument, `R` the widest of the
/// elementwise arguments (`Z`: of integers), `random_real` a number or an
/// array when an argument is a container.
package enum StanSignatures {
    /// All function names, sorted.
    package static let names: [String] = lines.keys.sorted()

    /// The lines of the tables for each function.
    static let lines: [String: [Substring]] = {
        var lines: [String: [Substring]] = [:]
        let text =
            [
                scalarTable, containerTable, matrixTable, higherOrderTable, laplaceTable,
                transformTable, complexTable, multivariateTable,
            ].joined(separator: "\n")
        for line in text.split(separator: "\n") {
            guard let (name, _) = SignatureReader.name(in: line) else { continue }
            lines[String(name), default: []].append(line)
        }
        for name in elementwiseNames { lines[name, default: []].append("R \(name)(elem)") }
        for name in complexNames { lines[name, default: []].append("complex \(name)(complex)") }
        for (name, line) in univariateLines { lines[name, default: []].append(line) }
        return lines
    }()

    /// Names of all distributions, as they stand after `~`.
    package static let distributions: [String] = names.compactMap { name in
        name.hasSuffix("_lpdf") || name.hasSuffix("_lpmf") ? String(name.dropLast(5)) : nil
    }

    /// The overloads of a function, read from the tables.
    static func read(_ name: String) -> [Signature] {
        (lines[name] ?? []).compactMap { SignatureReader.read($0)?.signature }
    }

    /// The univariate distributions: densities, cumulative functions and
    /// random numbers follow from the arguments.
    private static let univariateLines: [(String, Substring)] = {
        var result: [(String, Substring)] = []
        for line in univariateTable.split(separator: "\n") {
            // name: suffixes: variate | parameters
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let name = parts[0]
            let kinds = parts[1].split(separator: " ")
            let arguments = parts[2].split(separator: "|", omittingEmptySubsequences: false)
            let variate = arguments[0].filter { $0 != " " }
            let parameters =
                arguments.count > 1
                ? arguments[1].split(separator: ",").map { $0.filter { $0 != " " } } : []
            let all = ([variate] + parameters).joined(separator: ", ")
            for kind in kinds {
                switch kind {
                case "cdf":
                    for suffix in ["cdf", "lcdf", "lccdf"] {
                        result.append(("\(name)_\(suffix)", "real \(name)_\(suffix)(\(all))"))
                    }
                case "rng":
                    let type = kinds.contains("lpmf") ? "random_int" : "random_real"
                    result.append(
                        (
                            "\(name)_rng",
                            "\(type) \(name)_rng(\(parameters.joined(separator: ", ")))"
                        ))
                default: result.append(("\(name)_\(kind)", "real \(name)_\(kind)(\(all))"))
                }
            }
        }
        return result
    }()
}
