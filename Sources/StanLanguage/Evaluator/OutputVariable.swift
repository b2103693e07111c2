// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A variable of the output: its columns' names and how their order follows
/// from the order of storage.
///
/// In a Stan CSV file the first index runs fastest, also over the dimensions of
/// an array ("x.1.1", "x.2.1", …); values are stored with arrays outermost.
struct OutputVariable: Sendable {
    let slot: Int
    let name: String
    let type: ResolvedType
    /// For each column the position of its scalar in storage.
    let storage: [Int]
    /// "theta.1", "Sigma.1.2", …
    let columns: [String]

    init(_ declaration: StanDeclaration, _ evaluator: Evaluator) throws {
        slot = declaration.variable.slot
        name = declaration.variable.name
        type = try evaluator.resolve(declaration)
        (columns, storage) = type.columns(name)
    }

    var count: Int { storage.count }
}

extension ResolvedType {
    /// The columns of a value, and for each the position of its scalar in storage.
    fileprivate func columns(_ name: String) -> (names: [String], positions: [Int]) {
        let sizes = dimensions
        // What one step of each index means in storage: arrays from the
        // outside, a matrix by columns.
        var strides = [Int](repeating: 1, count: sizes.count)
        let inner = innermost.dimensions.count
        var stride = 1
        for k in (sizes.count - inner)..<sizes.count {
            strides[k] = stride
            stride *= sizes[k]
        }
        for k in (0..<(sizes.count - inner)).reversed() {
            strides[k] = stride
            stride *= sizes[k]
        }
        var positions: [Int] = []
        var names: [String] = []
        // A complex number is two columns, a tuple those of its elements.
        let isComplex = innermost.isComplex
        let count = sizes.reduce(1, *)
        positions.reserveCapacity(count)
        names.reserveCapacity(count)
        var index = [Int](repeating: 0, count: sizes.count)
        for _ in 0..<count {
            let position = zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
            let column = index.reduce(name) { "\($0).\($1 + 1)" }
            if isComplex {
                positions += [2 * position, 2 * position + 1]
                names += [column + ".real", column + ".imag"]
            } else if case .tuple(let types) = innermost {
                var start = position * (innermost.count ?? 0)
                for (k, type) in types.enumerated() {
                    let own = type.columns("\(column):\(k + 1)")
                    names += own.names
                    positions += own.positions.map { start + $0 }
                    start += type.count ?? 0
                }
            } else {
                positions.append(position)
                names.append(column)
            }
            for k in index.indices {
                index[k] += 1
                if index[k] < sizes[k] { break }
                index[k] = 0
            }
        }
        return (names, positions)
    }
}

extension Value {
    /// All scalars in the order of storage, when they are known.
    func appendScalars(to numbers: inout [Double]) {
        switch self {
        case .int(let value): numbers.append(Double(value))
        case .real(let value): numbers.append(value.constant ?? .nan)
        case .vector(let entries): numbers += entries.numbers ?? []
        case .matrix(let matrix): numbers += matrix.entries.numbers ?? []
        case .ints(let values): numbers += values.map(Double.init)
        case .array(let values), .tuple(let values):
            for value in values { value.appendScalars(to: &numbers) }
        case .complex: numbers += expression.constants ?? []
        case .text, .function, .void: break
        }
    }
}
