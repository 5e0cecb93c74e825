/// Tells numbers and signs that refer to notes and sources from words that do the same.
enum ReferenceMarks {
  /// Whether an element holds nothing but a mark that is glued to the word before it: `treaty<xref>1</xref>`.
  /// One in brackets, or behind a blank, is read as it stands.
  ///
  /// - Parameters:
  ///   - ahead: the document behind the element's start tag.
  ///   - last: the byte of the text before it.
  static func isMark(_ ahead: ArraySlice<UInt8>, behind last: UInt8) -> Bool {
    let content = Content(ahead)
    guard content.isSigns else { return false }
    return content.isRaised || (last > 32 && last != UInt8(ascii: "[") && last != UInt8(ascii: "("))
  }

  /// Whether raised text is references and what stands between them: `<sup><xref>1</xref>,<xref>2</xref></sup>`.
  static func isRaisedMark(_ ahead: ArraySlice<UInt8>) -> Bool {
    let content = Content(ahead)
    return content.refers && content.isSigns
  }

  /// What is inside of an element, as far as a mark may reach.
  private struct Content {
    private(set) var text: [UInt8] = []
    /// There is raised text in it.
    private(set) var isRaised = false
    /// There is a reference in it.
    private(set) var refers = false
    private var isWhole = false

    /// - Parameter ahead: the document behind the element's start tag.
    init(_ ahead: ArraySlice<UInt8>) {
      let bytes = ahead.prefix(2000)
      var depth = 0
      var index = bytes.startIndex
      while index < bytes.endIndex, text.count <= 60 {
        guard bytes[index] == UInt8(ascii: "<") else {
          text.append(bytes[index])
          index += 1
          continue
        }
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else { return }
        let tag = bytes[(index + 1)..<end]
        let isEnd = tag.first == UInt8(ascii: "/")
        if isEnd && depth == 0 {
          isWhole = true
          return
        }
        if !isEnd { note(tag) }
        depth += isEnd ? -1 : tag.last == UInt8(ascii: "/") ? 0 : 1
        index = end + 1
      }
    }

    private mutating func note(_ tag: ArraySlice<UInt8>) {
      let name = tag.prefix { $0 > 32 && $0 != UInt8(ascii: "/") }
      let local = name.suffix(from: name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex)
      if local.elementsEqual("sup".utf8) { isRaised = true }
      if local.elementsEqual("xref".utf8) || local.elementsEqual("ref".utf8) || local.elementsEqual("a".utf8) {
        refers = true
      }
    }

    /// Nothing but figures, signs and at most one letter.
    var isSigns: Bool {
      guard isWhole, !text.isEmpty else { return false }
      var letters = 0
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        switch scalar {
        case "0"..."9", ",", ";", ".", "-", "–", "−", "*", "†", "‡", "§", "¶", "#", "[", "]", "(", ")", " ", "\n", "\t",
          "\r":
          break
        case "a"..."z", "A"..."Z": letters += 1
        default: return false
        }
      }
      return letters <= 1
    }
  }
}
