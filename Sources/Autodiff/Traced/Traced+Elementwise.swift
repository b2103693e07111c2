// SPDX-License-Identifier: GPL-3.0-or-later

extension Traced {
    /// An elementwise function of one argument.
    package static func apply(_ function: Unary, _ x: Traced) -> Traced {
        switch x.storage {
        case .number(let value):
            return Traced(Kernels.shared.unary(function, value))
        case .array(let values):
            return Traced(Kernels.shared.unary(function, values), x.shape)
        case .node(let trace, let id):
            if let parts = x.parts { return pack(parts.map { apply(function, $0) }, x.shape) }
            return trace.unique(Node(.unary, function: function.rawValue, id, shape: x.shape))
        }
    }

    /// An elementwise function of two arguments; a scalar goes with any shape.
    package static func apply(_ function: Binary, _ a: Traced, _ b: Traced) -> Traced {
        let shape = commonShape(a, b)
        guard let trace = a.trace ?? b.trace else {
            if let a = a.constant, let b = b.constant {
                return Traced(Kernels.shared.binary(function, a, b))
            }
            return Traced(
                Kernels.shared.binary(
                    function, a.constants ?? [], b.constants ?? [], count: shape.count), shape)
        }
        if let simpler = simplified(function, a, b, shape) { return simpler }
        if a.parts != nil || b.parts != nil {
            func entry(_ x: Traced, _ i: Int) -> Traced { x.isScalar ? x : x[i] }
            return pack(
                (0..<shape.count).map { apply(function, entry(a, $0), entry(b, $0)) }, shape)
        }
        return trace.unique(
            Node(
                .binary, function: function.rawValue, trace.id(of: a), trace.id(of: b),
                shape: shape))
    }

    /// Identities that hold for every value, NaN and infinities included.
    ///
    /// Sums and products of scalars are left alone: in a loop over data the rows
    /// with a 0 or a 1 would no longer look like the others, and not batch.
    private static func simplified(
        _ function: Binary, _ a: Traced, _ b: Traced, _ shape: Shape
    ) -> Traced? {
        if shape.isScalar, function != .pow { return nil }
        switch function {
        case .add:
            if a.constant == 0, b.shape == shape { return b }
            if b.constant == 0, a.shape == shape { return a }
        case .subtract:
            if b.constant == 0, a.shape == shape { return a }
            if a.constant == 0 { return b.shape == shape ? -b : nil }
        case .multiply:
            if a.constant == 1, b.shape == shape { return b }
            if b.constant == 1, a.shape == shape { return a }
            if a.constant == -1, b.shape == shape { return -b }
            if b.constant == -1, a.shape == shape { return -a }
        case .divide:
            if b.constant == 1, a.shape == shape { return a }
            if a.constant == 1, b.shape == shape { return apply(.reciprocal, b) }
        case .pow:
            if b.constant == 1, a.shape == shape { return a }
            if b.constant == 2, a.shape == shape { return apply(.square, a) }
            if b.constant == 0.5, a.shape == shape { return apply(.sqrt, a) }
            if b.constant == -1, a.shape == shape { return apply(.reciprocal, a) }
        default: break
        }
        return nil
    }

    static func commonShape(_ a: Traced, _ b: Traced) -> Shape {
        if b.isScalar || a.shape == b.shape { return a.shape }
        precondition(a.isScalar, "shapes \(a.shape) and \(b.shape) do not go together")
        return b.shape
    }

    public static func + (a: Traced, b: Traced) -> Traced { apply(.add, a, b) }
    public static func - (a: Traced, b: Traced) -> Traced { apply(.subtract, a, b) }
    /// The elementwise product; ``matmul(_:_:)`` multiplies matrices.
    public static func * (a: Traced, b: Traced) -> Traced {
        productWithoutQuotient(a, b) ?? productWithoutQuotient(b, a) ?? apply(.multiply, a, b)
    }
    public static func / (a: Traced, b: Traced) -> Traced { apply(.divide, a, b) }
    public static prefix func - (x: Traced) -> Traced { apply(.negate, x) }
    public static func += (a: inout Traced, b: Traced) { a = a + b }
    public static func -= (a: inout Traced, b: Traced) { a = a - b }
    public static func *= (a: inout Traced, b: Traced) { a = a * b }
    public static func /= (a: inout Traced, b: Traced) { a = a / b }

    /// 1 where a < b, else 0.
    public static func less(_ a: Traced, _ b: Traced) -> Traced { apply(.less, a, b) }
    /// 1 where a ≤ b, else 0.
    public static func lessOrEqual(_ a: Traced, _ b: Traced) -> Traced {
        apply(.lessOrEqual, a, b)
    }
    /// 1 where a = b, else 0.
    public static func equal(_ a: Traced, _ b: Traced) -> Traced {
        apply(.equal, a, b)
    }
}

/// `a` where the condition is not 0, else `b`; elementwise.
public func select(_ condition: Traced, _ a: Traced, _ b: Traced) -> Traced {
    if let condition = condition.constant {  // one answer for all
        let shape = Traced.commonShape(a, b)
        let chosen = condition != 0 ? a : b
        return chosen.shape == shape ? chosen : chosen.broadcast(to: shape)
    }
    let shape = [a.shape, b.shape].reduce(condition.shape) { $0.isScalar ? $1 : $0 }
    guard let trace = condition.trace ?? a.trace ?? b.trace else {
        let c = condition.broadcast(to: shape).constants ?? []
        let x = a.broadcast(to: shape).constants ?? []
        let y = b.broadcast(to: shape).constants ?? []
        return Traced(c.indices.map { c[$0] != 0 ? x[$0] : y[$0] }, shape)
    }
    return trace.unique(
        Node(.select, trace.id(of: a), trace.id(of: b), trace.id(of: condition), shape: shape))
}

