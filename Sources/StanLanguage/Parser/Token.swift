// SPDX-License-Identifier: GPL-3.0-or-later

/// A word, number, string or symbol of a Stan program.
struct Token {
    enum Kind: UInt8 {
        case identifier, integer, real, imaginary, string
        /// `.1`: the real number 0.1, or an element of a tuple after an expression.
        case dotNumeral
        case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
        case comma, semicolon, colon, question, bar, tilde, quote
        case plus, minus, times, divide, modulo, integerDivide, leftDivide, power
        case elementTimes, elementDivide, elementPower
        case not, and, or, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        case assign, plusAssign, minusAssign, timesAssign, divideAssign
        case elementTimesAssign, elementDivideAssign
        case end
    }

    var kind: Kind
    var word: Word
    /// Byte offsets into the source.
    var start: Int
    var end: Int
    /// Position of an identifier's text in `Lexer.names`.
    var name: Int

    var range: Range<Int> { start..<end }
}

/// The identifiers that mean something to the grammar.
enum Word: String, CaseIterable {
    case none = ""
    case functions, data, transformed, parameters, model, generated, quantities
    case int, real, complex, vector
    case rowVector = "row_vector"
    case matrix
    case complexVector = "complex_vector"
    case complexRowVector = "complex_row_vector"
    case complexMatrix = "complex_matrix"
    case ordered
    case positiveOrdered = "positive_ordered"
    case simplex
    case unitVector = "unit_vector"
    case sumToZeroVector = "sum_to_zero_vector"
    case sumToZeroMatrix = "sum_to_zero_matrix"
    case columnStochastic = "column_stochastic_matrix"
    case rowStochastic = "row_stochastic_matrix"
    case choleskyCorrelation = "cholesky_factor_corr"
    case choleskyCovariance = "cholesky_factor_cov"
    case correlation = "corr_matrix"
    case covariance = "cov_matrix"
    case array, tuple, void
    case lower, upper, offset, multiplier
    case truncation = "T"
    case forWord = "for"
    case inWord = "in"
    case whileWord = "while"
    case ifWord = "if"
    case elseWord = "else"
    case breakWord = "break"
    case continueWord = "continue"
    case returnWord = "return"
    case target, jacobian, print, reject
    case fatalError = "fatal_error"
    case profile

    /// Types that start a declaration wherever they stand. `array`, `tuple`
    /// and the complex types came late: they may be variables in old programs.
    var isType: Bool {
        switch self {
        case .int, .real, .vector, .rowVector, .matrix, .ordered, .positiveOrdered, .simplex,
            .unitVector, .choleskyCorrelation, .choleskyCovariance, .correlation, .covariance,
            .complexVector, .complexRowVector, .complexMatrix, .sumToZeroVector,
            .sumToZeroMatrix, .columnStochastic, .rowStochastic:
            return true
        default: return false
        }
    }

    /// Words that cannot name a variable.
    var isReserved: Bool {
        switch self {
        case .functions, .data, .transformed, .parameters, .model, .generated, .quantities,
            .void, .forWord, .inWord, .whileWord, .ifWord, .elseWord, .breakWord,
            .continueWord, .returnWord, .target, .print, .reject, .fatalError:
            return true
        default: return isType
        }
    }
}
