// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

enum Version {
    static let number = "0.1.0"

    /// Buffon's version and those of the libraries below it.
    static var text: String { "buffon \(number) (GSL \(gslVersion))" }
}
