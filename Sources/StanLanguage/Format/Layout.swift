// SPDX-License-Identifier: GPL-3.0-or-later

/// Text with the places where its lines may be broken, and the printer that
/// breaks as few of them as the width asks for.
///
/// This is Oppen's algorithm ("Prettyprinting", TOPLAS 1980) with Wadler's
/// groups: what stands between `begin` and `end` is printed on one line when
/// it fits. A flat list of steps instead of a tree, so that depth costs
/// nothing.
struct Layout {
    enum Frame {
        /// All lines break, or none.
        case group
        /// As much on each line as fits.
        case fill
        /// Lines inside begin this much further right.
        case indent(Int)
        /// Lines inside begin where the frame does.
        case align
        /// As `align`, but where that is too far right the frame begins on a
        /// line of its own.
        case hang
    }

    enum Step {
        case text(String, width: Int)
        case space
        /// A space, or the end of a line.
        case line
        case hardLine
        /// An end of line with an empty line behind it.
        case blankLine
        case begin(Frame)
        case end
        /// What must end its line: a comment to its end, an include.
        case lineComment(String, ownLine: Bool)
        /// The lines of a comment, all but the first relative to its start.
        case blockComment([String], ownLine: Bool)
    }

    private(set) var steps: [Step] = []

    mutating func text(_ text: String) {
        steps.append(.text(text, width: text.count))
    }

    mutating func add(_ step: Step) { steps.append(step) }

    mutating func frame(_ frame: Frame, _ body: (inout Layout) -> Void) {
        steps.append(.begin(frame))
        body(&self)
        steps.append(.end)
    }

    func rendered(width: Int) -> String {
        var printer = LayoutPrinter(steps, width: width)
        return printer.print()
    }
}

/// One run over the steps of a layout.
private struct LayoutPrinter {
    private enum Mode { case flat, fill, broken }

    private struct Open {
        var mode: Mode
        var indent: Int
    }

    /// An alignment further right than this from its line's start is none.
    private static let farthestAlignment = 40
    private static let hangingIndent = 4

    private let steps: [Layout.Step]
    private let width: Int
    private let measures: LayoutMeasures

    private var out = ""
    private var column = 0
    private var open: [Open] = [Open(mode: .broken, indent: 0)]
    private var isLineStart = true
    private var pendingSpace = false
    /// Behind a comment a space follows, unless a mark such as `,` does.
    private var isAfterBlockComment = false
    private var mustBreak = false
    private var emptyLines = 0

    init(_ steps: [Layout.Step], width: Int) {
        self.steps = steps
        self.width = width
        measures = LayoutMeasures(steps)
    }

    private var top: Open { open.last ?? Open(mode: .broken, indent: 0) }

    mutating func print() -> String {
        for (i, step) in steps.enumerated() {
            switch step {
            case .text(let text, let width): write(text, width)
            case .space: pendingSpace = !isLineStart
            case .line: line(i)
            case .hardLine: endLine()
            case .blankLine:
                endLine()
                if !out.isEmpty { emptyLines = 1 }
            case .begin(let frame): begin(frame, i)
            case .end: if open.count > 1 { open.removeLast() }
            case .lineComment(let text, let ownLine):
                comment([text], ownLine, endsLine: true)
                mustBreak = true
            case .blockComment(let lines, let ownLine):
                comment(lines, ownLine, endsLine: false)
                if ownLine || lines.count > 1 {
                    mustBreak = true
                } else {
                    isAfterBlockComment = true
                }
            }
        }
        endLine()
        return out
    }

    // MARK: Lines

    private mutating func endLine() {
        mustBreak = false
        pendingSpace = false
        isAfterBlockComment = false
        guard !isLineStart else { return }
        out += "\n"
        isLineStart = true
        column = 0
    }

    /// What is due before the next word: line ends, indentation, a space.
    private mutating func prepare() {
        if mustBreak { endLine() }
        if isLineStart {
            if emptyLines > 0 { out += "\n" }
            out += String(repeating: " ", count: top.indent)
            column = top.indent
            isLineStart = false
        } else if pendingSpace {
            out += " "
            column += 1
        }
        emptyLines = 0
        pendingSpace = false
        isAfterBlockComment = false
    }

    private mutating func write(_ text: String, _ width: Int) {
        if isAfterBlockComment, !",;)]".contains(text) { pendingSpace = true }
        prepare()
        out += text
        column += width
    }

    private mutating func comment(_ lines: [String], _ ownLine: Bool, endsLine: Bool) {
        if ownLine || mustBreak {
            endLine()
        } else if !isLineStart, endsLine || !(out.hasSuffix("(") || out.hasSuffix("[")) {
            pendingSpace = true
        }
        prepare()
        let start = column
        for (i, line) in lines.enumerated() {
            if i > 0 {
                out += line.isEmpty ? "\n" : "\n" + String(repeating: " ", count: start)
                column = line.isEmpty ? 0 : start
            }
            out += line
            column += line.count
        }
    }

    // MARK: Breaks

    private mutating func line(_ i: Int) {
        let breaks: Bool
        switch top.mode {
        case .flat: breaks = false
        case .broken: breaks = true
        case .fill: breaks = !fits(measures.widthOfSegment(after: i) + 1)
        }
        if breaks || mustBreak { endLine() } else { pendingSpace = !isLineStart }
    }

    /// Where the next word will stand.
    private var start: Int {
        isLineStart || mustBreak
            ? top.indent : column + (pendingSpace || isAfterBlockComment ? 1 : 0)
    }

    private func fits(_ more: Int) -> Bool { start + more <= width }

    private mutating func begin(_ frame: Layout.Frame, _ i: Int) {
        var next = top
        switch frame {
        case .indent(let more): next.indent += more
        case .align: next.indent = start
        case .hang:
            if isLineStart || mustBreak {
                next.indent += LayoutPrinter.hangingIndent
            } else if top.mode != .flat, start > top.indent + LayoutPrinter.farthestAlignment,
                measures.isForced(i) || !fits(measures.widthOfFrame(i))
            {
                next.indent += LayoutPrinter.hangingIndent
                endLine()
            } else {
                next.indent = start
            }
        case .group, .fill:
            if top.mode == .flat || (!measures.isForced(i) && fits(measures.widthOfFrame(i))) {
                next.mode = .flat
            } else if case .fill = frame {
                next.mode = .fill
            } else {
                next.mode = .broken
            }
        }
        open.append(next)
    }
}
