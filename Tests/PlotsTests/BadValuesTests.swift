// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif
import Testing

@testable import Plots

/// Whatever the values, a picture or a typed error: never a trap, never more
/// than 100 KB, always well-formed XML.
@Suite struct BadValuesTests {
    static let awkward: [[Double]] = [
        [], [0], [.nan], [.infinity, -.infinity], [5, 5, 5], [1, .nan, 3], [-1e308, 1e308],
        [.leastNonzeroMagnitude, .leastNormalMagnitude / 4], [1e300, -1e300], [1, 1 + 1e-16],
        [-3, -2, -1], [0, 0, 1e18],
        (0..<30_000).map { Double(($0 * 7919) % 10_007) - 5000 },
        (0..<5000).map { $0 % 2 == 0 ? Double($0) : .nan },
    ]

    static func figures(_ v: [Double]) throws -> [Figure] {
        let shifted = Array(v.reversed())
        return [
            plot(try histogram(v)), plot(try histogram(v, bins: 7, density: true), curve({ $0 })),
            plot(ecdf(v)), plot(try scatter(v, shifted)), plot(try line(v, shifted)),
            plot(line(v), y: .log("y")), plot(try scatter(v, v), x: .log("x"), y: .log("y")),
            plot(try ribbon(v, lower: shifted, upper: v)), plot(try area(v, shifted)),
            plot(try errorBars(v, shifted, errors: v)), plot(qq(v, against: { 1 / ($0 - 0.5) })),
            plot(rank([v, shifted, []])), plot(trace([v, [], shifted])),
            plot(try pairs(v, shifted, divergent: v.map { $0 > 0 })),
            plot(try bars(v.prefix(80).indices.map { "bar \($0)" }, Array(v.prefix(80)))),
            plot(
                forest(
                    [IntervalRow("a", draws: v), IntervalRow("b", draws: shifted)].compactMap { $0 }
                )),
            plot(curve({ _ in v.first ?? .nan }, from: v.first, to: v.last)),
            plot(reference(y: v.first ?? 0), title: String(repeating: "long ", count: 100)),
            plot(
                line(v), x: Axis("x", range: 2...2), y: Axis("y", range: -.infinity ... .infinity)),
        ]
    }

    @Test(arguments: awkward.indices) func picture(_ index: Int) throws {
        for (i, figure) in try Self.figures(Self.awkward[index]).enumerated() {
            for width in [640.0, 200, .nan] {
                let svg = figure.svg(width: width)
                #expect(svg.utf8.count < 100_000, "figure \(i): \(svg.utf8.count) bytes")
                #expect(!svg.contains("nan") && !svg.contains("inf"), "figure \(i)")
                let parser = XMLParser(data: Data(svg.utf8))
                #expect(parser.parse(), "figure \(i): \(String(describing: parser.parserError))")
            }
            let text = figure.terminal(width: 40, height: 8)
            #expect(
                text.split(separator: "\n").allSatisfy { $0.count <= 40 }, "figure \(i):\n\(text)")
            #expect(figure.structure == figure.structure)
            _ = figure.terminal(width: -5, height: 1_000_000, color: true)
        }
    }

    @Test func whatIsLeftOutIsSaid() throws {
        #expect(
            plot(try histogram([1, 2, .nan])).altText.contains("1 value not finite, left out."))
        #expect(plot(line([Double]())).altText.contains("No data."))
    }

    @Test func lengthsMustAgree() {
        #expect(throws: ParameterError.self) { try scatter([1, 2], [1]) }
        #expect(throws: ParameterError.self) { try ribbon([1], lower: [1], upper: []) }
        #expect(throws: ParameterError.self) { try pairs([1], [1], divergent: [true, false]) }
        #expect(throws: ParameterError.self) { try histogram([1], bins: 0) }
        #expect(throws: ParameterError.self) { try density([1, 1, .nan]) }
        #expect(throws: ParameterError.self) { try histogram(edges: [1, 0], counts: [1]) }
        #expect(throws: ParameterError.self) { try line([[1, 2], [1]]) }
    }
}
