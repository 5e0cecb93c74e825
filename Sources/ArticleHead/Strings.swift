/// A text without white space at its ends, and with one blank for each run of white space inside.
public func trimmed(_ text: some StringProtocol) -> String {
  var text = String(text)
  let trimmed = text.withUTF8 { bytes -> String? in
    if isTrimmed(bytes) { return nil }
    return String(unsafeUninitializedCapacity: bytes.count) { result in
      var (index, count) = (0, 0)
      var isBlank = false
      while index < bytes.count {
        let length = spaceLength(bytes, index)
        if length > 0 {
          isBlank = count > 0
          index += length
        } else {
          if isBlank {
            result[count] = 32
            count += 1
            isBlank = false
          }
          result[count] = bytes[index]
          count += 1
          index += 1
        }
      }
      return count
    }
  }
  return trimmed ?? text
}

/// Whether a text has single blanks inside, none at its ends, and no other white space.
private func isTrimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var last: UInt8 = 32
  for index in bytes.indices {
    let byte = bytes[index]
    if byte == 32 ? last == 32 : (byte < 32 || byte >= 0xC2) && spaceLength(bytes, index) > 0 { return false }
    last = byte
  }
  return bytes.isEmpty || last != 32
}

/// Bytes of the white space at an index; 0 where none stands there.
private func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
  let byte = bytes[index]
  if byte < 0x80 { return byte == 32 || byte &- 9 < 5 ? 1 : 0 }
  let next = index + 1 < bytes.count ? bytes[index + 1] : 0
  if byte == 0xC2 { return next == 0xA0 || next == 0x85 ? 2 : 0 }
  guard byte == 0xE2 || byte == 0xE3 || byte == 0xE1, index + 2 < bytes.count else { return 0 }
  switch (byte, next, bytes[index + 2]) {
  case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
    (0xE3, 0x80, 0x80), (0xE1, 0x9A, 0x80):
    return 3
  default: return 0
  }
}

/// The letters and digits of a text in small letters, without anything else, for comparing titles and labels.
public func essence(of text: String) -> String {
  var text = text
  return text.withUTF8 { bytes in
    String(unsafeUninitializedCapacity: bytes.count) { result in
      var (index, count) = (0, 0)
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          if byte &- 48 < 10 || byte &- 97 < 26 {
            result[count] = byte
            count += 1
          } else if byte &- 65 < 26 {
            result[count] = byte | 32
            count += 1
          }
          index += 1
          continue
        }
        let length = min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, bytes.count - index)
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if ByteCursor.isLetter(byte, next) {
          let folded = length == 2 ? ByteCursor.folded(byte, next) : (byte, next)
          (result[count], result[count + 1]) = folded
          for place in 2..<max(2, length) { result[count + place] = bytes[index + place] }
          count += length
        }
        index += length
      }
      return count
    }
  }
}

/// The words of a text: how many letters each has, and a hash of its small letters.
public func wordHashes(of text: String) -> [(hash: UInt64, letters: Int)] {
  let cursor = ByteCursor(text)
  var words: [(hash: UInt64, letters: Int)] = []
  var index = 0
  while index < cursor.bytes.count {
    var (hash, letters) = (HeadWords.seed, 0)
    while index < cursor.bytes.count, case let length = cursor.letterLength(at: index), length > 0 {
      for place in index..<index + length { hash = HeadWords.add(cursor.folded[place], to: hash) }
      index += length
      letters += 1
    }
    if letters > 0 { words.append((hash, letters)) } else { index += 1 }
  }
  return words
}

/// Whether a text is the address of a page and not words.
public func isAddress(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }

extension String {
  /// The text without a beginning, compared without regard to capitals of ASCII and trimmed; nil where it begins
  /// otherwise.
  public func dropping(prefix: String) -> String? {
    guard utf8.count >= prefix.utf8.count, zip(utf8, prefix.utf8).allSatisfy({ folded($0) == folded($1) }) else {
      return nil
    }
    return String(utf8.dropFirst(prefix.utf8.count)).map { trimmed($0) }
  }
}

private func folded(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }
