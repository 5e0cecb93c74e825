/// The Retry-After header (RFC 9110 10.2.3): how long a server wants to be left alone.
package enum RetryAfter {
  /// Seconds from `now` (seconds since 1970), from 0 to `longest`; nil where the header says nothing.
  ///
  /// The header is a number of seconds or a date; a date that has passed asks for no wait. Decimals are
  /// not in the RFC, but servers send them; they are rounded up.
  package static func seconds(_ header: String, now: Double, longest: Double = 86_400) -> Double? {
    var text = header.utf8[...]
    while let first = text.first, isBlank(first) { text.removeFirst() }
    while let last = text.last, isBlank(last) { text.removeLast() }
    guard let first = text.first else { return nil }
    if isDigit(first), text.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) {
      return Double(String(decoding: text, as: UTF8.self)).map { min($0.rounded(.up), longest) }
    }
    guard let date = HTTPDate.seconds(String(decoding: text, as: UTF8.self), now: now) else { return nil }
    return min(max(date - now, 0), longest)
  }
}
