// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A picture: one or more panels with a title and a caption.
///
/// A figure is plain data. It becomes an image through ``svg(width:)`` and
/// text through ``terminal(width:height:color:)``.
///
///     let figure = try plot(
///         histogram(heights, density: true), curve(fitted.pdf, label: "gamma"),
///         title: "Heights", x: "height (cm)")
///     print(figure.terminal())
public struct Figure: Hashable, Sendable {
    public var title: String?
    public var caption: String?
    /// In reading order.
    public var panels: [Panel]
    /// How many panels stand side by side.
    public var columns: Int
    /// A description that replaces the generated one.
    public var alternativeText: String?

    /// The most panels one figure may have.
    public static let maximumPanels = 36

    public init(
        panels: [Panel], columns: Int? = nil, title: String? = nil, caption: String? = nil
    ) {
        self.panels = Array(panels.prefix(Self.maximumPanels))
        self.columns = max(1, columns ?? Self.columns(for: self.panels.count))
        self.title = title
        self.caption = caption
    }

    static func columns(for count: Int) -> Int {
        switch count {
        case ...1: 1
        case 2, 4: 2
        case 3, 5, 6, 9: 3
        default: 4
        }
    }

    /// The caption followed by what the marks need said, one text.
    var fullCaption: String? {
        var parts: [String] = []
        if let caption, !caption.isEmpty {
            let isAlone = panels.allSatisfy(\.notes.isEmpty)
            parts.append(isAlone ? caption : sentence(caption))
        }
        for note in panels.flatMap(\.notes) where !parts.contains(note) { parts.append(note) }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// A text with a full stop, unless it ends with a mark of its own.
    private func sentence(_ text: String) -> String {
        guard let last = text.last, !".!?…:;".contains(last) else { return text }
        return text + "."
    }

    /// What the picture is of, then what it shows in words and numbers: also the `<desc>` of the SVG.
    public var altText: String {
        if let alternativeText { return alternativeText }
        var parts: [String] = []
        if let title { parts.append(sentence(title)) }
        if let fullCaption { parts.append(sentence(fullCaption)) }
        for (i, panel) in panels.enumerated() {
            var head: [String] = []
            if panels.count > 1 { head.append("Panel \(i + 1)") }
            if let title = panel.title { head.append(title) }
            if !head.isEmpty { parts.append(head.joined(separator: ", ") + ":") }
            parts += panel.sentences
            let axes = panel.axes
            if !panel.isEmpty {
                parts.append(
                    "Axes: \(axes.x.inWords(else: "x")); \(axes.y.inWords(else: "y")).")
            } else {
                parts.append("No data.")
            }
        }
        return shortened(parts.joined(separator: " "), to: 4000)
    }
}

extension ResolvedAxis {
    fileprivate func inWords(else name: String) -> String {
        let title = title ?? name
        if case .category(let names) = scale {
            return "\(title), \(names.count) \(names.count == 1 ? "category" : "categories")"
        }
        let kind = scale == .log ? " (logarithmic)" : ""
        return "\(title)\(kind) from \(NumberText.short(low)) to \(NumberText.short(high))"
    }
}

/// Several figures as the panels of one.
///
/// Throws when there are none, or more than ``Figure/maximumPanels`` panels.
public func grid(
    _ figures: [Figure], columns: Int? = nil, title: String? = nil, caption: String? = nil
) throws(ParameterError) -> Figure {
    var panels: [Panel] = []
    var captions: [String] = []
    for figure in figures {
        for var panel in figure.panels {
            if panel.title == nil, figure.panels.count == 1 { panel.title = figure.title }
            panels.append(panel)
        }
        if let caption = figure.caption, !captions.contains(caption) { captions.append(caption) }
    }
    guard (1...Figure.maximumPanels).contains(panels.count) else {
        throw ParameterError(
            "number of panels", is: panels.count, mustBe: "from 1 to \(Figure.maximumPanels)")
    }
    if let columns, columns < 1 {
        throw ParameterError("columns", is: columns, mustBe: "at least 1")
    }
    return Figure(
        panels: panels, columns: columns, title: title,
        caption: caption ?? (captions.isEmpty ? nil : captions.joined(separator: " ")))
}
