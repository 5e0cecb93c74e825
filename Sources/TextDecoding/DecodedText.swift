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

  /// A text, the name of the encoding that it was in, and what told that.
  public init(text: String, encoding: String, from: Evidence) {
    (self.text, self.encoding, self.from) = (text, encoding, from)
  }
}

/// Bytes made UTF-8, with the encoding that was taken for them and why.
public struct DecodedBytes: Sendable {
  /// Without a byte order mark; bytes that mean nothing in the encoding have become U+FFFD.
  public internal(set) var utf8: [UInt8]
  /// The encoding's name in lower case, as browsers use it.
  public let encoding: String
  /// What told the encoding.
  public let from: DecodedText.Evidence
  /// Whether the original is UTF-16 or UTF-32, so that it is full of zeros.
  public var isWide: Bool { TextEncoding(label: encoding)?.isWide == true }
  /// What ``repairMojibake()`` did; nil where there was nothing to do.
  public internal(set) var repair: MojibakeRepair?
  var source: SourceMap
  /// See ``UTF8Scan``.
  var suspects = 0

  init(
    utf8: [UInt8], encoding: String, from evidence: DecodedText.Evidence, source: SourceMap, suspects: Int = 0
  ) {
    (self.utf8, self.encoding, from) = (utf8, encoding, evidence)
    (self.source, self.suspects) = (source, suspects)
  }

  /// The offsets in the original bytes of offsets in `utf8`.
  ///
  /// - Parameters:
  ///   - offsets: between characters, in ascending order.
  ///   - bytes: those that were decoded.
  public func originals(of offsets: [Int], in bytes: [UInt8]) -> [Int] {
    source.originals(of: offsets, in: utf8, of: bytes)
  }
}

extension DecodedBytes {
  /// Puts one byte of ASCII in place of another, throughout; no offset changes.
  public mutating func replace(_ byte: UInt8, with other: UInt8) {
    guard utf8.withUnsafeBufferPointer({ $0.has(byte) }) else { return }
    for index in utf8.indices where utf8[index] == byte { utf8[index] = other }
  }
}

/// Makes text of bytes in whatever encoding they are; see ``decodeBytes(_:transport:declared:)``.
public func decode(_ bytes: [UInt8], transport: String? = nil, declared: String? = nil) -> DecodedText {
  let decoded = decodeBytes(bytes, transport: transport, declared: declared)
  return DecodedText(
    text: String(decoding: decoded.utf8, as: UTF8.self), encoding: decoded.encoding, from: decoded.from)
}

/// The name of the encoding that browsers mean by a label; nil for a label that none of them knows.
public func encodingName(forLabel label: String) -> String? { TextEncoding(label: label)?.name }
