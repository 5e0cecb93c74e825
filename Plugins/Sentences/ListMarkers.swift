internal import TextScanning

/// The numbering of a list that is written in one block: `1. Milk 2. Bread`, `(a) … (b) …`, `i. … ii. …`.
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
    var style: Style
    /// `.`, `)` or `.)`, the second byte 0 where there is none.
    var close: (UInt8, UInt8)
    /// `(` stands before it.
    var isOpened: Bool
    var end: Int
  }

  private enum Style { case number, letter, roman }

  init(_ bytes: Span<UInt8>, at start: Int, end: Int) {
    guard let first = Self.marker(bytes, at: start, end: end),
      first.value == (first.style == .letter ? Self.firstLetter : 1)
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
    // In `(Unian, June 2) The` the bracket is that of a citation.
    var isInBracket = false
    while offset + 2 < end {
      if bytes[offset].isASCIISpace, !isInBracket, !bytes[offset + 1].isASCIISpace,
        let found = Self.marker(bytes, at: offset + 1, end: end, roman: wanted.style == .roman),
        found.value == wanted.value, found.style == wanted.style, found.close == wanted.close,
        found.isOpened == wanted.isOpened
      {
        (next, marker) = (offset + 1, found)
        return
      }
      if bytes[offset] == UInt8(ascii: "(") { isInBracket = true }
      if bytes[offset] == UInt8(ascii: ")") { isInBracket = false }
      offset += 1
    }
  }

  private static let firstLetter = 0x61

  /// A small letter of the Russian alphabet, in which lists leave out `ё` and `й`, as the Latin one in its place.
  private static func cyrillic(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Int? {
    guard offset < end, bytes[offset] == 0xD0 || bytes[offset] == 0xD1 else { return nil }
    let index = Int(bytes.scalar(at: offset).value) - 0x430
    guard (0..<32).contains(index), index != 9 else { return nil }
    return firstLetter + (index > 9 ? index - 1 : index)
  }

  /// - Parameter roman: whether `v` is five; `i` always is one, and so are numerals of several letters.
  private static func marker(_ bytes: Span<UInt8>, at start: Int, end: Int, roman: Bool = true) -> Marker? {
    let isOpened = start < end && bytes[start] == UInt8(ascii: "(")
    let first = isOpened ? start + 1 : start
    var offset = first
    var value = 0
    var style = Style.number
    while offset < min(end, first + 3), bytes[offset].isASCIIDigit {
      value = value * 10 + Int(bytes[offset] &- 0x30)
      offset += 1
    }
    let letter = cyrillic(bytes, at: first, end: end)
    if let letter {
      (value, style, offset) = (letter, .letter, first + 2)
    } else if offset == first {
      while offset < min(end, first + 5), bytes[offset] &- 0x61 < 26 { offset += 1 }
      guard offset > first else { return nil }
      if roman, let number = self.roman(bytes, first..<offset) {
        (value, style) = (number, .roman)
      } else if offset == first + 1 {
        (value, style) = (Int(bytes[first]), .letter)
      } else {
        return nil
      }
    }
    return close(bytes, offset, end: end).flatMap { close, next in
      // `г. Москва`: a Cyrillic letter with a period is an abbreviation.
      (isOpened || letter != nil) && close.0 != UInt8(ascii: ")")
        ? nil : Marker(value: value, style: style, close: close, isOpened: isOpened, end: next)
    }
  }

  /// What closes a marker, and where the white space behind it begins.
  private static func close(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> (close: (UInt8, UInt8), next: Int)? {
    var offset = start
    guard offset < end, bytes[offset] == UInt8(ascii: ".") || bytes[offset] == UInt8(ascii: ")") else { return nil }
    let first = bytes[offset]
    offset += 1
    var second: UInt8 = 0
    if first == UInt8(ascii: "."), offset < end, bytes[offset] == UInt8(ascii: ")") {
      (second, offset) = (bytes[offset], offset + 1)
    }
    guard offset < end, bytes[offset].isASCIISpace else { return nil }
    return ((first, second), offset)
  }

  /// The value of a numeral of `i`, `v` and `x`, small or capital; nil for other words.
  static func roman(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count <= 5, !range.isEmpty else { return nil }
    var sum = 0
    var last = 0
    for offset in range.reversed() {
      let digit: Int
      switch bytes[offset] | 0x20 {
      case UInt8(ascii: "i"): digit = 1
      case UInt8(ascii: "v"): digit = 5
      case UInt8(ascii: "x"): digit = 10
      default: return nil
      }
      sum += digit < last ? -digit : digit
      last = max(last, digit)
    }
    return sum
  }

  static func isRoman(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool { roman(bytes, range) != nil }

  /// Whether a line that begins here is an item of a list: a bullet, or a marker.
  static func isItem(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Bool {
    guard offset < end else { return false }
    switch bytes[offset] {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      return offset + 1 < end && bytes[offset + 1].isASCIISpace
    // An en dash; an em dash rather goes on a sentence.
    case 0xE2 where bytes.has("– ", at: offset, end: end): return true
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
