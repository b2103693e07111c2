// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Errors
import Inference

extension Library {
    /// Integrals over one variable, all by double exponential quadrature. Under the
    /// name `gauss_kronrod` the integrand gets no complement, as in Stan.
    static let integrals: LibraryGroup = {
        // √ε, as Stan.
        let standard = 0x1p-26
        return [
            "integrate_1d": { call in
                try integral(
                    call, call.count > 6 ? try call.number(6) : standard, complement: true,
                    Array(call.arguments[3...5]))
            },
            "integrate_1d_double_exponential": { call in
                try integral(
                    call, standard, complement: true, Array(call.arguments.dropFirst(3)))
            },
            "integrate_1d_double_exponential_tol": { call in
                try integral(
                    call, try call.number(3), complement: true,
                    Array(call.arguments.dropFirst(6)))
            },
            "integrate_1d_gauss_kronrod": { call in
                try integral(
                    call, standard, complement: false, Array(call.arguments.dropFirst(3)))
            },
            "integrate_1d_gauss_kronrod_tol": { call in
                try integral(
                    call, try call.number(3), complement: false,
                    Array(call.arguments.dropFirst(6)))
            },
        ]
    }()

    private static func integral(
        _ call: Call, _ tolerance: Double, complement: Bool, _ arguments: [Value]
    ) throws -> Value {
        let solver = try SolverCall(call)
        let (lower, upper) = (try call.real(1), try call.real(2))
        guard tolerance >= 0 else {
            throw DomainError(
                call.name, "relative_tolerance", is: tolerance, mustBe: "nonnegative")
        }
        let template = ArgumentTemplate(arguments, of: solver.function, from: 2)
        let integrand = try VectorFunction(dimension: 2 + template.count) { trace in
            let (x, complement) = (trace.input(), trace.input())
            let value = try solver.run(
                trace, [.real(x), .real(complement)] + template.arguments(from: trace))
            return [value.expression]
        }
        let function = TracedIntegral(
            integrand: integrand, lower: lower.constant, upper: upper.constant,
            givesComplement: complement, tolerance: max(tolerance, 1e-15),
            isStopped: solver.isStopped, stopped: Cancelled(),
            failure: { failure(solver, $0, tolerance) })
        let inputs =
            [lower, upper].filter { !$0.isConstant }.map { Entries([$0]) } + template.taken
        return .real(try Traced.external(function, Entries.joined(inputs).vector, .scalar))
    }

    private static func failure(
        _ solver: SolverCall, _ failure: IntegralFailure, _ tolerance: Double
    ) -> any Error {
        switch failure {
        case .tolerance(let error):
            return solver.rejection(
                "\(solver.name): error estimate of integral relative to the L1 norm "
                    + "\(formatted(error)) exceeds the given relative tolerance "
                    + "\(formatted(tolerance))")
        case .notFinite(let x):
            return solver.rejection(
                "\(solver.name): the integrand is not finite at \(formatted(x))")
        case .bounds(let a, let b):
            return solver.rejection(
                "\(solver.name): lower limit is \(formatted(a)), but must be less than or equal "
                    + "to \(formatted(b))")
        }
    }
}
