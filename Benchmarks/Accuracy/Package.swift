// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

let package = Package(
    name: "Accuracy",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Buffon", path: "../..")],
    targets: [
        .executableTarget(
            name: "buffon-values", dependencies: [.product(name: "Buffon", package: "Buffon")]),
        .executableTarget(
            name: "buffon-bulk", dependencies: [.product(name: "Buffon", package: "Buffon")]),
    ],
    swiftLanguageModes: [.v6]
)
