// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

// Fuzzing by libFuzzer. `Scripts/fuzz` builds it, with the flags that libFuzzer needs.
let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Buffon", path: "..")],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .executableTarget(
            name: "StanFuzzer",
            dependencies: ["CFuzzer", .product(name: "Buffon", package: "Buffon")]),
    ],
    swiftLanguageModes: [.v6]
)
