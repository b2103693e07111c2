// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Whether draws can be trusted: one verdict, then the problems with what to
/// do about each.
public struct Diagnosis: Sendable, CustomStringConvertible {
    public struct Problem: Sendable, Hashable {
        /// What was found.
        public let finding: String
        /// What to do.
        public let remedy: String
        /// Whether it casts doubt on the draws; slowness does not.
        public let isGrave: Bool
    }

    /// The problems, the gravest first.
    public let problems: [Problem]
    /// The numbers behind the verdict.
    public let divergences, saturations: Int
    public let largestRHat, smallestEffectiveSampleSize, smallestEnergyFraction: Double
    public let chains, draws: Int

    public var isGood: Bool { problems.isEmpty }

    /// The verdict in one line.
    public var verdict: String {
        let size = "\(chains) chains × \(draws) draws"
        if isGood {
            return
                "no problems found in \(size): R-hat ≤ \(text(largestRHat, 3)), "
                + "ESS ≥ \(text(smallestEffectiveSampleSize, 0)), no divergences"
        }
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return problems.contains(where: \.isGrave)
            ? "\(count) in \(size): do not trust these draws yet"
            : "\(count) in \(size), none that casts doubt on the draws"
    }

    public var description: String {
        ([verdict] + problems.map { "- \($0.finding)\n  \($0.remedy)" })
            .joined(separator: "\n")
    }

    private func text(_ value: Double, _ places: Int) -> String { DecimalText.fixed(value, places) }
}

extension Draws {
    /// R̂ above this says that the chains disagree.
    public static let rHatLimit = 1.01
    /// Effective draws that a chain should give, in the bulk and in the tails.
    public static let effectiveSizeLimit = 100.0
    /// The energy fraction below which tails are not reached.
    public static let energyFractionLimit = 0.3

    /// Looks for what makes draws untrustworthy: divergences, disagreeing
    /// chains, few effective draws, saturated trajectories, missed energies.
    ///
    /// The limits are those of Vehtari et al. (2021) and of Stan.
    public func diagnose() -> Diagnosis {
        var problems: [Diagnosis.Problem] = []
        func add(_ finding: String, _ remedy: String, isGrave: Bool = true) {
            problems.append(.init(finding: finding, remedy: remedy, isGrave: isGrave))
        }
        for note in notes { add(note, "Run the missing chains again, or go on with care.") }
        let total = chains.reduce(0) { $0 + $1.count }

        let divergences = occurrences("divergent__") { $0 != 0 }
        if divergences > 0 {
            add(
                "\(share(divergences, total)) ended in a divergence: "
                    + "the sampler misses the places where the posterior is sharply curved",
                "Reparameterise (for hierarchies: the non-centred form), or raise the target "
                    + "acceptance towards 0.99.")
        }
        let scores = normalScores
        var largest = 0.0
        var worst = ""
        var smallest = Double.infinity
        var poorest = ""
        var notFinite: [String] = []
        for name in (columns.contains("lp__") ? ["lp__"] : []) + names {
            guard let chains = try? self[name] else { continue }
            if chains.contains(where: { $0.contains { !$0.isFinite } }) {
                notFinite.append(name)
                continue
            }
            let draws = RankedDraws(chains, scores: scores)
            let bulk = draws.bulkScores()
            let rHat = Diagnostics.rHat(draws, bulk: bulk)
            if rHat > largest { (largest, worst) = (rHat, name) }
            for size in [
                Diagnostics.effectiveSampleSize(bulk),
                Diagnostics.quantileEffectiveSampleSize(draws, 0.05),
                Diagnostics.quantileEffectiveSampleSize(draws, 0.95),
            ] where size < smallest { (smallest, poorest) = (size, name) }
        }
        if largest > Self.rHatLimit {
            add(
                "R-hat is \(DecimalText.fixed(largest, 3)) for \(worst), above "
                    + "\(Self.rHatLimit): the chains do not agree",
                "Run longer. If that does not help, look at the chains: the posterior may have "
                    + "several modes, or parameters that the data do not tell apart.")
        }
        if smallest < Self.effectiveSizeLimit * Double(chains.count) {
            add(
                "\(poorest) has \(DecimalText.fixed(smallest, 0)) effective draws, fewer than "
                    + "\(DecimalText.fixed(Self.effectiveSizeLimit, 0)) a chain",
                "Run longer, or reparameterise so that the draws depend less on each other.")
        }
        if chains.count == 1 {
            add(
                "there is one chain only: nobody can see whether others would agree",
                "Run at least 4 chains.")
        }
        let deepest = Double(settings.maximumDepth)
        let saturations = occurrences("treedepth__") { $0 >= deepest }
        if saturations > 0 {
            add(
                "\(share(saturations, total)) reached the maximum tree depth of "
                    + "\(settings.maximumDepth): the sampler is slow, not wrong",
                "Rescale or decorrelate the parameters, or raise the maximum depth.",
                isGrave: false)
        }
        let fractions =
            ((try? self["energy__"]) ?? []).map(Diagnostics.energyFraction).filter { !$0.isNaN }
        let smallestFraction = fractions.min() ?? .nan
        if smallestFraction < Self.energyFractionLimit {
            let few = fractions.filter { $0 < Self.energyFractionLimit }.count
            add(
                "E-BFMI is below \(Self.energyFractionLimit) in \(few) of \(chains.count) chains "
                    + "(least \(DecimalText.fixed(smallestFraction, 2))): the tails are not reached",
                "Reparameterise; heavy-tailed priors of scales are the usual cause.")
        }
        if !notFinite.isEmpty {
            let shown = notFinite.prefix(3).joined(separator: ", ")
            add(
                "\(shown)\(notFinite.count > 3 ? ", …" : "") "
                    + "\(notFinite.count == 1 ? "has" : "have") draws that are not finite",
                "Look for overflow or for a division by 0 in the derived quantities.")
        }
        return Diagnosis(
            problems: problems, divergences: divergences, saturations: saturations,
            largestRHat: largest > 0 ? largest : .nan,
            smallestEffectiveSampleSize: smallest.isFinite ? smallest : .nan,
            smallestEnergyFraction: smallestFraction, chains: chains.count, draws: count)
    }

    private func occurrences(_ column: String, where condition: (Double) -> Bool) -> Int {
        ((try? self[column]) ?? []).reduce(0) { $0 + $1.lazy.filter(condition).count }
    }

    private func share(_ part: Int, _ total: Int) -> String {
        let percent = 100 * Double(part) / Double(max(total, 1))
        return "\(part) of \(total) transitions "
            + "(\(DecimalText.fixed(percent, percent < 1 ? 2 : 1)) %)"
    }
}
