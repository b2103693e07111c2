// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Testing

@testable import Plots

@Suite struct SurfaceTests {
    @Test func levelLinesOfACone() throws {
        let plane = try SampledPlane(
            { x, y in (x * x + y * y).squareRoot() }, x: -2...2, y: -2...2, resolution: 80)
        let points = plane.lines(at: 1)
        let finite = points.filter(\.isDrawable)
        // One closed line, within the grid's accuracy of the circle.
        #expect(points.count { !$0.isDrawable } == 1)
        #expect(finite.first == finite.last)
        #expect(finite.count > 150)
        for p in finite {
            #expect(((p.x * p.x + p.y * p.y).squareRoot() - 1).magnitude < 1e-3)
        }
    }

    @Test func aSaddleHasTwoBranches() throws {
        let plane = try SampledPlane({ x, y in x * y }, x: -1...1, y: -1...1, resolution: 21)
        let points = plane.lines(at: 0.1)
        #expect(points.count { !$0.isDrawable } == 2)
        #expect(points.filter(\.isDrawable).allSatisfy { ($0.x * $0.y - 0.1).magnitude < 0.005 })
    }

    @Test func figures() throws {
        let f = { (x: Double, y: Double) in x + y }
        let lines = plot(try contour(f, x: 0...1, y: 0...1, levels: [0.5, 1, 9]))
        #expect(lines.altText.contains("Level lines at 0.5, 1, 9, lowest value on the grid 0"))
        #expect(lines.structure.panels[0].x.low == 0 && lines.structure.panels[0].x.high == 1)
        let map = plot(try heatMap(f, x: 0...1, y: 0...1, resolution: 10))
        #expect(map.structure.panels[0].series.count == 7)
        for figure in [lines, map] { #expect(figure.svg().utf8.count < 20_000) }
        let noisy = plot(
            try heatMap(
                { x, y in (x * 7919 + y * 104_729).truncatingRemainder(dividingBy: 1) },
                x: 0...1, y: 0...1.1, resolution: 50))
        #expect(noisy.svg().utf8.count < 100_000)
    }

    @Test func awkwardSurfaces() throws {
        let surfaces: [(Double, Double) -> Double] = [
            { _, _ in .nan }, { _, _ in 3 }, { x, _ in 1 / x }, { x, y in x > y ? .infinity : x },
            { x, y in 1e299 * (x - y) }, { _, _ in -1e308 },
        ]
        for f in surfaces {
            for layer in [
                try contour(f, x: -1...1, y: -1...1), try heatMap(f, x: -1...1, y: -1...1),
            ] {
                let figure = plot(layer)
                #expect(!figure.svg().contains("nan"))
                _ = figure.terminal()
            }
        }
        #expect(throws: ParameterError.self) { try contour({ _, _ in 0 }, x: 0...0, y: 0...1) }
        #expect(throws: ParameterError.self) {
            try heatMap({ _, _ in 0 }, x: 0...1, y: 0...1, resolution: 1)
        }
        #expect(throws: ParameterError.self) {
            try contour({ _, _ in 0 }, x: 0 ... .infinity, y: 0...1)
        }
    }
}
