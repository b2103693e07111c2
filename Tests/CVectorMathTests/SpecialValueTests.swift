// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Foundation
import Testing

@Suite struct SpecialValueTests {
    static let inf = Double.infinity
    static let tiny = Double.leastNonzeroMagnitude

    static let values: [(op: vm_unary_op, x: Double, y: Double)] = [
        (VM_EXP, -inf, 0), (VM_EXP, inf, inf), (VM_EXP, -0.0, 1), (VM_EXP, -746, 0),
        (VM_EXP, -745, tiny), (VM_EXP, 709.8, inf),
        (VM_LOG, 0, -inf), (VM_LOG, -0.0, -inf), (VM_LOG, -1, .nan), (VM_LOG, inf, inf),
        (VM_LOG, 1, 0), (VM_LOG, tiny, -744.4400719213812),
        (VM_LOG1P, -1, -inf), (VM_LOG1P, -0.0, -0.0), (VM_LOG1P, inf, inf), (VM_LOG1P, -2, .nan),
        (VM_LOG1P, tiny, tiny),
        (VM_EXPM1, -inf, -1), (VM_EXPM1, inf, inf), (VM_EXPM1, -0.0, -0.0), (VM_EXPM1, tiny, tiny),
        (VM_SQRT, -0.0, -0.0), (VM_SQRT, -1, .nan), (VM_RECIPROCAL, -0.0, -inf),
        (VM_SIN, inf, .nan), (VM_SIN, -0.0, -0.0), (VM_SIN, 1e22, -0.8522008497671888),
        (VM_COS, -inf, .nan), (VM_COS, 0, 1), (VM_TAN, -0.0, -0.0), (VM_TAN, inf, .nan),
        (VM_ASIN, 1, .pi / 2), (VM_ASIN, 1.1, .nan), (VM_ACOS, 1, 0), (VM_ACOS, -1, .pi),
        (VM_ATAN, inf, .pi / 2), (VM_ATAN, -inf, -.pi / 2), (VM_ATAN, -0.0, -0.0),
        (VM_SINH, -inf, -inf), (VM_SINH, -0.0, -0.0), (VM_COSH, -inf, inf), (VM_COSH, 0, 1),
        (VM_TANH, inf, 1), (VM_TANH, -inf, -1), (VM_TANH, -0.0, -0.0),
        (VM_ASINH, -inf, -inf), (VM_ACOSH, 1, 0), (VM_ACOSH, 0.9, .nan), (VM_ACOSH, inf, inf),
        (VM_ATANH, 1, inf), (VM_ATANH, -1, -inf), (VM_ATANH, 1.1, .nan),
        (VM_CBRT, -8, -2), (VM_CBRT, 0, 0), (VM_CBRT, -inf, -inf), (VM_CBRT, 27, 3),
        (VM_EXP2, 10, 1024), (VM_EXP2, -1074, tiny), (VM_EXP2, 1024, inf),
        (VM_LOG2, 8, 3), (VM_LOG2, tiny, -1074), (VM_LOG2, 0, -inf), (VM_LOG2, -1, .nan),
        (VM_LOG10, 1000, 3), (VM_LOG10, 1e22, 22), (VM_LOG10, inf, inf),
        (VM_LOGISTIC, -745, tiny), (VM_LOGISTIC, 745, 1), (VM_LOGISTIC, -inf, 0),
        (VM_LOGISTIC, inf, 1), (VM_LOGISTIC, 0, 0.5),
        (VM_LOG_LOGISTIC, -inf, -inf), (VM_LOG_LOGISTIC, inf, -0.0), (VM_LOG_LOGISTIC, -800, -800),
        (VM_LOGIT, 0, -inf), (VM_LOGIT, 1, inf), (VM_LOGIT, 0.5, 0), (VM_LOGIT, 1.5, .nan),
        (VM_LOG1M, 1, -inf), (VM_LOG1M, 2, .nan), (VM_LOG1P_EXP, 800, 800),
        (VM_LOG1P_EXP, -inf, 0), (VM_LOG1P_EXP, inf, inf),
        (VM_LOG1M_EXP, 0, -inf), (VM_LOG1M_EXP, -inf, -0.0), (VM_LOG1M_EXP, 0.1, .nan),
        (VM_LOG1M_EXP, -tiny, -744.4400719213812),
        (VM_ERF, inf, 1), (VM_ERF, -inf, -1), (VM_ERFC, inf, 0), (VM_ERFC, -inf, 2),
        (VM_ERFC, 30, 0), (VM_NORMAL_CDF, -inf, 0), (VM_NORMAL_CDF, inf, 1),
        (VM_NORMAL_CDF, 0, 0.5), (VM_LOG_NORMAL_CDF, -inf, -inf), (VM_LOG_NORMAL_CDF, inf, 0),
        (VM_LOG_NORMAL_CDF, -0x1p500, -0x1p999), (VM_LOG_NORMAL_CDF, -1e200, -inf),
        (VM_NORMAL_QUANTILE, 0, -inf), (VM_NORMAL_QUANTILE, 1, inf),
        (VM_NORMAL_QUANTILE, 0.5, 0), (VM_NORMAL_QUANTILE, 1.1, .nan),
        (VM_NORMAL_QUANTILE, -0.1, .nan),
        (VM_LOG_GAMMA, 1, 0), (VM_LOG_GAMMA, 2, 0), (VM_LOG_GAMMA, 0, inf),
        (VM_LOG_GAMMA, -3, inf), (VM_LOG_GAMMA, inf, inf), (VM_LOG_GAMMA, 1e308, inf),
        (VM_LOG_GAMMA, -0x1p-1000, 693.1471805599453), (VM_LOG_GAMMA, -tiny, 744.4400719213812),
        (VM_DIGAMMA, 0, .nan), (VM_DIGAMMA, -2, .nan), (VM_DIGAMMA, inf, inf),
        (VM_TRIGAMMA, 0, inf), (VM_TRIGAMMA, -2, inf), (VM_TRIGAMMA, inf, 0),
        (VM_FLOOR, -0.5, -1), (VM_CEIL, -0.5, -0.0), (VM_ROUND, 2.5, 3), (VM_ROUND, -2.5, -3),
        (VM_ROUND, 0.49999999999999994, 0), (VM_TRUNC, -1.5, -1), (VM_FLOOR, 1e300, 1e300),
    ]

