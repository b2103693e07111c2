// SPDX-License-Identifier: GPL-3.0-or-later

/// Which departures from the hypothesis a test looks for.
public enum Alternative: String, Hashable, Sendable, CaseIterable {
    /// Either direction.
    case twoSided
    /// What was measured is less than the hypothesis says: x less than y.
    case less
    /// What was measured is greater than the hypothesis says.
    case greater
}

/// How a p-value is computed.
public enum TestMethod: String, Hashable, Sendable {
    /// Exact where that is quick, otherwise asymptotic.
    case automatic
    /// From the distribution of the statistic itself.
    case exact
    /// From its limit for many data.
    case asymptotic
}

/// An interval and how often such intervals cover what they are about.
public struct ConfidenceInterval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    /// The probability of covering, such as 0.95.
    public let confidence: Double
}

/// A quantity that a test estimates, with an interval where one is defined.
public struct TestEstimate: Hashable, Sendable {
    /// What it is, such as "difference of means" or "Cohen's d".
    public let name: String
    public let value: Double
    public let interval: ConfidenceInterval?

    init(_ name: String, _ value: Double, _ interval: ConfidenceInterval? = nil) {
        self.name = name
        self.value = value
        self.interval = interval
    }
}

/// What a hypothesis test found: all that is needed to report it, and how it
/// was computed.
public struct TestResult: Hashable, Sendable {
    /// The test, such as "Welch's t test".
    public let name: String
    /// The hypothesis that is tested, in words.
    public let hypothesis: String
    /// Which departures were looked for; nil where there is no direction.
    public let alternative: Alternative?
    /// The statistic's usual letter, such as "t"; nil when there is none.
    public let statisticName: String?
    /// The statistic; NaN when there is none.
    public let statistic: Double
    /// The degrees of freedom: none, one, or numerator and denominator.
    public let degreesOfFreedom: [Double]
    /// The probability of a statistic at least as extreme, if the hypothesis
    /// holds.
    public let pValue: Double
    /// How the p-value was computed.
    public let method: String
    /// What is estimated, in the units of the data.
    public let estimates: [TestEstimate]
    /// Sizes of the effect, without units.
    public let effects: [TestEstimate]
    /// The numbers of values that went in.
    public let sampleSizes: [Int]
    /// Whether equal values were among the data, in a test of ranks.
    public let hasTies: Bool
    /// What to know when reading the result.
    public let notes: [String]

    init(
        name: String, hypothesis: String, alternative: Alternative? = nil,
        statistic: (name: String, value: Double)? = nil, degreesOfFreedom: [Double] = [],
        pValue: Double, method: String, estimates: [TestEstimate] = [],
        effects: [TestEstimate] = [], sampleSizes: [Int], hasTies: Bool = false,
        notes: [String] = []
    ) {
        self.name = name
        self.hypothesis = hypothesis
        self.alternative = alternative
        self.statisticName = statistic?.name
        self.statistic = statistic?.value ?? .nan
        self.degreesOfFreedom = degreesOfFreedom
        self.pValue = pValue.isNaN ? pValue : min(1, max(0, pValue))
        self.method = method
        self.estimates = estimates
        self.effects = effects
        self.sampleSizes = sampleSizes
        self.hasTies = hasTies
        self.notes = notes
    }

    /// The first estimate.
    public var estimate: Double { estimates.first?.value ?? .nan }

    /// The interval of the first estimate.
    public var confidenceInterval: ConfidenceInterval? { estimates.first?.interval }

    /// An effect by its name.
    public func effect(_ name: String) -> TestEstimate? { effects.first { $0.name == name } }
}
