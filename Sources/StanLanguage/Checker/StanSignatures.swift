// SPDX-License-Identifier: GPL-3.0-or-later

/// The signatures of the library's functions.
package enum StanSignatures {
    /// All function names, sorted.
    package static let names: [String] = []
}
