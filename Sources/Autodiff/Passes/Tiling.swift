// SPDX-License-Identifier: GPL-3.0-or-later

/// Chains of long array operations that end in terms of the result run in tiles.
///
/// `y ~ normal(a + b * x, s)` over ten thousand observations is a multiplication,
/// an addition and a density. Done one after the other each goes through memory;
/// done for some hundred observations at a time, forwards and backwards, nothing
/// but the data does. What lies between needs room for one tile only, and the
/// known matrix of a regression is read once for a gradient instead of twice.
///
/// An operation can be part of a tile when all that read it are: operations over
/// as many entries, densities, terms of the result.
struct Tiling {
    private let width: Int32
    private let least: Int32
    private var program: Program
    private(set) var nextPlace: Int32
    /// Places that nothing uses any more.
    private(set) var holes: [Program.Run] = []

    /// - Parameters:
    ///   - width: entries in a tile.
    ///   - least: shorter arrays are left as they are.
    init(_ program: Program, firstFreePlace: Int32, width: Int, least: Int) {
        self.program = program
        self.width = Int32(width)
        self.least = Int32(least)
        nextPlace = firstFreePlace
    }

    mutating func tiled() -> Program {
        let candidates = program.instructions.indices.filter {
            isCandidate(program.instructions[$0])
        }
        if candidates.isEmpty { return program }
        let readers = Readers(of: candidates, in: program, places: nextPlace)
        // A step is inside when all its readers are: readers come later.
        var isInside = [Bool](repeating: false, count: program.instructions.count)
        for i in candidates.reversed() {
            isInside[i] =
                !readers.isOutside[i] && !readers[i].isEmpty
                && readers[i].allSatisfy { if case .step(let j) = $0 { isInside[j] } else { true } }
        }
        let inside = candidates.filter { isInside[$0] }
        if !inside.isEmpty { build(inside, readers) }
        return program
    }

    private func isCandidate(_ step: Instruction) -> Bool {
        switch step.step {
        case .unary, .binary, .multiplyAdd, .select, .gather: step.count >= least
        case .matrixProduct:
            step.count == 1 && step.extra >= least && !step.activeA
                && step.a >= Compiler.constantBase
        default: false
        }
    }

    // MARK: Building

    private mutating func build(_ inside: [Int], _ readers: Readers) {
        // Steps and densities that share values form one loop.
        var group = [Int](inside.indices)
        func find(_ i: Int) -> Int {
            var i = i
            while group[i] != i { i = group[i] }
            return i
        }
        var position: [Int: Int] = [:]
        for (k, i) in inside.enumerated() { position[i] = k }
        var firstOfDensity: [Int: Int] = [:]
        for (k, i) in inside.enumerated() {
            for reader in readers[i] {
                switch reader {
                case .step(let j):
                    if let other = position[j] { group[find(k)] = find(other) }
                case .density(let d):
                    if let other = firstOfDensity[d] { group[find(k)] = find(other) }
                    firstOfDensity[d] = k
                case .term: break
                }
            }
        }
        var loops: [Int: Program.TiledLoop] = [:]
        var order: [Int] = []
        var local: [Int32: Int32] = [:]
        var termStarts = Set<Int32>()
        for (k, i) in inside.enumerated() {
            var step = program.instructions[i]
            let count = step.length
            let root = find(k)
            if loops[root] == nil {
                loops[root] = Program.TiledLoop(count: Int(count), width: Int(min(width, count)))
                order.append(root)
            }
            func localize(_ place: inout Int32, _ stride: inout UInt8) {
                if stride == 1, let at = local[place] {
                    place = at
                    stride = 2
                }
            }
            if [.unary, .binary, .multiplyAdd, .select].contains(step.step) {
                localize(&step.a, &step.strideA)
                if step.step != .unary { localize(&step.b, &step.strideB) }
                if step.step == .multiplyAdd || step.step == .select {
                    localize(&step.c, &step.strideC)
                }
            }
            let at = nextPlace
            nextPlace += min(width, count)
            local[step.out] = at
            holes.append(Program.Run(offset: step.out, count: count))
            for case .term in readers[i] {
                loops[root]?.terms.append(at)
                termStarts.insert(step.out)
            }
            step.out = at
            loops[root]?.steps.append(step)
            loops[root]?.locals.append(at)
        }
        var rest: [DensityTerm] = []
        for (d, term) in program.densityTerms.enumerated() {
            guard let k = firstOfDensity[d] else {
                rest.append(term)
                continue
            }
            var term = term
            for a in term.arguments.indices {
                if term.arguments[a].stride == 1, let at = local[term.arguments[a].offset] {
                    term.arguments[a].offset = at
                    term.arguments[a].stride = 2
                }
            }
            loops[find(k)]?.densities.append(term)
        }
        program.densityTerms = rest
        let moved = Set(inside)
        program.instructions = program.instructions.indices.filter { !moved.contains($0) }.map {
            program.instructions[$0]
        }
        program.tiledLoops = order.compactMap { loops[$0] }
        if !termStarts.isEmpty { removeTerms(termStarts) }
        holes.sort { $0.offset < $1.offset }
    }

    /// Takes the arrays that are terms of a loop out of the runs of terms.
    private mutating func removeTerms(_ starts: Set<Int32>) {
        var runs: [Program.Run] = []
        for run in program.termRuns {
            var place = run.offset
            var start = place
            let end = run.offset + run.count
            while place < end {
                if starts.contains(place), let hole = holes.first(where: { $0.offset == place }) {
                    if place > start {
                        runs.append(Program.Run(offset: start, count: place - start))
                    }
                    place += hole.count
                    start = place
                } else {
                    place += 1
                }
            }
            if end > start { runs.append(Program.Run(offset: start, count: end - start)) }
        }
        program.termRuns = runs
    }
}
