import PipelineKit

/// Reads columns: a token, perhaps further columns, and the tag of an entity a line; an empty line between sentences.
///
/// The text is made by joining tokens with blanks and sentences with line breaks. `-DOCSTART-` begins a document;
/// a file without it has a document for each sentence, since nothing says which of them belong together.
struct CoNLLReader: DataReader {
  private let file: String
  private let layers: [LayerName]
  private var text: TextAssembler?
  private var entities = EntityAssembler()
  private var hasDocuments = false
  private var isFaulty = false

  init(file: String, layers: [LayerName]) { (self.file, self.layers) = (file, layers) }

  mutating func take(_ bytes: [UInt8], _ line: DataLines.Line, into result: inout AnnotatedFile) {
    let columns = bytes[line.range].split { isBlank($0) }
    guard let token = columns.first else { return endSentence(into: &result) }
    if token.elementsEqual("-DOCSTART-".utf8) {
      endDocument(into: &result)
      hasDocuments = true
      return
    }
    let tag = columns.count > 1 ? EntityTag(String(decoding: columns[columns.count - 1], as: UTF8.self)) : nil
    guard let tag else {
      if token.first == UInt8(ascii: "#") { return }  // a comment; a token that begins so has its tag behind it
      return refuse(columns, line.number, &result)
    }
    var text = text ?? TextAssembler(line: line.number)
    entities.take(tag, at: text.tokens.count)
    text.add(token: token)
    self.text = text
  }

  mutating func finish(into result: inout AnnotatedFile) {
    endSentence(into: &result)
    endDocument(into: &result)
  }

  private mutating func refuse(_ columns: [ArraySlice<UInt8>], _ line: Int, _ result: inout AnnotatedFile) {
    isFaulty = true
    let message =
      columns.count < 2
      ? "has a token and no tag; write the tag behind it, O outside of entities"
      : "has the tag \"\(String(decoding: columns[columns.count - 1], as: UTF8.self))\"; write O, or B-, I-, E- or S- and the type"
    result.problems.append(DataProblem(DataPlace(file, line: line), message))
  }

  private mutating func endSentence(into result: inout AnnotatedFile) {
    if let tokens = text?.tokens.count { entities.close(before: tokens) }
    text?.endSentence()
    text?.separate(by: "\n")
    if !hasDocuments { endDocument(into: &result) }
  }

  private mutating func endDocument(into result: inout AnnotatedFile) {
    defer { (text, entities, isFaulty) = (nil, EntityAssembler(), false) }
    guard var text, !isFaulty else { return }
    entities.close(before: text.tokens.count)
    text.endSentence()
    let spans = entities.entities.map { entity in
      let last = text.tokens[entity.tokens.upperBound - 1].span
      return GoldSpan(
        TextSpan(Int(text.tokens[entity.tokens.lowerBound].span.start), Int(last.end)), label: entity.type)
    }
    result.texts.append(text.text(id: nil, file: file, layers: layers, entities: spans))
  }
}
