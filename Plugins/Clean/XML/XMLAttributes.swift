/// The attributes of an element as libxml2 hands them over, five pointers each: name, prefix, namespace, and the two
/// ends of the value.
struct XMLAttributes {
  var pointers: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  var count: Int
  /// The texts of the entities that the document declares.
  var entities: [String: String] = [:]

  /// The value under a name, whatever its prefix.
  subscript(name: String) -> String? {
    for index in 0..<count {
      guard let local = pointers?[index * 5], name.utf8.elementsEqual(CString(start: local)),
        let start = pointers?[index * 5 + 3], let end = pointers?[index * 5 + 4]
      else { continue }
      return decoded(UnsafeBufferPointer(start: start, count: end - start))
    }
    return nil
  }

  /// Whether an attribute has one of these values, in whatever case.
  func says(_ name: String, _ values: String...) -> Bool {
    guard let value = self[name]?.lowercased() else { return false }
    return values.contains(value)
  }

  /// The attributes for the builder of pages.
  func entries() -> [Attributes.Entry] {
    (0..<count).compactMap { index in
      guard let name = pointers?[index * 5], let start = pointers?[index * 5 + 3], let end = pointers?[index * 5 + 4]
      else { return nil }
      return Attributes.Entry(
        name: CString(start: name).buffer, value: UnsafeBufferPointer(start: start, count: end - start), isRaw: true)
    }
  }

  /// libxml2 leaves references to entities in, and the ampersand as a reference too.
  private func decoded(_ value: UnsafeBufferPointer<UInt8>) -> String {
    guard value.contains(UInt8(ascii: "&")) || value.contains(XMLScan.placeholder) else {
      return String(decoding: value, as: UTF8.self)
    }
    var result: [UInt8] = []
    var index = 0
    while index < value.count {
      let byte = value[index]
      index += 1
      if byte == UInt8(ascii: "&"), let end = value[index...].prefix(64).firstIndex(of: UInt8(ascii: ";")) {
        let name = String(decoding: value[index..<end], as: UTF8.self)
        if let text = entities[name] ?? DeclaredEntities.standardText(name) {
          result.append(contentsOf: text.utf8)
          index = end + 1
          continue
        }
      }
      result.append(byte == XMLScan.placeholder ? UInt8(ascii: "&") : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// The bytes of a C string.
struct CString: Sequence, IteratorProtocol {
  private var position: UnsafePointer<UInt8>
  init(start: UnsafePointer<UInt8>) { position = start }
  mutating func next() -> UInt8? {
    guard position.pointee != 0 else { return nil }
    defer { position += 1 }
    return position.pointee
  }
  var buffer: UnsafeBufferPointer<UInt8> {
    var end = position
    while end.pointee != 0 { end += 1 }
    return UnsafeBufferPointer(start: position, count: end - position)
  }
}
