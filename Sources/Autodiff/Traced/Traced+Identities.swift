// SPDX-License-Identifier: GPL-3.0-or-later

// What the form of an expression says about its value. Models write
// `poisson(exp(eta))`, `bernoulli(inv_logit(eta))` and `log(sigma)` of a `sigma`
// that is the exponential of a coordinate; the logarithm is there already.

extension Traced {
    /// The logarithm of an exponential, of an inverse logit, or of products, quotients
    /// and powers of those and known positive numbers, without taking one.
    ///
    /// It is at least as accurate as the logarithm of the value: nothing can
    /// overflow or round to 0 or 1 on the way.
    package var formalLogarithm: Traced? { formalLogarithm(depth: 0) }

    /// The logit of an inverse logit, or of 1 minus one.
    package var formalLogit: Traced? {
        guard case .node(let trace, let id) = storage else { return nil }
        let node = trace.graph[id]
        if node.operation == .unary, node.function == Unary.logistic.rawValue {
            return trace.expression(node.a)
        }
        if let rest = complement { return rest.formalLogit.map { -$0 } }
        return entries { $0.formalLogit }
    }

    /// Whether the form shows that every entry is positive (0 only by
    /// underflow) or NaN.
    package var isFormallyPositive: Bool { isFormallyPositive(depth: 0) }

    /// s·(x ± y/s) as s·x ± y, for a positive s: nil for other forms.
    ///
    /// Accelerated failure times are written so: the shape of a Weibull distribution
    /// times the logarithm of its scale, exp(−η / shape).
    static func productWithoutQuotient(_ s: Traced, _ sum: Traced) -> Traced? {
        guard case .node(let trace, let id) = sum.storage, case .node(_, let divisor) = s.storage
        else { return nil }
        let node = trace.graph[id]
        guard node.operation == .binary,
            node.function == Binary.add.rawValue || node.function == Binary.subtract.rawValue
        else { return nil }
        func numerator(_ operand: Int32) -> Traced? {
            guard operand >= 0 else { return nil }
            let quotient = trace.graph[operand]
            if quotient.operation == .binary, quotient.function == Binary.divide.rawValue,
                quotient.b == divisor
            {
                return trace.expression(quotient.a)
            }
            return nil
        }
        let (a, b) = (numerator(node.a), numerator(node.b))
        if a == nil && b == nil || !s.isFormallyPositive { return nil }
        let left = a ?? s * trace.expression(node.a)
        let right = b ?? s * trace.expression(node.b)
        if node.function == Binary.add.rawValue { return left + right }
        // Often y is −η.
        if case .node(_, let id) = right.storage, trace.graph[id].operation == .unary,
            trace.graph[id].function == Unary.negate.rawValue
        {
            return left + trace.expression(trace.graph[id].a)
        }
        return left - right
    }

    private static let deepest = 4

    private func isFormallyPositive(depth: Int) -> Bool {
        switch storage {
        case .number(let value): return value > 0
        case .array(let values): return values.allSatisfy { $0 > 0 }
        case .node(let trace, let id):
            if depth > Self.deepest { return false }
            let node = trace.graph[id]
            func isPositive(_ operand: Int32) -> Bool {
                trace.expression(operand).isFormallyPositive(depth: depth + 1)
            }
            switch node.operation {
            case .unary:
                switch Unary(rawValue: node.function) {
                case .exp, .logistic, .exp2: return true
                case .sqrt, .square, .reciprocal, .log1pExp: return isPositive(node.a)
                default: return false
                }
            case .binary:
                switch Binary(rawValue: node.function) {
                case .add, .multiply, .divide, .pow: return isPositive(node.a) && isPositive(node.b)
                default: return false
                }
            case .element, .gather, .reshape: return isPositive(node.a)
            case .pack: return trace.graph.list(of: id).allSatisfy(isPositive)
            default: return false
            }
        }
    }

    private func formalLogarithm(depth: Int) -> Traced? {
        guard case .node(let trace, let id) = storage, depth <= Self.deepest else { return nil }
        let node = trace.graph[id]
        func logarithm(_ operand: Int32) -> Traced? {
            let x = trace.expression(operand)
            if !x.isConstant { return x.formalLogarithm(depth: depth + 1) }
            return x.isFormallyPositive ? log(x) : nil
        }
        switch node.operation {
        case .unary:
            switch Unary(rawValue: node.function) {
            case .exp: return trace.expression(node.a)
            case .logistic: return logLogistic(trace.expression(node.a))
            case .reciprocal: return logarithm(node.a).map { -$0 }
            case .sqrt: return logarithm(node.a).map { Traced(0.5) * $0 }
            case .square:
                // The square of a negative number has a logarithm too.
                return logarithm(node.a).map { Traced(2) * $0 }
            default: return nil
            }
        case .binary:
            switch Binary(rawValue: node.function) {
            case .multiply:
                guard let a = logarithm(node.a), let b = logarithm(node.b) else { return nil }
                return a + b
            case .divide:
                guard let a = logarithm(node.a), let b = logarithm(node.b) else { return nil }
                return a - b
            case .pow: return logarithm(node.a).map { trace.expression(node.b) * $0 }
            case .subtract: return complement?.formalLogit.map { logLogistic(-$0) }
            default: return nil
            }
        default: return entries { $0.formalLogarithm(depth: depth + 1) }
        }
    }

    /// x of 1 − x.
    private var complement: Traced? {
        guard case .node(let trace, let id) = storage else { return nil }
        let node = trace.graph[id]
        guard node.operation == .binary, node.function == Binary.subtract.rawValue,
            trace.expression(node.a).constant == 1
        else { return nil }
        return trace.expression(node.b)
    }

    /// The form of every entry of an array that was packed, or of the array that
    /// this is a part of.
    private func entries(_ form: (Traced) -> Traced?) -> Traced? {
        guard case .node(let trace, let id) = storage else { return nil }
        let node = trace.graph[id]
        switch node.operation {
        case .pack:
            var found: [Traced] = []
            for entry in trace.graph.list(of: id) {
                guard entry >= 0, let value = form(trace.expression(entry)) else { return nil }
                found.append(value)
            }
            return Traced.pack(found, shape)
        case .element where trace.graph[node.a].operation == .unary:
            return form(trace.expression(node.a))?[Int(node.extra)]
        case .gather where trace.graph[node.a].operation == .unary:
            return form(trace.expression(node.a))?.gather(
                trace.graph.list(of: id).map { Int($0) }, shape)
        default: return nil
        }
    }
}
