// SPDX-License-Identifier: GPL-3.0-or-later

import SpecialFunctions

/// The normal scores of ranks: rank r among S becomes Φ⁻¹((r − 3/8) / (S + 1/4))
/// (Blom's scores, equation 14 of Vehtari et al.).
///
/// The scores of whole ranks are computed once for many quantities.
struct NormalScores {
    let count: Int
    private let whole: [Double]

    init(_ count: Int) {
        self.count = count
        whole = (0..<count).map { Self.score(Double($0 + 1), count) }
    }

    /// The score of twice a rank, which may end in one half.
    func callAsFunction(_ twiceRank: Int) -> Double {
        twiceRank % 2 == 0
            ? whole[twiceRank / 2 - 1] : Self.score(Double(twiceRank) / 2, count)
    }

    private static func score(_ rank: Double, _ count: Int) -> Double {
        normalQuantile((rank - 0.375) / (Double(count) + 0.25))
    }
}
