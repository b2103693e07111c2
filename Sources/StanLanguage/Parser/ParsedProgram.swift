// SPDX-License-Identifier: GPL-3.0-or-later

/// What the parser makes of a program: its structure, without types. The
/// checker turns it into a `StanProgram`.
struct ParsedProgram {
    enum Block: Int, CaseIterable {
        case functions, data, transformedData, parameters, transformedParameters, model
        case generatedQuantities

        var name: String {
            switch self {
            case .functions: return "functions"
            case .data: return "data"
            case .transformedData: return "transformed data"
            case .parameters: return "parameters"
            case .transformedParameters: return "transformed parameters"
            case .model: return "model"
            case .generatedQuantities: return "generated quantities"
            }
        }
    }

    var functions: [ParsedFunction] = []
    var blocks: [Block: [ParsedStatement]] = [:]
}

/// A name with its place.
struct ParsedName {
    var text: String
    var range: Range<Int>
}

struct ParsedFunction {
    struct Argument {
        var isData: Bool
        var type: StanType
        var name: ParsedName
    }

    var name: ParsedName
    var result: StanType
    var arguments: [Argument]
    /// Nil for a declaration without definition.
    var body: ParsedStatement?
    /// From the result type to the closing parenthesis.
    var range: Range<Int>
}

final class ParsedExpression {
    indirect enum Kind {
        case integer(Int)
        case real(Double)
        case imaginary(Double)
        case name(String)
        /// Arguments; `bar` when the first was followed by `|`.
        case call(ParsedName, [ParsedExpression], bar: Bool)
        case target
        case indexed(ParsedExpression, [ParsedIndex])
        case tupleElement(ParsedExpression, Int)
        case unary(StanUnaryOperator, ParsedExpression)
        case binary(StanBinaryOperator, ParsedExpression, ParsedExpression)
        case conditional(ParsedExpression, ParsedExpression, ParsedExpression)
        case array([ParsedExpression])
        case rowVector([ParsedExpression])
        case tuple([ParsedExpression])
        case parenthesized(ParsedExpression)
    }

    let kind: Kind
    let range: Range<Int>
    /// Longest way down to a leaf.
    let depth: Int

    init(_ kind: Kind, range: Range<Int>, depth: Int) {
        self.kind = kind
        self.range = range
        self.depth = depth
    }
}

enum ParsedIndex {
    case all
    case single(ParsedExpression)
    case from(ParsedExpression)
    case upTo(ParsedExpression)
    case range(ParsedExpression, ParsedExpression)
}

/// A type in a declaration, with sizes and constraint.
struct ParsedType {
    indirect enum Base {
        case word(Word)
        case tuple([ParsedType])
    }

    enum Constraint {
        case none
        case bounds(lower: ParsedExpression?, upper: ParsedExpression?)
        case offset(offset: ParsedExpression?, multiplier: ParsedExpression?)
    }

    var base: Base
    var constraint = Constraint.none
    var constraintRange: Range<Int>?
    var sizes: [ParsedExpression] = []
    var dimensions: [ParsedExpression] = []
    var range: Range<Int>
}

struct ParsedDeclaration {
    struct Variable {
        var name: ParsedName
        /// Dimensions after the name, as before Stan 2.26.
        var dimensions: [ParsedExpression]
        var initializer: ParsedExpression?
    }

    var type: ParsedType
    var variables: [Variable]
}

final class ParsedStatement {
    enum PrintItem {
        case text(String)
        case expression(ParsedExpression)
    }

    enum Report { case print, reject, fatalError }

    indirect enum Kind {
        case declaration(ParsedDeclaration)
        case assignment(ParsedExpression, StanBinaryOperator?, ParsedExpression)
        case targetIncrement(ParsedExpression)
        case jacobianIncrement(ParsedExpression)
        case sampling(
            ParsedExpression, ParsedName, [ParsedExpression],
            truncation: (ParsedExpression?, ParsedExpression?)?)
        case forRange(ParsedName, ParsedExpression, ParsedExpression, ParsedStatement)
        case forEach(ParsedName, ParsedExpression, ParsedStatement)
        case whileLoop(ParsedExpression, ParsedStatement)
        case conditional(ParsedExpression, ParsedStatement, ParsedStatement?)
        case breakLoop
        case continueLoop
        case returnValue(ParsedExpression?)
        case block([ParsedStatement])
        case profile(String, [ParsedStatement])
        case report(Report, [PrintItem])
        case call(ParsedExpression)
        case empty
    }

    let kind: Kind
    let range: Range<Int>

    init(_ kind: Kind, range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}
