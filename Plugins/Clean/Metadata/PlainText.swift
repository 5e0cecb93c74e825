import ArticleHead

/// The text of an article that metadata hold: markup and references resolved, cut into paragraphs.
///
/// Sites write it plain, as HTML, or as HTML that is escaped once more. Paragraphs are parted by block elements,
/// by blank lines, or by line breaks where lines end as sentences do. Cost: linear.
enum PlainText {
  static func paragraphs(_ text: String) -> [String] {
    var text = text
    // References first where the tags themselves are escaped.
    if text.contains("&lt;/") || text.contains("&lt;p") || text.contains("&lt;br") {
      text = Array(text.utf8).withUnsafeBufferPointer { CharacterReferences.decoded($0) }
    }
    let keepsLines = endsLinesAsSentences(text)
    var paragraphs: [String] = []
    var current: [UInt8] = []
    func end() {
      let paragraph = unescaped(String(decoding: current, as: UTF8.self))
      if !paragraph.isEmpty { paragraphs.append(paragraph) }
      current.removeAll(keepingCapacity: true)
    }
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        if let tag = MarkedTag(bytes, at: index) {
          if tag.tag.isBlock || tag.tag == .br { end() }
          index = tag.end
          continue
        }
        if bytes[index] == 10, keepsLines || isBlankLine(bytes, behind: index) {
          end()
        } else {
          current.append(bytes[index])
        }
        index += 1
      }
    }
    end()
    return paragraphs
  }

  private static func isBlankLine(_ bytes: UnsafeBufferPointer<UInt8>, behind index: Int) -> Bool {
    var next = index + 1
    while next < bytes.count, bytes[next] == 32 || bytes[next] == 13 || bytes[next] == 9 { next += 1 }
    return next < bytes.count && bytes[next] == 10
  }

  /// Whether most lines end where sentences do, so that a line is a paragraph and not the width of a screen.
  private static func endsLinesAsSentences(_ text: String) -> Bool {
    var (lines, sentences) = (0, 0)
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte == 10, last != 0 {
        lines += 1
        if [0x2E, 0x21, 0x3F, 0x22, 0x3A].contains(last) || last >= 0x80 { sentences += 1 }
        last = 0
      } else if byte > 32 {
        last = byte
      }
    }
    return sentences * 2 > lines
  }
}
