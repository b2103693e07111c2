// SPDX-License-Identifier: GPL-3.0-or-later

/// The names of the library's functions, each with a number, so that nothing
/// looks up a string while a model runs.
package enum StanFunctions {
    /// All names that have a signature, sorted; a name's position is its number.
    package static let names: [String] = StanSignatures.names

    private static let numbers: [String: Int] = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })

    /// The number of a function, nil when there is none of that name.
    package static func id(of name: String) -> Int? { numbers[name] }
}
