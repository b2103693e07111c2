// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

extension Workspace {
    /// Computes every value from the inputs at the head of the workspace.
    func forward() { forward(0..<instructionCount) }

    func forward(_ steps: Range<Int>) {
        let v = values
        let table = kernels.table
        for i in steps {
            let s = instructions + i
            let count = Int(s.pointee.count)
            let a = v + Int(s.pointee.a)
            let out = v + Int(s.pointee.out)
            switch s.pointee.step {
            case .unary:
                kernels.unary[Int(s.pointee.function)](count, a, out)
            case .binary:
                kernels.binary[Int(s.pointee.function)](
                    count, a, Int32(s.pointee.strideA), v + Int(s.pointee.b),
                    Int32(s.pointee.strideB), out)
            case .multiplyAdd:
                table.pointee.multiply_add(
                    Int32(s.pointee.function), count, a, Int32(s.pointee.strideA),
                    v + Int(s.pointee.b), Int32(s.pointee.strideB), v + Int(s.pointee.c),
                    Int32(s.pointee.strideC), out)
            case .select:
                table.pointee.select(
                    count, v + Int(s.pointee.c), Int32(s.pointee.strideC), a,
                    Int32(s.pointee.strideA), v + Int(s.pointee.b), Int32(s.pointee.strideB), out)
            case .gather:
                gather(s.pointee.extra, 0, count, out)
            case .sum: out.pointee = table.pointee.sum(count, a)
            case .dot: out.pointee = table.pointee.dot(count, a, 1, v + Int(s.pointee.b), 1)
            case .logSumExp: out.pointee = table.pointee.log_sum_exp(count, a)
            case .product: out.pointee = UnsafeBufferPointer(start: a, count: count).reduce(1, *)
            case .minimum: out.pointee = Self.extreme(a, count, -1).value
            case .maximum: out.pointee = Self.extreme(a, count, 1).value
            case .code: table.pointee.run_code(codes[Int(s.pointee.extra)], v)
            case .external: forwardExternal(s)
            case .pointwise: forwardPointwise(s)
            default: forwardMatrix(s)
            }
        }
    }

    /// The smallest (sign −1) or largest (sign 1) entry, the first of equals.
    static func extreme(
        _ x: UnsafePointer<Double>, _ count: Int, _ sign: Double
    ) -> (value: Double, index: Int) {
        var best = (value: x[0], index: 0)
        for i in 0..<count {
            if x[i].isNaN { return (x[i], i) }
            if sign * x[i] > sign * best.value { best = (x[i], i) }
        }
        return best
    }

    private func forwardMatrix(_ s: UnsafePointer<Instruction>) {
        let (rows, inner, columns) = (
            Int(s.pointee.extra), Int(s.pointee.inner), Int(s.pointee.count)
        )
        let (a, b, out) = (
            values + Int(s.pointee.a), values + Int(s.pointee.b), values + Int(s.pointee.out)
        )
        switch s.pointee.step {
        case .matrixProduct:
            out.update(repeating: 0, count: rows * columns)
            Dense.addProduct(a, b, into: out, rows: rows, inner: inner, columns: columns)
        case .cholesky:
            out.update(from: a, count: rows * rows)
            Dense.choleskyInPlace(out, rows)
        case .solveLower, .solveLowerTransposed:
            out.update(from: b, count: rows * columns)
            Dense.solveTriangularInPlace(
                a, out, rows, columns, transposed: s.pointee.step == .solveLowerTransposed)
        case .inverse:
            out.update(repeating: 0, count: rows * rows)
            for i in 0..<rows { out[i * rows + i] = 1 }
            scratch.update(from: a, count: rows * rows)
            Dense.solveInPlace(scratch, out, rows, rows, transposed: false)
        case .solve:
            out.update(from: b, count: rows * columns)
            scratch.update(from: a, count: rows * rows)
            Dense.solveInPlace(scratch, out, rows, columns, transposed: false)
        case .logDeterminant:
            scratch.update(from: a, count: rows * rows)
            out.pointee = Dense.logDeterminantInPlace(scratch, rows)
        default: break
        }
    }
}
