// SPDX-License-Identifier: GPL-3.0-or-later

extension Registry {
    /// Everything that the script language knows.
    public static let standard: Registry = {
        var registry = Registry()
        registry.addMathematics()
        registry.addVectors()
        registry.addText()
        registry.addExpectations()
        registry.addStatistics()
        registry.addDistributions()
        registry.addDataFrames()
        registry.addLinearAlgebra()
        registry.addTests()
        registry.addMonteCarlo()
        registry.addCalculus()
        registry.addPlots()
        registry.addModels()
        return registry
    }()
}
