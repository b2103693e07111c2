// SPDX-License-Identifier: GPL-3.0-or-later

/// The steps backwards. The stages solve Rᵢ(Z, y, t, p) = 0, and the state at the
/// end is y + Z₃. With λ its adjoint, ν from (∂R/∂Z)ᵀ ν = −(0, 0, λ) gives the
/// adjoint at the start, λ + Σᵢ (∂Rᵢ/∂y)ᵀ νᵢ, and likewise those of time and
/// parameters: the exact derivative of the step, whatever matrix Newton used.
extension RadauIntegrator {
    func sweepBack(
        _ outputAdjoints: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        timeAdjoints: UnsafeMutablePointer<Double>?
    ) throws {
        let n = n
        try withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * n + 6 * n * n) { room in
            guard let lambda = room.baseAddress else { return }
            let nu = lambda + n
            let matrices = nu + 3 * n
            lambda.initialize(repeating: 0, count: n)
            var output = outputSteps.count - 1
            for step in Swift.stride(from: stepCount - 1, through: 0, by: -1) {
                let y = states.start + step * stateStride
                let (t, h) = (times.start[step], lengths.start[step])
                while output >= 0, outputSteps[output] == step {
                    for d in 0..<n { lambda[d] += outputAdjoints[output * n + d] }
                    if let timeAdjoints {
                        setStage(2, y, y + n, h)
                        for d in 0..<n {
                            timeAdjoints[output] += stageSlope[d] * outputAdjoints[output * n + d]
                        }
                    }
                    output -= 1
                }
                if (0..<n).allSatisfy({ lambda[$0] == 0 }) { continue }
                for i in 0..<3 {
                    setStage(i, y, y + n, h)
                    try system.matrices(
                        t + Self.nodes[i] * h, stage, stageSlope,
                        byState: matrices + 2 * i * n * n, bySlope: matrices + (2 * i + 1) * n * n)
                }
                fillNewton(h) { i in
                    (
                        UnsafePointer(matrices + 2 * i * n * n),
                        UnsafePointer(matrices + (2 * i + 1) * n * n)
                    )
                }
                guard newton.factor() else { throw ODEFailure.singular(at: t) }
                nu.update(repeating: 0, count: 2 * n)
                for d in 0..<n { nu[2 * n + d] = -lambda[d] }
                newton.solveTransposed(nu)
                for i in 0..<3 {
                    setStage(i, y, y + n, h)
                    try system.residual(t + Self.nodes[i] * h, stage, stageSlope, into: delta)
                    system.pullBack(nu + i * n, into: lambda)
                }
            }
            while output >= 0 {
                for d in 0..<n { state[d] += outputAdjoints[output * n + d] }
                output -= 1
            }
            for d in 0..<n { state[d] += lambda[d] }
        }
    }
}
