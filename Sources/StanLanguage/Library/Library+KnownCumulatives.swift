// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    static let knownCumulatives: LibraryGroup = [:]
}
