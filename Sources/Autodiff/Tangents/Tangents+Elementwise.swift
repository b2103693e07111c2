// SPDX-License-Identifier: GPL-3.0-or-later

extension TangentPass {
    private static let logSqrtTwoPi = 0.918938533204672741780329736406
    private static let twoOverSqrtPi = 1.12837916709551257389615890312
    private static let log2 = 0.693147180559945309417232121458
    private static let log10 = 2.30258509299404568401799145468

    /// f′(x) where y = f(x); nil where it is 0 everywhere.
    func slope(_ function: Unary, _ x: Traced, _ y: Traced) -> Traced? {
        switch function {
        case .negate: return -1
        case .exp: return y
        case .log: return reciprocal(x)
        case .log1p: return reciprocal(1 + x)
        case .expm1: return exp(x)
        case .sqrt: return 0.5 * reciprocal(y)
        case .square: return 2 * x
        case .reciprocal: return -square(y)
        case .abs: return select(Traced.less(x, 0), -1, 1)
        case .sin: return cos(x)
        case .cos: return -sin(x)
        case .tan: return 1 + square(y)
        case .asin: return reciprocal(sqrt(1 - square(x)))
        case .acos: return -reciprocal(sqrt(1 - square(x)))
        case .atan: return reciprocal(1 + square(x))
        case .sinh: return cosh(x)
        case .cosh: return sinh(x)
        case .tanh: return 1 - square(y)
        case .asinh: return reciprocal(sqrt(1 + square(x)))
        case .acosh: return reciprocal(sqrt((x - 1) * (x + 1)))
        case .atanh: return reciprocal((1 - x) * (1 + x))
        case .cbrt: return reciprocal(3 * square(y))
        case .exp2: return Traced(Self.log2) * y
        case .log2: return Traced(1 / Self.log2) * reciprocal(x)
        case .log10: return Traced(1 / Self.log10) * reciprocal(x)
        case .logistic: return y * logistic(-x)
        case .logLogistic: return logistic(-x)
        case .logit: return reciprocal(x * (1 - x))
        case .log1m: return -reciprocal(1 - x)
        case .log1pExp: return logistic(x)
        case .log1mExp: return -exp(x - y)
        case .erf: return Traced(Self.twoOverSqrtPi) * exp(-square(x))
        case .erfc: return Traced(-Self.twoOverSqrtPi) * exp(-square(x))
        case .normalCDF: return exp(-0.5 * square(x) - Traced(Self.logSqrtTwoPi))
        case .logNormalCDF: return exp(-0.5 * square(x) - Traced(Self.logSqrtTwoPi) - y)
        case .normalQuantile: return exp(0.5 * square(y) + Traced(Self.logSqrtTwoPi))
        case .logGamma: return digamma(x)
        case .digamma: return Traced.apply(.trigamma, x)
        case .trigamma: return Traced.pointwise(Self.tetragamma, [x])
        case .floor, .ceil, .round, .trunc: return nil
        }
    }

    private static let tetragamma = PointwiseFunction("tetragamma", argumentCount: 1) {
        x, partials in
        func tetragamma(_ x: Double) -> Double {
            difference(at: x) { Kernels.shared.unary(.trigamma, $0) }
        }
        partials[0] = difference(at: x[0], tetragamma)
        return tetragamma(x[0])
    }

    /// The derivative of y = f(a, b) from those of its arguments; nil where both have
    /// none.
    func slope(
        _ function: Binary, _ a: (value: Traced, tangent: Traced?),
        _ b: (value: Traced, tangent: Traced?), _ y: Traced
    ) -> Traced? {
        if a.tangent == nil, b.tangent == nil { return nil }
        func both(_ byA: @autoclosure () -> Traced, _ byB: @autoclosure () -> Traced) -> Traced {
            let first = a.tangent.map { byA() * $0 }
            let second = b.tangent.map { byB() * $0 }
            guard let first else { return second ?? 0 }
            return second.map { first + $0 } ?? first
        }
        let (u, v) = (a.value, b.value)
        switch function {
        case .add: return both(1, 1)
        case .subtract: return both(1, -1)
        case .multiply: return both(v, u)
        case .divide: return both(reciprocal(v), -(y / v))
        case .pow: return both(v * pow(u, v - 1), y * log(u))
        case .atan2:
            let square = square(u) + square(v)
            return both(v / square, -u / square)
        case .hypot: return both(u / y, v / y)
        case .minimum:
            let first = Traced.lessOrEqual(u, v)
            return both(first, 1 - first)
        case .maximum:
            let first = Traced.lessOrEqual(v, u)
            return both(first, 1 - first)
        case .logSumExp: return both(logistic(u - v), logistic(v - u))
        case .logDiffExp: return both(exp(u - y), -exp(v - y))
        case .logBeta:
            let whole = digamma(u + v)
            return both(digamma(u) - whole, digamma(v) - whole)
        case .less, .lessOrEqual, .equal, .notEqual: return nil
        }
    }
}

extension PointwiseFunction {
    /// The partial derivative by argument `i`, as a function. The partial derivatives of
    /// that are differences: nothing tells them exactly.
    func partial(_ i: Int) -> PointwiseFunction {
        let (count, evaluate) = (argumentCount, evaluate)
        return PointwiseFunction("\(name)′\(i)", argumentCount: count) { x, partials in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { memory in
                guard let point = memory.baseAddress else { return .nan }
                let slopes = point + count
                point.update(from: x, count: count)
                for j in 0..<count {
                    partials[j] = difference(at: x[j]) {
                        point[j] = $0
                        _ = evaluate(point, slopes)
                        return slopes[i]
                    }
                    point[j] = x[j]
                }
                _ = evaluate(point, slopes)
                return slopes[i]
            }
        }
    }
}

/// The derivative of an analytic function by central differences of order 8, whose error
/// is some 1e-13 of the function where that changes over a length of 1 or of |x|.
private func difference(at x: Double, _ f: (Double) -> Double) -> Double {
    func attempt(_ h: Double) -> Double {
        let weights = [4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280]
        var sum = 0.0
        for (k, weight) in weights.enumerated() {
            let step = Double(k + 1) * h
            sum += weight * (f(x + step) - f(x - step))
        }
        return sum / h
    }
    // Powers of 2, so that the steps are exact.
    let wide = attempt(0x1p-7 * max(x.magnitude.binade, 0.125))
    return wide.isFinite || x == 0 ? wide : attempt(0x1p-7 * x.magnitude.binade)
}
