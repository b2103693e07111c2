// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Plots
import Testing

@Suite struct StructureTests {
    @Test func survivesCoding() throws {
        let figure = plot(try histogram([1, 2, 2, 3], density: true), curve({ _ in 0.5 }), x: "x")
        let data = try JSONEncoder().encode(figure.structure)
        let back = try JSONDecoder().decode(Figure.Structure.self, from: data)
        #expect(back == figure.structure)
        #expect(back.panels[0].marks == ["bars", "line"])
    }

    @Test func endsOfAxesMayMoveByATwentieth() {
        let old = plot(line([0, 100])).structure
        #expect(plot(line([0, 104])).structure.differences(from: old).isEmpty)
        #expect(plot(line([0, 107])).structure.differences(from: old).count == 1)
        #expect(plot(line([0, .nan])).structure.differences(from: old).count >= 1)
    }

    @Test func saysWhatDiffers() {
        let old = plot(line([0, 1]), title: "a", y: "height").structure
        let new = plot(line([0, 1]), line([1, 0], label: "b"), title: "a", y: .log("width"))
            .structure
        let text = new.differences(from: old).joined(separator: "\n")
        for part in ["marks", "series", "y title: width, was height", "y scale: log, was linear"] {
            #expect(text.contains(part), "\(text)")
        }
    }

    @Test func panelsOfRanks() {
        let figure = plot(rank([[1, 2, 3], [4, 5, 6]], bins: 3, name: "mu"))
        #expect(figure.structure.panels.map(\.title) == ["mu, chain 1", "mu, chain 2"])
        #expect(figure.altText.contains("Ranks of 3 draws in 3 bins of 0 to 2, 1 expected."))
    }

    @Test func densityAndBins() throws {
        let text = plot(try density([1, 2, 3, 4, 10, .nan], label: "x")).altText
        #expect(text.contains("Density of x of 5 values, kernel width 0.9736"), "\(text)")
        let bins = plot(try histogram((0..<100).map { 0.013 * Double($0) })).altText
        #expect(bins.contains("100 values in 7 bins from 0 to 1.4"), "\(bins)")
        let dice = plot(try histogram([1, 6, 3, 3])).altText
        #expect(dice.contains("6 bins from 0.5 to 6.5, tallest from 2.5 to 3.5 (count 2)"))
    }

    @Test func aDensityStopsAtItsBounds() throws {
        let values = (1...200).map { -log(Double($0) / 201) }
        let figure = plot(try density(values, lower: 0))
        guard case .line(let points) = figure.panels[0].marks[1].shape else {
            Issue.record("no line")
            return
        }
        #expect(points.first?.x == 0)
        let area = zip(points, points.dropFirst()).reduce(0) {
            $0 + ($1.1.x - $1.0.x) * ($1.0.y + $1.1.y) / 2
        }
        #expect(abs(area - 1) < 1e-3)
        // The exponential density is 1 at 0; without the bound half is lost.
        #expect((points.first?.y ?? 0) > 0.8)
        #expect(throws: (any Error).self) { try density(values, lower: 1) }
    }

    @Test func wordsBeginWithTheCaption() {
        let figure = plot(line([0, 1]), caption: "A line")
        #expect(figure.altText.hasPrefix("A line. Line through 2 points"))
        #expect(plot(curve({ _ in 2 }, from: 0, to: 1)).altText.contains("level at 2."))
    }

    @Test func gridChecksTheNumberOfPanels() throws {
        #expect(throws: (any Error).self) { try grid([]) }
        let one = plot(line([1, 2]), title: "one")
        #expect(throws: (any Error).self) { try grid(Array(repeating: one, count: 37)) }
        #expect(try grid([one, one]).structure.panels.map(\.title) == ["one", "one"])
    }
}