public func exp(_ x: Traced) -> Traced { .apply(.exp, x) }
public func log(_ x: Traced) -> Traced { x.formalLogarithm ?? .apply(.log, x) }
/// log(1 + x)
public func log1p(_ x: Traced) -> Traced { .apply(.log1p, x) }
/// exp(x) − 1
public func expm1(_ x: Traced) -> Traced { .apply(.expm1, x) }
public func sqrt(_ x: Traced) -> Traced { .apply(.sqrt, x) }
public func square(_ x: Traced) -> Traced { .apply(.square, x) }
public func reciprocal(_ x: Traced) -> Traced { .apply(.reciprocal, x) }
public func abs(_ x: Traced) -> Traced { .apply(.abs, x) }
public func sin(_ x: Traced) -> Traced { .apply(.sin, x) }
public func cos(_ x: Traced) -> Traced { .apply(.cos, x) }
public func tan(_ x: Traced) -> Traced { .apply(.tan, x) }
public func asin(_ x: Traced) -> Traced { .apply(.asin, x) }
public func acos(_ x: Traced) -> Traced { .apply(.acos, x) }
public func atan(_ x: Traced) -> Traced { .apply(.atan, x) }
public func sinh(_ x: Traced) -> Traced { .apply(.sinh, x) }
public func cosh(_ x: Traced) -> Traced { .apply(.cosh, x) }
public func tanh(_ x: Traced) -> Traced { .apply(.tanh, x) }
public func asinh(_ x: Traced) -> Traced { .apply(.asinh, x) }
public func acosh(_ x: Traced) -> Traced { .apply(.acosh, x) }
public func atanh(_ x: Traced) -> Traced { .apply(.atanh, x) }
public func cbrt(_ x: Traced) -> Traced { .apply(.cbrt, x) }
public func exp2(_ x: Traced) -> Traced { .apply(.exp2, x) }
public func log2(_ x: Traced) -> Traced { .apply(.log2, x) }
public func log10(_ x: Traced) -> Traced { .apply(.log10, x) }
/// The inverse logit, 1 / (1 + exp(−x)).
public func logistic(_ x: Traced) -> Traced { .apply(.logistic, x) }
/// The logarithm of the inverse logit, −log(1 + exp(−x)).
public func logLogistic(_ x: Traced) -> Traced { .apply(.logLogistic, x) }
/// log(x / (1 − x))
public func logit(_ x: Traced) -> Traced { x.formalLogit ?? .apply(.logit, x) }
/// log(1 − x)
public func log1m(_ x: Traced) -> Traced {
    x.formalLogit.map { logLogistic(-$0) } ?? .apply(.log1m, x)
}
/// log(1 + exp(x))
public func log1pExp(_ x: Traced) -> Traced { .apply(.log1pExp, x) }
/// log(1 − exp(x)), for x ≤ 0
public func log1mExp(_ x: Traced) -> Traced { .apply(.log1mExp, x) }
public func erf(_ x: Traced) -> Traced { .apply(.erf, x) }
public func erfc(_ x: Traced) -> Traced { .apply(.erfc, x) }
/// The standard normal distribution function.
public func normalCDF(_ x: Traced) -> Traced { .apply(.normalCDF, x) }
/// The logarithm of the standard normal distribution function.
public func logNormalCDF(_ x: Traced) -> Traced { .apply(.logNormalCDF, x) }
/// The quantile of the standard normal distribution.
public func normalQuantile(_ x: Traced) -> Traced { .apply(.normalQuantile, x) }
public func logGamma(_ x: Traced) -> Traced { .apply(.logGamma, x) }
public func digamma(_ x: Traced) -> Traced { .apply(.digamma, x) }
public func floor(_ x: Traced) -> Traced { .apply(.floor, x) }
public func ceil(_ x: Traced) -> Traced { .apply(.ceil, x) }
public func round(_ x: Traced) -> Traced { .apply(.round, x) }
public func trunc(_ x: Traced) -> Traced { .apply(.trunc, x) }
public func pow(_ a: Traced, _ b: Traced) -> Traced {
    if let known = b.constant, [1, 2, 0.5, -1].contains(known) { return .apply(.pow, a, b) }
    return a.formalLogarithm.map { exp(b * $0) } ?? .apply(.pow, a, b)
}
public func atan2(_ a: Traced, _ b: Traced) -> Traced { .apply(.atan2, a, b) }
public func hypot(_ a: Traced, _ b: Traced) -> Traced { .apply(.hypot, a, b) }
/// The smaller of two, elementwise.
public func minimum(_ a: Traced, _ b: Traced) -> Traced { .apply(.minimum, a, b) }
/// The larger of two, elementwise.
public func maximum(_ a: Traced, _ b: Traced) -> Traced { .apply(.maximum, a, b) }
/// log(exp(a) + exp(b)), elementwise.
public func logSumExp(_ a: Traced, _ b: Traced) -> Traced { .apply(.logSumExp, a, b) }
/// log(exp(a) − exp(b)), elementwise, for a ≥ b.
public func logDiffExp(_ a: Traced, _ b: Traced) -> Traced {
    .apply(.logDiffExp, a, b)
}
/// The logarithm of the beta function.
public func logBeta(_ a: Traced, _ b: Traced) -> Traced { .apply(.logBeta, a, b) }
