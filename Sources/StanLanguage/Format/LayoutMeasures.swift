// SPDX-License-Identifier: GPL-3.0-or-later

/// Widths of the stretches of a layout, known before it is printed.
struct LayoutMeasures {
    /// Width on one line of all steps before each.
    private var before: [Int] = [0]
    /// The step that closes a frame, and for a line the next one of its frame
    /// or the frame's end.
    private var partner: [Int]
    /// The next step at which a line may or must end.
    private var nextBreak: [Int]
    /// The next step that must end a line.
    private var nextForced: [Int]

    init(_ steps: [Layout.Step]) {
        partner = [Int](repeating: steps.count, count: steps.count)
        nextBreak = [Int](repeating: steps.count, count: steps.count + 1)
        nextForced = nextBreak
        before.reserveCapacity(steps.count + 1)
        // Of each open frame where it began and its last line; indentations
        // have no lines of their own.
        var frames: [(begin: Int, line: Int?, isTransparent: Bool)] = []
        var groups: [Int] = []
        for (i, step) in steps.enumerated() {
            var width = 0
            switch step {
            case .text(_, let count): width = count
            case .space: width = 1
            case .line:
                width = 1
                if let group = groups.last {
                    if let earlier = frames[group].line { partner[earlier] = i }
                    frames[group].line = i
                }
            case .begin(let frame):
                var isTransparent = false
                switch frame {
                case .indent, .align, .hang: isTransparent = true
                case .group, .fill: groups.append(frames.count)
                }
                frames.append((i, nil, isTransparent))
            case .end:
                guard let frame = frames.popLast() else { break }
                partner[frame.begin] = i
                if let line = frame.line { partner[line] = i }
                if !frame.isTransparent { groups.removeLast() }
            case .blockComment(let lines, let ownLine):
                if lines.count == 1, !ownLine { width = lines[0].count + 1 }
            case .hardLine, .blankLine, .lineComment: break
            }
            before.append(before[i] + width)
        }
        for i in steps.indices.reversed() {
            nextBreak[i] = nextBreak[i + 1]
            nextForced[i] = nextForced[i + 1]
            switch steps[i] {
            case .line: nextBreak[i] = i
            case .hardLine, .blankLine, .lineComment:
                nextBreak[i] = i
                nextForced[i] = i
            case .blockComment(let lines, let ownLine) where ownLine || lines.count > 1:
                nextBreak[i] = i
                nextForced[i] = i
            default: break
            }
        }
    }

    /// Whether a frame holds a step that ends a line.
    func isForced(_ begin: Int) -> Bool { nextForced[begin] < partner[begin] }

    /// The width of a frame on one line, with what follows up to the next
    /// place where a line may end.
    func widthOfFrame(_ begin: Int) -> Int {
        before[nextBreak[partner[begin]]] - before[begin]
    }

    /// The width between a line and the next one of its frame.
    func widthOfSegment(after line: Int) -> Int {
        let next = partner[line]
        let end = nextBreak[next]
        return before[min(end, nextForced[line + 1])] - before[line + 1]
    }
}
