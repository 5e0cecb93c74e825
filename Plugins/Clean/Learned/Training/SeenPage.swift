/// An example as the trainer sees it: the numbers of each block, and how much of it is text.
package struct SeenPage: Sendable {
  /// The text of each block.
  package let texts: [String]
  /// How much of each block is text, from 0 to 1.
  package var labels: [Float] { known.labels }
  /// How much each block counts; 0 where nothing is known of it.
  package var weights: [Float] { known.weights }
  /// The first number of all blocks, then the second of all, and so on.
  package var numbers: [Float] { (0..<BlockFeatures.width).flatMap { number in chunks.flatMap { $0.column(number) } } }

  let chunks: [FeatureColumns]
  let known: BlockLabels

  package init(_ example: PageExample) throws {
    var worker = CleanWorker(options: Options(), model: nil)
    let (chunks, page) = try worker.describe(example.document)
    self.chunks = chunks
    known = BlockLabels(page, example.gold)
    texts = page.blocks.map(page.string)
  }
}

/// Why nothing can be learned from pages, and what to do.
package enum PageTrainingProblem: Error, CustomStringConvertible {
  case nothingKnown

  package var description: String {
    "of no block of the pages to learn from is known whether it is text; give more pages, from several groups"
  }
}
