// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A JSON document: what Stan data, `--json` output and saved results are.
///
///     let value = try JSONValue.parse(SourceText(name: "d.json", text: #"{"J": 8}"#))
///     value["J"]?.integer      // 8
///
/// Integers and other numbers are kept apart, because Stan's types do: `2` is
/// an integer and `2.0` is not. Objects keep the order of their members.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// An array of nothing but numbers, in little memory: what the parser makes
    /// of one. Equal to the ``array(_:)`` of the same elements.
    case numbers(JSONNumbers)
    case object(JSONObject)

    /// The value of a member, when this is an object that has it.
    public subscript(name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    /// The element at a position, when this is an array that has it.
    public subscript(index: Int) -> JSONValue? {
        guard let count = elementCount, index >= 0, index < count else { return .none }
        return switch self {
        case .array(let array): array[index]
        case .numbers(let numbers): numbers[index]
        default: .none
        }
    }

    /// The integer, when this is one; a number such as 2.0 is not.
    public var integer: Int? { if case .integer(let value) = self { value } else { nil } }

    /// The value as a real number, when this is an integer or a number.
    public var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The text, when this is a string.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The truth value, when this is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements, when this is an array.
    public var array: [JSONValue]? {
        switch self {
        case .array(let value): value
        case .numbers(let numbers): Array(numbers)
        default: nil
        }
    }

    /// The number of elements, when this is an array.
    package var elementCount: Int? {
        switch self {
        case .array(let array): array.count
        case .numbers(let numbers): numbers.count
        default: nil
        }
    }

    /// The members, when this is an object.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The elements as real numbers, when this is an array of nothing else.
    public var doubles: [Double]? {
        if case .numbers(let numbers) = self { return numbers.doubles }
        guard case .array(let array) = self else { return nil }
        var result: [Double] = []
        result.reserveCapacity(array.count)
        for element in array {
            guard let value = element.double else { return nil }
            result.append(value)
        }
        return result
    }

    /// What kind of value this is, with its article, for messages: "an array".
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .array, .numbers: "an array"
        case .object: "an object"
        }
    }
}

/// The members of a JSON object, in order, with distinct names.
public struct JSONObject: Hashable, Sendable {
    /// The names of the members, in order.
    public private(set) var names: [String] = []
    /// The values of the members, in the order of `names`.
    public private(set) var values: [JSONValue] = []
    private var positions: [String: Int] = [:]

    /// An object without members.
    public init() {}

    /// An object with these members; of equal names the last value counts.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members { self[name] = value }
    }

    /// The number of members.
    public var count: Int { names.count }

    /// The members, in order.
    public var members: Zip2Sequence<[String], [JSONValue]> { zip(names, values) }

    /// The value of a member. A new name goes to the end; nil removes.
    public subscript(name: String) -> JSONValue? {
        get { positions[name].map { values[$0] } }
        set {
            if let position = positions[name] {
                if let newValue {
                    values[position] = newValue
                } else {
                    names.remove(at: position)
                    values.remove(at: position)
                    positions[name] = nil
                    for later in position..<names.count { positions[names[later]] = later }
                }
            } else if let newValue {
                positions[name] = names.count
                names.append(name)
                values.append(newValue)
            }
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }

    /// An array of numbers.
    public init(_ numbers: [Double]) { self = .numbers(JSONNumbers(numbers)) }
}

extension JSONValue {
    public static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let x), .bool(let y)): x == y
        case (.integer(let x), .integer(let y)): x == y
        case (.number(let x), .number(let y)): x == y
        case (.string(let x), .string(let y)): x == y
        case (.array(let x), .array(let y)): x == y
        case (.array(let x), .numbers(let y)): x.elementsEqual(y)
        case (.numbers(let x), .array(let y)): x.elementsEqual(y)
        case (.numbers(let x), .numbers(let y)): x.elementsEqual(y)
        case (.object(let x), .object(let y)): x == y
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        func combine(_ kind: Int, _ elements: some Collection<JSONValue>) {
            hasher.combine(kind)
            hasher.combine(elements.count)
            for element in elements { hasher.combine(element) }
        }
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let elements): combine(1, elements)
        case .numbers(let numbers): combine(1, numbers)
        case .object(let object): hasher.combine(object)
        }
    }
}
