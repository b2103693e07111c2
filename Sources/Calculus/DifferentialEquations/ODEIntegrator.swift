// SPDX-License-Identifier: GPL-3.0-or-later

/// Solves a differential equation, remembers its steps, and carries adjoints back
/// through them. Belongs to one thread.
///
/// The gradient is that of what was computed, with the lengths of the steps held
/// fixed ("discretise, then differentiate"): one sweep backwards over the steps,
/// at a cost that does not depend on the number of parameters. It errs from the
/// exact gradient by as much as the solution does from the exact solution, and
/// agrees with the solution far closer, which is what a Hamiltonian sampler
/// needs. So the error is controlled on the states alone.
package class ODEIntegrator {
    let rightSide: ODERightSide
    let n: Int
    /// Start, length and state at the start of each step; then the last point.
    @exclusivity(unchecked) final var times = GrowingBuffer()
    @exclusivity(unchecked) final var lengths = GrowingBuffer()
    @exclusivity(unchecked) final var states = GrowingBuffer()
    @exclusivity(unchecked) final var stepCount = 0
    /// The step that holds each of the times asked for (−1: at the start), and
    /// the fraction of it.
    final var outputSteps: [Int] = []
    final var outputFractions: [Double] = []
    /// Attempts that were not good enough.
    @exclusivity(unchecked) package final var rejected = 0

    init(_ rightSide: ODERightSide) {
        self.rightSide = rightSide
        n = rightSide.dimension
    }

    package var steps: Int { stepCount }

    /// Numbers that the steps of one solution may take up (512 MB).
    private static let largestHistory = 64_000_000

    /// Stops a solution before its steps need more memory than there is.
    final func requireRoom(reached: Double, towards: Double) throws {
        if (stepCount + 2) * (stateStride + 2) > Self.largestHistory {
            throw ODEFailure.tooManySteps(reached: reached, towards: towards)
        }
    }

    /// Numbers kept a step; the state comes first.
    var stateStride: Int { n }

    /// The last state that was good enough.
    final var reachedState: [Double] {
        Array(UnsafeBufferPointer(start: states.start + stepCount * stateStride, count: n))
    }

    /// Writes the states at the times, one after the other.
    ///
    /// - Parameter times: in order, away from the start in one direction.
    /// - Throws: ``ODEFailure``, or what the right side throws.
    package func solve(
        from start: Double, _ initial: UnsafePointer<Double>, at wanted: UnsafePointer<Double>,
        count: Int, _ settings: ODESettings, into output: UnsafeMutablePointer<Double>
    ) throws {
        preconditionFailure("an integrator solves")
    }

    /// Carries the outputs' adjoints back to the initial state, to which they are
    /// added; those of time and parameters arrive in the right side.
    ///
    /// - Parameter timeAdjoints: gets those of the times, when they are wanted.
    package func addAdjoints(
        _ outputAdjoints: UnsafePointer<Double>, into state: UnsafeMutablePointer<Double>,
        timeAdjoints: UnsafeMutablePointer<Double>?
    ) throws {
        preconditionFailure("an integrator differentiates")
    }

    final func forget() {
        stepCount = 0
        outputSteps.removeAll(keepingCapacity: true)
        outputFractions.removeAll(keepingCapacity: true)
    }
}

/// Memory that grows by doubling and is kept between solutions.
struct GrowingBuffer: ~Copyable {
    private(set) var start = UnsafeMutablePointer<Double>.allocate(capacity: 64)
    private(set) var capacity = 64

    deinit { start.deallocate() }

    /// Makes room for entries; what is there stays.
    @inline(__always)
    mutating func reserve(_ count: Int) {
        if count > capacity { grow(count) }
    }

    @inline(never)
    private mutating func grow(_ count: Int) {
        let larger = max(count, 2 * capacity)
        let fresh = UnsafeMutablePointer<Double>.allocate(capacity: larger)
        fresh.update(from: start, count: capacity)
        start.deallocate()
        start = fresh
        capacity = larger
    }
}
