import Glibc
internal import Learning

/// Decides which blocks of a page are its text, by what a model has learned of pages.
///
/// The model gives each block a probability. Of all choices `the blocks above a threshold` the one is taken whose
/// expected F1 is highest: where F is the best F1 to be expected, a block is worth keeping from a probability of F / 2
/// on (Z. Lipton, C. Elkan, B. Naryanaswamy, ECML 2014). So a page that the model is sure of is cut sharply, and of one
/// that it is unsure of more is kept.
struct BlockModel: Sendable {
  static let shipped = "clean.model"
  private let trees: TreeModel

  init(_ file: ModelFile) throws(ModelProblem) {
    trees = try TreeModel(file, layout: BlockFeatures.layout)
    guard trees.featureCount == BlockFeatures.width else {
      throw ModelProblem(file.name, "was made by another version of this program; train it again")
    }
  }

  /// Whether a page is of the kind that models know: whole, with all that pages set around a text. One without a head is
  /// a part, such as the body of a feed's item, and in one of few blocks there is nothing to tell apart.
  static func knows(_ page: Page) -> Bool { page.hasHead && page.blocks.count >= 8 }

  /// Adds the probability of each block to be text.
  func addProbabilities(of columns: FeatureColumns, to odds: inout [Float]) {
    let start = odds.count
    trees.score(columns.values, count: columns.count, appendingTo: &odds)
    for index in start..<odds.count { odds[index] = 1 / (1 + expf(-odds[index])) }
  }
}

/// Where the line is drawn between text and the rest.
package enum Decision {
  /// A block below the one is never kept, one above the other always; chosen by cross-validation.
  package static let bounds: ClosedRange<Float> = 0.15...0.6

  /// The probability from which blocks are kept.
  static func threshold(_ odds: [Float], _ blocks: [Page.TextBlock]) -> Float {
    threshold(odds) { blocks[$0].count }
  }

  /// - Parameters:
  ///   - odds: the probability of each block.
  ///   - size: of a block, in bytes.
  package static func threshold(_ odds: [Float], size: (Int) -> Int) -> Float {
    var expected: Float = 0
    for index in odds.indices { expected += odds[index] * Float(size(index)) }
    var (found, kept, best): (Float, Float, Float) = (0, 0, 0)
    for index in odds.indices.sorted(by: { (odds[$1], $0) < (odds[$0], $1) }) {
      let count = Float(size(index))
      found += odds[index] * count
      kept += count
      best = max(best, 2 * found / (kept + expected))
    }
    return min(max(best / 2, bounds.lowerBound), bounds.upperBound)
  }

  /// Gives all cells of a table of data one probability: a table is text as a whole or not at all. One that the rules
  /// found in the text stays; pages differ in whether their makers count tables as text, which a model can't know.
  static func evenOut(_ odds: inout [Float], overTablesOf page: Page, kept: [Int]) {
    guard !page.tables.isEmpty else { return }
    var sums = [(odds: Float, cells: Float, kept: Float)](repeating: (0, 0, 0), count: page.tables.count)
    func table(of index: Int) -> Int? {
      page.kind(of: page.blocks[index]) == .tableCell ? Int(page.elements[Int(page.blocks[index].element)].table) : nil
    }
    for index in kept { if let table = table(of: index) { sums[table].kept += 1 } }
    for index in odds.indices {
      guard let table = table(of: index) else { continue }
      sums[table].odds += odds[index]
      sums[table].cells += 1
    }
    for index in odds.indices {
      guard let table = table(of: index) else { continue }
      odds[index] = sums[table].kept * 2 > sums[table].cells ? 1 : sums[table].odds / sums[table].cells
    }
  }
}
