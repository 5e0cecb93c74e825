/// Why a document could not be cleaned, and what to do.
enum CleanProblem: Error, CustomStringConvertible, Equatable {
  case tooDeep(line: Int)
  case longTag(line: Int)
  case manyAttributes(line: Int)
  case longDocumentType(line: Int)
  case outOfMemory
  case tooLarge
  case notMarkup(String)
  /// What the bytes look like.
  case notText(String)
  case unknownVocabulary(String)
  /// No element of the root is one of those that the option calls text.
  case noNamedText([String], root: String)
  case feed(String)
  case entities(String, line: Int)
  case expansion(String, line: Int)
  case malformed(String, line: Int)

  var description: String {
    switch self {
    case .tooDeep(let line):
      "line \(line): elements are nested deeper than \(XMLScan.deepest), which no article needs; flatten them"
    case .longTag(let line):
      "line \(line): a tag is longer than \(XMLScan.longestTag) bytes; take the data out of its attributes"
    case .manyAttributes(let line):
      "line \(line): a tag has more than \(XMLScan.mostAttributes) attributes; take them out"
    case .longDocumentType(let line):
      "line \(line): the document type is longer than \(XMLScan.longestDocumentType) bytes; take the declarations out"
    case .outOfMemory: "the parser got no memory; run fewer workers"
    case .tooLarge: "the page is larger than 1 GB; split it"
    case .notMarkup(let type): "\(type) is neither HTML nor XML; let \"read\" give the text, or set its format"
    case .notText(let kind):
      "the bytes are no page but \(kind), whatever the name says; leave the file out, or put its text in its place"
    case .unknownVocabulary(let root):
      "no rule for XML with the root <\(root)>; say which elements are text by the option xml, as in "
        + "xml: { root: \(root), text: [body, p], title: headline }"
    case .noNamedText(let names, let root):
      "<\(root)> holds no element \(names.map { "<\($0)>" }.joined(separator: " or ")), which the option xml calls text; "
        + "name the elements that are its text, as in xml: { root: \(root), text: [body, p] }"
    case .feed(let root):
      "<\(root)> is a feed; let \"read\" part it into its items, with format: auto or rss"
    case .entities(let name, let line):
      "line \(line): the entity &\(name); is external or refers to others, which is refused; replace it in the document"
    case .expansion(let name, let line):
      "line \(line): entities such as &\(name); bring more than \(DeclaredEntities.mostText) bytes, which is refused; "
        + "replace them in the document"
    case .malformed(let reason, let line): "line \(line): \(reason); mend the XML"
    }
  }
}
