// SPDX-License-Identifier: GPL-3.0-or-later

extension Diagnostics {
    /// The energy Bayesian fraction of missing information of one chain: how
    /// far a fresh momentum moves the energy, relative to the spread of the
    /// energies. Below 0.3 the chain cannot reach its tails.
    ///
    /// Source: Betancourt, "Diagnosing suboptimal cotangent disintegrations in
    /// Hamiltonian Monte Carlo", arXiv:1604.00695 (2016), equation 4.
    public static func energyFraction(_ energies: [Double]) -> Double {
        guard energies.count > 2 else { return .nan }
        let center = mean([energies])
        var jumps = 0.0
        var spread = 0.0
        for i in energies.indices {
            if i > 0 { jumps += (energies[i] - energies[i - 1]) * (energies[i] - energies[i - 1]) }
            spread += (energies[i] - center) * (energies[i] - center)
        }
        return spread > 0 ? jumps / spread : .nan
    }
}
