// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Autodiff

@Suite struct GraphTests {
    /// A product, a sum and a density; known numbers take no nodes.
    @Test func threeNodesAnObservation() {
        func nodes(_ count: Int) -> Int {
            let trace = Trace(point: [0, 0, 0])
            let q = trace.input(.vector(3))
            let (a, b, s) = (q[0], q[1], exp(q[2]))
            for n in 0..<count {
                let mean = a + b * Traced(0.1 * Double(n))
                _ = Traced.density(
                    .normal, [Traced(Double(n)), mean, s], droppingConstants: true)
            }
            return trace.graph.count
        }
        #expect(nodes(1000) - nodes(900) == 300)
        #expect(MemoryLayout<Node>.stride == 28)
        #expect(MemoryLayout<Traced>.stride == 24)
    }

    @Test func equalNodesAreRecordedOnce() {
        let trace = Trace(point: [0, 0])
        let q = trace.input(.vector(2))
        func expressions() -> [Traced] {
            let (a, b) = (q[0], q[1])
            let c = exp(a * 2)  // each right behind its operand
            return [a, b, c, c * b, c + 0.1, b - c, select(c, a, b), -(c * b), pow(a, 3)]
        }
        let first = expressions()
        let count = trace.graph.count
        for (x, y) in zip(first, expressions()) { #expect(trace.id(of: x) == trace.id(of: y)) }
        #expect(trace.graph.count == count)
        // Other bits, other nodes.
        #expect(trace.id(of: q[0] * 0) != trace.id(of: q[0] * -0.0))
        #expect(trace.id(of: q[0] * 2) != trace.id(of: q[1] * 2))
        #expect(trace.id(of: q[0] - 2) != trace.id(of: 2 - q[0]))
    }

    /// The table grows past its first size and finds everything again.
    @Test func manyEqualNodes() {
        let trace = Trace(point: [Double](repeating: 0, count: 80))
        let q = trace.input(.vector(80))
        func products() -> [Int32] {
            (0..<80).flatMap { i in (0..<i).map { trace.id(of: q[i] * q[$0]) } }
        }
        let ids = products()
        #expect(Set(ids).count == 80 * 79 / 2)
        #expect(products() == ids)
    }

    /// A literal in a loop over data is one node; the data are one each.
    @Test func literalsAmongData() {
        let trace = Trace(point: [0, 0])
        let q = trace.input(.vector(2))
        let (a, b) = (q[0], q[1])
        var literals = Set<Int32>()
        var data = Set<Int32>()
        for n in 0..<50_000 {
            literals.insert(trace.id(of: a * 2))
            data.insert(trace.id(of: b * Traced(Double(n))))
        }
        #expect(literals.count == 1)
        #expect(data.count == 50_000)
    }

    @Test func listsKeepTheirEntries() {
        let trace = Trace(point: [0, 0, 0])
        let q = trace.input(.vector(3))
        let exps = (0..<3).map { exp(q[$0]) }
        let packed = Traced.vector([exps[2], 7, exps[0]])
        let gathered = q.gather([2, 0])
        let pack = trace.id(of: packed)
        #expect(trace.graph.list(of: trace.id(of: gathered)) == [2, 0])
        let list = trace.graph.list(of: pack)
        #expect(list[0] == trace.id(of: exps[2]) && list[2] == trace.id(of: exps[0]))
        #expect(trace.graph.isConstant(list[1]) && trace.graph.number(list[1]) == 7)
        #expect((0..<3).map { trace.graph.listed($0, by: pack) } == list)
        var operands: [Int32] = []
        trace.graph.forEachOperand(of: pack) { operands.append($0) }
        #expect(operands == list)
        #expect(packed[1].constant == 7)
    }
}
