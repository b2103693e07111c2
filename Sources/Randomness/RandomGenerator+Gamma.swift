// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// Gamma variates of rate 1 for one shape, by rejection from a cubed normal.
///
/// Source: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma
/// variables", ACM TOMS 26 (2000); their U^(1/a) for shapes below 1.
struct GammaSampler: WordSampler {
    private let d: Double
    private let c: Double
    fileprivate let ziggurat = Ziggurat.shared
    /// The shape where it is below 1 and its draws come from shape + 1.
    private let small: Double?

    init(shape: Double) {
        small = shape < 1 ? shape : nil
        d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
        c = 1 / (9 * d).squareRoot()
    }

    @inline(__always)
    func draw(_ source: inout some WordSource) -> Double {
        let value = large(&source)
        guard let small else { return value }
        return value * exp(-ziggurat.exponential(&source) / small)
    }

    /// The logarithm, which does not underflow for shapes near 0.
    @inline(__always)
    func drawLogarithm(_ source: inout some WordSource) -> Double {
        let value = log(large(&source))
        guard let small else { return value }
        return value - ziggurat.exponential(&source) / small
    }

    @inline(__always)
    private func large(_ source: inout some WordSource) -> Double {
        while true {
            let x = ziggurat.normal(&source)
            let t = 1 + c * x
            if t <= 0 { continue }
            let v = t * t * t
            let u = source.uniform()
            let x2 = x * x
            if u < 1 - 0.0331 * x2 * x2 { return d * v }
            if log(u) < 0.5 * x2 + d * (1 - v + log(v)) { return d * v }
        }
    }
}

/// The logarithms of gamma variates.
private struct LogGammaSampler: WordSampler {
    let gamma: GammaSampler

    @inline(__always)
    func draw(_ source: inout some WordSource) -> Double { gamma.drawLogarithm(&source) }
}

extension RandomGenerator {
    /// Gamma with a shape > 0 and rate 1; 0 where it underflows: see
    /// `logGamma(shape:)`.
    package func gamma(shape: Double) -> Double { draw(GammaSampler(shape: shape)) }

    /// Fills a buffer with numbers from `gamma(shape:)`.
    package func fillGamma(_ buffer: UnsafeMutableBufferPointer<Double>, shape: Double) {
        fill(buffer, GammaSampler(shape: shape))
    }

    /// The logarithm of a gamma variate, which does not underflow for shapes
    /// near 0.
    package func logGamma(shape: Double) -> Double {
        draw(LogGammaSampler(gamma: GammaSampler(shape: shape)))
    }

    /// Fills a buffer with numbers from `logGamma(shape:)`.
    package func fillLogGamma(_ buffer: UnsafeMutableBufferPointer<Double>, shape: Double) {
        fill(buffer, LogGammaSampler(gamma: GammaSampler(shape: shape)))
    }

    /// Beta: X/(X + Y) of two gammas; for shapes below 1, which may underflow,
    /// by their logarithms.
    package func beta(_ a: Double, _ b: Double) -> Double { draw(BetaSampler(a, b)) }

    /// Fills a buffer with numbers from `beta(_:_:)`.
    package func fillBeta(_ buffer: UnsafeMutableBufferPointer<Double>, _ a: Double, _ b: Double) {
        fill(buffer, BetaSampler(a, b))
    }

    /// Student's t: a normal variate over the root of a chi-squared one.
    package func studentT(degreesOfFreedom: Double) -> Double {
        draw(StudentSampler(degreesOfFreedom))
    }

    /// Fills a buffer with numbers from `studentT(degreesOfFreedom:)`.
    package func fillStudentT(
        _ buffer: UnsafeMutableBufferPointer<Double>, degreesOfFreedom: Double
    ) {
        fill(buffer, StudentSampler(degreesOfFreedom))
    }
}

private struct BetaSampler: WordSampler {
    let x: GammaSampler
    let y: GammaSampler
    let isSmall: Bool
    let share: Double

    init(_ a: Double, _ b: Double) {
        (x, y) = (GammaSampler(shape: a), GammaSampler(shape: b))
        isSmall = min(a, b) < 1
        share = 1 / (1 + b / a)
    }

    @inline(__always)
    func draw(_ source: inout some WordSource) -> Double {
        if isSmall {
            let (x, y) = (x.drawLogarithm(&source), y.drawLogarithm(&source))
            // Shapes so small that nothing but the ends is left.
            if x == y { return source.uniform() < share ? 1 : 0 }
            return 1 / (1 + exp(y - x))
        }
        let x = x.draw(&source)
        return x / (x + y.draw(&source))
    }
}

private struct StudentSampler: WordSampler {
    let half: Double
    let chi: GammaSampler

    init(_ degreesOfFreedom: Double) {
        half = 0.5 * degreesOfFreedom
        chi = GammaSampler(shape: half)
    }

    @inline(__always)
    func draw(_ source: inout some WordSource) -> Double {
        let z = chi.ziggurat.normal(&source)
        if half < 1 { return z * exp(0.5 * (log(half) - chi.drawLogarithm(&source))) }
        return z * (half / chi.draw(&source)).squareRoot()
    }
}
