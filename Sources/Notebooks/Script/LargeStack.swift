// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Runs code on a thread whose stack is large enough for the deepest script
/// that the limits allow, and waits for it.
///
/// The stack is reserved, not used: only pages that are touched cost memory.
func withLargeStack<T>(_ body: () throws -> T) throws -> T {
    if Thread.current.threadDictionary[LargeStack.mark] != nil { return try body() }
    return try withoutActuallyEscaping(body) { body in
        let work = LargeStack.Work(body)
        let thread = Thread {
            Thread.current.threadDictionary[LargeStack.mark] = true
            work.run()
        }
        thread.stackSize = LargeStack.size
        thread.start()
        return try work.wait()
    }
}

private enum LargeStack {
    static let mark = "buffon.large-stack"
    static let size = 256 << 20

    /// Handed to the thread and back; the semaphore orders the two sides.
    final class Work<T>: @unchecked Sendable {
        private let done = DispatchSemaphore(value: 0)
        private var body: (() throws -> T)?
        private var result: Result<T, any Error>?

        init(_ body: @escaping () throws -> T) { self.body = body }

        func run() {
            if let body { result = Result { try body() } }
            body = nil
            done.signal()
        }

        func wait() throws -> T {
            done.wait()
            guard let result else { throw Interrupted() }
            self.result = nil
            return try result.get()
        }
    }
}
