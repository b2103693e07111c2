// SPDX-License-Identifier: GPL-3.0-or-later

/// Elementwise functions of one argument, in the order of `vm_unary_op`.
package enum Unary: UInt8, CaseIterable, Sendable {
    case negate, exp, log, log1p, expm1, sqrt, square, reciprocal, abs
    case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh
    case asinh, acosh, atanh, cbrt, exp2, log2, log10
    case logistic, logLogistic, logit, log1m, log1pExp, log1mExp
    case erf, erfc, normalCDF, logNormalCDF, normalQuantile
    case logGamma, digamma, trigamma, floor, ceil, round, trunc
}

/// Elementwise functions of two arguments, in the order of `vm_binary_op`.
package enum Binary: UInt8, CaseIterable, Sendable {
    case add, subtract, multiply, divide, pow, atan2, hypot, minimum, maximum
    case logSumExp, logDiffExp, logBeta
    case less, lessOrEqual, equal, notEqual
}

/// Log densities with a kernel of their own, in the order of `vm_density_op`:
/// value and partial derivatives in one sweep.
package enum FusedDensity: UInt8, CaseIterable, Sendable {
    case normal, standardNormal, bernoulliLogit, poissonLog, studentT, gamma, exponential
    case cauchy, logNormal, beta, binomialLogit

    var argumentCount: Int {
        switch self {
        case .standardNormal: 1
        case .bernoulliLogit, .poissonLog, .exponential: 2
        case .normal, .gamma, .cauchy, .logNormal, .beta, .binomialLogit: 3
        case .studentT: 4
        }
    }
}

/// What a node of the graph computes.
enum Operation: UInt8 {
    /// Known numbers; `extra` is their offset in the table of constants, or, negative,
    /// the complement of their position among the very long arrays.
    case constant
    /// Entries of the function's input; `extra` is the offset of the first.
    case input
    case unary, binary
    /// `a` where the condition `c` is not 0, else `b`; elementwise.
    case select
    /// Sum of a fused log density over its elements; `extra` names the operand list.
    case density
    /// Entry `extra` of `a`.
    case element
    /// Entries of `a` at the indices of list `extra`.
    case gather
    /// An array from the scalars of operand list `extra`.
    case pack
    /// The entries of `a` in another shape.
    case reshape
    case sum, dot, logSumExp, product, minimum, maximum
    /// Of the few scalars of operand list `extra`.
    case logSumExpOfScalars
    case matrixProduct, cholesky, solveLower, solveLowerTransposed
    case inverse, solve, logDeterminant
    /// A vector function given in Swift, number `extra` of the trace, of `a`.
    case external
    /// A function of several scalars given in Swift, number `b` of the trace;
    /// `extra` names the operand list.
    case pointwise
}

/// A relation that decides a branch.
public enum Relation: UInt8, Sendable {
    case less, lessOrEqual, equal, notEqual, greater, greaterOrEqual

    package func holds(_ a: Double, _ b: Double) -> Bool {
        switch self {
        case .less: a < b
        case .lessOrEqual: a <= b
        case .equal: a == b
        case .notEqual: a != b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }
}

/// One node: 28 bytes, since a loop over a million observations has millions.
struct Node {
    var operation: Operation
    /// Raw value of `Unary`, `Binary` or `FusedDensity`; flags of a density in `b`.
    var function: UInt8
    /// Operands; −1 is none.
    var a: Int32
    var b: Int32
    var c: Int32
    var extra: Int32
    var packedShape: PackedShape

    var shape: Shape { packedShape.shape }
    var isScalar: Bool { packedShape.isScalar }

    init(
        _ operation: Operation, function: UInt8 = 0, _ a: Int32 = -1, _ b: Int32 = -1,
        _ c: Int32 = -1, extra: Int32 = -1, shape: Shape
    ) {
        self.operation = operation
        self.function = function
        self.a = a
        self.b = b
        self.c = c
        self.extra = extra
        packedShape = PackedShape(shape)
    }
}
