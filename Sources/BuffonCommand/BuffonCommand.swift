// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

@main
struct BuffonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "buffon")
}
