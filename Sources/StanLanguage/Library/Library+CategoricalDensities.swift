// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff

extension Library {
    /// Probability functions of categories and of counts over categories.
    static let categoricalDensities: LibraryGroup = [
        "categorical_lpmf": { call in
            let outcomes = try call.ints(0)
            let theta = try probabilities(call, 1)
            try requireCategories(call, outcomes, theta.shape.count)
            if outcomes.isEmpty || call.droppingConstants && theta.isConstant {
                return .number(0)
            }
            return .real(picked(log(theta), outcomes))
        },
        "categorical_logit_lpmf": { call in
            let outcomes = try call.ints(0)
            let beta = try call.entries(1).vector
            try requireCategories(call, outcomes, beta.shape.count)
            if outcomes.isEmpty || call.droppingConstants && beta.isConstant {
                return .number(0)
            }
            return .real(
                picked(beta, outcomes) - Traced(Double(outcomes.count)) * logSumExp(beta))
        },
        "ordered_logistic_lpmf": { call in
            try ordered(call) {
                logLogistic($0)
            } interval: { upper, lower in
                // log(σ(u) − σ(l)), u > l
                upper - log1pExp(upper) + log1mExp(lower - upper) - log1pExp(lower)
            }
        },
        "ordered_probit_lpmf": { call in
            try ordered(call) {
                logNormalCDF($0)
            } interval: { upper, lower in
                logDiffExp(logNormalCDF(upper), logNormalCDF(lower))
            }
        },
        "multinomial_lpmf": { call in
            let counts = try call.ints(0)
            let theta = try probabilities(call, 1)
            try requireSameSize(call.name, counts.count, theta.shape.count)
            return .real(try multinomial(call, counts, log(theta), theta.isConstant))
        },
        "multinomial_logit_lpmf": { call in
            let counts = try call.ints(0)
            let gamma = try call.entries(1).vector
            try requireSameSize(call.name, counts.count, gamma.shape.count)
            if counts.isEmpty { return .number(0) }
            return .real(
                try multinomial(call, counts, gamma - logSumExp(gamma), gamma.isConstant))
        },
        "dirichlet_lpdf": { call in
            var terms: [Traced] = []
            for (theta, alpha) in try call.pairs(0, 1) {
                try requireSameSize(call.name, theta.shape.count, alpha.shape.count)
                if let numbers = theta.constants { try requireSimplex(call, numbers) }
                for number in alpha.constants ?? [] where !(number > 0) {
                    throw DomainError(
                        call.name, "prior sample sizes", is: number, mustBe: "positive")
                }
                if !(call.droppingConstants && alpha.isConstant) {
                    terms.append(
                        logGamma(sum(alpha)) - sum(logGammaOfPositive(alpha)))
                }
                if !(call.droppingConstants && alpha.isConstant && theta.isConstant) {
                    terms.append(sum((alpha - 1) * log(theta)))
                }
            }
            return .real(terms.reduce(0, +))
        },
    ]

    private static func requireCategories(
        _ call: Call, _ outcomes: [Int], _ count: Int
    ) throws {
        for outcome in outcomes where outcome < 1 || outcome > count {
            throw DomainError(
                call.name, "Number of categories", is: Double(outcome),
                mustBe: "in the interval [1, \(count)]")
        }
    }

    private static func probabilities(_ call: Call, _ i: Int) throws -> Traced {
        let theta = try call.entries(i).vector
        if let numbers = theta.constants { try requireSimplex(call, numbers) }
        return theta
    }

    static func requireSimplex(_ call: Call, _ numbers: [Double]) throws {
        let total = numbers.reduce(0, +)
        guard Swift.abs(total - 1) <= 1e-8 else {
            throw DomainError(
                "\(call.name): Probabilities parameter is not a valid simplex. "
                    + "sum(Probabilities parameter) = \(formatted(total)), but should be 1")
        }
        for (i, number) in numbers.enumerated() where !(number >= 0) {
            throw DomainError(
                "\(call.name): Probabilities parameter is not a valid simplex. "
                    + "Probabilities parameter[\(i + 1)] = \(formatted(number)), "
                    + "but should be greater than or equal to 0")
        }
    }

    /// The sum of the entries at the outcomes, each entry once.
    private static func picked(_ logs: Traced, _ outcomes: [Int]) -> Traced {
        if outcomes.count == 1 { return logs[outcomes[0] - 1] }
        var counts = [Double](repeating: 0, count: logs.shape.count)
        for outcome in outcomes { counts[outcome - 1] += 1 }
        let present = counts.indices.filter { counts[$0] > 0 }
        return dot(Traced(present.map { counts[$0] }), logs.gather(present))
    }

