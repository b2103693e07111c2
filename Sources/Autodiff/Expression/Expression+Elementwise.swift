// SPDX-License-Identifier: GPL-3.0-or-later

extension Expression {
    /// An elementwise function of one argument.
    package static func apply(_ function: Unary, _ x: Expression) -> Expression {
        switch x.storage {
        case .number(let value):
            return Expression(Kernels.shared.unary(function, value))
        case .array(let values):
            return Expression(Kernels.shared.unary(function, values), x.shape)
        case .node(let trace, let id):
            return trace.unique(Node(.unary, function: function.rawValue, id, shape: x.shape))
        }
    }

    /// An elementwise function of two arguments; a scalar goes with any shape.
    package static func apply(_ function: Binary, _ a: Expression, _ b: Expression) -> Expression {
        let shape = commonShape(a, b)
        guard let trace = a.trace ?? b.trace else {
            if let a = a.constant, let b = b.constant {
                return Expression(Kernels.shared.binary(function, a, b))
            }
            return Expression(
                Kernels.shared.binary(
                    function, a.constants ?? [], b.constants ?? [], count: shape.count), shape)
        }
        if let simpler = simplified(function, a, b, shape) { return simpler }
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
        _ function: Binary, _ a: Expression, _ b: Expression, _ shape: Shape
    ) -> Expression? {
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

    static func commonShape(_ a: Expression, _ b: Expression) -> Shape {
        if a.shape == b.shape || b.shape.isScalar { return a.shape }
        precondition(a.shape.isScalar, "shapes \(a.shape) and \(b.shape) do not go together")
        return b.shape
    }

    public static func + (a: Expression, b: Expression) -> Expression { apply(.add, a, b) }
    public static func - (a: Expression, b: Expression) -> Expression { apply(.subtract, a, b) }
    /// The elementwise product; ``matmul(_:_:)`` multiplies matrices.
    public static func * (a: Expression, b: Expression) -> Expression { apply(.multiply, a, b) }
    public static func / (a: Expression, b: Expression) -> Expression { apply(.divide, a, b) }
    public static prefix func - (x: Expression) -> Expression { apply(.negate, x) }
    public static func += (a: inout Expression, b: Expression) { a = a + b }
    public static func -= (a: inout Expression, b: Expression) { a = a - b }
    public static func *= (a: inout Expression, b: Expression) { a = a * b }
    public static func /= (a: inout Expression, b: Expression) { a = a / b }

    /// 1 where a < b, else 0.
    public static func less(_ a: Expression, _ b: Expression) -> Expression { apply(.less, a, b) }
    /// 1 where a ≤ b, else 0.
    public static func lessOrEqual(_ a: Expression, _ b: Expression) -> Expression {
        apply(.lessOrEqual, a, b)
    }
    /// 1 where a = b, else 0.
    public static func equal(_ a: Expression, _ b: Expression) -> Expression {
        apply(.equal, a, b)
    }
}

/// `a` where the condition is not 0, else `b`; elementwise.
public func select(_ condition: Expression, _ a: Expression, _ b: Expression) -> Expression {
    if let condition = condition.constant {  // one answer for all
        let shape = Expression.commonShape(a, b)
        let chosen = condition != 0 ? a : b
        return chosen.shape == shape ? chosen : chosen.broadcast(to: shape)
    }
    let shape = [a.shape, b.shape].reduce(condition.shape) { $0.isScalar ? $1 : $0 }
    guard let trace = condition.trace ?? a.trace ?? b.trace else {
        let c = condition.broadcast(to: shape).constants ?? []
        let x = a.broadcast(to: shape).constants ?? []
        let y = b.broadcast(to: shape).constants ?? []
        return Expression(c.indices.map { c[$0] != 0 ? x[$0] : y[$0] }, shape)
    }
    return trace.unique(
        Node(.select, trace.id(of: a), trace.id(of: b), trace.id(of: condition), shape: shape))
}

public func exp(_ x: Expression) -> Expression { .apply(.exp, x) }
public func log(_ x: Expression) -> Expression { .apply(.log, x) }
/// log(1 + x)
public func log1p(_ x: Expression) -> Expression { .apply(.log1p, x) }
/// exp(x) − 1
public func expm1(_ x: Expression) -> Expression { .apply(.expm1, x) }
public func sqrt(_ x: Expression) -> Expression { .apply(.sqrt, x) }
public func square(_ x: Expression) -> Expression { .apply(.square, x) }
public func reciprocal(_ x: Expression) -> Expression { .apply(.reciprocal, x) }
public func abs(_ x: Expression) -> Expression { .apply(.abs, x) }
public func sin(_ x: Expression) -> Expression { .apply(.sin, x) }
public func cos(_ x: Expression) -> Expression { .apply(.cos, x) }
public func tan(_ x: Expression) -> Expression { .apply(.tan, x) }
public func asin(_ x: Expression) -> Expression { .apply(.asin, x) }
public func acos(_ x: Expression) -> Expression { .apply(.acos, x) }
public func atan(_ x: Expression) -> Expression { .apply(.atan, x) }
public func sinh(_ x: Expression) -> Expression { .apply(.sinh, x) }
public func cosh(_ x: Expression) -> Expression { .apply(.cosh, x) }
public func tanh(_ x: Expression) -> Expression { .apply(.tanh, x) }
public func asinh(_ x: Expression) -> Expression { .apply(.asinh, x) }
public func acosh(_ x: Expression) -> Expression { .apply(.acosh, x) }
public func atanh(_ x: Expression) -> Expression { .apply(.atanh, x) }
public func cbrt(_ x: Expression) -> Expression { .apply(.cbrt, x) }
public func exp2(_ x: Expression) -> Expression { .apply(.exp2, x) }
public func log2(_ x: Expression) -> Expression { .apply(.log2, x) }
public func log10(_ x: Expression) -> Expression { .apply(.log10, x) }
/// The inverse logit, 1 / (1 + exp(−x)).
public func logistic(_ x: Expression) -> Expression { .apply(.logistic, x) }
/// The logarithm of the inverse logit, −log(1 + exp(−x)).
public func logLogistic(_ x: Expression) -> Expression { .apply(.logLogistic, x) }
/// log(x / (1 − x))
public func logit(_ x: Expression) -> Expression { .apply(.logit, x) }
/// log(1 − x)
public func log1m(_ x: Expression) -> Expression { .apply(.log1m, x) }
/// log(1 + exp(x))
public func log1pExp(_ x: Expression) -> Expression { .apply(.log1pExp, x) }
/// log(1 − exp(x)), for x ≤ 0
public func log1mExp(_ x: Expression) -> Expression { .apply(.log1mExp, x) }
public func erf(_ x: Expression) -> Expression { .apply(.erf, x) }
public func erfc(_ x: Expression) -> Expression { .apply(.erfc, x) }
/// The standard normal distribution function.
public func normalCDF(_ x: Expression) -> Expression { .apply(.normalCDF, x) }
/// The logarithm of the standard normal distribution function.
public func logNormalCDF(_ x: Expression) -> Expression { .apply(.logNormalCDF, x) }
/// The quantile of the standard normal distribution.
public func normalQuantile(_ x: Expression) -> Expression { .apply(.normalQuantile, x) }
public func logGamma(_ x: Expression) -> Expression { .apply(.logGamma, x) }
public func digamma(_ x: Expression) -> Expression { .apply(.digamma, x) }
public func floor(_ x: Expression) -> Expression { .apply(.floor, x) }
public func ceil(_ x: Expression) -> Expression { .apply(.ceil, x) }
public func round(_ x: Expression) -> Expression { .apply(.round, x) }
public func trunc(_ x: Expression) -> Expression { .apply(.trunc, x) }
public func pow(_ a: Expression, _ b: Expression) -> Expression { .apply(.pow, a, b) }
public func atan2(_ a: Expression, _ b: Expression) -> Expression { .apply(.atan2, a, b) }
public func hypot(_ a: Expression, _ b: Expression) -> Expression { .apply(.hypot, a, b) }
/// The smaller of two, elementwise.
public func minimum(_ a: Expression, _ b: Expression) -> Expression { .apply(.minimum, a, b) }
/// The larger of two, elementwise.
public func maximum(_ a: Expression, _ b: Expression) -> Expression { .apply(.maximum, a, b) }
/// log(exp(a) + exp(b)), elementwise.
public func logSumExp(_ a: Expression, _ b: Expression) -> Expression { .apply(.logSumExp, a, b) }
/// log(exp(a) − exp(b)), elementwise, for a ≥ b.
public func logDiffExp(_ a: Expression, _ b: Expression) -> Expression {
    .apply(.logDiffExp, a, b)
}
/// The logarithm of the beta function.
public func logBeta(_ a: Expression, _ b: Expression) -> Expression { .apply(.logBeta, a, b) }
