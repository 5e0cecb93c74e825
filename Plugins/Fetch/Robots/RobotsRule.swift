/// One `Allow` or `Disallow` line (RFC 9309 2.2.2 and 2.2.3).
///
/// The pattern is kept as the pieces between its stars. Each piece is looked for behind the last one at
/// its first place, which is enough: what matches with a later place matches with the first. A piece is
/// found in one pass (`RobotsPiece`), so a rule costs O(pattern + target), however many stars it has.
struct RobotsRule: Sendable, Equatable {
  let allows: Bool
  /// What the target begins with.
  private let start: [UInt8]
  /// What follows in this order, a star before each.
  private let pieces: [RobotsPiece]
  /// What the target ends with, behind the last star of a pattern that ends with `$`.
  private let end: [UInt8]?
  /// The pattern ends with `$` and has no star: the target is `start`.
  private let isWhole: Bool
  /// Octets of the pattern.
  private let length: Int

  init(allows: Bool, pattern: some Collection<UInt8>) {
    var pattern = Array(pattern)[...]
    let isAnchored = pattern.last == UInt8(ascii: "$")
    if isAnchored { pattern.removeLast() }
    // Whether a piece belongs to the query shows only by the `?` before it, so stars are cut afterwards.
    let octets = comparable(pattern, star: UInt8(ascii: "*"))
    length = octets.count + (isAnchored ? 1 : 0)
    var pieces = octets.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    start = pieces.removeFirst()
    isWhole = isAnchored && pieces.isEmpty
    end = isAnchored ? pieces.popLast() : nil
    // A row of stars is one star.
    self.pieces = pieces.filter { !$0.isEmpty }.map(RobotsPiece.init)
    self.allows = allows
  }

  /// Whether this rule decides before another one that matches as well.
  func decidesBefore(_ other: RobotsRule) -> Bool {
    length != other.length ? length > other.length : allows && !other.allows
  }

  /// `target` as `comparable(_:star:)` writes it.
  func matches(_ target: [UInt8]) -> Bool {
    guard target.starts(with: start) else { return false }
    if isWhole { return target.count == start.count }
    var rest = start.count
    for piece in pieces {
      guard let end = piece.end(in: target, from: rest) else { return false }
      rest = end
    }
    guard let end else { return true }
    return target.count - rest >= end.count && target.suffix(end.count).elementsEqual(end)
  }
}

/// Octets that are found in one pass over a text, by Knuth, Morris and Pratt (1977).
private struct RobotsPiece: Sendable, Equatable {
  private let octets: [UInt8]
  /// For each length of a prefix, how long its longest proper ending is that is a prefix too.
  private let borders: [Int]

  /// `octets` are not empty.
  init(_ octets: [UInt8]) {
    var borders = [0, 0]
    var border = 0
    for octet in octets.dropFirst() {
      while border > 0, octets[border] != octet { border = borders[border] }
      if octets[border] == octet { border += 1 }
      borders.append(border)
    }
    (self.octets, self.borders) = (octets, borders)
  }

  /// Where the first place at or behind `start` ends.
  func end(in text: [UInt8], from start: Int) -> Int? {
    var found = 0
    for i in start..<text.count {
      while found > 0, octets[found] != text[i] { found = borders[found] }
      if octets[found] == text[i] { found += 1 }
      if found == octets.count { return i + 1 }
    }
    return nil
  }
}

/// A path with its query in the one form in which rules and targets are compared.
///
/// RFC 9309 2.2.2: octets beyond ASCII and others that may not stand in an address are encoded, and what
/// is encoded without need is decoded. Reserved octets mean the same in both forms (its table has a rule
/// with `https%3A%2F%2F` in the query match `https://`), except those that structure an address: `/` and
/// `?` in the path, `&`, `=` and `+` in the query, `#` anywhere. `*` and `$` are encoded, so that in a rule
/// they mean themselves only as `%2A` and `%24`; a `star` is left as it is.
func comparable(_ text: some Sequence<UInt8>, star: UInt8? = nil) -> [UInt8] {
  let text = Array(text)[...]
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count + 8)
  var isQuery = false
  var i = 0
  while i < text.count {
    let byte = text[i]
    if let octet = octet(text, i) {
      let stays = isUnreserved(octet) || (isPlain(octet) && !isStructure(octet, isQuery))
      if stays { bytes.append(octet) } else { appendEncoded(octet, to: &bytes) }
      i += 3
      continue
    }
    if byte == UInt8(ascii: "?") { isQuery = true }
    if isPlain(byte) || byte == star { bytes.append(byte) } else { appendEncoded(byte, to: &bytes) }
    i += 1
  }
  return bytes
}

/// Octets that stand in an address as they are: unreserved and reserved ones (RFC 3986 2.2, 2.3) and the
/// sign of an encoding that is none, without the two that are special in a rule.
private func isPlain(_ byte: UInt8) -> Bool {
  isUnreserved(byte) || ":/?#[]@!&'()+,;=%".utf8.contains(byte)
}

private func isStructure(_ byte: UInt8, _ isQuery: Bool) -> Bool {
  (isQuery ? "&=+#%" : "/?#%").utf8.contains(byte)
}

private func appendEncoded(_ octet: UInt8, to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: "%"))
  bytes.append(hexadecimal(octet >> 4))
  bytes.append(hexadecimal(octet & 15))
}
