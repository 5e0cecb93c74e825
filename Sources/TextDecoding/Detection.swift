internal import CUchardet

/// The encoding that the frequencies of letters suggest; nil where they suggest nothing.
///
/// By uchardet, on a window that begins shortly before the first byte beyond ASCII: what comes earlier tells
/// nothing, and 64 KiB of text are ample for a decision.
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
  return detected.withoutControls(in: window)
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
  /// ISO's Latin sets have control characters where Windows' have punctuation; texts with bytes there are Windows'.
  fileprivate func withoutControls(in bytes: ArraySlice<UInt8>) -> TextEncoding {
    let relatives = [
      "iso-8859-15": "windows-1252", "iso-8859-2": "windows-1250", "iso-8859-7": "windows-1253",
      "iso-8859-13": "windows-1257",
    ]
    guard let relative = relatives[name], bytes.contains(where: { (0x80..<0xA0).contains($0) }) else { return self }
    return TextEncoding(label: relative) ?? self
  }
}
