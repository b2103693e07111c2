// SPDX-License-Identifier: GPL-3.0-or-later

/// A number or array that is known, or that a trace computes from its inputs.
///
/// Operations on known values are carried out at once; with an unknown operand
/// they record a node. So one piece of code serves both: densities, constraint
/// transforms and Stan programs are written once, in expressions.
///
///     let x: Traced = 3
///     let y = exp(x) + Traced([1, 2, 3])      // known: computed here
///
/// Elementwise operations take equal shapes, or a scalar with anything.
/// Entries are counted from 0, matrices column by column.
public struct Traced: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    enum Storage {
        case number(Double)
        case array([Double])
        case node(Trace, Int32)
    }

    let storage: Storage
    private let packedShape: PackedShape

    /// The shape of the value.
    public var shape: Shape { packedShape.shape }
    var isScalar: Bool { packedShape.isScalar }

    /// A known number.
    public init(_ value: Double) {
        storage = .number(value)
        packedShape = .scalar
    }

    /// A known vector.
    public init(_ values: [Double]) {
        storage = .array(values)
        packedShape = PackedShape(.vector(values.count))
    }

    /// Known entries in a shape, column by column.
    ///
    /// - Precondition: as many values as the shape has entries.
    public init(_ values: [Double], _ shape: Shape) {
        precondition(values.count == shape.count, "\(values.count) values for a \(shape)")
        storage = shape.isScalar ? .number(values[0]) : .array(values)
        packedShape = PackedShape(shape)
    }

    public init(floatLiteral value: Double) { self.init(value) }
    public init(integerLiteral value: Int) { self.init(Double(value)) }

    init(node id: Int32, _ shape: Shape, in trace: Trace) {
        self.init(node: id, packed: PackedShape(shape), in: trace)
    }

    init(node id: Int32, packed shape: PackedShape, in trace: Trace) {
        storage = .node(trace, id)
        packedShape = shape
    }

    /// The value of a known scalar.
    public var constant: Double? {
        if case .number(let value) = storage { value } else { nil }
    }

    /// The entries of a known value, column by column.
    public var constants: [Double]? {
        switch storage {
        case .number(let value): [value]
        case .array(let values): values
        case .node: nil
        }
    }

    /// Whether the value is known, whatever the inputs.
    public var isConstant: Bool {
        if case .node = storage { false } else { true }
    }

    public var count: Int { packedShape.count }

    var trace: Trace? {
        if case .node(let trace, _) = storage { trace } else { nil }
    }
}
