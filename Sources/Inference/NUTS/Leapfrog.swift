// SPDX-License-Identifier: GPL-3.0-or-later

extension Hamiltonian {
    /// One step of the leapfrog integrator: half a kick, a drift, half a kick.
    /// Reversible and volume-preserving; the energy error is of second order.
    /// A negative step goes back in time.
    func leapfrog(_ point: inout PhasePoint, step: Double) throws {
        let q = point.position
        let p = point.momentum
        let g = point.gradient
        let half = 0.5 * step
        for i in 0..<dimension {
            let kicked = p[i] + half * g[i]
            p[i] = kicked
            q[i] += step * inverseMetric[i] * kicked
        }
        try evaluate(&point)
        for i in 0..<dimension { p[i] += half * g[i] }
    }
}
