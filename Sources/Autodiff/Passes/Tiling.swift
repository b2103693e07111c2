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

    /// The number of the step that computes a place, −1 for others.
    private var owner: [Int32]
    private var isOutside: [Bool]
    private var readers: [[Reader]]

    private enum Reader {
        case step(Int)
        case density(Int)
        case term
    }

    /// - Parameters:
    ///   - width: entries in a tile.
    ///   - least: shorter arrays are left as they are.
    init(_ program: Program, firstFreePlace: Int32, width: Int, least: Int) {
        self.program = program
        self.width = Int32(width)
        self.least = Int32(least)
        nextPlace = firstFreePlace
        isOutside = [Bool](repeating: false, count: program.instructions.count)
        readers = [[Reader]](repeating: [], count: program.instructions.count)
        owner = []
    }

    mutating func tiled() -> Program {
        let candidates = program.instructions.indices.filter {
            isCandidate(program.instructions[$0])
        }
        if candidates.isEmpty { return program }
        owner = [Int32](repeating: -1, count: Int(nextPlace))
        for i in candidates {
            let step = program.instructions[i]
            for place in step.out..<step.out + length(step) { owner[Int(place)] = Int32(i) }
        }
        findReaders()
        // A step is inside when all its readers are: readers come later.
        var isInside = [Bool](repeating: false, count: program.instructions.count)
        for i in candidates.reversed() {
            isInside[i] =
                !isOutside[i] && !readers[i].isEmpty
                && readers[i].allSatisfy { if case .step(let j) = $0 { isInside[j] } else { true } }
        }
        let inside = candidates.filter { isInside[$0] }
        if !inside.isEmpty { build(inside) }
        return program
    }

    private func isCandidate(_ step: Instruction) -> Bool {
        switch step.step {
        case .unary, .binary, .select, .gather, .columnProducts: step.count >= least
        case .matrixProduct:
            step.count == 1 && step.extra >= least && !step.activeA
                && step.a >= Compiler.constantBase
        default: false
        }
    }

    /// The number of entries that a step computes.
    private func length(_ step: Instruction) -> Int32 {
        step.step == .matrixProduct ? step.extra : step.count
    }

    // MARK: Who reads what

    private mutating func findReaders() {
        for (i, step) in program.instructions.enumerated() {
            switch step.step {
            case .unary: read(step.a, step.strideA, by: i)
            case .binary:
                read(step.a, step.strideA, by: i)
                read(step.b, step.strideB, by: i)
            case .select:
                read(step.a, step.strideA, by: i)
                read(step.b, step.strideB, by: i)
                read(step.c, step.strideC, by: i)
            case .gather:
                for place in program.indexLists[Int(step.extra)] { readOutside(place, 1) }
            case .columnProducts: readOutside(step.b, step.inner)
            case .matrixProduct where step.count == 1:
                readOutside(step.a, step.extra * step.inner)
                readOutside(step.b, step.inner)
            case .sum, .dot, .logSumExp, .product, .minimum, .maximum:
                readOutside(step.a, step.count)
                if step.step == .dot { readOutside(step.b, step.count) }
            case .logSumExps:
                for operand in program.reductions[Int(step.extra)] {
                    readOutside(operand.offset, operand.stride == 0 ? 1 : step.count)
                }
            case .pointwise:
                for argument in program.pointwise[Int(step.extra)].arguments {
                    readOutside(argument.offset, argument.stride == 0 ? 1 : step.count)
                }
            case .external:
                readOutside(step.a, Int32(program.externals[Int(step.extra)].inputCount))
            case .code: break  // not made yet
            default:
                // Matrices: rows × inner, and inner or rows × count.
                readOutside(step.a, step.extra * max(step.inner, step.extra))
                readOutside(step.b, max(step.inner, step.extra) * step.count)
            }
        }
        for (k, term) in program.densityTerms.enumerated() {
            for argument in term.arguments {
                guard let i = owner(of: argument.offset) else { continue }
                let step = program.instructions[i]
                if argument.stride == 1, argument.offset == step.out, term.count == length(step) {
                    readers[i].append(.density(k))
                } else {
                    readOutside(argument.offset, argument.stride == 0 ? 1 : term.count)
                }
            }
        }
        for run in program.termRuns {
            var place = run.offset
            while place < run.offset + run.count {
                guard let i = owner(of: place) else {
                    place += 1
                    continue
                }
                let step = program.instructions[i]
                let end = step.out + length(step)
                if place == step.out, end <= run.offset + run.count {
                    readers[i].append(.term)
                } else {
                    isOutside[i] = true
                }
                place = end
            }
        }
        for output in program.outputs { readOutside(output, 1) }
        for check in program.checks {
            readOutside(check.a, 1)
            readOutside(check.b, 1)
        }
    }

    private func owner(of place: Int32) -> Int? {
        place < nextPlace && owner[Int(place)] >= 0 ? Int(owner[Int(place)]) : nil
    }

    /// An operand of an elementwise step.
    private mutating func read(_ place: Int32, _ stride: UInt8, by reader: Int) {
        let count = program.instructions[reader].count
        if stride == 1, let i = owner(of: place) {
            let step = program.instructions[i]
            if step.out == place, length(step) == count, count >= least {
                readers[i].append(.step(reader))
                return
            }
        }
        readOutside(place, stride == 0 ? 1 : count)
    }

    private mutating func readOutside(_ place: Int32, _ count: Int32) {
        var place = place
        let end = min(place + count, nextPlace)
        while place < end {
            if let i = owner(of: place) {
                isOutside[i] = true
                place = program.instructions[i].out + length(program.instructions[i])
            } else {
                place += 1
            }
        }
    }

    // MARK: Building

    private mutating func build(_ inside: [Int]) {
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
            let count = length(step)
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
            if [.unary, .binary, .select].contains(step.step) {
                localize(&step.a, &step.strideA)
                if step.step != .unary { localize(&step.b, &step.strideB) }
                if step.step == .select { localize(&step.c, &step.strideC) }
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
