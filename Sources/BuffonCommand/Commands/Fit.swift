// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Buffon

struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Fit distributions to a column of a CSV file, and compare them.",
        discussion: """
            EXAMPLES
              buffon fit Normal,Gamma,LogNormal Data/us-rain.csv --column rain_inch
              buffon fit all Data/radon.csv --column log_radon --by floor --plot fits.svg
              buffon fit Weibull Data/leukemia-remission.csv --column weeks \\
                  --censored in_remission

            Families are fitted by maximum likelihood and sorted by AIC: the lowest is the \
            best. Parameters stand with their standard errors. D is Kolmogorov and \
            Smirnov's distance, A² Anderson and Darling's; their p-values come from data \
            drawn from the fit and fitted in turn, so that they allow for the estimated \
            parameters: a small p says that the family does not fit. `buffon help Gamma` \
            explains a family, `buffon help functions` lists them.
            """)

    @Argument(help: "Families, separated by commas, or `all`.")
    var families: String

    @Argument(help: "A CSV file, or - for standard input.")
    var data: String

    @Option(help: "The column to fit.")
    var column: String

    @Option(help: "Fit each group of rows with the same value in this column.")
    var by: String?

    @Option(
        help: """
            A column that says how each value is known: 0 or `none` exactly, 1 or `right` \
            if it is above, -1 or `left` if it is at most the datum.
            """)
    var censored: String?

    @Option(help: "A column that says how often each value counts.")
    var weights: String?

    @Option(help: "The range in which values could be seen, such as 0..10 or 2.5..")
    var truncated: String?

    @Option(name: .customLong("fixed"), help: "A known parameter, such as location=0; repeatable.")
    var fixed: [String] = []

    @Option(help: "likelihood, moments or l-moments.")
    var method = "likelihood"

    @Option(help: "Bootstrap fits behind each p-value; 0 for none.")
    var replicates = 199

    @Option(help: "The seed of the bootstrap.")
    var seed: UInt64 = 1

    @Flag(help: "Also 95 % profile likelihood intervals of the best family's parameters.")
    var intervals = false

    @Option(help: "Write the picture of data and fitted curves to this SVG file.")
    var plot: String?

    @OptionGroup var dataOptions: DataOptions
    @Flag(help: "Print JSON, with full precision.")
    var json = false

    func run() throws {
        let chosen = try chosenFamilies()
        let settings = FitSettings(
            truncation: try truncated.map(range), fixed: try fixedValues(), method: try fitMethod(),
            replicates: try checkedReplicates(), seed: seed, isAll: families == "all",
            wantsIntervals: intervals)
        let frame = try dataOptions.read(data)
        let groups = try by.map { by in
            try frame.group(by: by).map { ("\(by) = \($0.label)", $0.frame) }
        }
        var comparisons: [FitComparison] = []
        for (label, part) in groups ?? [("", frame)] {
            comparisons.append(
                try FitComparison(
                    part, column: column, censored: censored, weights: weights,
                    group: groups == nil ? nil : label, chosen, settings))
        }
        let figure = try FitComparison.figure(comparisons, column: column)
        if let plot { try TextFile.write(figure.svg(width: 720), to: plot) }
        if json {
            let members: [(String, JSONValue)] = [
                ("file", .string(data)), ("column", .string(column)),
                ("method", .string(method)), ("seed", .integer(Int(clamping: seed))),
                ("groups", .array(comparisons.map(\.json))),
            ]
            Console.print(JSONValue.object(JSONObject(members)).prettyText())
            return
        }
        for comparison in comparisons { Console.print(comparison.text(column: column) + "\n") }
        Console.write(
            figure.terminal(width: min(Console.width, 100), color: Console.usesColor) + "\n")
        if let plot { Console.error("wrote \(plot)") }
    }

    // MARK: Arguments

    private func chosenFamilies() throws -> [any DistributionFamily.Type] {
        if families == "all" { return Families.all }
        let names = families.split(separator: ",").map { $0.filter { $0 != " " } }
        guard !names.isEmpty else {
            throw ValidationError("give the names of families, such as Gamma,LogNormal, or all.")
        }
        return try names.map { try Families.named($0) }
    }

    private func fitMethod() throws -> FitMethod {
        switch method {
        case "likelihood": return .maximumLikelihood
        case "moments": return .moments
        case "l-moments": return .lMoments
        default:
            throw ParameterError(
                "--method", is: "'\(method)'", mustBe: "likelihood, moments or l-moments")
        }
    }

    private func checkedReplicates() throws -> Int {
        guard (0...100_000).contains(replicates) else {
            throw ParameterError("--replicates", is: replicates, mustBe: "from 0 to 100,000")
        }
        return replicates
    }

    private func fixedValues() throws -> [String: Double] {
        var values: [String: Double] = [:]
        for text in fixed {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Double(parts[1]) else {
                throw ParameterError(
                    "--fixed", is: "'\(text)'", mustBe: "a name and a number, such as location=0")
            }
            values[parts[0]] = value
        }
        return values
    }

    private func range(_ text: String) throws -> ClosedRange<Double> {
        let wrong = ParameterError(
            "--truncated", is: "'\(text)'", mustBe: "a range such as 0..10, 2.5.. or ..10")
        guard let dots = text.firstRange(of: "..") else { throw wrong }
        func end(_ part: Substring, _ open: Double) throws -> Double {
            if part.isEmpty { return open }
            guard let value = Double(part), !value.isNaN else { throw wrong }
            return value
        }
        let lower = try end(text[..<dots.lowerBound], -.infinity)
        let upper = try end(text[dots.upperBound...], .infinity)
        guard lower < upper else { throw wrong }
        return lower...upper
    }
}
