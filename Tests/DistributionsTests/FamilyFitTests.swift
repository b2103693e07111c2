// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Randomness
import Testing

@testable import Distributions

private func generator(_ name: String) -> RandomGenerator {
    RandomGenerator(StreamKey(seed: 5).child(name))
}

@Suite struct FamilyFitTests {
    /// The general way, forced by weights of 1, against the closed forms.
    @Test func generalFitsAgreeWithClosedForms() throws {
        var compared = 0
        func compare<F: DistributionFamily>(_ family: F.Type) throws {
            guard family is any FittableDistribution.Type else { return }
            for (round, d) in Examples.of(family).enumerated() {
                let d = try #require(d as? F)
                let data = d.numbers(200, inside: nil, using: generator("\(F.name) \(round)"))
                guard let closed = try? F.fit(data) else { continue }
                let general: Fit<F>
                do {
                    general = try F.fit(data, weights: data.map { _ in 1 })
                } catch {
                    Issue.record("\(d): \(error)")
                    continue
                }
                compared += 1
                #expect(
                    general.logLikelihood >= closed.logLikelihood
                        - 1e-9 * abs(closed.logLikelihood) - 1e-9,
                    "\(d): \(general) closed \(closed)")
                // The median of an even number of data is an interval.
                if F.self is Laplace.Type { continue }
                for (a, b) in zip(general.parameters, closed.parameters) {
                    let allowed = 1e-6 * max(abs(b.estimate.value), b.estimate.standardError)
                    #expect(
                        abs(a.estimate.value - b.estimate.value) <= allowed,
                        "\(d): \(general) closed \(closed)")
                    if a.estimate.standardError.isFinite, !(F.self is StudentT.Type) {
                        #expect(
                            abs(a.estimate.standardError / b.estimate.standardError - 1) < 1e-4,
                            "\(d): \(general) closed \(closed)")
                    }
                }
            }
        }
        for family in Families.all { try compare(family) }
        #expect(compared >= 40)
    }

    /// Every family fits its own data, and no worse than the truth.
    @Test func everyFamilyFitsItsOwnData() throws {
        var fitted = 0
        func check<F: DistributionFamily>(_ family: F.Type) throws {
            // One distribution a family: some have costly densities.
            for d in Examples.of(family).suffix(2).prefix(1) {
                let d = try #require(d as? F)
                let data = d.numbers(100, inside: nil, using: generator("own \(F.name)"))
                var fixed: [String: Double] = [:]
                for (parameter, value) in zip(F.parameters, d.parameterValues) {
                    if case .whole = parameter.domain { fixed[parameter.name] = value }
                }
                do {
                    let fit = try F.fit(data, fixed: fixed)
                    let truth = try FamilyFitter<F>(
                        FitSample(data), fixed: F.fixedValues(fixed)
                    ).likelihood.of(d)
                    #expect(fit.logLikelihood >= truth - 1e-9 * abs(truth), "\(d): \(fit)")
                    fitted += 1
                } catch let error as NumericalError {
                    // Some likelihoods have no maximum, and say so.
                    #expect(error.reason.contains("no maximum"), "\(d): \(error)")
                } catch let error as ParameterError {
                    // A circle's support moves with its mean.
                    #expect("\(d)".hasPrefix("VonMises"), "\(d): \(error)")
                }
            }
        }
        for family in Families.all { try check(family) }
        #expect(fitted * 10 >= Families.all.count * 8)
    }

    @Test func weightsAreRepetitions() throws {
        let data = [1.2, 0.7, 3.1, 2.4, 0.9], weights = [1.0, 3, 2, 1, 0]
        let repeated = zip(data, weights).flatMap { Array(repeating: $0, count: Int($1)) }
        let a = try Gamma.fit(data, weights: weights)
        let b = try Gamma.fit(repeated)
        for (x, y) in zip(a.parameters, b.parameters) {
            #expect(abs(x.estimate.value - y.estimate.value) < 1e-7 * y.estimate.value)
            #expect(
                abs(x.estimate.standardError - y.estimate.standardError)
                    < 1e-6 * y.estimate.standardError)
        }
        #expect(abs(a.bic - b.bic) < 1e-8)
    }

    /// Censored exponential times: events over total time.
    @Test func censoredExponential() throws {
        let times = [2.0, 3, 5, 7, 11, 13]
        let censored: [Censoring] = [.none, .right, .none, .right, .none, .right]
        let fit = try Exponential.fit(times, censored: censored)
        let rate = fit.parameters[0].estimate
        #expect(abs(rate.value - 3.0 / 41) < 1e-9)
        #expect(abs(rate.standardError - 3.0.squareRoot() / 41) < 1e-7)
        let interval = try fit.profileInterval(of: "rate")
        #expect(interval.contains(rate.value) && interval.lowerBound > 0)
    }

    /// A truncated exponential's likelihood equation, solved by bisection.
    @Test func truncatedExponential() throws {
        let data = [0.1, 0.4, 0.9, 0.3, 0.2, 0.7]
        let fit = try Exponential.fit(data, truncated: 0...1)
        let mean = data.reduce(0, +) / 6
        var (low, high) = (1e-6, 50.0)
        while high - low > 1e-13 {
            let r = 0.5 * (low + high)
            if 1 / r - 1 / expm1(r) > mean { low = r } else { high = r }
        }
        #expect(abs(fit.distribution.rate - low) < 1e-7)
    }

    @Test func fixedParameters() throws {
        let data = [3.1, 2.9, 5.2, 4.4, 3.6]
        let fit = try Normal.fit(data, fixed: ["mean": 4])
        let expected = (data.reduce(0) { $0 + ($1 - 4) * ($1 - 4) } / 5).squareRoot()
        #expect(abs(fit.distribution.standardDeviation - expected) < 1e-9)
        #expect(fit.parameters.count == 1 && fit.fixed.count == 1)
        let all = try Normal.fit(data, fixed: ["mean": 4, "standardDeviation": 1])
        #expect(all.parameters.isEmpty && all.aic == -2 * all.logLikelihood)
        let binomial = try Binomial.fit([3, 5, 4], fixed: ["trials": 10])
        #expect(abs(binomial.distribution.probability - 0.4) < 1e-9)
        #expect(throws: (any Error).self) { try Normal.fit(data, fixed: ["maen": 4]) }
        #expect(throws: (any Error).self) { try Normal.fit(data, fixed: ["standardDeviation": -4]) }
    }

    @Test func momentsAndLMoments() throws {
        let data = [1.2, 0.7, 3.1, 2.4, 0.9, 1.6]
        let mean = data.reduce(0, +) / 6
        let variance = data.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
        let gamma = try Gamma.fit(data, method: .moments).distribution
        #expect(abs(gamma.mean - mean) < 1e-10 && abs(gamma.variance - variance) < 1e-9)
        // The normal's second L-moment is σ/√π.
        let normal = try Normal.fit(data, method: .lMoments)
        let sorted = data.sorted()
        let l2 = Descriptors.lMoments(sorted: sorted)[1]
        #expect(
            abs(normal.distribution.standardDeviation - Foundation.exp(l2) * Double.pi.squareRoot())
                < 1e-9)
        #expect(normal.parameters.allSatisfy { $0.estimate.standardError > 0 })
        // Hosking 1990: exponential (mean, 1/2, 1/3, 1/6), Gumbel's and the uniform's ratios.
        let exponential = Descriptors.lMoments(try Exponential(rate: 1))
        for (a, b) in zip(exponential, [1, Foundation.log(0.5), 1.0 / 3, 1.0 / 6]) {
            #expect(abs(a - b) < 1e-12)
        }
        let logistic = Descriptors.lMoments(try Logistic())
        for (a, b) in zip(logistic, [0, 0, 0, 1.0 / 6]) { #expect(abs(a - b) < 1e-12) }
        #expect(throws: (any Error).self) { try Cauchy.fit(data, method: .moments) }
        #expect(throws: (any Error).self) {
            try Gamma.fit(data, censored: data.map { _ in .none } + [.right], method: .moments)
        }
    }

    @Test func badDataAreErrors() {
        func message(_ body: () throws -> Any) -> String {
            do {
                return "no error: \(try body())"
            } catch {
                return "\(error)"
            }
        }
        #expect(
            message { try Logistic.fit([], weights: []) }
                == "number of data is 0, but must be at least 1")
        #expect(message { try Logistic.fit([2, 2, 2], weights: [1, 1, 1]) }.contains("constant"))
        #expect(
            message { try Gamma.fit([2, -1, 2], weights: [1, 1, 1]) }
                .hasPrefix("data[1] is -1.0, but must be inside the support of Gamma"))
        #expect(message { try Poisson.fit([2, 0.5], weights: [1, 1]) }.contains("whole number"))
        #expect(
            message { try Normal.fit([1, 2, 3], weights: [1, 1]) }.contains("number of weights"))
        #expect(message { try Normal.fit([1, 2, 3], weights: [1, -1, 1]) }.contains("weights[1]"))
        #expect(message { try Normal.fit([1, 2, 3], truncated: 0...2) }.contains("data[2]"))
        #expect(
            message { try Exponential.fit([1, 2], censored: [.right, .right]) }
                .contains("all on one side"))
        #expect(
            message {
                try StudentT.fit([-1.5, -1, -0.6, -0.3, 0, 0.3, 0.6, 1, 1.5], truncated: -50...50)
            }
            .contains("the likelihood has no maximum: it grows as degreesOfFreedom goes to ∞"))
        #expect(message { try Binomial.fit([1, 5, 9, 30, 2]) }.contains("trials goes to ∞"))
        #expect(
            message { try Gamma.fit([0, 1, 2, 3], weights: [1, 1, 1, 1]) }.contains("data[0]")
                || message { try Gamma.fit([0, 1, 2, 3], weights: [1, 1, 1, 1]) }.contains(
                    "unbounded")
        )
        #expect(message { try Normal.fit([1, 2, 3]).profileInterval(of: "sd") }.contains("sd"))
    }

    @Test func edgesOfDomains() throws {
        // Nothing but zeros and ones for a probability of 1; the uniform's ends.
        let uniform = try Uniform.fit([0.2, 0.9, 0.4], weights: [1, 1, 1])
        #expect(uniform.distribution.lower == 0.2 && uniform.distribution.upper == 0.9)
        #expect(uniform.parameters[0].estimate.standardError.isNaN && !uniform.notes.isEmpty)
        let zeros = try Poisson.fit([0, 0, 0], weights: [1, 1, 1])
        #expect(zeros.distribution.rate == 0)
        let ones = try Bernoulli.fit([1, 1, 1], weights: [1, 1, 1])
        #expect(ones.distribution.probability == 1)
        // The Laplace distribution's likelihood has a kink at the median.
        let laplace = try Laplace.fit([1, 2, 4, 8, 16], weights: [1, 1, 1, 1, 1])
        #expect(abs(laplace.distribution.location - 4) < 1e-5)
    }

    /// A normal mean's profile interval is exact: n log(1 + t²/(n − 1)) = χ².
    @Test func profileIntervals() throws {
        let data = [3.1, 2.9, 5.2, 4.4, 3.6, 4.0, 2.2]
        let fit = try Normal.fit(data)
        let interval = try fit.profileInterval(of: "mean", probability: 0.9)
        let n = 7.0
        let chi = try ChiSquared(degreesOfFreedom: 1).quantile(0.9)
        let half =
            fit.distribution.standardDeviation * expm1(chi / n).squareRoot()
        #expect(abs(interval.upperBound - (fit.distribution.mean + half)) < 1e-6)
        #expect(abs(interval.lowerBound - (fit.distribution.mean - half)) < 1e-6)
    }

    @Test func bootstrapIntervals() throws {
        let data = try Exponential(rate: 2).sample(100, using: generator("bootstrap"))
        let fit = try Exponential.fit(data)
        let a = try fit.bootstrapInterval(of: "rate", replicates: 200, using: generator("b"))
        let b = try fit.bootstrapInterval(of: "rate", replicates: 200, using: generator("b"))
        #expect(a == b && a.contains(fit.distribution.rate))
        let error = fit.parameters[0].estimate.standardError
        let width = a.upperBound - a.lowerBound
        #expect(width > 2 * error && width < 6 * error)
    }

    /// Under the fitted family p-values are uniform, under another tiny.
    @Test func goodnessOfFit() throws {
        var small = 0
        for round in 0..<40 {
            let data = try Gamma(shape: 2, rate: 1).sample(60, using: generator("gof \(round)"))
            let p = try #require(
                Gamma.fit(data).goodnessOfFit(replicates: 49, using: generator("p \(round)"))
                    .andersonDarling.pValue)
            if p <= 0.2 { small += 1 }
        }
        // Binomial(40, 0.2): outside of 0…20 with probability below 1e-5.
        #expect(small <= 20 && small >= 1, "\(small)")
        let data = try Exponential(rate: 1).sample(200, using: generator("wrong"))
        let wrong = try Normal.fit(data).goodnessOfFit(replicates: 99, using: generator("w"))
        #expect(wrong.andersonDarling.pValue == 0.01 && wrong.kolmogorovSmirnov.pValue == 0.01)
        #expect(wrong.cramerVonMises.pValue == 0.01)
        let counts = try Poisson(rate: 4).sample(100, using: generator("c")).map(Double.init)
        let right = try Poisson.fit(counts).goodnessOfFit(replicates: 99, using: generator("c2"))
        #expect(try #require(right.andersonDarling.pValue) > 0.01)
        let spread = try NegativeBinomial(mean: 4, dispersion: 1)
            .sample(100, using: generator("d")).map(Double.init)
        let poor = try Poisson.fit(spread).goodnessOfFit(replicates: 99, using: generator("d2"))
        #expect(poor.andersonDarling.pValue == 0.01)
        #expect(throws: (any Error).self) {
            try Normal.fit([1, 2, 3], weights: [1, 2, 1]).goodnessOfFit(using: generator("x"))
        }
    }
}

