// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// A parameter as a number without bounds, in which a maximum is looked for.
enum Coordinate: Hashable, Sendable {
    /// x = center + unit · c
    case line(center: Double, unit: Double)
    /// x = bound + exp(c)
    case above(Double)
    /// x = bound − exp(c)
    case below(Double)
    /// x = lower + (upper − lower)/(1 + exp(−c))
    case between(Double, Double)

    init(_ domain: FamilyParameter.Domain, center: Double, unit: Double) {
        switch domain {
        case .real, .between(-.infinity, .infinity): self = .line(center: center, unit: unit)
        case .positive, .nonnegative: self = .above(0)
        case .probability: self = .between(0, 1)
        case .between(let a, .infinity): self = .above(a)
        case .between(-.infinity, let b): self = .below(b)
        case .between(let a, let b): self = .between(a, b)
        case .whole(let from): self = .above(Double(from))
        }
    }

    func value(_ c: Double) -> Double {
        switch self {
        case .line(let center, let unit): center + unit * c
        case .above(let bound): bound + exp(c)
        case .below(let bound): bound - exp(c)
        case .between(let a, let b):
            c < 0 ? a + (b - a) * (exp(c) / (1 + exp(c))) : b - (b - a) * (exp(-c) / (1 + exp(-c)))
        }
    }

    /// dx/dc.
    func slope(_ c: Double) -> Double {
        switch self {
        case .line(_, let unit): unit
        case .above: exp(c)
        case .below: -exp(c)
        case .between(let a, let b): (b - a) / ((1 + exp(c)) * (1 + exp(-c)))
        }
    }

    var isLine: Bool {
        if case .line = self { return true }
        return false
    }

    /// A value at a bound, or past it, is moved a little inside.
    func coordinate(of x: Double) -> Double {
        switch self {
        case .line(let center, let unit): (x - center) / unit
        case .above(let bound): log(max(x - bound, 1e-300))
        case .below(let bound): log(max(bound - x, 1e-300))
        case .between(let a, let b):
            log(max((x - a) / (b - a), 1e-9) / max((b - x) / (b - a), 1e-9))
        }
    }

    /// Where x goes as c falls (or grows) without end.
    func limit(upwards: Bool) -> Double {
        switch self {
        case .line: upwards ? .infinity : -.infinity
        case .above(let bound): upwards ? .infinity : bound
        case .below(let bound): upwards ? -.infinity : bound
        case .between(let a, let b): upwards ? b : a
        }
    }
}
