import Foundation
import Learning
import Testing

@Suite("A linear model")
struct LinearModelTests {
  /// Examples that a rule settles: yes where feature 1 is there, whatever else is.
  private func examples(_ count: Int) -> [LinearExample] {
    (0..<count).map { index in
      let isYes = index % 3 == 0
      return LinearExample(
        features: (isYes ? [1] : [2]) + [UInt32(100 + index % 7), UInt32(200 + index % 5)], label: isYes)
    }
  }

  private func trained(rounds: Int = 4, seed: UInt64 = 1) -> [UInt8] {
    var settings = LinearTrainer.Settings()
    settings.bits = 12
    var trainer = LinearTrainer(examples(300), seed: seed, settings)
    for _ in 0..<rounds { trainer.round() }
    return trainer.model(layout: 7)
  }

  private func score(_ bytes: [UInt8], _ features: [UInt32]) throws -> Float {
    var score = LinearScore(try LinearModel(ModelFile(bytes), layout: 7))
    for feature in features { score.add(feature) }
    return score.sum
  }

  @Test("learns what its examples have in common")
  func learns() throws {
    let bytes = trained()
    #expect(try score(bytes, [1, 101, 202]) > 1)
    #expect(try score(bytes, [2, 101, 202]) < -1)
  }

  @Test("is the same bytes for the same seed, and others for another")
  func repeatable() {
    #expect(trained() == trained())
    #expect(trained() != trained(seed: 99))
  }

  @Test("gives no weight to a feature that one example alone has")
  func rareFeatures() throws {
    var settings = LinearTrainer.Settings()
    settings.bits = 12
    var trainer = LinearTrainer(examples(90) + [LinearExample(features: [999], label: true)], seed: 1, settings)
    for _ in 0..<3 { trainer.round() }
    let bytes = trainer.model(layout: 7)
    #expect(try score(bytes, [999]) == score(bytes, []))
  }

  @Test("is the same from a file as from memory")
  func file() throws {
    let bytes = trained()
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".model")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(bytes).write(to: url)
    var score = LinearScore(try LinearModel(ModelFile(path: url.path), layout: 7))
    score.add(1)
    #expect(try score.sum == self.score(bytes, [1]))
  }

  @Test("is refused where its file is missing, foreign, cut short, damaged or of another layout")
  func refusals() throws {
    let bytes = trained()
    func reason(_ bytes: [UInt8], layout: UInt16 = 7) -> String? {
      do throws(ModelProblem) {
        _ = try LinearModel(ModelFile(bytes), layout: layout)
        return nil
      } catch { return error.reason }
    }
    #expect(reason(bytes) == nil)
    #expect(reason(bytes, layout: 8)?.contains("another version") == true)
    #expect(reason(Array("not a model at all".utf8))?.contains("no model") == true)
    #expect(reason(bytes.dropLast())?.contains("cut short") == true)
    #expect(reason(Array(bytes.prefix(10)))?.contains("no model") == true)
    var huge = bytes
    huge[5] = 200
    #expect(reason(huge)?.contains("damaged") == true)
    // Step and bias, each not a number.
    for offset in [8, 12] {
      var damaged = bytes
      damaged.replaceSubrange(offset..<offset + 4, with: [0, 0, 0xC0, 0x7F])
      #expect(reason(damaged)?.contains("damaged") == true)
    }
    #expect(throws: ModelProblem.self) { try ModelFile(path: "/nowhere/at/all.model") }
    #expect(throws: ModelProblem.self) { try ModelFile(path: "/tmp") }
    #expect(throws: ModelProblem.self) { try ModelFile.shipped("none.model", target: "NoStage") }
  }

  @Test("is refused where its path is that of a named pipe, without waiting for a writer")
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(throws: ModelProblem.self) { try ModelFile(path: path) }
  }

  @Test("adds features of one template apart from those of another, and by the order of their values")
  func hashing() {
    var list = FeatureList()
    list.add(1, 5, 6, 7)
    list.add(2, 5, 6, 7)
    list.add(1, 6, 5, 7)
    list.add(1, 5, 7, 6)
    list.add(1, 5, 6)
    #expect(Set(list.features).count == 5)
  }

  @Test("has random numbers that a seed settles")
  func generator() {
    var one = SeededGenerator(seed: 42)
    var other = SeededGenerator(seed: 42)
    let numbers = (0..<100).map { _ in one.next() }
    #expect(numbers == (0..<100).map { _ in other.next() })
    #expect(Set(numbers).count == 100)
  }
}
