/// Leads from offsets in decoded text back to those in the original bytes.
///
/// Nothing is stored for it but where pieces of UTF-8 moved. In an encoding of single bytes the offset is the number
/// of characters before; for the others the bytes are decoded once more as far as the last offset that is asked for.
/// Cost: linear in the text before the last offset; nothing at all for valid UTF-8, which is most pages.
struct SourceMap: Sendable {
  enum Kind: Sendable {
    /// UTF-8 behind a mark of so many bytes.
    case shifted(Int)
    /// UTF-8 in pieces that moved, in order: each holds up to the next.
    case pieces([Piece])
    case singleBytes
    /// Behind a mark of so many bytes.
    case converted(TextEncoding, mark: Int)
  }

  /// Where a piece begins in the decoded text and in the original.
  struct Piece: Sendable {
    var decoded: Int
    var original: Int
  }

  let kind: Kind

  /// The offsets in the original of offsets in the text that stand between characters, in ascending order.
  func originals(of offsets: [Int], in utf8: [UInt8], of bytes: [UInt8]) -> [Int] {
    switch kind {
    case .shifted(let mark): offsets.map { $0 + mark }
    case .pieces(let pieces): Self.originals(of: offsets, in: pieces)
    case .singleBytes: Self.counts(of: offsets, in: utf8)
    case .converted(let encoding, let mark):
      Converter.offsets(of: offsets, in: bytes[mark...], encoding) ?? Self.counts(of: offsets, in: utf8)
    }
  }

  /// The map of a text that was made in pieces of the text of this one.
  func composed(with later: [Piece]) -> SourceMap? {
    switch kind {
    case .shifted(let mark):
      SourceMap(kind: .pieces(later.map { Piece(decoded: $0.decoded, original: $0.original + mark) }))
    case .pieces(let earlier):
      SourceMap(kind: .pieces(Self.composed(earlier, later)))
    case .singleBytes, .converted: nil
    }
  }

  /// One pass over both.
  private static func originals(of offsets: [Int], in pieces: [Piece]) -> [Int] {
    var last = Piece(decoded: 0, original: pieces.first.map { $0.decoded == 0 ? $0.original : 0 } ?? 0)
    var next = 0
    return offsets.map { offset in
      while next < pieces.count, pieces[next].decoded <= offset {
        last = pieces[next]
        next += 1
      }
      return last.original + offset - last.decoded
    }
  }

  /// All borders of pieces, the earlier ones where they come out in the later text.
  private static func composed(_ earlier: [Piece], _ later: [Piece]) -> [Piece] {
    let originals = originals(of: later.map(\.original), in: earlier)
    var all = zip(later, originals).map { Piece(decoded: $0.decoded, original: $1) }
    var last = Piece(decoded: 0, original: 0)
    var next = 0
    for piece in earlier {
      while next < later.count, later[next].original <= piece.decoded {
        last = later[next]
        next += 1
      }
      let decoded = last.decoded + piece.decoded - last.original
      // One that lies inside of what was replaced has no place of its own.
      guard next == later.count || decoded < later[next].decoded else { continue }
      all.append(Piece(decoded: decoded, original: piece.original))
    }
    return all.sorted { $0.decoded < $1.decoded }
  }

  /// The numbers of characters before each offset.
  private static func counts(of offsets: [Int], in utf8: [UInt8]) -> [Int] {
    var (index, count) = (0, 0)
    return offsets.map { offset in
      let end = min(offset, utf8.count)
      while index < end {
        if utf8[index] & 0xC0 != 0x80 { count += 1 }
        index += 1
      }
      return count
    }
  }
}
