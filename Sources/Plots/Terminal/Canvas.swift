// SPDX-License-Identifier: GPL-3.0-or-later

/// A rectangle of terminal cells: braille dots (2 × 4 a cell), block elements
/// and letters, each with a colour.
struct Canvas {
    private struct Cell {
        var dots: UInt8 = 0
        /// Dots of areas, which stand behind blocks.
        var shade: UInt8 = 0
        var shadeColor: Int?
        var block: Character?
        var letter: Character?
        var color: Int?
        var blockColor: Int?
    }

    let width: Int
    let height: Int
    private var cells: [Cell]
    private static let bits: [[UInt8]] = [
        [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
    ]

    init(width: Int, height: Int) {
        self.width = max(width, 1)
        self.height = max(height, 1)
        cells = [Cell](repeating: Cell(), count: self.width * self.height)
    }

    var dotWidth: Int { width * 2 }
    var dotHeight: Int { height * 4 }

    /// The cell or dot that holds a coordinate; −1 for what is none.
    static func index(_ x: Double) -> Int {
        x.magnitude < 1e6 ? Int(x.rounded(.down)) : -1
    }

    /// A dot, from the upper left; nothing outside.
    mutating func dot(_ x: Int, _ y: Int, _ color: Int?) {
        guard x >= 0, y >= 0, x < dotWidth, y < dotHeight else { return }
        let i = (y / 4) * width + x / 2
        cells[i].dots |= Self.bits[y % 4][x % 2]
        cells[i].color = color
    }

    /// A dot of an area: blocks hide it, lines and points mix with it.
    mutating func shade(_ x: Int, _ y: Int, _ color: Int?) {
        guard x >= 0, y >= 0, x < dotWidth, y < dotHeight else { return }
        let i = (y / 4) * width + x / 2
        cells[i].shade |= Self.bits[y % 4][x % 2]
        cells[i].shadeColor = color
    }

    mutating func segment(_ a: (Int, Int), _ b: (Int, Int), _ color: Int?) {
        let steps = max(abs(b.0 - a.0), abs(b.1 - a.1))
        guard steps > 0 else { return dot(a.0, a.1, color) }
        for i in 0...steps {
            let share = Double(i) / Double(steps)
            dot(
                a.0 + Int((Double(b.0 - a.0) * share).rounded()),
                a.1 + Int((Double(b.1 - a.1) * share).rounded()), color)
        }
    }

    mutating func block(_ x: Int, _ y: Int, _ character: Character, _ color: Int?) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        cells[y * width + x].block = character
        cells[y * width + x].blockColor = color
    }

    mutating func letter(_ x: Int, _ y: Int, _ character: Character, _ color: Int?) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        cells[y * width + x].letter = character
        cells[y * width + x].color = color
    }

    mutating func text(_ text: String, x: Int, y: Int, _ color: Int?) {
        for (i, character) in text.enumerated() { letter(x + i, y, character, color) }
    }

    /// The rows as text, without trailing spaces.
    func rows(color: Bool) -> [String] {
        (0..<height).map { y in
            var out = ""
            var current: Int?
            for x in 0..<width {
                let cell = cells[y * width + x]
                let (character, wanted) = Self.look(cell)
                if color, wanted != current, character != " " {
                    out += wanted.map { "\u{1B}[38;5;\($0)m" } ?? "\u{1B}[0m"
                    current = wanted
                }
                out.append(character)
            }
            while out.hasSuffix(" ") { out.removeLast() }
            if current != nil { out += "\u{1B}[0m" }
            return out
        }
    }

    /// Letters stand before dots, dots before blocks, blocks before areas.
    private static func look(_ cell: Cell) -> (Character, Int?) {
        if let letter = cell.letter { return (letter, cell.color) }
        if cell.dots == 0, let block = cell.block { return (block, cell.blockColor) }
        let dots = cell.dots | (cell.block == nil ? cell.shade : 0)
        guard dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots)) else {
            return (" ", nil)
        }
        return (Character(scalar), cell.dots == 0 ? cell.shadeColor : cell.color)
    }
}

extension Ink {
    /// The nearest of the 256 colours; nil: the terminal's own.
    var terminalColor: Int? {
        switch self {
        case .automatic, .dark: return nil
        case .muted: return 244
        case .pale: return 247
        case .hue(let step): return [153, 117, 75, 74, 32, 31, 25][min(max(step, 0), 6)]
        case .series(let index):
            let colors = [32, 202, 36, 175, 178, 117, 250]
            return colors[((index % colors.count) + colors.count) % colors.count]
        }
    }
}
