// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import SpecialFunctions

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Special functions of arithmetic in Swift, with derivatives, as pointwise
// functions. Whole orders are known numbers; where one is traced the derivative in
// it is left out.

extension Traced {
    /// A pointwise function of one argument from its value and derivative.
    private static func special(
        _ name: String, _ x: Traced,
        _ evaluate: @escaping @Sendable (Double) -> (value: Double, slope: Double)
    ) -> Traced {
        pointwise(
            PointwiseFunction(name, argumentCount: 1) { x, partials in
                let result = evaluate(x[0])
                partials[0] = result.slope
                return result.value
            }, [x])
    }

    /// A pointwise function of two arguments, from its value and derivatives.
    private static func special(
        _ name: String, _ x: Traced, _ y: Traced,
        _ evaluate: @escaping @Sendable (Double, Double) -> (Double, Double, Double)
    ) -> Traced {
        pointwise(
            PointwiseFunction(name, argumentCount: 2) { x, partials in
                let result = evaluate(x[0], x[1])
                (partials[0], partials[1]) = (result.1, result.2)
                return result.0
            }, [x, y])
    }

    /// Owen's T(h, a).
    package static func owensT(_ h: Traced, _ a: Traced) -> Traced {
        special("owensT", h, a) { h, a in
            let result = owensTDerivatives(h, a)
            return (result.value, result.h, result.a)
        }
    }

    /// log I_ν(x) of the modified Bessel function of the first kind, ν ≥ 0.
    package static func logBesselI(_ nu: Traced, _ x: Traced) -> Traced {
        special("logBesselI", nu, x) { nu, x in
            let result = logBesselIDerivatives(nu, x)
            return (result.value, result.order, result.x)
        }
    }

    /// The generalised hypergeometric function pFq(a; b; z).
    ///
    /// 1F1 of a negative z goes through Kummer's transformation, 2F1 through Pfaff's
    /// (DLMF 13.2.39, 15.8.1): their series would cancel or diverge.
    ///
    /// - Parameter isNegative: whether z < 0 is to be decided as such.
    package static func hypergeometric(
        _ a: [Traced], _ b: [Traced], _ z: Traced, isNegative: Bool
    ) -> Traced {
        if isNegative, a.count == 1, b.count == 1 {
            return exp(z) * series([b[0] - a[0]], b, -z)
        }
        if isNegative, a.count == 2, b.count == 1 {
            return exp(-a[1] * log1m(z)) * series([b[0] - a[0], a[1]], b, z / (z - 1))
        }
        return series(a, b, z)
    }

    private static func series(_ a: [Traced], _ b: [Traced], _ z: Traced) -> Traced {
        let (p, q) = (a.count, b.count)
        let function = PointwiseFunction("\(p)F\(q)", argumentCount: p + q + 1) { x, partials in
            var slopes: [Double] = []
            let arguments = (0..<(p + q)).map { x[$0] }
            let value = SpecialFunctions.hypergeometric(
                Array(arguments[..<p]), Array(arguments[p...]), x[p + q], slopes: &slopes)
            for (i, slope) in slopes.enumerated() { partials[i] = slope }
            return value
        }
        return pointwise(function, a + b + [z])
    }

    /// log I₀(x) − x, x ≥ 0.
    static func logBesselI0Excess(_ x: Traced) -> Traced {
        special("logBesselI0Excess", x) { SpecialFunctions.logBesselI0Excess($0) }
    }

    /// I_n(x), of a whole order.
    package static func besselI(_ n: Traced, _ x: Traced) -> Traced {
        special("besselI", n, x) { n, x in
            guard n == n.rounded() else { return (.nan, .nan, .nan) }
            let (order, distance) = (abs(n), abs(x))
            let odd = x < 0 && n.truncatingRemainder(dividingBy: 2) != 0
            let value = SpecialFunctions.besselI(order, distance)
            let next = SpecialFunctions.besselI(order + 1, distance)
            // I_n′ = I_(n + 1) + n/x I_n
            let slope =
                distance == 0 ? (order == 1 ? 0.5 : 0) : next + order / distance * value
            return (odd ? -value : value, 0, odd == (x < 0) ? slope : -slope)
        }
    }

    /// K_n(x), of a whole order, for x > 0.
    package static func besselK(_ n: Traced, _ x: Traced) -> Traced {
        special("besselK", n, x) { n, x in
            guard x > 0 else { return (x == 0 ? .infinity : .nan, .nan, .nan) }
            let (before, next) = (
                SpecialFunctions.besselK(n - 1, x), SpecialFunctions.besselK(n + 1, x)
            )
            return (SpecialFunctions.besselK(n, x), 0, -0.5 * (before + next))
        }
    }

    /// J_n(x), of a whole order.
    package static func besselJ(_ n: Traced, _ x: Traced) -> Traced {
        special("besselJ", n, x) { n, x in
            guard n == n.rounded(), abs(n) < 0x1p30 else { return (.nan, .nan, .nan) }
            let (before, next) = (
                SpecialFunctions.besselJ(n - 1, x), SpecialFunctions.besselJ(n + 1, x)
            )
            return (SpecialFunctions.besselJ(n, x), 0, 0.5 * (before - next))
        }
    }

