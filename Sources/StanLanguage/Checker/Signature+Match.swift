// SPDX-License-Identifier: GPL-3.0-or-later

/// An argument of a call, as far as the choice of an overload needs it.
enum Argument {
    case value(StanType, isData: Bool)
    /// A tuple that is written out.
    case tuple(StanType, isData: [Bool])
    /// The name of a function, with the user's overloads of it.
    case function([(type: StanFunctionType, function: Int)], dropsConstants: Bool)

    var type: StanType? {
        switch self {
        case .value(let type, _), .tuple(let type, _): return type
        case .function: return nil
        }
    }

    var isData: Bool {
        switch self {
        case .value(_, let isData): return isData
        case .tuple(_, let isData): return isData.allSatisfy { $0 }
        case .function: return true
        }
    }

    /// The elements of a tuple.
    var elements: [Argument]? {
        guard case .tuple(let types)? = type else { return nil }
        if case .tuple(_, let isData) = self, isData.count == types.count {
            return zip(types, isData).map { .value($0, isData: $1) }
        }
        return types.map { .value($0, isData: isData) }
    }
}

/// How a call fits a signature.
struct Match {
    /// What each argument is promoted to; void for a function's name.
    var types: [StanType]
    var result: StanType
    /// Number of promotions.
    var cost: Int
    /// The user's functions chosen for arguments that are functions, by position.
    var functions: [Int: Int] = [:]
}

enum MatchFailure: Error {
    case types
    /// The argument at a position must not depend on parameters.
    case notData(Int)
}

extension Signature {
    func match(_ arguments: [Argument]) -> Swift.Result<Match, MatchFailure> {
        if isVariadic
            ? arguments.count < parameters.count : arguments.count != parameters.count
        {
            return .failure(.types)
        }
        var matcher = Matcher(signature: self, arguments: arguments)
        return matcher.run()
    }
}

private struct Matcher {
    let signature: Signature
    let arguments: [Argument]
    var generic: StanType?

    init(signature: Signature, arguments: [Argument]) {
        self.signature = signature
        self.arguments = arguments
    }

    mutating func run() -> Swift.Result<Match, MatchFailure> {
        let count = signature.parameters.count
        // A first pass binds T and refuses what cannot fit.
        for (parameter, argument) in zip(signature.parameters, arguments) {
            if case .generic(let depth) = parameter.pattern {
                guard let type = argument.type, bind(type, depth) else { return .failure(.types) }
            }
        }
        var match = Match(types: [], result: .void, cost: 0)
        for i in 0..<count {
            guard let (type, cost) = target(i, &match) else { return .failure(.types) }
            match.types.append(type)
            match.cost += cost
        }
        for i in 0..<count where signature.parameters[i].isDataOnly {
            if !arguments[i].isData { return .failure(.notData(i)) }
        }
        guard let result = result(match.types) else { return .failure(.types) }
        match.result = result
        return .success(match)
    }

    private mutating func bind(_ type: StanType, _ depth: Int) -> Bool {
        guard type.arrayDimensions >= depth, type != .void else { return false }
        let element = StanType.array(of: type.innermost, type.arrayDimensions - depth)
        guard let bound = generic else {
            generic = element
            return true
        }
        guard let common = bound.common(with: element) else { return false }
        generic = common
        return true
    }

