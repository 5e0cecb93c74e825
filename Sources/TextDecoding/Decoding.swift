/// Makes UTF-8 of bytes in whatever encoding they are.
///
/// The order is the one of browsers, with the corrections that archives need: a byte order mark; what the transport
/// said; what the document declares; valid UTF-8; detection; windows-1252. What is claimed gives way where the bytes
/// contradict it: valid UTF-8 beyond ASCII is UTF-8 whatever is said, what is called UTF-8 and isn't goes to
/// detection, and so do a western encoding over text without Latin letters and pairs of bytes that can't be read.
/// Among the encodings for Cyrillic the letters decide. A few damaged characters don't make UTF-8 something else.
/// Valid UTF-8 is scanned once and not copied. Zero bytes stay in the text.
///
/// - Parameters:
///   - transport: the label that came from outside, such as an HTTP header's charset.
///   - declared: the label inside the document; see ``declaredEncoding(inMarkup:)``.
public func decodeBytes(_ bytes: [UInt8], transport: String? = nil, declared: String? = nil) -> DecodedBytes {
  bytes.withUnsafeBufferPointer { buffer in
    Decoder(
      bytes: bytes, buffer: buffer,
      claims: [(transport, .transport), (declared, .declaration)].compactMap { label, evidence in
        label.flatMap(TextEncoding.init(label:)).map { Claim(encoding: $0, evidence: evidence) }
      }
    ).decoded()
  }
}

/// An encoding that somebody names.
private struct Claim {
  var encoding: TextEncoding
  var evidence: DecodedText.Evidence
}

/// One text on its way to UTF-8.
private struct Decoder {
  let bytes: [UInt8]
  let buffer: UnsafeBufferPointer<UInt8>
  /// The stronger first.
  let claims: [Claim]

  func decoded() -> DecodedBytes {
    if let (encoding, mark) = byteOrderMark(of: bytes) { return decoded(encoding, .bom, mark: mark) }
    if let wide { return wide }
    let scan = UTF8Scan(buffer)
    if scan.isValid { return pairs(among: scan) ?? escapes ?? valid(scan) }
    if UTF8Damage(in: buffer).isSlight { return decoded(.utf8, evidence(for: .utf8)) }
    for claim in claims { if let decoded = believed(claim) { return decoded } }
    return detected ?? decoded(.windows1252, .fallback)
  }

  /// UTF-16 and UTF-32 without a mark.
  private var wide: DecodedBytes? {
    let claimed = claims.first { $0.encoding.isWide }
    if let claimed, claimed.evidence == .transport, buffer.has(0) || !UTF8Scan(buffer).isValid {
      return decoded(claimed.encoding, .transport)
    }
    return wideEncoding(of: bytes[...], declared: claimed?.encoding).map {
      decoded($0, claimed?.evidence ?? .detection)
    }
  }

  /// Valid UTF-8 that is claimed to be pairs of bytes: in a very short text these are valid UTF-8 by chance.
  private func pairs(among scan: UTF8Scan) -> DecodedBytes? {
    guard scan.characters > 0, scan.characters < 4, let claim = claims.first, claim.evidence == .transport,
      claim.encoding.isMultibyte
    else { return nil }
    return decoded(claim.encoding, claim.evidence)
  }

  /// Encodings that write in ASCII what isn't.
  private var escapes: DecodedBytes? {
    if let claim = claims.first(where: { $0.encoding.escapesIntoASCII }),
      buffer.has(0x1B) || claim.evidence == .transport
    {
      return decoded(claim.encoding, claim.evidence)
    }
    guard hasJapaneseEscapes(buffer), let japanese = TextEncoding(label: "iso-2022-jp") else { return nil }
    return decoded(japanese, .detection)
  }

  private func valid(_ scan: UTF8Scan) -> DecodedBytes {
    DecodedBytes(
      utf8: bytes, encoding: "utf-8", from: evidence(for: .utf8), source: SourceMap(kind: .shifted(0)),
      suspects: scan.suspects)
  }

  private func evidence(for encoding: TextEncoding) -> DecodedText.Evidence {
    claims.first { $0.encoding == encoding }?.evidence ?? .utf8
  }

  // MARK: Claims that the bytes may contradict

  private func believed(_ claim: Claim) -> DecodedBytes? {
    let encoding = claim.encoding
    if encoding.isWide { return nil }
    if encoding == .utf8 { return believedUTF8(claim) }
    if encoding.isSingleByte { return believedSingle(claim) }
    return believedPairs(claim)
  }

