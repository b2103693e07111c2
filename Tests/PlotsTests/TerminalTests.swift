// SPDX-License-Identifier: GPL-3.0-or-later

import Plots
import Testing

@Suite struct TerminalTests {
    @Test func barsAndAxes() throws {
        let figure = plot(
            try histogram(edges: [0, 1, 2, 3], counts: [1, 4, 2]), title: "Three bins",
            x: Axis("x", range: 0...3), y: Axis("count", range: 0...4))
        #expect(
            figure.terminal(width: 33, height: 4) == """
                Three bins
                count
                  │          ██████████
                  │          ██████████
                  │          ████████████████████
                0 ┤██████████████████████████████
                  └┬───────────────────┬─────────
                   0                   2
                                 x

                """)
    }

    @Test func aDiagonal() {
        let figure = plot(
            line([0, 1]), x: Axis(range: 0...1, hasTicks: false),
            y: Axis(range: 0...1, hasTicks: false))
        #expect(
            figure.terminal(width: 30, height: 4) == """
                 │                     ⢀⣀⠤⠤⠒⠒⠉
                 │              ⣀⣀⠤⠔⠒⠊⠉⠁
                 │      ⢀⣀⡠⠤⠔⠒⠉⠉
                 │⣀⠤⠤⠒⠒⠉⠁
                 └────────────────────────────

                """)
    }

    @Test func colourOnlyWhenAsked() {
        let figure = plot(line([0, 1]), line([1, 0], label: "down"), title: "t")
        #expect(!figure.terminal().contains("\u{1B}"))
        #expect(figure.terminal(color: true).contains("\u{1B}[38;5;32m"))
    }

    @Test func textCannotCommandTheTerminal() {
        let figure = plot(line([0, 1]), title: "a\u{1B}[31mb", x: "x\u{7}")
        let text = figure.terminal()
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{7}"))
    }
}
