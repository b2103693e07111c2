// SPDX-License-Identifier: GPL-3.0-or-later

extension Figure {
    /// The figure as an SVG document: text stays text, the dark theme is a style
    /// rule, and the same figure always gives the same bytes.
    /// - Parameter width: width in pixels, kept within 200…2,000; the height
    ///   follows from it and from what is drawn. The picture scales.
    public func svg(width: Double = 640) -> String {
        let width = width.isFinite ? min(max(width, 200), 2000).rounded() : 640
        let layout = SVGLayout(self, width: width)
        var writer = SVGWriter()
        let background = writer.fill("b", .background)
        layout.write(self, to: &writer)
        let size = "\(SVGWriter.number(width)) \(SVGWriter.number(layout.height))"
        let name = title ?? panels.compactMap(\.title).first ?? "Figure"
        let font =
            "system-ui, -apple-system, &#39;Segoe UI&#39;, Roboto, &#39;Helvetica Neue&#39;, "
            + "Arial, sans-serif"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
            width="\(SVGWriter.number(width))" height="\(SVGWriter.number(layout.height))" \
            role="img" font-family="\(font)" font-size="12">
            <title>\(SVGWriter.escaped(name))</title>
            <desc>\(SVGWriter.escaped(altText))</desc>
            <style>@media (prefers-color-scheme:dark){\(writer.darkTheme)}</style>
            <rect width="100%" height="100%" \(background)/>
            \(writer.body)</svg>

            """
    }
}
