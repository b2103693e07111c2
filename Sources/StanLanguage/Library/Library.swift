// SPDX-License-Identifier: GPL-3.0-or-later

/// The functions of the Stan language by number, so that a call costs an array
/// access. Each topic is a file with a table of names.
final class Library: Sendable {
    static let shared = Library()

    private let functions: [LibraryFunction?]

    init() {
        let table = Library.table
        functions = StanFunctions.names.map { table[$0] }
    }

    subscript(number: Int) -> LibraryFunction? {
        functions.indices.contains(number) ? functions[number] : nil
    }

    /// All functions that can be evaluated, by name.
    static let table: LibraryGroup = {
        var table: LibraryGroup = [:]
        let groups: [LibraryGroup] = [
            elementary, binary, special, constants, integers, reductions, sorting, construction,
            shaping,
            products, decompositions, factorizations, covarianceFunctions, mixtures,
            hiddenMarkov, constraintFunctions, sparseMatrices,
            continuousFamilies, countFamilies, responseTimes, jointDensities,
            linearModelDensities, jointRandomNumbers, higherOrder,
            differentialEquations, algebraicEquations,
            algebraicDifferentialEquations, integrals, laplaceApproximations,
        ]
        for group in groups { table.merge(group) { _, new in new } }
        addComplexFunctions(to: &table)
        return table
    }()
}
