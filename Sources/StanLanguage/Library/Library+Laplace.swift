// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Calculus
import Distributions
import Errors
import Inference

extension Library {
    /// The embedded Laplace approximation.
    static let laplaceApproximations: LibraryGroup = {
        var group: LibraryGroup = ["generate_laplace_options": { try options($0) }]
        for tol in ["", "_tol"] {
            func add(
                _ likelihood: String, _ ending: String,
                _ make: @escaping @Sendable (Call) throws -> LaplaceCall
            ) {
                group["laplace_marginal\(tol)\(likelihood)\(ending)"] = { try make($0).marginal() }
                group["laplace_latent\(tol)\(likelihood)_rng"] = { try make($0).draw() }
            }
            add("", "") { try LaplaceCall($0) }
            add("_bernoulli_logit", "_lpmf") { try LaplaceCall($0, parameters: 1, bernoulliLogit) }
            add("_poisson_log", "_lpmf") { try LaplaceCall($0, parameters: 1, poissonLog) }
            add("_neg_binomial_2_log", "_lpmf") {
                try LaplaceCall($0, parameters: 2, negativeBinomialLog)
            }
        }
        return group
    }()

    private static let bernoulliLogit: LaplaceCall.Density = { y, eta, _, drops in
        .density(.bernoulliLogit, [y, eta], droppingConstants: drops)
    }
    private static let poissonLog: LaplaceCall.Density = { y, eta, _, drops in
        .density(.poissonLog, [y, eta], droppingConstants: drops)
    }
    private static let negativeBinomialLog: LaplaceCall.Density = { y, eta, phi, drops in
        NegativeBinomialLog.logDensity(y, [eta] + phi, droppingConstants: drops)
    }

    private static func options(_ call: Call) throws -> Value {
        var start: Value
        if case .vector = call[0] {
            start = call[0]
        } else {
            let count = try call.size(0)
            try call.requireRoom(count)
            start = .vector(Entries([Double](repeating: 0, count: count)))
        }
        let standard = LaplaceSettings()
        return .tuple([
            start, .number(standard.tolerance), .int(standard.maximumSteps),
            .int(standard.solver), .int(standard.lineSearchSteps),
            .int(standard.fallsBack ? 1 : 0),
        ])
    }
}

/// One call of a function of the embedded Laplace approximation: the log likelihood of
/// the latent variables, and their prior covariance.
private struct LaplaceCall {
    /// The sum over observations, for outcomes, predictors and further parameters.
    typealias Density = @Sendable (Traced, Traced, [Traced], Bool) -> Traced

    private let call: Call
    private let covariance: MatrixValue
    private let template: ArgumentTemplate
    private let laplace: TracedLaplace

    /// A log likelihood of the program: function, arguments, block size, covariance
    /// function, arguments, and options perhaps.
    init(_ call: Call) throws {
        let solver = try SolverCall(call)
        let template = ArgumentTemplate(Self.members(call, 1), of: solver.function, from: 1)
        try self.init(call, at: 2, template) { trace, theta in
            let value = try solver.run(
                trace, [.vector(Entries(theta))] + template.arguments(from: trace))
            return value.expression
        }
    }

    /// A log likelihood of the library: outcomes, their groups, parameters of which the
    /// last are the offsets, and what stands behind the arguments above.
    init(_ call: Call, parameters: Int, _ density: @escaping Density) throws {
        let (y, groups) = (try call.ints(0), try call.ints(1))
        guard y.count == groups.count else {
            throw EvaluationError.size(
                "\(call.name): size of y (\(y.count)) and size of y_index (\(groups.count)) "
                    + "must match in size")
        }
        let offsets = try call.entries(1 + parameters)
        for group in groups where group < 1 || group > offsets.count {
            throw EvaluationError.index(group, offsets.count)
        }
        let template = ArgumentTemplate(Array(call.arguments[2..<2 + parameters]))
        let places = groups.map { $0 - 1 }
        let drops = call.droppingConstants
        try self.init(call, at: 2 + parameters, template) { trace, theta in
            let arguments = template.arguments(from: trace).map(\.expression)
            let eta = theta.gather(places) + (arguments.last ?? 0).gather(places)
            let outcomes = Traced(y.map(Double.init), .vector(y.count))
            return density(outcomes, eta, Array(arguments.dropLast()), drops)
        }
        guard covariance.rows == offsets.count else {
            throw EvaluationError.size(
                "\(call.name): size of the offsets (\(offsets.count)) and rows of the "
                    + "covariance matrix (\(covariance.rows)) must match in size")
        }
    }

