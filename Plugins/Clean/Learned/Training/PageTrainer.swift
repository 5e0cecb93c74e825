internal import Learning
package import PipelineKit

/// A page with what is known of its text.
package struct PageExample: Sendable {
  /// Not read yet.
  package var document: Document
  /// What is known of its text.
  package var gold: GoldText
  /// Pages of one group, such as those of one site, are never learned from and scored by each other.
  package var group: String
  /// How much the page counts beside others.
  package var weight: Float

  /// A page of a group.
  package init(document: Document, gold: GoldText, group: String, weight: Float = 1) {
    (self.document, self.gold, self.group, self.weight) = (document, gold, group, weight)
  }
}

/// Learns the model by which `clean` decides what of a page is text, and says how well such a model does on pages
/// that it has not seen.
package struct PageTrainer {
  /// Numbers and labels of the blocks of one page.
  private struct Blocks {
    var chunks: [FeatureColumns]
    var labels: BlockLabels
    var weight: Float
    var fold: Int
  }

  private let examples: [PageExample]
  private let pages: [Blocks]
  private let folds: Int
  private let seed: UInt64

  /// - Parameter folds: into so many parts the pages are parted for cross-validation, by their groups.
  package init(_ examples: [PageExample], folds: Int = 5, seed: UInt64 = 1) throws {
    (self.examples, self.folds, self.seed) = (examples, folds, seed)
    pages = try examples.map { example in
      var worker = CleanWorker(options: Options(), model: nil)
      let (chunks, page) = try worker.describe(example.document)
      return Blocks(
        chunks: chunks, labels: BlockLabels(page, example.gold), weight: example.weight,
        fold: Int(Words.hash(of: example.group) >> 32) % folds)
    }
  }

  /// The bytes of a model file.
  package func train() throws -> [UInt8] { try train { _ in true } }

  /// The text that `clean` finds in each page with a model that was trained on the other parts, in the examples' order.
  package func crossValidated() throws -> [String] {
    var texts = [String](repeating: "", count: examples.count)
    for fold in Set(pages.map(\.fold)).sorted() {
      let model = try BlockModel(ModelFile(try train { $0.fold != fold }))
      var worker = CleanWorker(options: Options(), model: model)
      for index in examples.indices where pages[index].fold == fold {
        var document = examples[index].document
        try worker.annotate(&document)
        texts[index] = document.text
      }
    }
    return texts
  }

  private func train(on isWanted: (Blocks) -> Bool) throws(PageTrainingProblem) -> [UInt8] {
    let wanted = pages.filter(isWanted)
    var (labels, weights): ([Float], [Float]) = ([], [])
    for page in wanted {
      labels += page.labels.labels
      weights += page.labels.weights.map { $0 * page.weight }
    }
    // Blocks of which nothing is known are left out.
    let known = weights.map { $0 > 0 }
    guard known.contains(true) else { throw .nothingKnown }
    var columns: [Float] = []
    columns.reserveCapacity(known.count { $0 } * BlockFeatures.width)
    for feature in 0..<BlockFeatures.width {
      var row = 0
      for page in wanted {
        for value in page.chunks.lazy.flatMap({ $0.column(feature) }) {
          if known[row] { columns.append(value) }
          row += 1
        }
      }
    }
    var trainer = TreeTrainer(
      columns: columns, labels: zip(labels, known).filter(\.1).map(\.0), weights: weights.filter { $0 > 0 }, seed: seed)
    trainer.run()
    return trainer.model(layout: BlockFeatures.layout)
  }
}
