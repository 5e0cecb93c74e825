internal import PipelineKit
internal import StanceData

/// All words that the rules know, and the predicates. Made once a run, shared by all threads.
final class Lexicon: Sendable {
  let vocabulary: Vocabulary
  /// By number of the word.
  let classes: [WordClass]
  let lexemes: [Lexeme]
  let known: KnownWords
  private let readings: [Reading]
  private let readingEnds: [Int32]

  init(_ contents: LexiconContents) {
    var contents = contents
    known = KnownWords(&contents.vocabulary)
    contents.growToVocabulary()
    (vocabulary, classes, lexemes) = (contents.vocabulary, contents.classes, contents.lexemes)
    readings = contents.readings.flatMap(\.self)
    var end: Int32 = 0
    readingEnds =
      [0]
      + contents.readings.map { list in
        end += Int32(list.count); return end
      }
  }

  /// The lexicon that is compiled in.
  static func embedded() throws -> Lexicon {
    var contents = LexiconContents()
    try contents.readWords(text(stance_words()))
    try contents.readPredicates(text(stance_predicates()))
    return Lexicon(contents)
  }

  private static func text(_ file: embedded_file) -> String {
    String(decoding: UnsafeRawBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }

  /// What a word can be a form of.
  func readings(of word: Int32) -> ArraySlice<Reading> {
    guard word >= 0 else { return [] }
    return readings[Int(readingEnds[Int(word)])..<Int(readingEnds[Int(word) + 1])]
  }
}

/// Words that single rules ask for by name.
struct KnownWords: Sendable {
  let to, that, by, and, or, nor, neither, both, not, no, longer, of, from, said, according, we, i, it, he, she,
    they: Int32
  let will, would, shall, can, should, must, ought, may, might, could, be, been, being, cannot, the, within,
    without: Int32
  let forWord, lack, had, have, has, need, needs, which, who, well, asWord, possessiveMark: Int32
  let provided, were, his, her, its, times: Int32

  init(_ vocabulary: inout Vocabulary) {
    func word(_ text: String) -> Int32 { vocabulary.add(text) }
    (to, that, by, and, or, nor) = (word("to"), word("that"), word("by"), word("and"), word("or"), word("nor"))
    (neither, both, not, no, longer) = (word("neither"), word("both"), word("not"), word("no"), word("longer"))
    (of, from, said, according) = (word("of"), word("from"), word("said"), word("according"))
    (we, i, it, he, she, they) = (word("we"), word("i"), word("it"), word("he"), word("she"), word("they"))
    (will, would, shall, can) = (word("will"), word("would"), word("shall"), word("can"))
    (should, must, ought) = (word("should"), word("must"), word("ought"))
    (may, might, could, be, been) = (word("may"), word("might"), word("could"), word("be"), word("been"))
    (being, cannot, the, within) = (word("being"), word("cannot"), word("the"), word("within"))
    forWord = word("for")
    (without, lack, had, have, has) = (word("without"), word("lack"), word("had"), word("have"), word("has"))
    (need, needs, which, who) = (word("need"), word("needs"), word("which"), word("who"))
    (well, asWord, possessiveMark) = (word("well"), word("as"), word("'s"))
    (provided, were, his, her, its) = (word("provided"), word("were"), word("his"), word("her"), word("its"))
    times = word("times")
  }
}
