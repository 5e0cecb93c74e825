internal import TextScanning

/// The word that ends before a mark: letters, digits, inner periods, hyphens and apostrophes.
struct WordBefore {
  /// At most 40 bytes; a longer word is cut, being no abbreviation anyway.
  let range: Range<Int>

  init(_ bytes: Span<UInt8>, end: Int, start: Int) {
    var offset = end
    let limit = max(start, end - 40)
    while offset > limit {
      let byte = bytes[offset - 1]
      if byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") {
        offset -= 1
      } else if byte == UInt8(ascii: "'"), offset < end {
        offset -= 1
      } else if byte >= 0x80 {
        let scalar = bytes.scalar(before: offset)
        guard offset - scalar.length >= limit, scalar.kind.isWord || Self.isSign(scalar.value) else { break }
        offset -= scalar.length
      } else {
        break
      }
    }
    range = offset..<end
  }

  /// Whether it is one letter, or letters with periods between: `J`, `U.S`, `т.е`. Each part has at most two letters.
  func isInitials(_ bytes: Span<UInt8>) -> Bool {
    var offset = range.lowerBound
    var letters = 0
    while offset < range.upperBound {
      let scalar = bytes.scalar(at: offset)
      if scalar.value == 0x2E || scalar.value == 0x2D {
        // `J.-P` has both marks.
        let isJoined = scalar.value == 0x2D && offset > range.lowerBound && bytes[offset - 1] == UInt8(ascii: ".")
        guard letters > 0 || isJoined else { return false }
        letters = 0
      } else {
        guard scalar.kind.isLetter else { return false }
        letters += 1
        // `Ph.D` is in the lexicon; here each part is one letter, so that `Mr.X` and hosts are none.
        if letters > 1 { return false }
      }
      offset += scalar.length
    }
    return letters == 1
  }

  func hasPeriod(_ bytes: Span<UInt8>) -> Bool {
    for offset in range where bytes[offset] == UInt8(ascii: ".") { return true }
    return false
  }

  /// Only digits.
  func isNumber(_ bytes: Span<UInt8>) -> Bool {
    for offset in range where !bytes[offset].isASCIIDigit { return false }
    return !range.isEmpty
  }

  /// `2.1`, `4.10.3`: digits with single periods between.
  func isSectionNumber(_ bytes: Span<UInt8>) -> Bool {
    guard range.count <= 8, hasPeriod(bytes) else { return false }
    var isDigit = false
    for offset in range {
      guard bytes[offset].isASCIIDigit || isDigit && bytes[offset] == UInt8(ascii: ".") else { return false }
      isDigit = bytes[offset].isASCIIDigit
    }
    return isDigit
  }

  /// `°`, `№`, `§` stand in abbreviations.
  private static func isSign(_ scalar: UInt32) -> Bool { scalar == 0xB0 || scalar == 0x2116 || scalar == 0xA7 }
}
