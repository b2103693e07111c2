// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

// The order of the targets is the order of the architecture: a target depends
// only on targets above it. `Scripts/check-arrows` verifies that.
let package = Package(
    name: "Buffon",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Buffon", targets: ["Buffon"]),
        .executable(name: "buffon", targets: ["BuffonCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"])]),
        .target(name: "CVectorMath", exclude: ["README.md"]),
        .target(name: "Errors", exclude: ["README.md"]),
        .target(
            name: "Randomness",
            dependencies: ["COpenBLAS", "CGSL", "CVectorMath", "Errors"],
            exclude: ["README.md"]),
        .target(
            name: "SpecialFunctions",
            dependencies: ["CGSL", "Errors", "Randomness"],
            exclude: ["README.md"]),
        .target(
            name: "LinearAlgebra",
            dependencies: ["COpenBLAS", "Errors"],
            exclude: ["README.md"]),
        .target(
            name: "Autodiff",
            dependencies: ["COpenBLAS", "CVectorMath", "Errors", "SpecialFunctions"],
            exclude: ["README.md"]),
        .target(
            name: "Calculus",
            dependencies: [
                "CGSL", "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra", "Autodiff",
            ],
            exclude: ["README.md"]),
        .target(
            name: "Distributions",
            dependencies: [
                "CGSL", "CVectorMath", "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra",
                "Autodiff",
                "Calculus",
            ],
            exclude: ["README.md"]),
        .target(
            name: "DataFrames",
            dependencies: ["Errors"],
            exclude: ["README.md"]),
        .target(
            name: "Statistics",
            dependencies: [
                "CGSL", "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra", "Calculus",
                "Distributions", "DataFrames",
            ],
            exclude: ["README.md"]),
        .target(
            name: "Inference",
            dependencies: [
                "CVectorMath", "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra",
                "Autodiff", "Distributions", "DataFrames", "Statistics",
            ],
            exclude: ["README.md"]),
        .target(
            name: "StanLanguage",
            dependencies: [
                "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra", "Autodiff",
                "Calculus", "Distributions", "DataFrames", "Inference",
            ],
            exclude: ["README.md"]),
        .target(
            name: "Plots",
            dependencies: ["Errors", "DataFrames", "Statistics"],
            exclude: ["README.md"]),
        .target(
            name: "Notebooks",
            dependencies: [
                "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra", "Autodiff",
                "Calculus", "Distributions", "DataFrames", "Statistics", "Inference",
                "StanLanguage", "Plots", "Yams",
            ],
            exclude: ["README.md"]),
        .target(
            name: "Buffon",
            dependencies: [
                "Errors", "Randomness", "SpecialFunctions", "LinearAlgebra", "Autodiff",
                "Calculus", "Distributions", "DataFrames", "Statistics", "Inference",
                "StanLanguage", "Plots", "Notebooks",
            ],
            exclude: ["README.md"]),
        .executableTarget(
            name: "BuffonCommand",
            dependencies: [
                "Buffon",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["README.md"]),
        .testTarget(name: "CVectorMathTests", dependencies: ["CVectorMath"]),
        .testTarget(name: "ErrorsTests", dependencies: ["Errors"]),
        .testTarget(name: "RandomnessTests", dependencies: ["CVectorMath", "Randomness"]),
        .testTarget(name: "SpecialFunctionsTests", dependencies: ["SpecialFunctions"]),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"]),
        .testTarget(name: "AutodiffTests", dependencies: ["Autodiff"]),
        .testTarget(name: "CalculusTests", dependencies: ["Calculus"]),
        .testTarget(name: "DistributionsTests", dependencies: ["Distributions"]),
        .testTarget(name: "DataFramesTests", dependencies: ["DataFrames"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
        .testTarget(name: "InferenceTests", dependencies: ["Inference"]),
        .testTarget(name: "StanLanguageTests", dependencies: ["StanLanguage"]),
        .testTarget(name: "PlotsTests", dependencies: ["Plots"]),
        .testTarget(name: "NotebooksTests", dependencies: ["Notebooks"]),
        .testTarget(name: "BuffonTests", dependencies: ["Buffon"]),
        .testTarget(
            name: "BuffonCommandTests",
            dependencies: [
                "BuffonCommand",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
