// SPDX-License-Identifier: GPL-3.0-or-later

/// The candidate closest to a misspelled name, for "did you mean".
///
/// Distance is Damerau–Levenshtein's restricted edit distance, without regard
/// to case; a candidate counts when it differs in at most a third of its
/// letters (and at least one difference is always allowed).
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(name.lowercased())
    guard !letters.isEmpty, letters.count <= 64 else { return nil }
    var best: (distance: Int, candidate: String)?
    for candidate in candidates where candidate != name {
        let other = Array(candidate.lowercased())
        let limit = max(1, max(letters.count, other.count) / 3)
        guard abs(other.count - letters.count) <= limit else { continue }
        let distance = editDistance(letters, other)
        if distance <= limit, distance < (best?.distance ?? .max) { best = (distance, candidate) }
    }
    return best?.candidate
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
        var current = [i + 1] + [Int](repeating: 0, count: b.count)
        for j in 0..<b.count {
            let change = a[i] == b[j] ? 0 : 1
            current[j + 1] = min(previous[j + 1] + 1, current[j] + 1, previous[j] + change)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                current[j + 1] = min(current[j + 1], beforePrevious[j - 1] + 1)
            }
        }
        beforePrevious = previous
        previous = current
    }
    return previous[b.count]
}
