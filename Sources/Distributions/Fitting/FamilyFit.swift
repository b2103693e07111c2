// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// How a fit chooses the parameters.
public enum FitMethod: String, Hashable, Sendable, CaseIterable {
    /// Those under which the data are most likely.
    case maximumLikelihood
    /// Those that give the distribution the data's mean, variance and so on.
    case moments
    /// Those that give the distribution the data's L-moments (Hosking 1990):
    /// for tails and small samples.
    case lMoments
}

extension DistributionFamily {
    /// The distribution of the family that fits data best.
    ///
    ///     let fit = try Gamma.fit(times, censored: times.indices.map {
    ///         wasStillRunning[$0] ? .right : .none
    ///     })
    ///     print(fit)                              // shape 1.8 ± 0.2, …
    ///     try fit.profileInterval(of: "shape")    // 1.4…2.2
    ///
    /// Closed forms are used where there are any; else Newton's method from
    /// the best of many starts. Standard errors come from the observed
    /// information.
    /// - Parameters:
    ///   - weights: how often each datum counts.
    ///   - censored: how exactly each datum is known; all exactly, if left out.
    ///   - truncated: values outside of this range could not be seen.
    ///   - fixed: values of parameters, by label, that are known.
    /// - Throws: `ParameterError` for data that are empty, constant, or outside
    ///   of the support, and for wrong options; `NumericalError` where the
    ///   likelihood has no maximum, which says where it grows.
    public static func fit(
        _ data: [Double], weights: [Double]? = nil, censored: [Censoring]? = nil,
        truncated: ClosedRange<Double>? = nil, fixed: [String: Double] = [:],
        method: FitMethod = .maximumLikelihood
    ) throws -> Fit<Self> {
        let sample = try FitSample(
            data, weights: weights, censored: censored, truncated: truncated)
        return try fit(sample, fixed: fixed, method: method)
    }

    /// The same for a sample that was put together before.
    public static func fit(
        _ sample: FitSample, fixed: [String: Double] = [:],
        method: FitMethod = .maximumLikelihood
    ) throws -> Fit<Self> {
        let values = try fixedValues(fixed)
        if method == .maximumLikelihood, fixed.isEmpty, sample.isPlain,
            let family = Self.self as? any FittableDistribution.Type
        {
            return try closed(family, sample)
        }
        let fitter = try FamilyFitter<Self>(sample, fixed: values)
        return method == .maximumLikelihood
            ? try fitter.maximumLikelihood() : try fitter.matching(method)
    }

    private static func closed<F: FittableDistribution>(
        _ family: F.Type, _ sample: FitSample
    ) throws -> Fit<Self> {
        guard var fit = try F.fit(sample.values) as? Fit<Self> else {
            throw NumericalError("\(name).fit", "the family fits another type")
        }
        fit.sample = sample
        return fit
    }

    /// Fixed values by position; nil for the free ones.
    static func fixedValues(_ fixed: [String: Double]) throws(ParameterError) -> [Double?] {
        let names = parameters.map(\.name)
        for (label, value) in fixed.sorted(by: { $0.key < $1.key }) {
            guard names.contains(label) else {
                let near = suggestion(for: label, among: names).map { "; did you mean \($0)?" }
                throw ParameterError(
                    "a fixed parameter", is: label,
                    mustBe: "one of \(names.joined(separator: ", "))\(near ?? "")")
            }
            guard value.isFinite else {
                throw ParameterError(label, is: value, mustBe: "finite")
            }
        }
        return names.map { fixed[$0] }
    }
}
