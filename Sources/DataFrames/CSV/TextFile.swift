// SPDX-License-Identifier: GPL-3.0-or-later

import Errors

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whole files in and out, with the system's reason when that fails.
package enum TextFile {
    /// The bytes of a file; "-" is standard input.
    package static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
        if path == "-" { return try readAll(0, path: "<standard input>", sizeHint: 0) }
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure("read", path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path, errno) }
        if status.st_mode & S_IFMT == S_IFDIR { throw failure("read", path, EISDIR) }
        return try readAll(descriptor, path: path, sizeHint: Int(status.st_size))
    }

    private static func readAll(
        _ descriptor: Int32, path: String, sizeHint: Int
    ) throws(Diagnostic) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(max(0, sizeHint) + 1)
        let chunkSize = 1 << 18
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = unistdRead(descriptor, chunk.baseAddress, chunkSize)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("read", path, errno)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk.prefix(count))
        }
    }

    /// Writes a text to a file, in the place of what was there.
    package static func write(_ text: String, to path: String) throws(Diagnostic) {
        guard let file = fopen(path, "wb") else { throw failure("write", path, errno) }
        var text = text
        let written = text.withUTF8 { fwrite($0.baseAddress, 1, $0.count, file) }
        let expected = text.utf8.count
        guard written == expected || expected == 0 else {
            let reason = errno
            fclose(file)
            throw failure("write", path, reason)
        }
        guard fclose(file) == 0 else { throw failure("write", path, errno) }
    }

    private static func failure(_ verb: String, _ path: String, _ reason: Int32) -> Diagnostic {
        let words = strerror(reason).map { String(cString: $0) } ?? "error \(reason)"
        return Diagnostic(
            code: "file/\(verb)", "cannot \(verb) \(path): \(words)",
            help: reason == ENOENT && verb == "read"
                ? "check the path; it is relative to the current folder" : nil)
    }
}

private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
    -> Int
{
    read(descriptor, buffer, count)
}
