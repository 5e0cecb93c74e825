/// Reads a line of a head from left to right; `HeadLine` says what is in it.
struct HeadLineReader {
  var cursor: ByteCursor
  let order: DayOrder
  var line = HeadLine()
  /// What the next date is; nil before any label.
  var label: HeadWords.Label?
  /// A label waits for its date.
  var isOpen = false
  /// The names are a single word, which only a date beside it makes a byline.
  var needsDate = false

  mutating func read() -> Bool {
    skipSigns()
    while !cursor.isAtEnd {
      guard readDate() || readLabel() || readCount() || readAge() || readDay() || readOther() else { return false }
      skipSigns()
    }
    return !isOpen && (!needsDate || line.published != nil || line.modified != nil)
  }

  private mutating func readDate() -> Bool {
    if isOpen, let date = timeAndDate() { return note(date) }
    guard let found = cursor.writtenDate(order, monthAlone: label != nil || line.published == nil) else {
      guard line.published != nil || line.modified != nil, !isOpen, cursor.timeBehindDate() != nil else {
        return false
      }
      return true
    }
    let time = found.hasDay ? cursor.timeBehindDate() ?? "" : ""
    return note(found.date + time)
  }

  /// `16:47 EST / December 19, 2014` behind a label.
  private mutating func timeAndDate() -> String? {
    var attempt = self
    guard let time = attempt.cursor.timeBehindDate() else { return nil }
    attempt.skipSigns()
    guard let found = attempt.cursor.writtenDate(order), found.hasDay else { return nil }
    cursor = attempt.cursor
    return found.date + time
  }

  private mutating func note(_ date: String) -> Bool {
    if label == .modified {
      if line.modified == nil { line.modified = date }
    } else if line.published == nil {
      line.published = date
    }
    (label, isOpen) = (nil, false)
    cursor.skipBlanks()
    cursor.skipWeekday()
    return true
  }

  private mutating func readLabel() -> Bool {
    let start = cursor
    guard let found = cursor.label() else { return false }
    cursor.skipBlanks()
    let isMarked = cursor.take(byte: UInt8(ascii: ":"))
    cursor.skipBlanks()
    switch found {
    case .published, .modified:
      (label, isOpen) = (found, true)
      line.isLabelled = true
      return true
    case .author where readNames(isMarked): return true
    case .authorBeforeColon where isMarked && readNames(isMarked): return true
    // "In" alone begins sentences.
    case .filed where line.published != nil || line.authors != nil || isMarked || cursor.index - start.index > 4:
      return readRubric()
    case .helper:
      cursor.index = cursor.nameEnd(from: cursor.index)
      return true
    default:
      cursor = start
      return false
    }
  }

  /// Names up to a sign that parts or a date. Without a colon before them they must look like names.
  private mutating func readNames(_ isMarked: Bool) -> Bool {
    guard line.authors == nil else { return false }
    let end = cursor.nameEnd(from: cursor.index)
    let text = trimmed(cursor.string(cursor.index..<end))
    if text.isEmpty {
      guard isMarked || cursor.isAtEnd else { return false }
      line.authors = []
      line.isLabelled = true
      return true
    }
    let names = Byline.names(in: text)
    let words = text.split(separator: " ")
    if isMarked {
      guard text.utf8.count <= 160, words.count <= 24, !Self.isSentence(text) else { return false }
    } else {
      guard let first = names.first ?? Self.onlyNobody(text) else { return false }
      needsDate = words.count == 1 && !names.isEmpty
      guard needsDate ? Byline.isNameLike(text) : Self.isByline(text, first) else { return false }
    }
    line.authors = names
    line.isLabelled = true
    cursor.index = end
    return readPlaceBehindNames()
  }

