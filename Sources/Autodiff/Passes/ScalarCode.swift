// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// Runs of small steps become code for the scalar interpreter of `CVectorMath`.
///
/// What batching leaves over are recurrences: steps of one or a few numbers, each
/// of which needs the one before. As code a step costs about a nanosecond, a
/// quarter of what it costs as an instruction over arrays.
struct ScalarCode {
    /// Fewer steps in a row are left as they are.
    private static let shortest = 3
    /// Steps over more entries are left as they are.
    private static let widest = 64
    /// Arithmetic over more entries is called as an array kernel.
    private static let unrolled = 4

    private var program: Program
    private var code: [vm_code] = []
    /// The place of the result of the last step, when it is one number.
    private var carried: Int32 = -1
    /// Constants that stand in the active part, by their place among the constants.
    private var movedConstants: [Int32: Int32] = [:]
    private(set) var nextPlace: Int32

    private let isEnabled: Bool
    private let shared: SharedConstants.List

    /// - Parameters:
    ///   - shared: long arrays of known numbers, which code cannot reach.
    ///   - isEnabled: off, only what has no other form becomes code.
    init(
        _ program: Program, shared: SharedConstants.List, firstFreePlace: Int32, isEnabled: Bool
    ) {
        self.program = program
        self.shared = shared
        self.isEnabled = isEnabled
        nextPlace = firstFreePlace
    }

    mutating func converted() -> Program {
        let old = program.instructions
        var instructions: [Instruction] = []
        var start = 0
        while start < old.count {
            var end = start
            while end < old.count, isSmall(old[end]), isEnabled || end == start { end += 1 }
            if end - start >= Self.shortest || (end > start && old[start].step == .logSumExps) {
                instructions.append(convert(old[start..<end]))
                start = end
            } else {
                instructions.append(old[start])
                start += 1
            }
        }
        program.instructions = instructions
        return program
    }

    private func isSmall(_ step: Instruction) -> Bool {
        if step.step == .logSumExps { return true }
        if !isEnabled { return false }
        return switch step.step {
        case .unary, .binary: step.count <= Self.widest
        case .select: step.count <= Self.unrolled
        case .gather: step.count <= 2 * Self.unrolled
        case .sum, .logSumExp: step.count <= Self.widest && step.a < Compiler.constantBase
        case .dot: step.count <= Self.widest && step.activeA && step.activeB
        default: false
        }
    }

    private mutating func convert(_ steps: ArraySlice<Instruction>) -> Instruction {
        code = [
            vm_code(op: UInt8(VM_CODE_START.rawValue), function: 0, count: 0, a: 0, b: 0, out: 0)
        ]
        carried = -1
        for step in steps { append(step) }
        append(VM_CODE_END, out: -1)
        program.codes.append(code)
        return Instruction(
            step: .code, count: Int32(code.count), out: 0, a: 0,
            extra: Int32(program.codes.count - 1))
    }

