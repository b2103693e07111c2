// SPDX-License-Identifier: GPL-3.0-or-later

import CFuzzer
import Foundation

// FUZZ_TARGET=target StanFuzzer [libFuzzer's options and folders]
//
// `Scripts/fuzz` builds and starts it. A finding is a trap, a broken promise of a
// target, an input that takes longer than the limit, or one that needs too much memory.
// (The target is not an argument: libFuzzer starts copies of itself with its own.)

guard let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"],
    let target = Target(rawValue: name)
else {
    print("FUZZ_TARGET must be one of \(Target.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(2)
}
Target.current = target

var argumentCount = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv

exit(
    LLVMFuzzerRunDriver(&argumentCount, &arguments) { bytes, count in
        Target.current.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    })
