// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Randomness

@Suite struct EstimateTests {
    @Test(arguments: [
        (3.14159, 0.0075, "3.1416 ± 0.0075"),
        (3.13912, 0.00752, "3.1391 ± 0.0075"),
        (0.5, 0.0996, "0.50 ± 0.10"),
        (0.5, 0.0994, "0.500 ± 0.099"),
        (12345.6, 1.26, "12345.6 ± 1.3"),
        (12345.6, 12.6, "12346 ± 13"),
        (12345.6, 126, "12350 ± 130"),
        (12345.6, 4_321, "12300 ± 4300"),
        (-2.5, 0.25, "-2.50 ± 0.25"),
        (0.00001, 0.5, "0.00 ± 0.50"),
        (1.234567e9, 123_456, "1.23457e+09 ± 1.2e+05"),
        (1.5e-8, 2e-10, "1.500e-08 ± 2.0e-10"),
        (9.9999e-9, 2e-10, "1.000e-08 ± 2.0e-10"),
        (3, 2e12, "0 ± 2.0e+12"),
        (2.5, 0, "2.5 ± 0"),
        (2.5, .nan, "2.5 ± nan"),
        (2.0 / 3, .infinity, "0.666667 ± inf"),
        (.nan, 1, "nan ± 1.0"),
        (1e300, 1e299, "1.00e+300 ± 1.0e+299"),
        (1, 1e-300, "1.0 ± 1.0e-300"),
    ]) func printsDigitsThatMeanSomething(value: Double, error: Double, text: String) {
        #expect(Estimate(value, standardError: error).description == text)
    }

    @Test func propagatesToFirstOrder() {
        let a = Estimate(2, standardError: 0.3, effectiveSampleSize: 50)
        let b = Estimate(5, standardError: 0.4, effectiveSampleSize: 80)
        #expect((a + b).value == 7 && abs((a + b).standardError - 0.5) < 1e-15)
        #expect((a - b).value == -3 && (a - b).effectiveSampleSize == 50)
        #expect(abs((a * b).standardError - (1.5 * 1.5 + 0.8 * 0.8).squareRoot()) < 1e-15)
        #expect(abs((a / b).standardError - 0.4 * (0.15 * 0.15 + 0.08 * 0.08).squareRoot()) < 1e-15)
        #expect((2 * a - 1).standardError == 0.6 && (1 / a).standardError == 0.075)
        #expect(abs(log(a).standardError - 0.15) < 1e-15 && sqrt(b).value == 5.0.squareRoot())
        #expect(exp(Estimate(0, standardError: 0.1)).standardError == 0.1)
        #expect((Estimate(0, standardError: 0) / 0.0).value.isNaN)
    }

    @Test func meanOfDraws() {
        let e = Estimate(mean: [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4])
        #expect(e.value == 1e9 + 2.5 && abs(e.standardError - (5.0 / 12).squareRoot()) < 1e-7)
        #expect(Estimate(mean: []).value.isNaN && Estimate(mean: [1]).standardError.isNaN)
    }
}