    private static func multinomial(
        _ call: Call, _ counts: [Int], _ logs: Traced, _ isKnown: Bool
    ) throws -> Traced {
        for count in counts where count < 0 {
            throw DomainError(
                call.name, "Number of trials variable", is: Double(count), mustBe: "nonnegative")
        }
        let numbers = Traced(counts.map(Double.init))
        var total: Traced = 0
        if !call.droppingConstants, !counts.isEmpty {
            total = logGamma(sum(numbers) + 1) - sum(logGamma(numbers + 1))
        }
        if !(call.droppingConstants && isKnown), !counts.isEmpty {
            total = total + sum(timesLog(numbers, logs))
        }
        return total
    }

    /// Ordered regression: with cutpoints c and η, category k has probability
    /// F(c_k − η) − F(c_{k−1} − η) for a symmetric F.
    private static func ordered(
        _ call: Call, tail: (Traced) -> Traced,
        interval: (Traced, Traced) -> Traced
    ) throws -> Value {
        let outcomes = try call.ints(0)
        let eta = call[1].expression
        let sets = call.list(2).map(\.expression)
        let count = max(outcomes.count, eta.shape.isScalar ? 1 : eta.shape.count)
        if outcomes.isEmpty { return .number(0) }
        func agree(_ n: Int) throws { if n != 1 { try requireSameSize(call.name, n, count) } }
        try agree(outcomes.count)
        if !eta.shape.isScalar { try requireSameSize(call.name, eta.shape.count, count) }
        try agree(sets.count)
        for cuts in sets {
            let numbers = cuts.constants ?? []
            for i in numbers.indices.dropFirst() where !(numbers[i] > numbers[i - 1]) {
                throw DomainError(
                    "\(call.name): Cut points parameter is not a valid ordered vector. "
                        + "The element at \(i + 1) is \(formatted(numbers[i])), but should be "
                        + "greater than the previous element, \(formatted(numbers[i - 1]))")
            }
        }
        if call.droppingConstants, eta.isConstant, sets.allSatisfy(\.isConstant) {
            return .number(0)
        }
        // Vectors of the three cases, so that a whole data set is three runs.
        var lowest: [(Traced, Traced)] = []
        var middle: [(Traced, Traced, Traced)] = []
        var highest: [(Traced, Traced)] = []
        for i in 0..<count {
            let outcome = outcomes[outcomes.count == 1 ? 0 : i]
            let cuts = sets[sets.count == 1 ? 0 : i]
            let categories = cuts.shape.count + 1
            try requireCategories(call, [outcome], categories)
            let x = eta.shape.isScalar ? eta : eta[i]
            if categories == 1 { continue }
            if outcome == 1 {
                lowest.append((x, cuts[0]))
            } else if outcome == categories {
                highest.append((x, cuts[categories - 2]))
            } else {
                middle.append((x, cuts[outcome - 1], cuts[outcome - 2]))
            }
        }
        func vector(_ scalars: [Traced]) -> Traced {
            scalars.count == 1 ? scalars[0] : .vector(scalars)
        }
        func total(_ value: Traced) -> Traced {
            value.shape.isScalar ? value : sum(value)
        }
        var result: Traced = 0
        if !lowest.isEmpty {
            result = result + total(tail(vector(lowest.map(\.1)) - vector(lowest.map(\.0))))
        }
        if !highest.isEmpty {
            result = result + total(tail(vector(highest.map(\.0)) - vector(highest.map(\.1))))
        }
        if !middle.isEmpty {
            let x = vector(middle.map(\.0))
            result =
                result
                + total(interval(vector(middle.map(\.1)) - x, vector(middle.map(\.2)) - x))
        }
        return .real(result)
    }
}

extension Call {
    /// The elements of two arguments, each a vector or an array of vectors.
    func pairs(_ i: Int, _ j: Int) throws -> [(Traced, Traced)] {
        let (a, b) = (list(i), list(j))
        if a.isEmpty || b.isEmpty { return [] }
        if a.count == 1 || b.count == 1 {
            return (0..<max(a.count, b.count)).map {
                (
                    a[a.count == 1 ? 0 : $0].expression, b[b.count == 1 ? 0 : $0].expression
                )
            }
        }
        try requireSameSize(name, a.count, b.count)
        return zip(a, b).map { ($0.expression, $1.expression) }
    }
}
