/// Why a document could not be cleaned, and what to do.
enum CleanProblem: Error, CustomStringConvertible, Equatable {
  case tooDeep
  case outOfMemory
  case tooLarge
  /// Not shown: the document is then read as HTML.
  case isPage
  case notMarkup(String)
  /// What the bytes look like.
  case notText(String)
  case unknownVocabulary(String)
  case entities(String)
  case malformed(String, line: Int)

  var description: String {
    switch self {
    case .tooDeep: "elements are nested deeper than \(XMLReader.deepest); no article needs that, so it is left out"
    case .outOfMemory: "the parser got no memory; run fewer workers"
    case .tooLarge: "the page is larger than 1 GB; split it"
    case .isPage: "the document is a page"
    case .notMarkup(let type): "\(type) is neither HTML nor XML; let \"read\" give the text, or set its format"
    case .notText(let kind):
      "the bytes are no page but \(kind), whatever the name says; leave the file out, or put its text in its place"
    case .unknownVocabulary(let root):
      "no rule for XML with the root <\(root)>; NITF and XHTML are read, RSS and Atom by \"read\""
    case .entities(let name):
      "the entity &\(name); is external or refers to others, which is refused; replace it in the document"
    case .malformed(let reason, let line): "line \(line): \(reason); mend the XML"
    }
  }
}
