import ArticleHead

/// A text of metadata as it is meant: character references resolved that makers of pages escape twice or thrice,
/// tags of inline elements left out, white space normalised.
func unescaped(_ text: String) -> String {
  var text = text
  for _ in 0..<3 {
    guard text.utf8.contains(UInt8(ascii: "&")) else { break }
    let decoded = Array(text.utf8).withUnsafeBufferPointer { CharacterReferences.decoded($0) }
    guard decoded != text else { break }
    text = decoded
  }
  return trimmed(withoutTags(text))
}

/// A text without the tags of elements that HTML knows; `a < b` and `<unknown>` stay.
func withoutTags(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
  return Array(text.utf8).withUnsafeBufferPointer { bytes in
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let tag = MarkedTag(bytes, at: index) {
        if tag.tag == .br { result.append(32) }
        index = tag.end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// A tag inside a text that should have none.
struct MarkedTag {
  let tag: Tag
  let end: Int

  /// Nil where no tag of an element of HTML begins.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    guard bytes[start] == UInt8(ascii: "<"), start + 2 < bytes.count else { return nil }
    let name = bytes[start + 1] == UInt8(ascii: "/") ? start + 2 : start + 1
    var index = name
    while index < bytes.count, (bytes[index] | 32) &- 97 < 26 || bytes[index] &- 48 < 10 { index += 1 }
    tag = Tag(UnsafeBufferPointer(rebasing: bytes[name..<index]))
    guard tag != .other || index - name == 1 && bytes[name] | 32 == UInt8(ascii: "u") else { return nil }
    // No tag of a line is longer than this.
    let limit = min(bytes.count, index + 2000)
    // Where another begins, this was none: each byte is looked at once.
    while index < limit, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<") { index += 1 }
    guard index < limit, bytes[index] == UInt8(ascii: ">") else { return nil }
    end = index + 1
  }
}

extension String {
  /// Letters and digits alone, in small letters, for comparing titles.
  var essence: String { ArticleHead.essence(of: self) }
}
