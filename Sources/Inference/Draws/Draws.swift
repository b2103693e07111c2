// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

/// The draws of some chains: a table for each, with a row for each draw.
///
///     let mu = try draws["mu"]              // one array a chain
///     print(try draws.summary("mu", "tau"))
///     print(draws.diagnose())
///
/// Columns are named as in CmdStan's files: first the sampler's own, which end
/// in two underscores, then the model's quantities ("theta.1", "L.2.1").
/// Chains may differ in length after an interruption; whatever compares chains
/// looks at the first draws that all of them have.
public struct Draws: Sendable {
    /// The model's name.
    public let modelName: String
    /// The names of all columns.
    public let columns: [String]
    /// The chains that have draws.
    public let chains: [Chain]
    /// How the draws were made.
    public let settings: SamplingSettings
    /// What went wrong with the run as a whole: chains that failed, an
    /// interruption.
    public let notes: [String]
    private let index: [String: Int]

    /// The columns of NUTS, in the order of CmdStan's files.
    public static let samplerColumns = [
        "lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__",
        "energy__",
    ]

    /// - Precondition: the chains' rows have a value for each column.
    public init(
        modelName: String, columns: [String], chains: [Chain], settings: SamplingSettings,
        notes: [String] = []
    ) {
        precondition(chains.allSatisfy { $0.width == columns.count }, "a value for each column")
        self.modelName = modelName
        self.columns = columns
        self.chains = chains
        self.settings = settings
        self.notes = notes
        index = Dictionary(
            columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Points at which the model gave up while these draws were made (`reject`,
    /// arguments outside their domains), counted for each statement, with the
    /// message of the first as an example; the most frequent first.
    public var rejections: [(message: String, count: Int)] {
        var all = RejectionCount()
        for chain in chains { all.add(chain.rejections) }
        return all.reasons.sorted { $0.count > $1.count }
    }

    /// The names of the model's quantities, one a column.
    public var names: [String] { columns.filter { !$0.hasSuffix("__") } }

    /// The model's variables, in order: the names without their indices.
    public var variables: [String] {
        var seen = Set<String>()
        return names.map(Self.variable(of:)).filter { seen.insert($0).inserted }
    }

    /// The number of draws a chain that every chain has.
    public var count: Int { chains.map(\.count).min() ?? 0 }

    /// The draws of one column, an array for each chain, warm-up left out.
    ///
    /// Takes "theta.1" and "theta[1]". Throws a `ParameterError` for a name
    /// that is no column.
    public subscript(name: String) -> [[Double]] {
        get throws(ParameterError) {
            guard let column = index[Self.flat(name)] else { throw unknown(name) }
            return chains.map { $0.column(column) }
        }
    }

    /// The draws of one column with the chains one after the other.
    public func values(_ name: String) throws(ParameterError) -> [Double] {
        try self[name].flatMap { $0 }
    }

    /// The columns of a variable: "theta" gives theta.1, theta.2, …; the name
    /// of a column gives itself.
    ///
    /// Throws a `ParameterError` for an unknown name.
    public func names(of variable: String) throws(ParameterError) -> [String] {
        let name = Self.flat(variable)
        if index[name] != nil { return [name] }
        let found = names.filter { Self.variable(of: $0) == name }
        guard !found.isEmpty else { throw unknown(variable) }
        return found
    }

    private func unknown(_ name: String) -> ParameterError {
        let hint = suggestion(for: name, among: variables + names).map { " (did you mean \($0)?)" }
        return ParameterError("name", is: name, mustBe: "a quantity of the draws" + (hint ?? ""))
    }

    /// "theta[1,2]" as "theta.1.2".
    private static func flat(_ name: String) -> String {
        guard name.hasSuffix("]"), let open = name.firstIndex(of: "[") else { return name }
        let indices = name[name.index(after: open)...].dropLast()
        return name[..<open] + "."
            + indices.split(separator: ",").map { $0.filter { $0 != " " } }.joined(separator: ".")
    }

    /// "theta" of "theta.1.2": what stands before the first numeric index.
    static func variable(of name: String) -> String {
        var parts = name.split(separator: ".", omittingEmptySubsequences: false)
        while parts.count > 1, let last = parts.last, !last.isEmpty,
            last.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        {
            parts.removeLast()
        }
        return parts.joined(separator: ".")
    }
}

extension Draws {
    /// One chain: its draws, and what its adaptation found.
    public struct Chain: Sendable {
        /// The chain's number, from 1.
        public let id: Int
        /// Rows one after the other, saved warm-up first.
        let table: [Double]
        let width: Int
        /// The number of saved warm-up rows.
        public let warmupCount: Int
        /// The step size after adaptation.
        public var stepSize: Double?
        /// The diagonal of the inverse metric after adaptation.
        public var inverseMetric: [Double]
        /// Wall time.
        public var warmupSeconds: Double
        public var samplingSeconds: Double
        /// Points at which the density was zero.
        var rejections = RejectionCount()

        /// - Precondition: the table consists of whole rows.
        public init(
            id: Int, table: [Double], width: Int, warmupCount: Int = 0,
            stepSize: Double? = nil, inverseMetric: [Double] = [],
            warmupSeconds: Double = 0, samplingSeconds: Double = 0
        ) {
            precondition(width > 0 && table.count % width == 0, "a table of whole rows")
            self.id = id
            self.table = table
            self.width = width
            self.warmupCount = min(warmupCount, table.count / width)
            self.stepSize = stepSize
            self.inverseMetric = inverseMetric
            self.warmupSeconds = warmupSeconds
            self.samplingSeconds = samplingSeconds
        }

        /// The number of draws after warm-up.
        public var count: Int { table.count / width - warmupCount }

        /// The values of a column, warm-up left out.
        func column(_ column: Int) -> [Double] {
            stride(from: warmupCount * width + column, to: table.count, by: width)
                .map { table[$0] }
        }

        /// Row `i` of the draws after warm-up.
        public func row(_ i: Int) -> [Double] {
            let start = (warmupCount + i) * width
            return Array(table[start..<(start + width)])
        }
    }
}
