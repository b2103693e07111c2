// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

/// The log density while a program runs: a list of terms, summed at the end in
/// one operation, so that a loop of `~` statements makes no chain.
struct Target {
    private var terms: [Traced] = []
    /// The sum of the known terms.
    private var known = 0.0

    mutating func add(_ term: Traced) {
        if let number = term.constant {
            known += number
        } else {
            terms.append(term)
        }
    }

    /// The sum so far.
    var total: Traced {
        guard !terms.isEmpty else { return Traced(known) }
        let sum = terms.count == 1 ? terms[0] : Autodiff.sum(Traced.vector(terms))
        return known == 0 ? sum : sum + Traced(known)
    }
}
