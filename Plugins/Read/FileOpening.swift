import PipelineKit

/// A stream once it is known what it holds.
struct IdentifiedStream {
  /// Unpacked, but for a web archive in gzip: damage to one member is then that of one record.
  var stream: BufferedStream
  var content: Content
  var compression: Compression

  /// Goes by the name, and by the first bytes where the name says nothing.
  init(_ stream: BufferedStream, named name: String, _ rules: ReadingRules) throws {
    let kind = FileKind(name: name)
    compression = kind?.compression ?? FileKind.compression(ofName: name)
    if kind == nil, compression == .none { compression = FirstBytes.compression(of: try stream.peek(4)) }
    let named = rules.format.content ?? kind?.content
    if compression == .gzip,
      try named == .captures || named == nil && FirstBytes.holdsWARC(stream.peek(FirstBytes.count))
    {
      (self.stream, content) = (stream, .captures)
      return
    }
    self.stream = compression == .none ? stream : BufferedStream(try unpacked(stream, compression))
    content = try named ?? FirstBytes.content(of: self.stream.peek(FirstBytes.count))
    if content == .xml { content = try xmlContent() }
  }

  private func xmlContent() throws -> Content {
    switch try FirstBytes.content(of: stream.peek(FirstBytes.count)) {
    case .feed: .feed
    case .document(.xhtml): .document(.xhtml)
    default: .document(.xml)
    }
  }

  /// The documents, one that is the whole stream being read now.
  func documents(at place: Place, _ rules: ReadingRules) throws -> any DocumentSequence {
    switch content {
    case .records: return RecordSequence(stream, place, rules)
    case .feed: return FeedSequence(stream, place, rules)
    case .captures: return WARCSequence(stream, place, rules)
    case .document(let type): return try single(type, at: place, rules)
    case .xml: return try single(.xml, at: place, rules)
    }
  }

  /// The text is made later, on a worker.
  private func single(_ type: MediaType, at place: Place, _ rules: ReadingRules) throws -> SingleDocument {
    let before = stream.consumed
    let bytes = try stream.readAll(limit: rules.limit)
    let found = FoundDocument(
      id: place.id, uri: place.uri, mediaType: type, charset: rules.encoding, inputBytes: stream.consumed - before,
      heldBytes: bytes.count
    ) { try readContent(of: bytes, type, rules) }
    return SingleDocument(found)
  }
}

/// Makes a document's content of its bytes: plain text gets its text here, markup goes on as it is.
func readContent(of bytes: [UInt8], _ type: MediaType, _ rules: ReadingRules) throws -> RawContent {
  type == .text ? try plainText(bytes, encoding: rules.encoding) : RawContent(bytes: bytes)
}

/// Opens listed files, as far as that must happen before a worker takes the document.
struct FileOpening: Sendable {
  let directory: String
  let rules: ReadingRules

  /// The documents of a file. A file that is one document is not opened here but by its worker.
  func documents(of file: InputFile) -> any DocumentSequence {
    let place = Place(id: file.id, uri: file.uri)
    do {
      if let problem = file.problem { throw ReadProblem(problem) }
      if file.isStandardInput { return try standardInput(place) }
      let kind = FileKind(name: place.uri)
      if kind?.isArchive == true { return try archive(file, place) }
      if let single = rules.format.content ?? kind?.content, case .document(let type) = single {
        let compression = kind?.compression ?? FileKind.compression(ofName: place.uri)
        return SingleDocument(document(file, type, compression, place))
      }
      return try opened(file, place)
    } catch {
      return SingleDocument(FoundDocument(id: place.id, uri: place.uri, problem: error))
    }
  }

  private func opened(_ file: InputFile, _ place: Place) throws -> any DocumentSequence {
    let opened = try FileStream(path: reachable(file))
    let stream = BufferedStream(opened)
    if FileKind(name: place.uri) == nil, !rules.format.isSet,
      FirstBytes.isArchive(try stream.peek(512)) || holdsTar(file)
    {
      return try archive(file, place)
    }
    let identified = try IdentifiedStream(stream, named: place.uri, rules)
    // What can be opened again is left to a worker; a pipe can't.
    if opened.isRegular, case .document(let type) = identified.content {
      return SingleDocument(document(file, type, identified.compression, place))
    }
    return try identified.documents(at: place, rules)
  }

  /// Whether a compressed file without a telling name has a tar inside.
  private func holdsTar(_ file: InputFile) -> Bool {
    guard let stream = try? BufferedStream(FileStream(path: reachable(file))), let head = try? stream.peek(4),
      let inner = try? BufferedStream(unpacked(stream, FirstBytes.compression(of: head))),
      let start = try? inner.peek(512)
    else { return false }
    return FirstBytes.isArchive(start)
  }

  private func archive(_ file: InputFile, _ place: Place) throws -> ArchiveSequence {
    ArchiveSequence(try ArchiveStream(path: reachable(file), limit: rules.limit), place, rules)
  }

  private func standardInput(_ place: Place) throws -> any DocumentSequence {
    let stream = BufferedStream(FileStream(standardInput: ()))
    if FirstBytes.isArchive(try stream.peek(512)) {
      throw ReadProblem("is an archive, which can't be read from standard input; name the file in path")
    }
    return try IdentifiedStream(stream, named: "", rules).documents(at: place, rules)
  }

  private func document(_ file: InputFile, _ type: MediaType, _ compression: Compression, _ place: Place)
    -> FoundDocument
  {
    let path = reachable(file)
    let rules = rules
    return FoundDocument(
      id: place.id, uri: place.uri, mediaType: type, charset: rules.encoding, inputBytes: file.size
    ) {
      let stream = try FileStream(path: path)
      if compression == .none, stream.size > rules.limit.bytes { throw ReadProblem.tooLarge(rules.limit) }
      let size = compression == .none ? stream.size : stream.size * 4
      let bytes = try unpacked(stream, compression).readAll(limit: rules.limit, expecting: size)
      return try readContent(of: bytes, type, rules)
    }
  }

  private func reachable(_ file: InputFile) -> [UInt8] { InputPath.resolve(file.path, in: directory) }
}
