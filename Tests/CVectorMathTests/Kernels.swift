// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Testing

/// A kernel table with its functions by name, for the tests.
struct Kernels: @unchecked Sendable, CustomTestStringConvertible {  // tables never change
    let table: UnsafePointer<vm_table>

    init(_ table: UnsafePointer<vm_table>) { self.table = table }

    /// Every table this machine can run.
    static let all: [Kernels] = ["avx512", "avx2", "neon", "portable"].compactMap {
        (name: String) in
        vm_kernels_named(name).map(Kernels.init)
    }
    static let best = Kernels(vm_kernels())

    var name: String { String(cString: table.pointee.name) }
    var testDescription: String { name }

    private func entry<Field, Function>(
        _ field: KeyPath<vm_table, Field>, _ index: UInt32, as type: Function.Type
    ) -> Function {
        withUnsafeBytes(of: table.pointee[keyPath: field]) {
            $0.load(fromByteOffset: Int(index) * MemoryLayout<Function>.stride, as: type)
        }
    }

    func forward(_ op: vm_unary_op, _ x: [Double]) -> [Double] {
        var y = [Double](repeating: 0, count: x.count)
        entry(\.unary, op.rawValue, as: vm_unary_forward.self)(x.count, x, &y)
        return y
    }

    /// What is added to `dx`, which starts at `initial`.
    func reverse(
        _ op: vm_unary_op, _ x: [Double], _ y: [Double], _ dy: [Double], initial: Double = 0
    ) -> [Double] {
        var dx = [Double](repeating: initial, count: x.count)
        entry(\.unary_reverse, op.rawValue, as: vm_unary_reverse.self)(x.count, x, y, dy, &dx)
        return dx
    }

    /// An operand of one element is a broadcast scalar when `count` is not 1.
    func forward(_ op: vm_binary_op, _ a: [Double], _ b: [Double], count: Int) -> [Double] {
        var y = [Double](repeating: 0, count: count)
        entry(\.binary, op.rawValue, as: vm_binary_forward.self)(
            count, a, stride(a), b, stride(b), &y)
        return y
    }

    func reverse(
        _ op: vm_binary_op, _ a: [Double], _ b: [Double], _ y: [Double], _ dy: [Double],
        initial: Double = 0
    ) -> (da: [Double], db: [Double]) {
        var da = [Double](repeating: initial, count: a.count)
        var db = [Double](repeating: initial, count: b.count)
        entry(\.binary_reverse, op.rawValue, as: vm_binary_reverse.self)(
            y.count, a, stride(a), b, stride(b), y, dy, &da, &db)
        return (da, db)
    }

    /// The sum of log densities and what it adds to the adjoints of each argument.
    func density(
        _ op: vm_density_op, _ arguments: [[Double]], count: Int, scale: Double = 1,
        varying: UInt32? = nil, onlyConstants: Bool = false
    ) -> (value: Double, adjoints: [[Double]]) {
        let input = Slab(arguments)
        let output = Slab(arguments.map { [Double](repeating: 0, count: $0.count) })
        defer {
            input.deallocate()
            output.deallocate()
        }
        let value = entry(\.density, op.rawValue, as: vm_density.self)(
            count, input.constants, arguments.map(stride), output.pointers, scale,
            varying.map { (onlyConstants ? VM_ONLY_CONSTANTS : VM_DROP_CONSTANTS) | $0 } ?? 0)
        return (value, output.arrays)
    }

    private func stride(_ operand: [Double]) -> Int32 { operand.count == 1 ? 0 : 1 }
}

/// Several arrays with stable addresses.
private struct Slab {
    let buffers: [UnsafeMutableBufferPointer<Double>]

    init(_ arrays: [[Double]]) {
        buffers = arrays.map {
            let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: $0.count)
            _ = buffer.initialize(from: $0)
            return buffer
        }
    }
    var pointers: [UnsafeMutablePointer<Double>?] { buffers.map(\.baseAddress) }
    var constants: [UnsafePointer<Double>?] { pointers.map { UnsafePointer($0) } }
    var arrays: [[Double]] { buffers.map(Array.init) }
    func deallocate() { buffers.forEach { $0.deallocate() } }
}

