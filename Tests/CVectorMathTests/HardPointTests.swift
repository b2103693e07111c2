// SPDX-License-Identifier: GPL-3.0-or-later

import CVectorMath
import Testing

/// The points with the largest errors that Tests/Reference/vectormath/bounds.py found
/// over each function's whole range (hard.csv), at the bound stated for it in
/// Sources/CVectorMath/README.md (bounds.csv), on every instruction set of the machine.
@Suite struct HardPointTests {
    /// Bounds by name, in units in the last place. "LOG_GAMMA<0" is left of 0.
    static func bounds() throws -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: try referenceRows("bounds.csv").map {
                (String($0[0]), try double($0[4]))
            })
    }

    @Test func everyFunctionOfTheEngineHasABound() throws {
        let names = Set(try Self.bounds().keys)
        // Exact ones, and those right to rounding, have none.
        let exact: Set = [
            "NEGATE", "SQRT", "SQUARE", "RECIPROCAL", "ABS", "FLOOR", "CEIL", "ROUND", "TRUNC",
        ]
        for (name, _) in unaryOps where !exact.contains(name) {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test(arguments: Kernels.all) func hardPoints(_ kernels: Kernels) throws {
        let bounds = try Self.bounds()
        let rows = try referenceRows("hard.csv")
        #expect(rows.count > 25 * 35)
        for row in rows {
            let name = String(row[0].prefix { $0 != "<" })
            let bound = try #require(bounds[String(row[0])])
            let a = try double(row[1])
            let (high, low) = (try double(row[3]), try double(row[4]))
            var floor = row[0].hasSuffix("<0") ? 1.0 : 0
            let found: Double
            if let op = unaryOps.first(where: { $0.name == name })?.op {
                found = kernels.forward(op, [a])[0]
            } else {
                let op = try #require(binaryOps.first { $0.name == name }).op
                let b = try double(row[2])
                if name == "LOG_SUM_EXP2" { floor = max(abs(a), abs(b), 1) }
                if name == "LOG_BETA" { floor = 1 }
                found = kernels.forward(op, [a], [b], count: 1)[0]
            }
            let error = unitsInLastPlace(found, high, low, floor: floor)
            #expect(
                error <= bound, "\(row[0])(\(row[1]), \(row[2])) = \(found): \(error) units")
        }
    }
}
