// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

/// How `buffon fit` fits.
struct FitSettings {
    var truncation: ClosedRange<Double>?
    var fixed: [String: Double]
    var method: FitMethod
    var replicates: Int
    var seed: UInt64
    /// Whether all families were asked for, the impossible ones among them.
    var isAll: Bool
    var wantsIntervals: Bool

    /// Of more families p-values are found for the best ones only.
    static let tested = 3
}

/// Several families fitted to one column of numbers.
struct FitComparison {
    let group: String?
    let sample: FitSample
    let missing: Int
    let fits: [FittedFamily]
    let failures: [(name: String, error: any Error)]
    let goodness: [GoodnessOfFit?]
    let intervals: [(name: String, range: ClosedRange<Double>)]
    let settings: FitSettings

    init(
        _ frame: DataFrame, column: String, censored: String?, weights: String?, group: String?,
        _ families: [any DistributionFamily.Type], _ settings: FitSettings
    ) throws {
        self.group = group
        self.settings = settings
        let all = try frame.numbers(column, missing: .nan)
        let counted = try weights.map { try frame.numbers($0, missing: .nan) }
        let kinds = try censored.map { try Self.censoring(frame.column($0)) }
        let rows = all.indices.filter {
            !all[$0].isNaN && counted?[$0].isNaN != true && (kinds == nil || kinds?[$0] != nil)
        }
        missing = all.count - rows.count
        guard !rows.isEmpty else {
            throw Diagnostic(
                code: "data/empty",
                "column `\(column)` has no values" + (group.map { " in group \($0)" } ?? ""))
        }
        sample = try FitSample(
            rows.map { all[$0] }, weights: counted.map { w in rows.map { w[$0] } },
            censored: kinds.map { k in rows.map { k[$0] ?? Censoring.none } },
            truncated: settings.truncation)
        var families = families
        if settings.isAll, !sample.values.allSatisfy({ Int(exactly: $0) != nil }) {
            families = families.filter { !Self.counts($0) }
        }
        (fits, failures) = Families.compare(
            families, sample, fixed: settings.fixed, method: settings.method)
        if fits.isEmpty, let first = failures.first {
            if failures.count == 1 { throw first.error }
            throw CommandFailure(
                .failed,
                "error: no family fits\n"
                    + failures.map { "  \($0.name): \($0.error)" }.joined(separator: "\n"))
        }
        goodness = Self.goodness(fits, sample, group, settings)
        if settings.wantsIntervals, let best = fits.first {
            intervals = try best.parameters.map {
                ($0.name, try best.profileInterval($0.name, 0.95))
            }
        } else {
            intervals = []
        }
    }

    private static func goodness(
        _ fits: [FittedFamily], _ sample: FitSample, _ group: String?, _ settings: FitSettings
    ) -> [GoodnessOfFit?] {
        guard sample.weights == nil, sample.censoring == nil else { return fits.map { _ in nil } }
        return fits.enumerated().map { rank, fit in
            let generator = RandomGenerator(
                StreamKey(seed: settings.seed).child(fit.name).child(group ?? ""))
            let isTested = rank < FitSettings.tested || fits.count <= 5
            // Where the bootstrap's fits fail, the distances stand alone.
            return (try? fit.goodnessOfFit(isTested ? settings.replicates : 0, generator))
                ?? (try? fit.goodnessOfFit(0, generator))
        }
    }

    private static func counts(_ family: any DistributionFamily.Type) -> Bool {
        func open<F: DistributionFamily>(_ family: F.Type) -> Bool { F.Value.self == Int.self }
        return open(family)
    }

    /// How each row's value is known; nil where that is missing.
    private static func censoring(_ column: Column) throws -> [Censoring?] {
        try column.cells.enumerated().map { row, cell in
            switch cell.description.lowercased() {
            case _ where cell == .missing: return nil
            case "0", "0.0", "false", "none", "exact": return Censoring.none
            case "1", "1.0", "true", "right": return .right
            case "-1", "-1.0", "left": return .left
            default:
                throw Diagnostic(
                    code: "data/censoring",
                    "column `\(column.name)` does not say how values are known: "
                        + "row \(row) (counted from 0) is \"\(cell)\"",
                    help: "0 or none: exactly; 1 or right: above; -1 or left: at most the datum")
            }
        }
    }

    // MARK: Text