    /// Y_n(x), of a whole order, for x > 0.
    package static func besselY(_ n: Traced, _ x: Traced) -> Traced {
        special("besselY", n, x) { n, x in
            guard n == n.rounded(), abs(n) < 0x1p30 else { return (.nan, .nan, .nan) }
            let (before, next) = (
                SpecialFunctions.besselY(n - 1, x), SpecialFunctions.besselY(n + 1, x)
            )
            return (SpecialFunctions.besselY(n, x), 0, 0.5 * (before - next))
        }
    }

    /// Lambert's W₀, x ≥ −1/e.
    package static func lambertW0(_ x: Traced) -> Traced {
        special("lambertW0", x) { x in
            let w = SpecialFunctions.lambertW0(x)
            return (w, exp(-w) / (1 + w))
        }
    }

    /// Lambert's W₋₁, −1/e ≤ x < 0.
    package static func lambertWm1(_ x: Traced) -> Traced {
        special("lambertWm1", x) { x in
            let w = SpecialFunctions.lambertWm1(x)
            return (w, w / (x * (1 + w)))
        }
    }

    /// The normal quantile of exp(x).
    package static func normalQuantile(logProbability x: Traced) -> Traced {
        special("normalLogQuantile", x) { x in
            let z = SpecialFunctions.normalQuantile(logProbability: x)
            return (z, exp(x + 0.5 * z * z + 0.918_938_533_204_672_741_8))
        }
    }

    /// log Γ_k(x), the multivariate gamma function; k whole.
    package static func logMultivariateGamma(_ k: Traced, _ x: Traced) -> Traced {
        special("logMultivariateGamma", k, x) { k, x in
            guard let count = Int(exactly: k), count >= 0, count <= 1_000_000 else {
                return (.nan, .nan, .nan)
            }
            if count == 0 { return (0, 0, 0) }
            let slope = (0..<count).reduce(0) {
                $0 + SpecialFunctions.digamma(x - 0.5 * Double($1))
            }
            return (SpecialFunctions.logMultivariateGamma(x, count), 0, slope)
        }
    }

    /// log(Γ(x + n)/Γ(x)), without cancellation.
    package static func logRising(_ x: Traced, _ n: Traced) -> Traced {
        special("logRising", x, n) { x, n in
            (
                SpecialFunctions.logRising(x, n),
                n < 0 ? -digammaDifference(x + n, -n) : digammaDifference(x, n),
                SpecialFunctions.digamma(x + n)
            )
        }
    }

    /// x (x + 1) … (x + n − 1) for whole n ≥ 0, of any sign; else Γ(x + n)/Γ(x).
    package static func rising(_ x: Traced, _ n: Traced) -> Traced {
        special("rising", x, n) { x, n in product(x, n, step: 1) }
    }

    /// x (x − 1) … (x − n + 1) for whole n ≥ 0, of any sign; else Γ(x + 1)/Γ(x − n + 1).
    package static func falling(_ x: Traced, _ n: Traced) -> Traced {
        special("falling", x, n) { x, n in
            if n >= 0, n <= 10_000, n == n.rounded() { return product(x, n, step: -1) }
            // ((x − n + 1) … x), a rising product from x − n + 1
            let result = product(x - n + 1, n, step: 1)
            return (result.0, result.1, result.2 - result.1)
        }
    }

    private static func product(
        _ x: Double, _ n: Double, step: Double
    ) -> (Double, Double, Double) {
        guard n >= 0, n <= 10_000, n == n.rounded() else {
            let value = exp(SpecialFunctions.logRising(x, n))
            let end = SpecialFunctions.digamma(x + n)
            return (value, value * (end - SpecialFunctions.digamma(x)), value * end)
        }
        var (value, slope) = (1.0, 0.0)
        for k in 0..<Int(n) {
            let factor = x + step * Double(k)
            slope = slope * factor + value
            value *= factor
        }
        // In n: log Γ of the end
        let end = step > 0 ? SpecialFunctions.digamma(x + n) : SpecialFunctions.digamma(x - n + 1)
        return (value, slope, value * end)
    }

    /// The x where I_x(a, b) = p.
    package static func betaIInverse(_ a: Traced, _ b: Traced, _ p: Traced) -> Traced {
        pointwise(
            PointwiseFunction("betaIInverse", argumentCount: 3) { z, partials in
                let point = IncompleteBeta.inverse(z[0], z[1], p: z[2], q: 1 - z[2])
                guard point.x > 0, point.y > 0 else {
                    for k in 0..<3 { partials[k] = point.x.isNaN ? .nan : 0 }
                    return point.x
                }
                let tail = IncompleteBeta.derivatives(z[0], z[1], point, lower: true)
                // The logit moves by −∂ log I / (∂ log I/∂ logit).
                let move = -point.x * point.y / tail.logit
                partials[0] = move * tail.a
                partials[1] = move * tail.b
                partials[2] = -move / z[2]
                return point.x
            }, [a, b, p])
    }
}
