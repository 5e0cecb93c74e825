/// What of a page is known to be text.
package enum GoldText: Sendable {
  /// The whole text.
  case text(String)
  /// Pieces that stand in it, and pieces that don't; of the rest nothing is known.
  case pieces(wanted: [String], unwanted: [String])
}

/// How much of each block of a page is text by what is known of it, and how much the block counts for a trainer.
///
/// A block of four words and more is text as far as its runs of four words are in the text; a shorter one where a line
/// of the text is equal to it, or where its words stand in the text and most blocks around it are text. A block counts
/// by its share of the text's words, so that all pages count alike, as they do for F1.
struct BlockLabels {
  private(set) var labels: [Float] = []
  private(set) var weights: [Float] = []

  /// The most that a block counts: one that is longer than the text itself tells no more.
  private static let mostWeight: Float = 0.5
  /// Added to the words of each text, so that those of a few words don't count for more than others.
  private static let fewWords: Float = 30
  /// Weight of a block about which a piece tells.
  private static let pieceWeight: Float = 1 / 6

  init(_ page: Page, _ gold: GoldText) {
    switch gold {
    case .text(let text): label(page, by: text)
    case .pieces(let wanted, let unwanted): label(page, wanted.map(Self.normal), unwanted.map(Self.normal))
    }
  }

  // MARK: Pieces

  private mutating func label(_ page: Page, _ wanted: [String], _ unwanted: [String]) {
    for block in page.blocks {
      let text = Self.normal(page.string(block))
      let isWanted = wanted.contains { text.holds($0) || (text.utf8.count > 20 && $0.holds(text)) }
      let isKnown = isWanted || unwanted.contains { text.holds($0) }
      labels.append(isWanted ? 1 : 0)
      weights.append(isKnown ? Self.pieceWeight : 0)
    }
  }

  private static func normal(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: The whole text

  private mutating func label(_ page: Page, by text: String) {
    let gold = GoldWords(text)
    let blocks = page.blocks.map { block in Self.words(page.text[Int(block.start)..<Int(block.end)]) }
    labels = blocks.map(gold.share)
    for (index, words) in blocks.enumerated() where words.count < 4 && labels[index] > 0 && labels[index] < 1 {
      let around = blocks.indices.clamped(to: index - 3..<index + 4).filter { $0 != index && blocks[$0].count >= 4 }
      let mean = around.reduce(0) { $0 + labels[$1] } / Float(max(1, around.count))
      labels[index] = mean > 0.6 ? 1 : 0
    }
    settleCopies(blocks, gold)
    weights = blocks.map { min(Self.mostWeight, Float($0.count) / (gold.count + Self.fewWords)) }
  }

  /// Where a page holds a text more often than the gold does, those with most text around them are it.
  private mutating func settleCopies(_ blocks: [[UInt64]], _ gold: GoldWords) {
    var places: [[UInt64]: [Int]] = [:]
    for (index, words) in blocks.enumerated() where !words.isEmpty && labels[index] > 0.5 {
      places[words, default: []].append(index)
    }
    // In the order of the page: what one text loses takes support from those around it.
    for (words, indices) in places.sorted(by: { $0.value[0] < $1.value[0] }) where indices.count > 1 {
      let support = indices.map { index in
        blocks.indices.clamped(to: index - 4..<index + 5).count {
          $0 != index && blocks[$0].count > 3 && labels[$0] > 0.5
        }
      }
      let order = indices.indices.sorted { (support[$1], indices[$0]) < (support[$0], indices[$1]) }
      for place in order.dropFirst(gold.times(words)) { labels[indices[place]] = 0 }
    }
  }

  fileprivate static func words(_ bytes: some Sequence<UInt8>) -> [UInt64] {
    var words: [UInt64] = []
    Words.forEach(in: bytes) { words.append($0) }
    return words
  }
}

/// The words of a text that is known, by their runs and lines.
private struct GoldWords {
  let count: Float
  private var runs: [[UInt64]: Int] = [:]
  private var lines: [[UInt64]: Int] = [:]

  init(_ text: String) {
    let words = BlockLabels.words(text.utf8)
    count = Float(words.count)
    for size in 1...4 where words.count >= size {
      for start in 0...words.count - size { runs[Array(words[start..<start + size]), default: 0] += 1 }
    }
    for line in text.split(separator: "\n") { lines[BlockLabels.words(line.utf8), default: 0] += 1 }
  }

  /// How much of a block is text; between 0 and 1 for a short one about which its surroundings must tell.
  func share(_ words: [UInt64]) -> Float {
    guard !words.isEmpty else { return 0 }
    guard words.count < 4 else {
      let starts = 0...words.count - 4
      return Float(starts.count { runs[Array(words[$0..<$0 + 4])] != nil }) / Float(starts.count)
    }
    return lines[words] != nil ? 1 : runs[words] != nil ? 0.5 : 0
  }

  /// How often the text has a block, at least once.
  func times(_ words: [UInt64]) -> Int {
    max(1, words.count >= 4 ? runs[Array(words.prefix(4))] ?? 1 : lines[words] ?? 1)
  }
}

extension String {
  /// Whether a text that is not empty stands in this one.
  fileprivate func holds(_ other: String) -> Bool {
    let (all, part) = (Array(utf8), Array(other.utf8))
    guard let first = part.first, all.count >= part.count else { return false }
    for start in 0...all.count - part.count where all[start] == first {
      if all[start..<start + part.count].elementsEqual(part) { return true }
    }
    return false
  }
}
