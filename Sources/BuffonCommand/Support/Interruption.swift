// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon
import Dispatch
import Foundation

/// Ctrl-C ends the work in an orderly way: the first time what was finished is
/// kept, the second time the program ends at once.
final class Interruption {
    let cancellation = Cancellation()
    private let sources: [any DispatchSourceSignal]

    init() {
        let cancellation = cancellation
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let queue = DispatchQueue(label: "interruption")
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if cancellation.isCancelled { Interruption.exitAtOnce() }
                cancellation.cancel()
                queue.asyncAfter(deadline: .now() + 2) {
                    Console.error("buffon: stopping; Ctrl-C again ends at once")
                }
            }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
        Interruption.exitOnSignals()
    }

    /// For work with nothing to keep: the signals end the program, with the
    /// exit code and the last line of an interruption.
    static func exitOnSignals() {
        for number in [SIGINT, SIGTERM] { signal(number) { _ in Interruption.exitAtOnce() } }
    }

    /// Only calls what may be called in a signal handler.
    private static func exitAtOnce() -> Never {
        let message: StaticString = "buffon: interrupted\n"
        _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
        _exit(CommandFailure.Code.interrupted.rawValue)
    }
}
