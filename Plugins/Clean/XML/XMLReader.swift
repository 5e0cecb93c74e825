import ArticleHead
internal import CXML
import Glibc

/// Reads XML through libxml2's SAX events, without network, DTD or external entities.
///
/// Entities: those that XML defines, those of HTML (`&nbsp;` is common in feeds of news), and those that the
/// document declares as plain text. One that is external, or that refers to others or holds markup, is refused at
/// its first use, so that nothing is ever expanded twice.
struct XMLReader {
  private var builder: PageBuilder
  private var vocabulary = NITFVocabulary()
  private var entities = DeclaredEntities()
  private var parser: xmlParserCtxtPtr?
  private var problem: CleanProblem?
  private var isOpen = false
  private var attributes = Attributes()
  /// Offset in the input behind the last event.
  private var lastOffset = 0

  /// Deeper than any article; libxml2 itself goes down by recursion of its own for each level.
  static let deepest = 512

  /// What came of an attempt.
  enum Outcome {
    case nitf(NITFVocabulary)
    /// The root is that of a page: to be read as HTML.
    case page
  }

  /// - Parameters:
  ///   - bytes: UTF-8 without NUL.
  ///   - builder: gets the elements and blocks.
  /// - Throws: ``CleanProblem`` where the document is not well-formed, of no known vocabulary, or hostile.
  static func read(_ bytes: [UInt8], into builder: inout PageBuilder) throws -> Outcome {
    builder.begin()
    var reader = XMLReader(builder: builder)
    builder = PageBuilder()
    defer {
      reader.builder.end()
      builder = reader.builder
      reader.entities.free()
    }
    try bytes.withUnsafeBytes { input in
      let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard !input.isEmpty, let context = xmlCreateMemoryParserCtxt(start, Int32(clamping: input.count)) else {
        throw CleanProblem.malformed("the document is empty", line: 1)
      }
      defer {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
      }
      let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      // The runner bounds the document's size; libxml2's own bound is 10 MB for each text.
      xmlCtxtUseOptions(context, Int32(options | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_HUGE.rawValue))
      xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      setHandlers(context)
      withUnsafeMutablePointer(to: &reader) { pointer in
        pointer.pointee.parser = context
        context.pointee.userData = UnsafeMutableRawPointer(pointer)
        xmlParseDocument(context)
        if context.pointee.wellFormed == 0 && pointer.pointee.problem == nil {
          let error = context.pointee.lastError
          let reason = error.message.map { trimmed(String(cString: $0)) } ?? "not well-formed"
          pointer.pointee.problem = .malformed(reason, line: Int(error.line))
        }
        context.pointee.userData = UnsafeMutableRawPointer(context)
      }
    }
    if reader.problem == .isPage { return .page }
    if let problem = reader.problem { throw problem }
    return .nitf(reader.vocabulary)
  }

  private init(builder: PageBuilder) { self.builder = builder }

  private static func setHandlers(_ context: xmlParserCtxtPtr) {
    guard let sax = context.pointee.sax else { return }
    sax.pointee = xmlSAXHandler()
    sax.pointee.startElement = startElement
    sax.pointee.endElement = endElement
    sax.pointee.characters = characters
    sax.pointee.cdataBlock = characters
    sax.pointee.ignorableWhitespace = characters
    sax.pointee.entityDecl = declareEntity
    sax.pointee.getEntity = entity
  }

  /// How far the parser has come in its input, in bytes.
  private var offset: Int {
    guard let input = parser?.pointee.input, let current = input.pointee.cur, let base = input.pointee.base else {
      return 0
    }
    return Int(input.pointee.consumed) + (current - base)
  }

  /// The offset behind a text: by its address where it lies in the parser's own input, as the parser may not have
  /// moved on yet; else where the parser stands.
  private func endOffset(of text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let input = parser?.pointee.input, let base = input.pointee.base, let end = input.pointee.end,
      let start = text.baseAddress, start >= base, start + text.count <= end
    else { return offset }
    return Int(input.pointee.consumed) + (start - base) + text.count
  }

  private mutating func stop(_ problem: CleanProblem) {
    self.problem = self.problem ?? problem
    xmlStopParser(parser)
  }

  // MARK: Callbacks

