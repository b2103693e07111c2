// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Plots

@Suite struct TickTests {
    private func labels(
        _ low: Double, _ high: Double, _ scale: Scale = .linear, target: Int = 6
    ) -> [String] {
        ResolvedAxis(Axis(scale: scale), low: low, high: high, isVertical: false)
            .ticks(target: target).map(\.label)
    }

    @Test func linear() {
        #expect(labels(0, 1) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(labels(-0.3, 0.3) == ["−0.2", "0.0", "0.2"] || labels(-0.3, 0.3).count == 4)
        #expect(labels(1890, 2010, target: 4) == ["1900", "1950", "2000"])
        #expect(labels(0, 25_000) == ["0", "5000", "10,000", "15,000", "20,000", "25,000"])
        #expect(labels(0, 3e9, target: 4) == ["0", "1×10⁹", "2×10⁹", "3×10⁹"])
        #expect(labels(0, 2e-7, target: 3) == ["0", "1×10⁻⁷", "2×10⁻⁷"])
        #expect(
            labels(200_000_001, 200_000_003, target: 3)
                == ["200,000,001", "200,000,002", "200,000,003"])
    }

    @Test func logarithmic() {
        #expect(labels(1, 1000, .log, target: 5) == ["1", "10", "100", "1000"])
        #expect(labels(1e-6, 1, .log, target: 4) == ["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
        #expect(labels(20, 60, .log) == ["20", "30", "40", "50", "60"])
    }

    @Test func categories() {
        let names = ["a", "b", "c", "d"]
        #expect(labels(-0.6, 3.6, .category(names)) == names)
        #expect(labels(-0.6, 3.6, .category(names), target: 2) == ["a", "c"])
    }

    @Test func neverMoreThanAskedAndAlwaysInside() {
        var seed: UInt64 = 7
        func uniform() -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(seed >> 11) / 9_007_199_254_740_992
        }
        for _ in 0..<2000 {
            let low = (uniform() - 0.5) * powerOf10((uniform() - 0.5) * 40)
            let high = low + (low.magnitude * 1e-6 + 1e-20) * powerOf10(uniform() * 12)
            let target = 2 + Int(uniform() * 8)
            let axis = ResolvedAxis(Axis(), low: low, high: high, isVertical: false)
            let ticks = axis.ticks(target: target)
            let slack = 1e-6 * (high - low)
            #expect(ticks.count <= target)
            #expect(ticks.allSatisfy { $0.value >= low - slack && $0.value <= high + slack })
            #expect(Set(ticks.map(\.label)).count == ticks.count, "\(ticks)")
        }
    }

    @Test func numbers() {
        #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
        #expect(NumberText.fixed(-12.345, decimals: 1) == "−12.3")
        #expect(NumberText.short(1_234_567) == "1,234,567")
        #expect(NumberText.short(0.000012345) == "1.23×10⁻⁵")
        #expect(NumberText.short(-10) == "−10")
        #expect(NumberText.coordinate(12) == "12")
        #expect(NumberText.coordinate(-0.04) == "0")
    }
}
