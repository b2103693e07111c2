// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// A family of distributions of one number, indexed by real parameters: what
/// fits, profiles, lists and the notebook's registry need to know of it.
public protocol DistributionFamily: UnivariateDistribution {
    /// One sentence that says what it is the distribution of.
    static var summary: String { get }
    /// The parameters in the order of the initialiser, under its labels.
    static var parameters: [FamilyParameter] { get }
    /// The values of the parameters, in the same order.
    var parameterValues: [Double] { get }
    /// Throws `ParameterError` for a value outside its domain and for another
    /// number of values than there are parameters.
    init(parameterValues: [Double]) throws(ParameterError)
    /// The Kullback–Leibler divergence from this distribution to another of the
    /// family, where it has a closed form; nil where not.
    func closedDivergence(to other: Self) -> Double?
    /// Values of the parameters to begin a fit with, beside those that the
    /// parameters' names and domains suggest.
    static func starts(for sample: SampleSummary) -> [[Double]]
}

/// A parameter of a family: its label, and what it may be.
public struct FamilyParameter: Hashable, Sendable {
    public enum Domain: Hashable, Sendable {
        case real
        case positive
        case nonnegative
        /// From 0 to 1, ends included.
        case probability
        /// An open interval, finite or not.
        case between(Double, Double)
        /// Whole numbers from the given one on.
        case whole(from: Int)
    }

    public let name: String
    public let domain: Domain
    /// The initialiser's default value, if it has one.
    public let standard: Double?

    public init(_ name: String, _ domain: Domain, standard: Double? = nil) {
        self.name = name
        self.domain = domain
        self.standard = standard
    }
}

extension DistributionFamily {
    /// The family's name, such as "Gamma".
    public static var name: String { "\(Self.self)" }
    public func closedDivergence(to other: Self) -> Double? { nil }
    public static func starts(for sample: SampleSummary) -> [[Double]] { [] }

    /// The values, if there are as many as parameters.
    static func checkedCount(_ values: [Double]) throws(ParameterError) -> [Double] {
        guard values.count == parameters.count else {
            throw ParameterError(
                "number of parameters", is: values.count, mustBe: "\(parameters.count)")
        }
        return values
    }
}

/// A family with a location and a scale, of which the standard ones are 0 and 1.
public protocol LocationScaleFamily: DistributionFamily {
    var location: Double { get }
    var scale: Double { get }
    init(location: Double, scale: Double) throws(ParameterError)
}

extension LocationScaleFamily {
    public static var parameters: [FamilyParameter] {
        [.init("location", .real, standard: 0), .init("scale", .positive, standard: 1)]
    }
    public var parameterValues: [Double] { [location, scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        let values = try Self.checkedCount(parameterValues)
        try self.init(location: values[0], scale: values[1])
    }
}

/// A family whose one parameter is a scale.
public protocol ScaleFamily: DistributionFamily {
    var scale: Double { get }
    init(scale: Double) throws(ParameterError)
}

extension ScaleFamily {
    public static var parameters: [FamilyParameter] { [.init("scale", .positive)] }
    public var parameterValues: [Double] { [scale] }

    public init(parameterValues: [Double]) throws(ParameterError) {
        try self.init(scale: Self.checkedCount(parameterValues)[0])
    }
}
