// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Standard output for results, standard error for everything else.
enum Console {
    /// A reader that stops early (`| head`) ends the program quietly.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_DFL) }

    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether results may be coloured: on a terminal, unless NO_COLOR is set.
    static var usesColor: Bool {
        isOutputTerminal && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Columns of the terminal, 80 elsewhere.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    static func print(_ text: String) { write(text + "\n") }

    /// A text that has its line ends.
    static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Replaces the last line of a terminal's standard error; nothing elsewhere.
    static func progress(_ text: String) {
        guard isErrorTerminal else { return }
        FileHandle.standardError.write(Data(("\r\u{1B}[2K" + text).utf8))
    }
}