  /// Pairs of bytes that can't be read in the claimed encoding and all can in the one that is detected.
  private func believedPairs(_ claim: Claim) -> DecodedBytes? {
    guard let result = converted(claim.encoding, claim.evidence) else { return nil }
    let replaced = result.replacements
    guard replaced > 0, let encoding = detectEncoding(of: bytes[...]), let other = converted(encoding, .detection),
      other.replacements == 0
    else { return result }
    // Encodings of single bytes read anything, and one broken byte leads detection astray.
    return encoding.isMultibyte || replaced * 4 > result.characters ? other : result
  }

  /// Other encodings form a whole character only by chance. The transport is believed over some bytes that can't be
  /// read, as there is nothing to detect in them.
  private func believedUTF8(_ claim: Claim) -> DecodedBytes? {
    let damage = UTF8Damage(in: buffer)
    let isTouched = damage.broken * 2 <= damage.whole || (damage.broken < 4 && damage.broken <= damage.whole)
    guard isTouched || (claim.evidence == .transport && damage.broken < 8) else { return nil }
    return converted(.utf8, claim.evidence)
  }

  private func believedSingle(_ claim: Claim) -> DecodedBytes? {
    let high = HighBytes(of: buffer)
    if isCyrillic(claim.encoding) {
      // What comes from outside is not given up for a word or two.
      if high.isLatin && (claim.evidence == .declaration || high.letters >= 8) { return nil }
      let claimed = claim.encoding.refined(by: buffer)
      if let other = CyrillicLetters.correction(of: claimed, for: buffer) { return converted(other, .detection) }
      return converted(claimed, claim.evidence)
    }
    if claim.encoding.isForLatin && high.isNotLatin, let other = detected { return other }
    return converted(claim.encoding.refined(by: buffer), claim.evidence)
  }

  private var detected: DecodedBytes? {
    guard let encoding = detectEncoding(of: bytes[...]) else { return nil }
    guard isCyrillic(encoding), let other = CyrillicLetters.correction(of: encoding, for: buffer) else {
      return converted(encoding, .detection)
    }
    return converted(other, .detection)
  }

  private func isCyrillic(_ encoding: TextEncoding) -> Bool { CyrillicLetters.encodings.contains(encoding.name) }

  // MARK: Decoding

  /// Through windows-1252 where the machine has no converter.
  private func decoded(_ encoding: TextEncoding, _ evidence: DecodedText.Evidence, mark: Int = 0) -> DecodedBytes {
    converted(encoding, evidence, mark: mark) ?? converted(.windows1252, .fallback, mark: mark)
      ?? DecodedBytes(utf8: bytes, encoding: "utf-8", from: .fallback, source: SourceMap(kind: .shifted(0)))
  }

  /// Nil where the machine has no converter.
  private func converted(
    _ encoding: TextEncoding, _ evidence: DecodedText.Evidence, mark: Int = 0
  ) -> DecodedBytes? {
    if encoding == .utf8 { return utf8(evidence, mark: mark) }
    guard let utf8 = encoding.utf8(of: bytes[mark...]) else { return nil }
    let kind: SourceMap.Kind = encoding.isSingleByte ? .singleBytes : .converted(encoding, mark: mark)
    return DecodedBytes(utf8: utf8, encoding: encoding.name, from: evidence, source: SourceMap(kind: kind))
  }

  private func utf8(_ evidence: DecodedText.Evidence, mark: Int) -> DecodedBytes {
    let rest = UnsafeBufferPointer(rebasing: buffer[mark...])
    let scan = UTF8Scan(rest)
    if scan.isValid {
      return DecodedBytes(
        utf8: Array(bytes[mark...]), encoding: "utf-8", from: evidence, source: SourceMap(kind: .shifted(mark)),
        suspects: scan.suspects)
    }
    let (utf8, pieces) = mended(rest)
    let moved = pieces.map { SourceMap.Piece(decoded: $0.decoded, original: $0.original + mark) }
    return DecodedBytes(
      utf8: utf8, encoding: "utf-8", from: evidence, source: SourceMap(kind: .pieces(moved)),
      suspects: utf8.withUnsafeBufferPointer { UTF8Scan($0).suspects })
  }
}

extension DecodedBytes {
  /// Characters that can't be read.
  fileprivate var replacements: Int {
    utf8.indices.count { utf8[$0] == 0xEF && utf8[$0...].starts(with: replacementCharacter) }
  }

  /// Characters beyond ASCII.
  fileprivate var characters: Int { utf8.withUnsafeBufferPointer { UTF8Scan($0).characters } }
}

extension TextEncoding {
  /// Those of single bytes for languages that write in Latin letters.
  fileprivate var isForLatin: Bool {
    [
      "windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258", "iso-8859-2", "iso-8859-3",
      "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "macintosh",
    ].contains(name)
  }
}
