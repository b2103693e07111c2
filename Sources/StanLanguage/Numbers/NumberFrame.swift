// SPDX-License-Identifier: GPL-3.0-or-later

/// What a compiled loop works on: the variables that it uses, out of their `Value`s.
/// Pointers are valid while the loop runs.
final class NumberFrame {
    /// Outlives the frame, which lives as long as a run of the loop.
    unowned(unsafe) let evaluator: Evaluator
    let reals: UnsafeMutablePointer<Double>
    let integers: UnsafeMutablePointer<Int>
    let lists: UnsafeMutablePointer<NumberList>
    let integerLists: UnsafeMutablePointer<UnsafeMutableBufferPointer<Int>>
    /// The arguments of each call of a family's function.
    let buffers: UnsafeMutablePointer<[Double]>
    private let bufferCount: Int

    init(_ evaluator: Evaluator, _ layout: NumberLayout) {
        self.evaluator = evaluator
        reals = .allocate(capacity: layout.reals.count + 1)
        reals.initialize(repeating: .nan, count: layout.reals.count + 1)
        integers = .allocate(capacity: layout.integers.count + 1)
        integers.initialize(repeating: .min, count: layout.integers.count + 1)
        lists = .allocate(capacity: layout.lists.count + 1)
        lists.initialize(repeating: NumberList(), count: layout.lists.count + 1)
        integerLists = .allocate(capacity: layout.integerLists.count + 1)
        integerLists.initialize(
            repeating: UnsafeMutableBufferPointer(start: nil, count: 0),
            count: layout.integerLists.count + 1)
        bufferCount = layout.buffers.count
        buffers = .allocate(capacity: bufferCount + 1)
        for (i, count) in layout.buffers.enumerated() {
            (buffers + i).initialize(to: [Double](repeating: .nan, count: count))
        }
    }

    deinit {
        reals.deallocate()
        integers.deallocate()
        lists.deallocate()
        integerLists.deallocate()
        buffers.deinitialize(count: bufferCount)
        buffers.deallocate()
    }
}

/// The entries of a vector, row vector, array of reals, or matrix (column by column).
struct NumberList {
    var entries = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)
    /// Of a matrix.
    var rows = 0
    var columns = 0
}

/// The variables of a compiled loop, each a place of the frame.
struct NumberLayout {
    struct Place {
        let slot: Int
        var isWritten = false
    }

    var reals: [Place] = []
    var integers: [Place] = []
    var lists: [Place] = []
    var integerLists: [Place] = []
    /// Numbers that each call of a family's function takes.
    var buffers: [Int] = []
    /// Declared in the loop: they have no value before.
    var ownSlots: Set<Int> = []
}
