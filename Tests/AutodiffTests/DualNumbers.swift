// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

@testable import Autodiff

/// A number with one derivative: forward mode in the plainest form, over the
/// system's mathematics. The oracle for the kernels and the reverse sweep.
struct Dual {
    var value: Double
    var slope: Double

    init(_ value: Double, _ slope: Double = 0) {
        self.value = value
        self.slope = slope
    }

    static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, a.slope + b.slope) }
    static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, a.slope - b.slope) }
    static func * (a: Dual, b: Dual) -> Dual {
        Dual(a.value * b.value, a.slope * b.value + a.value * b.slope)
    }
    static func / (a: Dual, b: Dual) -> Dual {
        Dual(a.value / b.value, (a.slope - a.value / b.value * b.slope) / b.value)
    }
    static prefix func - (a: Dual) -> Dual { Dual(-a.value, -a.slope) }

    func map(_ value: Double, _ derivative: Double) -> Dual { Dual(value, slope * derivative) }
    var exp: Dual { map(Foundation.exp(value), Foundation.exp(value)) }
    var log: Dual { map(Foundation.log(value), 1 / value) }
    var sqrt: Dual { map(value.squareRoot(), 0.5 / value.squareRoot()) }
    var log1p: Dual { map(Foundation.log1p(value), 1 / (1 + value)) }
    var expm1: Dual { map(Foundation.expm1(value), Foundation.exp(value)) }

    static func apply(_ function: Unary, _ x: Dual) -> Dual {
        let v = x.value
        let density = Foundation.exp(-v * v / 2) / (2 * Double.pi).squareRoot()
        switch function {
        case .negate: return -x
        case .exp: return x.exp
        case .log: return x.log
        case .log1p: return x.log1p
        case .expm1: return x.expm1
        case .sqrt: return x.sqrt
        case .square: return x * x
        case .reciprocal: return Dual(1) / x
        case .abs: return x.map(Swift.abs(v), v > 0 ? 1 : v < 0 ? -1 : 0)
        case .sin: return x.map(Foundation.sin(v), Foundation.cos(v))
        case .cos: return x.map(Foundation.cos(v), -Foundation.sin(v))
        case .tan: return x.map(Foundation.tan(v), 1 + Foundation.pow(Foundation.tan(v), 2))
        case .asin: return x.map(Foundation.asin(v), 1 / (1 - v * v).squareRoot())
        case .acos: return x.map(Foundation.acos(v), -1 / (1 - v * v).squareRoot())
        case .atan: return x.map(Foundation.atan(v), 1 / (1 + v * v))
        case .sinh: return x.map(Foundation.sinh(v), Foundation.cosh(v))
        case .cosh: return x.map(Foundation.cosh(v), Foundation.sinh(v))
        case .tanh: return x.map(Foundation.tanh(v), 1 / Foundation.pow(Foundation.cosh(v), 2))
        case .asinh: return x.map(Foundation.asinh(v), 1 / (1 + v * v).squareRoot())
        case .acosh: return x.map(Foundation.acosh(v), 1 / (v * v - 1).squareRoot())
        case .atanh: return x.map(Foundation.atanh(v), 1 / (1 - v * v))
        case .cbrt:
            return x.map(Foundation.cbrt(v), 1 / (3 * Foundation.pow(Foundation.cbrt(v), 2)))
        case .exp2: return x.map(Foundation.exp2(v), Foundation.exp2(v) * M_LN2)
        case .log2: return x.map(Foundation.log2(v), 1 / (v * M_LN2))
        case .log10: return x.map(Foundation.log10(v), 1 / (v * M_LN10))
        case .logistic: return Dual(1) / (Dual(1) + (-x).exp)
        case .logLogistic: return v > 0 ? -(-x).exp.log1p : x - x.exp.log1p
        case .logit: return x.log - (-x).log1p
        case .log1m: return (-x).log1p
        case .log1pExp: return v > 0 ? x + (-x).exp.log1p : x.exp.log1p
        case .log1mExp: return (-x.expm1).log
        case .erf:
            return x.map(Foundation.erf(v), 2 / Double.pi.squareRoot() * Foundation.exp(-v * v))
        case .erfc:
            return x.map(Foundation.erfc(v), -2 / Double.pi.squareRoot() * Foundation.exp(-v * v))
        case .normalCDF: return x.map(0.5 * Foundation.erfc(-v / 2.0.squareRoot()), density)
        case .logNormalCDF:
            let cdf = 0.5 * Foundation.erfc(-v / 2.0.squareRoot())
            return x.map(Foundation.log(cdf), density / cdf)
        case .normalQuantile:
            let q = quantile(v)
            return x.map(q, (2 * Double.pi).squareRoot() * Foundation.exp(q * q / 2))
        case .logGamma: return x.map(lgamma(v), polygamma(0, v))
        case .digamma: return x.map(polygamma(0, v), polygamma(1, v))
        case .trigamma: return x.map(polygamma(1, v), polygamma(2, v))
        case .floor: return Dual(v.rounded(.down))
        case .ceil: return Dual(v.rounded(.up))
        case .round: return Dual(v.rounded())
        case .trunc: return Dual(v.rounded(.towardZero))
        }
    }

    static func apply(_ function: Binary, _ a: Dual, _ b: Dual) -> Dual {
        switch function {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .pow:
            let value = Foundation.pow(a.value, b.value)
            let byBase = b.value * Foundation.pow(a.value, b.value - 1) * a.slope
            return Dual(
                value, byBase + (b.slope == 0 ? 0 : value * Foundation.log(a.value) * b.slope))
        case .atan2:
            let r = a.value * a.value + b.value * b.value
            return Dual(
                Foundation.atan2(a.value, b.value), (a.slope * b.value - a.value * b.slope) / r)
        case .hypot: return (a * a + b * b).sqrt
        case .minimum: return a.value <= b.value ? a : b
        case .maximum: return a.value >= b.value ? a : b
        case .logSumExp:
            return a.value > b.value ? a + (b - a).exp.log1p : b + (a - b).exp.log1p
        case .logDiffExp: return a + (-(b - a).expm1).log
        case .logBeta:
            return apply(.logGamma, a) + apply(.logGamma, b) - apply(.logGamma, a + b)
        case .less: return Dual(a.value < b.value ? 1 : 0)
        case .lessOrEqual: return Dual(a.value <= b.value ? 1 : 0)
        case .equal: return Dual(a.value == b.value ? 1 : 0)
        case .notEqual: return Dual(a.value != b.value ? 1 : 0)
        }
    }
}

