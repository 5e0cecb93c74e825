/// Walks over the blocks of a page and knows at each what has been and how far away things are: prose, headings,
/// pictures, labels that end an article, what the rules have chosen.
struct Walk {
  /// Bytes of prose that a paragraph has.
  private static let prose = 80
  /// Stands for what is nowhere.
  private static let nowhere = 99

  private let blockCount: Float
  private var bytes: Float = 0
  private var mass: Float = 0
  private var lastProse: Int?
  private var lastClosing: Int?
  private var title: Int?
  private var heading: Int?
  private var picture: Int?
  /// For each block the next of prose at or behind it.
  private var nextProse: [Int32]
  private let chosen: Set<Int>
  private let kept: Set<Int>
  private let range: ClosedRange<Int>?

  init(_ page: Page, _ selection: Selection) {
    blockCount = Float(max(1, page.blocks.count))
    (chosen, kept) = (Set(selection.chosen), Set(selection.kept))
    range = selection.kept.first.map { $0...max($0, selection.kept.last ?? $0) }
    nextProse = Array(repeating: Int32(page.blocks.count), count: page.blocks.count + 1)
    for index in page.blocks.indices.reversed() {
      nextProse[index] = selection.mass(ofBlock: index) >= Self.prose ? Int32(index) : nextProse[index + 1]
    }
  }

  mutating func add(
    _ index: Int, _ page: Page, _ selection: Selection, _ shape: TextShape, _ sums: PageSums,
    _ columns: inout FeatureColumns
  ) {
    let block = page.blocks[index]
    let blockMass = selection.mass(ofBlock: index)
    columns.add(Float(index) / blockCount)
    columns.add(index)
    columns.add(page.blocks.count - index)
    columns.add(bytes / max(1, sums.total.bytes))
    columns.add(mass / max(1, sums.total.mass))
    columns.add(blockMass)
    add(distanceTo: lastProse, from: index, page, &columns)
    let next = Int(nextProse[index + 1])
    add(distanceTo: next < page.blocks.count ? next : nil, from: index, page, &columns)
    if blockMass >= Self.prose { lastProse = index }
    bytes += Float(block.count)
    mass += Float(blockMass)

    if Labels.closes(shape.essence) { lastClosing = index }
    add(distanceTo: lastClosing, from: index, page, &columns)
    if block.level == 1 && title == nil { title = index }
    add(distanceTo: title, from: index, page, &columns)
    columns.add(heading.map { index - $0 } ?? -1)
    columns.add(heading.map { Int(page.blocks[$0].level) } ?? 0)
    if block.level > 0 { heading = index }
    if block.pictures > 0 { picture = index }
    columns.add(Int(block.pictures))
    columns.add(picture.map { index - $0 } ?? Self.nowhere)

    columns.add(chosen.contains(index))
    columns.add(kept.contains(index))
    columns.add(range.map { index < $0.lowerBound ? index - $0.lowerBound : max(0, index - $0.upperBound) } ?? 0)
  }

  /// In blocks, and in levels of elements.
  private func add(distanceTo other: Int?, from index: Int, _ page: Page, _ columns: inout FeatureColumns) {
    columns.add(other.map { abs(index - $0) } ?? Self.nowhere)
    columns.add(other.map { page.levels(from: page.blocks[index], to: page.blocks[$0]) } ?? Self.nowhere)
  }
}
