// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// Rewrites calls of the older solvers, in a program that is else of today.
///
/// The functions that `integrate_ode_…` takes have arrays where those of `ode_…` have
/// vectors, so each gets a function around it, and the solution another one that makes
/// arrays of its vectors; both stand at the end of the functions block. The arguments of
/// `algebra_solver` change places.
struct SolverUpgrader {
    private var upgrader: Upgrader
    private let program: StanProgram
    private var names: Set<String>
    private var right: [Int: String] = [:]
    private var wrappers: [String: String] = [:]
    private var added = ""
    /// Calls of which functions stand for calls of which solver.
    private(set) var stands: [String: StanOutline.SolverCall] = [:]
    /// Functions that have been added.
    private(set) var addedNames: Set<String> = []
    private(set) var hasChanges = false
    /// Which of the program's calls were left as they are.
    private(set) var left: Set<Int> = []

    init(_ source: SourceText, _ tokens: [Token], _ program: StanProgram) {
        upgrader = Upgrader(source, tokens)
        self.program = program
        names = Set(
            tokens.filter { $0.kind == .identifier }.map { source.text(in: $0.range) })
    }

    static func isOutdated(_ name: String) -> Bool {
        name.hasPrefix("integrate_ode_") || name.hasPrefix("algebra_solver")
    }

    /// The calls of older solvers, in order.
    static func calls(in program: StanProgram) -> [(call: StanLibraryCall, range: Range<Int>)] {
        var calls: [(StanLibraryCall, Range<Int>)] = []
        var visitor = StanVisitor()
        visitor.onExpression = { expression in
            if case .libraryCall(let call) = expression.kind, isOutdated(call.name) {
                calls.append((call, expression.range))
            }
        }
        visitor.visit(program)
        return calls
    }

    static func successor(of name: String) -> String {
        switch name {
        case "algebra_solver": return "solve_powell"
        case "algebra_solver_newton": return "solve_newton"
        default: return String(name.dropFirst("integrate_".count))
        }
    }

    /// - Parameter own: The place in this source of a place in the checked program.
    mutating func rewrite(_ own: (Range<Int>) -> Range<Int>?) -> String {
        for (number, (call, range)) in Self.calls(in: program).enumerated() {
            if let range = own(range), rewrite(call, upgrader.token(at: range.lowerBound)) {
                hasChanges = true
            } else {
                left.insert(number)
            }
        }
        if !added.isEmpty, let end = endOfFunctions { upgrader.insert(added, at: end) }
        return upgrader.text()
    }

    /// Where the functions block closes.
    private var endOfFunctions: Int? {
        guard
            let block = upgrader.tokens.indices.first(where: {
                upgrader.word($0) == "functions" && upgrader.kind($0 + 1) == .leftBrace
            })
        else { return nil }
        return upgrader.tokens[upgrader.closing(block + 1)].start
    }

    private mutating func rewrite(_ call: StanLibraryCall, _ i: Int) -> Bool {
        guard upgrader.word(i) == call.name, upgrader.kind(i + 1) == .leftParen,
            case .functionReference(.user(let position, let drops))? = call.arguments.first?.kind,
            program.functions.indices.contains(position)
        else { return false }
        let commas = upgrader.commas(in: i + 1)
        guard commas.count + 1 == call.arguments.count else { return false }
        return call.name.hasPrefix("algebra")
            ? reorder(call, i, commas)
            : wrap(call, i, commas, program.functions[position], position, drops)
    }

    // MARK: Algebraic equations

    /// algebra_solver(f, x, θ, x_r, x_i, tolerances…) becomes
    /// solve_powell_tol(f, x, tolerances…, θ, x_r, x_i).
    private mutating func reorder(_ call: StanLibraryCall, _ i: Int, _ commas: [Int]) -> Bool {
        let isPowell = call.name == "algebra_solver"
        guard call.arguments.count == 8 else {
            upgrader.replace(i, with: isPowell ? "solve_powell_tol" : "solve_newton")
            // The older function took more steps by default.
            if isPowell {
                upgrader.insert(", 1e-10, 1e-6, 1000", at: upgrader.tokens[commas[1]].start)
            }
            return true
        }
        let moved =
            upgrader.tokens[commas[4]].start..<upgrader.tokens[upgrader.closing(i + 1)].start
        let text = upgrader.source.text(in: moved)
        guard !text.contains("//"), !text.contains("/*"), !text.contains("#") else { return false }
        upgrader.replace(i, with: Self.successor(of: call.name) + "_tol")
        upgrader.insert(text, at: upgrader.tokens[commas[1]].start)
        upgrader.replace(moved, with: "")
        return true
    }

    // MARK: Differential equations

    private mutating func wrap(
        _ call: StanLibraryCall, _ i: Int, _ commas: [Int], _ function: StanFunction,
        _ position: Int, _ drops: Bool
    ) -> Bool {
        let place = upgrader.tokens[i].start
        // A function that calls the solver stands before the functions that are added.
        guard let end = endOfFunctions, place > end, !drops, function.arguments.count == 5,
            function.arguments.prefix(3).allSatisfy({ !$0.isData })
        else { return false }
        let method = String(call.name.dropFirst("integrate_".count))
        let hasTolerances = call.arguments.count == 10
        let key = "\(position) \(method) \(hasTolerances)"
        if wrappers[key] == nil {
            addFunctions(key, method, hasTolerances, function, position, call.name)
        }
        guard let name = wrappers[key] else { return false }
        upgrader.replace(i, with: name)
        upgrader.replace(i + 2, with: "")
        upgrader.replace(commas[0], with: "")
        return true
    }

    private mutating func newName(_ wanted: String) -> String {
        var name = wanted
        while names.contains(name) || StanSignatures.lines[name] != nil { name += "_" }
        names.insert(name)
        addedNames.insert(name)
        return name
    }

    private mutating func addFunctions(
        _ key: String, _ method: String, _ hasTolerances: Bool, _ function: StanFunction,
        _ position: Int, _ solver: String
    ) {
        let data = "data array[] real x_r, data array[] int x_i"
        if right[position] == nil {
            let name = newName(function.name + "_vector")
            right[position] = name
            added += """
                // \(function.name) of vectors, for today's solvers.
                vector \(name)(real t, vector y, array[] real theta, \(data)) {
                return to_vector(\(function.name)(t, to_array_1d(y), theta, x_r, x_i));
                }

                """
        }
        let name = newName("\(function.name)_\(method)\(hasTolerances ? "_tol" : "")")
        let types = hasTolerances ? ", data real rel_tol, data real abs_tol, data int steps" : ""
        let values = hasTolerances ? "rel_tol, abs_tol, steps, " : ""
        added += """
            array[,] real \(name)(array[] real y0, real t0, array[] real ts, array[] real theta, \
            \(data)\(types)) {
            array[size(ts)] vector[size(y0)] y = \(method)\(hasTolerances ? "_tol" : "")\
            (\(right[position] ?? ""), to_vector(y0), t0, ts, \(values)theta, x_r, x_i);
            array[size(ts), size(y0)] real z;
            for (n in 1:size(ts)) z[n] = to_array_1d(y[n]);
            return z;
            }

            """
        wrappers[key] = name
        stands[name] = StanOutline.SolverCall(name: solver, function: position)
    }
}