/// ψ⁽ⁿ⁾ for x > 0 by recurrence and the asymptotic series (DLMF 5.15.8).
private func polygamma(_ order: Int, _ x: Double) -> Double {
    let bernoulli: [Double] = [
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6,
    ]
    var x = x
    var total = 0.0
    while x < 20 {
        switch order {
        case 0: total -= 1 / x
        case 1: total += 1 / (x * x)
        default: total -= 2 / (x * x * x)
        }
        x += 1
    }
    switch order {
    case 0: total += log(x) - 1 / (2 * x)
    case 1: total += 1 / x + 1 / (2 * x * x)
    default: total -= 1 / (x * x) + 1 / (x * x * x)
    }
    for (index, b) in bernoulli.enumerated() {
        let k = Double(2 * (index + 1))
        switch order {
        case 0: total -= b / (k * pow(x, k))
        case 1: total += b / pow(x, k + 1)
        default: total -= b * (k + 1) / pow(x, k + 2)
        }
    }
    return total
}

/// The standard normal quantile by bisection and Newton's method.
private func quantile(_ p: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<200 {
        let middle = (low + high) / 2
        if 0.5 * erfc(-middle / 2.0.squareRoot()) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
}

/// Evaluates the nodes of a trace one by one with dual numbers.
struct DualInterpreter {
    let trace: Trace
    let graph: Graph
    let point: [Double]
    let direction: Int
    private var values: [Int32: [Dual]] = [:]

    init(_ trace: Trace, at point: [Double], direction: Int) {
        self.trace = trace
        graph = trace.graph
        self.point = point
        self.direction = direction
    }

    mutating func value(_ id: Int32) -> [Dual] {
        if id < 0 { return [Dual(graph.number(id))] }
        if let known = values[id] { return known }
        for other in 0...id where values[other] == nil { values[other] = compute(other) }
        return values[id] ?? []
    }

    private mutating func compute(_ id: Int32) -> [Dual] {
        let node = graph[id]
        func get(_ id: Int32) -> [Dual] {
            id < 0 ? [Dual(graph.number(id))] : values[id] ?? []
        }
        func lifted(_ x: [Dual], _ count: Int) -> [Dual] {
            x.count == count ? x : [Dual](repeating: x[0], count: count)
        }
        let count = node.shape.count
        switch node.operation {
        case .constant: return graph.constants(of: id).map { Dual($0) }
        case .input:
            return (0..<count).map { i in
                let at = Int(node.extra) + i
                return Dual(point[at], at == direction ? 1 : 0)
            }
        case .unary: return get(node.a).map { Dual.apply(Unary(rawValue: node.function)!, $0) }
        case .binary:
            let (a, b) = (lifted(get(node.a), count), lifted(get(node.b), count))
            return zip(a, b).map { Dual.apply(Binary(rawValue: node.function)!, $0, $1) }
        case .select:
            let (c, a, b) = (
                lifted(get(node.c), count), lifted(get(node.a), count), lifted(get(node.b), count)
            )
            return (0..<count).map { c[$0].value != 0 ? a[$0] : b[$0] }
        case .density: return [density(id, node)]
        case .element: return [get(node.a)[Int(node.extra)]]
        case .gather: return graph.list(of: id).map { get(node.a)[Int($0)] }
        case .pack: return graph.list(of: id).map { get($0)[0] }
        case .reshape: return get(node.a)
        case .sum: return [get(node.a).reduce(Dual(0), +)]
        case .dot: return [zip(get(node.a), get(node.b)).map { $0 * $1 }.reduce(Dual(0), +)]
        case .logSumExp:
            let x = get(node.a)
            let largest = Dual(x.map(\.value).max() ?? 0)
            return [largest + x.map { ($0 - largest).exp }.reduce(Dual(0), +).log]
        case .logSumExpOfScalars:
            let x = graph.list(of: id).map { get($0)[0] }
            let largest = Dual(x.map(\.value).max() ?? 0)
            return [largest + x.map { ($0 - largest).exp }.reduce(Dual(0), +).log]
        case .product: return [get(node.a).reduce(Dual(1), *)]
        case .minimum:
            return [get(node.a).reduce(Dual(.infinity)) { $1.value < $0.value ? $1 : $0 }]
        case .maximum:
            return [get(node.a).reduce(Dual(-.infinity)) { $1.value > $0.value ? $1 : $0 }]
        case .matrixProduct:
            let (left, right) = (graph[node.a].shape, graph[node.b].shape)
            return Self.product(get(node.a), get(node.b), left.rows, left.columns, right.columns)
        case .cholesky: return Self.cholesky(get(node.a), node.shape.rows)
        case .solveLower:
            return Self.solveLower(
                get(node.a), get(node.b), node.shape.rows, node.shape.columns, transposed: false)
        case .solveLowerTransposed:
            return Self.solveLower(
                get(node.a), get(node.b), node.shape.rows, node.shape.columns, transposed: true)
        case .inverse:
            let n = node.shape.rows
            let identity = (0..<n * n).map { Dual($0 % (n + 1) == 0 ? 1 : 0) }
            return Self.eliminate(get(node.a), identity, n, n).solution
        case .solve:
            return Self.eliminate(
                get(node.a), get(node.b), node.shape.rows, node.shape.columns
            ).solution
        case .logDeterminant:
            let n = graph[node.a].shape.rows
            return [Self.eliminate(get(node.a), [], n, 0).logDeterminant]
        case .external: return external(node, get(node.a))
        case .pointwise:
            let arguments = graph.list(of: id).map(get)
            let function = trace.pointwise[Int(node.b)]
            return (0..<count).map { i in
                let x = arguments.map { $0.count == 1 ? $0[0] : $0[i] }
                var partials = [Double](repeating: 0, count: x.count)
                let value = function.evaluate(x.map(\.value), &partials)
                return Dual(value, zip(x, partials).reduce(0) { $0 + $1.0.slope * $1.1 })
            }
        }
    }

    /// Only the chain rule is checked here: the function's own derivatives are
    /// checked by differences.
    private func external(_ node: Node, _ x: [Dual]) -> [Dual] {
        let count = node.shape.count
        var output = [Double](repeating: .nan, count: count)
        let evaluator = trace.externals[Int(node.extra)].makeEvaluator(inputCount: x.count)
        return (0..<count).map { i in
            try? evaluator.evaluate(at: x.map(\.value), into: &output)
            var seeds = [Double](repeating: 0, count: count)
            seeds[i] = 1
            var adjoints = [Double](repeating: 0, count: x.count)
            evaluator.addAdjoints(
                at: x.map(\.value), outputs: output, outputAdjoints: seeds, into: &adjoints)
            return Dual(output[i], zip(x, adjoints).reduce(0) { $0 + $1.0.slope * $1.1 })
        }
    }

    private func density(_ id: Int32, _ node: Node) -> Dual {
        let arguments = graph.list(of: id).map {
            $0 < 0 ? [Dual(graph.number($0))] : values[$0] ?? []
        }
        let count = arguments.map(\.count).max() ?? 1
        var total = Dual(0)
        for i in 0..<count {
            let x = arguments.map { $0.count == 1 ? $0[0] : $0[i] }
            total = total + Self.logDensity(FusedDensity(rawValue: node.function)!, x)
        }
        return total
    }

    /// The full log density, constants kept.
    static func logDensity(_ density: FusedDensity, _ x: [Dual]) -> Dual {
        func gamma(_ x: Dual) -> Dual { Dual.apply(.logGamma, x) }
        func softplus(_ x: Dual) -> Dual { Dual.apply(.log1pExp, x) }
        let half = Dual(0.5)
        let logTwoPi = Dual(log(2 * Double.pi))
        let y = x[0]
        switch density {
        case .normal:
            let z = (y - x[1]) / x[2]
            return -(half * (z * z + logTwoPi)) - x[2].log
        case .standardNormal: return -(half * (y * y + logTwoPi))
        case .bernoulliLogit: return y * x[1] - softplus(x[1])
        case .poissonLog: return y * x[1] - x[1].exp - gamma(y + Dual(1))
        case .studentT:
            let z = (y - x[2]) / x[3]
            return gamma(half * (x[1] + Dual(1))) - gamma(half * x[1])
                - half * (x[1] * Dual(Double.pi)).log - x[3].log
                - half * (x[1] + Dual(1)) * (z * z / x[1]).log1p
        case .gamma:
            return x[1] * x[2].log - gamma(x[1]) + (x[1] - Dual(1)) * y.log - x[2] * y
        case .exponential: return x[1].log - x[1] * y
        case .cauchy:
            let z = (y - x[1]) / x[2]
            return -(Dual(Double.pi)).log - x[2].log - (z * z).log1p
        case .logNormal:
            let z = (y.log - x[1]) / x[2]
            return -(half * (z * z + logTwoPi)) - x[2].log - y.log
        case .beta:
            return (x[1] - Dual(1)) * y.log + (x[2] - Dual(1)) * (-y).log1p
                + gamma(x[1] + x[2]) - gamma(x[1]) - gamma(x[2])
        case .binomialLogit:
            let one = Dual(1)
            return gamma(x[1] + one) - gamma(y + one) - gamma(x[1] - y + one) + y * x[2]
                - x[1] * softplus(x[2])
        }
    }

    static func product(_ a: [Dual], _ b: [Dual], _ n: Int, _ k: Int, _ m: Int) -> [Dual] {
        var c = [Dual](repeating: Dual(0), count: n * m)
        for i in 0..<n {
            for j in 0..<m {
                for l in 0..<k {
                    c[j * n + i] = c[j * n + i] + a[l * n + i] * b[j * k + l]
                }
            }
        }
        return c
    }

    static func cholesky(_ a: [Dual], _ n: Int) -> [Dual] {
        var l = [Dual](repeating: Dual(0), count: n * n)
        for j in 0..<n {
            var d = a[j * n + j]
            for k in 0..<j { d = d - l[k * n + j] * l[k * n + j] }
            l[j * n + j] = d.sqrt
            for i in j + 1..<max(n, j + 1) {
                var s = a[j * n + i]
                for k in 0..<j { s = s - l[k * n + i] * l[k * n + j] }
                l[j * n + i] = s / l[j * n + j]
            }
        }
        return l
    }

    static func solveLower(
        _ l: [Dual], _ b: [Dual], _ n: Int, _ m: Int, transposed: Bool
    ) -> [Dual] {
        var x = b
        for c in 0..<m {
            for step in 0..<n {
                let i = transposed ? n - 1 - step : step
                for k in transposed ? i + 1..<n : 0..<i {
                    x[c * n + i] =
                        x[c * n + i] - (transposed ? l[i * n + k] : l[k * n + i]) * x[c * n + k]
                }
                x[c * n + i] = x[c * n + i] / l[i * n + i]
            }
        }
        return x
    }

    /// Gaussian elimination with partial pivoting.
    static func eliminate(
        _ a: [Dual], _ b: [Dual], _ n: Int, _ m: Int
    ) -> (solution: [Dual], logDeterminant: Dual) {
        var (a, x) = (a, b)
        var logDeterminant = Dual(0)
        for k in 0..<n {
            let pivot =
                (k..<n).max { Swift.abs(a[k * n + $0].value) < Swift.abs(a[k * n + $1].value) } ?? k
            for c in 0..<n { a.swapAt(c * n + k, c * n + pivot) }
            for c in 0..<m { x.swapAt(c * n + k, c * n + pivot) }
            logDeterminant = logDeterminant + Dual.apply(.abs, a[k * n + k]).log
            for i in 0..<n where i != k {
                let factor = a[k * n + i] / a[k * n + k]
                for c in k..<n { a[c * n + i] = a[c * n + i] - factor * a[c * n + k] }
                for c in 0..<m { x[c * n + i] = x[c * n + i] - factor * x[c * n + k] }
            }
        }
        for i in 0..<n { for c in 0..<m { x[c * n + i] = x[c * n + i] / a[i * n + i] } }
        return (x, logDeterminant)
    }
}
