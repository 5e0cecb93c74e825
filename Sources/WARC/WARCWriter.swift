/// Appends records to a WARC/1.1 file, each as one gzip member where the path ends in `.gz`.
///
/// A file that a killed process left with half a record at its end is cut back to whole records when it is opened.
/// Records are collected and handed to the system in large pieces of whole records, and what the system takes only in
/// part (a full disk) is taken back; the records are then still here, and ``flush()`` tries again.
/// Not for several threads at a time.
package final class WARCWriter {
  package let path: String
  private let file: ArchiveFile
  private let packer: GzipPacker?
  private let software: String
  private let contact: String
  private var buffer: [UInt8] = []
  private var sessionID: String?
  /// Few calls of the system for many records, and little to lose.
  private static let bufferSize = 262_144

  /// - Parameters:
  ///   - software: who writes, `pipeline/1.0` or the like, and `contact` an address of whoever runs it. They stand in
  ///     a `warcinfo` record, which is written before the first record of this writer.
  ///   - validLength: how long the file was when all in it was whole, as ``sync()`` said; the rest is cut off.
  ///     Nil to find out, which looks at the end of a compressed file and at all heads of one that isn't.
  ///   - level: gzip's, 1 to 9. Pages of 10 kB with their heads pack to 31 % at 1 and to 29 % at 5 and 6.
  /// - Throws: ``WARCProblem``, also for a file that is no WARC: none is ever cut that isn't.
  package init(
    path: String, software: String, contact: String, validLength: Int? = nil, level: Int = 5
  ) throws {
    (self.path, self.software, self.contact) = (path, software, contact)
    let isPacked = path.hasSuffix(".gz")
    packer = isPacked ? try GzipPacker(level: level) : nil
    file = try ArchiveFile(path: path)
    let tail = TornTail(file: file, isPacked: isPacked)
    if let validLength {
      guard validLength <= file.length else {
        throw WARCProblem(
          path, "has \(file.length) bytes and had \(validLength) before; put the whole file back or write to another")
      }
      if file.length > 0 { try tail.checkBeginning() }
    }
    let length = try validLength ?? tail.validLength()
    if length < file.length { try file.truncate(to: length) }
  }

  deinit { try? flush() }

  /// Bytes of the file once all that was written is in it.
  package var length: Int { file.length + buffer.count }

  /// Appends a record, with what is missing in its head: identifier, block digest, length.
  ///
  /// - Returns: where the record stands.
  /// - Throws: ``WARCProblem``. After an error of the system the record may count as written: it is kept, and
  ///   ``flush()`` tries again.
  @discardableResult package func write(_ record: WARCRecord) throws -> RecordPlace {
    if sessionID == nil { try beginSession() }
    return try append(record)
  }

  /// Hands all records to the system.
  package func flush() throws {
    guard !buffer.isEmpty else { return }
    try file.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Waits until all records are on the disk.
  ///
  /// - Returns: the length up to which the file is now safe: the `validLength` for the next writer.
  @discardableResult package func sync() throws -> Int {
    try flush()
    try file.sync()
    return file.length
  }

  /// Brings all to the disk and gives the file up; nothing can be written after it.
  package func close() throws {
    try sync()
    file.close()
  }

  private func beginSession() throws {
    let info = [
      "software: " + software, "operator: " + contact, "format: WARC File Format 1.1",
      "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    ]
    let block = Array(info.map { oneLine($0) + "\r\n" }.joined().utf8)
    var record = WARCRecord(.warcinfo, date: warcDate(currentTime()), block: block)
    record.fields["Content-Type"] = "application/warc-fields"
    record.fields["WARC-Filename"] = path.split(separator: "/").last.map(String.init)
    sessionID = record.id
    try append(record)
  }

  @discardableResult private func append(_ record: WARCRecord) throws -> RecordPlace {
    let (head, offset) = (head(of: record), length)
    if let packer {
      try packer.append([head, record.block, Self.recordEnd], to: &buffer)
    } else {
      buffer += head
      buffer += record.block
      buffer += Self.recordEnd
    }
    let place = RecordPlace(offset: offset, length: length - offset)
    if buffer.count >= Self.bufferSize { try flush() }
    return place
  }

  private static let recordEnd = Array("\r\n\r\n".utf8)

  private func head(of record: WARCRecord) -> [UInt8] {
    var fields = record.fields
    if fields["WARC-Record-ID"] == nil { fields["WARC-Record-ID"] = newRecordID() }
    if record.type != .warcinfo, fields["WARC-Warcinfo-ID"] == nil { fields["WARC-Warcinfo-ID"] = sessionID }
    if fields["WARC-Block-Digest"] == nil { fields["WARC-Block-Digest"] = payloadDigest(of: record.block) }
    fields["Content-Length"] = String(record.block.count)
    var head = Array("WARC/1.1\r\n".utf8)
    for field in fields {
      head += oneLine(field.name).utf8
      head += [0x3A, 0x20]
      head += oneLine(field.value).utf8
      head += [0x0D, 0x0A]
    }
    return head + [0x0D, 0x0A]
  }
}

/// Without control characters, which would end a field.
private func oneLine(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
  return String(decoding: text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
}
