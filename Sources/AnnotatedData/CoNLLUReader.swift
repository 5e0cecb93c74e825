import PipelineKit

/// Reads CoNLL-U: sentences and tokens of treebanks, by https://universaldependencies.org/format.html.
///
/// A sentence's text is its `# text`, else its forms with a blank behind each that has no `SpaceAfter=No`. The words of
/// a multiword token are tokens of their own where they make up its form (`do|n't`); else the whole token is one.
/// `# newdoc` begins a document, `# newpar` a paragraph. A file without `# newdoc` gives a document for every so many
/// sentences: one a document would leave a splitter nothing to learn.
struct CoNLLUReader: DataReader {
  private static let sentencesOfDocument = 20

  private let file: String
  private let layers: [LayerName]
  private var document: TextAssembler?
  private var documentID: String?
  private var sentence = CoNLLUSentence()
  private var hasDocuments = false
  private var isFaulty = false

  init(file: String, layers: [LayerName]) { (self.file, self.layers) = (file, layers) }

  mutating func take(_ bytes: [UInt8], _ line: DataLines.Line, into result: inout AnnotatedFile) {
    let content = bytes[line.range]
    if content.allSatisfy({ isBlank($0) }) { return endSentence(into: &result) }
    do throws(GoldProblem) {
      if content.first == UInt8(ascii: "#") {
        comment(String(decoding: content, as: UTF8.self), line.number, into: &result)
      } else {
        try sentence.take(content, line: line.number)
      }
    } catch {
      refuse(error, line.number, &result)
    }
  }

  mutating func finish(into result: inout AnnotatedFile) {
    endSentence(into: &result)
    endDocument(into: &result)
  }

  private mutating func comment(_ line: String, _ number: Int, into result: inout AnnotatedFile) {
    let parts = line.dropFirst().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map { $0.split(separator: " ").joined(separator: " ") } ?? ""
    let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
    switch name {
    case "newdoc", "newdoc id":
      endSentence(into: &result)
      endDocument(into: &result)
      (hasDocuments, documentID) = (true, value.isEmpty ? nil : String(value))
    case "newpar", "newpar id": document?.separate(by: "\n\n")
    case "text": sentence.text = (Array(value.utf8), number)
    default: break
    }
  }

  private mutating func refuse(_ problem: GoldProblem, _ line: Int, _ result: inout AnnotatedFile) {
    isFaulty = true
    result.problems.append(DataProblem(DataPlace(file, line: line), problem.message))
  }

  private mutating func endSentence(into result: inout AnnotatedFile) {
    defer { sentence = CoNLLUSentence() }
    guard let line = sentence.line else { return }
    if !hasDocuments, document?.sentences.count == Self.sentencesOfDocument { endDocument(into: &result) }
    var text = document ?? TextAssembler(line: line)
    do throws(GoldProblem) { try sentence.add(to: &text) } catch {
      refuse(error, sentence.text?.line ?? line, &result)
    }
    document = text
  }

  private mutating func endDocument(into result: inout AnnotatedFile) {
    defer { (document, documentID, isFaulty) = (nil, nil, false) }
    guard let document, !isFaulty else { return }
    result.texts.append(document.text(id: documentID, file: file, layers: layers))
  }
}

/// The lines of one sentence.
struct CoNLLUSentence {
  /// What `# text` says, and where.
  var text: (bytes: [UInt8], line: Int)?
  /// The first line with a token.
  private(set) var line: Int?
  private var tokens: [Token] = []
  /// The last word of the open multiword token.
  private var lastWord = 0

  private struct Token {
    var form: [UInt8]
    var words: [[UInt8]] = []
    var hasSpaceAfter: Bool
  }

  mutating func take(_ content: ArraySlice<UInt8>, line: Int) throws(GoldProblem) {
    let columns = content.split(separator: 0x09, omittingEmptySubsequences: false)
    guard columns.count == 10 else {
      throw GoldProblem("has \(columns.count) columns and not ten; put a tab between two and _ where there is nothing")
    }
    let id = String(decoding: columns[0], as: UTF8.self)
    if id.contains(".") { return }  // an empty node stands for nothing in the text
    self.line = self.line ?? line
    let isLast = String(decoding: columns[9], as: UTF8.self).split(separator: "|").contains("SpaceAfter=No")
    let edges = id.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard let first = edges.first, let last = edges.last, edges.count < 3, first > 0, first <= last else {
      throw GoldProblem("has the number \"\(id)\"; write 1, 2, 3, or 1-2 for a multiword token")
    }
    if edges.count == 2 {
      lastWord = last
      tokens.append(Token(form: Array(columns[1]), hasSpaceAfter: !isLast))
    } else if first <= lastWord, let index = tokens.indices.last {
      tokens[index].words.append(Array(columns[1]))
    } else {
      tokens.append(Token(form: Array(columns[1]), hasSpaceAfter: !isLast))
    }
  }

  /// Adds the sentence to its document.
  func add(to document: inout TextAssembler) throws(GoldProblem) {
    let bytes = text?.bytes ?? joined
    let start = document.add(bytes)
    var position = 0
    for token in tokens {
      position = Int(trimmed(TextSpan(position, bytes.count), in: bytes).start)
      guard !token.form.isEmpty, bytes[position...].starts(with: token.form) else {
        throw GoldProblem(
          "the token \"\(String(decoding: token.form, as: UTF8.self))\" does not follow in # text; make them agree")
      }
      for word in pieces(of: token) {
        document.mark(token: start + position..<start + position + word)
        position += word
      }
    }
    document.endSentence()
    document.separate(by: tokens.last?.hasSpaceAfter == false ? "" : " ")
  }

  private var joined: [UInt8] {
    var bytes: [UInt8] = []
    for (index, token) in tokens.enumerated() {
      bytes += token.form
      if token.hasSpaceAfter, index + 1 < tokens.count { bytes.append(0x20) }
    }
    return bytes
  }

  /// The lengths of the tokens that one line stands for.
  private func pieces(of token: Token) -> [Int] {
    token.words.count > 1 && token.words.joined().elementsEqual(token.form) && token.words.allSatisfy { !$0.isEmpty }
      ? token.words.map(\.count) : [token.form.count]
  }
}
