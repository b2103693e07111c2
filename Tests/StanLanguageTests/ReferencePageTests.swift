// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

@testable import StanLanguage

@Suite struct ReferencePageTests {
    /// `Documentation/stan-functions.md` is what is generated: after a change,
    /// `buffon help stan-functions > Documentation/stan-functions.md`, or this
    /// test with BUFFON_WRITE_PAGE=1.
    @Test func pageIsGenerated() throws {
        let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Documentation/stan-functions.md")
        if ProcessInfo.processInfo.environment["BUFFON_WRITE_PAGE"] != nil {
            try StanReference.page.write(to: page, atomically: true, encoding: .utf8)
        }
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(text == StanReference.page, "the page is not up to date")
    }

    @Test func everyFunctionIsDocumented() {
        let missing = StanSignatures.names.filter { StanDocumentation.line(for: $0) == nil }
        #expect(missing.isEmpty, "write their lines in StanDocumentation+Functions")
    }

    @Test func namesAreExplained() throws {
        #expect(
            StanReference.function("lchoose") == """
                ```stan
                lchoose(reals, reals) => reals
                ```
                The logarithm of the binomial coefficient, for real arguments too.
                """)
        let unnormalized = try #require(StanReference.function("poisson_lupmf"))
        #expect(unnormalized.contains("poisson_lupmf(ints | reals) => real"))
        #expect(unnormalized.hasSuffix("Terms without parameters are dropped."))
        #expect(StanReference.function("simplex_jacobian")?.contains("log Jacobian") == true)
        #expect(StanReference.function("no_such_function") == nil)
        #expect(StanReference.distribution("poisson")?.contains("y ~ poisson(reals)") == true)
    }
}
