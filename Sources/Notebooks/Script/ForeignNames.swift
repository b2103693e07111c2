// SPDX-License-Identifier: GPL-3.0-or-later

/// What people type who come from R, Python or Julia, and what it is called
/// here: for messages only.
enum ForeignNames {
    static let equivalents: [String: String] = [
        "e": "`exp(1)`",
        "inf": "`infinity`", "Inf": "`infinity`",
        "NaN": "`nan`", "NA": "`nan`",
        "sd": "`standardDeviation(x)`", "std": "`standardDeviation(x)`",
        "stdev": "`standardDeviation(x)`",
        "ln": "`log(x)`",
        "mad": "`medianAbsoluteDeviation(x)`",
        "iqr": "`interquartileRange(x)`", "IQR": "`interquartileRange(x)`",
        "cor": "`correlation(x, y)`", "cov": "`covariance(x, y)`",
        "len": "`x.count`", "length": "`x.count`",
        "sort": "`x.sorted()`", "rev": "`x.reversed()`",
        "cumsum": "`x.cumulativeSum()`",
        "c": "`[1, 2, 3]`",
        "seq": "`stride(from: 0, through: 1, by: 0.1)`",
        "linspace": "`stride(from: 0, through: 1, by: 0.1)`",
        "rep": "`Array(repeating: 0, count: 3)`",
        "rnorm": "`Normal(mean: 0, standardDeviation: 1).sample(10)`",
        "runif": "`Uniform(0, 1).sample(10)`",
        "hist": "`plot(histogram(x))`",
        "t_test": "`tTest(x, y)`", "ttest": "`tTest(x, y)`",
        "wilcox": "`mannWhitney(x, y)`",
    ]
}
