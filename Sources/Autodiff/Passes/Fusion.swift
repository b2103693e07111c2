// SPDX-License-Identifier: GPL-3.0-or-later

/// A product that one addition or subtraction reads is computed with it:
/// `a + b * x` is one step.
enum Fusion {
    /// Shorter arrays are better served as scalar code.
    private static let least: Int32 = 5

    /// The program, and the places that it needs no more.
    static func fused(
        _ program: Program, places: Int32
    ) -> (program: Program, holes: [Program.Run]) {
        let products = program.instructions.indices.filter {
            let step = program.instructions[$0]
            return step.step == .binary && step.count >= least
                && step.function == Binary.multiply.rawValue
        }
        if products.isEmpty { return (program, []) }
        let readers = Readers(of: products, in: program, places: places)
        var program = program
        var holes: [Program.Run] = []
        var isGone = [Bool](repeating: false, count: program.instructions.count)
        for i in products where !readers.isOutside[i] && readers[i].count == 1 {
            guard case .step(let j) = readers[i][0] else { continue }
            let (product, sum) = (program.instructions[i], program.instructions[j])
            guard sum.step == .binary, sum.count == product.count else { continue }
            let isFirst = sum.strideA == 1 && sum.a == product.out
            let form: Form
            switch Binary(rawValue: sum.function) {
            case .add: form = .sum
            case .subtract: form = isFirst ? .productMinus : .minusProduct
            default: continue
            }
            if isFirst, sum.strideB == 1, sum.b == product.out { continue }
            var step = Instruction(
                step: .multiplyAdd, function: form.rawValue, count: sum.count, out: sum.out,
                a: product.a, b: product.b, c: isFirst ? sum.b : sum.a)
            (step.strideA, step.strideB) = (product.strideA, product.strideB)
            (step.activeA, step.activeB) = (product.activeA, product.activeB)
            step.strideC = isFirst ? sum.strideB : sum.strideA
            step.activeC = isFirst ? sum.activeB : sum.activeA
            program.instructions[j] = step
            isGone[i] = true
            holes.append(Program.Run(offset: product.out, count: product.count))
        }
        program.instructions = program.instructions.indices.filter { !isGone[$0] }.map {
            program.instructions[$0]
        }
        return (program, holes.sorted { $0.offset < $1.offset })
    }

    /// What becomes of a product and the other operand, in the order of
    /// `vm_multiply_add_form`.
    enum Form: UInt8 {
        case sum, productMinus, minusProduct
    }
}
