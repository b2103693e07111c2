// SPDX-License-Identifier: GPL-3.0-or-later

/// What was renamed, as the checked program tells.
extension Upgrader {
    /// - Parameter own: The place in this source of a place in the checked
    ///   program, which has its included files inside; nil for those.
    mutating func meaning(_ program: StanProgram, _ own: (Range<Int>) -> Range<Int>?) {
        var expressions: [StanExpression] = []
        var places: [StanLeftValue] = []
        var declared: [StanVariable] = []
        var densities: Set<Int> = []
        var visitor = StanVisitor()
        visitor.onExpression = { expressions.append($0) }
        visitor.onLeftValue = { places.append($0) }
        visitor.onDeclaration = { declared.append($0) }
        visitor.onStatement = { statement in
            if case .sampling(let sampling) = statement.kind,
                case .userCall(let call) = sampling.density.kind
            {
                densities.insert(call.function)
            }
        }
        visitor.visit(program)

        let functions = densityNames(program, densities, own)
        for expression in expressions {
            guard let range = own(expression.range) else { continue }
            rewrite(expression, range, functions)
        }
        variables(expressions, places, declared, own)
    }

    // MARK: Functions

    /// New names of functions ending in `_log` that are used as densities, and
    /// of the cumulative functions that belong to them.
    private mutating func densityNames(
        _ program: StanProgram, _ densities: Set<Int>, _ own: (Range<Int>) -> Range<Int>?
    ) -> [Int: String] {
        let stems = Set(
            densities.map { program.functions[$0].name }.filter { $0.hasSuffix("_log") }
                .map { $0.dropLast(4) })
        func newName(_ old: String, isMass: Bool) -> String? {
            for (suffix, today) in [("_ccdf_log", "_lccdf"), ("_cdf_log", "_lcdf")]
            where old.hasSuffix(suffix) && stems.contains(old.dropLast(suffix.count)) {
                return old.dropLast(suffix.count) + today
            }
            guard old.hasSuffix("_log"), stems.contains(old.dropLast(4)) else { return nil }
            return old.dropLast(4) + (isMass ? "_lpmf" : "_lpdf")
        }
        var names: [Int: String] = [:]
        for (i, function) in program.functions.enumerated() where own(function.range) != nil {
            let isMass = function.arguments.first?.type.isIntegral == true
            names[i] = newName(function.name, isMass: isMass)
        }
        // The headers, also of declarations without a body.
        for i in tokens.indices where kind(i) == .identifier && kind(i + 1) == .leftParen {
            guard kind(i - 1) == .rightBracket || isType(word(i - 1)) else { continue }
            let isMass = word(i + 2) == "int" || word(i + 2) == "array" && isOfIntegers(i + 2)
            if let name = newName(word(i), isMass: isMass) { replace(i, with: name) }
        }
        return names
    }

    private func isType(_ word: String) -> Bool { Word(rawValue: word)?.isType ?? false }

    private func isOfIntegers(_ array: Int) -> Bool { word(closing(array + 1) + 1) == "int" }

    private mutating func rewrite(
        _ expression: StanExpression, _ range: Range<Int>, _ functions: [Int: String]
    ) {
        let i = token(at: range.lowerBound)
        switch expression.kind {
        case .libraryCall(let call): self.call(i, call.name, call.arguments)
        case .userCall(let call):
            let name = functions[call.function]
            self.call(i, name ?? word(i), call.arguments)
        case .functionReference(.user(let function, _)):
            if let name = functions[function] { replace(i, with: name) }
        case .conditional(let condition, _, _):
            guard word(i) == "if_else", kind(i + 1) == .leftParen,
                condition.range.lowerBound != expression.range.lowerBound
            else { return }
            let commas = commas(in: i + 1)
            guard commas.count == 2 else { return }
            replace(i, with: "")
            if case .conditional = condition.kind {
                insert("(", at: tokens[i + 1].end)
                insert(")", at: tokens[commas[0]].start)
            }
            replace(commas[0], with: " ?")
            replace(commas[1], with: " :")
            let end = closing(i + 1)
            let isOldAssignment = kind(i - 1) == .minus && kind(i - 2) == .less
            if [";", ","].contains(word(end + 1)),
                isOldAssignment || ["return", "=", "+=", ","].contains(word(i - 1))
            {
                replace(i + 1, with: "")
                replace(end, with: "")
            }
        case .target:
            if word(i) == "get_lp" { replace(i, with: "target") }
        case .binary(.notEqual, let value, let zero)
        where zero.range == expression.range && value.range == expression.range:
            // A real number as a condition.
            var (open, close) = ("(", " != 0)")
            let last = token(at: range.upperBound)
            if case .conditional = value.kind {
                (open, close) = ("((", ") != 0)")
            } else if ["if", "while"].contains(word(i - 2)), closing(i - 1) == last {
                (open, close) = ("", " != 0")
            }
            insert(open, at: range.lowerBound)
            insert(close, at: range.upperBound)
        default: break
        }
    }

