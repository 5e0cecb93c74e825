/// Reads the records of a WARC file one after another: of version 1.1, 1.0 and the drafts before, plain, with a gzip
/// member for each record, or as one gzip member.
///
/// What is wrong with a record is told with that record, and reading goes on at the next thing that begins one. No
/// record takes more memory than the limit on a block. Cost: one pass; blocks that aren't wanted are only unpacked.
package final class WARCReader {
  private let input: RecordInput
  private let limit: Int
  private var number = 0
  private var state = State.atBeginning
  private enum State { case atBeginning, reading, ended }

  /// No writer makes longer heads; what has none within is no record.
  static let longestHead = 65_536
  /// So much is kept of a block that is longer than the limit: an HTTP head says what it was.
  private static let keptOfLargeBlock = 65_536

  /// - Parameters:
  ///   - offset: where in the file the source's first byte stands.
  ///   - limit: bytes of a block.
  package init(_ source: any ByteSource, offset: Int = 0, limit: Int = 64 << 20) {
    input = RecordInput(source, offset: offset)
    self.limit = limit
  }

  /// The next record, or what is left of it and a problem; nil at the end.
  ///
  /// - Parameter wants: is given each head. Where it says no, the block is passed over and the record has none.
  /// - Throws: only what the source throws.
  package func next(wants: (WARCRecord) -> Bool = { _ in true }) throws -> StoredRecord? {
    guard state != .ended else { return nil }
    var stored = StoredRecord(number: number + 1, place: RecordPlace(offset: 0, length: 0))
    var isFound = false
    do {
      if state == .atBeginning {
        state = .reading
        try input.begin()
      }
      guard try findRecord() else {
        state = .ended
        return nil
      }
      (isFound, stored.place.offset) = (true, input.offset)
      try read(&stored, wants)
    } catch let damage as RecordInput.Damage {
      if !isFound { stored.place.offset = input.offset }
      stored.note("is damaged: " + damage.reason)
      do { try input.resynchronise() } catch {
        state = .ended
        throw error
      }
    } catch {
      state = .ended
      throw error
    }
    number += 1
    return stored
  }

  /// The one record that begins at an offset of a file.
  ///
  /// - Throws: ``WARCProblem``.
  package static func record(at offset: Int, in path: String, limit: Int = 64 << 20) throws -> WARCRecord {
    let reader = WARCReader(try FileSource(path: path, offset: offset), offset: offset, limit: limit)
    guard let stored = try reader.next() else { throw WARCProblem(path, "there is no record at byte \(offset)") }
    if var problem = stored.problem {
      problem.path = path
      throw problem
    }
    return stored.record
  }

  // MARK: Between records

  /// Passes over line ends between records, and to the next member where one ends.
  private func findRecord() throws -> Bool {
    while true {
      try dropLineEnds()
      if try !input.peek(1).isEmpty { return true }
      guard try input.openNext() else { return false }
    }
  }

  private func dropLineEnds() throws {
    while let byte = try input.peek(1).first, byte == 0x0D || byte == 0x0A { input.drop(1) }
  }

  /// Passes over bytes up to what looks like a record's first line.
  private func skipToMark() throws -> Int {
    var skipped = try input.skip(1)
    while true {
      let bytes = try input.peek(65_536)
      if let position = Self.mark(in: bytes) { return try skipped + input.skip(position - bytes.startIndex) }
      // A mark may be cut by the end of the piece.
      let step = bytes.count < 65_536 ? bytes.count : bytes.count - 16
      if step == 0 { return skipped }
      skipped += try input.skip(step)
    }
  }

  /// `WARC/`, a digit and a dot, at the beginning of a line.
  private static func mark(in bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes
    while let position = rest.firstIndex(of: recordMark[0]) {
      let line = bytes[position...]
      let begins = position == bytes.startIndex || bytes[position - 1] == 0x0A || bytes[position - 1] == 0x0D
      if begins, line.starts(with: recordMark), line.dropFirst(6).first == UInt8(ascii: ".") { return position }
      rest = bytes[(position + 1)...]
    }
    return nil
  }

  // MARK: One record

  private func read(_ stored: inout StoredRecord, _ wants: (WARCRecord) -> Bool) throws {
    guard let head = try readHead() else {
      let skipped = try skipToMark()
      return stored.note("is no record: \(skipped) bytes are passed over up to what begins one")
    }
    stored.record = head
    guard let length = head.fields["Content-Length"].flatMap({ Int($0) }), length >= 0 else {
      let length = head.fields["Content-Length"].map { "\"\($0)\" for a Content-Length" }
      _ = try skipToMark()
      return stored.note("has \(length ?? "no Content-Length"), so that its end isn't known")
    }
    try readBlock(of: &stored, length, isWanted: wants(head))
    try finish(&stored)
  }

  /// Nil where the bytes are no head.
  private func readHead() throws -> WARCRecord? {
    guard try input.peek(recordMark.count).elementsEqual(recordMark) else { return nil }
    // Most heads have less than a kilobyte.
    var bytes = try input.peek(1024)
    var end = headEnd(in: bytes)
    if end == nil {
      bytes = try input.peek(Self.longestHead)
      end = headEnd(in: bytes)
    }
    guard let end else { return nil }
    var lines = HeadLines(bytes[..<end])
    var record = WARCRecord()
    record.version = String(decoding: lines.next() ?? [], as: UTF8.self)
    record.fields = HeaderFields(parsing: lines)
    input.drop(end - bytes.startIndex)
    return record
  }

  private func readBlock(of stored: inout StoredRecord, _ length: Int, isWanted: Bool) throws {
    var read = 0
    if isWanted, length <= limit {
      stored.record.block = try input.take(length)
      read = stored.record.block.count
    } else if isWanted {
      stored.record.block = try input.take(min(length, Self.keptOfLargeBlock))
      read = stored.record.block.count
      stored.note("has a block of \(length) bytes, longer than the limit of \(limit)", isTooLarge: true)
    }
    read += try input.skip(length - read)
    if read < length { stored.note("is cut off: its block has \(read) bytes of \(length)") }
  }

  /// Takes the line ends behind the block, so that a member's checksum is looked at and the record's end is known.
  private func finish(_ stored: inout StoredRecord) throws {
    let next = try input.peek(recordMark.count)
    if let byte = next.first, byte != 0x0D, byte != 0x0A, !next.elementsEqual(recordMark) {
      // A wrong length, or bytes that zlib made of what stands behind a torn member.
      stored.note("does not end where its Content-Length says")
      _ = try skipToMark()
    }
    try dropLineEnds()
    guard !input.isPacked || input.isAtMemberEnd else { return }
    stored.place.length = input.end - stored.place.offset
  }
}

/// A record as it was found.
package struct StoredRecord: Sendable {
  /// Counted from 1, what is no record too.
  package var number: Int
  package var place: RecordPlace
  /// With a problem, as much of head and block as could be read.
  package var record = WARCRecord()
  package var problem: WARCProblem?

  /// Keeps the first problem, from which others follow.
  fileprivate mutating func note(_ message: String, isTooLarge: Bool = false) {
    guard problem == nil else { return }
    problem = WARCProblem("record \(number) at byte \(place.offset) \(message)")
    problem?.isTooLarge = isTooLarge
  }
}
