internal import CXML
import Glibc

/// Reads feeds and sitemaps through libxml2's push parser: no tree, no network, no document type, no entities.
///
/// The bytes are mended first (``XMLMending``). What is still not well-formed is a problem, and libxml2 goes on behind
/// it where it can.
final class XMLLinks: LinkParser {
  // A struct behind a pointer: a class would pay for checks of exclusive access in each callback.
  private let walk: UnsafeMutablePointer<ElementWalk>
  private var context: xmlParserCtxtPtr?
  private var mending = XMLMending()
  private var mended: [UInt8] = []

  init(_ limits: LinkDocument.Limits) throws(LinkProblem) {
    xmlInitParser()
    walk = .allocate(capacity: 1)
    walk.initialize(to: ElementWalk(limits))
    var handler = Self.handler
    context = xmlCreatePushParserCtxt(&handler, walk, nil, 0, nil)
    guard let context else { throw LinkProblem(.broken, "no memory to read it") }
    walk.pointee.context = context
    // NOENT, against its name, is about `&amp;` in attributes.
    let options = XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue
    xmlCtxtUseOptions(context, CInt(options | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOWARNING.rawValue))
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
  }
  deinit {
    if let context {
      if let document = context.pointee.myDoc { xmlFreeDoc(document) }
      xmlFreeParserCtxt(context)
    }
    walk.deinitialize(count: 1)
    walk.deallocate()
  }

  var format: LinkFormat { walk.pointee.format }
  var problem: LinkProblem? { walk.pointee.problem }
  func takeLinks() -> [FoundLink] { walk.pointee.takeLinks() }

  func add(_ bytes: UnsafeBufferPointer<UInt8>) throws(LinkProblem) {
    try mending.mend(bytes, isLast: false, into: &mended)
    try parse(isLast: false)
  }

  func finish() throws(LinkProblem) {
    try mending.mend(UnsafeBufferPointer(start: nil, count: 0), isLast: true, into: &mended)
    try parse(isLast: true)
    walk.pointee.finish()
  }

  private func parse(isLast: Bool) throws(LinkProblem) {
    mended.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = xmlParseChunk(context, start, CInt(clamping: bytes.count), isLast ? 1 : 0)
    }
    mended.removeAll(keepingCapacity: true)
    if let refusal = walk.pointee.refusal { throw refusal }
  }

  private static var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { data, name, prefix, uri, namespaces, _, count, _, attributes in
      guard let name else { return }
      let attributes = XMLAttributeList(pointers: attributes, count: Int(count))
      ElementWalk.from(data)?.pointee.start(ElementName(name, prefix, uri), Int(namespaces), attributes)
    }
    handler.endElementNs = { data, _, _, _ in ElementWalk.from(data)?.pointee.end() }
    let characters: charactersSAXFunc = { data, text, count in
      ElementWalk.from(data)?.pointee.text(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    handler.characters = characters
    handler.ignorableWhitespace = characters
    handler.cdataBlock = characters
    handler.serror = { data, error in
      guard let error, error.pointee.level == XML_ERR_FATAL else { return }
      let words = error.pointee.message.map { String(cString: $0) } ?? ""
      ElementWalk.from(data)?.pointee.note(words, line: Int(error.pointee.line))
    }
    return handler
  }
}

/// The attributes of an element as libxml2 hands them over: name, prefix, namespace, and the value's two ends.
struct XMLAttributeList {
  let pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  let count: Int

  /// The value of an attribute, with a prefix only if one is named.
  func value(_ name: StaticString, prefix: StaticString? = nil) -> UnsafeBufferPointer<UInt8>? {
    guard let pointers else { return nil }
    for index in 0..<count where isNamed(pointers + index * 5, name, prefix) {
      let (start, end) = (pointers[index * 5 + 3], pointers[index * 5 + 4])
      return start.flatMap { start in end.map { UnsafeBufferPointer(start: start, count: $0 - start) } }
    }
    return nil
  }

  private func isNamed(
    _ pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ name: StaticString, _ prefix: StaticString?
  ) -> Bool {
    guard let local = pointers[0], cString(local, is: name) else { return false }
    guard let prefix else { return pointers[1] == nil }
    return pointers[1].map { cString($0, is: prefix) } ?? false
  }
}

/// Whether a C string is that ASCII.
@inline(__always) func cString(_ text: UnsafePointer<UInt8>, is word: StaticString) -> Bool {
  let length = word.utf8CodeUnitCount
  for index in 0..<length where text[index] != word.utf8Start[index] { return false }
  return text[length] == 0
}

/// An address relative to a base, both as written.
func joined(_ address: String, to base: String?) -> String {
  guard let base, let whole = xmlBuildURI(address, base) else { return address }
  // libxml2 takes malloc, as long as nobody sets another.
  defer { free(whole) }
  return String(cString: whole)
}
