internal import CXML

/// Reads a page of HTML through libxml2's SAX events into a `PageBuilder`.
///
/// The tree that libxml2 could build is never made: it costs as much time again and loses the byte offsets.
/// Each call has a context of its own, so that threads share nothing; errors of the markup are expected and
/// go nowhere.
enum HTMLReader {
  /// - Parameter bytes: UTF-8 without NUL.
  /// - Throws: ``CleanProblem`` where the page cannot be read.
  static func read(_ bytes: [UInt8], into builder: inout PageBuilder) throws {
    builder.begin()
    guard !bytes.isEmpty else { return }
    var run = SAXRun(builder: builder)
    builder = PageBuilder()
    defer { builder = run.builder }
    try bytes.withUnsafeBytes { input in
      let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let context = htmlCreateMemoryParserCtxt(start, Int32(clamping: input.count)) else {
        throw CleanProblem.outOfMemory
      }
      defer { htmlFreeParserCtxt(context) }
      // In recovery a script ends at its own end tag and not at any "</" that it writes.
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue | HTML_PARSE_NODEFDTD.rawValue
      htmlCtxtUseOptions(context, Int32(options))
      xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      setHandlers(context)
      withUnsafeMutablePointer(to: &run) { pointer in
        pointer.pointee.parser = context
        context.pointee.userData = UnsafeMutableRawPointer(pointer)
        htmlParseDocument(context)
        context.pointee.userData = UnsafeMutableRawPointer(context)
      }
    }
    run.builder.end()
    if let problem = run.problem { throw problem }
  }

  private static func setHandlers(_ context: htmlParserCtxtPtr) {
    guard let sax = context.pointee.sax else { return }
    sax.pointee = xmlSAXHandler()
    sax.pointee.startElement = SAXRun.startElement
    sax.pointee.endElement = SAXRun.endElement
    sax.pointee.characters = SAXRun.characters
    sax.pointee.cdataBlock = SAXRun.characters
    sax.pointee.ignorableWhitespace = SAXRun.characters
    sax.pointee.serror = { _, _ in }
    sax.pointee.initialized = XML_SAX2_MAGIC
  }
}

/// What the callbacks of one parse work on.
struct SAXRun {
  var builder: PageBuilder
  var parser: xmlParserCtxtPtr?
  var problem: CleanProblem?

  private var offset: Int { parser.map(offsetInInput) ?? 0 }

  static let startElement: startElementSAXFunc = { data, name, attributes in
    guard let run = data?.assumingMemoryBound(to: SAXRun.self), let name else { return }
    let tag = Tag(UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name))))
    if !run.pointee.builder.openElement(tag, Attributes(attributes), offset: run.pointee.offset) {
      run.pointee.problem = .tooDeep
      xmlStopParser(run.pointee.parser)
    }
  }
  static let endElement: endElementSAXFunc = { data, name in
    guard let run = data?.assumingMemoryBound(to: SAXRun.self), let name else { return }
    let tag = Tag(UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name))))
    run.pointee.builder.closeElement(tag, offset: run.pointee.offset)
  }
  static let characters: charactersSAXFunc = { data, bytes, count in
    guard let run = data?.assumingMemoryBound(to: SAXRun.self), let bytes, count > 0 else { return }
    let end = run.pointee.parser.map { offsetInInput($0, behind: bytes, Int(count)) } ?? 0
    run.pointee.builder.text(UnsafeBufferPointer(start: bytes, count: Int(count)), offset: end)
  }
}

/// How far a parser has come in its input, in bytes.
func offsetInInput(_ parser: xmlParserCtxtPtr) -> Int {
  guard let input = parser.pointee.input, let current = input.pointee.cur, let base = input.pointee.base else {
    return 0
  }
  return Int(input.pointee.consumed) + (current - base)
}

/// The offset behind a text that a callback got: where it lies in the parser's own input, by its address, as the
/// parser may not have moved on yet; else where the parser stands.
func offsetInInput(_ parser: xmlParserCtxtPtr, behind text: UnsafePointer<UInt8>, _ count: Int) -> Int {
  guard let input = parser.pointee.input, let base = input.pointee.base, let end = input.pointee.end,
    text >= base, text + count <= end
  else { return offsetInInput(parser) }
  return Int(input.pointee.consumed) + (text - base) + count
}
