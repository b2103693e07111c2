// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

// Many draws at once. Each fill takes the same words in the same order as that
// many single draws, so that both give the same numbers.

extension RandomGenerator {
    /// Fills a buffer with words from `next()`.
    public func fillBits(_ buffer: UnsafeMutableBufferPointer<UInt64>) {
        fill(buffer, WordItself())
    }

    /// Fills a buffer with numbers from `uniform()`.
    public func fillUniform(_ buffer: UnsafeMutableBufferPointer<Double>) {
        guard let philox, let out = buffer.baseAddress else {
            for i in buffer.indices { buffer[i] = uniform() }
            return
        }
        var i = 0
        while i < buffer.count {
            if philox.head.pointee.spent == philox.head.pointee.filled { philox.refill() }
            let spent = philox.head.pointee.spent
            let count = min(philox.head.pointee.filled - spent, buffer.count - i)
            let words = UnsafePointer(philox.words + spent)
            if PhiloxState.kernels.pointee.uniform(count, words, out + i) == 0 {
                philox.head.pointee.spent += count
                i += count
            } else {
                // A zero, once in 2⁵³ words, is drawn again.
                for _ in 0..<count {
                    out[i] = uniform()
                    i += 1
                }
            }
        }
    }

    /// Fills a buffer with numbers from `normal()`.
    public func fillNormal(_ buffer: UnsafeMutableBufferPointer<Double>) {
        fill(buffer, NormalSampler())
    }

    /// Fills a buffer with numbers from `exponential()`.
    public func fillExponential(_ buffer: UnsafeMutableBufferPointer<Double>) {
        fill(buffer, ExponentialSampler())
    }
}
