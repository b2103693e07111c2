// SPDX-License-Identifier: GPL-3.0-or-later

import Autodiff
import Foundation
import Randomness

/// The no-U-turn sampler with multinomial sampling along the trajectory,
/// biased towards its far end.
///
/// Sources: Hoffman and Gelman, "The No-U-Turn sampler", JMLR 15 (2014)
/// 1593–1623; Betancourt, "A conceptual introduction to Hamiltonian Monte
/// Carlo", arXiv:1701.02434 (2017), appendix A. As in Stan since 2.21, a
/// subtree must also be straight across the seam of its halves: without these
/// checks trajectories on near-Gaussian targets run on for another turn.
///
/// A transition takes the chain's `state` and the generator to the next state;
/// everything lives in buffers made once.
final class NUTS {
    /// Why a trajectory ended.
    enum Outcome { case turned, diverged, deepest }

    /// What happened in one transition.
    struct Transition {
        /// The mean acceptance probability over the trajectory's states.
        var acceptance = 0.0
        var depth = 0
        var leapfrogs = 0
        var outcome = Outcome.turned
        /// H of the new state.
        var energy = 0.0
    }

    /// Energy errors above this are divergences.
    static let divergenceThreshold = 1000.0

    let hamiltonian: Hamiltonian
    let maximumDepth: Int
    var stepSize = 1.0
    /// Where the chain is.
    private(set) var state: PhasePoint

    private let dimension: Int
    private let generator: RandomGenerator
    private let arena: Arena
    private var forward: PhasePoint
    private var backward: PhasePoint
    private var tree: Subtree
    private var addition: Subtree
    /// Scratch for the second half at each depth.
    private var halves: [Subtree]

    // Of the transition under way.
    private var initialEnergy = 0.0
    private var acceptanceSum = 0.0
    private var leapfrogs = 0
    private var diverged = false

    init(
        evaluator: any DensityEvaluator, dimension: Int, maximumDepth: Int,
        generator: RandomGenerator
    ) {
        self.dimension = dimension
        self.maximumDepth = maximumDepth
        self.generator = generator
        hamiltonian = Hamiltonian(dimension: dimension, evaluator: evaluator)
        let arena = Arena(dimension: dimension)
        self.arena = arena
        state = arena.point()
        forward = arena.point()
        backward = arena.point()
        tree = Subtree(arena)
        addition = Subtree(arena)
        halves = (0..<max(maximumDepth, 1)).map { _ in Subtree(arena) }
    }

    /// Puts the chain at a position and evaluates the density there.
    func start(at position: [Double]) throws {
        precondition(position.count == dimension)
        for i in 0..<dimension { state.position[i] = position[i] }
        try hamiltonian.evaluate(&state)
    }

    /// One step of the chain.
    func transition() throws -> Transition {
        hamiltonian.refreshMomentum(state, using: generator)
        initialEnergy = hamiltonian.energy(state)
        acceptanceSum = 0
        leapfrogs = 0
        diverged = false
        forward.copy(state, dimension: dimension)
        backward.copy(state, dimension: dimension)
        tree.begin.update(from: state.momentum, count: dimension)
        tree.end.update(from: state.momentum, count: dimension)
        tree.momentumSum.update(from: state.momentum, count: dimension)
        tree.logWeight = 0
        var energy = initialEnergy
        var depth = 0
        var outcome = Outcome.deepest

        while depth < maximumDepth {
            let goForward = generator.uniform() > 0.5
            addition.logWeight = -.infinity
            let valid =
                goForward
                ? try extend(&forward, depth, stepSize, &addition)
                : try extend(&backward, depth, -stepSize, &addition)
            guard valid else {
                outcome = diverged ? .diverged : .turned
                break
            }
            depth += 1
            // Biased progressive sampling: prefer the new half.
            let (logWeight, odds) = joined(tree.logWeight, addition.logWeight)
            if odds >= 1 || generator.uniform() < odds {
                take(addition.proposal)
                energy = addition.proposal.energy
            }
            tree.logWeight = logWeight
            guard joinedIsStraight(goForward) else {
                outcome = .turned
                break
            }
        }
        return Transition(
            acceptance: leapfrogs > 0 ? acceptanceSum / Double(leapfrogs) : 0,
            depth: depth, leapfrogs: leapfrogs, outcome: outcome, energy: energy)
    }

