/// A text without white space at its ends, and with one blank for each run of white space inside.
public func trimmed(_ text: some StringProtocol) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// Whether a text is the address of a page and not words.
public func isAddress(_ text: String) -> Bool { text.hasPrefix("http://") || text.hasPrefix("https://") }

extension String {
  /// The text without a beginning, compared without regard to capitals of ASCII and trimmed; nil where it begins
  /// otherwise.
  public func dropping(prefix: String) -> String? {
    guard utf8.count >= prefix.utf8.count, zip(utf8, prefix.utf8).allSatisfy({ folded($0) == folded($1) }) else {
      return nil
    }
    return String(utf8.dropFirst(prefix.utf8.count)).map { trimmed($0) }
  }
}

private func folded(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }
