/// Finds blocks that say again what another says: pull quotes, and blocks that a page holds twice for two widths
/// of screen.
enum Repetition {
  /// Indices of the page's blocks, among those kept, that only repeat.
  static func repeated(_ kept: [Int], in page: Page) -> Set<Int> {
    var found: Set<Int> = []
    var seen: [UInt64: Int] = [:]
    for index in kept where page.blocks[index].count >= 60 {
      let block = page.blocks[index]
      let hash = page.text[Int(block.start)..<Int(block.end)].withUnsafeBufferPointer(Words.hash)
      if seen.updateValue(index, forKey: hash) != nil { found.insert(index) }
    }
    // A page has few pull quotes; the bound keeps the cost linear where it has thousands of short blocks.
    let candidates = kept.filter { !found.contains($0) && mayBePullQuote(page.blocks[$0], page) }
    for index in candidates.prefix(40) {
      if kept.contains(where: { $0 != index && contains(page.blocks[$0], page.blocks[index], page) }) {
        found.insert(index)
      }
    }
    return found
  }

  private static func mayBePullQuote(_ block: Page.TextBlock, _ page: Page) -> Bool {
    guard (30...400).contains(block.count) else { return false }
    // In cells of a layout stand pull quotes too.
    return ![.listItem, .tableCell, .code].contains(page.kind(of: block))
  }

  /// Whether a longer block holds the text of another, quotation marks at its ends aside.
  private static func contains(_ long: Page.TextBlock, _ short: Page.TextBlock, _ page: Page) -> Bool {
    guard long.count > short.count else { return false }
    return page.text.withUnsafeBufferPointer { text in
      var (start, end) = (Int(short.start), Int(short.end))
      func isMark(_ offset: Int) -> Bool { text[offset] == 34 || text[offset] == 39 || text[offset] > 0x7F }
      while start < end, isMark(start) { start += 1 }
      while end > start, isMark(end - 1) || text[end - 1] == UInt8(ascii: ".") { end -= 1 }
      let count = end - start
      guard count >= 20, long.count >= count else { return false }
      return contains(
        UnsafeBufferPointer(rebasing: text[Int(long.start)..<Int(long.end)]),
        UnsafeBufferPointer(rebasing: text[start..<end]))
    }
  }

  /// Knuth, Morris and Pratt: linear whatever the two hold, which a comparison at each place is not.
  private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    var borders = [Int](repeating: 0, count: part.count)
    var length = 0
    for index in 1..<part.count {
      while length > 0, part[index] != part[length] { length = borders[length - 1] }
      if part[index] == part[length] { length += 1 }
      borders[index] = length
    }
    length = 0
    for byte in text {
      while length > 0, byte != part[length] { length = borders[length - 1] }
      if byte == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}

extension Selection {
  /// Takes out what only repeats.
  mutating func dropRepeated(_ page: Page) {
    let repeated = Repetition.repeated(kept, in: page)
    drop { repeated.contains($0) }
  }
}
