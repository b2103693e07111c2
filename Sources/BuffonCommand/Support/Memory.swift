// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Large blocks go back to the system when they are freed. Of itself glibc raises
/// the size from which that is so with the largest block it has seen: after data of
/// some megabytes were read, others of this size would be kept for good.
func returnLargeBlocks() {
    #if canImport(Glibc)
        // Its header is not in Swift's module, so the function is looked up by name.
        guard let set = dlsym(nil, "mallopt") else { return }
        let mmapThreshold: Int32 = -3
        typealias Option = @convention(c) (Int32, Int32) -> Int32
        _ = unsafeBitCast(set, to: Option.self)(mmapThreshold, 1 << 20)
    #endif
}