    /// The name of a call, the bar behind its first argument.
    private mutating func call(_ i: Int, _ name: String, _ arguments: [StanExpression]) {
        guard kind(i) == .identifier, kind(i + 1) == .leftParen else { return }
        let written = word(i)
        let suffix = Checker.Suffix(written)
        var today = written
        if written != name, suffix != .unnormalized {
            replace(i, with: name)
            today = name
        }
        if written == "fabs", let argument = arguments.first { keepReal(argument, i + 1) }
        if Checker.Suffix(today).takesBar, !today.hasSuffix("_unnorm") {
            let end = closing(i + 1)
            if let comma = commas(in: i + 1).first {
                let isBehindBar = (i + 1..<comma).contains { kind($0) == .bar && depth($0, i) == 1 }
                if !isBehindBar { replace(comma, with: " |") }
            } else if arguments.count == 1, kind(end - 1) != .bar {
                insert(" | ", at: tokens[end].start)
            }
        }
    }

    /// How many brackets are open at a token behind a name.
    private func depth(_ token: Int, _ name: Int) -> Int {
        var depth = 0
        for i in name..<token {
            switch kind(i) {
            case .leftParen, .leftBracket, .leftBrace: depth += 1
            case .rightParen, .rightBracket, .rightBrace: depth -= 1
            default: break
            }
        }
        return depth
    }

    /// `fabs` of an integer was real.
    private mutating func keepReal(_ argument: StanExpression, _ open: Int) {
        let isInteger: Bool
        switch argument.kind {
        case .promotion(let inner): isInteger = inner.type == .int
        case .real: isInteger = kind(open + 1) == .integer
        default: isInteger = false
        }
        guard isInteger else { return }
        let end = closing(open)
        let isWord = end == open + 2
        insert(isWord ? "1.0 * " : "1.0 * (", at: tokens[open].end)
        if !isWord { insert(")", at: tokens[end].start) }
    }

    // MARK: Variables

    /// Words that could name variables once.
    private static let reserved: Set<String> = [
        "array", "complex", "lower", "multiplier", "offset", "profile", "tuple", "upper",
    ]

    private mutating func variables(
        _ expressions: [StanExpression], _ places: [StanLeftValue], _ declared: [StanVariable],
        _ own: (Range<Int>) -> Range<Int>?
    ) {
        var names: [ObjectIdentifier: String] = [:]
        let source = source
        var used = Set(
            tokens.filter { $0.kind == .identifier }.map { source.text(in: $0.range) })
        for variable in declared where Upgrader.reserved.contains(variable.name) {
            guard let range = own(variable.range) else { continue }
            switch variable.origin {
            case .local, .loop, .argument, .transformedData:
                var name = variable.name + "_"
                while used.contains(name), names.values.allSatisfy({ $0 != name }) { name += "1" }
                used.insert(name)
                names[ObjectIdentifier(variable)] = name
                replace(token(at: range.lowerBound), with: name)
            default:
                note(
                    "'\(variable.name)' is a reserved word of today's Stan", at: range,
                    help: "rename it here, and in the data or in what reads the draws")
            }
        }
        guard !names.isEmpty else { return }
        for expression in expressions {
            guard case .variable(let variable) = expression.kind,
                let name = names[ObjectIdentifier(variable)], let range = own(expression.range)
            else { continue }
            replace(token(at: range.lowerBound), with: name)
        }
        for place in places {
            guard let name = names[ObjectIdentifier(place.variable)],
                let range = own(place.range)
            else { continue }
            replace(token(at: range.lowerBound), with: name)
        }
    }
}
