// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The discrete Fourier transform of a complex sequence, in place: Cooley and
/// Tukey's radix-2 algorithm. The length must be a power of 2.
func fourierTransform(_ real: inout [Double], _ imaginary: inout [Double]) {
    let n = real.count
    precondition(n > 0 && n & (n - 1) == 0 && imaginary.count == n)
    var j = 0
    for i in 1..<max(n, 1) {
        var bit = n >> 1
        while j & bit != 0 {
            j ^= bit
            bit >>= 1
        }
        j |= bit
        if i < j {
            real.swapAt(i, j)
            imaginary.swapAt(i, j)
        }
    }
    // Every root of unity from its own sine and cosine: no error builds up.
    let cosines = (0..<max(n / 2, 1)).map { cos(2 * Double.pi * Double($0) / Double(n)) }
    let sines = (0..<max(n / 2, 1)).map { -sin(2 * Double.pi * Double($0) / Double(n)) }
    real.withUnsafeMutableBufferPointer { re in
        imaginary.withUnsafeMutableBufferPointer { im in
            var length = 2
            while length <= n {
                let half = length / 2
                let stride = n / length
                var start = 0
                while start < n {
                    for k in 0..<half {
                        let c = cosines[k * stride]
                        let s = sines[k * stride]
                        let p = start + k
                        let q = p + half
                        let tr = re[q] * c - im[q] * s
                        let ti = re[q] * s + im[q] * c
                        re[q] = re[p] - tr
                        im[q] = im[p] - ti
                        re[p] += tr
                        im[p] += ti
                    }
                    start += length
                }
                length *= 2
            }
        }
    }
}
