extension PageBuilder {
  /// What a character is to running text.
  enum CharacterClass { case visible, space, dropped }

  @inline(__always) static func classOf(_ byte: UInt8) -> CharacterClass {
    if byte > 32 { return byte == 0x7F ? .dropped : .visible }
    switch byte {
    case 32, 9, 10, 12, 13: return .space
    default: return .dropped
    }
  }

  /// Class and length of the character at an offset whose first byte is not ASCII.
  ///
  /// Spaces are all that Unicode calls so; dropped are the soft hyphen, the zero-width space, the word joiner,
  /// the marks of direction and the byte order mark. The zero-width joiners stay: they spell words in Persian
  /// and in Indic scripts.
  static func classOf(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Int, CharacterClass) {
    let first = bytes[index]
    let length = min(first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, bytes.count - index)
    if length == 2 {
      guard first == 0xC2 else { return (2, .visible) }
      let second = bytes[index + 1]
      if second < 0xA0 { return (2, second == 0x85 ? .space : .dropped) }
      return (2, second == 0xA0 ? .space : second == 0xAD ? .dropped : .visible)
    }
    guard length == 3 else { return (length, .visible) }
    switch (first, bytes[index + 1], bytes[index + 2]) {
    case (0xE2, 0x80, 0x8B), (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xAA...0xAE): return (3, .dropped)
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF): return (3, .space)
    case (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): return (3, .space)
    case (0xE2, 0x81, 0xA0), (0xE2, 0x81, 0xA6...0xA9), (0xEF, 0xBB, 0xBF): return (3, .dropped)
    default: return (3, .visible)
    }
  }
}
