import ArticleHead
internal import CXML

/// Reads XML through libxml2's SAX events, without network, DTD or external entities.
///
/// The root's name and namespace choose the vocabulary. What is not well-formed is an error with its line, but for
/// faults that lose no text (`isHarmless`) and those that `XMLScan` has mended.
struct XMLReader {
  private var assembler: XMLAssembler?
  /// A page whose tags have a prefix.
  private var page: PageBuilder?
  private var builder: PageBuilder
  private let named: NamedVocabulary?
  private let captions: Bool
  private var entities = DeclaredEntities()
  private var parser: xmlParserCtxtPtr?
  private var problem: (any Error)?
  private var isPage = false
  private var root: String?
  private var lastNamespace: (uri: UnsafePointer<UInt8>?, namespace: XMLNamespace) = (nil, .none)
  /// The document as it is, from which texts are taken.
  private let document: [UInt8]
  private var places: XMLTextPlaces
  private let checkTime: () throws -> Void
  private var checkpoint = 0

  /// An element with more attributes by its document type than this is an attack.
  private static let mostDefaults: Int32 = 64
  /// libxml2 looks a prefix up among all that open elements declare.
  private static let mostNamespaces: Int32 = 1000
  /// Namespaces that each open element declares, and their sum.
  private var namespaceCounts: [Int32] = []
  private var namespaceCount: Int32 = 0

  /// What came of an attempt.
  enum Outcome {
    case article(MarkedArticle)
    /// The root is that of a page: to be read as HTML.
    case page
    /// The same, and its elements are in the builder: HTML would not know their prefixes.
    case pageInBuilder
  }

  /// - Parameters:
  ///   - bytes: UTF-8 without NUL.
  ///   - builder: gets the elements and blocks.
  ///   - checkTime: called every 64 kB or so.
  /// - Throws: ``CleanProblem`` where the document is not well-formed, of no known vocabulary, or hostile.
  static func read(
    _ bytes: [UInt8], options: Options, into builder: inout PageBuilder, checkTime: () throws -> Void
  ) throws -> Outcome {
    guard bytes.contains(where: { $0 > 32 }) else { throw CleanProblem.malformed("the document is empty", line: 1) }
    let mended = try XMLScan.mended(bytes)
    return try withoutActuallyEscaping(checkTime) { checkTime in
      builder.begin()
      var reader = XMLReader(bytes, mended, options, builder, checkTime)
      builder = PageBuilder()
      defer { reader.entities.free() }
      reader.parse(mended)
      return try reader.outcome(options, &builder)
    }
  }

  private init(
    _ bytes: [UInt8], _ mended: [UInt8], _ options: Options, _ builder: PageBuilder,
    _ checkTime: @escaping () throws -> Void
  ) {
    (document, places, self.builder, self.checkTime) = (bytes, XMLTextPlaces(mended), builder, checkTime)
    (named, captions) = (options.xml, options.captions)
  }

  private mutating func outcome(_ options: Options, _ builder: inout PageBuilder) throws -> Outcome {
    builder = assembler?.takeBuilder() ?? page ?? self.builder
    if page != nil { builder.end() }
    if let problem { throw problem }
    if isPage { return page == nil ? .page : .pageInBuilder }
    guard let assembler, !assembler.vocabulary.hasCommonRoot || assembler.isConfirmed else {
      throw CleanProblem.unknownVocabulary(root ?? "")
    }
    // A slip in a name would make every document empty without a word.
    if let named = assembler.vocabulary as? NamedVocabulary, !assembler.hasParagraph {
      throw CleanProblem.noNamedText(named.texts, root: root ?? "")
    }
    return .article(MarkedArticle(assembler, builder.page, abstracts: options.abstracts))
  }

  // MARK: Parsing

  private mutating func parse(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { input in
      let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let context = xmlCreateMemoryParserCtxt(start, Int32(clamping: input.count)) else {
        problem = CleanProblem.outOfMemory
        return
      }
      defer {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
      }
      let options = XML_PARSE_NONET.rawValue | XML_PARSE_RECOVER.rawValue | XML_PARSE_NOWARNING.rawValue
      // The runner bounds the document's size; libxml2's own bound is 10 MB for each text.
      xmlCtxtUseOptions(context, Int32(options | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_HUGE.rawValue))
      xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      Self.setHandlers(context)
      withUnsafeMutablePointer(to: &self) { pointer in
        pointer.pointee.parser = context
        context.pointee.userData = UnsafeMutableRawPointer(pointer)
        xmlParseDocument(context)
        pointer.pointee.finish()
        context.pointee.userData = UnsafeMutableRawPointer(context)
      }
    }
  }

