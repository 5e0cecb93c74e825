import ArticleHead

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
  /// Letters and digits alone, in small letters, for comparing titles.
  var essence: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
