import PipelineKit

/// Chooses the blocks of a page that are its text, and reads the page's metadata: rules propose, a model decides, and
/// what is metadata or says again what stands elsewhere is left out.
struct Chooser {
  private let model: BlockModel?
  private(set) var selection = Selection()
  private(set) var features = BlockFeatures()
  private var odds: [Float] = []

  /// - Parameter model: nil for the rules alone.
  init(_ model: BlockModel?) { self.model = model }

  /// Indices into the page's blocks, in order.
  var kept: [Int] { selection.kept }

  mutating func choose(from page: inout Page, _ options: Options, _ metadata: inout Metadata, uri: String) {
    let facts = propose(from: &page, options, &metadata, uri: uri)
    // Without a head it is no page but what stands in one, such as the body of a feed's item: all of it is text.
    guard let model, !page.blocks.isEmpty, page.hasHead else {
      if options.wantsMore { add(wanted(from: &page, facts, options, metadata), of: page) }
      return
    }
    model.probabilities(features, into: &odds)
    let threshold = Decision.threshold(odds, page.blocks)
    // What the words of the page say is no text stays out.
    let leftOut = Set(selection.chosen).subtracting(selection.kept)
    let decided = odds.indices.filter { odds[$0] >= threshold && !leftOut.contains($0) }
    let more = options.wantsMore ? wanted(from: &page, facts, options, metadata) : []
    // Where the model finds nothing at all, the rules have the last word.
    if !decided.isEmpty { selection.keep(decided) }
    selection.drop { page.isCaption(page.blocks[$0]) }
    dropMetadata(page, facts, metadata)
    selection.dropRepeated(page)
    add(more, of: page)
  }

  /// What the rules choose, and the numbers that a model decides by.
  mutating func propose(
    from page: inout Page, _ options: Options, _ metadata: inout Metadata, uri: String
  ) -> ShownFacts {
    selection.choose(from: &page, options: Options())
    let facts = ShownFacts(of: page, selection)
    let linked = LinkedData(page.head.linkedData)
    if options.metadata { PageMetadata(of: page, facts, linked).write(to: &metadata, uri: uri) }
    selection.chosen = selection.kept
    leaveOut(page, facts, metadata, captions: false)
    features.read(page, selection, linked)
    return facts
  }

  /// Takes out what is metadata, what only repeats, and what pages set around a text.
  private mutating func leaveOut(_ page: Page, _ facts: ShownFacts, _ metadata: Metadata, captions: Bool) {
    dropMetadata(page, facts, metadata)
    selection.dropRepeated(page)
    selection.dropFurniture(of: page, authors: metadata.list(.authors), captions: captions)
  }

  private mutating func dropMetadata(_ page: Page, _ facts: ShownFacts, _ metadata: Metadata) {
    let titles = Set([facts.firstHeading ?? "", metadata[.title] ?? ""].map(\.essence).filter { !$0.isEmpty })
    let firstProse = kept.first { selection.mass(ofBlock: $0) >= 60 } ?? 0
    selection.drop { index in
      if facts.headBlocks.contains(index) { return true }
      let block = page.blocks[index]
      guard block.level > 0 || index < firstProse, block.count < 400 else { return false }
      let text = page.string(block)
      return titles.contains(text.essence) || (block.count <= 60 && facts.region.contains(index) && Labels.saysWhen(text))
    }
  }

  // MARK: Options

  /// Captions or comments that the options want beside the text.
  private mutating func wanted(
    from page: inout Page, _ facts: ShownFacts, _ options: Options, _ metadata: Metadata
  ) -> [Int] {
    let text = selection.kept
    selection.choose(from: &page, options: options)
    leaveOut(page, facts, metadata, captions: options.captions)
    let all = selection.kept
    selection.keep(text)
    return all.filter { index in
      let block = page.blocks[index]
      return options.captions && page.kind(of: block) == .caption
        || options.comments && selection.allSignals(of: block).contains(.comment)
    }
  }

  private mutating func add(_ more: [Int], of page: Page) {
    guard !more.isEmpty else { return }
    selection.keep(Set(kept).union(more).sorted())
  }
}
