// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How much memory the process uses.
enum ResidentMemory {
    /// The most that was in use so far, in bytes; 0 where the system does not
    /// say.
    static var peak: Double {
        // 0 is RUSAGE_SELF, whose type differs between the systems.
        var usage = rusage()
        guard getrusage(0, &usage) == 0 else { return 0 }
        #if canImport(Darwin)
            return Double(usage.ru_maxrss)
        #else
            return Double(usage.ru_maxrss) * 1024
        #endif
    }

    /// What one cell may take: 4 GiB, but not more than half of the machine's.
    static let fairShare = min(
        4 * 1_073_741_824, Double(ProcessInfo.processInfo.physicalMemory) / 2)
}
