// SPDX-License-Identifier: GPL-3.0-or-later

import CFuzzer

/// Every second change is one of whole words, so that more of what comes out is a
/// program: a word takes the place of another of its kind, or statements move.
/// libFuzzer finds this function by its name.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateForLibFuzzer(
    _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32
) -> Int {
    var random = SplitMix(state: UInt64(seed))
    if random.next(2) == 0 || count == 0 { return LLVMFuzzerMutate(bytes, count, limit) }
    var words = Words(Array(UnsafeBufferPointer(start: bytes, count: count)))
    for _ in 0...random.next(3) { words.change(&random) }
    let changed = words.bytes
    let kept = min(changed.count, limit)
    for i in 0..<kept { bytes[i] = changed[i] }
    return kept
}

/// Steele, Lea and Flood's generator: a failure can be repeated.
struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(bound, 1)))
    }
}

/// A text cut into names, numbers, blanks, and single other characters.
struct Words {
    enum Kind { case name, number, blank, mark }

    private var words: [ArraySlice<UInt8>] = []

    init(_ text: [UInt8]) {
        var start = 0
        while start < text.count {
            let kind = Words.kind(text[start])
            var end = start + 1
            while kind != .mark, end < text.count, Words.goesOn(kind, text[end]) { end += 1 }
            words.append(text[start..<end])
            start = end
        }
    }

    var bytes: [UInt8] { Array(words.joined()) }

    private static func kind(_ byte: UInt8) -> Kind {
        switch byte {
        case 9, 10, 13, 32: .blank
        case 48...57: .number
        case 65...90, 97...122, 95: .name
        default: .mark
        }
    }

    private static func goesOn(_ kind: Kind, _ byte: UInt8) -> Bool {
        let next = Words.kind(byte)
        switch kind {
        case .name: return next == .name || next == .number
        case .number: return next == .number || byte == 46
        default: return next == kind
        }
    }

    private static let numbers = [
        "0", "1", "2", "3", "-1", "2147483647", "-2147483648", "2147483648", "1e308", "1e-308",
        "0.5", "1e999", "100000", "0.0", "7", "1000000000",
    ].map { Array($0.utf8)[...] }

    private static let pieces = [
        "(", ")", "[", "]", "{", "}", ";", ",", "'", "~", "=", "+=", "<-", ":", "?", "|", "^",
        "%/%", ".*", "./", "!", "-", "T[", "<lower=", "<offset=", ">", "array[", "tuple(", ".1",
        "vector[", "matrix[", "int ", "real ", "complex ", "simplex[", "for (", "while (", "if (",
        "else ", "break;", "continue;", "return ", "target += ", "jacobian += ", "print(",
        "reject(", "profile(", "#include ", "data ", "_lpdf(", "_rng(", "()", "[,]", "[:]",
        "sum_to_zero_vector[", "cholesky_factor_corr[", "real[] ", "1:", ":1",
    ].map { Array($0.utf8)[...] }

    private func place(of kind: Kind, _ random: inout SplitMix) -> Int? {
        for _ in 0..<16 {
            let i = random.next(words.count)
            if let first = words[i].first, Words.kind(first) == kind { return i }
        }
        return nil
    }

    /// From behind a semicolon or brace to behind the next.
    private func statement(_ random: inout SplitMix) -> Range<Int> {
        var start = random.next(words.count)
        let isEnd = { (i: Int) in
            guard let first = words[i].first else { return false }
            return first == 59 || first == 123 || first == 125
        }
        while start > 0, !isEnd(start - 1) { start -= 1 }
        var end = start
        while end < words.count, !isEnd(end) { end += 1 }
        return start..<min(end + 1, words.count)
    }

    mutating func change(_ random: inout SplitMix) {
        guard !words.isEmpty else { return }
        switch random.next(9) {
        case 0, 1:  // A name for another.
            guard let i = place(of: .name, &random), let j = place(of: .name, &random) else {
                return
            }
            words[i] = words[j]
        case 2:  // A number for another.
            guard let i = place(of: .number, &random) else { return }
            words[i] = Words.numbers[random.next(Words.numbers.count)]
        case 3: words.remove(at: random.next(words.count))
        case 4:
            words.insert(
                Words.pieces[random.next(Words.pieces.count)], at: random.next(words.count + 1))
        case 5: words.swapAt(random.next(words.count), random.next(words.count))
        case 6: words.removeSubrange(statement(&random))
        case 7:  // A statement somewhere else.
            let piece = words[statement(&random)]
            words.insert(contentsOf: Array(piece), at: statement(&random).lowerBound)
        default:  // A piece of an expression somewhere else.
            let from = random.next(words.count)
            let piece = Array(words[from..<min(from + 1 + random.next(8), words.count)])
            let at = random.next(words.count)
            words.replaceSubrange(at..<min(at + random.next(4), words.count), with: piece)
        }
    }
}
