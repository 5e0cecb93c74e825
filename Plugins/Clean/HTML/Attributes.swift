/// The attributes of an element, as ranges of the parser's memory that hold while the element is opened.
struct Attributes {
  struct Entry {
    var name: UnsafeBufferPointer<UInt8>
    /// Character references still undecoded where `isRaw`.
    var value: UnsafeBufferPointer<UInt8>
    var isRaw: Bool
  }
  var entries: [Entry] = []

  /// The value of an attribute; empty where it stands without one, nil where it is missing.
  subscript(name: StaticString) -> String? {
    guard let entry = entries.first(where: { Self.equal($0.name, name) }) else { return nil }
    return entry.isRaw ? CharacterReferences.decoded(entry.value) : String(decoding: entry.value, as: UTF8.self)
  }
  func has(_ name: StaticString) -> Bool { entries.contains { Self.equal($0.name, name) } }

  /// A hash of the classes without digits; 0 without any.
  var classHash: UInt32 {
    guard let entry = entries.first(where: { Self.equal($0.name, "class") }) else { return 0 }
    var hash = Words.seed
    for byte in entry.value where byte &- 48 >= 10 { hash = Words.add(byte, to: hash) }
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }

  /// What class, identifier, role and the other attributes say about the content.
  var signals: Signals {
    var signals: Signals = []
    for entry in entries {
      switch Words.fold(entry.name.first ?? 0) {
      case UInt8(ascii: "c") where Self.equal(entry.name, "class"),
        UInt8(ascii: "i") where Self.equal(entry.name, "id"):
        signals.formUnion(Signals(words: entry.value))
      case UInt8(ascii: "r") where Self.equal(entry.name, "role"),
        UInt8(ascii: "i") where Self.equal(entry.name, "itemprop"):
        signals.formUnion(Signals(role: entry.value))
      case UInt8(ascii: "n") where Self.equal(entry.name, "name"):
        // Fields of forms have names of all sorts; of a part of the page one name says what it is.
        if Self.equal(entry.value, "articlebody") { signals.formUnion(.articleBody) }
      case UInt8(ascii: "s") where Self.equal(entry.name, "style"):
        if Self.hides(entry.value) { signals.formUnion(.hidden) }
      case UInt8(ascii: "h") where Self.equal(entry.name, "hidden"): signals.formUnion(.hidden)
      case UInt8(ascii: "a") where Self.equal(entry.name, "aria-hidden"):
        if Self.equal(entry.value, "true") { signals.formUnion(.hidden) }
      default: break
      }
    }
    return signals
  }

  /// Whether a style has `display: none` or `visibility: hidden`.
  private static func hides(_ style: UnsafeBufferPointer<UInt8>) -> Bool {
    guard style.count >= 12, style.count < 4000 else { return false }
    var text: [UInt8] = []
    for byte in style where byte > 32 { text.append(Words.fold(byte)) }
    return contains(text, "display:none") || contains(text, "visibility:hidden")
  }

  private static func contains(_ text: [UInt8], _ part: StaticString) -> Bool {
    let length = part.utf8CodeUnitCount
    guard text.count >= length else { return false }
    for start in 0...text.count - length where text[start] == part.utf8Start[0] {
      if (0..<length).allSatisfy({ text[start + $0] == part.utf8Start[$0] }) { return true }
    }
    return false
  }

  /// Whether a name is this one, capitals counting as small letters.
  private static func equal(_ name: UnsafeBufferPointer<UInt8>, _ other: StaticString) -> Bool {
    guard name.count == other.utf8CodeUnitCount else { return false }
    let bytes = other.utf8Start
    for index in 0..<name.count where Words.fold(name[index]) != bytes[index] { return false }
    return true
  }
}
