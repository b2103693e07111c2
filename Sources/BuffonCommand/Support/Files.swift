// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Foundation

/// The bytes of a file; "-" is standard input.
func readFile(_ path: String) throws -> [UInt8] { try TextFile.read(path) }