let unaryOps: [(name: String, op: vm_unary_op)] = [
    ("NEGATE", VM_NEGATE), ("EXP", VM_EXP), ("LOG", VM_LOG), ("LOG1P", VM_LOG1P),
    ("EXPM1", VM_EXPM1), ("SQRT", VM_SQRT), ("SQUARE", VM_SQUARE), ("RECIPROCAL", VM_RECIPROCAL),
    ("ABS", VM_ABS), ("SIN", VM_SIN), ("COS", VM_COS), ("TAN", VM_TAN), ("ASIN", VM_ASIN),
    ("ACOS", VM_ACOS), ("ATAN", VM_ATAN), ("SINH", VM_SINH), ("COSH", VM_COSH),
    ("TANH", VM_TANH), ("ASINH", VM_ASINH), ("ACOSH", VM_ACOSH), ("ATANH", VM_ATANH),
    ("CBRT", VM_CBRT), ("EXP2", VM_EXP2), ("LOG2", VM_LOG2), ("LOG10", VM_LOG10),
    ("LOGISTIC", VM_LOGISTIC), ("LOG_LOGISTIC", VM_LOG_LOGISTIC), ("LOGIT", VM_LOGIT),
    ("LOG1M", VM_LOG1M), ("LOG1P_EXP", VM_LOG1P_EXP), ("LOG1M_EXP", VM_LOG1M_EXP),
    ("ERF", VM_ERF), ("ERFC", VM_ERFC), ("NORMAL_CDF", VM_NORMAL_CDF),
    ("LOG_NORMAL_CDF", VM_LOG_NORMAL_CDF), ("NORMAL_QUANTILE", VM_NORMAL_QUANTILE),
    ("LOG_GAMMA", VM_LOG_GAMMA), ("DIGAMMA", VM_DIGAMMA), ("TRIGAMMA", VM_TRIGAMMA),
    ("FLOOR", VM_FLOOR), ("CEIL", VM_CEIL), ("ROUND", VM_ROUND), ("TRUNC", VM_TRUNC),
]
let binaryOps: [(name: String, op: vm_binary_op)] = [
    ("ADD", VM_ADD), ("SUBTRACT", VM_SUBTRACT), ("MULTIPLY", VM_MULTIPLY), ("DIVIDE", VM_DIVIDE),
    ("POW", VM_POW), ("ATAN2", VM_ATAN2), ("HYPOT", VM_HYPOT), ("MINIMUM", VM_MINIMUM),
    ("MAXIMUM", VM_MAXIMUM), ("LOG_SUM_EXP2", VM_LOG_SUM_EXP2),
    ("LOG_DIFF_EXP", VM_LOG_DIFF_EXP), ("LOG_BETA", VM_LOG_BETA), ("LESS", VM_LESS),
    ("LESS_EQUAL", VM_LESS_EQUAL), ("EQUAL", VM_EQUAL), ("NOT_EQUAL", VM_NOT_EQUAL),
]
let densityOps: [(name: String, op: vm_density_op, arguments: Int)] = [
    ("NORMAL", VM_NORMAL, 3), ("STD_NORMAL", VM_STD_NORMAL, 1),
    ("BERNOULLI_LOGIT", VM_BERNOULLI_LOGIT, 2), ("POISSON_LOG", VM_POISSON_LOG, 2),
    ("STUDENT_T", VM_STUDENT_T, 4), ("GAMMA", VM_GAMMA, 3), ("EXPONENTIAL", VM_EXPONENTIAL, 2),
    ("CAUCHY", VM_CAUCHY, 3), ("LOGNORMAL", VM_LOGNORMAL, 3), ("BETA", VM_BETA, 3),
    ("BINOMIAL_LOGIT", VM_BINOMIAL_LOGIT, 3),
]
