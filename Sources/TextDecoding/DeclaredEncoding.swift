/// The label of the encoding that HTML or XML declares in its first 16,384 bytes, in lower case and as written;
/// nil where it declares none.
///
/// Browsers look at 1,024 bytes; archives have pages with long scripts and comments before the declaration.
/// Found are an XML declaration, `<meta charset>` and `<meta http-equiv="content-type">`; comments are passed over.
public func declaredEncoding(inMarkup bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0x3C, 0, 0x3F, 0]) { return "utf-16le" }
  if bytes.starts(with: [0, 0x3C, 0, 0x3F]) { return "utf-16be" }
  let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var head = MarkupHead(bytes: bytes[mark...].prefix(16_384))
  return head.declaration()
}

/// The beginning of a document, read byte by byte as a browser's prescan does.
private struct MarkupHead {
  let bytes: ArraySlice<UInt8>
  var position: Int

  init(bytes: ArraySlice<UInt8>) { (self.bytes, position) = (bytes, bytes.startIndex) }

  mutating func declaration() -> String? {
    while position < bytes.endIndex, bytes[position].isMarkupSpace { position += 1 }
    if take("<?xml"), let label = attributes(until: "?").first(where: { $0.name == "encoding" })?.value {
      return label
    }
    while let tag = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = tag
      if take("<!--") {
        pass("-->")
      } else if take("<meta"), position < bytes.endIndex, bytes[position].isMarkupSpace || bytes[position] == 0x2F {
        if let label = label(of: attributes(until: ">")) { return label }
      } else {
        position += 1
      }
      guard position < bytes.endIndex else { return nil }
    }
    return nil
  }

  private func label(of attributes: [(name: String, value: String)]) -> String? {
    if let charset = attributes.first(where: { $0.name == "charset" })?.value { return charset }
    guard attributes.contains(where: { $0.name == "http-equiv" && $0.value == "content-type" }),
      let content = attributes.first(where: { $0.name == "content" })?.value
    else { return nil }
    return charset(inContentType: content)
  }

  /// Goes on behind `word` where it stands here, in whatever case.
  private mutating func take(_ word: StaticString) -> Bool {
    let rest = bytes[position...].prefix(word.utf8CodeUnitCount)
    let isHere = word.withUTF8Buffer { $0.elementsEqual(rest) { $0 == $1.lowercasedASCII } }
    if isHere { position += word.utf8CodeUnitCount }
    return isHere
  }

  /// Goes on behind the next `word`, or at the end where there is none.
  private mutating func pass(_ word: StaticString) {
    while position < bytes.endIndex { if take(word) { return } else { position += 1 } }
  }

  /// The attributes up to the end of the tag, in lower case.
  private mutating func attributes(until end: Unicode.Scalar) -> [(name: String, value: String)] {
    let end = UInt8(ascii: end)
    var found: [(name: String, value: String)] = []
    while position < bytes.endIndex {
      while position < bytes.endIndex, bytes[position].isMarkupSpace || bytes[position] == 0x2F { position += 1 }
      guard position < bytes.endIndex, bytes[position] != end else { break }
      let name = word { $0.isMarkupSpace || $0 == 0x3D || $0 == 0x2F || $0 == end }
      while position < bytes.endIndex, bytes[position].isMarkupSpace { position += 1 }
      guard position < bytes.endIndex, bytes[position] == 0x3D else {
        if name.isEmpty { position += 1 } else { found.append((name, "")) }
        continue
      }
      position += 1
      found.append((name, value(until: end)))
    }
    return found
  }

  private mutating func value(until end: UInt8) -> String {
    while position < bytes.endIndex, bytes[position].isMarkupSpace { position += 1 }
    guard position < bytes.endIndex else { return "" }
    let quote = bytes[position]
    guard quote == 0x22 || quote == 0x27 else { return word { $0.isMarkupSpace || $0 == end } }
    position += 1
    let value = word { $0 == quote }
    position = min(position + 1, bytes.endIndex)
    return value.trimmed
  }

  private mutating func word(endsAt: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.endIndex, !endsAt(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position].lazy.map(\.lowercasedASCII), as: UTF8.self)
  }
}

/// The charset of a value such as `text/html; charset=koi8-r`, in lower case; nil where it has none.
public func charset(inContentType value: String) -> String? {
  for parameter in value.lowercased().split(whereSeparator: { $0 == ";" || $0 == "," }) {
    let parts = parameter.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, String(parts[0]).trimmed == "charset" else { continue }
    let label = String(parts[1]).trimmed.filter { $0 != "\"" && $0 != "'" }
    return label.isEmpty ? nil : label
  }
  return nil
}

extension UInt8 {
  fileprivate var isMarkupSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  fileprivate var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
extension String {
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