    @Test func unaryValues() {
        for (op, x, y) in Self.values {
            let got = Kernels.best.forward(op, [x])[0]
            let name = unaryOps.first { $0.op == op }?.name ?? ""
            #expect(same(got, y), "\(name)(\(x)) = \(got), not \(y)")
        }
    }

    @Test func missingStaysMissing() {
        for (name, op) in unaryOps {
            #expect(Kernels.best.forward(op, [.nan])[0].isNaN, "\(name)")
        }
        for (name, op) in binaryOps.prefix(12) {
            for pair in [(Double.nan, 2.0), (2.0, Double.nan), (.nan, .nan)] {
                let got = Kernels.best.forward(op, [pair.0], [pair.1], count: 1)[0]
                #expect(got.isNaN, "\(name)\(pair) = \(got)")
            }
        }
    }

    /// C99's table for pow is what the C library implements.
    @Test func powerOfSpecialValues() {
        let numbers: [Double] = [
            0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, -2.5, .infinity, -.infinity,
            1e300, -1e300, 0x1.0000000000001p53, Self.tiny,
        ]
        for a in numbers {
            for b in numbers {
                let got = Kernels.best.forward(VM_POW, [a], [b], count: 1)[0]
                let expected = pow(a, b)
                let close = abs(got - expected) <= 2 * abs(expected).ulp
                #expect(same(got, expected) || close, "\(a)^\(b) = \(got), not \(expected)")
            }
        }
        #expect(Kernels.best.forward(VM_POW, [.nan], [0], count: 1) == [1])
        #expect(Kernels.best.forward(VM_POW, [1], [.nan], count: 1) == [1])
    }

