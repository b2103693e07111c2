// SPDX-License-Identifier: GPL-3.0-or-later

extension Parser {
    /// Whether a declaration begins here.
    var atDeclaration: Bool {
        if token.word.isType { return true }
        switch token.word {
        case .complex: return peek().kind == .identifier
        case .tuple: return peek().kind == .leftParen
        case .array:
            // `array[3] real x;`, but not `array[3] = 1;`
            guard peek().kind == .leftBracket else { return false }
            var open = 0
            var index = position + 1
            while index < tokens.count {
                switch tokens[index].kind {
                case .leftBracket: open += 1
                case .rightBracket:
                    open -= 1
                    if open == 0 { return peek(index - position + 1).kind == .identifier }
                case .semicolon, .leftBrace, .rightBrace: return false
                default: break
                }
                index += 1
            }
            return false
        default: return false
        }
    }

    // MARK: Types without sizes

    /// The type of a function's argument or result.
    mutating func unsizedType(_ what: String) throws(Failure) -> StanType {
        try nested { (parser) throws(Failure) in try parser.unsizedTypeBody(what) }
    }

    private mutating func unsizedTypeBody(_ what: String) throws(Failure) -> StanType {
        if at(.array), peek().kind == .leftBracket {
            advance()
            let dimensions = try unsizedDimensions()
            if at(.array) {
                throw fail(
                    "Expected non-array type after \"array\" declaration", at: token.range,
                    help: "write all dimensions in one bracket: array[,] real")
            }
            let element = try unsizedType(what)
            return .array(of: element, dimensions)
        }
        if at(.tuple), peek().kind == .leftParen {
            advance()
            advance()
            var elements: [StanType] = []
            let start = token.start
            repeat { elements.append(try unsizedType("a type")) } while accept(.comma)
            try expect(.rightParen, "',' or ')' after the type")
            if elements.count < 2 { throw shortTuple(from: start) }
            return .tuple(elements)
        }
        let word = token
        let type: StanType
        switch word.word {
        case .int: type = .int
        case .real: type = .real
        case .complex: type = .complex
        case .vector: type = .vector
        case .rowVector: type = .rowVector
        case .matrix: type = .matrix
        case .complexVector: type = .complexVector
        case .complexRowVector: type = .complexRowVector
        case .complexMatrix: type = .complexMatrix
        default:
            if word.word.isType {
                throw fail(
                    "expected \(what), but '\(text(word))' can only be used for variables of blocks",
                    at: word.range,
                    help:
                        "use the unconstrained type: vector or matrix"
                )
            }
            throw expected(what)
        }
        advance()
        if at(.leftBracket) {
            let start = token.start
            let dimensions = try unsizedDimensions()
            warnOldArray(at: start..<previousEnd)
            return .array(of: type, dimensions)
        }
        return type
    }

    private mutating func shortTuple(from start: Int) -> Failure {
        fail("a tuple has at least two elements", at: start..<previousEnd)
    }

    private mutating func unsizedDimensions() throws(Failure) -> Int {
        try expect(.leftBracket, "'['")
        var dimensions = 1
        while accept(.comma) { dimensions += 1 }
        guard accept(.rightBracket) else {
            throw expected(
                "',' or ']'", help: "types of function arguments have no sizes: array[,] real")
        }
        return dimensions
    }

    private mutating func warnOldArray(at range: Range<Int>) {
        warn(
            "array", "brackets after the type or name are the old syntax of arrays", at: range,
            help: "write array[N] real x instead of real x[N]")
    }

    // MARK: Declarations

    mutating func declaration() throws(Failure) -> ParsedDeclaration {
        let type = try sizedType()
        var variables: [ParsedDeclaration.Variable] = []
        repeat {
            let name = try identifier("a variable's name")
            var dimensions: [ParsedExpression] = []
            if at(.leftBracket) {
                let start = token.start
                guard type.dimensions.isEmpty else {
                    throw fail(
                        "Expected a new identifier after comma in declaration, or ';'",
                        at: token.range, help: "write all sizes after array: array[N, M] real x")
                }
                advance()
                dimensions = try expressions(until: .rightBracket, "']'", allowsNone: false)
                warnOldArray(at: start..<previousEnd)
            }
            var initializer: ParsedExpression?
            if accept(.assign) || acceptOldAssignment() { initializer = try expression() }
            variables.append(
                .init(name: name, dimensions: dimensions, initializer: initializer))
        } while accept(.comma)
        try expect(.semicolon, "';' after the declaration")
        return ParsedDeclaration(type: type, variables: variables)
    }