/// A name=value;name=value list.
private func named(_ text: Substring) -> [(name: String, value: Double)] {
    text.split(separator: ";").compactMap { pair in
        let parts = pair.split(separator: "=")
        guard parts.count == 2, let value = Double(parts[1]) else { return nil }
        return (String(parts[0]), value)
    }
}

@Suite struct FitsOfRTests {
    /// Real data, exact and censored, fitted by MASS::fitdistr and
    /// survival::survreg: estimates to 1e-6 (in fact 1e-7), standard errors to
    /// R's differences.
    @Test func agreesWithR() throws {
        var seen = 0
        for line in referenceLines("fits_r") {
            let fields = line.split(separator: ",")
            let family = try Families.named(String(fields[0]))
            let data = fields[1].split(separator: " ").compactMap { Double($0) }
            let censored = fields[2].split(separator: " ").map {
                $0 == "1" ? Censoring.right : .none
            }
            let fit = try Families.fit(family, FitSample(data, censored: censored))
            let found = Dictionary(
                uniqueKeysWithValues: fit.parameters.map { ($0.name, $0.estimate) })
            for (name, value) in named(fields[3]) {
                let estimate = try #require(found[name], "\(family) \(name)")
                #expect(
                    abs(estimate.value - value) <= 1e-7 * abs(value),
                    "\(family) \(name): \(estimate.value), R \(value)")
            }
            for (name, value) in named(fields[4]) {
                // Geometric and exponential: R takes the expected information too.
                let error = try #require(found[name]).standardError
                #expect(
                    abs(error / value - 1) <= 1e-5, "\(family) \(name) ± \(error), R \(value)")
            }
            let likelihood = try #require(Double(fields[5]))
            #expect(abs(fit.logLikelihood - likelihood) <= 1e-9 * abs(likelihood), "\(family)")
            seen += 1
        }
        #expect(seen == 26)
    }
}
