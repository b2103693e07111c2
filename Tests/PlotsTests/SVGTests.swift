// SPDX-License-Identifier: GPL-3.0-or-later

import Plots
import Testing

@Suite struct SVGTests {
    @Test func textIsEscaped() {
        let figure = plot(
            line([1, 2], label: "<b>&\u{0}"), line([2, 1], label: "b"), title: "a < b & \"c\"",
            x: "<script>alert(1)</script>")
        let svg = figure.svg()
        #expect(!svg.contains("<script"))
        #expect(!svg.contains("\u{0}"))
        #expect(svg.contains("a &lt; b &amp; &quot;c&quot;"))
    }

    @Test func sameFigureSameBytes() {
        let make = { plot(curve({ $0 * $0 }, from: -1, to: 1), title: "square").svg() }
        #expect(make() == make())
    }

    @Test func isAnAccessibleImage() {
        let svg = plot(line([1, 4, 2]), title: "Three").svg()
        #expect(svg.contains("role=\"img\""))
        #expect(svg.contains("<title>Three</title>"))
        #expect(svg.contains("<desc>Three. Line through 3 points from (0, 1) to (2, 2)"))
        #expect(svg.contains("prefers-color-scheme:dark"))
    }
}
