/// The attributes of an element as libxml2 hands them over: names and values in turn, closed by a null.
struct Attributes {
  typealias Pointer = UnsafeMutablePointer<UnsafePointer<UInt8>?>
  private let pairs: Pointer?

  init(_ pairs: Pointer?) { self.pairs = pairs }

  /// The value of an attribute; empty where it stands without one, nil where it is missing.
  subscript(name: StaticString) -> String? {
    guard let index = index(of: name) else { return nil }
    return pairs?[index + 1].map { String(cString: $0) } ?? ""
  }
  func has(_ name: StaticString) -> Bool { index(of: name) != nil }

  private func index(of name: StaticString) -> Int? {
    guard let pairs else { return nil }
    var index = 0
    while let key = pairs[index] {
      if Self.equal(key, name) { return index }
      index += 2
    }
    return nil
  }

  /// What class, identifier, role and the other attributes say about the content.
  var signals: Signals {
    var signals: Signals = []
    guard let pairs else { return signals }
    var index = 0
    while let key = pairs[index] {
      defer { index += 2 }
      guard let value = pairs[index + 1] else {
        if Self.equal(key, "hidden") { signals.formUnion(.hidden) }
        continue
      }
      switch key[0] {
      case UInt8(ascii: "c") where Self.equal(key, "class"), UInt8(ascii: "i") where Self.equal(key, "id"):
        signals.formUnion(Signals(words: Self.bytes(value)))
      case UInt8(ascii: "r") where Self.equal(key, "role"), UInt8(ascii: "i") where Self.equal(key, "itemprop"):
        signals.formUnion(Signals(role: Self.bytes(value)))
      case UInt8(ascii: "s") where Self.equal(key, "style"):
        if Self.hides(Self.bytes(value)) { signals.formUnion(.hidden) }
      case UInt8(ascii: "h") where Self.equal(key, "hidden"): signals.formUnion(.hidden)
      case UInt8(ascii: "a") where Self.equal(key, "aria-hidden"):
        if Self.equal(value, "true") { signals.formUnion(.hidden) }
      default: break
      }
    }
    return signals
  }

  /// Whether a style has `display: none` or `visibility: hidden`.
  private static func hides(_ style: UnsafeBufferPointer<UInt8>) -> Bool {
    var text: [UInt8] = []
    for byte in style where byte > 32 { text.append(Words.fold(byte)) }
    return contains(text, "display:none") || contains(text, "visibility:hidden")
  }

  private static func contains(_ text: [UInt8], _ part: StaticString) -> Bool {
    let length = part.utf8CodeUnitCount
    guard text.count >= length else { return false }
    for start in 0...text.count - length where (0..<length).allSatisfy({ text[start + $0] == part.utf8Start[$0] }) {
      return true
    }
    return false
  }

  private static func equal(_ name: UnsafePointer<UInt8>, _ other: StaticString) -> Bool {
    let bytes = other.utf8Start
    for index in 0..<other.utf8CodeUnitCount where name[index] != bytes[index] { return false }
    return name[other.utf8CodeUnitCount] == 0
  }

  private static func bytes(_ string: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var count = 0
    while string[count] != 0 { count += 1 }
    return UnsafeBufferPointer(start: string, count: count)
  }
}
