// SPDX-License-Identifier: GPL-3.0-or-later

import DataFrames
import Errors
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@testable import Statistics

@Suite struct MeasureTests {
    static let measures = Reference.cases("measures/measures.json")
    static let quantileCases = Reference.cases("measures/quantiles.json")
    static let bandwidths = Reference.cases("measures/bandwidths.json")
    static let nist = [
        "Lew", "Lottery", "Mavro", "Michelso", "NumAcc1", "NumAcc2", "NumAcc3", "NumAcc4",
        "PiDigits",
    ]

    @Test func theReferencesAreThere() {
        #expect(Self.measures.count == 6)
        #expect(Self.quantileCases.count == 54)
        #expect(Self.bandwidths.count == 5)
    }

    // NIST StRD: at least 13 digits of what an ideal binary64 program gives.
    @Test(arguments: nist) func nistUnivariate(name: String) throws {
        let folder = Reference.folder + "nist/univariate/"
        let y = try DataFrame(csv: folder + name + ".csv").numbers("y")
        let json = Reference.json("nist/univariate/\(name).json")
        #expect(y.count == json["n"]?.integer)
        let exact = Reference.Case(json: json["exactBinary64"] ?? .null)
        #expect(agree(mean(y), exact.number("mean"), 2e-16))
        #expect(agree(standardDeviation(y), exact.number("standardDeviation"), 1e-15))
        #expect(agree(autocorrelation(y, lag: 1), exact.number("lag1Autocorrelation"), 1e-14))
        // One pass, as `describe` does.
        let moments = Moments(y)
        #expect(agree(moments.mean, exact.number("mean"), 1e-15))
        #expect(agree(moments.standardDeviation, exact.number("standardDeviation"), 1e-13))
    }

    // Exact rational arithmetic; the tolerance allows for rounded deviations.
    @Test(arguments: measures) func againstExactArithmetic(_ item: Reference.Case) throws {
        let x = item.numbers("x")
        let y = item.numbers("y")
        let expected = Reference.Case(json: item.json["expected"] ?? .null)
        func check(
            _ name: String, _ value: Double, _ tolerance: Double = 1e-15, absolute: Double = 0
        ) {
            let right = expected.number(name)
            #expect(agree(value, right, tolerance, absolute: absolute), "\(name): \(value)")
        }
        check("sum", sum(x), item.id == "huge" ? 1e-15 : 0)
        check("mean", mean(x), 2e-16)
        check("trimmedMean", trimmedMean(x, fraction: 0.2))
        check("median", median(x))
        check("medianAbsoluteDeviation", medianAbsoluteDeviation(x, scale: 1))
        check("weightedMean", try weightedMean(x, weights: y.map(abs)))
        // Cubes of both signs cancel: the error is to be measured by their size.
        check("skewness", skewness(x), absolute: 1e-15)
        check("skewnessAdjusted", skewness(x, estimator: .adjusted), absolute: 1e-15)
        check("excessKurtosis", excessKurtosis(x), 1e-14)
        check("excessKurtosisAdjusted", excessKurtosis(x, estimator: .adjusted), 1e-14)
        guard item.id != "huge" else { return }  // squares beyond the largest double
        check("variance", variance(x))
        check("populationVariance", populationVariance(x))
        check("standardDeviation", standardDeviation(x))
        check("standardError", standardError(x))
        check("covariance", try covariance(x, y), 1e-14)
        check("correlation", try correlation(x, y), 1e-14)
        check("autocorrelation1", autocorrelation(x, lag: 1), 1e-14)
        check("autocorrelation3", autocorrelations(x, upTo: 3)[3], 1e-14)
        check("meanSquaredError", try meanSquaredError(of: x, against: y))
    }

    @Test(arguments: quantileCases) func quantilesAsInR(_ item: Reference.Case) throws {
        let type = try #require(item.json["type"]?.integer)
        let definition = try #require(QuantileDefinition(rawValue: type))
        let found = quantiles(item.numbers("x"), item.numbers("p"), definition: definition)
        for (p, (a, b)) in zip(item.numbers("p"), zip(found, item.numbers("q"))) {
            #expect(agree(a, b, 1e-14), "type \(type), p = \(p): \(a), not \(b)")
        }
    }

