// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import SpecialFunctions

/// Rows of a table in Tests/Reference/special: a name, then numbers, missing ones
/// as NaN.
private func table(_ name: String) -> [(name: Substring, numbers: [Double])] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Reference/special/" + name)
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return (fields[0], fields.dropFirst().map { Double($0) ?? .nan })
    }
}

/// The error relative to the truth; numbers that underflow count as 0.
private func relativeError(_ value: Double, _ truth: Double) -> Double {
    if value == truth { return 0 }
    return abs(value - truth) / max(abs(truth), 1e-290)
}

@Suite struct DerivativeTests {
    /// Values to 1e-13 and derivatives to 1e-12, relative, from both sides of every
    /// switch of methods. A tail that is 1 but for less than 1e-30 has that number as its
    /// logarithm, with the condition of an exponential: 1e-12.
    @Test func incompleteGammaAndBeta() {
        let rows = table("derivatives.csv")
        #expect(rows.count > 1_000)
        for (name, row) in rows {
            let (a, b, x) = (row[0], row[1], row[2])
            let point = IncompleteBeta.Point(x: x)
            for lower in [true, false] {
                let truth = Array(row[(lower ? 3 : 7)...].prefix(4))
                let found: [Double]
                if name == "gamma" {
                    let tail = IncompleteGamma.derivatives(a, x, lower: lower)
                    found = [tail.value, tail.a, .nan, tail.x]
                } else {
                    let tail = IncompleteBeta.derivatives(a, b, point, lower: lower)
                    found = [tail.value, tail.a, tail.b, tail.logit / (x * point.y)]
                }
                for k in 0..<4 where !truth[k].isNaN {
                    let error = relativeError(found[k], truth[k])
                    let bound = k > 0 || abs(truth[0]) < 1e-30 ? 1e-12 : 1e-13
                    #expect(
                        error <= bound,
                        "\(name)(\(a), \(b)) at \(x), lower \(lower), \(k): \(found[k]), not \(truth[k])"
                    )
                }
            }
        }
    }

    /// Without derivatives in the shapes the rest is the same.
    @Test func knownShapes() {
        for (a, x) in [(0.3, 0.2), (4, 9), (700, 650)] as [(Double, Double)] {
            let all = IncompleteGamma.derivatives(a, x, lower: true)
            let some = IncompleteGamma.derivatives(a, x, lower: true, shape: false)
            #expect(some.value == all.value && some.x == all.x && some.a == 0)
        }
    }

    @Test func endsAndNonsense() {
        for lower in [true, false] {
            for (a, x) in [(-1, 1), (1, -1), (.nan, 1), (1, .nan), (0, 0)] as [(Double, Double)] {
                #expect(IncompleteGamma.derivatives(a, x, lower: lower).a.isNaN)
                #expect(
                    IncompleteBeta.derivatives(a, x, .init(x: 0.5), lower: lower).logit.isNaN)
            }
            for a in [1e-100, 1e-3, 1, 1e3, 1e100] as [Double] {
                for x in [0, 1e-300, 1, 1e100, .infinity] as [Double] {
                    let tail = IncompleteGamma.derivatives(a, x, lower: lower)
                    #expect(!tail.value.isNaN && !tail.a.isNaN && !tail.x.isNaN, "\(a) \(x)")
                }
                for b in [1e-100, 1e-3, 1, 1e3, 1e100] as [Double] {
                    for x in [0, 1e-300, 0.5, 1 - 0x1p-53, 1] as [Double] {
                        let tail = IncompleteBeta.derivatives(a, b, .init(x: x), lower: lower)
                        #expect(
                            !tail.value.isNaN && !tail.a.isNaN && !tail.b.isNaN
                                && !tail.logit.isNaN, "\(a) \(b) \(x)")
                    }
                }
            }
        }
        #expect(IncompleteGamma.derivatives(1, 0, lower: false).x == -1)
    }

    /// Functions of tails.csv by name, as value and derivatives.
    private static let functions: [String: @Sendable ([Double]) -> [Double]] = [
        "studentT": { x in
            let t = logStudentTCDFDerivatives(x[0], x[1])
            return [t.value, t.z, t.nu]
        },
        "owensT": { x in
            let t = owensTDerivatives(x[0], x[1])
            return [t.value, t.h, t.a]
        },
        "skewNormal": { x in
            let t = logSkewNormalCDFDerivatives(x[0], x[1])
            return [t.value, t.z, t.alpha]
        },
        "expModNormalLower": { x in
            let t = logExponentiallyModifiedNormalDerivatives(x[0], rate: x[1], lower: true)
            return [t.value, t.z, t.rate]
        },
        "expModNormalUpper": { x in
            let t = logExponentiallyModifiedNormalDerivatives(x[0], rate: x[1], lower: false)
            return [t.value, t.z, t.rate]
        },
        "vonMisesLower": { x in
            let t = logVonMisesTailDerivatives(x[0], mean: x[1], concentration: x[2], lower: true)
            return [t.value, t.x, t.mean, t.concentration]
        },
        "vonMisesUpper": { x in
            let t = logVonMisesTailDerivatives(x[0], mean: x[1], concentration: x[2], lower: false)
            return [t.value, t.x, t.mean, t.concentration]
        },
        "betaBinomialLower": { x in
            let t = logBetaBinomialTailDerivatives(x[0], trials: x[1], x[2], x[3], lower: true)
            return [t.value, .nan, .nan, t.a, t.b]
        },
        "betaBinomialUpper": { x in
            let t = logBetaBinomialTailDerivatives(x[0], trials: x[1], x[2], x[3], lower: false)
            return [t.value, .nan, .nan, t.a, t.b]
        },
        "betaNegativeBinomialLower": { x in
            let t = logBetaNegativeBinomialTailDerivatives(x[0], x[1], x[2], x[3], lower: true)
            return [t.value, .nan, t.r, t.a, t.b]
        },
        "betaNegativeBinomialUpper": { x in
            let t = logBetaNegativeBinomialTailDerivatives(x[0], x[1], x[2], x[3], lower: false)
            return [t.value, .nan, t.r, t.a, t.b]
        },
        "logBesselI": { x in
            let t = logBesselIDerivatives(x[0], x[1])
            return [t.value, t.order, t.x]
        },
        "logBesselK": { [logBesselK($0[0], $0[1])] },
        "besselJ": { [besselJ($0[0], $0[1])] },
        "besselY": { [besselY($0[0], $0[1])] },
        "lambertW0": { [lambertW0($0[0])] },
        "lambertWm1": { [lambertWm1($0[0])] },
    ]

    /// The error in units of the bound, relative to the truth or, where that is the
    /// difference of larger numbers, to their size.
    private static func error(
        _ name: String, _ k: Int, _ found: Double, _ truth: Double
    ) -> Double {
        let floor =
            name == "logBesselI" && k == 1
            ? 1 : name.hasPrefix("skew") || name.hasPrefix("von") ? 1e-15 : 1e-20
        // Derivatives in the far tail of an error of the exponent.
        let bound = name == "skewNormal" && k > 0 ? 1e-11 : 1e-12
        return found == truth ? 0 : abs(found - truth) / max(abs(truth), floor) / bound
    }

    @Test func otherTails() throws {
        let rows = table("tails.csv")
        #expect(rows.count > 400)
        for (name, row) in rows {
            let function = try #require(Self.functions[String(name)])
            let found = function(Array(row.prefix(4)))
            for (k, truth) in row[4...].enumerated() where k < found.count && !truth.isNaN {
                if found[k].isNaN, k > 0 { continue }
                let error = Self.error(String(name), k, found[k], truth)
                #expect(error <= 1, "\(name)\(row.prefix(4)) \(k): \(found[k]), not \(truth)")
            }
        }
    }
}
