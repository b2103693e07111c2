// SPDX-License-Identifier: GPL-3.0-or-later

/// Why sampling gave no draws.
public enum SamplingError: Error, Sendable, CustomStringConvertible {
    /// No starting point had a positive density: the reasons and how often
    /// each occurred.
    case initialization(attempts: Int, reasons: [(message: String, count: Int)])
    /// The density does not fall off: doubling the step size never ended.
    case improper
    /// No step size, however small, keeps the energy: the density or its
    /// gradient jumps everywhere near the starting point.
    case noStepSize
    /// The run was interrupted before the first draw.
    case interrupted

    public var description: String {
        switch self {
        case .initialization(let attempts, let reasons):
            let times = attempts == 1 ? "the starting point" : "all \(attempts) starting points"
            let list = reasons.sorted { $0.count > $1.count }
                .map { "  \($0.count) of \(attempts): \($0.message)" }
                .joined(separator: "\n")
            return """
                \(times) had density zero
                \(list)
                Give initial values inside the support, or a smaller initial radius, or \
                constraints that match the support of the priors.
                """
        case .improper:
            return """
                the posterior seems to be improper: the step size grew beyond 1e7
                Give every parameter a proper prior or data that inform it.
                """
        case .noStepSize:
            return """
                no step size is small enough: the density or its gradient jumps near the \
                starting point
                Look for steps, floor, abs or integer rounding of parameters in the model.
                """
        case .interrupted:
            return "interrupted before the first draw"
        }
    }
}
