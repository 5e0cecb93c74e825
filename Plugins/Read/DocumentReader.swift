public import PipelineKit

/// Hands out the documents of the listed files, in the byte order of their paths.
public struct DocumentReader: SourceReader {
  private let files: [InputFile]
  private let opening: FileOpening
  private var nextFile = 0
  private var ordinal: UInt64 = 0
  private var current = Current()
  public let expected: ExpectedInput

  /// Open streams belong to this reader alone, which the runner's one reading thread uses; that is why the
  /// unchecked promise holds.
  private struct Current: @unchecked Sendable { var documents: (any DocumentSequence)? }

  init(files: [InputFile], directory: String, rules: ReadingRules, after position: SourcePosition?) throws {
    self.files = files
    opening = FileOpening(directory: directory, rules: rules)
    expected = Self.expectation(of: files, rules.format)
    guard let position else { return }
    while ordinal <= position.ordinal, try next() != nil {}
  }

  public mutating func next() throws -> RawDocument? {
    while true {
      if let found = current.documents?.next() {
        defer { ordinal += 1 }
        return RawDocument(
          id: found.id, uri: found.uri, position: SourcePosition(ordinal), mediaType: found.mediaType,
          charset: found.charset, inputBytes: found.inputBytes, heldBytes: found.heldBytes, load: found.load)
      }
      guard nextFile < files.count else {
        current.documents = nil
        return nil
      }
      current.documents = opening.documents(of: files[nextFile])
      nextFile += 1
    }
  }

  /// The number of documents is known where each file is one; the bytes are known but for standard input.
  private static func expectation(of files: [InputFile], _ format: Format) -> ExpectedInput {
    let isSingle = files.allSatisfy { file in
      let kind = FileKind(name: file.uri)
      guard !file.isStandardInput, kind?.isArchive != true else { return false }
      if case .document = format.content ?? kind?.content { return true }
      return false
    }
    let hasSizes = !files.contains { $0.isStandardInput }
    return ExpectedInput(
      documents: isSingle ? files.count : nil, bytes: hasSizes ? files.reduce(0) { $0 + $1.size } : nil)
  }
}
