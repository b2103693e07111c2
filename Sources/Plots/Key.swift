// SPDX-License-Identifier: GPL-3.0-or-later

/// One entry of a key: a series with the look of its mark.
struct KeyEntry: Hashable {
    var label: String
    var mark: Mark

    /// The labelled series of a figure, each once. Empty when there is nothing
    /// to tell apart.
    static func entries(of panels: [Panel]) -> [KeyEntry] {
        var entries: [KeyEntry] = []
        var seen = Set<String>()
        for panel in panels where panel.marks.count > 1 {
            for mark in panel.marks {
                guard let label = mark.label, !label.isEmpty else { continue }
                let look = "\(label)|\(mark.style.ink)|\(mark.kind)|\(mark.style.dash)"
                if seen.insert(look).inserted {
                    var small = mark
                    switch mark.shape {
                    case .line: small.shape = .line([])
                    case .area: small.shape = .area([])
                    case .bars: small.shape = .bars([])
                    case .points(_, let symbol): small.shape = .points([], symbol)
                    case .text: continue
                    }
                    entries.append(KeyEntry(label: shortened(label, to: 40), mark: small))
                }
            }
        }
        return entries
    }
}