    @Test func angleOfSpecialValues() {
        let numbers: [Double] = [0, -0.0, 1, -1, .infinity, -.infinity, 100 * Self.tiny, -1e308]
        for a in numbers {
            for b in numbers {
                let got = Kernels.best.forward(VM_ATAN2, [a], [b], count: 1)[0]
                let expected = atan2(a, b)
                let close = abs(got - expected) <= 2 * abs(expected).ulp
                #expect(same(got, expected) || close, "atan2(\(a), \(b)) = \(got)")
                let length = Kernels.best.forward(VM_HYPOT, [a], [b], count: 1)[0]
                #expect(unitsInLastPlace(length, hypot(a, b)) <= 1, "hypot(\(a), \(b))")
            }
        }
        #expect(Kernels.best.forward(VM_HYPOT, [0x1p-1030], [0], count: 1) == [0x1p-1030])
    }

    static let pairs: [(op: vm_binary_op, a: Double, b: Double, y: Double)] = [
        (VM_LOG_SUM_EXP2, -inf, -inf, -inf), (VM_LOG_SUM_EXP2, inf, -inf, inf),
        (VM_LOG_SUM_EXP2, inf, inf, inf), (VM_LOG_SUM_EXP2, -inf, 3, 3),
        (VM_LOG_SUM_EXP2, 3, -inf, 3), (VM_LOG_SUM_EXP2, 1000, 0, 1000),
        (VM_LOG_DIFF_EXP, 2, 2, -inf), (VM_LOG_DIFF_EXP, -inf, -inf, -inf),
        (VM_LOG_DIFF_EXP, 2, -inf, 2), (VM_LOG_DIFF_EXP, 1, 2, .nan),
        (VM_LOG_DIFF_EXP, inf, inf, .nan), (VM_LOG_DIFF_EXP, inf, 0, inf),
        (VM_LOG_BETA, 1, 1, 0), (VM_LOG_BETA, 0, 1, inf), (VM_LOG_BETA, -1, 1, .nan),
        (VM_LOG_BETA, 1, inf, -inf),
        (VM_MINIMUM, 1, 2, 1), (VM_MAXIMUM, -inf, 2, 2),
        (VM_LESS, 1, 2, 1), (VM_LESS, .nan, 2, 0), (VM_LESS_EQUAL, 2, 2, 1), (VM_EQUAL, 2, 2, 1),
        (VM_EQUAL, .nan, .nan, 0), (VM_NOT_EQUAL, .nan, .nan, 1), (VM_NOT_EQUAL, 1, 1, 0),
    ]

    @Test func binaryValues() {
        for (op, a, b, y) in Self.pairs {
            let got = Kernels.best.forward(op, [a], [b], count: 1)[0]
            let name = binaryOps.first { $0.op == op }?.name ?? ""
            #expect(same(got, y), "\(name)(\(a), \(b)) = \(got), not \(y)")
        }
    }

    @Test func conventionsOfDerivatives() {
        let kernels = Kernels.best
        #expect(kernels.reverse(VM_ABS, [0, -0.0], [0, 0], [1, 1]) == [0, 0])
        #expect(kernels.reverse(VM_LOG1M_EXP, [0], [-.infinity], [1]) == [-.infinity])
        #expect(
            kernels.reverse(VM_LOG_NORMAL_CDF, [-1e200, -.infinity], [0, 0], [1, 1])
                == [1e200, .infinity])
        // The first argument wins a tie, and pow at 0 does not depend on the exponent.
        for op in [VM_MINIMUM, VM_MAXIMUM] {
            let (da, db) = kernels.reverse(op, [3, 1], [3, 1], [3, 1], [1, 1])
            #expect(da == [1, 1] && db == [0, 0])
        }
        let (da, db) = kernels.reverse(VM_POW, [0, 0, 0], [2, 1, 0], [0, 0, 1], [1, 1, 1])
        #expect(da == [0, 1, 0] && db == [0, 0, 0])
        let equal = kernels.reverse(VM_LOG_DIFF_EXP, [1, 1], [1, -.infinity], [0, 1], [1, 1])
        #expect(equal.da == [.infinity, 1] && equal.db == [-.infinity, 0])
    }
}
