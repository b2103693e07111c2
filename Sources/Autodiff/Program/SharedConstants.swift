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
///
/// Very long ones stay in the storage that the model has them in; what is shorter is
/// copied, for an array's storage begins in the middle of a cache line, which costs more
/// than the memory is worth.
final class SharedConstants: @unchecked Sendable {
    /// Shorter arrays are copied into each workspace.
    static let fewest = 4096
    /// Shorter arrays are copied once.
    static let fewestByReference = 1 << 17
    /// The place that stands for the first number in a program.
    static let base: Int32 = 1 << 30 + 1 << 29

    /// The arrays one after the other, as the places of a program number them.
    struct List {
        private(set) var arrays: [[Double]] = []
        private(set) var starts: [Int32] = []
        private(set) var count: Int32 = 0

        /// Adds an array; the place of its first number.
        mutating func add(_ values: [Double]) -> Int32 {
            let start = count
            arrays.append(values)
            starts.append(start)
            count += Int32(values.count)
            return base + start
        }

        /// Some numbers of one of the arrays.
        func values(at place: Int32, count: Int) -> ArraySlice<Double> {
            let k = position(of: place - base, in: starts)
            let start = Int(place - base - starts[k])
            return arrays[k][start..<start + count]
        }
    }

    private let starts: [Int32]
    /// Where each array begins.
    private let addresses: [UnsafePointer<Double>]
    let count: Int
    /// What the addresses point into.
    private let held: [[Double]]
    private let pages: Pages

    init(_ list: List) {
        starts = list.starts
        count = Int(list.count)
        held = list.arrays.filter { $0.count >= Self.fewestByReference }
        pages = Pages(count: list.arrays.reduce(0) { $0 + (Self.isCopied($1) ? $1.count : 0) })
        var next = pages.start
        var addresses: [UnsafePointer<Double>] = []
        for array in list.arrays {
            // The storage of an array that is held and never written stays where it is.
            if !Self.isCopied(array), let start = array.withUnsafeBufferPointer(\.baseAddress) {
                addresses.append(start)
            } else {
                next.update(from: array, count: array.count)
                addresses.append(UnsafePointer(next))
                next += array.count
            }
        }
        self.addresses = addresses
    }

    private static func isCopied(_ array: [Double]) -> Bool { array.count < fewestByReference }

    /// How far the places of each array move for a workspace; nil when one is too far
    /// away.
    func shifts(from workspace: UnsafeMutablePointer<Double>) -> Shifts? {
        var shifts: [Int32] = []
        for (k, address) in addresses.enumerated() {
            let distance = Int(bitPattern: address) - Int(bitPattern: workspace)
            let place = distance / MemoryLayout<Double>.stride
            let end = k + 1 < starts.count ? Int(starts[k + 1]) : count
            guard distance % MemoryLayout<Double>.stride == 0, place > Int(Int32.min),
                place + end - Int(starts[k]) < Int(Int32.max)
            else { return nil }
            shifts.append(Int32(place) &- Self.base &- starts[k])
        }
        return Shifts(starts: starts, shifts: shifts)
    }

    /// Copies all arrays to a workspace, at the place given.
    func copy(to place: Int32, of workspace: UnsafeMutablePointer<Double>) -> Shifts {
        for (k, address) in addresses.enumerated() {
            let end = k + 1 < starts.count ? Int(starts[k + 1]) : count
            (workspace + Int(place) + Int(starts[k])).update(
                from: address, count: end - Int(starts[k]))
        }
        return Shifts(starts: [0], shifts: [place &- Self.base])
    }

    /// Where the numbers of a program's shared constants stand.
    struct Shifts {
        fileprivate let starts: [Int32]
        fileprivate let shifts: [Int32]

        func moved(_ place: Int32) -> Int32 {
            place < SharedConstants.base
                ? place : place &+ shifts[position(of: place - SharedConstants.base, in: starts)]
        }
    }
}

/// The last of some ascending starts that is not behind a place.
private func position(of place: Int32, in starts: [Int32]) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= place { low = middle } else { high = middle }
    }
    return low
}
