import Glibc

/// Makes clean UTF-8 of a document's bytes: what parsers and addresses can rely on.
///
/// Bytes that are valid UTF-8 are UTF-8 whatever the declaration says, since other encodings hardly ever look like it;
/// else the declared encoding holds. A byte that fits neither is taken for Latin-1. Control characters, which no
/// format here allows, become blanks. Linear, and eight bytes at a time where they are plain ASCII.
struct TextInput: ~Copyable {
  /// Bytes of a beginning that the choice looks at.
  static let beginning = 4096

  /// nil where the bytes are UTF-8 already.
  private let converter: iconv_t?
  /// An incomplete character at the end of the last piece.
  private var carry: [UInt8] = []
  private var converted: [UInt8] = []
  private var convertedCarry: [UInt8] = []

  /// - Parameters:
  ///   - beginning: the first bytes, all where there are fewer than ``beginning``.
  ///   - contentType: may name a charset.
  init(beginning: [UInt8], contentType: String?) {
    let label = Self.wideLabel(beginning) ?? Self.legacyLabel(beginning, contentType)
    let handle = label.flatMap { label -> iconv_t? in
      let handle = iconv_open("UTF-8", label)
      return handle == iconv_t(bitPattern: -1) ? nil : handle
    }
    converter = handle
  }
  deinit { if let converter { iconv_close(converter) } }

  /// Appends a piece's text to `output`.
  mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]) {
    guard converter != nil else {
      Self.clean(bytes, carry: &carry, isLast: isLast, into: &output)
      return
    }
    convert(bytes)
    converted.withUnsafeBufferPointer { Self.clean($0, carry: &convertedCarry, isLast: isLast, into: &output) }
    converted.removeAll(keepingCapacity: true)
  }

  // MARK: The encoding

  /// UTF-16, known by its mark or by the zero beside its first sign.
  private static func wideLabel(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 2 else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE), (1..., 0): return "UTF-16LE"
    case (0xFE, 0xFF), (0, 1...): return "UTF-16BE"
    default: return nil
    }
  }

  private static func legacyLabel(_ bytes: [UInt8], _ contentType: String?) -> String? {
    guard let label = declaredLabel(bytes, contentType) else { return nil }
    let name = label.lowercased()
    if name.hasPrefix("utf") || name == "us-ascii" { return nil }
    // A character may be cut at the end.
    let whole = bytes.count < beginning ? bytes[...] : bytes.dropLast(4)
    let isPlain = !whole.contains { $0 >= 0x80 }
    var rest = whole
    while bytes.count >= beginning, let last = bytes[rest.indices].last, last & 0xC0 == 0x80 { rest = rest.dropLast() }
    if bytes.count >= beginning, let last = rest.last, last >= 0xC0 { rest = rest.dropLast() }
    if !isPlain, String(validating: rest, as: UTF8.self) != nil { return nil }
    return label
  }

  /// From the type, else the XML declaration, else `<meta>`.
  private static func declaredLabel(_ bytes: [UInt8], _ contentType: String?) -> String? {
    let first = Array(bytes.prefix(1024))
    if first.starts(with: "<?xml".utf8), let label = label(behind: "encoding", in: first) { return label }
    return contentType.flatMap { label(behind: "charset", in: Array($0.utf8)) } ?? label(behind: "charset", in: first)
  }

  private static func label(behind word: StaticString, in bytes: [UInt8]) -> String? {
    guard let start = bytes.firstOffset(of: word) else { return nil }
    var rest = bytes[(start + word.utf8CodeUnitCount)...].drop { isSpace($0) }
    guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
    rest = rest.drop { isSpace($0) || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let label = rest.prefix { ($0 | 32) &- 97 < 26 || $0 &- 48 < 10 || $0 == 45 || $0 == 95 || $0 == 46 || $0 == 58 }
    return label.isEmpty || label.count > 40 ? nil : String(decoding: label, as: UTF8.self)
  }

  // MARK: Conversion

  private mutating func convert(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let converter else { return }
    var input = carry + bytes
    carry.removeAll()
    let room = 16_384
    input.withUnsafeMutableBytes { input in
      var next = input.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = input.count
      while left > 0 {
        var reason: CInt = 0
        converted.append(addingCapacity: room) { output in
          output.withUnsafeMutableBufferPointer { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
              var target = buffer.baseAddress
              var space = buffer.count
              reason = iconv(converter, &next, &left, &target, &space) == -1 ? errno : 0
              count = buffer.count - space
            }
          }
        }
        if reason == EINVAL { break }
        if reason == EILSEQ {
          converted.append(UInt8(ascii: "?"))
          (next, left) = (next.map { $0 + 1 }, left - 1)
        }
      }
      carry += input.suffix(left)
    }
  }

  // MARK: Cleaning

  private static func clean(
    _ bytes: UnsafeBufferPointer<UInt8>, carry: inout [UInt8], isLast: Bool, into output: inout [UInt8]
  ) {
    guard carry.isEmpty else {
      let whole = carry + bytes
      carry.removeAll()
      return whole.withUnsafeBufferPointer { clean($0, carry: &carry, isLast: isLast, into: &output) }
    }
    output.reserveCapacity(output.count + bytes.count)
    var index = 0
    var start = 0
    while index < bytes.count {
      index = plainEnd(bytes, from: index)
      guard index < bytes.count else { break }
      let length = characterLength(bytes, at: index)
      if length > 0 {
        index += length
        continue
      }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
      if length < 0, !isLast {
        carry += bytes[index...]
        return
      }
      let byte = bytes[index]
      if byte < 0x80 { output.append(32) } else { output += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
      index += 1
      start = index
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  /// Where the first byte stands that is neither printable ASCII nor white space.
  private static func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    let raw = UnsafeRawBufferPointer(bytes)
    let high: UInt64 = 0x8080_8080_8080_8080
    while index < bytes.count {
      if index + 8 <= bytes.count {
        let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        // The high bit, and the borrow of what is below 32.
        if (word | ((word &- 0x2020_2020_2020_2020) & ~word)) & high == 0 {
          index += 8
          continue
        }
      }
      let end = min(index + 8, bytes.count)
      while index < end {
        let byte = bytes[index]
        guard byte < 0x80, byte >= 32 || isSpace(byte) else { return index }
        index += 1
      }
    }
    return index
  }

  /// Bytes of the character of UTF-8 at an index: 0 where there is none, -1 where the piece ends inside it.
  private static func characterLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let first = bytes[index]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5 else { return 0 }
    for place in 1..<length {
      guard index + place < bytes.count else { return -1 }
      let byte = bytes[index + place]
      guard byte & 0xC0 == 0x80 else { return 0 }
      guard place == 1 else { continue }
      // Overlong forms, surrogates and what is beyond Unicode show in the second byte.
      if first == 0xE0 && byte < 0xA0 || first == 0xED && byte > 0x9F { return 0 }
      if first == 0xF0 && byte < 0x90 || first == 0xF4 && byte > 0x8F { return 0 }
    }
    // U+FFFE and U+FFFF are no characters of XML.
    return first == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE ? 0 : length
  }
}
