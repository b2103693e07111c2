// SPDX-License-Identifier: GPL-3.0-or-later

@preconcurrency import CGSL

/// The version of the GNU Scientific Library in use, such as "2.7.1".
public var gslVersion: String { gsl_version.map { String(cString: $0) } ?? "unknown" }
