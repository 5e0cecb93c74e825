import PipelineKit

/// The documents of a stream by its name, or by its first bytes where the name says nothing.
func documentsOfStream(_ stream: BufferedStream, named name: String, at place: Place, _ rules: ReadingRules) throws
  -> any DocumentSequence
{
  let kind = FileKind(name: name)
  var stream = stream
  var compression = kind?.compression ?? FileKind.compression(ofName: name)
  if kind == nil, compression == .none { compression = FirstBytes.compression(of: try stream.peek(4)) }
  if compression != .none { stream = BufferedStream(try unpacked(stream, compression)) }
  let content = try rules.format.content ?? kind?.content ?? FirstBytes.content(of: stream.peek(FirstBytes.count))
  return try documents(of: stream, content, at: place, rules)
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
    let stream = BufferedStream(try FileStream(path: reachable(file)))
    if FileKind(name: place.uri) == nil, !rules.format.isSet,
      FirstBytes.isArchive(try stream.peek(512)) || holdsTar(file)
    {
      return try archive(file, place)
    }
    return try documentsOfStream(stream, named: place.uri, at: place, rules)
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
    return try documentsOfStream(stream, named: "", at: place, rules)
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
      return try content(of: bytes, type, rules)
    }
  }

  private func reachable(_ file: InputFile) -> [UInt8] { InputPath.resolve(file.path, in: directory) }
}
