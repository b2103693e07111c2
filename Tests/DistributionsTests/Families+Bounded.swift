// SPDX-License-Identifier: GPL-3.0-or-later

@testable import Distributions

let boundedFamilies: [Family] = []
