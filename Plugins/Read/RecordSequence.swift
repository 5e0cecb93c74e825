import PipelineKit

/// The records of a file of JSON lines, each a document. Lines are cut here and parsed by the workers.
final class RecordSequence: DocumentSequence {
  private let stream: BufferedStream
  private let place: Place
  private let rules: ReadingRules
  private var line = 0
  private var record = 0
  private var hasEnded = false
  private var reported = 0

  init(_ stream: BufferedStream, _ place: Place, _ rules: ReadingRules) {
    (self.stream, self.place, self.rules) = (stream, place, rules)
  }

  func next() -> FoundDocument? {
    while !hasEnded {
      do {
        guard let (bytes, isCut) = try stream.readLine(limit: rules.limit.bytes) else { break }
        line += 1
        let content = trimmed(bytes)
        if content.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        record += 1
        return document(Array(content), isCut: isCut)
      } catch {
        hasEnded = true
        record += 1
        let place = place.appending("#\(record)")
        let problem = ReadProblem("behind line \(line): \(error)")
        return FoundDocument(id: place.id, uri: place.uri, mediaType: .json, problem: problem)
      }
    }
    hasEnded = true
    return nil
  }

  /// The line without a carriage return behind it and, at the beginning of the file, a mark before it.
  private func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let content = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return content.last == 0x0D ? content.dropLast() : content
  }

  private func document(_ bytes: [UInt8], isCut: Bool) -> FoundDocument {
    let place = place.appending("#\(record)")
    let (line, rules) = (line, rules)
    let consumed = stream.consumed
    defer { reported = consumed }
    return FoundDocument(
      id: place.id, uri: place.uri, mediaType: .json, inputBytes: consumed - reported, heldBytes: bytes.count
    ) {
      if isCut { throw ReadProblem("line \(line): " + ReadProblem.tooLarge(rules.limit).description) }
      do { return try rules.fields.content(of: bytes, encoding: rules.encoding) } catch let error as UnreadableDocument
      {
        throw UnreadableDocument(bytes: error.bytes, reason: "line \(line): \(error.reason)")
      }
    }
  }
}