    @Test func ranksShareTies() throws {
        #expect(ranks([10, 20, 10, 5]) == [2.5, 4, 2.5, 1])
        #expect(ranks([]) == [])
        #expect(ranks([.infinity, 0, -.infinity]) == [3, 2, 1])
        let withNaN = ranks([3, .nan, 1])
        #expect(withNaN[0] == 2 && withNaN[1].isNaN && withNaN[2] == 1)
        #expect(try rankCorrelation([1, 2, 3, 4], [1, 8, 27, 64]) == 1)
        #expect(try rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    }

    @Test func tooLittleOrBadDataGiveNaN() throws {
        for x in [[], [Double.nan, 1, 2]] {
            #expect(mean(x).isNaN && median(x).isNaN && variance(x).isNaN)
            #expect(quantile(x, 0.5).isNaN && skewness(x).isNaN && excessKurtosis(x).isNaN)
            #expect(medianAbsoluteDeviation(x).isNaN && trimmedMean(x, fraction: 0.1).isNaN)
            #expect(interquartileRange(x).isNaN && autocorrelation(x, lag: 1).isNaN)
            #expect(standardError(x).isNaN)
        }
        #expect(mean([2]) == 2 && median([2]) == 2 && variance([2]).isNaN)
        #expect(variance([2, 2]) == 0 && skewness([2, 2]).isNaN)
        #expect(mean([.infinity, 1]) == .infinity)
        #expect(median([1e308, 1.5e308]) == 1.25e308)
        #expect(quantile([1, 2], -0.1).isNaN && quantile([1, 2], .nan).isNaN)
        #expect(trimmedMean([1, 2, 9], fraction: 0.7) == 2)
        #expect(try correlation([1, 1], [1, 2]).isNaN)
        #expect(throws: ParameterError.self) { try correlation([1, 2], [1]) }
        #expect(throws: ParameterError.self) { try covariance([1, 2], [1]) }
        #expect(throws: ParameterError.self) { try weightedMean([1, 2], weights: [0, 0]) }
        #expect(throws: ParameterError.self) { try weightedMean([1, 2], weights: [1, -1]) }
        #expect(throws: ParameterError.self) { try meanSquaredError(of: [1], against: []) }
    }

    @Test func entropies() throws {
        #expect(agree(try entropy(ofCounts: [1, 1, 1, 1]), 1.3862943611198906, 1e-15))
        #expect(try entropy(ofCounts: [5, 0]) == 0)
        #expect(agree(try entropy(of: ["a", "b", "a", "c"]), 1.0397207708399179, 1e-15))
        #expect(throws: ParameterError.self) { try entropy(ofCounts: [0, 0]) }
        #expect(throws: ParameterError.self) { try entropy(ofCounts: [-1, 2]) }
        #expect(throws: ParameterError.self) { try entropy(of: [Int]()) }
    }

    @Test(arguments: bandwidths) func bandwidthsAsInR(_ item: Reference.Case) throws {
        let x = item.numbers("x")
        #expect(agree(try kernelDensity(x).bandwidth, item.number("nrd0"), 1e-13))
        let plugIn = try kernelDensity(x, bandwidth: .sheatherJones).bandwidth
        #expect(agree(plugIn, item.number("SJ"), 1e-9), "\(plugIn)")
    }

    @Test func kernelDensityIsADensity() throws {
        let x = [-1.0, 0, 0.5, 4, .nan]
        let estimate = try kernelDensity(x, points: 2000)
        let step = estimate.x[1] - estimate.x[0]
        // What three bandwidths at each end leave out is below 0.14 % in all.
        #expect(abs(estimate.density.reduce(0, +) * step - 1) < 0.0014)
        // By definition, at one point.
        let h = estimate.bandwidth
        var direct = 0.0
        for value in x.dropLast() {
            let z = (estimate.x[700] - value) / h
            direct += exp(-z * z / 2) / (h * 4 * (2 * Double.pi).squareRoot())
        }
        #expect(agree(estimate.density[700], direct, 1e-14))
        #expect(throws: ParameterError.self) { try kernelDensity([]) }
        #expect(throws: ParameterError.self) { try kernelDensity([1, 1]) }
        #expect(throws: ParameterError.self) { try kernelDensity([1]) }
        #expect(throws: ParameterError.self) { try kernelDensity([1, 2], bandwidth: .fixed(0)) }
        #expect(throws: ParameterError.self) { try kernelDensity([1, 2], points: 1) }
        #expect(try kernelDensity([1], bandwidth: .fixed(2)).density.count == 512)
        #expect(throws: ParameterError.self) { try kernelDensity([1e308, -1e308]) }
    }

    // Many values are binned: as the direct sum to 1e-5 of a kernel's peak.
    @Test func manyValuesAreBinned() throws {
        let x = (0..<5000).map { i -> Double in
            let u = (Double(i) + 0.5) / 5000
            return u < 0.5 ? 4 * u * u : 10 + u
        }
        for bandwidth in [Bandwidth.silverman, .fixed(0.02), .fixed(50), .fixed(1e-7), .fixed(1e9)]
        {
            let estimate = try kernelDensity(x, bandwidth: bandwidth, points: 400, over: -1...12)
            let h = estimate.bandwidth
            for i in stride(from: 0, to: 400, by: 7) {
                let direct =
                    x.reduce(0.0) { sum, value in
                        let z = (estimate.x[i] - value) / h
                        return sum + exp(-z * z / 2)
                    } / (5000 * h * (2 * Double.pi).squareRoot())
                #expect(agree(estimate.density[i], direct, 1e-11, absolute: 4e-6 / h), "\(h), \(i)")
            }
        }
    }

    @Test func histograms() throws {
        let bins = try histogramBins([0, 1, 2, 3, 4, 10, .nan], rule: .count(5))
        #expect(bins.edges == [0, 2, 4, 6, 8, 10])
        #expect(bins.counts == [2, 2, 1, 0, 1])
        #expect(try histogramBins([5, 5]).counts == [2])
        #expect(try histogramBins([1, 2, 3], rule: .count(2), range: 1...2).counts == [1, 1])
        let many = (0..<1000).map { Double($0 * $0 % 997) }
        for rule in [BinRule.automatic, .sturges, .freedmanDiaconis, .count(7)] {
            let bins = try histogramBins(many, rule: rule)
            #expect(bins.counts.reduce(0, +) == 1000)
            let area = zip(bins.density, zip(bins.edges, bins.edges.dropFirst()))
                .reduce(0) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
            #expect(agree(area, 1, 1e-13))
        }
        #expect(try histogramBins(many, rule: .sturges).counts.count == 11)
        #expect(try histogramBins([0, 1, 1e300]).counts.reduce(0, +) == 3)
        #expect(try histogramBins([-1e308, 1e308], rule: .count(2)).counts == [1, 1])
        #expect(throws: ParameterError.self) { try histogramBins([]) }
        #expect(throws: ParameterError.self) { try histogramBins([1], rule: .count(0)) }
        #expect(throws: ParameterError.self) { try histogramBins([1, 2], rule: .count(.max)) }
    }
}