    /// What argument `i` becomes, and at how many promotions.
    private func target(_ i: Int, _ match: inout Match) -> (StanType, Int)? {
        let argument = arguments[i]
        switch signature.parameters[i].pattern {
        case .types(let types):
            guard let type = argument.type else { return nil }
            var best: (StanType, Int)?
            for candidate in types {
                if let cost = type.promotions(to: candidate), cost < best?.1 ?? .max {
                    best = (candidate, cost)
                }
            }
            return best
        case .elementwise(let integral):
            guard let type = argument.type, type.isRealContainer else { return nil }
            if integral { return type.isIntegral ? (type, 0) : nil }
            return (type.realVersion, type.isIntegral ? 1 : 0)
        case .generic(let depth):
            guard let generic, let type = argument.type else { return nil }
            let full = StanType.array(of: generic, depth)
            return type.promotions(to: full).map { (full, $0) }
        case .any:
            guard let type = argument.type, type != .void else { return nil }
            return (type, 0)
        case .arguments:
            guard let given = argument.elements, let chosen = chosenFunction(before: i, match)
            else { return nil }
            let declared = chosen.arguments.suffix(given.count).map(\.type)
            return (.tuple(declared), 0)
        case .function(let inner, let variadic, let result):
            return function(i, inner, variadic, result, &match)
        }
    }

    /// The type of the last function before an argument.
    private func chosenFunction(before i: Int, _ match: Match) -> StanFunctionType? {
        guard let position = match.functions.keys.filter({ $0 < i }).max(),
            case .function(let candidates, _) = arguments[position]
        else { return nil }
        return candidates.first { $0.function == match.functions[position] }?.type
    }

    /// The arguments that a function takes behind the signature's own.
    private func handedOn(to i: Int) -> [Argument]? {
        let next = signature.parameters.indices.first { j in
            if j > i, case .arguments = signature.parameters[j].pattern { return true }
            return false
        }
        if let next { return arguments[next].elements }
        return Array(arguments.dropFirst(signature.parameters.count))
    }

    /// Chooses the overload of a function passed by name. The arguments behind
    /// the signature's own go to it, or those in a tuple behind it.
    private func function(
        _ i: Int, _ inner: [Signature.Parameter], _ variadic: Bool,
        _ result: StanType, _ match: inout Match
    ) -> (StanType, Int)? {
        guard case .function(let candidates, _) = arguments[i],
            let rest = variadic ? handedOn(to: i) : []
        else { return nil }
        for (type, function) in candidates
        where type.result == result && type.arguments.count == inner.count + rest.count {
            let fixed = zip(inner, type.arguments).allSatisfy { parameter, declared in
                expected(parameter).contains { $0.promotions(to: declared.type) != nil }
            }
            guard fixed else { continue }
            let fits = zip(rest, type.arguments.dropFirst(inner.count)).allSatisfy {
                given, declared in
                guard let type = given.type else { return false }
                return type.promotions(to: declared.type) != nil
                    && (given.isData || !declared.isDataOnly)
            }
            if fits {
                match.functions[i] = function
                return (.void, 0)
            }
        }
        return nil
    }

    private func expected(_ parameter: Signature.Parameter) -> [StanType] {
        switch parameter.pattern {
        case .types(let types): return types
        case .generic(let depth): return generic.map { [.array(of: $0, depth)] } ?? []
        default: return []
        }
    }

    private func result(_ types: [StanType]) -> StanType? {
        switch signature.result {
        case .type(let type): return type
        case .first: return types.first
        case .generic(let depth): return generic.map { .array(of: $0, depth) }
        case .random(let type):
            return types.allSatisfy { $0.indexDepth == 0 } ? type : .array(of: type, 1)
        case .broadcast: return broadcast(types).map(\.realVersion)
        case .broadcastInteger: return broadcast(types)
        }
    }

    /// The shape of an elementwise function's result: that of its containers,
    /// which agree, or are an array of integers beside reals of equal depth.
    private func broadcast(_ types: [StanType]) -> StanType? {
        var widest: StanType?
        for type in types {
            guard let so = widest else {
                widest = type
                continue
            }
            if so == type || type.indexDepth == 0 && so.indexDepth > 0 { continue }
            if so.indexDepth == 0 {
                widest = type.indexDepth == 0 ? (so == .real ? so : type) : type
            } else if so.indexDepth == type.indexDepth, so.isIntegral != type.isIntegral {
                widest = so.isIntegral ? type : so
            } else {
                return nil
            }
        }
        return widest
    }
}
