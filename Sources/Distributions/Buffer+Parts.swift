// SPDX-License-Identifier: GPL-3.0-or-later

extension UnsafeMutableBufferPointer<Double> {
    /// Fills the buffer with draws and maps each of them, a part at a time, so
    /// that the second sweep finds the numbers in the cache.
    @inline(__always)
    func fillByParts(
        _ fill: (UnsafeMutableBufferPointer<Double>) -> Void, _ transform: (Double) -> Double
    ) {
        guard let out = baseAddress else { return }
        var start = 0
        while start < count {
            let part = UnsafeMutableBufferPointer(
                start: out + start, count: Swift.min(count - start, 1024))
            fill(part)
            for i in start..<(start + part.count) { out[i] = transform(out[i]) }
            start += part.count
        }
    }
}
