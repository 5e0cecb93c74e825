import PipelineKit
import WARC

/// The pages of a web archive: each successful response, and each resource, that is markup or plain text.
///
/// The archive is read record by record. Of the addresses that were handed out only 8 bytes each are kept.
final class WARCSequence: DocumentSequence {
  private let stream: any ByteStream
  private let reader: WARCReader
  private let place: Place
  private let rules: ReadingRules
  private var handedOut: Set<UInt64> = []
  private var others = 0
  private var hasEnded = false
  private var reported = 0

  /// An HTTP head comes on top of a document.
  private static let headRoom = 1 << 20

  init(_ stream: any ByteStream, _ place: Place, _ rules: ReadingRules) {
    (self.stream, self.place, self.rules) = (stream, place, rules)
    reader = WARCReader(ArchiveBytes(stream), limit: rules.limit.bytes + Self.headRoom)
  }

  func next() -> FoundDocument? {
    while !hasEnded {
      do {
        guard let stored = try reader.next(wants: Self.mayBePage) else { break }
        guard var found = document(of: stored) else { continue }
        let consumed = stream.consumed
        (found.inputBytes, reported) = (consumed - reported, consumed)
        return found
      } catch {
        end()
        return FoundDocument(id: place.id, uri: place.uri, problem: error)
      }
    }
    if !hasEnded { end() }
    return nil
  }

  private func end() {
    hasEnded = true
    if others > 0 { rules.log("\(place.uri): captures of other kinds left out: \(others)") }
  }

  /// What was asked for only because of the addresses or rules in it is no page, whatever it looks like.
  private static func mayBePage(_ record: WARCRecord) -> Bool {
    (record.type == .response || record.type == .resource) && record.fields[HTTPExchange.purposeField] == nil
  }

  /// Nil where the record is no page.
  private func document(of stored: StoredRecord) -> FoundDocument? {
    guard Self.mayBePage(stored.record) else { return passOver(stored) }
    do {
      guard let capture = try WebCapture(stored.record, limit: rules.limit) else {
        others += 1
        return nil
      }
      if rules.exclusion.excludes(capture.uri) { return nil }
      return stored.problem == nil ? document(of: capture) : lost(stored)
    } catch {
      // Damage explains more than what follows from it.
      return lost(stored, because: error)
    }
  }

  /// Requests and the like were not asked for, so only damage to what may have been a page matters.
  private func passOver(_ stored: StoredRecord) -> FoundDocument? {
    guard let problem = stored.problem else { return nil }
    if stored.record.fields["WARC-Type"] == nil { return lost(stored) }
    rules.log("\(place.uri): \(problem)")
    return nil
  }

  private func lost(_ stored: StoredRecord, because error: (any Error)? = nil) -> FoundDocument {
    let reason = stored.problem.map { $0.isTooLarge ? ReadProblem.tooLarge(rules.limit) : ReadProblem("\($0)") }
    let problem: any Error =
      reason ?? ReadProblem("record \(stored.number) at byte \(stored.place.offset): \(error.map { "\($0)" } ?? "")")
    guard let uri = stored.record.targetURI else {
      let place = place.appending("#\(stored.number)")
      return FoundDocument(id: place.id, uri: place.uri, problem: problem)
    }
    return FoundDocument(id: identifier(of: uri, stored.record.date), uri: uri, mediaType: .html, problem: problem)
  }

  private func document(of capture: WebCapture) -> FoundDocument {
    let rules = rules
    return FoundDocument(
      id: identifier(of: capture.uri, capture.date), uri: capture.uri, mediaType: capture.mediaType,
      charset: rules.encoding ?? capture.charset, heldBytes: capture.heldBytes
    ) { try capture.content(rules) }
  }

  /// The address, and behind a second capture of it when that was made.
  private func identifier(of uri: String, _ date: String?) -> String {
    if handedOut.insert(Self.hash(uri)).inserted { return uri }
    return uri + "@" + (date ?? "")
  }

  /// FNV-1a of 64 bits: the same in every run, so that a run that goes on gives the same identifiers.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// A stream as the reader of web archives takes it.
private final class ArchiveBytes: ByteSource {
  private let stream: any ByteStream
  init(_ stream: any ByteStream) { self.stream = stream }
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try stream.read(into: buffer) }
}
