// SPDX-License-Identifier: GPL-3.0-or-later

import Errors
import Foundation
import Testing

@testable import StanLanguage

private let programs = "../shared/bench/ppl/stan"

@Suite struct CheckerProgramTests {
    @Test(
        "Complete programs check without a finding",
        .enabled(if: FileManager.default.fileExists(atPath: programs), "no ../shared"))
    func completePrograms() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: programs)
            .filter { $0.hasSuffix(".stan") }
        #expect(names.count > 10)
        for name in names {
            let text = try String(contentsOfFile: "\(programs)/\(name)", encoding: .utf8)
            #expect(findings(text) == [], "\(name)")
        }
    }
}
