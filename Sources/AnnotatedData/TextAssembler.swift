import PipelineKit

/// Puts a text together from tokens and keeps the spans of tokens and sentences.
struct TextAssembler {
  private(set) var bytes: [UInt8] = []
  private(set) var tokens: [GoldSpan] = []
  private(set) var sentences: [GoldSpan] = []
  /// Where the text begins in its file.
  let line: Int
  private var sentenceStart: Int?
  private var separator = ""

  init(line: Int) { self.line = line }
  var isEmpty: Bool { bytes.isEmpty }

  /// Adds a token behind what stands between it and the one before it.
  mutating func add(token: some Sequence<UInt8>) {
    let start = add(token)
    tokens.append(GoldSpan(TextSpan(start, bytes.count)))
  }

  /// Adds a stretch of text, for instance a whole sentence.
  /// - Returns: where it begins.
  mutating func add(_ text: some Sequence<UInt8>) -> Int {
    if !bytes.isEmpty { bytes += separator.utf8 }
    let start = bytes.count
    bytes += text
    sentenceStart = sentenceStart ?? start
    separator = " "
    return start
  }

  /// Marks a token in a stretch that was added.
  mutating func mark(token: Range<Int>) { tokens.append(GoldSpan(TextSpan(token))) }

  /// What stands before whatever is added next.
  mutating func separate(by separator: String) { self.separator = separator }

  /// Ends the open sentence, if there is one.
  mutating func endSentence() {
    if let start = sentenceStart { sentences.append(GoldSpan(trimmed(TextSpan(start, bytes.count), in: bytes))) }
    sentenceStart = nil
  }

  /// The text with the layers that are wanted.
  func text(id: String?, file: String, layers: [LayerName], entities: [GoldSpan]? = nil) -> AnnotatedText {
    var all = [Sentence.layer: sentences, Token.layer: tokens]
    all[Entity.layer] = entities
    let place = DataPlace(file, line: line)
    return AnnotatedText(
      id: id ?? place.description, place: place, text: String(decoding: bytes, as: UTF8.self),
      blocks: paragraphs(of: bytes), layers: all.filter { layers.contains($0.key) })
  }
}