  /// `By Anna Kern in Tbilisi`, `for The Monitor`, `(Tbilisi)`.
  private mutating func readPlaceBehindNames() -> Bool {
    var attempt = cursor
    attempt.skipBlanks()
    if attempt.take(byte: UInt8(ascii: "(")) || attempt.take(byte: UInt8(ascii: "/")) {
      let start = attempt.index
      while let byte = attempt.peek, byte != UInt8(ascii: ")"), byte != UInt8(ascii: "|") { attempt.skip() }
      guard attempt.index - start <= 60 else { return false }
      _ = attempt.take(byte: UInt8(ascii: ")"))
      cursor = attempt
      return true
    }
    let wordEnd = attempt.wordEnd(from: attempt.index)
    guard wordEnd > attempt.index, HeadWords.isPlaceBefore(attempt.hash(attempt.index..<wordEnd)) else { return true }
    // "on March 3" is a date and not a place.
    var dated = attempt
    dated.index = wordEnd
    dated.skipBlanks()
    if dated.writtenDate(order, monthAlone: true) != nil { return true }
    let start = dated.index
    let end = dated.nameEnd(from: start)
    guard end > start, end - start <= 60,
      AuthorName.isNameLike(Self.withoutCommas(trimmed(dated.string(start..<end))))
        || trimmed(dated.string(start..<end)).dropping(prefix: "the ").map(AuthorName.isNameLike) == true
    else { return false }
    cursor.index = end
    return true
  }

  private mutating func readRubric() -> Bool {
    var place = cursor
    while !place.isAtEnd, place.peek != UInt8(ascii: "|") {
      var attempt = place
      if let label = attempt.label(), label == .published || label == .author || label == .modified { break }
      if attempt.writtenDate(order) != nil { break }
      place.skipToken()
    }
    guard place.index - cursor.index <= 80 else { return false }
    cursor = place
    return true
  }

  /// `3 min read`, `12 comments`.
  private mutating func readCount() -> Bool {
    var attempt = cursor
    guard let (_, digits) = attempt.number(), digits <= 5 else { return false }
    attempt.skipBlanks()
    _ = attempt.take(byte: UInt8(ascii: "-"))
    let end = attempt.wordEnd(from: attempt.index)
    guard end > attempt.index, HeadWords.isCounted(attempt.hash(attempt.index..<end)) else { return false }
    attempt.index = end
    attempt.skipBlanks()
    if !attempt.take(word: "read") { _ = attempt.take(word: "lesezeit") }
    cursor = attempt
    return true
  }

  /// `Age: 3 days` beside a date.
  private mutating func readAge() -> Bool {
    guard line.published != nil || line.modified != nil else { return false }
    var attempt = cursor
    guard attempt.take(word: "age") || attempt.take(word: "alter") else { return false }
    attempt.skipBlanks()
    guard attempt.take(byte: UInt8(ascii: ":")) else { return false }
    attempt.skipBlanks()
    guard let (_, digits) = attempt.number(), digits <= 5 else { return false }
    attempt.skipBlanks()
    let end = attempt.wordEnd(from: attempt.index)
    guard end > attempt.index, HeadWords.isUnitOfAge(attempt.hash(attempt.index..<end)) else { return false }
    attempt.index = end
    cursor = attempt
    return true
  }

  /// A day without a year beside a byline, `3 May`: it says too little.
  private mutating func readDay() -> Bool {
    guard line.authors != nil else { return false }
    var attempt = cursor
    guard attempt.dayWithoutYear() else { return false }
    cursor = attempt
    return true
  }

  /// A part up to a sign, or to a comma and a date.
  private mutating func readOther() -> Bool {
    guard !isOpen else { return false }
    let start = cursor.index
    var place = cursor
    while !place.isAtEnd {
      if place.isAtPartingSign { break }
      if place.peek == UInt8(ascii: ",") {
        var attempt = place
        attempt.skip()
        attempt.skipBlanks()
        if attempt.writtenDate(order) != nil { break }
      }
      place.skipToken()
    }
    guard place.index > start, start == 0 || cursor.hasPartingSignBefore else { return false }
    line.others.append(trimmed(cursor.string(start..<place.index)))
    cursor = place
    return true
  }

