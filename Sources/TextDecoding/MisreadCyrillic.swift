import Glibc

/// Text in an encoding for Cyrillic that was read in windows-1252 and written as UTF-8: `Ìîñêâà` for Москва.
///
/// No language writes words of nothing but letters with accents, so whole words of them, most of what the page has
/// beyond ASCII, and with the frequencies of Cyrillic letters behind them, can be nothing else.
struct MisreadCyrillic {
  private let reversal: Reversal
  private let upper: [Unicode.Scalar]

  /// Nil where the text is none for certain.
  static func found(in utf8: [UInt8]) -> MisreadCyrillic? {
    guard holdsWords(utf8), let reversal = Reversal("windows-1252") else { return nil }
    let bytes = utf8.withUnsafeBufferPointer { bytesBefore($0, reversal) }
    return bytes.withUnsafeBufferPointer { bytes in
      guard HighBytes(of: bytes).isNotLatin, let encoding = CyrillicLetters.best(for: bytes),
        let upper = encoding.upperHalf
      else { return nil }
      return MisreadCyrillic(reversal: reversal, upper: upper)
    }
  }

  /// Whether three letters with accents stand in a row somewhere: the letters of Cyrillic all became such.
  private static func holdsWords(_ utf8: [UInt8]) -> Bool {
    utf8.withUnsafeBufferPointer { text in
      var start = 0
      while start + 5 < text.count, let base = text.baseAddress,
        let found = memchr(base + start, 0xC3, text.count - start - 5)
      {
        let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        if text[place + 2] == 0xC3 && text[place + 4] == 0xC3 { return true }
        start = place + 2
      }
      return false
    }
  }

  /// The text as it was before it was misread. What can't come from windows-1252 is left out.
  private static func bytesBefore(_ text: UnsafeBufferPointer<UInt8>, _ reversal: Reversal) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] < 0x80 {
        bytes.append(text[index])
        index += 1
        continue
      }
      var end = index
      let byte = reversal.byte(text, &end)
      if byte != 0 { bytes.append(byte) }
      index += abs(lengthOfCharacter(in: text, at: index))
    }
    return bytes
  }

  /// The text with its words put right: runs that hold a letter and touch none of ASCII.
  func repaired(_ utf8: [UInt8]) -> RepairedText? {
    var result = RepairedText(encoding: "windows-1252")
    utf8.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        guard text[index] >= 0x80 else {
          index += 1
          continue
        }
        let run = run(text, from: index)
        let isWord =
          run.contains { (0x400...0x4FF).contains(upper[Int($0.byte) - 0x80].value) }
          && !(index > 0 && text[index - 1].isLatinLetter)
          && !(run.last.map { $0.range.upperBound < text.count && text[$0.range.upperBound].isLatinLetter } ?? true)
        if isWord {
          result.runs += 1
          for (byte, range) in run { result.put(upper[Int(byte) - 0x80], inPlaceOf: range, of: utf8) }
        }
        index = run.last?.range.upperBound ?? index + abs(lengthOfCharacter(in: text, at: index))
      }
    }
    result.end(utf8)
    return result.runs > 0 ? result : nil
  }

  /// The characters from an index on that come from bytes beyond ASCII, with these.
  private func run(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> [(byte: UInt8, range: Range<Int>)] {
    var run: [(byte: UInt8, range: Range<Int>)] = []
    var index = start
    while index < text.count, text[index] >= 0x80 {
      let first = index
      let byte = reversal.byte(text, &index)
      guard byte != 0 else { break }
      run.append((byte, first..<index))
    }
    return run
  }
}
