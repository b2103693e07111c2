// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation

extension Library {
    /// Discrete Fourier transforms Xₖ = Σ xₙ exp(−2πi kn / N), and their inverses;
    /// of a matrix along both sides.
    static let fourierTransforms: LibraryGroup = [
        "fft": { call in try transform(call, .forwards) },
        "inv_fft": { call in try transform(call, .backwards) },
        "fft2": { call in try transformBoth(call, .forwards) },
        "inv_fft2": { call in try transformBoth(call, .backwards) },
    ]

    private enum Direction: Double { case forwards = -1, backwards = 1 }
    private typealias Parts = (real: Traced, imaginary: Traced)

    private static func transform(_ call: Call, _ direction: Direction) throws -> Value {
        let (real, imaginary) = call[0].complexParts
        let n = real.size
        if n <= 1 { return call[0] }
        if let prime = factors(of: n).last { try call.requireRoom(prime, prime) }
        let result = transformed((real.expression, imaginary.expression), direction)
        return .complex(.vector(Entries(result.real)), .vector(Entries(result.imaginary)))
            .normalized(direction == .backwards ? n : 1)
    }

    private static func transformBoth(_ call: Call, _ direction: Direction) throws -> Value {
        guard case .complex(.matrix(let real), .matrix(let imaginary)) = call[0] else {
            return call[0]
        }
        let (r, c) = (real.rows, real.columns)
        if r * c == 0 { return call[0] }
        try call.requireRoom(r, r)
        try call.requireRoom(c, c)
        let (left, right) = (waves(r, direction), waves(c, direction))
        let once = product(left, (real.expression, imaginary.expression))
        let twice = product(once, right)
        return .complex(
            .matrix(MatrixValue(twice.real.reshaped(.matrix(r, c)))),
            .matrix(MatrixValue(twice.imaginary.reshaped(.matrix(r, c))))
        ).normalized(direction == .backwards ? r * c : 1)
    }

    private static func product(_ a: Parts, _ b: Parts) -> Parts {
        (
            matmul(a.real, b.real) - matmul(a.imaginary, b.imaginary),
            matmul(a.real, b.imaginary) + matmul(a.imaginary, b.real)
        )
    }

    /// exp(±2πi k n / N), exact at multiples of a quarter turn.
    private static func wave(_ k: Int, _ n: Int, _ direction: Direction) -> (Double, Double) {
        let (quarter, rest) = (4 * (k % n)).quotientAndRemainder(dividingBy: n)
        let angle = 0.5 * Double.pi * Double(rest) / Double(n)
        let (c, s) = (cos(angle), sin(angle))
        let turned: (Double, Double) =
            switch quarter {
            case 0: (c, s)
            case 1: (-s, c)
            case 2: (-c, -s)
            default: (s, -c)
            }
        return (turned.0, direction.rawValue * turned.1)
    }

    /// The matrix of all waves.
    private static func waves(_ n: Int, _ direction: Direction) -> Parts {
        let all = (0..<n).flatMap { c in (0..<n).map { wave($0 * c % n, n, direction) } }
        return (
            Traced(all.map(\.0), .matrix(n, n)), Traced(all.map(\.1), .matrix(n, n))
        )
    }

    private static func factors(of n: Int) -> [Int] {
        var rest = n
        var result: [Int] = []
        var p = 2
        while p * p <= rest {
            while rest % p == 0 {
                result.append(p)
                rest /= p
            }
            p += 1
        }
        if rest > 1 { result.append(rest) }
        return result
    }

    /// Cooley and Tukey's decimation in time; short or prime lengths by the matrix.
    private static func transformed(_ x: Parts, _ direction: Direction) -> Parts {
        let n = x.real.count
        guard n > 16, let p = factors(of: n).first, p < n else {
            let result = product(
                waves(n, direction),
                (x.real.reshaped(.vector(n)), x.imaginary.reshaped(.vector(n))))
            return (result.real.reshaped(.vector(n)), result.imaginary.reshaped(.vector(n)))
        }
        let m = n / p
        var total: Parts?
        for r in 0..<p {
            let picked = (0..<m).map { r + p * $0 }
            let part = transformed((x.real.gather(picked), x.imaginary.gather(picked)), direction)
            let repeated = (0..<n).map { $0 % m }
            let (real, imaginary) = (
                part.real.gather(repeated), part.imaginary.gather(repeated)
            )
            let twiddles = (0..<n).map { wave(r * $0 % n, n, direction) }
            let (c, s) = (Traced(twiddles.map(\.0)), Traced(twiddles.map(\.1)))
            let term: Parts = (real * c - imaginary * s, real * s + imaginary * c)
            total = total.map { ($0.real + term.real, $0.imaginary + term.imaginary) } ?? term
        }
        return total ?? x
    }
}

extension Value {
    /// Divided by a number of terms.
    fileprivate func normalized(_ n: Int) -> Value {
        n == 1 ? self : mapped { $0 / Traced(Double(n)) }
    }
}
