// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes the draws while they are made, to write them somewhere.
public protocol DrawSink: Sendable {
    /// A receiver for one chain, made and used on the chain's thread.
    func makeReceiver(chain: Int, of run: SamplingRun) throws -> any DrawReceiver
}

/// Takes the draws of one chain.
public protocol DrawReceiver: AnyObject {
    /// A row of the table: the sampler's columns, then the model's.
    func append(_ row: ArraySlice<Double>) throws
    /// Adaptation has ended; comes after the saved warm-up rows.
    func adapted(stepSize: Double, inverseMetric: [Double]) throws
    /// The chain has ended, or was interrupted.
    func finish(warmupSeconds: Double, samplingSeconds: Double) throws
}

/// What a run is: the same for all its chains.
public struct SamplingRun: Sendable {
    public let modelName: String
    /// All columns: the sampler's, then the model's.
    public let columns: [String]
    /// The number of unconstrained coordinates.
    public let dimension: Int
    public let settings: SamplingSettings
}
