/// Mends what pages get wrong in JSON-LD, so that a parser reads it: CDATA and comment wrappers, comments, line
/// breaks and quotation marks inside of strings, escapes that JSON does not know, commas before a closing bracket,
/// several values in a row, and a text that breaks off.
///
/// One pass over the bytes, taken only where the text is no JSON as it stands. What comes out may still be none.
struct BrokenJSON {
  private let bytes: [UInt8]
  private var index = 0
  private var result: [UInt8] = []
  /// Closing brackets that are still to come, innermost last.
  private var open: [UInt8] = []
  private var values = 0

  static func mended(_ text: String) -> String {
    var json = BrokenJSON(bytes: Array(text.utf8))
    return json.mend()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func mend() -> String {
    result.reserveCapacity(bytes.count + 16)
    while index < bytes.count {
      if skipWrapper() { continue }
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""): string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if open.isEmpty { beginValue() }
        open.append(byte + 2)
        append(byte)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): close(byte)
      case UInt8(ascii: ";"),
        UInt8(ascii: ",") where open.isEmpty:
        index += 1
      default: append(byte)
      }
    }
    while let bracket = open.popLast() {
      dropComma()
      result.append(bracket)
    }
    let text = String(decoding: result, as: UTF8.self)
    return values > 1 ? "[\(text)]" : text
  }

  private mutating func append(_ byte: UInt8) {
    result.append(byte)
    index += 1
  }

  private mutating func beginValue() {
    if values > 0 { result.append(UInt8(ascii: ",")) } else { result.removeAll(keepingCapacity: true) }
    values += 1
  }

  private mutating func close(_ byte: UInt8) {
    index += 1
    // One bracket too many, as templates leave behind.
    guard open.last == byte else { return }
    open.removeLast()
    dropComma()
    result.append(byte)
  }

  private mutating func dropComma() {
    while let last = result.last, last <= 32 { result.removeLast() }
    if result.last == UInt8(ascii: ",") { result.removeLast() }
  }

  /// Moves over `<!--`, `-->`, `<![CDATA[`, `]]>` and comments.
  private mutating func skipWrapper() -> Bool {
    for wrapper: StaticString in ["<!--", "-->", "<![CDATA[", "]]>"] where stands(wrapper) {
      // Two lists may well end before a bracket; the wrapper ends the text.
      if bytes[index] == UInt8(ascii: "]"), open.count >= 2 { return false }
      index += wrapper.utf8CodeUnitCount
      return true
    }
    if stands("/*") {
      while index < bytes.count, !stands("*/") { index += 1 }
      index = min(index + 2, bytes.count)
      return true
    }
    guard stands("//") else { return false }
    // What follows the mark may be the wrapper that it hides from scripts.
    index += 2
    while index < bytes.count, bytes[index] == 32 { index += 1 }
    if stands("<![CDATA[") || stands("]]>") || stands("-->") || stands("<!--") { return true }
    while index < bytes.count, bytes[index] != 10 { index += 1 }
    return true
  }

  private func stands(_ text: StaticString) -> Bool {
    guard bytes.count - index >= text.utf8CodeUnitCount else { return false }
    for offset in 0..<text.utf8CodeUnitCount where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  // MARK: Strings

  private mutating func string() {
    append(bytes[index])
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\""), endsString() {
        append(byte)
        return
      }
      switch byte {
      case UInt8(ascii: "\""): result.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case UInt8(ascii: "\\"):
        escape()
        continue
      case 10: result.append(contentsOf: "\\n".utf8)
      case 0..<32: result.append(32)
      default: result.append(byte)
      }
      index += 1
    }
    result.append(UInt8(ascii: "\""))
  }

  /// Whether a quotation mark ends its string: a sign of JSON follows it.
  private func endsString() -> Bool {
    var next = index + 1
    while next < bytes.count, bytes[next] <= 32 { next += 1 }
    guard next < bytes.count else { return true }
    switch bytes[next] {
    case UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"): return true
    case UInt8(ascii: ","):
      // In "he said "no", and left" a word follows the comma, in JSON a value or a bracket.
      next += 1
      while next < bytes.count, bytes[next] <= 32 { next += 1 }
      return next >= bytes.count || bytes[next] < 0x30 || bytes[next] &- 0x30 < 10
        || [0x5B, 0x5D, 0x7B, 0x7D].contains(bytes[next])
    default: return false
    }
  }

  private mutating func escape() {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if next == UInt8(ascii: "u") {
      unicodeEscape()
    } else if [0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74].contains(next) {
      result.append(contentsOf: [bytes[index], next])
      index += 2
    } else {
      index += 1
    }
  }

  /// Half of a surrogate pair becomes a blank.
  private mutating func unicodeEscape() {
    guard let value = hex(at: index + 2) else {
      index += 1
      return
    }
    let isHigh = (0xD800..<0xDC00).contains(value)
    let second = isHigh && index + 7 < bytes.count && bytes[index + 6] == UInt8(ascii: "\\") ? hex(at: index + 8) : nil
    let isPair = second.map { (0xDC00..<0xE000).contains($0) } == true
    if isPair {
      result.append(contentsOf: bytes[index..<index + 12])
      index += 12
    } else {
      if (0xD800..<0xE000).contains(value) {
        result.append(32)
      } else {
        result.append(contentsOf: bytes[index..<index + 6])
      }
      index += 6
    }
  }

  private func hex(at start: Int) -> Int? {
    guard start + 4 <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[start..<start + 4] {
      let letter = (byte | 32) &- 97
      guard byte &- 48 < 10 || letter < 6 else { return nil }
      value = value * 16 + (byte &- 48 < 10 ? Int(byte - 48) : Int(letter) + 10)
    }
    return value
  }
}