  private static let startElement: startElementSAXFunc = { data, name, attributes in
    guard let reader = data?.assumingMemoryBound(to: XMLReader.self), let name else { return }
    reader.pointee.open(localName(name), attributes)
  }
  private static let endElement: endElementSAXFunc = { data, name in
    guard let reader = data?.assumingMemoryBound(to: XMLReader.self), let name else { return }
    reader.pointee.close(localName(name))
  }
  private static let characters: charactersSAXFunc = { data, bytes, count in
    guard let reader = data?.assumingMemoryBound(to: XMLReader.self), let bytes, count > 0 else { return }
    reader.pointee.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }
  private static let declareEntity: entityDeclSAXFunc = { data, name, type, _, _, content in
    guard let reader = data?.assumingMemoryBound(to: XMLReader.self), let name else { return }
    guard type != XML_INTERNAL_PARAMETER_ENTITY.rawValue, type != XML_EXTERNAL_PARAMETER_ENTITY.rawValue else { return }
    let isInternal = type == XML_INTERNAL_GENERAL_ENTITY.rawValue
    reader.pointee.entities.declare(name, content: isInternal ? content : nil)
  }
  private static let entity: getEntitySAXFunc = { data, name in
    guard let reader = data?.assumingMemoryBound(to: XMLReader.self), let name else { return nil }
    // Declarations ask for their own entity too; only a use inside the root is judged.
    guard let found = reader.pointee.entities[name] else {
      if reader.pointee.isOpen && reader.pointee.entities.isRefused(name) {
        reader.pointee.stop(.entities(String(cString: name)))
      }
      return nil
    }
    return found
  }
  private mutating func open(
    _ name: UnsafeBufferPointer<UInt8>, _ pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    if !isOpen {
      isOpen = true
      let root = String(decoding: name, as: UTF8.self)
      if root.lowercased() == "html" { return stop(.isPage) }
      guard root == "nitf" else { return stop(.unknownVocabulary(root)) }
    }
    guard builder.depth < Self.deepest else { return stop(.tooDeep) }
    readAttributes(pairs)
    let (tag, signals) = vocabulary.open(name, attributes)
    builder.push(tag, attributes, adding: signals)
    lastOffset = offset
  }

  private mutating func close(_ name: UnsafeBufferPointer<UInt8>) {
    vocabulary.close(name)
    builder.pop()
    lastOffset = offset
  }

  private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    vocabulary.text(bytes)
    let end = endOffset(of: bytes)
    builder.text(bytes, at: max(lastOffset, end - bytes.count), length: bytes.count)
    lastOffset = end
  }

  /// libxml2 gives names and values in turn, closed by a null.
  private mutating func readAttributes(_ pairs: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) {
    attributes.entries.removeAll(keepingCapacity: true)
    guard let pairs else { return }
    var index = 0
    while let name = pairs[index] {
      if let value = pairs[index + 1] {
        attributes.entries.append(.init(name: Self.bytes(name), value: Self.bytes(value), isRaw: false))
      }
      index += 2
    }
  }
  private static func bytes(_ string: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: string, count: Int(xmlStrlen(string)))
  }

  /// A name without its namespace's prefix.
  private static func localName(_ name: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var count = 0
    var start = 0
    while name[count] != 0 {
      if name[count] == UInt8(ascii: ":") { start = count + 1 }
      count += 1
    }
    return UnsafeBufferPointer(start: name + start, count: count - start)
  }
}

/// The entities of one document, in the form in which libxml2 takes them.
///
/// Each is handed over as if XML itself defined it: then its text is delivered as it is and never parsed.
struct DeclaredEntities {
  private var known: [String: xmlEntityPtr] = [:]
  private var refused: Set<String> = []

  /// - Parameter content: nil for an external entity.
  mutating func declare(_ name: UnsafePointer<UInt8>, content: UnsafeMutablePointer<UInt8>?) {
    let key = String(cString: name)
    // The first declaration holds, as XML has it.
    guard known[key] == nil, !refused.contains(key) else { return }
    guard let content, xmlStrlen(content) <= 1000, xmlStrchr(content, UInt8(ascii: "&")) == nil,
      xmlStrchr(content, UInt8(ascii: "<")) == nil
    else {
      refused.insert(key)
      return
    }
    known[key] = Self.make(name, content)
  }

  func isRefused(_ name: UnsafePointer<UInt8>) -> Bool { refused.contains(String(cString: name)) }

  subscript(name: UnsafePointer<UInt8>) -> xmlEntityPtr? {
    mutating get {
      let key = String(cString: name)
      if let entity = known[key] { return entity }
      guard !refused.contains(key), let html = htmlEntityLookup(name), let scalar = Unicode.Scalar(html.pointee.value)
      else { return nil }
      var content = Array(String(scalar).utf8) + [0]
      known[key] = Self.make(name, &content)
      return known[key]
    }
  }

  private static func make(_ name: UnsafePointer<UInt8>, _ content: UnsafePointer<UInt8>) -> xmlEntityPtr {
    let entity = xmlEntityPtr.allocate(capacity: 1)
    entity.initialize(to: xmlEntity())
    entity.pointee.type = XML_ENTITY_DECL
    entity.pointee.etype = XML_INTERNAL_PREDEFINED_ENTITY
    entity.pointee.name = UnsafePointer(xmlStrdup(name))
    entity.pointee.content = xmlStrdup(content)
    entity.pointee.length = xmlStrlen(content)
    return entity
  }

  /// Gives the memory back; libxml2 may have hung the text of the declaration on an entity.
  mutating func free() {
    for entity in known.values {
      // libxml2's own allocator is malloc's, as long as nobody sets another.
      Glibc.free(UnsafeMutablePointer(mutating: entity.pointee.name))
      Glibc.free(entity.pointee.content)
      Glibc.free(entity.pointee.orig)
      entity.deallocate()
    }
    known = [:]
  }
}
