/// A text made from bytes, with the encoding that was taken for it and why.
public struct DecodedText: Hashable, Sendable {
  /// What told the encoding.
  public enum Evidence: String, Sendable {
    case bom, transport, declaration, utf8, detection, fallback
  }

  /// Without a byte order mark; bytes that mean nothing in the encoding have become U+FFFD.
  public var text: String
  /// The encoding's name in lower case, as browsers use it: `windows-1252`, `utf-16le`, `gb18030`.
  public var encoding: String
  public var from: Evidence

  public init(text: String, encoding: String, from: Evidence) {
    (self.text, self.encoding, self.from) = (text, encoding, from)
  }
}

/// Makes text of bytes in whatever encoding they are.
///
/// The order is the one of browsers, with two corrections that archives need: a byte order mark; what the
/// transport said; what the document declares; valid UTF-8; detection; windows-1252. A declaration gives way
/// where the bytes contradict it: valid UTF-8 beyond ASCII is UTF-8 whatever the page says, and a page that
/// says UTF-8 and isn't goes to detection. A few damaged characters don't make UTF-8 something else.
/// Valid UTF-8 is copied once. Zero bytes stay in the text.
///
/// - Parameters:
///   - transport: the label that came from outside, such as an HTTP header's charset; it is believed.
///   - declared: the label inside the document; see ``declaredEncoding(inMarkup:)``.
public func decode(_ bytes: [UInt8], transport: String? = nil, declared: String? = nil) -> DecodedText {
  if let (encoding, length) = byteOrderMark(of: bytes) {
    return DecodedText(text: encoding.decode(bytes[length...]), encoding: encoding.name, from: .bom)
  }
  let whole = bytes[...]
  if let encoding = transport.flatMap(TextEncoding.init(label:)), let text = encoding.decodeIfAvailable(whole) {
    return DecodedText(text: text, encoding: encoding.name, from: .transport)
  }
  let declared = declared.flatMap(TextEncoding.init(label:))
  if let wide = wideEncoding(of: whole, declared: declared) {
    let evidence: DecodedText.Evidence = declared?.isWide == true ? .declaration : .detection
    return DecodedText(text: wide.decode(whole), encoding: wide.name, from: evidence)
  }
  if let text = String(validating: whole, as: UTF8.self) {
    return decodeValid(text, whole, declared: declared)
  }
  return decodeInvalid(whole, declared: declared)
}

/// Bytes that are valid UTF-8: only a declared encoding that plays with ASCII bytes can still be right.
private func decodeValid(_ text: String, _ bytes: ArraySlice<UInt8>, declared: TextEncoding?) -> DecodedText {
  if let declared, declared.escapesIntoASCII, bytes.contains(0x1B), let other = declared.decodeIfAvailable(bytes) {
    return DecodedText(text: other, encoding: declared.name, from: .declaration)
  }
  return DecodedText(text: text, encoding: "utf-8", from: declared?.name == "utf-8" ? .declaration : .utf8)
}

private func decodeInvalid(_ bytes: ArraySlice<UInt8>, declared: TextEncoding?) -> DecodedText {
  if UTF8Damage(in: bytes).isSlight {
    let evidence: DecodedText.Evidence = declared?.name == "utf-8" ? .declaration : .utf8
    return DecodedText(text: String(decoding: bytes, as: UTF8.self), encoding: "utf-8", from: evidence)
  }
  if let declared, !declared.isWide, declared.name != "utf-8", let text = declared.decodeIfAvailable(bytes) {
    return DecodedText(text: text, encoding: declared.name, from: .declaration)
  }
  if let detected = detectEncoding(of: bytes), let text = detected.decodeIfAvailable(bytes) {
    return DecodedText(text: text, encoding: detected.name, from: .detection)
  }
  return DecodedText(text: decodeWindows1252(bytes), encoding: "windows-1252", from: .fallback)
}

/// The name of the encoding that browsers mean by a label; nil for a label that none of them knows.
public func encodingName(forLabel label: String) -> String? { TextEncoding(label: label)?.name }