    private mutating func sizedType() throws(Failure) -> ParsedType {
        try nested { (parser) throws(Failure) in try parser.sizedTypeBody() }
    }

    private mutating func sizedTypeBody() throws(Failure) -> ParsedType {
        let start = token.start
        if at(.array), peek().kind == .leftBracket {
            advance()
            advance()
            let dimensions = try expressions(
                until: .rightBracket, "']' after the sizes", allowsNone: false)
            if at(.array) {
                throw fail(
                    "Expected non-array type after \"array\" declaration", at: token.range,
                    help: "write all sizes in one bracket: array[2, 3] real x")
            }
            var type = try sizedType()
            type.dimensions = dimensions + type.dimensions
            type.range = start..<previousEnd
            return type
        }
        if at(.tuple), peek().kind == .leftParen {
            advance()
            advance()
            var elements: [ParsedType] = []
            repeat { elements.append(try sizedType()) } while accept(.comma)
            try expect(.rightParen, "',' or ')' after the type")
            if elements.count < 2 { throw shortTuple(from: start) }
            return ParsedType(base: .tuple(elements), range: start..<previousEnd)
        }
        let word = token
        guard word.word.isType || word.word == .complex else { throw expected("a type") }
        advance()
        var type = ParsedType(base: .word(word.word), range: word.range)
        if at(.less) { try constraint(of: &type) }
        let (least, most) = Parser.sizeCounts(word.word)
        if most > 0 {
            let sizesStart = token.start
            guard accept(.leftBracket) else {
                throw expected("'[' and \(most == 1 ? "a size" : "sizes") after '\(text(word))'")
            }
            type.sizes = try expressions(until: .rightBracket, "']' after the sizes")
            if type.sizes.count < least || type.sizes.count > most {
                let wanted = least == most ? "\(most)" : "\(least) or \(most)"
                throw fail(
                    "'\(text(word))' needs \(wanted) \(most == 1 ? "size" : "sizes"), found \(type.sizes.count)",
                    at: sizesStart..<previousEnd)
            }
        }
        type.range = start..<previousEnd
        return type
    }

    private static func sizeCounts(_ word: Word) -> (Int, Int) {
        switch word {
        case .int, .real, .complex: return (0, 0)
        case .matrix, .complexMatrix, .sumToZeroMatrix, .columnStochastic, .rowStochastic:
            return (2, 2)
        case .choleskyCovariance: return (1, 2)
        default: return (1, 1)
        }
    }

    private mutating func constraint(of type: inout ParsedType) throws(Failure) {
        let start = token.start
        advance()
        var values: [Word: ParsedExpression] = [:]
        repeat {
            let key = token
            guard [.lower, .upper, .offset, .multiplier].contains(key.word) else {
                throw expected("'lower', 'upper', 'offset' or 'multiplier'")
            }
            advance()
            try expect(.assign, "'=' after '\(text(key))'")
            if values[key.word] != nil {
                throw fail("'\(text(key))' is given twice", at: key.range)
            }
            values[key.word] = try constraintExpression()
        } while accept(.comma)
        try expect(.greater, "',' or '>' after the bound")
        let range = start..<previousEnd
        let bounds = values[.lower] != nil || values[.upper] != nil
        if bounds, values[.offset] != nil || values[.multiplier] != nil {
            throw fail("bounds cannot be combined with an offset or multiplier", at: range)
        }
        type.constraintRange = range
        type.constraint =
            bounds
            ? .bounds(lower: values[.lower], upper: values[.upper])
            : .offset(offset: values[.offset], multiplier: values[.multiplier])
    }
}
