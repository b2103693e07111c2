// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath

extension Workspace {
    /// Carries adjoints from results to inputs, last step first.
    func reverse() { reverse(0..<instructionCount) }

    func reverse(_ steps: Range<Int>) {
        let (v, d) = (values, adjoints)
        let table = kernels.table
        for i in steps.reversed() {
            let s = instructions + i
            let count = Int(s.pointee.count)
            let (atA, atB, atOut) = (Int(s.pointee.a), Int(s.pointee.b), Int(s.pointee.out))
            switch s.pointee.step {
            case .unary:
                kernels.unaryReverse[Int(s.pointee.function)](
                    count, v + atA, v + atOut, d + atOut, d + atA)
            case .binary:
                let da = s.pointee.activeA ? d + atA : nil
                let db = s.pointee.activeB ? d + atB : nil
                let kernel = kernels.binaryReverse[Int(s.pointee.function)]
                let (strideA, strideB) = (Int32(s.pointee.strideA), Int32(s.pointee.strideB))
                kernel(count, v + atA, strideA, v + atB, strideB, v + atOut, d + atOut, da, db)
            case .multiplyAdd:
                let (atC, strideC) = (Int(s.pointee.c), Int32(s.pointee.strideC))
                table.pointee.multiply_add_reverse(
                    Int32(s.pointee.function), count, v + atA, Int32(s.pointee.strideA), v + atB,
                    Int32(s.pointee.strideB), strideC, d + atOut,
                    s.pointee.activeA ? d + atA : nil, s.pointee.activeB ? d + atB : nil,
                    s.pointee.activeC ? d + atC : nil)
            case .select:
                let c = v + Int(s.pointee.c)
                let strideC = Int32(s.pointee.strideC)
                if s.pointee.activeA {
                    table.pointee.select_reverse(
                        count, c, strideC, d + atOut, d + atA, Int32(s.pointee.strideA), nil, 0)
                }
                if s.pointee.activeB {
                    table.pointee.select_reverse(
                        count, c, strideC, d + atOut, nil, 0, d + atB, Int32(s.pointee.strideB))
                }
            case .gather:
                scatter(s.pointee.extra, 0, count, d + atOut)
            case .sum: table.pointee.add_scalar(count, d[atOut], d + atA)
            case .dot:
                if s.pointee.activeA { table.pointee.axpy(count, d[atOut], v + atB, d + atA) }
                if s.pointee.activeB { table.pointee.axpy(count, d[atOut], v + atA, d + atB) }
            case .logSumExp:
                table.pointee.log_sum_exp_reverse(count, v + atA, v[atOut], d[atOut], d + atA)
            case .product: reverseProduct(atA, atOut, count)
            case .minimum: d[atA + Self.extreme(v + atA, count, -1).index] += d[atOut]
            case .maximum: d[atA + Self.extreme(v + atA, count, 1).index] += d[atOut]
            case .code:
                table.pointee.reverse_code(codes[Int(s.pointee.extra)] + count - 1, v, d)
            case .external: reverseExternal(s)
            case .pointwise: reversePointwise(s)
            default: reverseMatrix(s)
            }
        }
    }

    /// Each entry's partial is the product of the others, whatever is zero.
    private func reverseProduct(_ atA: Int, _ atOut: Int, _ count: Int) {
        let (x, dx) = (values + atA, adjoints + atA)
        let seed = adjoints[atOut]
        var zeros = 0
        var zeroAt = 0
        var rest = 1.0
        for i in 0..<count {
            if x[i] == 0 {
                zeros += 1
                zeroAt = i
            } else {
                rest *= x[i]
            }
        }
        if zeros == 0 {
            for i in 0..<count { dx[i] += seed * (rest / x[i]) }
        } else if zeros == 1 {
            dx[zeroAt] += seed * rest
        }
    }
}
