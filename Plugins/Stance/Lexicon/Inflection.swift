/// The forms of an English verb.
struct VerbForms {
  var base: String
  var third: String
  var past: String
  var participle: String
  var gerund: String
}

/// Makes the forms of verbs by the rules of spelling; irregular verbs and those that double their last
/// consonant are listed, since their sound decides and spelling does not show it.
struct Inflection {
  var irregular: [Substring: (past: Substring, participle: Substring)] = [:]
  var doubling: Set<Substring> = []

  func forms(of verb: Substring) -> VerbForms {
    let past = irregular[verb].map { String($0.past) } ?? regularPast(verb)
    let participle = irregular[verb].map { String($0.participle) } ?? past
    return VerbForms(base: String(verb), third: third(verb), past: past, participle: participle, gerund: gerund(verb))
  }

  private func third(_ verb: Substring) -> String {
    if verb == "have" { return "has" }
    if endsInConsonantY(verb) { return verb.dropLast() + "ies" }
    let hisses = ["s", "x", "z", "ch", "sh", "o"].contains { verb.hasSuffix($0) }
    return verb + (hisses ? "es" : "s")
  }

  private func regularPast(_ verb: Substring) -> String {
    if verb.hasSuffix("e") { return verb + "d" }
    if endsInConsonantY(verb) { return verb.dropLast() + "ied" }
    return doubled(verb) + "ed"
  }

  private func gerund(_ verb: Substring) -> String {
    if verb.hasSuffix("ie") { return verb.dropLast(2) + "ying" }
    if verb.hasSuffix("e"), !verb.hasSuffix("ee") { return verb.dropLast() + "ing" }
    return doubled(verb) + "ing"
  }

  private func doubled(_ verb: Substring) -> Substring {
    guard let last = verb.last, doubling.contains(verb) || verb.hasSuffix("el") && verb.count > 4 else { return verb }
    return verb + String(last)
  }

  private func endsInConsonantY(_ verb: Substring) -> Bool {
    guard verb.hasSuffix("y"), let before = verb.dropLast().last else { return false }
    return !"aeiou".contains(before)
  }
}
