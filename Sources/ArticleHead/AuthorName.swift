/// What is a name of an author, and how it is written.
///
/// Metadata names whoever had an account: sites, desks, `admin`. A list of names is followed by roles and degrees.
/// Those are told by their words and by where they stand.
enum AuthorName {
  /// Stand behind a comma and yet belong to the name before it.
  static let suffixes: Set = ["Jr.", "Jr", "Sr.", "Sr", "II", "III"]

  /// The name that a part of a list is; nil where it is a role, a degree, an address or nobody's name.
  /// - Parameter previous: the name before it in the list.
  static func name(_ text: String, behind previous: String?) -> String? {
    let name = parted(trimmingMarks(text))
    guard (2...60).contains(name.utf8.count), !isAddress(name), isAnybody(name) else { return nil }
    let words = name.split(separator: " ")
    guard words.count <= 8, name.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
    if let previous, previous.contains(" "), !mayFollow(words) { return nil }
    return isShouted(words) ? words.enumerated().map(lowered).joined(separator: " ") : name
  }

  /// A name without what is glued to it from the next element of a page: `Anna KernReviewed by`.
  private static func parted(_ name: String) -> String {
    guard name.utf8.contains(32) else { return name }
    var words: [Substring] = []
    for word in name.split(separator: " ") {
      let end = glue(in: word)
      words.append(word[..<end])
      if end < word.endIndex { break }
    }
    return words.count == 1 ? name : words.joined(separator: " ")
  }
  private static func glue(in word: Substring) -> Substring.Index {
    var wasSmall = false
    for index in word.utf8.indices {
      let byte = word.utf8[index]
      if wasSmall, byte &- 65 < 26, !compounds.contains(word[..<index].lowercased()) { return index }
      wasSmall = byte &- 97 < 26
    }
    return word.endIndex
  }
  private static let compounds: Set = [
    "mc", "mac", "de", "di", "da", "la", "le", "van", "von", "fitz", "o", "st", "del", "du",
  ]

  /// Whether each word begins like one of a name: with a capital, or as `von` does.
  static func isNameLike(_ text: some StringProtocol) -> Bool {
    let words = text.split(separator: " ")
    guard (1...6).contains(words.count), words.first.map({ isCapital($0) }) == true else { return false }
    return words.allSatisfy { isCapital($0) || particles.contains(String($0)) }
  }

  /// Whether a word stands for what persons do or where they do it.
  static func isRole(_ text: some StringProtocol) -> Bool {
    text.split { !$0.isLetter }.contains { roles.contains($0.lowercased()) }
  }

  private static func isCapital(_ word: some StringProtocol) -> Bool {
    guard let first = word.unicodeScalars.first(where: \.properties.isAlphabetic) else { return false }
    return !first.properties.isLowercase
  }

  /// Behind a name of two words stand other such names; degrees in capitals, roles and places don't.
  private static func mayFollow(_ words: [Substring]) -> Bool {
    guard words.count >= 2, words.first?.lowercased() != "the" else { return false }
    let name = words.joined(separator: " ")
    return isNameLike(name) && !isRole(name)
  }

  private static func isAnybody(_ name: String) -> Bool {
    let small = name.lowercased()
    return !nobody.contains(small) && !small.contains("@") && !small.hasPrefix("www.") && !small.hasSuffix(".com")
      && !name.contains("{") && !name.contains("<")
  }

  /// `ANNA KERN`; of names with a single word capitals may be the letters of a short form.
  private static func isShouted(_ words: [Substring]) -> Bool {
    words.count >= 2 && words.count { $0.utf8.count > 2 } >= 2
      && words.allSatisfy { !$0.unicodeScalars.contains(where: \.properties.isLowercase) }
  }

  /// A word of a name in capitals with small letters behind the first, and behind hyphens and apostrophes.
  private static func lowered(_ index: Int, _ word: Substring) -> String {
    let small = word.lowercased()
    if index > 0, particles.contains(small) { return small }
    // Initials without a vowel stay: JP.
    if word.utf8.count <= 2, !small.contains(where: { "aeiouy".contains($0) }) { return String(word) }
    var result = ""
    var isFirst = true
    for character in word {
      result += isFirst ? String(character) : character.lowercased()
      isFirst = !character.isLetter
    }
    return result
  }

  private static func trimmingMarks(_ text: String) -> String {
    let isMark = { (character: Character) in marks.contains(character) }
    var part = text.drop(while: isMark)
    while let last = part.last, isMark(last) { part.removeLast() }
    if part.hasSuffix("."), !endsWithShortForm(part) { part.removeLast() }
    return String(part)
  }
  private static let marks = Set<Character>(" ,;:-–—|·•*\"“”'’‘()[]►→>")

  /// The point belongs to `Jr.`, `J.` and `Ph.D.`
  private static func endsWithShortForm(_ text: Substring) -> Bool {
    guard let word = text.split(separator: " ").last else { return false }
    return word.utf8.count <= 3 || word.dropLast().contains(".")
  }

  private static let particles: Set = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "van", "von", "der", "den", "ter",
    "ten", "zu", "zur", "bin", "ibn", "al", "el", "y", "e", "af", "av", "al-", "ben", "bint", "st.",
  ]
  private static let roles: Set = [
    "editor", "editors", "reporter", "reporters", "correspondent", "correspondents", "writer", "writers", "columnist",
    "contributor", "contributors", "analyst", "fellow", "director", "professor", "journalist", "producer",
    "photographer", "author", "guest", "staff", "senior", "chief", "bureau", "desk", "press", "agency", "university",
    "institute", "magazine", "news", "newspaper", "times", "post", "journal", "media", "team", "department",
    "ministry", "council", "foundation", "expert", "specialist", "manager", "officer", "president", "founder",
    "consultant", "researcher", "lecturer", "redakteur", "redakteurin", "redaktion", "korrespondent", "special",
    "editorial", "service", "office", "center", "centre", "associated", "international", "inc", "llc", "ltd", "gmbh",
  ]
  private static let nobody: Set = [
    "admin", "administrator", "administrador", "editor", "editors", "the editors", "editorial", "editorial team",
    "editorial staff", "editorial board", "staff", "staff writer", "staff writers", "staff reporter", "staff report",
    "staff reports", "our staff", "news desk", "newsdesk", "news staff", "newsroom", "web desk", "webdesk",
    "webmaster", "web admin", "user", "guest", "guest author", "guest writer", "guest post", "guest contributor",
    "anonymous", "unknown", "author", "authors", "contributor", "contributors", "redaktion", "die redaktion",
    "redaktionsteam", "online-redaktion", "rédaction", "la rédaction", "redacción", "redação", "redazione",
    "la redazione", "редакция", "редакція", "админ", "администратор", "адміністратор", "redakcja", "editör", "root",
    "wpadmin", "site admin", "siteadmin", "n/a", "none", "null", "undefined", "name", "author name", "by", "von",
    "autor", "автор", "default", "test", "moderator", "super user", "superuser", "about the author", "view all posts",
    "posts by", "see all", "published", "updated", "follow", "share", "published by", "written by", "login", "dpa",
    "press release", "more", "read more", "email", "twitter", "facebook", "home", "contact", "profile", "website",
  ]
}
