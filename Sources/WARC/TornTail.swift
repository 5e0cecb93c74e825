internal import Glibc

/// Finds the end of the last whole record of an archive whose writer may have been killed in the middle of one.
///
/// A gzip archive is searched from its end: a growing piece of it, until a member that begins a record is found in it;
/// from there the members are unpacked one after another as long as they are whole. So the cost is that of the last
/// megabyte and not of the archive. A plain archive is walked from its beginning, from head to head by
/// `Content-Length`, since a block may hold what looks like a head.
struct TornTail {
  let file: ArchiveFile
  let isPacked: Bool

  /// - Throws: ``WARCProblem`` where the file is no WARC of that kind, so that nothing of it may be cut off.
  func validLength() throws -> Int {
    if file.length == 0 { return 0 }
    try checkBeginning()
    return isPacked ? try packedLength() : try plainLength()
  }

  /// Refuses what is something else. A beginning that was cut off inside of its first mark is of our kind.
  func checkBeginning() throws {
    let start = try file.bytes(at: 0, count: 65_536)
    let mark = isPacked ? [0x1F, 0x8B] : recordMark
    let isRight = start.starts(with: mark) || mark.starts(with: start)
    let isRecord = !isPacked || start.withUnsafeBytes { beginsRecordMember($0, isTorn: start.count < 64) }
    guard isRight && isRecord else {
      let kind = isPacked ? "compressed WARC (.gz)" : "WARC without compression"
      throw WARCProblem(file.path, "is there and is no \(kind); name another file")
    }
  }

  // MARK: Packed

  private func packedLength() throws -> Int {
    var count = 1 << 20
    while true {
      let from = max(file.length - count, 0)
      let tail = try file.bytes(at: from, count: file.length - from)
      if let end = packedEnd(in: tail) {
        let rest = Array(tail[end...].dropFirst())
        guard packedEnd(in: rest) == nil else { throw damage(at: from + end) }
        return from + end
      }
      if from == 0 { return 0 }
      count *= 4
    }
  }

  /// The end of the last whole member in the file's last bytes; nil where no whole member begins in them.
  private func packedEnd(in tail: [UInt8]) -> Int? {
    tail.withUnsafeBytes { bytes in
      var position = 0
      while let start = memberStart(in: bytes, from: position) {
        if let end = wholeMembersEnd(in: bytes, from: start) { return end }
        position = start + 1
      }
      return nil
    }
  }

  private func memberStart(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var position = start
    while let base = bytes.baseAddress, position + 1 < bytes.count,
      let found = memchr(base + position, 0x1F, bytes.count - position)
    {
      position = UnsafeRawPointer(found) - base
      if beginsRecordMember(UnsafeRawBufferPointer(rebasing: bytes[position...].prefix(4096))) { return position }
      position += 1
    }
    return nil
  }

  /// Nil where not even the first member is whole.
  private func wholeMembersEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let inflater = try? Inflater(.gzip) else { return nil }
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 1)
    defer { scratch.deallocate() }
    var (end, position): (Int?, Int) = (nil, start)
    while position < bytes.count, bytes[position] == 0x1F,
      let memberEnd = memberEnd(inflater, bytes, &position, scratch)
    {
      end = memberEnd
      inflater.reset()
    }
    return end
  }

  /// Unpacks a member; nil where it isn't whole.
  private func memberEnd(
    _ inflater: Inflater, _ bytes: UnsafeRawBufferPointer, _ position: inout Int,
    _ scratch: UnsafeMutableRawBufferPointer
  ) -> Int? {
    while let step = try? inflater.step(from: UnsafeRawBufferPointer(rebasing: bytes[position...]), into: scratch) {
      position += step.consumed
      if step.isAtEnd { return position }
      if step.consumed == 0, step.produced == 0 { return nil }
    }
    return nil
  }

  // MARK: Plain

  private func plainLength() throws -> Int {
    var end = 0
    while let next = try plainEnd(ofRecordAt: end) { end = next }
    guard try isTorn(from: end) else { throw damage(at: end) }
    return end
  }

  /// Whether what is left is no more than a kill leaves: a record that ends too early, or zeros.
  private func isTorn(from offset: Int) throws -> Bool {
    let rest = try file.bytes(at: offset, count: WARCReader.longestHead)
    if rest.first ?? 0 == 0 { return true }
    guard rest.starts(with: recordMark) || recordMark.starts(with: rest) else { return false }
    guard let blockStart = headEnd(in: rest[...]) else { return rest.count < WARCReader.longestHead }
    let length = HeaderFields(parsing: HeadLines(rest[..<blockStart]))["Content-Length"].flatMap { Int($0) } ?? 0
    return length >= file.length - offset - blockStart - 3
  }

  /// Something else than a kill was at work, and cutting would lose whole records.
  private func damage(at offset: Int) -> WARCProblem {
    WARCProblem(file.path, "is damaged at byte \(offset), before its end; write to another file")
  }

  /// Nil where no whole record begins.
  private func plainEnd(ofRecordAt offset: Int) throws -> Int? {
    let start = try file.bytes(at: offset, count: 4096)
    guard start.starts(with: recordMark) else { return nil }
    var head = start
    if headEnd(in: head[...]) == nil { head = try file.bytes(at: offset, count: WARCReader.longestHead) }
    guard let blockStart = headEnd(in: head[...]),
      let length = HeaderFields(parsing: HeadLines(head[..<blockStart]))["Content-Length"].flatMap({ Int($0) }),
      length >= 0, length < file.length
    else { return nil }
    let end = offset + blockStart + length
    guard try file.bytes(at: end, count: 4) == Array("\r\n\r\n".utf8) else { return nil }
    return end + 4
  }
}
