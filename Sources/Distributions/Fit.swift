// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// A distribution fitted to data, by maximum likelihood unless said otherwise.
///
///     let fit = try Gamma.fit([1.2, 0.7, 3.1, 2.4, 0.9])
///     print(fit)       // shape 3.4 ± 2.0, rate 2.0 ± 1.3; …
public struct Fit<D: Distribution>: Sendable, CustomStringConvertible {
    /// The distribution at the maximum.
    public var distribution: D
    /// The estimates with standard errors, from the information at the
    /// maximum, under the labels of the family's initialiser.
    public var parameters: [(name: String, estimate: Estimate)]
    /// The log likelihood at the maximum, with all constants.
    public var logLikelihood: Double
    /// The number of observations.
    public var count: Int
    /// Parameters that were given, not fitted.
    public var fixed: [(name: String, value: Double)] = []
    /// What a reader of the numbers should know, a sentence each.
    public var notes: [String] = []
    public var method = FitMethod.maximumLikelihood
    /// What it was fitted to, for intervals and goodness of fit; nil for vectors.
    public var sample: FitSample?

    /// Akaike's information criterion, 2 k − 2 log L.
    public var aic: Double { 2 * Double(parameters.count) - 2 * logLikelihood }
    /// The Bayesian (Schwarz's) information criterion, k log n − 2 log L.
    public var bic: Double {
        Double(parameters.count) * log(sample?.count ?? Double(count)) - 2 * logLikelihood
    }

    public var description: String {
        parameters.map { "\($0.name) \($0.estimate)" }.joined(separator: ", ")
            + "; log likelihood \(shown(logLikelihood)), AIC \(shown(aic)), BIC \(shown(bic)),"
            + " n = \(count)" + notes.map { "; \($0)" }.joined()
    }

    init(
        _ distribution: D, _ parameters: [(name: String, value: Double, error: Double)],
        logLikelihood: Double, count: Int
    ) {
        self.distribution = distribution
        self.parameters = parameters.map {
            ($0.name, Estimate($0.value, standardError: $0.error))
        }
        self.logLikelihood = logLikelihood
        self.count = count
    }

    /// A fit to numbers that were checked.
    init(
        _ distribution: D, _ parameters: [(name: String, value: Double, error: Double)],
        logLikelihood: Double, data: [Double]
    ) {
        self.init(distribution, parameters, logLikelihood: logLikelihood, count: data.count)
        sample = try? FitSample(data)
    }

    init(
        _ distribution: D, _ parameters: [(name: String, value: Double, error: Double)],
        logLikelihood: Double, sample: FitSample
    ) {
        self.init(
            distribution, parameters, logLikelihood: logLikelihood, count: sample.values.count)
        self.sample = sample
    }
}

/// Two decimals.
private func shown(_ x: Double) -> String {
    guard x.isFinite, abs(x) < 1e15 else { return "\(x)" }
    let hundredths = Int((abs(x) * 100).rounded())
    let cents = hundredths % 100
    return (x < 0 ? "-" : "") + "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
}

/// Data for a fit, checked, with the moments that most fits need.
struct FitData {
    var values: [Double]
    var mean: Double
    /// Σ (x − mean)².
    var squares: Double
    var n: Double { Double(values.count) }

    /// Checks that there are enough data, that all are finite and `inside`
    /// the support, and, if wanted, that they are not all the same.
    init(
        _ data: [Double], atLeast minimum: Int = 1, varying: Bool = false, whole: Bool = false,
        mustBe requirement: String = "finite", _ inside: (Double) -> Bool = { _ in true }
    ) throws(ParameterError) {
        guard data.count >= minimum, !data.isEmpty else {
            throw ParameterError(
                "number of data", is: data.count, mustBe: "at least \(max(minimum, 1))")
        }
        for (i, x) in data.enumerated() {
            guard x.isFinite, inside(x), !whole || Int(exactly: x) != nil else {
                throw ParameterError("data[\(i)]", is: x, mustBe: requirement)
            }
        }
        values = data
        mean = 0
        squares = 0
        for (i, x) in data.enumerated() {
            let step = x - mean
            mean += step / Double(i + 1)
            squares += step * (x - mean)
        }
        if varying, data.allSatisfy({ $0 == data[0] }) {
            throw ParameterError("data", is: "constant (\(data[0]))", mustBe: "of several values")
        }
    }

    func sum(_ f: (Double) -> Double) -> Double { values.reduce(0) { $0 + f($1) } }
    func average(_ f: (Double) -> Double) -> Double { sum(f) / n }

    /// A quantile of the data, roughly: a start for iterations.
    func quantile(_ p: Double) -> Double {
        let sorted = values.sorted()
        return sorted[min(max(Int(p * n), 0), sorted.count - 1)]
    }
}
