/// Tells the mark of a note, `disputed<sup>12</sup>`, from an exponent or an ordinal, `40 km<sup>2</sup>`, `20<sup>th</sup>`.
///
/// A mark that touches the word before it would become part of the word: it is written in square brackets, the usual
/// form in plain text and one that the stages behind know. A mark that is in brackets already, or has a blank before
/// it, stays as it is. What it is, is told by its own form and by what stands before it; a link into the page settles
/// what these leave open.
struct NoteMark {
  /// Offset in the page's text at which the element began; -1 where it is no candidate.
  var start = -1
  /// Offset of the block's text, by which a block that began since is told.
  var blockStart = -1
  var linkBytes = 0
  /// All of a link that the element holds, or that holds nothing else.
  var isLink = false
  /// A superscript, and not a link alone.
  var isRaised = false

  /// Whether a link leads to another place of its page.
  static func isLinkIntoPage(_ attributes: Attributes) -> Bool {
    attributes.entries.contains { entry in
      let name = entry.name
      return name.count == 4 && name[0] | 32 == UInt8(ascii: "h") && name[1] | 32 == UInt8(ascii: "r")
        && name[2] | 32 == UInt8(ascii: "e") && name[3] | 32 == UInt8(ascii: "f")
        && entry.value.first == UInt8(ascii: "#")
    }
  }

  /// Whether the element's text is a mark, so that brackets keep it apart from what stands before it.
  func isMark(in text: [UInt8], linkBytes: Int) -> Bool {
    let mark = text[start...]
    guard mark.count <= 12, let first = mark.first else { return false }
    let isNumber = first &- 49 < 9 && mark.allSatisfy(Self.mayStandInNumber) && Self.longestNumber(mark) <= 3
    let isLetter = mark.count == 1 && first &- 97 < 26
    let inLink = isLink && linkBytes > self.linkBytes
    guard isNumber || (isLetter && inLink && isRaised), start > blockStart else { return false }
    if text[start - 1] == UInt8(ascii: "[") || text[start - 1] == UInt8(ascii: "(") { return false }
    return inLink || (isRaised && followsWord(text))
  }

  /// Numbers in a row: `12`, `3,4`, `5-7`, `1–3`.
  private static func mayStandInNumber(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-") || byte == 32
      || byte == 0xE2 || byte == 0x80 || byte == 0x93
  }

  private static func longestNumber(_ mark: ArraySlice<UInt8>) -> Int {
    var (longest, length) = (0, 0)
    for byte in mark {
      length = byte &- 48 < 10 ? length + 1 : 0
      longest = max(longest, length)
    }
    return longest
  }

  /// Behind a closing mark, or a word of four letters or more: units and variables are shorter.
  private func followsWord(_ text: [UInt8]) -> Bool {
    var index = start - 1
    switch text[index] {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
      UInt8(ascii: "?"), UInt8(ascii: "%"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      return true
    // Behind a bracket it may be a power: what is inside decides.
    case UInt8(ascii: ")"), UInt8(ascii: "]"): index -= 1
    // “ ” ‘ ’ … and »
    case 0x80...0xBF where index >= 2 && text[index - 2] == 0xE2 && text[index - 1] == 0x80: return true
    case 0xBB where index >= 1 && text[index - 1] == 0xC2: return true
    default: break
    }
    var letters = 0
    while index >= blockStart, letters < 4, text[index] > 0x7F || (text[index] | 32) &- 97 < 26 {
      if text[index] & 0xC0 != 0x80 { letters += 1 }
      index -= 1
    }
    return letters == 4
  }
}