  private static func setHandlers(_ context: xmlParserCtxtPtr) {
    guard let sax = context.pointee.sax else { return }
    sax.pointee = xmlSAXHandler()
    sax.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    sax.pointee.startElementNs = startElement
    sax.pointee.endElementNs = endElement
    sax.pointee.characters = characters
    sax.pointee.cdataBlock = characters
    sax.pointee.ignorableWhitespace = characters
    sax.pointee.comment = { data, _ in XMLReader.from(data)?.pointee.moveOn() }
    sax.pointee.processingInstruction = { data, _, _ in XMLReader.from(data)?.pointee.moveOn() }
    sax.pointee.entityDecl = declareEntity
    sax.pointee.getEntity = entity
    sax.pointee.serror = error
  }

  /// How far the parser has come in its input, in bytes.
  private var offset: Int {
    guard let input = parser?.pointee.input, let current = input.pointee.cur, let base = input.pointee.base else {
      return 0
    }
    return Int(input.pointee.consumed) + (current - base)
  }
  private var line: Int { Int(parser?.pointee.input?.pointee.line ?? 1) }

  private mutating func stop(_ problem: any Error) {
    self.problem = self.problem ?? problem
    xmlStopParser(parser)
  }

  private mutating func moveOn() {
    places.move(to: offset)
    guard offset >= checkpoint else { return }
    checkpoint = offset + 65_536
    do { try checkTime() } catch { stop(error) }
  }

  /// Whether everything was read.
  private mutating func finish() {
    guard problem == nil, !isPage || page != nil else { return }
    if root == nil { return stop(CleanProblem.malformed("there is no element", line: line)) }
    // Garbage behind the root loses nothing; a second document would be lost.
    let rest = places.document[min(places.offset, places.document.count)...]
    var isTag = false
    for byte in rest {
      if isTag && (byte | 32) &- 97 < 26 {
        let reason = "a second document begins here; split the file"
        return stop(CleanProblem.malformed(reason, line: XMLScan.line(of: places.offset, in: document)))
      }
      isTag = byte == UInt8(ascii: "<")
    }
  }

  // MARK: Callbacks

