// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// The array kernels of this processor, as pointers into the C table: calling
/// one costs an indirect call and nothing else.
struct Kernels: @unchecked Sendable {
    static let shared = Kernels(vm_kernels())

    let table: UnsafePointer<vm_table>
    let unary: UnsafePointer<vm_unary_forward>
    let unaryReverse: UnsafePointer<vm_unary_reverse>
    let binary: UnsafePointer<vm_binary_forward>
    let binaryReverse: UnsafePointer<vm_binary_reverse>
    let density: UnsafePointer<vm_density>

    init(_ table: UnsafePointer<vm_table>) {
        self.table = table
        let base = UnsafeRawPointer(table)
        func column<T>(_ path: PartialKeyPath<vm_table>, _ type: T.Type) -> UnsafePointer<T> {
            (base + MemoryLayout<vm_table>.offset(of: path)!).assumingMemoryBound(to: type)
        }
        unary = column(\vm_table.unary, vm_unary_forward.self)
        unaryReverse = column(\vm_table.unary_reverse, vm_unary_reverse.self)
        binary = column(\vm_table.binary, vm_binary_forward.self)
        binaryReverse = column(\vm_table.binary_reverse, vm_binary_reverse.self)
        density = column(\vm_table.density, vm_density.self)
    }

    func unary(_ function: Unary, _ x: Double) -> Double {
        var x = x
        var y = 0.0
        unary[Int(function.rawValue)](1, &x, &y)
        return y
    }

    func unary(_ function: Unary, _ x: [Double]) -> [Double] {
        [Double](unsafeUninitializedCapacity: x.count) { buffer, count in
            if !x.isEmpty { unary[Int(function.rawValue)](x.count, x, buffer.baseAddress) }
            count = x.count
        }
    }

    func binary(_ function: Binary, _ a: Double, _ b: Double) -> Double {
        var (a, b) = (a, b)
        var y = 0.0
        binary[Int(function.rawValue)](1, &a, 0, &b, 0, &y)
        return y
    }

    /// An operand of one entry goes with all entries of the other.
    func binary(_ function: Binary, _ a: [Double], _ b: [Double], count: Int) -> [Double] {
        [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0 {
                binary[Int(function.rawValue)](
                    count, a, a.count == count ? 1 : 0, b, b.count == count ? 1 : 0,
                    buffer.baseAddress)
            }
            initialized = count
        }
    }

    func sum(_ x: [Double]) -> Double { table.pointee.sum(x.count, x) }

    func dot(_ a: [Double], _ b: [Double]) -> Double { table.pointee.dot(a.count, a, 1, b, 1) }

    func logSumExp(_ x: [Double]) -> Double { table.pointee.log_sum_exp(x.count, x) }
}
