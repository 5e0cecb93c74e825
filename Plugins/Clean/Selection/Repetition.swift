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
    let candidates = kept.filter { !found.contains($0) && mayBePullQuote(page.blocks[$0], page) }.prefix(40)
    for (long, short) in sharingWords(kept, candidates, page) where !found.contains(short) {
      if contains(page.blocks[long], page.blocks[short], page) { found.insert(short) }
    }
    return found
  }

  /// Pairs of a block and a candidate whose second to fourth words stand in the block.
  private static func sharingWords(
    _ kept: [Int], _ candidates: ArraySlice<Int>, _ page: Page
  ) -> [(long: Int, short: Int)] {
    var beginnings = HashSet()
    var candidatesAt: [UInt64: [Int]] = [:]
    for index in candidates {
      // Quotation marks may be glued to the first word.
      var (triple, count): (UInt64, Int) = (0, 0)
      forEachTriple(of: page.blocks[index], page) { found in
        if count < 2 { triple = found }
        count += 1
      }
      guard count > 0 else { continue }
      beginnings.insert(triple)
      candidatesAt[triple, default: []].append(index)
    }
    var pairs: [(long: Int, short: Int)] = []
    guard !candidatesAt.isEmpty else { return pairs }
    for index in kept {
      // Once for each block, however often it has the words.
      var seen: Set<Int> = [index]
      forEachTriple(of: page.blocks[index], page) { triple in
        guard beginnings.contains(triple), let found = candidatesAt[triple] else { return }
        for candidate in found where seen.insert(candidate).inserted { pairs.append((index, candidate)) }
      }
    }
    return pairs
  }

  private static func forEachTriple(of block: Page.TextBlock, _ page: Page, _ body: (UInt64) -> Void) {
    var last: (UInt64, UInt64) = (0, 0)
    page.text.withUnsafeBufferPointer { text in
      Words.forEach(in: UnsafeBufferPointer(rebasing: text[Int(block.start)..<Int(block.end)])) { word in
        if last.0 != 0 { body(Words.triple(last.0, last.1, word)) }
        last = (last.1, word)
      }
    }
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
