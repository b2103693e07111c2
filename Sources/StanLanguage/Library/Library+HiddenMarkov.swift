// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Randomness

extension Library {
    /// Hidden Markov models with the hidden states summed out.
    ///
    /// Probabilities go forward on their own scale, divided by their sum at each
    /// step, so that transitions of probability 0 have finite derivatives.
    static let hiddenMarkov: LibraryGroup = [
        "hmm_marginal": { call in .real(try HiddenMarkov(call).logProbability()) },
        "hmm_hidden_state_prob": { call in
            let model = try HiddenMarkov(call)
            return .matrix(
                MatrixValue(
                    Entries(model.smoothed().flatMap { $0 }), model.states, model.steps))
        },
        "hmm_latent_rng": { call in
            .ints(try HiddenMarkov(call).sampled(using: call.generator()))
        },
    ]
}

/// A model with states 1…K and N observations.
private struct HiddenMarkov {
    let states: Int
    let steps: Int
    /// Likelihood of each state, observation by observation, divided by the largest
    /// of the observation.
    private let likelihoods: Traced
    /// The logarithms of those divisors.
    private let scales: [Traced]
    /// Row i: from state i.
    private let transitions: Traced
    private let initial: Traced

    init(_ call: Call) throws {
        let logLikelihoods = try call.matrix(0)
        let gamma = try call.square(1)
        let rho = try call.entries(2)
        let (rows, columns) = (logLikelihoods.rows, logLikelihoods.columns)
        (states, steps) = (rows, columns)
        for (what, size) in [("columns of Gamma", gamma.rows), ("rho", rho.count)]
        where size != rows {
            throw EvaluationError.size(
                "\(call.name): \(what) (\(size)) and rows of log_omegas (\(rows)) must match "
                    + "in size")
        }
        if let numbers = gamma.entries.numbers {
            for i in 0..<rows {
                try Self.check(
                    call, "Gamma[\(i + 1), ]", (0..<rows).map { numbers[$0 * rows + i] })
            }
        }
        if let numbers = rho.numbers { try Self.check(call, "rho", numbers) }
        transitions = gamma.expression
        initial = rho.vector
        if logLikelihoods.entries.count == 0 {
            likelihoods = Traced([])
            scales = []
            return
        }
        let logs = logLikelihoods.entries.vector
        let largest = (0..<columns).map { c in
            maximum(logs.gather((0..<rows).map { c * rows + $0 }))
        }
        let shifts = Traced.vector(largest).gather((0..<(rows * columns)).map { $0 / rows })
        scales = largest
        likelihoods = exp(logs - shifts)
    }

    private static func check(_ call: Call, _ what: String, _ numbers: [Double]) throws {
        for (i, number) in numbers.enumerated() where !(number >= 0) {
            throw DomainError(
                "\(call.name): \(what) is not a valid simplex. \(what)[\(i + 1)] = "
                    + "\(formatted(number)), but should be greater than or equal to 0")
        }
        let sum = numbers.reduce(0, +)
        guard Swift.abs(sum - 1) <= 1e-8 else {
            throw DomainError(
                "\(call.name): \(what) is not a valid simplex. sum(\(what)) = "
                    + "\(formatted(sum)), but should be 1")
        }
    }

    private func likelihood(_ step: Int, _ state: Int) -> Traced {
        likelihoods[step * states + state]
    }

    private func sum(_ terms: [Traced]) -> Traced { terms.dropFirst().reduce(terms[0], +) }

    /// The states' probabilities given the observations up to each, and the
    /// probability of each observation given those before.
    private func filtered() -> (probabilities: [[Traced]], norms: [Traced]) {
        var probabilities: [[Traced]] = []
        var norms: [Traced] = []
        if states == 0 { return ([], []) }
        for n in 0..<steps {
            let joint = (0..<states).map { j -> Traced in
                let predicted =
                    n == 0
                    ? initial[j]
                    : sum(
                        (0..<states).map { probabilities[n - 1][$0] * transitions[$0, j] })
                return predicted * likelihood(n, j)
            }
            let norm = sum(joint)
            norms.append(norm)
            probabilities.append(joint.map { $0 / norm })
        }
        return (probabilities, norms)
    }

    func logProbability() -> Traced {
        let (_, norms) = filtered()
        if norms.isEmpty { return 0 }
        return Autodiff.sum(log(Traced.vector(norms))) + Autodiff.sum(Traced.vector(scales))
    }

    /// The states' probabilities given all observations.
    func smoothed() -> [[Traced]] {
        let (forward, norms) = filtered()
        if forward.isEmpty { return [] }
        var result = forward
        var beta = [Traced](repeating: 1, count: states)
        for n in stride(from: steps - 2, through: 0, by: -1) {
            let next = beta
            beta = (0..<states).map { i in
                sum(
                    (0..<states).map {
                        transitions[i, $0] * likelihood(n + 1, $0) * next[$0]
                    }) / norms[n + 1]
            }
            for i in 0..<states { result[n][i] = forward[n][i] * beta[i] }
        }
        return result
    }

    /// A path of states given all observations, from the last to the first.
    func sampled(using generator: RandomGenerator) throws -> [Int] {
        let forward = filtered().probabilities.map { $0.map { $0.constant ?? .nan } }
        var path = [Int](repeating: 1, count: forward.count)
        for n in forward.indices.reversed() {
            var weights = forward[n]
            if n + 1 < forward.count {
                for i in 0..<states {
                    weights[i] *= transitions[i, path[n + 1] - 1].constant ?? .nan
                }
            }
            let total = weights.reduce(0, +)
            guard total > 0, total.isFinite else {
                throw DomainError(
                    "hmm_latent_rng: no path of states has a positive probability")
            }
            var rest = generator.uniform() * total
            var state = weights.lastIndex { $0 > 0 } ?? 0
            for i in 0..<states {
                rest -= weights[i]
                if rest < 0 {
                    state = i
                    break
                }
            }
            path[n] = state + 1
        }
        return path
    }
}
