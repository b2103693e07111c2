// SPDX-License-Identifier: GPL-3.0-or-later

/// A place on an axis that carries a label.
struct Tick: Hashable {
    var value: Double
    var label: String
}

/// Ticks at multiples of 1, 2 or 5 times a power of ten (Heckbert, "Nice
/// numbers for graph labels", Graphics Gems 1990), as many as fit without their
/// labels touching: the number asked for shrinks until they do.
extension ResolvedAxis {
    /// Ticks inside the range, in order of value.
    /// - Parameters:
    ///   - target: about how many at most.
    ///   - fits: whether these labels leave each other room.
    func ticks(target: Int, fits: ([Tick]) -> Bool = { _ in true }) -> [Tick] {
        guard hasTicks else { return [] }
        var last: [Tick] = []
        for count in stride(from: max(target, 2), through: 1, by: -1) {
            let ticks: [Tick]
            switch scale {
            case .linear: ticks = linearTicks(count)
            case .log: ticks = logTicks(count)
            case .category(let names): ticks = categoryTicks(names, count)
            }
            guard !ticks.isEmpty else { break }
            if fits(ticks) { return ticks }
            last = ticks
        }
        return last.first.map { [$0] } ?? []
    }

    private func linearTicks(_ count: Int) -> [Tick] {
        let span = high - low
        guard span > 0, span.isFinite else { return [] }
        var exponent = Int(log10Of(span / Double(count)).rounded(.down))
        var mantissa = 1.0
        // The smallest nice step that gives at most `count` ticks.
        search: while true {
            for candidate in [1.0, 2, 5] {
                mantissa = candidate
                let step = candidate * powerOf10(Double(exponent))
                let first = (low / step - 1e-9).rounded(.up)
                let last = (high / step + 1e-9).rounded(.down)
                if last - first + 1 <= Double(count) { break search }
            }
            exponent += 1
            if exponent > 305 { return [] }
        }
        func value(_ multiple: Double) -> Double {
            exponent >= 0
                ? multiple * mantissa * powerOf10(Double(exponent))
                : multiple * mantissa / powerOf10(Double(-exponent))
        }
        let step = value(1)
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first <= last, first.magnitude < 1e15, last.magnitude < 1e15 else { return [] }
        let values = (0...Int(last - first)).map { value(first + Double($0)) }
        let largest = max(values.first?.magnitude ?? 0, values.last?.magnitude ?? 0)
        guard largest > 0 else { return [Tick(value: 0, label: "0")] }
        let decimals = max(0, -exponent)
        // A power of ten would leave more digits than it saves.
        let isFar = largest / step > 1e4 && largest < 1e15
        if (largest >= 1e7 && !isFar) || (decimals > 4 && largest < 0.01) || decimals > 12 {
            let power = Int(log10Of(largest).rounded(.down))
            return values.map { value in
                let scaled = value / powerOf10(Double(power))
                let text = NumberText.fixed(scaled, decimals: max(0, power - exponent))
                return Tick(
                    value: value,
                    label: value == 0 ? "0" : "\(text)×10\(NumberText.superscript(power))")
            }
        }
        return values.map {
            Tick(
                value: $0,
                label: NumberText.grouped(NumberText.fixed($0, decimals: min(decimals, 12))))
        }
    }

    private func logTicks(_ count: Int) -> [Tick] {
        let first = log10Of(low)
        let last = log10Of(high)
        guard last > first else { return [] }
        let decades = Int(last.rounded(.down)) - Int(first.rounded(.up)) + 1
        if decades >= 2 || last - first > 1.7 {
            if decades < count, decades <= 3 {
                let ticks = logTicks(mantissas: [1, 2, 5], every: 1)
                if ticks.count <= count { return ticks }
                let fewer = logTicks(mantissas: [1, 3], every: 1)
                if fewer.count <= count { return fewer }
            }
            return logTicks(mantissas: [1], every: max(1, (decades + count - 1) / count))
        }
        let ticks = linearTicks(count).filter { $0.value > 0 }
        return ticks
    }

    private func logTicks(mantissas: [Double], every: Int) -> [Tick] {
        var ticks: [Tick] = []
        let first = Int(log10Of(low).rounded(.down))
        let last = Int(log10Of(high).rounded(.up))
        let isWide = Int(log10Of(low).rounded(.up)) < -3 || Int(log10Of(high).rounded(.down)) > 5
        for exponent in first...last where exponent % every == 0 {
            for mantissa in mantissas {
                let value =
                    exponent >= 0
                    ? mantissa * powerOf10(Double(exponent))
                    : mantissa / powerOf10(Double(-exponent))
                guard value >= low * (1 - 1e-9), value <= high * (1 + 1e-9) else { continue }
                let label: String
                if isWide, exponent != 0, exponent != 1 {
                    let power = "10\(NumberText.superscript(exponent))"
                    label = mantissa == 1 ? power : "\(Int(mantissa))×\(power)"
                } else {
                    label = NumberText.grouped(
                        NumberText.fixed(value, decimals: max(0, -exponent)))
                }
                ticks.append(Tick(value: value, label: label))
            }
        }
        return ticks
    }

    private func categoryTicks(_ names: [String], _ count: Int) -> [Tick] {
        let every = max(1, (names.count + count - 1) / max(count, 1))
        return names.indices.filter {
            $0 % every == 0 && Double($0) >= low && Double($0) <= high
        }.map { Tick(value: Double($0), label: shortened(names[$0], to: 28)) }
    }
}

/// A text cut to a number of characters, with an ellipsis.
func shortened(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(max(limit - 1, 0)) + "…"
}
