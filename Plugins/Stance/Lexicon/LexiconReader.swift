internal import PipelineKit

/// A lexicon while it is read from its two files.
struct LexiconContents {
  var vocabulary = Vocabulary()
  var classes: [WordClass] = []
  var lexemes: [Lexeme] = []
  /// By number of the word.
  var readings: [[Reading]] = []
  private var inflection = Inflection()
  private var byLemma: [Substring: Int32] = [:]

  mutating func growToVocabulary() {
    let missing = vocabulary.count - classes.count
    guard missing > 0 else { return }
    classes += Array(repeating: [], count: missing)
    readings += Array(repeating: [], count: missing)
  }

  private mutating func word(_ text: some StringProtocol) -> Int {
    let number = vocabulary.add(text)
    growToVocabulary()
    return Int(number)
  }

  // MARK: words.tsv

  mutating func readWords(_ text: String) throws {
    var verbs: [Substring] = []
    for row in rows(of: text, file: "words.tsv") {
      guard row.columns.count == 2 else { throw row.problem("wants a class and its words, with a tab between") }
      let words = row.columns[1].split(separator: " ")
      switch row.columns[0] {
      case "irregular":
        guard words.count == 3 else { throw row.problem("wants base, past and participle") }
        inflection.irregular[words[0]] = (words[1], words[2])
      case "doubling": inflection.doubling.formUnion(words)
      case "verb": verbs += words
      case "doubt": for verb in words { addForms(of: verb, lexeme: nil, classes: .doubt) }
      case "rejection": for verb in words { addForms(of: verb, lexeme: nil, classes: .rejection) }
      case let name:
        guard let kind = WordClass(name: name) else { throw row.problem("there is no class \(name)") }
        for text in words { classes[word(text)].insert(kind) }
      }
    }
    for verb in verbs { addForms(of: verb, lexeme: nil, classes: []) }
  }

  // MARK: predicates.tsv

  mutating func readPredicates(_ text: String) throws {
    for row in rows(of: text, file: "predicates.tsv") {
      guard row.columns.count >= 2 else { throw row.problem("wants at least lemmas and part") }
      for lemma in row.columns[0].split(separator: ",") { try add(lemma, row) }
    }
  }

  private mutating func add(_ lemma: Substring, _ row: Row) throws {
    let part = row.columns[1]
    if part == "eval" || part == "evalauthor" {
      classes[word(lemma)].formUnion([row.column(3) == "+" ? .good : .bad, .predicate])
      if part == "evalauthor" { classes[word(lemma)].insert(.authorial) }
      return
    }
    let isNew = byLemma[lemma + "/" + kind(of: part)] == nil
    let number = lexeme(lemma + "/" + kind(of: part))
    switch part {
    case "v": lexemes[number].verb += try frames(row)
    case "n": lexemes[number].noun += try frames(row)
    case "a": lexemes[number].adjective += try frames(row)
    case "author": lexemes[number].author += try frames(row)
    case "chain", "chainadj": lexemes[number].chain = try effect(row)
    case "say": lexemes[number].isSaying = true
    case "light": lexemes[number].isLight = true
    default: throw row.problem("there is no part \(part)")
    }
    if kind(of: part) == "v" {
      var extra: WordClass = []
      if part == "v" || part == "author" || part == "say" { extra.insert(.predicate) }
      if part == "say" { extra.insert(.saying) }
      if part == "light" { extra.insert(.light) }
      addForms(of: lemma, lexeme: isNew ? Int32(number) : nil, classes: extra)
    } else {
      let index = word(lemma)
      if isNew { readings[index].append(Reading(lexeme: Int32(number), forms: [])) }
      if part != "chainadj" { classes[index].insert(.predicate) }
    }
  }

  private func kind(of part: Substring) -> String {
    switch part {
    case "n": "n"
    case "a", "chainadj": "a"
    default: "v"
    }
  }

  private mutating func lexeme(_ key: Substring) -> Int {
    if let number = byLemma[key] { return Int(number) }
    lexemes.append(Lexeme())
    byLemma[key] = Int32(lexemes.count - 1)
    return lexemes.count - 1
  }

  private mutating func addForms(of verb: Substring, lexeme: Int32?, classes extra: WordClass) {
    let forms = inflection.forms(of: verb)
    var seen: [Int: WordClass] = [:]
    for (text, form) in [
      (forms.base, WordClass.base), (forms.third, .third), (forms.past, .past), (forms.participle, .participle),
      (forms.gerund, .gerund),
    ] { seen[word(text), default: []].insert(form) }
    for (index, form) in seen {
      classes[index].formUnion(form.union(extra))
      if let lexeme { readings[index].append(Reading(lexeme: lexeme, forms: form)) }
    }
  }

  private func effect(_ row: Row) throws -> ChainEffect {
    switch row.column(3) {
    case "=": return .same
    case "?": return .hedged
    case "!": return .inverted
    case "x": return .blocked
    case let other: throw row.problem("the effect is one of = ? ! x, not \(other)")
    }
  }

  // MARK: frames

  private mutating func frames(_ row: Row) throws -> [Frame] {
    let polarity: Stance.Polarity?
    switch row.column(3) {
    case "+", "?": polarity = .support
    case "-": polarity = .oppose
    case "0": polarity = .neutral
    case "*": polarity = nil
    case let other: throw row.problem("the polarity is one of + - 0 * ?, not \(other)")
    }
    guard let strength = Int(row.column(4)), (1...3).contains(strength) else {
      throw row.problem("the strength is 1, 2 or 3, not \(row.column(4))")
    }
    guard let mode = row.column(5).isEmpty ? .verbal : Stance.Mode(rawValue: String(row.column(5))) else {
      throw row.problem("the mode is verbal or material, not \(row.column(5))")
    }
    let negation = try negation(row)
    return row.columns[2].split(separator: ";").map {
      Frame(
        slots: slots($0), polarity: polarity, strength: strength, mode: mode, hedged: row.column(3) == "?",
        negation: negation)
    }
  }

  private func negation(_ row: Row) throws -> Negation {
    switch row.column(6) {
    case "", "-": return .none
    case "1": return Negation(strength: 1, onlyIntention: false)
    case "2": return Negation(strength: 2, onlyIntention: false)
    case "w1": return Negation(strength: 1, onlyIntention: true)
    case "w2": return Negation(strength: 2, onlyIntention: true)
    case let other: throw row.problem("under negation stands one of - 1 2 w1 w2, not \(other)")
    }
  }

  private mutating func slots(_ text: Substring) -> [Frame.Slot] {
    text.split(separator: " ").map { slot in
      switch slot {
      case "T": .target
      case "A": .actor
      case "I": .issue
      case "R": .partner
      case "=": .among
      case "S": .clause
      case "V": .action
      case "n": .phrase
      case "his": .possessive
      case "E": .evaluation
      case ".": .end
      default: .words(slot.split(separator: "/").map { Int32(word($0)) })
      }
    }
  }
}

/// A line of a word list.
private struct Row {
  let file: String
  let line: Int
  let columns: [Substring]

  func column(_ index: Int) -> Substring { index < columns.count ? columns[index] : "" }
  func problem(_ words: String) -> LexiconProblem { LexiconProblem(description: "\(file):\(line): \(words)") }
}

private func rows(of text: String, file: String) -> [Row] {
  text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
    guard !line.isEmpty, line.first != "#" else { return nil }
    return Row(file: file, line: index + 1, columns: line.split(separator: "\t", omittingEmptySubsequences: false))
  }
}

/// What is wrong in a word list, and in which line.
struct LexiconProblem: Error, CustomStringConvertible {
  let description: String
}
