internal import PipelineKit

/// Direct speech between straight or curly double quotation marks, and who speaks.
///
/// A speech over several paragraphs opens each and closes only the last: an opening without its partner
/// runs to the end of its block where the next block opens again, and is left out elsewhere.
enum QuoteFinder {
  /// Shorter ones, in bytes, are mostly names and scare quotes.
  static let shortest = 12

  static func quotes(in bytes: Span<UInt8>, blocks: [Block]) -> [Quote] {
    var quotes: [Quote] = []
    for (number, block) in blocks.enumerated() where Int(block.span.end) <= bytes.count {
      var opening: Int?
      var index = Int(block.span.start)
      let end = Int(block.span.end)
      while index < end {
        guard bytes[index] == 0x22 || bytes[index] == 0xE2, let mark = mark(at: index, bytes) else {
          index += 1
          continue
        }
        if let start = opening, mark.closes {
          if index - start >= shortest { quotes.append(Quote(span: TextSpan(start, index))) }
          opening = nil
        } else if mark.opens {
          opening = index + mark.length
        }
        index += mark.length
      }
      if let start = opening, end - start >= shortest, opensAgain(number + 1, blocks, bytes) {
        quotes.append(Quote(span: TextSpan(start, end)))
      }
    }
    return quotes
  }

  /// Whether a token is a quotation mark.
  static func isMark(_ span: TextSpan, _ bytes: Span<UInt8>) -> Bool {
    guard span.count <= 3, let mark = mark(at: Int(span.start), bytes) else {
      return span.count == 2 && bytes[Int(span.start)] == 0x60
    }
    return mark.length == span.count
  }

  private static func mark(at index: Int, _ bytes: Span<UInt8>) -> (length: Int, opens: Bool, closes: Bool)? {
    if bytes[index] == 0x22 { return (1, true, true) }
    guard index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80 else { return nil }
    switch bytes[index + 2] {
    case 0x9C: return (3, true, false)
    case 0x9D: return (3, false, true)
    case 0x9E: return (3, true, false)
    default: return nil
    }
  }

  private static func opensAgain(_ number: Int, _ blocks: [Block], _ bytes: Span<UInt8>) -> Bool {
    guard number < blocks.count, Int(blocks[number].span.start) < bytes.count else { return false }
    return mark(at: Int(blocks[number].span.start), bytes)?.opens ?? false
  }

  /// Gives the quotes that touch a sentence the speaker whom its attributions name.
  static func attribute(_ quotes: inout [Quote], by clauses: Clauses) {
    guard let first = clauses.words.first, let last = clauses.words.last, clauses.words.contains(where: \.isQuoted)
    else { return }
    let sentence = TextSpan(Int(first.start), Int(last.end))
    var index = firstQuote(endingAfter: sentence.start, in: quotes)
    while index < quotes.count, quotes[index].span.start < sentence.end {
      defer { index += 1 }
      guard quotes[index].speaker == nil else { continue }
      let quote = quotes[index].span
      quotes[index].speaker = clauses.attributions.first { attribution in
        let stretch = clauses.span(attribution.stretch)
        return attribution.isKnown && stretch.overlaps(quote) && !clauses.span(attribution.source).overlaps(quote)
      }.map { Int($0.speaker) }
    }
  }

  private static func firstQuote(endingAfter offset: UInt32, in quotes: [Quote]) -> Int {
    var low = 0
    var high = quotes.count
    while low < high {
      let middle = (low + high) / 2
      if quotes[middle].span.end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
