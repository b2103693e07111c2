// SPDX-License-Identifier: GPL-3.0-or-later

/// An explicit Runge–Kutta method: a tableau, an error estimate, and perhaps dense
/// output.
///
/// Stages are counted from 0; stage 0 is the derivative at the start of the step.
/// The derivative at its end has the number `stageCount`, and stages that only
/// dense output needs follow it.
///
/// Dense output is the cubic Hermite interpolant plus θ²(1−θ)² times a polynomial
/// with the methods' corrections (Hairer, Nørsett and Wanner I, section II.6), so
/// it is y + h Σ wᵢ(θ) kᵢ for the fraction θ of the step.
final class ExplicitScheme: @unchecked Sendable {
    /// The entries of a row that are not 0.
    struct Row {
        let count: Int
        let columns: UnsafePointer<Int>
        let values: UnsafePointer<Double>

        init(_ dense: [Double]) {
            let kept = dense.indices.filter { dense[$0] != 0 }
            count = kept.count
            let columns = UnsafeMutablePointer<Int>.allocate(capacity: max(1, count))
            let values = UnsafeMutablePointer<Double>.allocate(capacity: max(1, count))
            for (i, column) in kept.enumerated() {
                (columns + i).initialize(to: column)
                (values + i).initialize(to: dense[column])
            }
            self.columns = UnsafePointer(columns)
            self.values = UnsafePointer(values)
        }
    }

    let order: Int
    let stageCount: Int
    /// Fractions of the step at which the stages are.
    let nodes: [Double]
    /// What stages 1, 2, … add to the state; behind the end of the step those of
    /// dense output.
    let rows: [Row]
    let weights: Row
    /// One estimate, or those of orders 5 and 3 of DOP853.
    let errors: [Row]
    /// Whether an estimate reads the derivative at the end of the step.
    let estimateReadsEnd: Bool
    /// The factors of 1, θ, θ(1−θ), θ²(1−θ) in the correction; nil without dense
    /// output.
    let corrections: [Row]?

    /// All stages, the end of the step among them.
    var totalCount: Int { rows.count + 2 }
    var extraCount: Int { totalCount - stageCount - 1 }

    /// - Parameters:
    ///   - nodes: of all stages.
    ///   - rows: of stages 1 to `stageCount` − 1.
    ///   - extraRows: of the stages behind the end.
    ///
    /// The tables live as long as the program.
    init(
        order: Int, stageCount: Int, nodes: [Double], rows: [[Double]], weights: [Double],
        extraRows: [[Double]] = [], errors: [[Double]], corrections: [[Double]]? = nil
    ) {
        self.order = order
        self.stageCount = stageCount
        self.nodes = nodes
        self.rows = (rows + extraRows).map(Row.init)
        self.weights = Row(weights)
        self.errors = errors.map(Row.init)
        estimateReadsEnd = errors.contains { $0.count > stageCount && $0[stageCount] != 0 }
        self.corrections = corrections?.map(Row.init)
    }

    /// The row of a stage from 1, the end of the step left out.
    func row(_ stage: Int) -> Row { rows[stage < stageCount ? stage - 1 : stage - 2] }

    /// Writes the weights of all stages for the state at a fraction of the step,
    /// or of its derivative by the fraction.
    func denseWeights(
        at x: Double, derivative: Bool = false, into w: UnsafeMutablePointer<Double>
    ) {
        w.update(repeating: 0, count: totalCount)
        let rest = 1 - x
        let bump = x * rest
        let hermite = derivative ? 6 * bump : x * x * (3 - 2 * x)
        for i in 0..<weights.count { w[weights.columns[i]] += hermite * weights.values[i] }
        w[0] += derivative ? rest * (1 - 3 * x) : bump * rest
        w[stageCount] -= derivative ? x * (2 - 3 * x) : x * bump
        for (power, row) in (corrections ?? []).enumerated() {
            let slope = 1 - 2 * x
            let factor: Double
            switch (power, derivative) {
            case (0, false): factor = bump * bump
            case (0, true): factor = 2 * bump * slope
            case (1, false): factor = bump * bump * x
            case (1, true): factor = 2 * bump * slope * x + bump * bump
            case (2, false): factor = bump * bump * bump
            case (2, true): factor = 3 * bump * bump * slope
            case (_, false): factor = bump * bump * bump * x
            case (_, true): factor = 3 * bump * bump * slope * x + bump * bump * bump
            }
            for i in 0..<row.count { w[row.columns[i]] += factor * row.values[i] }
        }
    }

    // MARK: Methods

    /// Order 5 with an estimate of order 4 and dense output of order 4 (Dormand
    /// and Prince 1980; the output is Shampine's, as in Hairer's DOPRI5).
    static let dormandPrince = ExplicitScheme(
        order: 5, stageCount: 6, nodes: [0, 0.2, 0.3, 0.8, 8.0 / 9, 1, 1],
        rows: [
            [0.2],
            [3.0 / 40, 9.0 / 40],
            [44.0 / 45, -56.0 / 15, 32.0 / 9],
            [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
            [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        ],
        weights: [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
        errors: [
            [
                71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525,
                -1.0 / 40,
            ]
        ],
        corrections: [
            [
                -12_715_105_075.0 / 11_282_082_432, 0, 87_487_479_700.0 / 32_700_410_799,
                -10_690_763_975.0 / 1_880_347_072, 701_980_252_875.0 / 199_316_789_632,
                -1_453_857_185.0 / 822_651_844, 69_997_945.0 / 29_380_423,
            ]
        ])

    /// Order 5 with an estimate of order 4 (Cash and Karp 1990); steps end at the
    /// times asked for.
    static let cashKarp = ExplicitScheme(
        order: 5, stageCount: 6, nodes: [0, 0.2, 0.3, 0.6, 1, 7.0 / 8, 1],
        rows: [
            [0.2],
            [3.0 / 40, 9.0 / 40],
            [0.3, -0.9, 1.2],
            [-11.0 / 54, 2.5, -70.0 / 27, 35.0 / 27],
            [1631.0 / 55296, 175.0 / 512, 575.0 / 13824, 44275.0 / 110592, 253.0 / 4096],
        ],
        weights: [37.0 / 378, 0, 250.0 / 621, 125.0 / 594, 0, 512.0 / 1771],
        errors: [
            [
                37.0 / 378 - 2825.0 / 27648, 0, 250.0 / 621 - 18575.0 / 48384,
                125.0 / 594 - 13525.0 / 55296, -277.0 / 14336, 512.0 / 1771 - 0.25,
            ]
        ])
}
