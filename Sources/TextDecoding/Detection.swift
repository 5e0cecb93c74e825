internal import CUchardet

/// The encoding that the frequencies of letters suggest; nil where they suggest nothing.
///
/// By uchardet, on a window that begins shortly before the first byte beyond ASCII: what comes earlier tells
/// nothing, and 64 KiB of text are ample for a decision. What it confuses is put right by what tells them apart.
func detectEncoding(of bytes: ArraySlice<UInt8>) -> TextEncoding? {
  guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
  if hasOnlySharedPunctuation(bytes[first...]) { return nil }
  guard let detector = uchardet_new() else { return nil }
  defer { uchardet_delete(detector) }
  let window = bytes[max(bytes.startIndex, first - 256)...].prefix(65_536)
  window.withUnsafeBytes { buffer in
    _ = uchardet_handle_data(detector, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
  }
  uchardet_data_end(detector)
  let name = String(cString: uchardet_get_charset(detector))
  guard !name.isEmpty, name != "ASCII", name != "UTF-8" else { return nil }
  let detected = TextEncoding(label: name) ?? TextEncoding(name: name.lowercased(), iconvName: name)
  return window.withUnsafeBufferPointer { detected.refined(by: $0) }
}

/// Whether nothing stands beyond ASCII but quotation marks, dashes and the like, which Windows' encodings
/// for the European languages all have in the same places: the letters' frequencies then tell nothing.
private func hasOnlySharedPunctuation(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.allSatisfy { $0 < 0x80 || sharedPunctuation.contains($0) }
}

/// ‚ „ … † ‡ ‰ ‹ ‘ ’ “ ” • – — ™ › no-break space § © « ¬ ® ° ± ¶ · »
private let sharedPunctuation: Set<UInt8> = [
  0x82, 0x84, 0x85, 0x86, 0x87, 0x89, 0x8B, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9B, 0xA0, 0xA7, 0xA9,
  0xAB, 0xAC, 0xAE, 0xB0, 0xB1, 0xB6, 0xB7, 0xBB,
]

extension TextEncoding {
  /// This encoding, or the relative that the bytes are in.
  func refined(by bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding {
    let relative: String? =
      switch name {
      case "koi8-r": bytes.hasBesideLetters(ukrainianInKOI8, times: 1) ? "koi8-u" : nil
      case "windows-1250", "iso-8859-2": bytes.centralEuropean(else: name)
      case "iso-8859-15", "iso-8859-3": bytes.hasPunctuation(of: "windows-1252") ? "windows-1252" : nil
      case "iso-8859-7": bytes.hasPunctuation(of: "windows-1253") ? "windows-1253" : nil
      case "iso-8859-13": bytes.hasPunctuation(of: "windows-1257") ? "windows-1257" : nil
      // Vietnamese has marks on a good part of its letters; Italian and French were taken for it.
      case "windows-1258" where HighBytes(of: bytes).isSparse: "windows-1252"
      default: nil
      }
    return relative.flatMap(TextEncoding.init(label:)) ?? self
  }
}

/// Where KOI8-U has є і ї ґ and their capitals, KOI8-R has lines of boxes.
private let ukrainianInKOI8: [UInt8] = [0xA4, 0xA6, 0xA7, 0xAD, 0xB4, 0xB6, 0xB7, 0xBD]

extension UnsafeBufferPointer<UInt8> {
  /// ISO's sets have control characters where Windows' have punctuation and letters; texts with such bytes are Windows'.
  fileprivate func hasPunctuation(of windows: String) -> Bool {
    guard let upper = TextEncoding(label: windows)?.upperHalf else { return false }
    let means = upper.prefix(0x20).map { $0.value >= 0xA0 && $0 != "\u{FFFD}" }
    return contains { $0 & 0xE0 == 0x80 && means[Int($0) - 0x80] }
  }

  /// Whether these bytes stand beside letters so many times, in an encoding with the letters from 0xC0 on.
  fileprivate func hasBesideLetters(_ wanted: [UInt8], times: Int) -> Bool {
    var isWanted = [Bool](repeating: false, count: 256)
    for byte in wanted { isWanted[Int(byte)] = true }
    var found = 0
    for index in indices.dropFirst().dropLast()
    where isWanted[Int(self[index])] && (self[index - 1].isLetterSomewhere || self[index + 1].isLetterSomewhere) {
      found += 1
      if found == times { return true }
    }
    return false
  }

  /// Windows and ISO put ą ľ ś š ť ź ž in other places: ISO where Windows has ± ¶ and the like, Windows where ISO has
  /// control characters.
  fileprivate func centralEuropean(else name: String) -> String {
    if hasPunctuation(of: "windows-1250") { return "windows-1250" }
    return hasBesideLetters([0xB1, 0xB6], times: 2) ? "iso-8859-2" : name
  }
}

extension UInt8 {
  fileprivate var isLetterSomewhere: Bool { self >= 0xC0 || isLatinLetter }
}