    private init(
        _ call: Call, at position: Int, _ template: ArgumentTemplate,
        _ body: @escaping @Sendable (Trace, Traced) throws -> Traced
    ) throws {
        self.call = call
        self.template = template
        let solver = try SolverCall(call, argument: position + 1)
        let arguments = zip(Self.members(call, position + 2), solver.function.arguments).map {
            $0.promoted(to: $1.type)
        }
        guard
            case .matrix(let matrix) = try call.evaluator.call(
                solver.function, arguments, droppingConstants: false)
        else { throw EvaluationError("type", "\(call.name): the covariance must be a matrix") }
        covariance = matrix
        let (n, block) = (matrix.rows, try call.int(position))
        guard n == matrix.columns, n > 0 else {
            throw EvaluationError.size(
                "\(call.name): the covariance matrix must be square and not empty; it has "
                    + "\(n) rows and \(matrix.columns) columns")
        }
        guard block > 0, n % block == 0 else {
            throw EvaluationError.size(
                "\(call.name): the block size of the Hessian (\(block)) must divide the "
                    + "number of latent variables (\(n))")
        }
        let functions = try LatentFunctions(
            count: n, parameterCount: template.count, blockSize: block, body)
        laplace = TracedLaplace(
            functions, covariance: matrix.entries.numbers,
            settings: try Self.settings(call, call[position + 3], n, solver),
            failure: { Self.error($0, solver) })
    }

    private static func members(_ call: Call, _ i: Int) -> [Value] {
        if case .tuple(let values) = call[i] { return values }
        return []
    }

    private static func settings(
        _ call: Call, _ options: Value, _ n: Int, _ solver: SolverCall
    ) throws -> LaplaceSettings {
        var settings = LaplaceSettings()
        settings.isStopped = solver.isStopped
        settings.stopped = Cancelled()
        guard case .tuple(let values) = options, values.count == 6 else { return settings }
        guard let start = Entries(values[0].expression).numbers,
            let tolerance = values[1].expression.constant
        else { throw EvaluationError("type", "\(call.name): the options must be data") }
        guard start.count == n else {
            throw EvaluationError.size(
                "\(call.name): size of theta_init (\(start.count)) and number of latent "
                    + "variables (\(n)) must match in size")
        }
        let numbers = values[2...].map { $0.integer ?? 0 }
        func require(_ what: String, _ value: Double, _ holds: Bool, _ words: String) throws {
            if !holds { throw DomainError(call.name, what, is: value, mustBe: words) }
        }
        try require("tolerance", tolerance, tolerance > 0, "positive")
        try require("max_num_steps", Double(numbers[0]), numbers[0] > 0, "positive")
        try require("solver", Double(numbers[1]), (1...3).contains(numbers[1]), "1, 2 or 3")
        try require(
            "max_steps_line_search", Double(numbers[2]), numbers[2] >= 0, "nonnegative")
        try solver.requireFinite("theta_init", start)
        settings.start = start
        settings.tolerance = tolerance
        settings.maximumSteps = numbers[0]
        settings.solver = numbers[1]
        settings.lineSearchSteps = numbers[2]
        settings.fallsBack = numbers[3] != 0
        return settings
    }

    private static func error(_ failure: LaplaceFailure, _ solver: SolverCall) -> any Error {
        switch failure {
        case .tooManySteps(let count):
            return solver.rejection(
                "\(solver.name): max number of iterations (\(count)) exceeded in the search "
                    + "for the mode")
        case .notFinite(let what):
            return solver.rejection("\(solver.name): \(what) is not finite")
        case .noFactors(let number):
            return solver.rejection(
                "\(solver.name): solver \(number) finds no Cholesky factors at the mode")
        case .noHigherDerivatives:
            return solver.error(
                EvaluationError(
                    "unsupported",
                    "\(solver.name): the log likelihood calls a function without higher "
                        + "derivatives, such as a solver or an eigendecomposition"))
        }
    }

    func marginal() throws -> Value {
        let inputs = (covariance.entries.isKnown ? [] : [covariance.entries]) + template.taken
        return .real(try Traced.external(laplace, Entries.joined(inputs).vector, .scalar))
    }

    func draw() throws -> Value {
        guard laplace.covariance != nil, template.count == 0 else {
            throw EvaluationError("random", "\(call.name): parameters must be known")
        }
        let generator = try call.generator()
        let (mode, factor) = try laplace.posterior(parameters: [])
        let n = mode.count
        return .vector(
            Entries(generator.normalVector(mean: mode, scale: 1) { factor[$1 * n + $0] }))
    }
}
