import Glibc
import Learning

/// Examples with two numbers each between -1 and 1, and what a rule says of them.
struct TreeExamples {
  static let layout: UInt16 = 7
  var rows: [[Float]] = []
  var labels: [Float]
  var weights: [Float]

  init(count: Int = 400, _ rule: ([Float]) -> Float) {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<count { rows.append((0..<2).map { _ in Float.random(in: -1...1, using: &random) }) }
    labels = rows.map(rule)
    weights = Array(repeating: 1, count: count)
  }

  /// Small, with all features in each tree: two are too few to choose from.
  static var settings: TreeTrainer.Settings {
    var settings = TreeTrainer.Settings()
    (settings.trees, settings.depth, settings.features, settings.examples) = (60, 3, 1, 0.5)
    settings.decay = 1
    return settings
  }

  func model(seed: UInt64 = 1, _ settings: TreeTrainer.Settings = TreeExamples.settings) -> [UInt8] {
    var trainer = TreeTrainer(
      columns: columns(of: rows), labels: labels, weights: weights, seed: seed, settings)
    trainer.run()
    return trainer.model(layout: Self.layout)
  }

  /// Scores by a model of these examples.
  func scores(_ asked: [[Float]], _ settings: TreeTrainer.Settings = TreeExamples.settings) throws -> [Float] {
    let model = try TreeModel(ModelFile(model(seed: 1, settings)), layout: Self.layout)
    var scores: [Float] = []
    model.score(columns(of: asked), count: asked.count, appendingTo: &scores)
    return scores
  }
}

/// The first numbers of all rows, then the second ones, and so on.
func columns(of rows: [[Float]]) -> [Float] {
  (0..<(rows.first?.count ?? 0)).flatMap { feature in rows.map { $0[feature] } }
}

/// The chance that a score stands for.
func chance(_ score: Float) -> Float { 1 / (1 + expf(-score)) }
