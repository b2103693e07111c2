// SPDX-License-Identifier: GPL-3.0-or-later

/// Who reads what some steps of a program compute.
struct Readers {
    enum Reader {
        /// An elementwise step reads all entries, one by one.
        case step(Int)
        /// A density reads all entries, one by one.
        case density(Int)
        /// All entries are terms of the result.
        case term
    }

    /// Whether something reads a part of a step's result, or in another order.
    private(set) var isOutside: [Bool]
    private var all: [[Reader]]
    /// The number of the step that computes a place, −1 for others.
    private var owner: [Int32]
    private var ends: [Int32]
    private let places: Int32

    subscript(step: Int) -> [Reader] { all[step] }

    /// - Parameter places: the number of places in use.
    init(of steps: [Int], in program: Program, places: Int32) {
        self.places = places
        isOutside = [Bool](repeating: false, count: program.instructions.count)
        all = [[Reader]](repeating: [], count: program.instructions.count)
        owner = [Int32](repeating: -1, count: Int(places))
        ends = [Int32](repeating: 0, count: program.instructions.count)
        for i in steps {
            let step = program.instructions[i]
            ends[i] = step.out + step.length
            for place in step.out..<ends[i] { owner[Int(place)] = Int32(i) }
        }
        find(in: program)
    }

    private mutating func find(in program: Program) {
        for (i, step) in program.instructions.enumerated() {
            switch step.step {
            case .unary: read(step.a, step.strideA, by: i, program)
            case .binary:
                read(step.a, step.strideA, by: i, program)
                read(step.b, step.strideB, by: i, program)
            case .select, .multiplyAdd:
                read(step.a, step.strideA, by: i, program)
                read(step.b, step.strideB, by: i, program)
                read(step.c, step.strideC, by: i, program)
            case .gather:
                for place in program.indexLists[Int(step.extra)] { readOutside(place, 1) }
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
                if argument.stride == 1, argument.offset == step.out, term.count == step.length {
                    all[i].append(.density(k))
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
                let end = step.out + step.length
                if place == step.out, end <= run.offset + run.count {
                    all[i].append(.term)
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
        place < places && owner[Int(place)] >= 0 ? Int(owner[Int(place)]) : nil
    }

    /// An operand of an elementwise step.
    private mutating func read(
        _ place: Int32, _ stride: UInt8, by reader: Int, _ program: Program
    ) {
        let count = program.instructions[reader].count
        if stride == 1, let i = owner(of: place) {
            let step = program.instructions[i]
            if step.out == place, step.length == count {
                all[i].append(.step(reader))
                return
            }
        }
        readOutside(place, stride == 0 ? 1 : count)
    }

    private mutating func readOutside(_ place: Int32, _ count: Int32) {
        var place = place
        let end = min(place + count, places)
        while place < end {
            if let i = owner(of: place) {
                isOutside[i] = true
                place = ends[i]
            } else {
                place += 1
            }
        }
    }
}

extension Instruction {
    /// The number of entries that a step computes.
    var length: Int32 { step == .matrixProduct ? extra * count : count }
}