    /// A momentum for a point that is not the state.
    func refreshMomentum(_ point: PhasePoint) {
        hamiltonian.refreshMomentum(point, using: generator)
    }

    private func take(_ proposal: Proposal) {
        state.position.update(from: proposal.position, count: dimension)
        state.gradient.update(from: proposal.gradient, count: dimension)
        state.logDensity = proposal.logDensity
    }

    /// Joins the extension to the tree; false when the whole has turned.
    private func joinedIsStraight(_ goForward: Bool) -> Bool {
        let outer = goForward ? tree.begin : tree.end
        let inner = goForward ? tree.end : tree.begin
        let added = addition
        // Across the seam: the old tree with the first new state, and the new
        // half with the last old state.
        var straight = hamiltonian.isStraight(
            from: outer, to: added.begin, sum: tree.momentumSum, plus: added.begin)
        straight =
            hamiltonian.isStraight(
                from: inner, to: added.end, sum: added.momentumSum, plus: inner) && straight
        for i in 0..<dimension { tree.momentumSum[i] += added.momentumSum[i] }
        if goForward {
            swap(&tree.end, &addition.end)
        } else {
            swap(&tree.begin, &addition.end)
        }
        return hamiltonian.isStraight(from: tree.begin, to: tree.end, sum: tree.momentumSum)
            && straight
    }

    /// Integrates 2^depth steps from `edge` on and leaves what is needed of
    /// them in `subtree`; false when the piece has turned or diverged.
    private func extend(
        _ edge: inout PhasePoint, _ depth: Int, _ step: Double, _ subtree: inout Subtree
    ) throws -> Bool {
        if depth == 0 { return try leaf(&edge, step, &subtree) }
        guard try extend(&edge, depth - 1, step, &subtree) else { return false }
        var second = halves[depth - 1]
        defer { halves[depth - 1] = second }
        guard try extend(&edge, depth - 1, step, &second) else { return false }

        // Multinomial within a subtree.
        let (logWeight, odds) = joined(subtree.logWeight, second.logWeight)
        if generator.uniform() * (1 + odds) < odds || odds == .infinity {
            swap(&subtree.proposal, &second.proposal)
        }
        subtree.logWeight = logWeight
        var straight = hamiltonian.isStraight(
            from: subtree.begin, to: second.begin, sum: subtree.momentumSum, plus: second.begin)
        straight =
            hamiltonian.isStraight(
                from: subtree.end, to: second.end, sum: second.momentumSum, plus: subtree.end)
            && straight
        for i in 0..<dimension { subtree.momentumSum[i] += second.momentumSum[i] }
        swap(&subtree.end, &second.end)
        return hamiltonian.isStraight(
            from: subtree.begin, to: subtree.end, sum: subtree.momentumSum) && straight
    }

    private func leaf(
        _ edge: inout PhasePoint, _ step: Double, _ subtree: inout Subtree
    ) throws -> Bool {
        try hamiltonian.leapfrog(&edge, step: step)
        leapfrogs += 1
        let energy = hamiltonian.energy(edge)
        let gain = initialEnergy - energy
        if -gain > Self.divergenceThreshold { diverged = true }
        acceptanceSum += gain > 0 ? 1 : exp(gain)
        subtree.logWeight = gain
        subtree.begin.update(from: edge.momentum, count: dimension)
        subtree.end.update(from: edge.momentum, count: dimension)
        subtree.momentumSum.update(from: edge.momentum, count: dimension)
        subtree.proposal.position.update(from: edge.position, count: dimension)
        subtree.proposal.gradient.update(from: edge.gradient, count: dimension)
        subtree.proposal.logDensity = edge.logDensity
        subtree.proposal.energy = energy
        return !diverged
    }
}
