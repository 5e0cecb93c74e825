public import PipelineKit

/// The worker of ``Stances``: makes the words of each sentence, has its stances found, and adds the citations.
public struct StanceFinder: AnnotatorWorker {
  private let threshold: Double
  private let lexicon: Lexicon
  private var reader: WordReader
  private var words: [Word] = []

  init(lexicon: Lexicon, threshold: Double) {
    (self.lexicon, self.threshold) = (lexicon, threshold)
    reader = WordReader(lexicon: lexicon)
  }

  public mutating func annotate(_ document: inout Document) throws {
    let text = document.text
    let bytes = text.utf8Span.span
    let tokens = document[Token.self]
    let entities = document[Entity.self]
    let citations = document[Citation.self]
    let citing = Citing(citations)
    let sentences = document[Sentence.self]
    var quotes = QuoteFinder.quotes(in: bytes, blocks: document[Block.self])
    var cursor = Cursor()
    var stances: [Stance] = []
    for (number, sentence) in sentences.enumerated() {
      if number % 64 == 0 { try document.checkTime() }
      read(sentence, tokens, bytes, entities, citations, quotes, &cursor)
      guard words.contains(where: { $0.has([.predicate, .saying]) && !$0.isEntity }) else { continue }
      var finder = SentenceFinder(clauses: Clauses(words: words, lexicon: lexicon, entities: entities))
      finder.run()
      QuoteFinder.attribute(&quotes, by: finder.clauses)
      guard !isQuestion else { continue }
      let cited = citing.citations(of: number, sentence.span)
      for var stance in finder.found where stance.confidence >= threshold {
        stance.citations = citing.covering(stance.evidence, among: cited)
        stances.append(stance)
      }
    }
    document[Quote.self] = quotes
    document[Stance.self] = stances.sorted {
      ($0.evidence.start, $0.evidence.end) < ($1.evidence.start, $1.evidence.end)
    }
  }

  private var isQuestion: Bool { words.last?.classes.has(.question) ?? false }

  /// How far each layer has been read.
  private struct Cursor {
    var token = 0
    var entity = 0
    var citation = 0
    var quote = 0
  }

  /// Fills `words` with those of a sentence.
  private mutating func read(
    _ sentence: Sentence, _ tokens: [Token], _ bytes: Span<UInt8>, _ entities: [Entity], _ citations: [Citation],
    _ quotes: [Quote], _ cursor: inout Cursor
  ) {
    words.removeAll(keepingCapacity: true)
    while cursor.token < tokens.count, tokens[cursor.token].span.start < sentence.span.start { cursor.token += 1 }
    while cursor.token < tokens.count, tokens[cursor.token].span.end <= sentence.span.end {
      let token = tokens[cursor.token]
      cursor.token += 1
      guard Int(token.span.end) <= bytes.count, !token.span.isEmpty else { continue }
      while cursor.citation < citations.count, citations[cursor.citation].span.end <= token.span.start {
        cursor.citation += 1
      }
      if cursor.citation < citations.count, citations[cursor.citation].span.overlaps(token.span) { continue }
      if QuoteFinder.isMark(token.span, bytes) { continue }
      while cursor.entity < entities.count, entities[cursor.entity].span.end <= token.span.start { cursor.entity += 1 }
      while cursor.quote < quotes.count, quotes[cursor.quote].span.end <= token.span.start { cursor.quote += 1 }
      let isNamed = cursor.entity < entities.count && entities[cursor.entity].span.overlaps(token.span)
      let isQuoted = cursor.quote < quotes.count && quotes[cursor.quote].span.overlaps(token.span)
      words.append(
        reader.word(token, bytes, entity: isNamed ? Int32(cursor.entity) : -1, isQuoted: isQuoted))
    }
  }
}
