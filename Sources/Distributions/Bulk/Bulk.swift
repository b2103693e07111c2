// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// Loops over arrays in blocks that stay in the cache, with the kernels of CVectorMath.
enum Bulk {
    typealias Source = UnsafePointer<Double>
    typealias Target = UnsafeMutablePointer<Double>

    static let block = 1_024

    private struct Table: @unchecked Sendable {
        let pointer: UnsafeRawPointer
    }
    private static let table = Table(pointer: UnsafeRawPointer(vm_kernels()))

    /// The array kernel of an elementwise function.
    static func kernel(_ op: vm_unary_op) -> vm_unary_forward {
        // The table begins with these pointers.
        table.pointer.load(
            fromByteOffset: Int(op.rawValue) * MemoryLayout<vm_unary_forward>.stride,
            as: vm_unary_forward.self)
    }

    /// The numbers that `body` makes of each block, given its length, where it stands,
    /// where the result goes, and room for a block. What comes out as NaN is done again
    /// by `single`, which knows the ends of the support.
    static func map(
        _ x: [Double], repairedBy single: ((Double) -> Double)?,
        _ body: (_ n: Int, _ x: Source, _ y: Target, _ room: Target) -> Void
    ) -> [Double] {
        [Double](unsafeUninitializedCapacity: x.count) { buffer, count in
            count = x.count
            guard let out = buffer.baseAddress else { return }
            x.withUnsafeBufferPointer { source in
                guard let input = source.baseAddress else { return }
                withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { room in
                    guard let room = room.baseAddress else { return }
                    var start = 0
                    while start < x.count {
                        let n = min(block, x.count - start)
                        body(n, input + start, out + start, room)
                        if let single { repair(n, input + start, out + start, single) }
                        start += n
                    }
                }
            }
        }
    }

    private static func repair(
        _ n: Int, _ x: Source, _ y: Target, _ single: (Double) -> Double
    ) {
        var bad = 0
        for i in 0..<n { bad |= y[i] == y[i] ? 0 : 1 }
        if bad == 0 { return }
        for i in 0..<n where y[i].isNaN { y[i] = single(x[i]) }
    }
}
