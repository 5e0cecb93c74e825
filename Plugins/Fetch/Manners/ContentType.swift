package import PipelineKit

/// A Content-Type header taken apart (RFC 9110 8.3).
package struct ContentType: Sendable, Equatable {
  package let mediaType: MediaType
  /// As the server writes it, without quotation marks.
  package let charset: String?

  /// Nil where the header names no media type.
  ///
  /// Where a server joins several values with commas, the first counts; of several charsets too.
  package init?(_ header: String) {
    let parts = split(header)
    let type = parts.first?.filter { !isBlank($0) } ?? []
    let halves = type.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isTokenOctet) }) else { return nil }
    mediaType = MediaType(String(decoding: type, as: UTF8.self))
    charset = parts.dropFirst().lazy.compactMap(charsetValue).first
  }

  /// A page or a text that `clean` can read. Feeds and drawings are XML too, but no documents.
  package var isDocument: Bool {
    mediaType == .text || (mediaType.isMarkup && !isFeed && !mediaType.description.hasPrefix("image/"))
  }

  /// A media type that only feeds have. Many feeds come as `text/xml`, whose bytes must be looked at.
  package var isFeed: Bool { Self.feeds.contains(mediaType) }

  private static let feeds: Set<MediaType> = [
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
  ]
}

/// The pieces of the first value between semicolons, those inside quotation marks aside.
private func split(_ header: String) -> [[UInt8]] {
  var parts: [[UInt8]] = [[]]
  var isQuoted = false
  var isEscaped = false
  for byte in header.utf8 {
    if !isQuoted, byte == UInt8(ascii: ",") { break }
    if !isQuoted, byte == UInt8(ascii: ";") {
      parts.append([])
      continue
    }
    if byte == UInt8(ascii: "\""), !isEscaped {
      isQuoted.toggle()
      continue
    }
    isEscaped = isQuoted && byte == UInt8(ascii: "\\") && !isEscaped
    if !isEscaped { parts[parts.count - 1].append(byte) }
  }
  return parts
}

/// The value of ` charset = utf-8 `; nil for other parameters and an empty value.
private func charsetValue(_ parameter: [UInt8]) -> String? {
  guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")) else { return nil }
  let name = parameter[..<equals].filter { !isBlank($0) }.map(lowercased)
  // Some servers write single quotation marks, which belong to the value by the letter.
  let value = parameter[(equals + 1)...].filter { !isBlank($0) && $0 != UInt8(ascii: "'") }
  guard name.elementsEqual("charset".utf8), !value.isEmpty else { return nil }
  return String(decoding: value, as: UTF8.self)
}

/// RFC 9110 5.6.2.
private func isTokenOctet(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
}