    private mutating func append(_ step: Instruction) {
        let count = Int(step.count)
        switch step.step {
        case .unary:
            if count <= Self.unrolled, let op = Self.arithmetic(Unary(rawValue: step.function)!) {
                for i in 0..<Int32(count) {
                    append(op, unary: number(step.a + i * Int32(step.strideA)), out: step.out + i)
                }
            } else {
                append(
                    VM_CODE_CALL_UNARY, function: step.function, count: call(step), a: step.a,
                    out: step.out, entries: count)
            }
        case .binary:
            if count <= Self.unrolled, let op = Self.arithmetic(Binary(rawValue: step.function)!) {
                for i in 0..<Int32(count) {
                    append(
                        op, number(step.a + i * Int32(step.strideA)),
                        number(step.b + i * Int32(step.strideB)), out: step.out + i)
                }
            } else {
                append(
                    VM_CODE_CALL_BINARY, function: step.function, count: call(step), a: step.a,
                    b: step.b, out: step.out, entries: count)
            }
        case .select:
            for i in 0..<Int32(count) {
                append(
                    VM_CODE_SELECT, a: number(step.a + i * Int32(step.strideA)),
                    b: number(step.b + i * Int32(step.strideB)), out: step.out + i)
                append(VM_CODE_OPERAND, a: number(step.c + i * Int32(step.strideC)), out: -1)
                carried = step.out + i
            }
        case .gather:
            let places = program.indexLists[Int(step.extra)]
            for i in 0..<count {
                append(VM_CODE_MOVE, a: places[i], out: step.out + Int32(i))
            }
        case .logSumExps:
            let operands = program.reductions[Int(step.extra)]
            append(
                VM_CODE_LOG_SUM_EXPS, count: UInt16(operands.count), a: step.a,
                b: step.count, out: step.out, entries: count)
            let last = carried
            for operand in operands {
                let at =
                    operand.stride == 0
                    ? number(operand.offset) : nearby(operand.offset, count: count)
                append(
                    VM_CODE_OPERAND, a: at, b: operand.active ? 1 : 0, out: Int32(operand.stride))
            }
            carried = last
        case .sum: append(VM_CODE_SUM, count: UInt16(count), a: step.a, out: step.out)
        case .logSumExp:
            append(VM_CODE_LOG_SUM_EXP, count: UInt16(count), a: step.a, out: step.out)
        case .dot:
            append(VM_CODE_DOT, count: UInt16(count), a: step.a, b: step.b, out: step.out)
        default: break
        }
    }

    /// The number of entries of a call, with its flags.
    private func call(_ step: Instruction) -> UInt16 {
        UInt16(step.count) | (step.strideA != 0 ? 1 << 12 : 0) | (step.strideB != 0 ? 1 << 13 : 0)
            | (step.activeA ? 1 << 14 : 0) | (step.activeB ? 1 << 15 : 0)
    }

    private mutating func append(
        _ op: vm_code_op, function: UInt8 = 0, count: UInt16 = 0, a: Int32 = 0, b: Int32 = 0,
        out: Int32, entries: Int = 1
    ) {
        code.append(
            vm_code(
                op: UInt8(op.rawValue), function: function, count: count, a: a, b: b, out: out))
        carried = entries == 1 ? out : -1
    }

    private mutating func append(_ op: vm_code_op, unary a: Int32, out: Int32) {
        append(vm_code_op(op.rawValue + (a == carried ? 1 : 0)), a: a, out: out)
    }

    private mutating func append(_ op: vm_code_op, _ a: Int32, _ b: Int32, out: Int32) {
        append(
            vm_code_op(op.rawValue + (a == carried ? 1 : b == carried ? 2 : 0)), a: a, b: b,
            out: out)
    }

    /// The place of an array, copied to where code can reach it.
    private mutating func nearby(_ place: Int32, count: Int) -> Int32 {
        guard place >= SharedConstants.base else { return place }
        program.constants.append(contentsOf: shared.values(at: place, count: count))
        return Compiler.constantBase + Int32(program.constants.count - count)
    }

    /// The place of a number that has room for an adjoint, though it may be constant.
    private mutating func number(_ place: Int32) -> Int32 {
        guard place >= Compiler.constantBase else { return place }
        if let known = movedConstants[place] { return known }
        movedConstants[place] = nextPlace
        let value =
            place >= SharedConstants.base
            ? shared.values(at: place, count: 1).first ?? .nan
            : program.constants[Int(place - Compiler.constantBase)]
        program.preset.append((nextPlace, value))
        nextPlace += 1
        return nextPlace - 1
    }

    private static func arithmetic(_ function: Unary) -> vm_code_op? {
        switch function {
        case .negate: VM_CODE_NEGATE
        case .square: VM_CODE_SQUARE
        case .reciprocal: VM_CODE_RECIPROCAL
        case .sqrt: VM_CODE_SQRT
        case .abs: VM_CODE_ABS
        default: nil
        }
    }

    private static func arithmetic(_ function: Binary) -> vm_code_op? {
        switch function {
        case .add: VM_CODE_ADD
        case .subtract: VM_CODE_SUBTRACT
        case .multiply: VM_CODE_MULTIPLY
        case .divide: VM_CODE_DIVIDE
        case .minimum: VM_CODE_MINIMUM
        case .maximum: VM_CODE_MAXIMUM
        default: nil
        }
    }
}
