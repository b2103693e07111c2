// SPDX-License-Identifier: GPL-3.0-or-later

/// What one step of a program does.
enum Step: UInt8 {
    case unary, binary, select, gather
    /// a b + c and its relatives.
    case multiplyAdd
    case sum, dot, logSumExp, product, minimum, maximum
    case matrixProduct
    case cholesky, solveLower, solveLowerTransposed, inverse, solve, logDeterminant
    /// Functions given in Swift; `extra` is their number in the program.
    case external, pointwise
    /// log(Σ exp(xₖ)) of a few operands, lane by lane; `a` has the weights, `extra`
    /// is the number of the operands' list. Always turned into code.
    case logSumExps
    /// A run of scalar steps; `extra` is its number in the program.
    case code
}

/// One step over contiguous runs of the workspace.
struct Instruction {
    var step: Step
    /// Raw value of `Unary`, `Binary` or `Fusion.Form`.
    var function: UInt8 = 0
    /// Strides of the operands: 0 for one value that goes with all, else 1.
    var strideA: UInt8 = 1
    var strideB: UInt8 = 1
    var strideC: UInt8 = 1
    /// Which operands take part in derivatives.
    var activeA = false
    var activeB = false
    var activeC = false
    var count: Int32
    var out: Int32
    var a: Int32
    var b: Int32 = 0
    var c: Int32 = 0
    /// Gathers: number of the index list. Matrices: rows of the left operand.
    var extra: Int32 = 0
    /// Matrices: the inner dimension.
    var inner: Int32 = 0
}

/// A log density whose sum over its elements is a term of the result. Value and
/// derivatives are computed in one sweep between the two passes.
struct DensityTerm {
    /// An operand as the lanes of a step read it.
    struct Argument {
        var offset: Int32
        var stride: UInt8
        var active: Bool
    }

    var density: FusedDensity
    var count: Int32
    var arguments: [Argument]
    var droppingConstants: Bool

    /// Bit k says that argument k takes part in derivatives, for the kernels.
    var activeFlags: UInt32 {
        arguments.indices.reduce(0) { arguments[$1].active ? $0 | 1 << UInt32($1) : $0 }
    }
}