  private static func from(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLReader>? {
    data?.assumingMemoryBound(to: XMLReader.self)
  }
  private static let startElement: startElementNsSAX2Func = {
    data, name, prefix, uri, spaces, _, count, defaults, pairs in
    guard let reader = XMLReader.from(data), let name else { return }
    guard defaults <= XMLReader.mostDefaults, reader.pointee.declare(spaces) else {
      return reader.pointee.stop(CleanProblem.manyAttributes(line: reader.pointee.line))
    }
    reader.pointee.open(
      name, prefix, uri, XMLAttributes(pointers: pairs, count: Int(count), entities: reader.pointee.entities.texts))
  }
  private static let endElement: endElementNsSAX2Func = { data, _, _, _ in XMLReader.from(data)?.pointee.close() }
  private static let characters: charactersSAXFunc = { data, bytes, count in
    guard let reader = XMLReader.from(data), let bytes, count > 0 else { return }
    reader.pointee.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }
  private static let declareEntity: entityDeclSAXFunc = { data, name, type, _, _, content in
    guard let reader = XMLReader.from(data), let name else { return }
    guard type != XML_INTERNAL_PARAMETER_ENTITY.rawValue, type != XML_EXTERNAL_PARAMETER_ENTITY.rawValue else { return }
    let isInternal = type == XML_INTERNAL_GENERAL_ENTITY.rawValue
    reader.pointee.entities.declare(name, content: isInternal ? content : nil)
  }
  private static let entity: getEntitySAXFunc = { data, name in
    guard let reader = XMLReader.from(data), let name else { return nil }
    return reader.pointee.entity(name)
  }
  private static let error: xmlStructuredErrorFunc = { data, error in
    guard let error, error.pointee.level == XML_ERR_FATAL, !XMLReader.isHarmless(error.pointee.code) else { return }
    let reason = error.pointee.message.map { trimmed(String(cString: $0)) } ?? "not well-formed"
    XMLReader.from(data)?.pointee.stop(CleanProblem.malformed(reason, line: Int(error.pointee.line)))
  }

  /// Faults behind which libxml2 goes on without losing text.
  private static func isHarmless(_ code: Int32) -> Bool {
    switch xmlParserErrors(UInt32(bitPattern: code)) {
    case XML_ERR_UNDECLARED_ENTITY, XML_ERR_ATTRIBUTE_REDEFINED, XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_DEC_CHARREF,
      XML_ERR_INVALID_HEX_CHARREF, XML_ERR_INVALID_CHAR, XML_ERR_HYPHEN_IN_COMMENT, XML_ERR_RESERVED_XML_NAME,
      XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_ENCODING_NAME, XML_ERR_VERSION_MISSING,
      XML_ERR_UNKNOWN_VERSION, XML_ERR_STANDALONE_VALUE, XML_ERR_DOCUMENT_END, XML_ERR_NOTATION_PROCESSING,
      XML_ERR_XMLDECL_NOT_FINISHED, XML_ERR_EXT_SUBSET_NOT_FINISHED, XML_ERR_ENTITY_PROCESSING:
      true
    default: false
    }
  }

  /// Declarations ask for their own entity too; only a use inside the root is judged.
  private mutating func entity(_ name: UnsafePointer<UInt8>) -> xmlEntityPtr? {
    // In an attribute the reference stays as it is, and is resolved there.
    let isInAttribute = parser?.pointee.instate == XML_PARSER_ATTRIBUTE_VALUE
    guard root != nil || isInAttribute else { return nil }
    // Behind a fault that did no harm libxml2 would drop every reference without a word.
    parser?.pointee.wellFormed = 1
    switch entities.use(name) {
    case .text(let entity):
      entity.pointee.etype = isInAttribute ? XML_INTERNAL_GENERAL_ENTITY : XML_INTERNAL_PREDEFINED_ENTITY
      return entity
    case .refused: stop(CleanProblem.entities(String(cString: name), line: line))
    case .tooMuch: stop(CleanProblem.expansion(String(cString: name), line: line))
    }
    return nil
  }

  private mutating func open(
    _ name: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?,
    _ attributes: XMLAttributes
  ) {
    guard problem == nil else { return }
    let local = CString(start: name).buffer
    let element = ElementName(hash: Words.hash(local), local: local, namespace: namespace(uri))
    if root == nil, !begin(element, isPrefixed: prefix != nil) { return }
    moveOn()
    // The parser stands before the end of the tag; that of an empty element is left to the event of its end.
    if places.offset < document.count, document[places.offset] == UInt8(ascii: ">") {
      places.move(to: places.offset + 1)
    }
    if page != nil { return openInPage(local, attributes) }
    let ahead = document[places.offset...]
    assembler?.start(element, attributes, ahead: ahead)
  }

  private mutating func openInPage(_ local: UnsafeBufferPointer<UInt8>, _ attributes: XMLAttributes) {
    let tag = Tag(local)
    page?.push(tag, Attributes(entries: attributes.entries()))
    if tag == .br { page?.empty(.br, Attributes()) }
  }

  /// - Returns: false where an attack makes every name slow to look up.
  private mutating func declare(_ namespaces: Int32) -> Bool {
    namespaceCounts.append(namespaces)
    namespaceCount += namespaces
    return namespaceCount <= Self.mostNamespaces
  }

  private mutating func close() {
    namespaceCount -= namespaceCounts.popLast() ?? 0
    moveOn()
    page?.pop()
    assembler?.end()
  }

  /// Chooses the vocabulary.
  /// - Returns: false where the document is not to be read here.
  private mutating func begin(_ element: ElementName, isPrefixed: Bool) -> Bool {
    let name = String(decoding: element.local, as: UTF8.self)
    root = name
    if name.lowercased() == "html" {
      isPage = true
      if isPrefixed { page = builder } else { xmlStopParser(parser) }
      return isPrefixed
    }
    let isFeed = element.namespace == .feed || name.lowercased() == "rss" || element.isNamed("RDF")
    var found: (any XMLVocabulary)? = named?.reads(element) == true ? named : nil
    found = found ?? XMLVocabularies.all.first { $0.reads(element) }
    if !isFeed { found = found ?? named }
    if let found {
      assembler = XMLAssembler(found, builder: builder, captions: captions)
      builder = PageBuilder()
    } else {
      stop(isFeed ? CleanProblem.feed(name) : CleanProblem.unknownVocabulary(name))
    }
    return found != nil
  }

  private mutating func namespace(_ uri: UnsafePointer<UInt8>?) -> XMLNamespace {
    // The parser keeps one copy of each name.
    if uri == lastNamespace.uri { return lastNamespace.namespace }
    lastNamespace = (uri, XMLNamespace(uri.map { String(cString: $0) } ?? ""))
    return lastNamespace.namespace
  }

  private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = places.offset
    switch places.place(of: bytes) {
    case .literal(let range):
      // From the document and not from the parser, whose copy is mended.
      document.withUnsafeBufferPointer { add(UnsafeBufferPointer(rebasing: $0[range]), at: range) }
    case .reference(let range): add(bytes, at: range)
    case .unknown:
      moveOn()
      add(bytes, at: min(start, places.offset)..<places.offset)
    }
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, at range: Range<Int>) {
    page?.text(bytes, at: range.lowerBound, length: range.count)
    assembler?.text(bytes, at: range)
  }
}
