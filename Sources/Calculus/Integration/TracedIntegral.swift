// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// What stops an integral.
package enum IntegralFailure: Error {
    /// The error over the integral of the magnitude.
    case tolerance(error: Double)
    case notFinite(at: Double)
    case bounds(Double, Double)
}

/// The integral of f(x, complement of x, p) from a to b as one operation of a graph,
/// with derivatives by the bounds and the parameters.
///
/// The derivatives by parameters are integrals themselves, all of one rule whose
/// step is halved until they too are within the tolerance.
/// Inputs are the bounds that are not known, then the parameters.
package struct TracedIntegral: ExternalFunction {
    /// A function of x, its complement and parameters, in this order.
    package var integrand: VectorFunction
    package var lower: Double?
    package var upper: Double?
    package var givesComplement: Bool
    package var tolerance: Double
    package var isStopped: @Sendable () -> Bool
    package var stopped: any Error
    package var failure: @Sendable (IntegralFailure) -> any Error

    package init(
        integrand: VectorFunction, lower: Double?, upper: Double?, givesComplement: Bool,
        tolerance: Double, isStopped: @escaping @Sendable () -> Bool, stopped: any Error,
        failure: @escaping @Sendable (IntegralFailure) -> any Error
    ) {
        self.integrand = integrand
        self.lower = lower
        self.upper = upper
        self.givesComplement = givesComplement
        self.tolerance = tolerance
        self.isStopped = isStopped
        self.stopped = stopped
        self.failure = failure
    }

    package func makeEvaluator(inputCount: Int) -> any ExternalEvaluator { Evaluator(self) }

    private final class Evaluator: ExternalEvaluator {
        private let integral: TracedIntegral
        private let function: VectorLinearization
        private var lower = 0.0
        private var upper = 0.0
        private var value = [0.0]
        private var magnitude = [0.0]
        private var row: [Double]
        private var sums: [Double]
        private var magnitudes: [Double]
        private var isFresh = true
        private var levels: [Int] = []

        init(_ integral: TracedIntegral) {
            self.integral = integral
            function = VectorLinearization(integral.integrand)
            row = [Double](repeating: 0, count: function.dimension)
            sums = [Double](repeating: 0, count: function.dimension - 2)
            magnitudes = sums
        }

        private func at(_ x: Double, _ complement: Double) throws -> Double {
            function.point[0] = x
            function.point[1] = complement
            var y = 0.0
            try function.evaluate(changing: isFresh ? function.dimension : 2, into: &y)
            isFresh = false
            return y
        }

        /// The parts between the bounds; those on both sides of 0 are apart.
        private func parts() -> [(rule: DoubleExponential, sign: Double)] {
            let (a, b) = (min(lower, upper), max(lower, upper))
            let sign: Double = lower <= upper ? 1 : -1
            if a == b { return [] }
            let isFinite = a.isFinite && b.isFinite
            let cuts = a < 0 && b > 0 && (a.isFinite || b.isFinite) ? [a, 0, b] : [a, b]
            return zip(cuts, cuts.dropFirst()).map {
                (
                    DoubleExponential(
                        .init($0, $1), givesComplement: isFinite && integral.givesComplement), sign
                )
            }
        }

        func evaluate(
            at input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>
        ) throws {
            var next = input
            if let known = integral.lower {
                lower = known
            } else {
                lower = next[0]
                next += 1
            }
            if let known = integral.upper {
                upper = known
            } else {
                upper = next[0]
                next += 1
            }
            (function.point + 2).update(from: next, count: function.dimension - 2)
            isFresh = true
            guard lower <= upper else { throw integral.failure(.bounds(lower, upper)) }
            output[0] = 0
            levels.removeAll(keepingCapacity: true)
            for (rule, sign) in parts() {
                do {
                    let (level, error) = try rule.integrate(
                        from: 0, tolerance: integral.tolerance, sums: &value,
                        magnitudes: &magnitude, isStopped: integral.isStopped,
                        stopped: integral.stopped
                    ) { node, sums, magnitudes in
                        let y = try at(node.x, node.complement)
                        guard y.isFinite else { return false }
                        sums[0] += node.weight * y
                        magnitudes[0] += node.weight * y.magnitude
                        return true
                    }
                    guard error <= integral.tolerance else {
                        throw integral.failure(.tolerance(error: error))
                    }
                    levels.append(level)
                } catch let error as DoubleExponential.NotFinite {
                    throw integral.failure(.notFinite(at: error.x))
                }
                output[0] += sign * value[0]
            }
        }

        func addAdjoints(
            at input: UnsafePointer<Double>, outputs: UnsafePointer<Double>,
            outputAdjoints: UnsafePointer<Double>, into adjoints: UnsafeMutablePointer<Double>
        ) {
            let seed = outputAdjoints[0]
            var next = adjoints
            for (known, bound, sign) in [
                (integral.lower, lower, -1.0), (integral.upper, upper, 1.0),
            ] where known == nil {
                if bound.isFinite {
                    let isFinite = lower.isFinite && upper.isFinite
                    let complement = isFinite && integral.givesComplement ? 0 : Double.nan
                    next[0] += seed * sign * ((try? at(bound, complement)) ?? .nan)
                }
                next += 1
            }
            if sums.isEmpty { return }
            var seeds = 1.0
            for (part, level) in zip(parts(), levels) {
                do {
                    _ = try part.rule.integrate(
                        from: level, tolerance: integral.tolerance, sums: &sums,
                        magnitudes: &magnitudes, isStopped: { false }, stopped: integral.stopped
                    ) { node, sums, magnitudes in
                        let y = try at(node.x, node.complement)
                        for i in row.indices { row[i] = 0 }
                        seeds = 1
                        function.pullBack(&seeds, into: &row)
                        for i in 2..<row.count where !row[i].isFinite {
                            // Far out 0 times infinity: nothing.
                            if y != 0 { return false }
                            row[i] = 0
                        }
                        for i in sums.indices {
                            sums[i] += node.weight * row[i + 2]
                            magnitudes[i] += node.weight * row[i + 2].magnitude
                        }
                        return true
                    }
                    for i in sums.indices { next[i] += seed * part.sign * sums[i] }
                } catch {
                    for i in sums.indices { next[i] = .nan }
                }
            }
        }
    }
}