  private mutating func skipSigns() {
    while !cursor.isAtEnd {
      cursor.skipBlanks()
      if cursor.isAtPartingSign
        || cursor.peek.map({ [0x2C, 0x2D, 0x2E, 0x28, 0x29, 0x5B, 0x5D, 0x2F].contains($0) }) == true
      {
        cursor.index += cursor.signLength
      } else {
        return
      }
    }
  }

  /// Without a colon: a name of two words or more in capitals, with nothing behind it but other names and roles.
  private static func isByline(_ text: String, _ first: String) -> Bool {
    guard text.utf8.count <= 120, !isSentence(text) else { return false }
    let parts = text.split(separator: ",", maxSplits: 1)
    guard let names = parts.first, isNames(String(names)) else { return false }
    guard parts.count > 1 else { return true }
    // Roles may have small letters, but a sentence goes on with more of them.
    let rest = trimmed(parts[1]).dropping(prefix: "the ") ?? trimmed(parts[1])
    return rest.split(separator: " ").count <= 12
      && (isNames(rest) || AuthorName.isRole(rest) || rest.utf8.count <= 24)
  }

  private static func isNames(_ text: String) -> Bool {
    let names = Byline.names(in: text)
    let words = text.split(separator: " ")
    guard words.count >= 2 || names.isEmpty, words.count <= 16 else { return false }
    return words.split(whereSeparator: Byline.joints.contains).allSatisfy { part in
      part.joined(separator: " ").split(separator: ",").allSatisfy {
        AuthorName.isNameLike($0) || onlyNobody(String($0)) != nil
      } && !HeadWords.beginsWithTime(part.first ?? "")
    }
  }
  /// `By Staff` names nobody and is a byline.
  private static func onlyNobody(_ text: String) -> String? {
    AuthorName.name(text, behind: nil) == nil && text.utf8.count <= 24 && text.split(separator: " ").count <= 3
      ? text : nil
  }
  private static func isSentence(_ text: String) -> Bool {
    guard let last = text.last, ".!?".contains(last) else { return false }
    return text.split(separator: " ").count > 6
  }
  private static func withoutCommas(_ text: String) -> String {
    text.split(separator: ",").joined(separator: "")
  }
}

extension HeadWords {
  /// Whether a word is a month or a day: "By Tuesday" is no byline.
  static func beginsWithTime(_ word: some StringProtocol) -> Bool {
    let cursor = ByteCursor(word)
    let hash = cursor.hash(0..<cursor.wordEnd(from: 0))
    return month(hash) != nil || isWeekday(hash)
  }
}

extension ByteCursor {
  /// `|`, a dot or a dash between words.
  fileprivate var isAtPartingSign: Bool { partingSignLength(at: index) > 0 }
  fileprivate var signLength: Int { max(1, partingSignLength(at: index)) }
  fileprivate var hasPartingSignBefore: Bool {
    var place = index
    while place > 0, bytes[place - 1] == 32 { place -= 1 }
    guard place > 0 else { return true }
    return [1, 2, 3].contains { place >= $0 && partingSignLength(at: place - $0) == $0 }
  }
  private func partingSignLength(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    switch bytes[index] {
    case UInt8(ascii: "|"): return 1
    case UInt8(ascii: "-"):
      return (index == 0 || bytes[index - 1] == 32) && index + 1 < bytes.count && bytes[index + 1] == 32 ? 1 : 0
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0xB7 ? 2 : 0
    case 0xE2:
      guard index + 2 < bytes.count else { return 0 }
      let (second, third) = (bytes[index + 1], bytes[index + 2])
      // Dashes, the bullet, and the bullet and dot of formulas.
      return (second == 0x80 && (0x92...0x95).contains(third)) || (second == 0x80 && third == 0xA2)
        || (second == 0x88 && third == 0x99) || (second == 0x8B && third == 0x85) ? 3 : 0
    default: return 0
    }
  }
}
