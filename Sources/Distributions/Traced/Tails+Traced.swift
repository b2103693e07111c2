// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Incomplete gamma and beta functions and other tails of distributions, with
// derivatives in every argument. Each is a pointwise function; with known shape
// parameters a cheaper one, which does not differentiate in them.

/// P(a, x), the regularised lower incomplete gamma function.
public func gammaP(_ a: Traced, _ x: Traced) -> Traced { gammaTail(a, x, lower: true, log: false) }
/// Q(a, x) = 1 − P(a, x).
public func gammaQ(_ a: Traced, _ x: Traced) -> Traced { gammaTail(a, x, lower: false, log: false) }
/// log P(a, x), also where P underflows.
public func logGammaP(_ a: Traced, _ x: Traced) -> Traced {
    gammaTail(a, x, lower: true, log: true)
}
/// log Q(a, x), also where Q underflows.
public func logGammaQ(_ a: Traced, _ x: Traced) -> Traced {
    gammaTail(a, x, lower: false, log: true)
}

/// I_x(a, b), the regularised incomplete beta function.
public func betaI(_ x: Traced, _ a: Traced, _ b: Traced) -> Traced {
    betaTail(x, a, b, lower: true, log: false)
}
/// log I_x(a, b), also where I underflows.
public func logBetaI(_ x: Traced, _ a: Traced, _ b: Traced) -> Traced {
    betaTail(x, a, b, lower: true, log: true)
}
/// log(1 − I_x(a, b)), also where that underflows.
public func logBetaIUpper(_ x: Traced, _ a: Traced, _ b: Traced) -> Traced {
    betaTail(x, a, b, lower: false, log: true)
}

private func gammaTail(_ a: Traced, _ x: Traced, lower: Bool, log: Bool) -> Traced {
    let shape = !a.isConstant
    let name = (log ? "log" : "") + (lower ? "gammaP" : "gammaQ") + (shape ? "" : "/x")
    return .pointwise(
        PointwiseFunction(name, argumentCount: 2) { z, partials in
            let tail = IncompleteGamma.derivatives(z[0], z[1], lower: lower, shape: shape)
            (partials[0], partials[1]) = (tail.a, tail.x)
            if log { return tail.value }
            let value =
                lower ? SpecialFunctions.gammaP(z[0], z[1]) : SpecialFunctions.gammaQ(z[0], z[1])
            scale(partials, 2, by: value)
            return value
        }, [a, x])
}

private func betaTail(
    _ x: Traced, _ a: Traced, _ b: Traced, lower: Bool, log: Bool
) -> Traced {
    let shapes = !a.isConstant || !b.isConstant
    let name = (log ? "log" : "") + (lower ? "betaI" : "betaIUpper") + (shapes ? "" : "/x")
    return .pointwise(
        PointwiseFunction(name, argumentCount: 3) { z, partials in
            let (x, a, b) = (z[0], z[1], z[2])
            let point = IncompleteBeta.Point(x: x)
            let tail = IncompleteBeta.derivatives(a, b, point, lower: lower, shapes: shapes)
            partials[0] = tail.logit / (x * point.y)
            // At the ends, where the logarithm is 0 there.
            if x == 0 { partials[0] = lower || a > 1 ? 0 : a == 1 ? -b : -.infinity }
            if x == 1 { partials[0] = !lower || b > 1 ? 0 : b == 1 ? a : .infinity }
            (partials[1], partials[2]) = (tail.a, tail.b)
            if log { return tail.value }
            let value = IncompleteBeta.evaluate(a, b, point, lower: lower, log: false)
            scale(partials, 3, by: value)
            return value
        }, [x, a, b])
}

/// Derivatives of a value from those of its logarithm.
private func scale(_ partials: UnsafeMutablePointer<Double>, _ count: Int, by value: Double) {
    for k in 0..<count { partials[k] = value == 0 ? 0 : partials[k] * value }
}

// MARK: - Continuous distributions

/// log P(T ≤ z) of Student's t with ν degrees of freedom.
package func logStudentTCDF(_ z: Traced, _ nu: Traced) -> Traced {
    .pointwise(studentT, [z, nu])
}

private let studentT = PointwiseFunction("logStudentTCDF", argumentCount: 2) { x, partials in
    let tail = logStudentTCDFDerivatives(x[0], x[1])
    (partials[0], partials[1]) = (tail.z, tail.nu)
    return tail.value
}

/// log P(Z ≤ z) of the skew normal distribution with density 2 φ(z) Φ(α z).
package func logSkewNormalCDF(_ z: Traced, _ alpha: Traced) -> Traced {
    .pointwise(skewNormal, [z, alpha])
}

private let skewNormal = PointwiseFunction("logSkewNormalCDF", argumentCount: 2) { x, partials in
    let tail = logSkewNormalCDFDerivatives(x[0], x[1])
    (partials[0], partials[1]) = (tail.z, tail.alpha)
    return tail.value
}

/// log P(Z + E ≤ z), or of the upper tail, for a standard normal Z and an
/// exponential E of a rate.
package func logExponentiallyModifiedNormal(
    _ z: Traced, rate: Traced, lower: Bool
) -> Traced {
    .pointwise(
        PointwiseFunction(lower ? "expModNormal" : "expModNormalUpper", argumentCount: 2) {
            x, partials in
            let tail = logExponentiallyModifiedNormalDerivatives(x[0], rate: x[1], lower: lower)
            (partials[0], partials[1]) = (tail.z, tail.rate)
            return tail.value
        }, [z, rate])
}

