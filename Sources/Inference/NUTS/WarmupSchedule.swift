// SPDX-License-Identifier: GPL-3.0-or-later

/// Stan's plan of warm-up: an initial buffer that only adapts the step size
/// while the chain finds the bulk, windows of doubling length that each end
/// with a new metric, and a final buffer that adapts the step size to it.
///
///     WarmupSchedule(iterations: 1000)   // 75, windows to 100, 150, 250, 450, 950; 50
///
/// One departure: when the window after the first would not fit whole, the
/// first takes its place at once, as Stan does from the second window on.
struct WarmupSchedule: Equatable {
    static let initialBuffer = 75
    static let finalBuffer = 50
    static let baseWindow = 25

    let iterations: Int
    let initial: Int
    let final: Int
    /// The iterations (counted from 0) after which each window ends.
    private(set) var windowEnds: [Int] = []

    init(iterations: Int) {
        self.iterations = iterations
        guard iterations >= 20 else {
            // Too few to estimate variances from.
            initial = iterations
            final = 0
            return
        }
        let whole = Self.initialBuffer + Self.baseWindow + Self.finalBuffer
        let base: Int
        if iterations < whole {
            initial = Int(0.15 * Double(iterations))
            final = Int(0.1 * Double(iterations))
            base = iterations - initial - final
        } else {
            initial = Self.initialBuffer
            final = Self.finalBuffer
            base = Self.baseWindow
        }
        let last = iterations - final
        var start = initial
        var size = base
        while start < last {
            var end = start + size
            if end + 2 * size > last { end = last }
            windowEnds.append(end)
            start = end
            size *= 2
        }
    }

    /// Whether the position after this iteration (from 0) counts for the metric.
    func isInWindow(_ iteration: Int) -> Bool {
        !windowEnds.isEmpty && iteration >= initial && iteration < iterations - final
    }

    /// Whether a window ends with this iteration (from 0).
    func endsWindow(_ iteration: Int) -> Bool { windowEnds.contains(iteration + 1) }
}
