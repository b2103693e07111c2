// SPDX-License-Identifier: GPL-3.0-or-later

/// The elements of a JSON array of numbers, 8 bytes each: data files hold
/// millions.
///
/// Integers stay integers, as in ``JSONValue``; those beyond ±2⁵³ do not fit.
public struct JSONNumbers: Sendable, RandomAccessCollection {
    /// The elements as real numbers.
    public private(set) var doubles: [Double]
    private var integers: Integers

    /// Which elements are integers.
    private enum Integers: Sendable {
        case none, all
        case flagged([Bool])
    }

    public init(_ doubles: [Double]) {
        self.doubles = doubles
        integers = doubles.isEmpty ? .all : .none
    }

    init() { self.init([]) }

    public var startIndex: Int { 0 }
    public var endIndex: Int { doubles.count }

    public subscript(position: Int) -> JSONValue {
        isInteger(position) ? .integer(Int(doubles[position])) : .number(doubles[position])
    }

    /// The elements when all are integers.
    public var allIntegers: [Int]? {
        if case .all = integers { doubles.map { Int($0) } } else { nil }
    }

    private func isInteger(_ position: Int) -> Bool {
        switch integers {
        case .none: false
        case .all: true
        case .flagged(let flags): flags[position]
        }
    }

    /// Adds a number; false when it is none, or an integer too large.
    mutating func append(_ value: JSONValue) -> Bool {
        switch value {
        case .integer(let integer):
            guard integer.magnitude <= 1 << 53 else { return false }
            append(Double(integer), isInteger: true)
        case .number(let number): append(number, isInteger: false)
        default: return false
        }
        return true
    }

    @inline(__always)
    private mutating func append(_ number: Double, isInteger: Bool) {
        switch (integers, isInteger) {
        case (.none, false), (.all, true): break
        default: flag(isInteger)
        }
        doubles.append(number)
    }

    @inline(never)
    private mutating func flag(_ isInteger: Bool) {
        switch integers {
        case .flagged(var flags):
            integers = .none  // so that the flags have one owner
            flags.append(isInteger)
            integers = .flagged(flags)
        case .none where doubles.isEmpty, .all where doubles.isEmpty:
            integers = isInteger ? .all : .none
        case .none, .all:
            integers = .flagged([Bool](repeating: !isInteger, count: doubles.count) + [isInteger])
        }
    }
}
