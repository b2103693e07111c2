// SPDX-License-Identifier: GPL-3.0-or-later

extension Traced {
    /// The sum of a log density over its elements; scalar arguments go with all
    /// elements of the others.
    ///
    /// Arguments, in Stan's order: `normal` y, mean, standard deviation;
    /// `standardNormal` y; `bernoulliLogit` y, logit; `poissonLog` y, log rate;
    /// `studentT` y, degrees of freedom, location, scale; `gamma` y, shape,
    /// rate; `exponential` y, rate; `cauchy` y, location, scale; `logNormal` y,
    /// location and scale of the logarithm; `beta` y, α, β; `binomialLogit` y,
    /// trials, logit.
    ///
    /// - Parameter droppingConstants: leave out the terms in which no traced
    ///   argument has a part.
    package static func density(
        _ density: FusedDensity, _ arguments: [Traced], droppingConstants: Bool
    ) -> Traced {
        precondition(arguments.count == density.argumentCount)
        var shape = Shape.scalar
        for argument in arguments where !argument.shape.isScalar {
            // Arguments of unlike shapes (a row and a column) go entry by entry.
            precondition(
                shape.isScalar || shape.count == argument.count,
                "a density of a \(shape) and a \(argument.shape)")
            if shape.isScalar { shape = .vector(argument.count) }
        }
        if shape.count == 0 { return 0 }
        var found: Trace?
        for argument in arguments where found == nil { found = argument.trace }
        guard let trace = found else {
            if droppingConstants { return 0 }
            let flat = arguments.map {
                $0.shape.isScalar ? $0 : $0.reshaped(.vector($0.count))
            }
            let value = density.elementwise(flat, droppingConstants: false)
            return sum(value.broadcast(to: shape))
        }
        let node = Node(
            .density, function: density.rawValue, -1, droppingConstants ? 1 : 0, shape: .scalar)
        let list = arguments.map { trace.id(of: $0) }
        // An inner loop over states asks for the same emission again and again.
        if let last = trace.lastDensity, trace.graph.isEqual(last, node, list: list) {
            return trace.expression(last)
        }
        let id = trace.graph.append(node, list: list)
        trace.lastDensity = id
        return Traced(node: id, .scalar, in: trace)
    }
}

extension FusedDensity {
    private static let logSqrtTwoPi = 0.918938533204672741780329736406
    private static let logPi = 1.14472988584940017414342735135

    /// The log density in elementary operations, elementwise: for use inside
    /// mixtures, and as the reference for the kernel.
    func elementwise(_ x: [Traced], droppingConstants: Bool) -> Traced {
        /// A term in which only these arguments have a part.
        func term(_ value: @autoclosure () -> Traced, _ parts: Traced...) -> Traced {
            droppingConstants && parts.allSatisfy(\.isConstant) ? 0 : value()
        }
        let y = x[0]
        switch self {
        case .normal:
            let z = (y - x[1]) / x[2]
            return Traced(-0.5) * square(z) - term(log(x[2]), x[2])
                - term(Traced(Self.logSqrtTwoPi))
        case .standardNormal:
            return Traced(-0.5) * square(y) - term(Traced(Self.logSqrtTwoPi))
        case .bernoulliLogit:
            // log of the inverse logit of ±logit
            let sign = Traced(2) * y - 1
            let inside = logLogistic(sign * x[1])
            guard let outcomes = y.constants, outcomes.contains(where: { $0 != 0 && $0 != 1 })
            else { return inside }
            return select(
                Traced(outcomes.map { $0 == 0 || $0 == 1 ? 1 : 0 }, y.shape), inside,
                Traced(-.infinity))
        case .poissonLog:
            return y * x[1] - exp(x[1]) - term(logGamma(y + 1), y)
        case .studentT:
            let (nu, mu, sigma) = (x[1], x[2], x[3])
            let half = (nu + 1) * 0.5
            let z = (y - mu) / sigma
            return term(logGamma(half) - logGamma(nu * 0.5) - Traced(0.5) * log(nu), nu)
                - term(Traced(0.5 * Self.logPi)) - term(log(sigma), sigma)
                - half * log1p(square(z) / nu)
        case .gamma:
            let (shape, rate) = (x[1], x[2])
            return term(shape * log(rate), shape, rate) - term(logGamma(shape), shape)
                + term((shape - 1) * log(y), shape, y) - term(rate * y, rate, y)
        case .exponential:
            return term(log(x[1]), x[1]) - x[1] * y
        case .cauchy:
            let z = (y - x[1]) / x[2]
            return -log1p(square(z)) - term(log(x[2]), x[2]) - term(Traced(Self.logPi))
        case .logNormal:
            let z = (log(y) - x[1]) / x[2]
            return Traced(-0.5) * square(z) - term(log(x[2]), x[2]) - term(log(y), y)
                - term(Traced(Self.logSqrtTwoPi))
        case .beta:
            let (alpha, beta) = (x[1], x[2])
            return term((alpha - 1) * log(y), alpha, y) + term((beta - 1) * log1m(y), beta, y)
                - term(logBeta(alpha, beta), alpha, beta)
        case .binomialLogit:
            let (n, logit) = (x[1], x[2])
            return term(
                logGamma(n + 1) - logGamma(y + 1) - logGamma(n - y + 1), n, y)
                + y * logLogistic(logit) + (n - y) * logLogistic(-logit)
        }
    }
}
