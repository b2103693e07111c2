// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation

/// Dual averaging of the logarithm of the step size towards a target
/// acceptance probability.
///
/// Source: Hoffman and Gelman (2014), section 3.2, with their constants.
struct DualAveraging {
    private static let gamma = 0.05
    private static let delay = 10.0
    private static let kappa = 0.75

    let target: Double
    private var center: Double
    private var count = 0.0
    private var error = 0.0
    private var average = 0.0

    init(target: Double, initialStepSize: Double) {
        self.target = target
        center = log(10 * initialStepSize)
    }

    /// Starts over from a new initial step size.
    mutating func restart(_ initialStepSize: Double) {
        self = DualAveraging(target: target, initialStepSize: initialStepSize)
    }

    /// Takes the acceptance of a transition; the step size for the next.
    mutating func update(acceptance: Double) -> Double {
        count += 1
        let acceptance = acceptance.isNaN ? 0 : min(acceptance, 1)
        let weight = 1 / (count + Self.delay)
        error = (1 - weight) * error + weight * (target - acceptance)
        let logStep = center - error * count.squareRoot() / Self.gamma
        let decay = pow(count, -Self.kappa)
        average = (1 - decay) * average + decay * logStep
        return exp(logStep)
    }

    /// The averaged step size, to keep after warm-up.
    var final: Double { exp(average) }
}

extension NUTS {
    /// Doubles or halves the step size until the acceptance of one leapfrog
    /// step crosses 0.8.
    ///
    /// Throws `SamplingError.noStepSize` when there is no such step size: the
    /// density is flat, or is not smooth anywhere near.
    func findStepSize(using scratch: inout PhasePoint) throws {
        let threshold = log(0.8)
        var direction = 0
        while true {
            scratch.copy(state, dimension: hamiltonian.dimension)
            refreshMomentum(scratch)
            let before = hamiltonian.energy(scratch)
            try hamiltonian.leapfrog(&scratch, step: stepSize)
            let accepts = before - hamiltonian.energy(scratch) > threshold
            if direction == 0 {
                direction = accepts ? 1 : -1
            } else if accepts != (direction == 1) {
                return
            }
            stepSize *= direction == 1 ? 2 : 0.5
            guard stepSize < 1e7 else { throw SamplingError.improper }
            guard stepSize > 1e-300 else { throw SamplingError.noStepSize }
        }
    }
}