    func text(column: String) -> String {
        var title = column + (group.map { " where \($0)" } ?? "")
        title += ": \(sample.values.count) values"
        if missing > 0 { title += ", \(missing) missing" }
        if let censoring = sample.censoring {
            title += ", \(censoring.count { $0 != .none }) censored"
        }
        if let range = sample.truncation {
            title += ", seen in \(range.lowerBound)..\(range.upperBound)"
        }
        var table = MarkdownTable([
            ("family", .left), ("parameters", .left), ("log lik.", .right), ("AIC", .right),
            ("BIC", .right), ("D", .right), ("p", .right), ("A²", .right), ("p", .right),
        ])
        for (fit, distances) in zip(fits, goodness) {
            func statistic(_ d: GoodnessOfFit.Distance?) -> String {
                d.map { NumberText.significant($0.statistic, 3) } ?? ""
            }
            func p(_ d: GoodnessOfFit.Distance?) -> String {
                d?.pValue.map { NumberText.fixed($0, 3) } ?? ""
            }
            table.rows.append([
                fit.name, Self.shown(fit), NumberText.fixed(fit.logLikelihood, 2),
                NumberText.fixed(fit.aic, 2), NumberText.fixed(fit.bic, 2),
                statistic(distances?.kolmogorovSmirnov), p(distances?.kolmogorovSmirnov),
                statistic(distances?.andersonDarling), p(distances?.andersonDarling),
            ])
        }
        var parts = [title, table.text]
        let notes = self.notes
        if !notes.isEmpty {
            parts.append("Notes:\n" + notes.map { "- \($0)" }.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    static func shown(_ fit: FittedFamily) -> String {
        let estimates = fit.parameters.map { parameter in
            parameter.estimate.standardError.isFinite
                ? "\(parameter.name) \(parameter.estimate)"
                : "\(parameter.name) \(NumberText.significant(parameter.estimate.value))"
        }
        let known = fit.fixed.map { "\($0.name) = \(NumberText.shortest($0.value))" }
        return (estimates + known).joined(separator: ", ")
    }

    private var notes: [String] {
        var notes: [String] = []
        if !intervals.isEmpty, let best = fits.first {
            notes.append(
                "95 % profile intervals of \(best.name): "
                    + intervals.map {
                        "\($0.name) \(NumberText.significant($0.range.lowerBound, 4)) to "
                            + NumberText.significant($0.range.upperBound, 4)
                    }.joined(separator: ", "))
        }
        if goodness.contains(where: { ($0?.replicates ?? 0) > 0 }) {
            let some = goodness.contains { $0?.replicates == 0 }
            notes.append(
                "p: \(settings.replicates) bootstrap fits, seed \(settings.seed)"
                    + (some ? ", of the best \(FitSettings.tested) families" : ""))
        }
        if sample.censoring != nil || sample.weights != nil {
            notes.append("no D and A²: they are for values seen exactly, once each")
        }
        for fit in fits { notes += fit.notes.map { "\(fit.name): \($0)" } }
        if Set(fits.map(\.isDiscrete)).count > 1 {
            notes.append(
                "densities and probabilities of counts compare only where the unit of the data is 1"
            )
        }
        if settings.isAll, !failures.isEmpty {
            notes.append("not fitted: " + failures.map(\.name).joined(separator: ", "))
        } else {
            notes += failures.map { "\($0.name) was not fitted: \($0.error)" }
        }
        return notes
    }

    // MARK: JSON

    var json: JSONValue {
        let fitted = zip(fits, goodness).map { fit, distances -> JSONValue in
            var members: [(String, JSONValue)] = [
                ("family", .string(fit.name)),
                (
                    "parameters",
                    .object(
                        JSONObject(
                            fit.parameters.map {
                                (
                                    $0.name,
                                    [
                                        "estimate": .number($0.estimate.value),
                                        "standard_error": .number($0.estimate.standardError),
                                    ]
                                )
                            }))
                ),
                ("fixed", .object(JSONObject(fit.fixed.map { ($0.name, .number($0.value)) }))),
                ("log_likelihood", .number(fit.logLikelihood)), ("aic", .number(fit.aic)),
                ("bic", .number(fit.bic)),
            ]
            if let distances {
                func distance(_ d: GoodnessOfFit.Distance) -> JSONValue {
                    [
                        "statistic": .number(d.statistic),
                        "p_value": d.pValue.map { .number($0) } ?? .null,
                    ]
                }
                members.append(
                    (
                        "goodness_of_fit",
                        [
                            "kolmogorov_smirnov": distance(distances.kolmogorovSmirnov),
                            "anderson_darling": distance(distances.andersonDarling),
                            "cramer_von_mises": distance(distances.cramerVonMises),
                            "replicates": .integer(distances.replicates),
                        ]
                    ))
            }
            members.append(("notes", .array(fit.notes.map { .string($0) })))
            return .object(JSONObject(members))
        }
        return [
            "group": group.map { .string($0) } ?? .null, "count": .integer(sample.values.count),
            "missing": .integer(missing), "fits": .array(fitted),
            "profile_intervals": .object(
                JSONObject(
                    intervals.map {
                        (
                            $0.name,
                            .array([.number($0.range.lowerBound), .number($0.range.upperBound)])
                        )
                    })),
            "failures": .array(
                failures.map { ["family": .string($0.name), "error": .string("\($0.error)")] }),
        ]
    }

    // MARK: Picture

    /// Curves of the best families over a histogram, a panel for each group.
    static func figure(_ comparisons: [FitComparison], column: String) throws -> Figure {
        // The same families, in the same order, in each panel: colours mean one thing.
        var totals: [String: Double] = [:]
        for comparison in comparisons {
            let worst = comparison.fits.last?.aic ?? 0
            for fit in comparison.fits { totals[fit.name, default: 0] += fit.aic - worst }
        }
        let chosen = totals.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(4).map(\.key)
        let figures = try comparisons.prefix(Figure.maximumPanels).map { comparison in
            var layers = [
                try histogram(comparison.sample.values, density: true, label: "data")
            ]
            let low = comparison.sample.values.min() ?? 0
            let high = comparison.sample.values.max() ?? 1
            for name in chosen {
                guard let fit = comparison.fits.first(where: { $0.name == name }) else { continue }
                if fit.isDiscrete {
                    let from = Int(clamping: Int64(low.rounded()))
                    let to = min(Int(clamping: Int64(high.rounded())), from + 2000)
                    let x = (from...to).map(Double.init)
                    layers.append(try line(x, x.map(fit.density), label: fit.name))
                } else {
                    layers.append(curve(fit.density, label: fit.name))
                }
            }
            let count = totals.count
            return Buffon.plot(
                layers, title: comparison.group ?? "Fits of \(column)",
                x: Axis(stringLiteral: column),
                caption: count > 4 ? "The best 4 of \(count) families, by AIC." : nil)
        }
        guard figures.count > 1 else {
            guard let only = figures.first else {
                throw ParameterError("number of rows", is: 0, mustBe: "at least 1")
            }
            return only
        }
        return try grid(Array(figures), title: "Fits of \(column)")
    }
}
