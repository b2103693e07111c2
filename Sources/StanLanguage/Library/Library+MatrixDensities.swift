// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Densities of correlation and covariance matrices.
    static let matrixDensities: LibraryGroup = [
        "lkj_corr_cholesky_lpdf": { call in
            let l = try call.square(0)
            let eta = try call.argument(1, "Shape parameter", .positive)
            let n = l.rows
            if n == 0 { return .number(0) }
            var total: Traced = 0
            if !(call.droppingConstants && eta.isConstant) { total = lkjConstant(eta, n) }
            if !(call.droppingConstants && eta.isConstant && l.entries.isKnown), n > 1 {
                // Σ (n − k + 2η − 2) log L_kk, k from 2
                let logs = log(diagonal(l.expression).gather(Array(1..<n)))
                let powers = Traced((2...n).map { Double(n - $0) - 2 })
                total = total + dot(powers + Traced(2) * eta, logs)
            }
            return .real(total)
        },
        "lkj_corr_lpdf": { call in
            let r = try call.square(0)
            let eta = try call.argument(1, "Shape parameter", .positive)
            let n = r.rows
            if n == 0 { return .number(0) }
            var total: Traced = 0
            if !(call.droppingConstants && eta.isConstant) { total = lkjConstant(eta, n) }
            if eta.constant == 1, call.droppingConstants { return .real(total) }
            if !(call.droppingConstants && eta.isConstant && r.entries.isKnown) {
                let l = try factor(call, r)
                total = total + (eta - 1) * Traced(2) * sum(log(diagonal(l)))
            }
            return .real(total)
        },
        "wishart_lpdf": { call in
            let (w, s) = (try call.square(0), try call.square(2))
            let nu = try call.argument(1, "Degrees of freedom parameter", .positive)
            try requireSameSize(call.name, w.rows, s.rows)
            let k = Double(w.rows)
            if w.rows == 0 { return .number(0) }
            let (lw, ls) = (try factor(call, w), try factor(call, s))
            var total: Traced = 0
            if !(call.droppingConstants && nu.isConstant) {
                total =
                    -nu * Traced(0.5 * k * 0.693147180559945309417)
                    - multivariateLogGamma(Traced(0.5) * nu, w.rows)
            }
            if !(call.droppingConstants && nu.isConstant && s.entries.isKnown) {
                total = total - nu * sum(log(diagonal(ls)))
            }
            if !(call.droppingConstants && nu.isConstant && w.entries.isKnown) {
                total = total + (nu - Traced(k + 1)) * sum(log(diagonal(lw)))
            }
            if !(call.droppingConstants && w.entries.isKnown && s.entries.isKnown) {
                // tr(S⁻¹ W) = |L_S⁻¹ L_W|²
                total =
                    total
                    - Traced(0.5) * sum(square(solveLower(ls, lw)))
            }
            return .real(total)
        },
        "inv_wishart_lpdf": { call in
            let (w, s) = (try call.square(0), try call.square(2))
            let nu = try call.argument(1, "Degrees of freedom parameter", .positive)
            try requireSameSize(call.name, w.rows, s.rows)
            let k = Double(w.rows)
            if w.rows == 0 { return .number(0) }
            let (lw, ls) = (try factor(call, w), try factor(call, s))
            var total: Traced = 0
            if !(call.droppingConstants && nu.isConstant) {
                total =
                    -nu * Traced(0.5 * k * 0.693147180559945309417)
                    - multivariateLogGamma(Traced(0.5) * nu, w.rows)
            }
            if !(call.droppingConstants && nu.isConstant && s.entries.isKnown) {
                total = total + nu * sum(log(diagonal(ls)))
            }
            if !(call.droppingConstants && nu.isConstant && w.entries.isKnown) {
                total = total - (nu + Traced(k + 1)) * sum(log(diagonal(lw)))
            }
            if !(call.droppingConstants && w.entries.isKnown && s.entries.isKnown) {
                total =
                    total
                    - Traced(0.5) * sum(square(solveLower(lw, ls)))
            }
            return .real(total)
        },
    ]

    /// log of the multivariate gamma function Γ_k(x).
    private static func multivariateLogGamma(_ x: Traced, _ k: Int) -> Traced {
        var total = Traced(0.25 * Double(k * (k - 1)) * logPi)
        for j in 0..<k { total = total + logGammaOfPositive(x - Traced(0.5 * Double(j))) }
        return total
    }

    /// The logarithm of the constant of the LKJ density (Lewandowski, Kurowicka,
    /// Joe 2009).
    private static func lkjConstant(_ eta: Traced, _ n: Int) -> Traced {
        let m = Double(n - 1)
        var total = Traced(m) * logGammaOfPositive(eta + Traced(0.5 * m))
        for k in 1..<max(n, 2) where n > 1 {
            total =
                total - Traced(0.5 * Double(k) * logPi)
                - logGammaOfPositive(eta + Traced(0.5 * (m - Double(k))))
        }
        return total
    }
}
