// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The double exponential rule for integrands that are analytic inside an interval,
/// whatever they do at its ends.
///
/// Source: H. Takahasi and M. Mori, "Double exponential formulas for numerical
/// integration", Publ. RIMS 9 (1974), 721.
enum TanhSinh {
    /// Nodes in (0, 1), from the left end, and their weights.
    typealias Rule = [(x: Double, weight: Double)]

    /// For integrands without singularities near the interval.
    static let coarse = rule(0.07, 48)
    /// For those that have one close to an end.
    static let fine = rule(0.03, 112)

    private static func rule(_ h: Double, _ count: Int) -> Rule {
        (-count...count).map { k in
            let t = h * Double(k)
            let x = 1 / (1 + exp(-.pi * sinh(t)))
            let rest = 1 / (1 + exp(.pi * sinh(t)))
            return (x, h * .pi * cosh(t) * x * rest)
        }
    }
}

/// sinh x − x, without cancellation.
func sinhMinus(_ x: Double) -> Double {
    abs(x) > 1 ? sinh(x) - x : x * cubicSeries(x * x)
}

/// x − sin x, without cancellation.
func minusSine(_ x: Double) -> Double {
    abs(x) > 1.5 ? x - sin(x) : -x * cubicSeries(-x * x)
}

/// y/3! + y²/5! + y³/7! + …, for |y| to 2.25.
private func cubicSeries(_ y: Double) -> Double {
    var s = 1.0 / 420
    for k in stride(from: 18.0, through: 4, by: -2) { s = (1 + y * s) / (k * (k + 1)) }
    return y / 6 * (1 + y * s)
}
