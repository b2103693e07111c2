// SPDX-License-Identifier: GPL-3.0-or-later

/// A function, property or constant of the script language: one overload, with
/// its documentation and the Swift code behind it.
public struct ScriptFunction: Sendable {
    struct Parameter: Sendable {
        /// Nil for `_`.
        var label: String?
        var name: String
        var type: ScriptType
        var isVariadic = false
        /// As written in the signature; nil for a parameter that must be given.
        var defaultText: String?
        /// The `.name(…)` choices it takes.
        var choices: [Choice] = []

        var isOptional: Bool { defaultText != nil || isVariadic }
    }

    struct Choice: Sendable {
        var name: String
        var parameters: [Parameter]
    }

    /// The name without its owner.
    public let name: String
    /// The type it is a member of (`distribution`), or the name in front of
    /// the point (`Gamma` in `Gamma.fit`); nil for a function by itself.
    public let owner: String?
    /// Without brackets: `d.mean`.
    public let isProperty: Bool
    /// As it is written: `Gamma(shape: number, rate: number) -> distribution`.
    public let signature: String
    /// One line.
    public let documentation: String
    let parameters: [Parameter]
    let result: ScriptType
    let body: @Sendable (Call) throws -> ScriptValue
    /// The short way for a function of one number.
    var scalar: (@Sendable (Double) -> Double)?

    /// The labels of the parameters, "_" where there is none.
    public var labels: [String] { parameters.map { $0.label ?? "_" } }
}

/// Which arguments go to which parameter: indices into the call's arguments.
struct ArgumentMatch: Sendable {
    var indices: [[Int]]
}

extension ScriptFunction {
    /// Matches the labels of a call, in order; nil when they do not fit.
    func match(_ labels: [String?]) -> ArgumentMatch? {
        var indices: [[Int]] = Array(repeating: [], count: parameters.count)
        var next = 0
        for (index, parameter) in parameters.enumerated() {
            guard next < labels.count else {
                guard parameter.isOptional else { return nil }
                continue
            }
            if labels[next] == parameter.label
                || (labels[next] == Syntax.trailingLabel && parameter.type.takesClosure)
            {
                indices[index].append(next)
                next += 1
                while parameter.isVariadic, next < labels.count, labels[next] == nil {
                    indices[index].append(next)
                    next += 1
                }
            } else if !parameter.isOptional {
                return nil
            }
        }
        return next == labels.count ? ArgumentMatch(indices: indices) : nil
    }
}
