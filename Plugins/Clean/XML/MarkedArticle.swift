import PipelineKit

/// An article whose vocabulary says what is text: the blocks to keep, and its metadata.
struct MarkedArticle {
  /// Indices of the page's blocks.
  private(set) var kept: [Int]
  private let facts: Facts
  private let vocabularies: [any XMLVocabulary]
  private let others: Int

  /// - Parameter abstracts: keep the abstract; where there is nothing else it is kept in any case.
  init(_ assembler: XMLAssembler, _ page: Page, abstracts: Bool) {
    facts = assembler.facts
    vocabularies = [assembler.vocabulary] + (assembler.holdsNITF ? [NITF()] : [])
    others = assembler.others
    kept = Array(page.blocks.indices)
    var isAbstract = [Bool](repeating: false, count: kept.count)
    for range in assembler.abstracts { for block in range { isAbstract[block] = true } }
    let rest = kept.filter { !isAbstract[$0] }
    if !abstracts && !rest.isEmpty { kept = rest }
  }

  func write(to metadata: inout Metadata) {
    for vocabulary in vocabularies {
      var offers = MetadataOffers(metadata, facts: facts, label: vocabulary.label)
      vocabulary.offer(facts, to: &offers)
      if others > 0 { offers.value("other_documents", String(others), from: "count") }
      metadata = offers.metadata
    }
  }

  /// Takes the title out of the text, and headings under which nothing is left.
  mutating func leaveOutHeadings(of page: Page, title: String?) {
    let title = title?.essence ?? ""
    if let first = kept.first, !title.isEmpty, page.blocks[first].level > 0,
      page.string(page.blocks[first]).essence == title
    {
      kept.removeFirst()
    }
    var result: [Int] = []
    var next: UInt8 = 1
    for index in kept.reversed() {
      let level = page.blocks[index].level
      // Notes stand under any heading that came last.
      if level == 0 && page.kind(of: page.blocks[index]) == .footnote {
        result.append(index)
        continue
      }
      if level > 0 && next > 0 && level >= next { continue }
      result.append(index)
      next = level
    }
    kept = result.reversed()
  }
}
