internal import TextScanning

/// The numbering of a list that is written in one block: `1. Milk 2. Bread`, `a) … b) …`, `• 9. … • 10. …`.
///
/// Only a block that begins with a marker is one; then the next number in the same dress, behind a blank,
/// begins an item. The next marker is looked for once, from where the last one stood, so that the whole is linear.
struct ListMarkers {
  /// Where the next item begins; nil where no more come.
  private(set) var next: Int?
  private var marker: Marker?

  private struct Marker {
    /// A number; or where a letter stands in its alphabet, from `firstLetter` on.
    var value: Int
    var isLetter: Bool
    /// `.`, `)` or `.)`, the second byte 0 where there is none.
    var close: (UInt8, UInt8)
    var end: Int
  }

  init(_ bytes: Span<UInt8>, at start: Int, end: Int) {
    guard let first = Self.marker(bytes, at: start, end: end), first.value == (first.isLetter ? Self.firstLetter : 1)
    else { return }
    marker = first
    advance(bytes, from: start, end: end)
  }

  /// Goes on to the item behind the one that begins at `start`.
  mutating func advance(_ bytes: Span<UInt8>, from start: Int, end: Int) {
    next = nil
    guard var wanted = marker else { return }
    wanted.value += 1
    var offset = max(start, wanted.end)
    while offset + 2 < end {
      if bytes[offset].isASCIISpace, !bytes[offset + 1].isASCIISpace,
        let found = Self.marker(bytes, at: offset + 1, end: end),
        found.value == wanted.value, found.isLetter == wanted.isLetter, found.close == wanted.close
      {
        (next, marker) = (offset + 1, found)
        return
      }
      offset += 1
    }
  }

  private static let firstLetter = 0x61

  /// A small letter of ASCII, or of the Russian alphabet, in which lists leave out `ё` and `й`.
  private static func letter(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> (value: Int, end: Int)? {
    guard offset < end else { return nil }
    if bytes[offset] &- 0x61 < 26 { return (Int(bytes[offset]), offset + 1) }
    guard bytes[offset] == 0xD0 || bytes[offset] == 0xD1 else { return nil }
    let index = Int(bytes.scalar(at: offset).value) - 0x430
    guard (0..<32).contains(index), index != 9 else { return nil }
    return (firstLetter + (index > 9 ? index - 1 : index), offset + 2)
  }

  private static func marker(_ bytes: Span<UInt8>, at start: Int, end: Int) -> Marker? {
    var offset = start
    var value = 0
    var isLetter = false
    while offset < min(end, start + 3), bytes[offset].isASCIIDigit {
      value = value * 10 + Int(bytes[offset] &- 0x30)
      offset += 1
    }
    if offset == start {
      guard let letter = letter(bytes, at: offset, end: end) else { return nil }
      (value, isLetter, offset) = (letter.value, true, letter.end)
    }
    guard offset < end, bytes[offset] == UInt8(ascii: ".") || bytes[offset] == UInt8(ascii: ")") else { return nil }
    let first = bytes[offset]
    offset += 1
    var second: UInt8 = 0
    if first == UInt8(ascii: "."), offset < end, bytes[offset] == UInt8(ascii: ")") {
      (second, offset) = (bytes[offset], offset + 1)
    }
    // `г. Москва`: beyond ASCII, only a bracket tells a letter that counts from an abbreviation.
    if isLetter, bytes[start] >= 0x80, first != UInt8(ascii: ")") { return nil }
    guard offset < end, bytes[offset].isASCIISpace else { return nil }
    return Marker(value: value, isLetter: isLetter, close: (first, second), end: offset)
  }

  /// Whether a line that begins here is an item of a list: a bullet, or a marker.
  static func isItem(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Bool {
    guard offset < end else { return false }
    switch bytes[offset] {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      return offset + 1 < end && bytes[offset + 1].isASCIISpace
    default: return bullet(bytes, at: offset) || marker(bytes, at: offset, end: end) != nil
    }
  }

  /// Whether a bullet stands at an offset, behind white space.
  static func isBullet(_ bytes: Span<UInt8>, at offset: Int, start: Int, end: Int) -> Bool {
    offset > start && bytes[offset - 1].isASCIISpace && bullet(bytes, at: offset)
  }

  /// Behind a bullet and its white space; `start` where none stands.
  static func skipBullet(_ bytes: Span<UInt8>, at start: Int, end: Int) -> Int {
    bullet(bytes, at: start) ? bytes.skipSpace(from: start + 3, to: end) : start
  }

  private static func bullet(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    guard bytes[offset] == 0xE2 else { return false }
    switch bytes.scalar(at: offset).value {
    case 0x2022, 0x2043, 0x2023, 0x25AA, 0x25CF, 0x25E6: return true
    default: return false
    }
  }
}
