import Glibc

/// A person's list of addresses: one a line, `#` comments.
struct AddressFile {
  let addresses: [Address]

  /// - Throws: ``LinkProblem`` with file and line where a line is no address, ``StateProblem`` where the file can't be read.
  init(_ path: String) throws {
    let bytes = try Self.read(path)
    let texts = try bytes.withUnsafeBytes { bytes throws(LinkProblem) in
      try FetchStage.addresses(inList: bytes, file: path)
    }
    addresses = texts.compactMap { Address($0) }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StateProblem(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let piece = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }
}
