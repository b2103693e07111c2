// SPDX-License-Identifier: GPL-3.0-or-later

/// A sum kept as two doubles, so that rounding errors do not add up: its
/// relative error is about 1e-32 times the number of terms, however they
/// cancel (T. J. Dekker, "A floating-point technique for extending the
/// available precision", 1971; D. E. Knuth's TwoSum).
struct CarefulSum {
    private(set) var high = 0.0
    private(set) var low = 0.0

    var value: Double { high + low }

    mutating func add(_ term: Double) {
        let sum = high + term
        let shift = sum - high
        let error = (high - (sum - shift)) + (term - shift)
        guard error.isFinite else {
            // The sum has overflown or a term was not finite: no correction.
            high = sum
            low = 0
            return
        }
        let correction = low + error
        high = sum + correction
        low = correction - (high - sum)
    }

    /// Adds a · b without rounding the product first.
    mutating func add(_ a: Double, times b: Double) {
        let product = a * b
        add(product)
        let error = (-product).addingProduct(a, b)
        if error.isFinite { add(error) }
    }

    static func sum(_ numbers: some Sequence<Double>) -> Double {
        var sum = CarefulSum()
        for number in numbers { sum.add(number) }
        return sum.value
    }
}

/// The mean as two doubles, whose sum it is.
struct CarefulMean {
    let high: Double
    let low: Double

    init(_ numbers: some Collection<Double>) {
        let n = Double(numbers.count)
        var sum = CarefulSum()
        for number in numbers { sum.add(number) }
        high = sum.value / n
        // What the rounded mean misses of the sum.
        var rest = CarefulSum()
        rest.add(sum.high)
        rest.add(sum.low)
        rest.add(-high, times: n)
        let low = rest.value / n
        self.low = low.isFinite ? low : 0
    }

    /// x − mean, rounded once or twice.
    func deviation(of x: Double) -> Double { (x - high) - low }
}
