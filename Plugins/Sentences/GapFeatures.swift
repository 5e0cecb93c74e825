internal import Learning
internal import TextScanning

/// What the model is asked about a gap between two words: the words around it and how they look, how far the sentence
/// has come, how the block begins and ends.
///
/// A template a line, its number first. A model fits just these: any change is a new `layout`, and the model is
/// trained again.
struct GapFeatures {
  static let layout: UInt16 = 1

  /// Of the block.
  let range: Range<Int>
  /// The block's first and last word: careless writing and headings end without a mark.
  private let head: GapWord
  private let tail: GapWord
  private let classes = GapWord.classes

  /// Of no block.
  init() { (range, head, tail) = (0..<0, .none, .none) }

  init(_ bytes: Span<UInt8>, block: Range<Int>) {
    range = block
    head = .after(bytes, block.lowerBound, block.upperBound, classes)
    tail = .before(bytes, block.upperBound, block.lowerBound, classes)
  }

  /// What the two words beside the gap tell.
  func addNear(_ near: Near, to sink: inout some FeatureSink) {
    let (kind, word, next) = (near.kind, near.word, near.next)
    sink.add(1, kind)
    sink.add(2, kind, word.last, next.first)
    sink.add(4, kind, next.core)
    sink.add(6, word.last, next.core)
    sink.add(7, kind, word.shape, next.shape)
    sink.add(3, kind, word.core)
    sink.add(16, word.core, next.core)
  }

  /// The same words with their marks, and how the block begins and ends.
  func addEdges(_ near: Near, to sink: inout some FeatureSink) {
    let (kind, word, next) = (near.kind, near.word, near.next)
    sink.add(5, word.raw, next.first)
    sink.add(15, next.raw)
    sink.add(25, word.raw)
    sink.add(40, tail.last, head.shape, kind)
    sink.add(41, tail.last, word.shape, next.shape)
    sink.add(42, tail.last, word.last, next.shape)
  }

  /// The gap's kind and the two words beside it.
  struct Near {
    let kind: UInt32
    let word: GapWord
    let next: GapWord
  }

  func near(_ bytes: Span<UInt8>, _ gap: Gap) -> Near {
    Near(
      kind: gap.kind.rawValue, word: .before(bytes, gap.offset, range.lowerBound, classes),
      next: .after(bytes, gap.offset, range.upperBound, classes))
  }

  /// - Parameter start: where the sentence began.
  func addFar(_ bytes: Span<UInt8>, _ near: Near, _ gap: Gap, start: Int, to sink: inout some FeatureSink) {
    let before = GapWord.before(bytes, near.word.start, range.lowerBound, classes)
    let earlier = before.isNone ? .none : GapWord.before(bytes, before.start, range.lowerBound, classes)
    let second = near.next.isNone ? .none : GapWord.after(bytes, near.next.end, range.upperBound, classes)
    let third = second.isNone ? .none : GapWord.after(bytes, second.end, range.upperBound, classes)
    addWords(near, before, second, to: &sink)
    addShapes(near, earlier, before, second, third, to: &sink)
    addPlace(bytes, near, before, gap, start: start, to: &sink)
    addStyle(bytes, near, second, gap, start: start, to: &sink)
  }

  private func addWords(_ near: Near, _ before: GapWord, _ second: GapWord, to sink: inout some FeatureSink) {
    let (word, next) = (near.word, near.next)
    sink.add(11, before.core, word.core)
    sink.add(12, next.core, second.core)
    sink.add(18, word.shape, second.core)
    sink.add(19, before.core, next.shape)
    sink.add(26, second.core, next.shape)
    sink.add(53, word.pattern, next.core)
    sink.add(54, before.pattern, word.pattern, next.core)
  }

  private func addShapes(
    _ near: Near, _ earlier: GapWord, _ before: GapWord, _ second: GapWord, _ third: GapWord,
    to sink: inout some FeatureSink
  ) {
    let (kind, word, next) = (near.kind, near.word, near.next)
    sink.add(8, before.shape, word.shape, next.shape)
    sink.add(9, word.shape, next.shape, second.shape)
    sink.add(10, kind, next.shape, second.shape)
    sink.add(17, word.last, next.first, second.first)
    sink.add(20, earlier.shape, before.shape, word.shape)
    sink.add(21, next.shape, second.shape, third.shape)
    sink.add(50, kind, word.pattern, next.pattern)
    sink.add(51, before.pattern, word.pattern, next.shape)
    sink.add(52, word.shape, next.pattern, second.pattern)
  }

  /// How far from the edges of sentence and block.
  private func addPlace(
    _ bytes: Span<UInt8>, _ near: Near, _ before: GapWord, _ gap: Gap, start: Int, to sink: inout some FeatureSink
  ) {
    let (kind, word, next) = (near.kind, near.word, near.next)
    let (soFar, left) = (Self.size(gap.offset - start), Self.size(range.upperBound - gap.offset))
    let isFirst: UInt32 = word.start <= start ? 1 : 0
    let isSecond: UInt32 = before.start <= start ? 1 : 0
    sink.add(13, kind, soFar)
    sink.add(14, word.last, next.shape, soFar)
    sink.add(22, kind, left, next.shape)
    sink.add(23, isFirst << 1 | isSecond, word.shape, next.shape)
    sink.add(24, Self.size(gap.offset - range.lowerBound), soFar, word.last)
  }

  /// Whether the sentence so far is all names and numbers, as a heading or a signature is; and whether what follows
  /// begins as the sentence did, as the lines of a list do.
  private func addStyle(
    _ bytes: Span<UInt8>, _ near: Near, _ second: GapWord, _ gap: Gap, start: Int, to sink: inout some FeatureSink
  ) {
    let (kind, word, next) = (near.kind, near.word, near.next)
    let (small, all) = Self.words(bytes, from: start, to: gap.offset)
    sink.add(60, kind, small, next.shape)
    sink.add(61, small << 4 | all, word.shape, next.shape)
    sink.add(62, small << 4 | all, word.last, next.first)
    sink.add(63, small, next.core)
    sink.add(64, small, word.pattern, next.first)
    let opener = GapWord.after(bytes, start, range.upperBound, classes)
    let isAlike: UInt32 = opener.core == next.core ? 1 : 0
    sink.add(70, isAlike, opener.pattern == next.pattern ? 1 : 0, kind)
    sink.add(71, opener.raw)
    sink.add(72, opener.pattern, next.pattern)
    sink.add(73, isAlike, word.last, next.shape)
  }

  private static func size(_ bytes: Int) -> UInt32 {
    switch bytes {
    case ..<8: 0
    case ..<20: 1
    case ..<40: 2
    case ..<80: 3
    case ..<160: 4
    case ..<320: 5
    default: 6
    }
  }

  /// Of the last words of a range, at most 100 bytes: how many begin with a small letter, up to 3, and how many there
  /// are, up to 9.
  private static func words(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> (small: UInt32, all: UInt32) {
    var (small, all) = (0 as UInt32, 0 as UInt32)
    var offset = end
    let limit = max(start, end - 100)
    while offset > limit, small < 3, all < 9 {
      offset -= 1
      guard !bytes[offset].isASCIISpace, offset == start || bytes[offset - 1].isASCIISpace else { continue }
      all += 1
      if bytes[offset] &- 0x61 < 26 { small += 1 }
    }
    return (small, all)
  }
}
