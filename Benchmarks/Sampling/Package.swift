// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

let package = Package(
    name: "Sampling",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Buffon", path: "../..")],
    targets: [
        .executableTarget(
            name: "Sampling", dependencies: [.product(name: "Buffon", package: "Buffon")])
    ],
    swiftLanguageModes: [.v6]
)
