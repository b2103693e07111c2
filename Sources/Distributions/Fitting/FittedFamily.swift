// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

/// A fit of some family, whichever it is: what a table of several families
/// compares.
public struct FittedFamily: Sendable, CustomStringConvertible {
    /// The family's name.
    public let name: String
    public let distribution: any DistributionFamily
    public let parameters: [(name: String, estimate: Estimate)]
    public let fixed: [(name: String, value: Double)]
    public let notes: [String]
    public let logLikelihood, aic, bic: Double
    public let count: Int
    public let description: String
    /// `Fit.goodnessOfFit`.
    public let goodnessOfFit: @Sendable (Int, RandomGenerator) throws -> GoodnessOfFit
    /// `Fit.profileInterval`.
    public let profileInterval: @Sendable (String, Double) throws -> ClosedRange<Double>
    /// `Fit.bootstrapInterval`.
    public let bootstrapInterval:
        @Sendable (String, Double, Int, RandomGenerator) throws -> ClosedRange<Double>

    public init<F: DistributionFamily>(_ fit: Fit<F>) {
        name = F.name
        distribution = fit.distribution
        parameters = fit.parameters
        fixed = fit.fixed
        notes = fit.notes
        (logLikelihood, aic, bic, count) = (fit.logLikelihood, fit.aic, fit.bic, fit.count)
        description = fit.description
        goodnessOfFit = { try fit.goodnessOfFit(replicates: $0, using: $1) }
        profileInterval = { try fit.profileInterval(of: $0, probability: $1) }
        bootstrapInterval = {
            try fit.bootstrapInterval(of: $0, probability: $1, replicates: $2, using: $3)
        }
    }

    /// The density, or probability of a number, at x.
    public func density(_ x: Double) -> Double {
        if let d = distribution as? any ContinuousDistribution { return d.pdf(x) }
        if let d = distribution as? any DiscreteDistribution {
            return exp(d.logDensity(ofNumber: x))
        }
        return .nan
    }

    /// Whether it is a distribution of whole numbers.
    public var isDiscrete: Bool { distribution is any DiscreteDistribution }
}

extension Families {
    /// Fits a family that is known at run time only.
    public static func fit(
        _ family: any DistributionFamily.Type, _ sample: FitSample, fixed: [String: Double] = [:],
        method: FitMethod = .maximumLikelihood
    ) throws -> FittedFamily {
        func open<F: DistributionFamily>(_ family: F.Type) throws -> FittedFamily {
            FittedFamily(try F.fit(sample, fixed: fixed, method: method))
        }
        return try open(family)
    }

    /// Fits several families to the same data; the lowest AIC first, then what
    /// could not be fitted and why.
    public static func compare(
        _ families: [any DistributionFamily.Type], _ sample: FitSample,
        fixed: [String: Double] = [:], method: FitMethod = .maximumLikelihood
    ) -> (fits: [FittedFamily], failures: [(name: String, error: any Error)]) {
        var fits: [FittedFamily] = []
        var failures: [(name: String, error: any Error)] = []
        for family in families {
            do {
                let fit = try fit(family, sample, fixed: fixed, method: method)
                if fit.aic.isFinite {
                    fits.append(fit)
                } else {
                    throw NumericalError("\(fit.name).fit", "some of the data are impossible")
                }
            } catch {
                failures.append((family.name, error))
            }
        }
        return (fits.sorted { $0.aic < $1.aic }, failures)
    }
}