/// log P(−π ≤ X ≤ x) of von Mises' distribution, or of the upper tail.
package func logVonMisesTail(
    _ x: Traced, mean: Traced, concentration: Traced, lower: Bool
) -> Traced {
    .pointwise(
        PointwiseFunction(lower ? "vonMises" : "vonMisesUpper", argumentCount: 3) {
            x, partials in
            let tail = logVonMisesTailDerivatives(
                x[0], mean: x[1], concentration: x[2], lower: lower)
            (partials[0], partials[1], partials[2]) = (tail.x, tail.mean, tail.concentration)
            return tail.value
        }, [x, mean, concentration])
}

// MARK: - Counts

/// The logarithm of a tail of a count; 0 or −∞ beyond its range.
private func countTail(
    _ name: String, _ arguments: [Traced], lower: Bool,
    _ evaluate:
        @escaping @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Bool) -> Double
) -> Traced {
    let count = arguments.count
    return .pointwise(
        PointwiseFunction(name + (lower ? "" : "Upper"), argumentCount: count) { x, partials in
            for k in 0..<count { partials[k] = 0 }
            if x[0] < 0 { return lower ? -.infinity : 0 }
            return evaluate(x, partials, lower)
        }, arguments)
}

/// log P(N ≤ n), or P(N > n), of Poisson's distribution.
package func logPoissonTail(_ n: Traced, mean: Traced, lower: Bool) -> Traced {
    countTail("poisson", [n, mean], lower: lower) { x, partials, lower in
        let tail = IncompleteGamma.derivatives(x[0] + 1, x[1], lower: !lower, shape: false)
        partials[1] = tail.x
        return tail.value
    }
}

/// log P(N ≤ n), or P(N > n), of the binomial distribution.
package func logBinomialTail(
    _ n: Traced, trials: Traced, probability: Traced, lower: Bool
) -> Traced {
    countTail("binomial", [n, trials, probability], lower: lower) { x, partials, lower in
        let (n, trials, p) = (x[0], x[1], x[2])
        if n >= trials { return lower ? 0 : -.infinity }
        let point = IncompleteBeta.Point(x: p)
        let tail = IncompleteBeta.derivatives(
            n + 1, trials - n, point, lower: !lower, shapes: false)
        partials[2] = p == 0 || p == 1 ? 0 : tail.logit / (p * point.y)
        if p == 0, lower, n == 0 { partials[2] = -trials }
        if p == 1, !lower, n == trials - 1 { partials[2] = trials }
        return tail.value
    }
}

/// log P(N ≤ n), or P(N > n), of the negative binomial distribution with a shape and
/// the odds of its gamma-distributed rate, Stan's neg_binomial(α, β).
package func logNegativeBinomialTail(
    _ n: Traced, shape: Traced, rate: Traced, lower: Bool
) -> Traced {
    countTail("negativeBinomial", [n, shape, rate], lower: lower) { x, partials, lower in
        let (shape, rate) = (x[1], x[2])
        guard shape > 0, rate > 0 else { return .nan }
        let point = IncompleteBeta.Point(odds: rate, logOdds: log(rate))
        let tail = IncompleteBeta.derivatives(shape, x[0] + 1, point, lower: lower)
        partials[1] = tail.a
        partials[2] = tail.logit / rate
        return tail.value
    }
}

/// log P(N ≤ n), or P(N > n), of Stan's neg_binomial_2(μ, φ).
package func logNegativeBinomialTail(
    _ n: Traced, mean: Traced, precision: Traced, lower: Bool
) -> Traced {
    countTail("negativeBinomial2", [n, mean, precision], lower: lower) { x, partials, lower in
        let (mean, precision) = (x[1], x[2])
        guard mean > 0, precision > 0 else { return .nan }
        let odds = precision / mean
        let point = IncompleteBeta.Point(odds: odds, logOdds: log(odds))
        let tail = IncompleteBeta.derivatives(precision, x[0] + 1, point, lower: lower)
        partials[1] = -tail.logit / mean
        partials[2] = tail.a + tail.logit / precision
        return tail.value
    }
}

/// log P(N ≤ n), or P(N > n), of the beta-binomial distribution.
package func logBetaBinomialTail(
    _ n: Traced, trials: Traced, _ a: Traced, _ b: Traced, lower: Bool
) -> Traced {
    countTail("betaBinomial", [n, trials, a, b], lower: lower) { x, partials, lower in
        let tail = logBetaBinomialTailDerivatives(x[0], trials: x[1], x[2], x[3], lower: lower)
        (partials[2], partials[3]) = (tail.a, tail.b)
        return tail.value
    }
}

/// log P(N ≤ n), or P(N > n), of the beta negative binomial distribution.
package func logBetaNegativeBinomialTail(
    _ n: Traced, _ r: Traced, _ a: Traced, _ b: Traced, lower: Bool
) -> Traced {
    countTail("betaNegativeBinomial", [n, r, a, b], lower: lower) { x, partials, lower in
        let tail = logBetaNegativeBinomialTailDerivatives(x[0], x[1], x[2], x[3], lower: lower)
        (partials[1], partials[2], partials[3]) = (tail.r, tail.a, tail.b)
        return tail.value
    }
}
