// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Foundation
import Testing

/// Largest errors allowed against 60-digit references, in units in the last place: of the value
/// (the reference keeps its rounding error) and of the derivative (rounded: half a unit more).
@Suite struct AccuracyTests {
    // The goals of the module, or the error bound of the formula where there is none.
    static let unaryBounds: [String: (value: Double, slope: Double)] = [
        "NEGATE": (0, 0.5), "EXP": (1, 1.5), "LOG": (1, 1), "LOG1P": (1, 2.5), "EXPM1": (1.5, 1.5),
        "SQRT": (0.5, 1.5), "SQUARE": (0.5, 0.5), "RECIPROCAL": (0.5, 2.5), "ABS": (0, 0.5),
        "SIN": (1, 1.5), "COS": (1, 1.5), "TAN": (2.5, 8), "ASIN": (2, 4), "ACOS": (2, 4),
        "ATAN": (1.5, 2), "SINH": (2.5, 2.5), "COSH": (1.5, 2.5), "TANH": (2, 6),
        "ASINH": (2, 2), "ACOSH": (2, 4), "ATANH": (2, 3), "CBRT": (1, 3), "EXP2": (1, 2.5),
        "LOG2": (1, 2), "LOG10": (1, 2), "LOGISTIC": (2, 5), "LOG_LOGISTIC": (2, 2.5),
        "LOGIT": (2.5, 3), "LOG1M": (1, 2.5), "LOG1P_EXP": (2, 2.5), "LOG1M_EXP": (2, 2.5),
        "ERF": (1.5, 3), "ERFC": (3, 3), "NORMAL_CDF": (3, 3), "LOG_NORMAL_CDF": (4, 6),
        "NORMAL_QUANTILE": (8, 8), "LOG_GAMMA": (3, 4.5), "DIGAMMA": (4, 5),
        "TRIGAMMA": (5, 6),
    ]

    @Test(arguments: unaryOps.filter { unaryBounds[$0.name] != nil }.map(\.name))
    func unary(_ name: String) throws {
        let op = try #require(unaryOps.first { $0.name == name }).op
        let bound = try #require(Self.unaryBounds[name])
        let rows = try referenceRows("unary.csv").filter { $0[0] == name }
        #expect(rows.count >= 10)
        let x = try rows.map { try double($0[1]) }
        let y = Kernels.best.forward(op, x)
        let slopes = Kernels.best.reverse(op, x, y, x.map { _ in 1 })
        for (i, row) in rows.enumerated() {
            let (high, low) = (try double(row[2]), try double(row[3]))
            // Left of zero the gamma family has roots between its poles: absolute there.
            let floor = gammaFamily.contains(name) && x[i] < 0 ? 4.0 : 0
            let error = unitsInLastPlace(y[i], high, low, floor: floor)
            #expect(error <= bound.value, "\(name)(\(x[i])) = \(y[i]), not \(high)")
            let slope = try double(row[4])
            let slopeError = unitsInLastPlace(slopes[i], slope, floor: floor)
            #expect(slopeError <= bound.slope, "\(name)'(\(x[i])) = \(slopes[i]), not \(slope)")
        }
    }
    let gammaFamily: Set = ["LOG_GAMMA", "DIGAMMA", "TRIGAMMA"]

    static let binaryBounds: [String: (value: Double, slopes: Double)] = [
        "ADD": (0.5, 0), "SUBTRACT": (0.5, 0), "MULTIPLY": (0.5, 0), "DIVIDE": (0.5, 2),
        "POW": (1.5, 6), "ATAN2": (1.5, 4), "HYPOT": (1, 2), "MINIMUM": (0, 0),
        "MAXIMUM": (0, 0), "LOG_SUM_EXP2": (2, 4), "LOG_DIFF_EXP": (2, 4), "LOG_BETA": (4, 10),
    ]

    @Test(arguments: binaryOps.filter { binaryBounds[$0.name] != nil }.map(\.name))
    func binary(_ name: String) throws {
        let op = try #require(binaryOps.first { $0.name == name }).op
        let bound = try #require(Self.binaryBounds[name])
        let rows = try referenceRows("binary.csv").filter { $0[0] == name }
        #expect(rows.count >= 10)
        let a = try rows.map { try double($0[1]) }
        let b = try rows.map { try double($0[2]) }
        let y = Kernels.best.forward(op, a, b, count: a.count)
        let (da, db) = Kernels.best.reverse(op, a, b, y, a.map { _ in 1 })
        for (i, row) in rows.enumerated() {
            let (high, low) = (try double(row[3]), try double(row[4]))
            // Logarithms of sums and differences are as good as their larger argument allows.
            var floor = 0.0
            if name == "LOG_SUM_EXP2" || name == "LOG_DIFF_EXP" {
                floor = max(abs(a[i]), abs(b[i]), 1)
            } else if name == "LOG_BETA" {
                floor = 2
            }
            let error = unitsInLastPlace(y[i], high, low, floor: floor)
            #expect(error <= bound.value, "\(name)(\(a[i]), \(b[i])) = \(y[i]), not \(high)")
            for (slope, field, x) in [(da[i], row[5], a[i]), (db[i], row[6], b[i])] {
                let exact = try double(field)
                // a difference of two digammas: as good as they are
                let slopeFloor = name == "LOG_BETA" ? 1 + 1 / x + log(1 + a[i] + b[i]) : 0
                let condition = name == "LOG_SUM_EXP2" ? 1 + abs(a[i] - b[i]) : 1
                let slopeError = unitsInLastPlace(slope, exact, floor: slopeFloor) / condition
                #expect(
                    slopeError <= bound.slopes,
                    "slope of \(name)(\(a[i]), \(b[i])) = \(slope), not \(exact)")
            }
        }
    }
}
