// SPDX-License-Identifier: GPL-3.0-or-later

/// The lines in which two texts differ, as `diff -u` shows them.
struct LineDifference {
    private static let context = 3

    private enum Line {
        case same(String)
        case removed(String)
        case added(String)

        var text: String {
            switch self {
            case .same(let line): " " + line
            case .removed(let line): "-" + line
            case .added(let line): "+" + line
            }
        }

        var isChange: Bool { if case .same = self { false } else { true } }
        var isOld: Bool { if case .added = self { false } else { true } }
        var isNew: Bool { if case .removed = self { false } else { true } }
    }

    let text: String

    init(_ old: String, _ new: String, name: String) {
        let lines = LineDifference.aligned(LineDifference.lines(old), LineDifference.lines(new))
        var text = ""
        var oldLine = 1
        var newLine = 1
        var i = 0
        while i < lines.count {
            guard let end = LineDifference.hunkEnd(lines, from: i) else { break }
            // Lines before the first change.
            var start = i
            while !lines[start].isChange { start += 1 }
            start = max(i, start - LineDifference.context)
            for line in lines[i..<start] {
                oldLine += line.isOld ? 1 : 0
                newLine += line.isNew ? 1 : 0
            }
            let hunk = lines[start..<end]
            let oldCount = hunk.count { $0.isOld }
            let newCount = hunk.count { $0.isNew }
            text += "@@ -\(oldLine),\(oldCount) +\(newLine),\(newCount) @@\n"
            for line in hunk { text += line.text + "\n" }
            oldLine += oldCount
            newLine += newCount
            i = end
        }
        self.text = text.isEmpty ? "" : "--- \(name)\n+++ \(name)\n" + text
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Where the lines that belong together with the next change end.
    private static func hunkEnd(_ lines: [Line], from start: Int) -> Int? {
        guard var last = lines[start...].firstIndex(where: \.isChange) else { return nil }
        while let next = lines[(last + 1)...].firstIndex(where: \.isChange),
            next - last <= 2 * context
        {
            last = next
        }
        return min(lines.count, last + 1 + context)
    }

    private static func aligned(_ old: [String], _ new: [String]) -> [Line] {
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                lines.append(.removed(old[i]))
                i += 1
            } else if j < new.count, added.contains(j) {
                lines.append(.added(new[j]))
                j += 1
            } else if i < old.count, j < new.count {
                lines.append(.same(old[i]))
                i += 1
                j += 1
            } else {
                break
            }
        }
        return lines
    }
}
