import CXML

/// libxml2's own parser of HTML, as the measure of what parsing costs at least.
enum LibXML {
  private static let options = Int32(
    HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue)

  /// Parses a page with handlers that do nothing.
  static func readEvents(_ page: [UInt8]) {
    page.withUnsafeBytes { input in
      let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let context = htmlCreateMemoryParserCtxt(start, Int32(clamping: input.count)) else { return }
      htmlCtxtUseOptions(context, options)
      if let sax = context.pointee.sax {
        sax.pointee = xmlSAXHandler()
        sax.pointee.startElement = { _, _, _ in }
        sax.pointee.endElement = { _, _ in }
        sax.pointee.characters = { _, _, _ in }
        sax.pointee.ignorableWhitespace = { _, _, _ in }
        sax.pointee.cdataBlock = { _, _, _ in }
        sax.pointee.comment = { _, _ in }
      }
      htmlParseDocument(context)
      if let document = context.pointee.myDoc { xmlFreeDoc(document) }
      htmlFreeParserCtxt(context)
    }
  }

  /// Makes a page's tree and frees it.
  static func makeTree(_ page: [UInt8]) {
    page.withUnsafeBytes { input in
      let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let tree = htmlReadMemory(start, Int32(clamping: input.count), nil, nil, options) else { return }
      xmlFreeDoc(tree)
    }
  }
}
