// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Double exponential quadrature (Takahasi and Mori 1974): a substitution makes the
/// integrand vanish doubly exponentially at both ends, and the trapezoidal rule with
/// halved steps doubles the digits each time. Singular ends do no harm.
package struct DoubleExponential: Sendable {
    /// Where an interval ends.
    package enum Interval: Sendable {
        /// x = middle + half · tanh(π/2 sinh t)
        case finite(Double, Double)
        /// x = a ± exp(π/2 sinh t)
        case halfLine(from: Double, upwards: Bool)
        /// x = sinh(π/2 sinh t)
        case line

        package init(_ a: Double, _ b: Double) {
            switch (a.isFinite, b.isFinite) {
            case (true, true): self = .finite(a, b)
            case (true, false): self = .halfLine(from: a, upwards: true)
            case (false, true): self = .halfLine(from: b, upwards: false)
            case (false, false): self = .line
            }
        }
    }

    /// A point of the rule.
    struct Node {
        var x: Double
        /// a − x near the lower end, b − x near the upper one; NaN on infinite
        /// intervals.
        var complement: Double
        var weight: Double
        /// Whether x was rounded to an end of the interval.
        var isEnd: Bool
    }

    let interval: Interval
    /// Whether intervals that are finite hand on the complement.
    let givesComplement: Bool

    package init(_ interval: Interval, givesComplement: Bool) {
        self.interval = interval
        self.givesComplement = givesComplement
    }

    /// Halvings of the step, from 1/2.
    static let levels = 12
    /// Beyond this |t| all weights vanish.
    static let reach = 6.5

    func node(_ t: Double) -> Node {
        let u = .pi / 2 * sinh(t)
        let slope = .pi / 2 * cosh(t)
        switch interval {
        case .finite(let a, let b):
            let half = b / 2 - a / 2
            // 1 − |tanh u|, to the last digit.
            let e = exp(-2 * u.magnitude)
            let distance = half * (2 * e / (1 + e))
            let weight = half * slope * 4 * e / ((1 + e) * (1 + e))
            let x = u < 0 ? a + distance : b - distance
            return Node(
                x: x, complement: givesComplement ? (u < 0 ? -distance : distance) : .nan,
                weight: weight, isEnd: x == a || x == b)
        case .halfLine(let a, let upwards):
            let e = exp(u)
            let x = upwards ? a + e : a - e
            return Node(x: x, complement: .nan, weight: slope * e, isEnd: x == a)
        case .line:
            return Node(x: sinh(u), complement: .nan, weight: slope * cosh(u), isEnd: false)
        }
    }

    /// Integrals of several functions at once.
    ///
    /// - Parameters:
    ///   - first: the level to begin with.
    ///   - f: adds the functions' values times a weight to sums, and the values'
    ///     magnitudes times it to others; false where they are not finite.
    /// - Returns: the level reached and the largest error over its integral of
    ///   magnitudes; the integrals are in `sums`.
    func integrate(
        from first: Int, tolerance: Double, sums: inout [Double], magnitudes: inout [Double],
        isStopped: () -> Bool, stopped: any Error,
        _ f: (Node, inout [Double], inout [Double]) throws -> Bool
    ) throws -> (level: Int, error: Double) {
        let count = sums.count
        var fresh = [Double](repeating: 0, count: count)
        var freshMagnitudes = fresh
        var last = fresh
        for i in 0..<count { (sums[i], magnitudes[i]) = (0, 0) }
        func add(_ t: Double) throws -> Bool {
            let node = node(t)
            guard node.weight > 0, node.weight.isFinite, node.x.isFinite else { return false }
            let before = freshMagnitudes
            guard try f(node, &fresh, &freshMagnitudes) else {
                if node.isEnd { return false }
                throw NotFinite(x: node.x)
            }
            // Whether the node counts beside all that are there.
            for i in 0..<count {
                let size = freshMagnitudes[i] - before[i]
                if size > 1e-18 * (magnitudes[i] + freshMagnitudes[i]) { return true }
            }
            return false
        }
        func side(_ start: Double, _ step: Double) throws {
            var (t, small) = (start, 0)
            while t.magnitude <= Self.reach {
                small = try add(t) ? 0 : small + 1
                // Three in a row that do not count, well past the middle.
                if small >= 3, t.magnitude > 2.5 { break }
                t += step
            }
        }
        var h = 0.5
        var error = Double.infinity
        var level = 0
        while true {
            for i in 0..<count { (fresh[i], freshMagnitudes[i]) = (0, 0) }
            if level == 0 {
                _ = try add(0)
                try side(h, h)
                try side(-h, -h)
            } else {
                try side(h, 2 * h)
                try side(-h, -2 * h)
            }
            if isStopped() { throw stopped }
            error = 0
            for i in 0..<count {
                sums[i] = (level == 0 ? 0 : sums[i] / 2) + h * fresh[i]
                magnitudes[i] = (level == 0 ? 0 : magnitudes[i] / 2) + h * freshMagnitudes[i]
                if magnitudes[i] > 0 {
                    error = max(error, (sums[i] - last[i]).magnitude / magnitudes[i])
                }
                last[i] = sums[i]
            }
            if level >= max(3, first), error <= tolerance { return (level, error) }
            if level == Self.levels { return (level, error) }
            level += 1
            h /= 2
        }
    }

    /// The integrand is not finite inside of the interval.
    struct NotFinite: Error {
        var x: Double
    }
}
