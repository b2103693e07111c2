// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors
import Randomness

extension Fit where D: DistributionFamily {
    /// The values of a parameter that the likelihood ratio does not reject when
    /// the others follow: those whose profile log likelihood is within half the
    /// chi-squared quantile of the maximum.
    ///
    /// Unlike ± standard errors it need not be symmetric, and it stays inside
    /// the parameter's domain; an end may be the end of the domain.
    /// - Throws: `ParameterError` for a name that is not a fitted parameter's
    ///   and a probability outside (0, 1); `NumericalError` for a fit that is not
    ///   by maximum likelihood.
    public func profileInterval(
        of parameter: String, probability: Double = 0.95
    ) throws -> ClosedRange<Double> {
        let (position, sample) = try place(of: parameter, probability)
        guard method == .maximumLikelihood else {
            throw NumericalError(
                "profileInterval", "the fit is by \(method.words), not by maximum likelihood")
        }
        let drop = 0.5 * (try ChiSquared(degreesOfFreedom: 1).quantile(probability))
        let estimate = distribution.parameterValues[position]
        let domain = D.parameters[position].domain
        if case .whole = domain {
            throw NumericalError("profileInterval", "\(parameter) is a whole number")
        }
        let error = parameters.first { $0.name == parameter }?.estimate.standardError ?? .nan
        let unit = error > 0 && error.isFinite ? error : SampleSummary(sample).spread
        let coordinate = Coordinate(domain, center: estimate, unit: unit)
        let center = coordinate.coordinate(of: estimate)
        let step = max(unit / abs(coordinate.slope(center)), 1e-6)
        let known = Dictionary(fixed.map { ($0.name, $0.value) }) { $1 }
        /// How far the profile is above the threshold.
        func excess(_ c: Double) -> Double {
            var fixed = known
            fixed[parameter] = coordinate.value(c)
            let fit = try? D.fit(sample, fixed: fixed)
            return (fit?.logLikelihood ?? -.infinity) - (logLikelihood - drop)
        }
        func end(_ sign: Double) -> Double {
            var (inside, outside) = (center, center + sign * 2 * step)
            var high = drop
            var low = excess(outside)
            var tries = 0
            while low > 0 {
                inside = outside
                high = low
                outside = center + (outside - center) * 2
                tries += 1
                if tries > 12 { return coordinate.limit(upwards: sign > 0) }
                low = excess(outside)
            }
            // Illinois' false position; bisection while one side is infinite.
            for _ in 0..<100 {
                guard abs(outside - inside) > 1e-10 * max(1, abs(inside)) else { break }
                let next =
                    low.isFinite
                    ? inside + (outside - inside) * (high / (high - low))
                    : 0.5 * (inside + outside)
                let value = excess(next)
                if abs(value) < 1e-9 { return coordinate.value(next) }
                if value > 0 {
                    (inside, high) = (next, value)
                    low *= low.isFinite ? 0.5 : 1
                } else {
                    (outside, low) = (next, value)
                    high *= 0.5
                }
            }
            return coordinate.value(0.5 * (inside + outside))
        }
        let (a, b) = (end(-1), end(1))
        return min(a, b)...max(a, b)
    }

    /// The central interval of a parameter over fits of the data drawn anew,
    /// with replacement (the percentile bootstrap).
    ///
    /// - Parameter generator: with the same seed, the same interval.
    /// - Throws: as ``profileInterval(of:probability:)``, and `NumericalError`
    ///   when more than a tenth of the fits fail.
    public func bootstrapInterval(
        of parameter: String, probability: Double = 0.95, replicates: Int = 999,
        using generator: RandomGenerator
    ) throws -> ClosedRange<Double> {
        let (position, sample) = try place(of: parameter, probability)
        guard (20...1_000_000).contains(replicates) else {
            throw ParameterError("replicates", is: replicates, mustBe: "from 20 to 1,000,000")
        }
        let known = Dictionary(fixed.map { ($0.name, $0.value) }) { $1 }
        let n = sample.values.count
        var estimates: [Double] = []
        for _ in 0..<replicates {
            let rows = (0..<n).map { _ in
                min(Int(generator.uniform() * Double(n)), n - 1)
            }
            guard let fit = try? D.fit(sample.chosen(rows), fixed: known, method: method) else {
                continue
            }
            estimates.append(fit.distribution.parameterValues[position])
        }
        guard estimates.count >= replicates - replicates / 10 else {
            throw NumericalError(
                "bootstrapInterval",
                "\(replicates - estimates.count) of \(replicates) fits of resampled data failed")
        }
        estimates.sort()
        func quantile(_ p: Double) -> Double {
            let place = p * Double(estimates.count - 1)
            let low = Int(place)
            let high = min(low + 1, estimates.count - 1)
            return estimates[low] + (place - Double(low)) * (estimates[high] - estimates[low])
        }
        let tail = 0.5 * (1 - probability)
        return quantile(tail)...quantile(1 - tail)
    }

    private func place(
        of parameter: String, _ probability: Double
    ) throws(ParameterError) -> (Int, FitSample) {
        let names = parameters.map(\.name)
        guard names.contains(parameter),
            let position = D.parameters.firstIndex(where: { $0.name == parameter })
        else {
            throw ParameterError(
                "parameter", is: parameter, mustBe: "one of \(names.joined(separator: ", "))")
        }
        guard probability > 0, probability < 1 else {
            throw ParameterError("probability", is: probability, mustBe: "between 0 and 1")
        }
        guard let sample else {
            throw ParameterError("fit", is: "without its data", mustBe: "made by \(D.name).fit")
        }
        return (position, sample)
    }
}
