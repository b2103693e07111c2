// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Foundation
import Testing

/// The loops around the functions: reductions, accumulation, broadcasting, aliasing.
@Suite struct LoopTests {
    @Test(arguments: Kernels.all)
    func sumsOfWholeNumbersAreExact(_ kernels: Kernels) {
        let table = kernels.table.pointee
        for count in 0...100 {
            let x = (0..<count).map(Double.init)
            let exact = Double(count * (count - 1) / 2)
            #expect(table.sum(count, x) == exact)
            #expect(table.dot(count, x, 1, [2], 0) == 2 * exact)
            #expect(table.dot(count, [3], 0, [2], 0) == 6 * Double(count))
            #expect(table.dot(count, x, 1, x, 1) == x.reduce(0) { $0 + $1 * $1 })
        }
    }

    @Test(arguments: Kernels.all)
    func logSumExp(_ kernels: Kernels) {
        let table = kernels.table.pointee
        let inf = Double.infinity
        for count in 1...50 {
            let x = (0..<count).map { 1000 + sin(Double($0)) }
            let exact = 1000 + log(x.reduce(0) { $0 + exp($1 - 1000) })
            #expect(abs(table.log_sum_exp(count, x) - exact) <= 3 * exact.ulp)
            var dx = [Double](repeating: 1, count: count)
            table.log_sum_exp_reverse(count, x, exact, 2, &dx)
            for (i, slope) in dx.enumerated() {
                #expect(abs(slope - (1 + 2 * exp(x[i] - exact))) < 1e-12)
            }
        }
        #expect(table.log_sum_exp(0, []) == -inf)
        #expect(table.log_sum_exp(2, [-inf, -inf]) == -inf)
        #expect(table.log_sum_exp(3, [-inf, 2, -inf]) == 2)
        #expect(table.log_sum_exp(2, [inf, 1]) == inf)
        #expect(table.log_sum_exp(2, [inf, .nan]).isNaN)
        var dx = [0.0, 0]
        table.log_sum_exp_reverse(2, [-inf, -inf], -inf, 1, &dx)
        #expect(dx == [0, 0])
    }

    @Test(arguments: Kernels.all)
    func reverseAccumulatesAndBroadcastsSum(_ kernels: Kernels) {
        for count in 2...40 {
            let x = (0..<count).map { Double($0 + 1) }
            let dy = x.map { 2 * $0 }
            let dx = kernels.reverse(VM_SQUARE, x, x, dy, initial: 5)
            #expect(dx == x.map { 5 + 4 * $0 * $0 })
            // a scalar times a vector: the scalar's adjoint is the dot product
            let (da, db) = kernels.reverse(VM_MULTIPLY, [3], x, x, dy, initial: 5)
            #expect(da == [5 + 2 * x.reduce(0) { $0 + $1 * $1 }])
            #expect(db == dy.map { 5 + 3 * $0 })
            let (dc, dd) = kernels.reverse(VM_SUBTRACT, x, [3], x, dy)
            #expect(dc == dy && dd == [-dy.reduce(0, +)])
        }
    }

    @Test(arguments: Kernels.all)
    func inPlace(_ kernels: Kernels) {
        for count in 0...40 {
            let x = (0..<count).map { Double($0) / 7 }
            let expected = kernels.forward(VM_EXP, x)
            var both = x
            let function = kernels.table.pointee.unary.1  // VM_EXP
            both.withUnsafeMutableBufferPointer { buffer in
                if let base = buffer.baseAddress { function?(count, base, base) }
            }
            #expect(both == expected)
        }
    }

    /// Adjoints of y[1...] and y[...n-1] of one array overlap.
    @Test(arguments: Kernels.all)
    func overlappingAdjoints(_ kernels: Kernels) {
        let count = 37
        let y = [Double](repeating: 1, count: count)
        var adjoints = [Double](repeating: 0, count: count + 1)
        adjoints.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            kernels.table.pointee.binary_reverse.0?(count, y, 1, y, 1, y, y, base, base + 1)
        }
        #expect(adjoints == [1] + [Double](repeating: 2, count: count - 1) + [1])
    }

    @Test(arguments: Kernels.all)
    func selection(_ kernels: Kernels) {
        let table = kernels.table.pointee
        for count in 2...40 {
            let c = (0..<count).map { Double($0 % 3) }
            let a = (0..<count).map(Double.init)
            let dy = a.map { $0 + 1 }
            var y = a
            table.select(count, c, 1, a, 1, [-1], 0, &y)
            #expect(y == zip(c, a).map { $0 != 0 ? $1 : -1 })
            var da = a
            var db = [1.0]
            table.select_reverse(count, c, 1, dy, &da, 1, &db, 0)
            #expect(da == (0..<count).map { a[$0] + (c[$0] != 0 ? dy[$0] : 0) })
            #expect(db == [1 + (0..<count).reduce(0) { $0 + (c[$1] == 0 ? dy[$1] : 0) }])
            var db2 = [Double](repeating: 0, count: count)
            table.select_reverse(count, [0], 0, dy, nil, 1, &db2, 1)
            #expect(db2 == dy)
        }
    }

    @Test(arguments: Kernels.all)
    func movingAndAdding(_ kernels: Kernels) {
        let table = kernels.table.pointee
        for count in 0...40 {
            let base = (0..<50).map(Double.init)
            let index = (0..<count).map { Int32($0 * 7 % 50) }
            var y = [Double](repeating: 0, count: count)
            table.gather(count, base, index, &y)
            #expect(y == index.map(Double.init))
            var sums = base
            table.scatter_add(count, &sums, index.map { _ in 3 }, y)
            #expect(sums[3] == 3 + y.reduce(0, +))
            var z = y
            table.axpy(count, 2, y, &z)
            #expect(z == y.map { 3 * $0 })
            table.add_scalar(count, 5, &z)
            #expect(z == y.map { 3 * $0 + 5 })
        }
    }
}
