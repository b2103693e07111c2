// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

/// A compiled function: steps over one flat workspace.
///
/// The workspace holds the inputs, then everything computed, then the constants;
/// adjoints mirror the part before the constants.
struct Program: Sendable {
    struct Run: Sendable {
        var offset: Int32
        var count: Int32
    }

    struct Check: Sendable {
        var relation: Relation
        var a: Int32
        var b: Int32
        var held: Bool
    }

    struct External: Sendable {
        var function: any ExternalFunction
        var inputCount: Int
    }

    struct Pointwise: Sendable {
        var function: PointwiseFunction
        var arguments: [DensityTerm.Argument]
    }

    /// Steps over long arrays that are done, forwards and backwards, for some
    /// hundred entries at a time. What a step writes has room for one tile; in its
    /// readers the stride 2 marks such an operand.
    struct TiledLoop: Sendable {
        var count: Int
        var width: Int
        var steps: [Instruction] = []
        var densities: [DensityTerm] = []
        /// Values of a tile that are terms of the result.
        var terms: [Int32] = []
        /// The places of a tile's values.
        var locals: [Int32] = []
    }

    var dimension: Int
    var instructions: [Instruction] = []
    var indexLists: [[Int32]] = []
    /// The operands of reductions over a few scalars, lane by lane.
    var reductions: [[DensityTerm.Argument]] = []
    /// Runs of scalar steps, each from START to END.
    var codes: [[vm_code]] = []
    var externals: [External] = []
    var pointwise: [Pointwise] = []
    var densityTerms: [DensityTerm] = []
    var tiledLoops: [TiledLoop] = []
    /// Runs of the workspace whose sums are terms of the result.
    var termRuns: [Run] = []
    var constantTerm = 0.0
    var checks: [Check] = []
    /// Entries that have adjoints.
    var activeCount = 0
    /// Known numbers, behind the active part.
    var constants: [Double] = []
    /// Long arrays of known numbers.
    var shared: SharedConstants?
    /// Known numbers that stand among computed ones.
    var preset: [(Int32, Double)] = []
    /// Where the outputs of a function of several values lie.
    var outputs: [Int32] = []
    var scratchCount = 0

    var workspaceCount: Int { activeCount + constants.count }
}
