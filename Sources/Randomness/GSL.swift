// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL
import Errors

/// How the package talks with GSL: no handler that aborts, status codes as
/// Swift errors.
package enum GSL {
    /// Turns GSL's aborting error handler off, once. Touch it before the first
    /// call of anything in GSL that can fail.
    package static let ready: Void = {
        gsl_set_error_handler_off()
    }()

    /// Throws when a GSL function returned a status other than success.
    package static func check(_ status: Int32, _ operation: String) throws(NumericalError) {
        if status == 0 { return }
        throw NumericalError(
            operation, gsl_strerror(status).map { String(cString: $0) } ?? "failed")
    }
}
