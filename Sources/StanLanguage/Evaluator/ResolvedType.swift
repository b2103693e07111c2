// SPDX-License-Identifier: GPL-3.0-or-later

/// A declared type with its sizes worked out.
indirect enum ResolvedType: Sendable {
    case int, real
    case vector(Int)
    case rowVector(Int)
    case matrix(Int, Int)
    case array([Int], ResolvedType)
    case tuple([ResolvedType])
    /// A complex number, vector or matrix, by the type of its parts.
    case complex(ResolvedType)

    /// Number of scalars inside, nil when it overflows.
    var count: Int? {
        switch self {
        case .int, .real: return 1
        case .vector(let n), .rowVector(let n): return n
        case .matrix(let rows, let columns):
            let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
            return overflow ? nil : count
        case .array(let sizes, let element):
            guard var total = element.count else { return nil }
            for size in sizes {
                let (count, overflow) = total.multipliedReportingOverflow(by: size)
                if overflow { return nil }
                total = count
            }
            return total
        case .tuple(let elements):
            var total = 0
            for element in elements {
                guard let count = element.count else { return nil }
                total += count
            }
            return total
        case .complex(let part):
            guard let count = part.count else { return nil }
            let (both, overflow) = count.multipliedReportingOverflow(by: 2)
            return overflow ? nil : both
        }
    }

    /// Array sizes, then rows and columns.
    var dimensions: [Int] {
        switch self {
        case .int, .real, .tuple: []
        case .complex(let part): part.dimensions
        case .vector(let n), .rowVector(let n): [n]
        case .matrix(let rows, let columns): [rows, columns]
        case .array(let sizes, let element): sizes + element.dimensions
        }
    }

    /// The type of one element of an array.
    var element: ResolvedType {
        guard case .array(let sizes, let inner) = self else { return self }
        return sizes.count <= 1 ? inner : .array(Array(sizes.dropFirst()), inner)
    }

    /// A value of this type before anything is assigned: NaN, and the least
    /// integer.
    var blank: Value {
        switch self {
        case .int: return .int(.min)
        case .real: return .number(.nan)
        case .complex(let part): return .complex(part.blank, part.blank)
        case .vector(let n), .rowVector(let n): return .vector(Entries(repeating: .nan, count: n))
        case .matrix(let rows, let columns):
            return .matrix(
                MatrixValue(Entries(repeating: .nan, count: rows * columns), rows, columns))
        case .array(let sizes, let inner):
            guard let first = sizes.first else { return inner.blank }
            if sizes.count == 1 {
                switch inner {
                case .int: return .ints([Int](repeating: .min, count: first))
                case .real: return .vector(Entries(repeating: .nan, count: first))
                default: break
                }
            }
            return .array([Value](repeating: element.blank, count: first))
        case .tuple(let elements): return .tuple(elements.map(\.blank))
        }
    }

    /// Builds a value from scalars in Stan's order of unconstrained and JSON
    /// data: array elements outermost, matrices by `columnMajor` order.
    var scalarDimensions: (arrays: [Int], element: ResolvedType) {
        if case .array(let sizes, let inner) = self { return (sizes, inner) }
        return ([], self)
    }

    /// Whether a value has these sizes.
    func fits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.int, .int), (.real, .real), (.real, .int): return true
        case (.vector(let n), .vector(let entries)), (.rowVector(let n), .vector(let entries)):
            return entries.count == n
        case (.matrix(let rows, let columns), .matrix(let matrix)):
            return matrix.rows == rows && matrix.columns == columns
        case (.complex(let part), .complex(let real, let imaginary)):
            return part.fits(real) && part.fits(imaginary)
        case (.array(let sizes, let inner), _):
            guard let first = sizes.first else { return inner.fits(value) }
            guard value.size == first || first == 0 && value.size == 0 else { return false }
            switch value {
            case .ints: return sizes.count == 1
            case .vector: return sizes.count == 1
            case .array(let values): return values.allSatisfy { element.fits($0) }
            default: return false
            }
        case (.tuple(let types), .tuple(let values)):
            return types.count == values.count && zip(types, values).allSatisfy { $0.fits($1) }
        default: return false
        }
    }

    var isComplex: Bool {
        if case .complex = self { return true }
        return false
    }
}
