// SPDX-License-Identifier: GPL-3.0-or-later

/// One overload, or one family of overloads, of a library function.
struct Signature {
    /// What an argument may be.
    indirect enum Pattern {
        /// One of several types.
        case types([StanType])
        /// Scalars and containers of any depth of reals (`elem`) or integers
        /// (`ielem`): the functions that apply to every element.
        case elementwise(integral: Bool)
        /// `T`, `T[]`, `T[,]`: any type, the same wherever T stands.
        case generic(Int)
        /// A function by name.
        case function([Parameter], variadic: Bool, result: StanType)
        /// A tuple of the arguments that the function before it takes behind its own.
        case arguments
        case any
    }

    struct Parameter {
        var pattern: Pattern
        var isDataOnly = false
    }

    enum Result {
        case type(StanType)
        /// The type of the first argument, after promotion.
        case first
        /// The widest of the elementwise arguments: a container when one is.
        case broadcast
        /// As `broadcast`, but an integer when all arguments are.
        case broadcastInteger
        /// A random number, or an array of them when an argument is a container.
        case random(StanType)
        /// T in that many more dimensions.
        case generic(Int)
    }

    var result: Result
    var parameters: [Parameter]
    /// Ends with `...`: any further arguments, which go to the function.
    var isVariadic = false
    /// As written in the table, for messages.
    var text: Substring
}

/// Reads the notation of the tables: `real dot_product(vec, vec)`.
struct SignatureReader {
    private var rest: Substring
    private var signature: Signature

    /// The name and overload in one line of a table, nil for a line that is
    /// not one.
    static func read(_ line: Substring) -> (name: Substring, signature: Signature)? {
        guard let (name, open) = name(in: line) else { return nil }
        var reader = SignatureReader(
            rest: line[line.index(after: open)...],
            signature: Signature(
                result: result(line[..<line.index(before: name.startIndex)]), parameters: [],
                text: line))
        let (parameters, variadic) = reader.parameters()
        reader.signature.parameters = parameters
        reader.signature.isVariadic = variadic
        return (name, reader.signature)
    }

    /// The function's name in a line, and where its parenthesis opens.
    static func name(in line: Substring) -> (name: Substring, open: Substring.Index)? {
        var start = line.startIndex
        if line.hasPrefix("tuple("), let close = line.firstIndex(of: ")") { start = close }
        guard let open = line[start...].firstIndex(of: "("),
            let space = line[..<open].lastIndex(of: " ")
        else { return nil }
        return (line[line.index(after: space)..<open], open)
    }

    private static func result(_ word: Substring) -> Signature.Result {
        switch word {
        case "first": return .first
        case "R": return .broadcast
        case "Z": return .broadcastInteger
        case "random_real": return .random(.real)
        case "random_int": return .random(.int)
        case "T": return .generic(0)
        case "T[]": return .generic(1)
        case "T[,]": return .generic(2)
        case "T[,,]": return .generic(3)
        default:
            return .type(types(word).first ?? .void)
        }
    }

    /// The words of the tables for a type or several.
    private static func types(_ word: Substring) -> [StanType] {
        switch word {
        case "int": return [.int]
        case "real": return [.real]
        case "complex": return [.complex]
        case "vector": return [.vector]
        case "row": return [.rowVector]
        case "matrix": return [.matrix]
        case "cvector": return [.complexVector]
        case "crow": return [.complexRowVector]
        case "cmatrix": return [.complexMatrix]
        case "void": return [.void]
        case "ints": return [.int, .array(of: .int, 1)]
        case "reals": return [.real, .vector, .rowVector, .array(of: .real, 1)]
        case "vec": return [.vector, .rowVector]
        case "vec[]": return [.array(of: .vector, 1), .array(of: .rowVector, 1)]
        case "vecs":
            return [
                .vector, .rowVector, .array(of: .vector, 1), .array(of: .rowVector, 1),
            ]
        case "list": return [.vector, .rowVector, .array(of: .real, 1)]
        case "complexes": return [.complex, .complexVector, .complexRowVector, .complexMatrix]
        case "cvec": return [.complexVector, .complexRowVector]
        case "clist":
            return [.complexVector, .complexRowVector, .array(of: .complex, 1)]
        case "ccontainer":
            return [
                .complexVector, .complexRowVector, .complexMatrix, .array(of: .complex, 1),
            ]
        case "container": return [.vector, .rowVector, .matrix, .array(of: .real, 1)]
        default:
            if word.hasPrefix("tuple("), word.hasSuffix(")") {
                let inner = word.dropFirst(6).dropLast().split(separator: " ")
                return [.tuple(inner.map { types($0).first ?? .void })]
            }
            var element = word
            var dimensions = 0
            if word.hasSuffix("]"), let open = word.lastIndex(of: "[") {
                element = word[..<open]
                dimensions = word[open...].count - 1
            }
            guard dimensions > 0 else { return [] }
            return types(element).map { .array(of: $0, dimensions) }
        }
    }

    private mutating func skip(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func parameters() -> ([Signature.Parameter], Bool) {
        var parameters: [Signature.Parameter] = []
        while !rest.isEmpty {
            while skip(" ") || skip(",") {}
            if skip(")") { break }
            if rest.hasPrefix("...") {
                rest.removeFirst(3)
                _ = skip(")")
                return (parameters, true)
            }
            var isData = false
            if rest.hasPrefix("data ") {
                rest.removeFirst(5)
                isData = true
            }
            parameters.append(.init(pattern: pattern(), isDataOnly: isData))
        }
        return (parameters, false)
    }

    private mutating func pattern() -> Signature.Pattern {
        if rest.hasPrefix("function(") {
            rest.removeFirst(9)
            let (inner, variadic) = parameters()
            if rest.hasPrefix("=>") { rest.removeFirst(2) }
            return .function(inner, variadic: variadic, result: types(word()).first ?? .void)
        }
        if rest.hasPrefix("tuple(...)") {
            rest.removeFirst(10)
            return .arguments
        }
        let first = word()
        switch first {
        case "elem": return .elementwise(integral: false)
        case "ielem": return .elementwise(integral: true)
        case "T": return .generic(0)
        case "T[]": return .generic(1)
        case "T[,]": return .generic(2)
        case "T[,,]": return .generic(3)
        case "any": return .any
        default: return .types(first.split(separator: "|").flatMap(SignatureReader.types))
        }
    }

    private func types(_ word: Substring) -> [StanType] { SignatureReader.types(word) }

    /// Up to a comma or parenthesis outside of brackets.
    private mutating func word() -> Substring {
        var end = rest.startIndex
        var brackets = 0
        while end < rest.endIndex {
            let c = rest[end]
            if brackets == 0, c == "," || c == ")" || c == " " { break }
            if c == "[" || c == "(" { brackets += 1 }
            if c == "]" || c == ")" { brackets -= 1 }
            end = rest.index(after: end)
        }
        defer { rest = rest[end...] }
        return rest[..<end]
    }
}
