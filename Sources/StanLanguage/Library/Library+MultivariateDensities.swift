// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Multivariate normal and t densities.
    ///
    /// Several variates with one scale matrix are the columns of one matrix, so
    /// that there is one factorization and one solve.
    static let multivariateDensities: LibraryGroup = [
        "multi_normal_lpdf": { call in
            try multivariateNormal(call, scale: call.square(2)) { .factor(try factor(call, $0)) }
        },
        "multi_normal_cholesky_lpdf": { call in
            try multivariateNormal(call, scale: call.square(2)) {
                .factor(try choleskyFactor(call, $0))
            }
        },
        "multi_normal_prec_lpdf": { call in
            try multivariateNormal(call, scale: call.square(2)) {
                .precision($0.expression, try factor(call, $0))
            }
        },
        "multi_student_t_lpdf": { call in
            try multivariateT(call, scale: call.square(3)) { try factor(call, $0) }
        },
        "multi_student_t_cholesky_lpdf": { call in
            try multivariateT(call, scale: call.square(3)) { try choleskyFactor(call, $0) }
        },
    ]

    private enum Scale {
        case factor(Traced)
        case precision(Traced, Traced)

        var isConstant: Bool {
            switch self {
            case .factor(let l): l.isConstant
            case .precision(let p, _): p.isConstant
            }
        }
    }

    /// A matrix that has to be a Cholesky factor: what is above its diagonal is
    /// not looked at.
    private static func choleskyFactor(_ call: Call, _ m: MatrixValue) throws -> Traced {
        if let numbers = m.entries.numbers {
            for i in 0..<m.rows where !(numbers[i * m.rows + i] > 0) {
                throw DomainError(
                    call.name, "Cholesky factor[\(i + 1),\(i + 1)]",
                    is: numbers[i * m.rows + i], mustBe: "positive")
            }
        }
        return m.expression
    }

    /// The deviations of the variates from the means, one a column.
    private static func deviations(
        _ call: Call, _ y: Int, _ mu: Int, _ size: Int
    ) throws -> Traced? {
        let pairs = try call.pairs(y, mu)
        for (variate, mean) in pairs {
            guard variate.shape.count == size, mean.shape.count == size else {
                let found = variate.shape.count != size ? variate.shape.count : mean.shape.count
                throw EvaluationError.size(
                    "\(call.name): Size of random variable or location (\(found)) and rows of "
                        + "scale parameter (\(size)) must match in size")
            }
            for number in mean.constants ?? [] where !number.isFinite {
                throw DomainError(call.name, "Location parameter", is: number, mustBe: "finite")
            }
            for number in variate.constants ?? [] where number.isNaN {
                throw DomainError(call.name, "Random variable", is: number, mustBe: "not nan")
            }
        }
        if pairs.isEmpty || size == 0 { return nil }
        if pairs.count == 1 {
            return pairs[0].0.reshaped(.vector(size)) - pairs[0].1.reshaped(.vector(size))
        }
        // Known means or variates stay one block of numbers.
        func block(_ parts: [Traced]) -> Traced {
            Entries.joined(parts.map { Entries($0.reshaped(.vector(size))) })
                .packed(.matrix(size, parts.count))
        }
        return block(pairs.map(\.0)) - block(pairs.map(\.1))
    }

    private static func multivariateNormal(
        _ call: Call, scale matrix: MatrixValue, _ makeScale: (MatrixValue) throws -> Scale
    ) throws -> Value {
        let size = matrix.rows
        guard let z = try deviations(call, 0, 1, size) else { return .number(0) }
        let scale = try makeScale(matrix)
        let count = Double(z.shape.columns)
        var total: Traced = 0
        if !call.droppingConstants {
            total = Traced(-count * Double(size) * logSqrtTwoPi)
        }
        let drops = call.droppingConstants && scale.isConstant
        switch scale {
        case .factor(let l):
            if !drops {
                total = total - Traced(count) * sum(log(diagonal(l)))
            }
            if !(drops && z.isConstant) {
                total = total - Traced(0.5) * sum(square(solveLower(l, z)))
            }
        case .precision(let p, let l):
            if !drops { total = total + Traced(count) * sum(log(diagonal(l))) }
            if !(drops && z.isConstant) {
                total = total - Traced(0.5) * sum(z * matmul(p, z))
            }
        }
        return .real(total)
    }

    private static func multivariateT(
        _ call: Call, scale matrix: MatrixValue,
        _ makeFactor: (MatrixValue) throws -> Traced
    ) throws -> Value {
        let size = matrix.rows
        let nu = try call.argument(1, "Degrees of freedom parameter", .positive)
        guard let z = try deviations(call, 0, 2, size) else { return .number(0) }
        let l = try makeFactor(matrix)
        let count = Double(z.shape.columns)
        let k = Double(size)
        var total: Traced = 0
        if !call.droppingConstants { total = Traced(-count * 0.5 * k * logPi) }
        if !(call.droppingConstants && nu.isConstant) {
            let half = Traced(0.5) * nu
            total =
                total
                + Traced(count)
                * (logGammaOfPositive(half + Traced(0.5 * k)) - logGammaOfPositive(half)
                    - Traced(0.5 * k) * log(nu))
        }
        if !(call.droppingConstants && l.isConstant) {
            total = total - Traced(count) * sum(log(diagonal(l)))
        }
        if !(call.droppingConstants && nu.isConstant && l.isConstant && z.isConstant) {
            let w = square(solveLower(l, z))
            let distances =
                z.shape.columns == 1 ? sum(w) : columnSums(w, size, z.shape.columns)
            let logs = log1p(distances / nu)
            total =
                total
                - Traced(0.5) * (nu + Traced(k))
                * (logs.shape.isScalar ? logs : sum(logs))
        }
        return .real(total)
    }
}
