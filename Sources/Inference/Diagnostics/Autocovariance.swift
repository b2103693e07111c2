// SPDX-License-Identifier: GPL-3.0-or-later

/// The autocovariances of one chain, computed as they are asked for.
///
/// Chains that mix need few lags, which direct sums give at once; a chain that
/// needs more than `directLags` does not mix, and then all lags come from one
/// Fourier transform. Lag t is Σ (xᵢ − x̄)(xᵢ₊ₜ − x̄) / n, the biased estimate
/// that Geyer's sequence wants.
struct Autocovariance {
    /// Lags computed directly. The transform costs as much as about 5 log₂ n
    /// lags; 64 is near that for the usual chain lengths.
    static let directLags = 64

    let mean: Double
    private let centered: [Double]
    private var known: [Double] = []

    init(_ chain: [Double]) {
        let n = Double(chain.count)
        // A second pass over the residuals removes the rounding of the first.
        let first = chain.reduce(0, +) / n
        let mean = first + chain.reduce(0) { $0 + ($1 - first) } / n
        self.mean = mean
        centered = chain.map { $0 - mean }
    }

    subscript(lag: Int) -> Double {
        mutating get {
            if lag < known.count { return known[lag] }
            if lag >= Self.directLags {
                known = Self.transformed(centered)
            } else {
                while known.count <= lag { known.append(direct(known.count)) }
            }
            return lag < known.count ? known[lag] : .nan
        }
    }

    private func direct(_ lag: Int) -> Double {
        let n = centered.count
        guard lag < n else { return .nan }
        return centered.withUnsafeBufferPointer { x in
            var a = 0.0
            var b = 0.0
            var c = 0.0
            var d = 0.0
            var i = 0
            let length = n - lag
            while i + 4 <= length {
                a += x[i] * x[i + lag]
                b += x[i + 1] * x[i + 1 + lag]
                c += x[i + 2] * x[i + 2 + lag]
                d += x[i + 3] * x[i + 3 + lag]
                i += 4
            }
            while i < length {
                a += x[i] * x[i + lag]
                i += 1
            }
            return ((a + b) + (c + d)) / Double(n)
        }
    }

    /// All lags: the inverse transform of the power spectrum of the chain
    /// padded with zeros to at least twice its length.
    private static func transformed(_ centered: [Double]) -> [Double] {
        let n = centered.count
        var size = 1
        while size < 2 * n { size *= 2 }
        var real = centered + [Double](repeating: 0, count: size - n)
        var imaginary = [Double](repeating: 0, count: size)
        fourierTransform(&real, &imaginary)
        for i in 0..<size {
            real[i] = real[i] * real[i] + imaginary[i] * imaginary[i]
            imaginary[i] = 0
        }
        // The spectrum is real and even: the forward transform is the inverse
        // but for the factor 1 / size.
        fourierTransform(&real, &imaginary)
        let scale = 1 / (Double(size) * Double(n))
        return (0..<n).map { real[$0] * scale }
    }
}
