// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// The entries of a vector, row vector, matrix (column by column) or array of
/// reals.
///
/// Three forms, so that the two things models do stay cheap: reading one entry
/// of known data copies nothing, and a loop that fills a vector writes in place
/// and is packed into one expression when it is used whole.
struct Entries {
    enum Storage {
        /// All known.
        case numbers([Double])
        /// One expression of a trace.
        case whole(Traced)
        /// One scalar expression an entry: being filled.
        case separate([Traced])
    }

    private(set) var storage: Storage

    init(_ numbers: [Double]) { storage = .numbers(numbers) }

    init(_ expression: Traced) {
        if let numbers = expression.constants {
            storage = .numbers(numbers)
        } else {
            storage = .whole(expression)
        }
    }

    init(_ scalars: [Traced]) {
        var numbers: [Double] = []
        numbers.reserveCapacity(scalars.count)
        for scalar in scalars {
            guard let number = scalar.constant else {
                storage = .separate(scalars)
                return
            }
            numbers.append(number)
        }
        storage = .numbers(numbers)
    }

    init(repeating number: Double, count: Int) {
        storage = .numbers([Double](repeating: number, count: count))
    }

    var count: Int {
        switch storage {
        case .numbers(let numbers): numbers.count
        case .whole(let expression): expression.shape.count
        case .separate(let scalars): scalars.count
        }
    }

    /// The entries when all are known.
    var numbers: [Double]? {
        switch storage {
        case .numbers(let numbers): return numbers
        case .whole(let expression): return expression.constants
        case .separate(let scalars):
            var numbers: [Double] = []
            for scalar in scalars {
                guard let number = scalar.constant else { return nil }
                numbers.append(number)
            }
            return numbers
        }
    }

    /// The entries as scalars.
    var scalars: [Traced] {
        switch storage {
        case .numbers(let numbers): numbers.map { Traced($0) }
        case .whole(let expression): expression.elements
        case .separate(let scalars): scalars
        }
    }

    /// Everything as one expression of a shape with as many entries.
    func packed(_ shape: Shape) -> Traced {
        switch storage {
        case .numbers(let numbers): return Traced(numbers, shape)
        case .whole(let expression):
            return expression.shape == shape ? expression : expression.reshaped(shape)
        case .separate(let scalars):
            if case .matrix(let rows, let columns) = shape {
                return Traced.matrix(scalars, rows, columns)
            }
            return Traced.vector(scalars)
        }
    }

    /// Everything as one vector.
    var vector: Traced { packed(.vector(count)) }

    /// Entry i, from 0.
    subscript(i: Int) -> Traced {
        switch storage {
        case .numbers(let numbers): Traced(numbers[i])
        case .whole(let expression): expression[i]
        case .separate(let scalars): scalars[i]
        }
    }

    // An array that is to be changed is taken out of its storage by a function
    // that is not inlined: so it has one owner and is not copied. (A `switch`
    // over the storage would keep a second owner to its end.)

    @inline(never)
    mutating func takeNumbers() -> [Double] {
        guard case .numbers(let numbers) = storage else { return [] }
        storage = .separate([])
        return numbers
    }

    @inline(never)
    private mutating func takeScalars() -> [Traced] {
        guard case .separate(let scalars) = storage else { return self.scalars }
        storage = .separate([])
        return scalars
    }

    /// Whether all are known, and stored so.
    var areNumbers: Bool {
        if case .numbers = storage { return true }
        return false
    }

    /// Writes entry i, from 0, in place.
    mutating func set(_ i: Int, _ value: Traced) {
        if areNumbers, let number = value.constant {
            var numbers = takeNumbers()
            numbers[i] = number
            storage = .numbers(numbers)
        } else {
            var scalars = takeScalars()
            scalars[i] = value
            storage = .separate(scalars)
        }
    }

    /// Writes many entries in place.
    mutating func set(_ positions: [Int], _ values: Entries) {
        if areNumbers, case .numbers(let new) = values.storage {
            var numbers = takeNumbers()
            for (position, number) in zip(positions, new) { numbers[position] = number }
            storage = .numbers(numbers)
        } else {
            var scalars = takeScalars()
            for (position, value) in zip(positions, values.scalars) { scalars[position] = value }
            storage = .separate(scalars)
        }
    }

    /// The entries at the positions, which count from 0.
    func gather(_ positions: [Int]) -> Entries {
        switch storage {
        case .numbers(let numbers): Entries(positions.map { numbers[$0] })
        case .whole(let expression): Entries(expression.gather(positions))
        case .separate(let scalars): Entries(positions.map { scalars[$0] })
        }
    }

    /// The entries of a stretch.
    func slice(_ range: Range<Int>) -> Entries {
        switch storage {
        case .numbers(let numbers): Entries(Array(numbers[range]))
        case .whole(let expression):
            range.count == expression.shape.count
                ? Entries(expression.reshaped(.vector(range.count)))
                : Entries(expression.gather(Array(range)))
        case .separate(let scalars): Entries(Array(scalars[range]))
        }
    }
}
