import PipelineKit

/// Chooses the blocks of a page that are its text, and reads the page's metadata: rules propose, a model decides, and
/// what is metadata or says again what stands elsewhere is left out.
struct Chooser {
  private let model: BlockModel?
  private var selection = Selection()
  private var features = BlockFeatures()
  private var odds: [Float] = []

  /// - Parameter model: nil for the rules alone.
  init(_ model: BlockModel?) { self.model = model }

  /// Indices into the page's blocks, in order.
  var kept: [Int] { selection.kept }

  /// - Parameter checkTime: called between the steps and every few thousand blocks; what it throws ends the work.
  mutating func choose(
    from page: inout Page, _ options: Options, _ metadata: inout Metadata, uri: String, checkTime: () throws -> Void
  ) throws {
    let (facts, linked) = propose(from: &page, options, &metadata, uri: uri)
    try checkTime()
    if let model, BlockModel.knows(page) { try decide(model, page, facts, linked, metadata, checkTime) }
    if options.wantsMore { add(wanted(from: page, facts, linked, options, metadata)) }
  }

  private mutating func decide(
    _ model: BlockModel, _ page: Page, _ facts: ShownFacts, _ linked: LinkedData, _ metadata: Metadata,
    _ checkTime: () throws -> Void
  ) throws {
    odds.removeAll(keepingCapacity: true)
    try features.read(page, selection, linked) { columns in
      try checkTime()
      model.addProbabilities(of: columns, to: &odds)
    }
    Decision.evenOut(&odds, overTablesOf: page, kept: selection.kept)
    for index in odds.indices where selection.isReaderComment(page.blocks[index], of: page) { odds[index] = 0 }
    let threshold = Decision.threshold(odds, page.blocks)
    let decided = odds.indices.filter { odds[$0] >= threshold && !page.isCaption(page.blocks[$0]) }
    // Where the model finds nothing but captions, the rules have the last word.
    if !decided.isEmpty { selection.keep(decided) }
    try checkTime()
    dropMetadata(page, facts, metadata)
    selection.dropRepeated(page)
    selection.dropSmallPrint(page, authors: metadata.list(.authors), captions: false)
  }

  /// The numbers that a model decides by, chunk by chunk.
  mutating func describe(_ page: inout Page, _ metadata: Metadata, uri: String) -> [FeatureColumns] {
    var metadata = metadata
    // A model learns from what the rules choose before comments are told from the text, which is done apart from it.
    let (_, linked) = propose(from: &page, Options(), &metadata, uri: uri, kind: .discussion)
    var chunks: [FeatureColumns] = []
    features.read(page, selection, linked) { chunks.append($0) }
    return chunks
  }

  /// What the rules choose, and what the page says of itself.
  /// - Parameter kind: taken for what the page calls itself.
  private mutating func propose(
    from page: inout Page, _ options: Options, _ metadata: inout Metadata, uri: String, kind: PageKind? = nil
  ) -> (ShownFacts, LinkedData) {
    var linked = LinkedData(page.head.linkedData)
    selection.choose(from: &page, options: Options(), kind: kind ?? PageKind(page, linked))
    let facts = ShownFacts(of: page, selection)
    linked.choose(about: LinkedData.Subject(of: page.head, facts, uri: uri))
    PageMetadata(of: page, facts, linked).write(to: &metadata, uri: uri)
    selection.chosen = selection.kept
    leaveOut(page, facts, metadata, captions: false)
    return (facts, linked)
  }

  /// Takes out what is metadata, what only repeats, and what pages set around a text.
  private mutating func leaveOut(_ page: Page, _ facts: ShownFacts, _ metadata: Metadata, captions: Bool) {
    dropMetadata(page, facts, metadata)
    selection.dropRepeated(page)
    selection.dropFurniture(of: page, authors: metadata.list(.authors), captions: captions)
  }

  private mutating func dropMetadata(_ page: Page, _ facts: ShownFacts, _ metadata: Metadata) {
    let title = metadata[.title] ?? ""
    let titles = Set([facts.heading(besides: title), title].map(\.essence).filter { !$0.isEmpty })
    let firstProse = kept.first { selection.mass(ofBlock: $0) >= 60 } ?? 0
    selection.drop { index in
      if facts.headBlocks.contains(index) { return true }
      let block = page.blocks[index]
      guard block.level > 0 || index < firstProse, block.count < 400 else { return false }
      let text = page.string(block)
      if titles.contains(text.essence) { return true }
      return block.count <= 60 && facts.region.contains(index) && !block.hasSentenceEnd(in: page.text)
        && Labels.saysWhen(text)
    }
  }

  // MARK: Options

  /// Captions or comments that the options want beside the text.
  private mutating func wanted(
    from page: Page, _ facts: ShownFacts, _ linked: LinkedData, _ options: Options, _ metadata: Metadata
  ) -> [Int] {
    var page = page
    let (chosen, kept) = (selection.chosen, selection.kept)
    selection.choose(from: &page, options: options, kind: PageKind(page, linked))
    leaveOut(page, facts, metadata, captions: options.captions)
    let all = selection.kept
    selection.chosen = chosen
    selection.keep(kept)
    return all.filter { index in
      let block = page.blocks[index]
      return options.captions && page.kind(of: block) == .caption
        || options.comments && selection.allSignals(of: block).contains(.comment)
    }
  }

  private mutating func add(_ more: [Int]) {
    guard !more.isEmpty else { return }
    selection.keep(Set(kept).union(more).sorted())
  }
}
