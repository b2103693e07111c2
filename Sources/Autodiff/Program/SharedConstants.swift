// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Pages of numbers from the system, zero until written.
///
/// Such blocks lie near each other, so that a place of one can be named as a
/// distance from another.
final class Pages: @unchecked Sendable {
    let start: UnsafeMutablePointer<Double>
    private let bytes: Int
    private let isMapped: Bool

    init(count: Int) {
        bytes = max(1, count) * MemoryLayout<Double>.stride
        let flags = MAP_PRIVATE | Int32(MAP_ANON)
        if let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0),
            address != MAP_FAILED
        {
            start = address.bindMemory(to: Double.self, capacity: max(1, count))
            isMapped = true
        } else {
            start = .allocate(capacity: max(1, count))
            start.initialize(repeating: 0, count: max(1, count))
            isMapped = false
        }
    }

    deinit {
        if isMapped { munmap(start, bytes) } else { start.deallocate() }
    }
}

/// The long arrays of known numbers that a program reads: the data. They are never
/// written after this, and stand in memory once, however many threads run the program.
final class SharedConstants: @unchecked Sendable {
    /// Shorter arrays are copied into each workspace.
    static let fewest = 4096
    /// The place that stands for the first of them in a program.
    static let base: Int32 = 1 << 30 + 1 << 29

    private let pages: Pages
    let count: Int

    init(_ values: [Double]) {
        count = values.count
        pages = Pages(count: count)
        pages.start.update(from: values, count: count)
    }

    /// The place of the first number, counted from the start of a workspace;
    /// nil when it is too far away.
    func place(from workspace: UnsafeMutablePointer<Double>) -> Int32? {
        let distance = Int(bitPattern: pages.start) - Int(bitPattern: workspace)
        let place = distance / MemoryLayout<Double>.stride
        guard distance % MemoryLayout<Double>.stride == 0, place > Int(Int32.min),
            place + count < Int(Int32.max)
        else { return nil }
        return Int32(place)
    }

    func copy(to start: UnsafeMutablePointer<Double>) {
        start.update(from: pages.start, count: count)
    }
}
