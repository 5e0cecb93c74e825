/// A text without white space at its ends, and with one blank for each run of white space inside.
func trimmed(_ text: some StringProtocol) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// A text with the few character references that makers of pages escape twice.
func unescaped(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "&")) else { return trimmed(text) }
  var result = text
  for (reference, character) in [
    ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#039;", "'"), ("&apos;", "'"), ("&#x27;", "'"),
    ("&nbsp;", " "), ("&#8217;", "’"), ("&#8216;", "‘"), ("&#8220;", "“"), ("&#8221;", "”"), ("&#8211;", "–"),
    ("&#8212;", "—"), ("&rsquo;", "’"), ("&lsquo;", "‘"), ("&ldquo;", "“"), ("&rdquo;", "”"), ("&ndash;", "–"),
    ("&mdash;", "—"), ("&#038;", "&"), ("&#38;", "&"), ("&amp;", "&"),
  ] { result = replacing(reference, in: result, with: character) }
  return trimmed(result)
}

/// A text with each occurrence of a part replaced.
func replacing(_ part: String, in text: String, with replacement: String) -> String {
  guard text.contains(part) else { return text }
  let pieces: [Substring] = text.split(separator: part, omittingEmptySubsequences: false)
  return pieces.joined(separator: replacement)
}

extension String {
  /// The text without a beginning, compared without regard to capitals; nil where it begins otherwise.
  func dropping(prefix: String) -> String? {
    guard utf8.count >= prefix.utf8.count, zip(utf8, prefix.utf8).allSatisfy({ Words.fold($0) == Words.fold($1) })
    else {
      return nil
    }
    return String(utf8.dropFirst(prefix.utf8.count)).map { trimmed($0) }
  }

  /// Letters and digits alone, in small letters, for comparing titles.
  var essence: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
