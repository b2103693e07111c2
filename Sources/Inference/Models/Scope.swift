// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Errors
import Randomness

extension Model {
    /// What a model's body declares its parameters with.
    ///
    /// The body runs several times: with numbers for the parameters, to learn
    /// their names and sizes, and with symbols, to record the log density. It
    /// has to declare the same parameters each time.
    public final class Scope {
        /// Where the values of parameters come from.
        enum Source {
            /// Symbols, the next inputs of the trace.
            case trace
            /// Numbers: given values, or coordinates from a generator.
            case numbers(RandomGenerator, radius: Double, given: [String: [Double]])
        }

        private let trace: Trace
        private let source: Source
        private(set) var parameters: [Variable] = []
        private(set) var derivedVariables: [Variable] = []
        private(set) var simulations: [Simulation] = []
        private(set) var logJacobian: Traced = 0
        /// The coordinates used, when the source is numbers.
        private(set) var coordinates: [Double] = []
        /// The first thing that went wrong; the body goes on with zeros.
        private(set) var failure: (any Error)?

        init(_ trace: Trace, _ source: Source) {
            self.trace = trace
            self.source = source
        }

        /// A scalar parameter.
        public func parameter(_ name: String, _ constraint: Constraint = .none) -> Traced {
            declare(name, .scalar, constraint)
        }

        /// A vector of parameters.
        public func vector(
            _ name: String, count: Int, _ constraint: Constraint = .none
        ) -> Traced {
            declare(name, .vector(max(count, 0)), constraint)
        }

        /// A matrix of parameters.
        public func matrix(
            _ name: String, rows: Int, columns: Int, _ constraint: Constraint = .none
        ) -> Traced {
            declare(name, .matrix(max(rows, 0), max(columns, 0)), constraint)
        }

        /// Names a quantity that depends on parameters, to have it in the
        /// draws. Returns it.
        public func derived(_ name: String, _ value: some Quantity) -> Traced {
            let value = value.expression
            check(name)
            derivedVariables.append(Variable(name: name, shape: value.shape, value: value))
            return value
        }

        /// Draws new data from a distribution with each draw of the
        /// parameters: for predictions and predictive checks.
        ///
        /// `count` is the number of values, by default that of the
        /// distribution's parameters.
        public func simulated(
            _ name: String, _ distribution: TracedDistribution, count: Int? = nil
        ) -> Statement {
            check(name)
            do {
                simulations.append(try Simulation(name, distribution, count))
            } catch {
                fail(error)
            }
            return Statement()
        }

        /// Adds a term to the log density, where no distribution says it.
        public func add(_ logDensity: Traced) -> Statement { Statement(sum(logDensity)) }

        private func declare(
            _ name: String, _ shape: Shape, _ constraint: Constraint
        ) -> Traced {
            check(name)
            let zeros = Traced([Double](repeating: 0, count: shape.count), shape)
            var value = shape.isScalar ? Traced(0) : zeros
            do {
                let free = try self.free(name, shape, constraint)
                let (constrained, jacobian) = try constraint.constrain(
                    free, shape: shape, trace: trace)
                value = constrained
                logJacobian += jacobian
            } catch let error as ConstraintError {
                fail(ConstraintError("parameter \(name): \(error)"))
            } catch {
                fail(error)
            }
            parameters.append(Variable(name: name, shape: shape, value: value))
            return value
        }

        private func free(
            _ name: String, _ shape: Shape, _ constraint: Constraint
        ) throws -> Traced {
            let count = try constraint.freeCount(for: shape)
            switch source {
            case .trace:
                return trace.input(shape.isScalar ? .scalar : .vector(count))
            case .numbers(let generator, let radius, let given):
                var free = (0..<count).map { _ in radius * (2 * generator.uniform() - 1) }
                if let values = given[name] {
                    free = try constraint.unconstrain(values, shape: shape, name: name)
                }
                coordinates += free
                return shape.isScalar ? Traced(free[0]) : Traced(free)
            }
        }

        private func check(_ name: String) {
            let isWord =
                name.first.map { $0.isLetter } ?? false
                && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            guard isWord, !name.hasSuffix("__") else {
                return fail(
                    ParameterError(
                        "name", is: "\"\(name)\"",
                        mustBe: "letters, digits and single underscores, a letter first"))
            }
            let used =
                parameters.map(\.name) + derivedVariables.map(\.name) + simulations.map(\.name)
            if used.contains(name) {
                fail(ParameterError("name", is: "\"\(name)\"", mustBe: "used only once"))
            }
        }

        private func fail(_ error: any Error) { failure = failure ?? error }
    }

    /// A named quantity of a model.
    struct Variable {
        let name: String
        let shape: Shape
        let value: Traced

        /// The names of its entries, column-major.
        var entryNames: [String] {
            switch shape {
            case .scalar: [name]
            case .vector(let count): (1...max(count, 1)).prefix(count).map { "\(name).\($0)" }
            case .matrix(let rows, let columns):
                (0..<(rows * columns)).map { "\(name).\($0 % rows + 1).\($0 / rows + 1)" }
            }
        }
    }
}
