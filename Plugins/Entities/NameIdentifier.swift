internal import TextScanning

/// Identifiers of actors that no list knows: the name in lower-case ASCII words joined by hyphens. Latin letters
/// lose their marks, Cyrillic ones are written in Latin as news agencies do; the rest parts words.
enum NameIdentifier {
  /// `per:roman-bilyk` from `Roman Bilyk`; nil where nothing of the name can be written in ASCII.
  static func make(prefix: String, name: some StringProtocol) -> String? {
    var bytes = Array(prefix.utf8)
    let start = bytes.count
    var parts = false
    for scalar in name.unicodeScalars {
      guard let letters = ascii(scalar) else {
        // An apostrophe stands inside a word: `O'Brien`.
        parts = parts || bytes.count > start && scalar != "'" && scalar != "’" && scalar != "."
        continue
      }
      if parts, !letters.isEmpty { bytes.append(UInt8(ascii: "-")) }
      if !letters.isEmpty { parts = false }
      bytes += letters
    }
    return bytes.count > start ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// A scalar in small letters and digits of ASCII; empty for a letter without sound, nil for what parts words.
  static func ascii(_ scalar: Unicode.Scalar) -> [UInt8]? {
    if scalar.value < 0x80 {
      let byte = UInt8(scalar.value)
      return byte.isASCIILetter || byte.isASCIIDigit ? [byte.asciiLowercased] : nil
    }
    if let written = letters[scalar] { return written }
    let small = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    if let written = letters[small] { return written }
    if let bare = bareLetters[Character(small)] { return [bare] }
    return scalar.properties.generalCategory == .nonspacingMark ? [] : nil
  }

  /// The bytes of a range with letters beyond ASCII written in ASCII, their case kept; nil where there are none
  /// such, or where one can't be written.
  static func fold(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    var folded: [UInt8] = []
    var offset = range.lowerBound
    var isFolded = false
    while offset < range.upperBound {
      let scalar = bytes.scalar(at: offset)
      if scalar.value < 0x80 {
        folded.append(UInt8(scalar.value))
      } else {
        guard let value = Unicode.Scalar(scalar.value), let letters = ascii(value) else { return nil }
        let first = folded.count
        folded += letters
        if scalar.kind.isUpper, first < folded.count { folded[first] &= 0xDF }
        isFolded = true
      }
      offset += scalar.length
    }
    return isFolded ? folded : nil
  }

  private static let letters: [Unicode.Scalar: [UInt8]] = {
    var letters: [Unicode.Scalar: [UInt8]] = [:]
    for pair in table.split(separator: " ") {
      guard let scalar = pair.unicodeScalars.first else { continue }
      letters[scalar] = Array(String(String.UnicodeScalarView(pair.unicodeScalars.dropFirst())).utf8)
    }
    return letters
  }()

  private static let table = """
    аa бb вv гg ґg дd еe ёyo єye жzh зz иi іi їyi йy кk лl мm нn оo пp рr сs тt уu ўu фf хkh цts чch шsh щshch ъ ыy ь \
    эe юyu яya ђdj јj љlj њnj ћc џdz ғgh қq ңng өo ұu үu һh әa \
    ßss æae œoe øo łl đd ðd þth ıi ħh ŋng əa ʻ ʼ
    """

  /// Letters with marks, by the letter alone. Characters are equal when they are canonically, so that `é` in one
  /// scalar and in two is one key.
  private static let bareLetters: [Character: UInt8] = {
    var bare: [Character: UInt8] = [:]
    for mark in marks {
      for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
        bare[Character(String(Unicode.Scalar(letter)) + String(mark))] = letter
      }
    }
    return bare
  }()
  private static let marks: [Unicode.Scalar] = [
    "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}", "\u{30A}", "\u{30B}",
    "\u{30C}", "\u{31B}", "\u{323}", "\u{326}", "\u{327}", "\u{328}", "\u{30F}", "\u{311}", "\u{32E}", "\u{331}",
  ]
}
