// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Testing

/// Every instruction set, every length and every position gives the same bits.
@Suite struct SameBitsTests {
    @Test(arguments: unaryOps.map(\.name))
    func unary(_ name: String) throws {
        let op = try #require(unaryOps.first { $0.name == name }).op
        var random = SplitMix(state: 1)
        for count in 0...40 {
            let (x, dy) = (random.anything(count), random.anything(count))
            let y = Kernels.best.forward(op, x)
            let dx = Kernels.best.reverse(op, x, y, dy, initial: 1)
            for other in Kernels.all {
                #expect(same(other.forward(op, x), y), "\(other.name), \(count) elements")
                let theirs = other.reverse(op, x, y, dy, initial: 1)
                #expect(same(theirs, dx), "reverse, \(other.name), \(count) elements")
            }
            let alone = x.flatMap { Kernels.best.forward(op, [$0]) }
            #expect(same(alone, y), "one by one, \(count) elements")
        }
    }

    @Test(arguments: binaryOps.map(\.name))
    func binary(_ name: String) throws {
        let op = try #require(binaryOps.first { $0.name == name }).op
        var random = SplitMix(state: 2)
        for count in 0...40 {
            for broadcast in 0..<4 {
                let a = random.anything(broadcast & 1 == 0 ? count : 1)
                let b = random.anything(broadcast & 2 == 0 ? count : 1)
                let dy = random.anything(count)
                let y = Kernels.best.forward(op, a, b, count: count)
                let (da, db) = Kernels.best.reverse(op, a, b, y, dy)
                for other in Kernels.all {
                    #expect(same(other.forward(op, a, b, count: count), y), "\(other.name)")
                    let theirs = other.reverse(op, a, b, y, dy)
                    #expect(same(theirs.da, da) && same(theirs.db, db), "\(other.name)")
                }
            }
        }
    }

    @Test(arguments: densityOps.map(\.name))
    func density(_ name: String) throws {
        let (_, op, arguments) = try #require(densityOps.first { $0.name == name })
        var random = SplitMix(state: 3)
        for count in 0...40 {
            for broadcast in 0..<(1 << arguments) {
                let input = (0..<arguments).map {
                    random.anything(broadcast >> $0 & 1 == 0 ? count : 1)
                }
                let varying: UInt32? = count % 2 == 0 ? nil : UInt32(broadcast)
                let mine = Kernels.best.density(op, input, count: count, varying: varying)
                for other in Kernels.all {
                    let theirs = other.density(op, input, count: count, varying: varying)
                    #expect(same(theirs.value, mine.value), "\(other.name)")
                    #expect(zip(theirs.adjoints, mine.adjoints).allSatisfy { same($0, $1) })
                }
            }
        }
    }

    @Test func reductions() {
        var random = SplitMix(state: 4)
        for count in 0...200 {
            let x = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
            let y = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
            let mine = Kernels.best.table.pointee
            for other in Kernels.all {
                let theirs = other.table.pointee
                #expect(same(mine.sum(count, x), theirs.sum(count, x)))
                #expect(same(mine.dot(count, x, 1, y, 1), theirs.dot(count, x, 1, y, 1)))
                #expect(same(mine.log_sum_exp(count, x), theirs.log_sum_exp(count, x)))
            }
        }
    }

    @Test func bestIsOneOfThem() {
        #expect(Kernels.all.contains { $0.table == Kernels.best.table })
        #expect(vm_kernels_named("sse9") == nil)
    }
}
