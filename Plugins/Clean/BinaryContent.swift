/// Files that are no text, whatever their name says: told by the bytes with which such files begin, else by control
/// characters, which no text has many of.
enum BinaryContent {
  /// In words; nil where the bytes may be a page.
  static func kind(of bytes: [UInt8]) -> String? {
    // A page may have anything before its first tag, but not these bytes.
    for (beginning, kind) in beginnings where bytes.starts(with: beginning) { return kind }
    if bytes.starts(with: "RIFF".utf8), bytes.count > 12 { return riff(bytes[8..<12]) }
    if bytes.dropFirst(4).starts(with: "ftyp".utf8) { return "a video or an image (MP4)" }
    if bytes.dropFirst(257).starts(with: "ustar".utf8) { return "a tar archive" }
    return hasManyControls(bytes) ? "bytes that are no text in any encoding" : nil
  }

  /// Letters alone could begin a page too, so all of these go on with what no text has, or with their format's version.
  private static let beginnings: [([UInt8], String)] = [
    (Array("%PDF-".utf8), "a PDF file"), (Array("%!PS-".utf8), "a PostScript file"),
    (Array("{\\rtf".utf8), "an RTF file"), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "a PNG image"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image"), (Array("GIF87a".utf8), "a GIF image"), (Array("GIF89a".utf8), "a GIF image"),
    ([0x49, 0x49, 0x2A, 0], "a TIFF image"), ([0x4D, 0x4D, 0, 0x2A], "a TIFF image"),
    ([0, 0, 1, 0], "an icon"), ([0x1F, 0x8B], "gzip data, which \"read\" unpacks from a file named .gz"),
    (Array("BZh9".utf8), "bzip2 data"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz data"),
    ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard data, which \"read\" unpacks from a file named .zst"),
    ([0x50, 0x4B, 3, 4], "a ZIP archive, as Word and EPUB files are"), ([0x50, 0x4B, 5, 6], "an empty ZIP archive"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"), (Array("Rar!\u{1A}\u{7}".utf8), "a RAR archive"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "an old Office file (.doc, .xls, .ppt)"),
    ([0x7F, 0x45, 0x4C, 0x46], "an ELF program"), ([0x4D, 0x5A, 0x90, 0], "a Windows program"),
    ([0xCA, 0xFE, 0xBA, 0xBE], "a program"), ([0xCF, 0xFA, 0xED, 0xFE], "a program"),
    (Array("SQLite format 3\0".utf8), "an SQLite database"), (Array("OggS\0".utf8), "an Ogg recording"),
    ([0x49, 0x44, 0x33, 3, 0], "an MP3 recording"), ([0x49, 0x44, 0x33, 4, 0], "an MP3 recording"),
    (Array("wOFF".utf8), "a font"), (Array("wOF2".utf8), "a font"), ([0, 1, 0, 0, 0], "a font"),
  ]

  private static func riff(_ type: ArraySlice<UInt8>) -> String {
    type.elementsEqual("WEBP".utf8) ? "a WebP image" : "a sound or a video (RIFF)"
  }

  /// One byte in twenty of the first 4,096, and sixteen at least: random and packed bytes have twice as many, pages a
  /// stray one or none.
  private static func hasManyControls(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(4096)
    let controls = head.count { $0 < 0x20 && !($0 >= 0x09 && $0 <= 0x0D) && $0 != 0x1B }
    return controls >= 16 && controls * 20 > head.count
  }
}
