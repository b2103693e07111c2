// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

/// The end of a command that did not succeed: what to say and how to exit.
struct CommandFailure: Error {
    enum Code: Int32 {
        /// The input was good, and something failed.
        case failed = 1
        /// The input is invalid.
        case invalidInput = 2
        case interrupted = 130
    }

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The failure that an error of the library stands for; nil for errors of
    /// the argument parser.
    init?(_ error: any Error) {
        switch error {
        case let error as Diagnostic: self.init(.invalidInput, error.description)
        case let error as DiagnosticList:
            let count = error.diagnostics.count { $0.severity == .error }
            var message = error.description
            if count > 1 { message += "\n\nbuffon: \(count) errors" }
            self.init(.invalidInput, message)
        case let error as ParameterError: self.init(.invalidInput, "error: \(error)")
        case let error as NumericalError: self.init(.failed, "error: \(error)")
        case let error as FileError: self.init(.invalidInput, "error: \(error)")
        case is Interrupted, is Cancelled: self.init(.interrupted, "buffon: interrupted")
        case SamplingError.interrupted:
            self.init(.interrupted, "buffon: interrupted before the first draw")
        case let error as SamplingError: self.init(.failed, "error: \(error)")
        case let error as ConstraintError: self.init(.invalidInput, "error: \(error)")
        case let error as Rejection: self.init(.failed, "error: \(error)")
        default: return nil
        }
    }
}

/// Does something with each file. What is wrong with one is printed, and the others are
/// done all the same.
///
/// - Throws: a `CommandFailure` that counts the files with errors, if there are any.
func forEachFile(_ files: [String], _ body: (String) throws -> Void) throws {
    var failures = 0
    for file in files {
        do {
            try body(file)
        } catch {
            guard let failure = CommandFailure(error) else { throw error }
            failures += 1
            Console.error(failure.message)
        }
    }
    if failures > 0 {
        throw CommandFailure(
            .invalidInput,
            "buffon: \(failures) of \(files.count) \(files.count == 1 ? "file" : "files") "
                + "\(failures == 1 ? "has" : "have") errors")
    }
}
