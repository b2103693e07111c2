// SPDX-License-Identifier: GPL-3.0-or-later

/// The factors of small square matrices, column by column, for implicit steps and
/// Newton's method: no allocation, no library call.
final class DenseLU {
    let n: Int
    /// The matrix, which `factor()` overwrites.
    let matrix: UnsafeMutablePointer<Double>
    private let pivots: UnsafeMutablePointer<Int>

    init(_ n: Int) {
        self.n = n
        matrix = .allocate(capacity: max(1, n * n))
        matrix.initialize(repeating: 0, count: max(1, n * n))
        pivots = .allocate(capacity: max(1, n))
        pivots.initialize(repeating: 0, count: max(1, n))
    }

    deinit {
        matrix.deallocate()
        pivots.deallocate()
    }

    /// Gaussian elimination with partial pivoting; false when the matrix is
    /// singular or not finite.
    func factor() -> Bool {
        let (a, n) = (matrix, n)
        for k in 0..<n {
            let column = a + k * n
            var pivot = k
            var largest = column[k].magnitude
            for i in k + 1..<max(n, k + 1) where column[i].magnitude > largest {
                largest = column[i].magnitude
                pivot = i
            }
            guard largest > 0, largest.isFinite else { return false }
            pivots[k] = pivot
            if pivot != k {
                for j in 0..<n {
                    (a[j * n + k], a[j * n + pivot]) = (a[j * n + pivot], a[j * n + k])
                }
            }
            let inverse = 1 / column[k]
            for i in k + 1..<max(n, k + 1) { column[i] *= inverse }
            for j in k + 1..<max(n, k + 1) {
                let other = a + j * n
                let factor = other[k]
                if factor == 0 { continue }
                for i in k + 1..<n { other[i] -= factor * column[i] }
            }
        }
        return true
    }

    /// b becomes the solution of A x = b.
    func solve(_ b: UnsafeMutablePointer<Double>) {
        let (a, n) = (matrix, n)
        for k in 0..<n where pivots[k] != k { (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]) }
        for k in 0..<n where b[k] != 0 {
            let (column, factor) = (a + k * n, b[k])
            for i in k + 1..<max(n, k + 1) { b[i] -= factor * column[i] }
        }
        for k in (0..<n).reversed() {
            let column = a + k * n
            b[k] /= column[k]
            let factor = b[k]
            for i in 0..<k { b[i] -= factor * column[i] }
        }
    }

    /// b becomes the solution of Aᵀ x = b.
    func solveTransposed(_ b: UnsafeMutablePointer<Double>) {
        let (a, n) = (matrix, n)
        for k in 0..<n {
            let column = a + k * n
            var sum = b[k]
            for i in 0..<k { sum -= column[i] * b[i] }
            b[k] = sum / column[k]
        }
        for k in (0..<n).reversed() {
            let column = a + k * n
            var sum = b[k]
            for i in k + 1..<max(n, k + 1) { sum -= column[i] * b[i] }
            b[k] = sum
        }
        for k in (0..<n).reversed() where pivots[k] != k {
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k])
        }
    }
}
