import Learning
import Testing

@Suite("A model of trees")
struct TreeModelTests {
  /// Examples with two numbers each, of which a rule is learned.
  private static let bytes = TreeExamples { $0[0] > 0.25 ? 1 : 0 }.model()

  private func reason(_ bytes: [UInt8], layout: UInt16 = TreeExamples.layout) -> String? {
    do throws(ModelProblem) {
      _ = try TreeModel(ModelFile(bytes, name: "pages.model"), layout: layout)
      return nil
    } catch {
      #expect(error.file == "pages.model")
      return error.reason
    }
  }

  @Test("gives many examples the scores that it gives each by itself")
  func together() throws {
    let model = try TreeModel(ModelFile(Self.bytes), layout: TreeExamples.layout)
    let rows =
      TreeExamples { _ in 0 }.rows + [[.nan, .infinity], [-.infinity, .nan], [.greatestFiniteMagnitude, -0.0]]
    var (together, alone): ([Float], [Float]) = ([], [])
    model.score(columns(of: rows), count: rows.count, appendingTo: &together)
    #expect(together.count == rows.count)
    for (row, score) in zip(rows, together) {
      alone = []
      model.score(row, count: 1, appendingTo: &alone)
      #expect(alone == [score], "\(row)")
      #expect(score.isFinite)
    }
    #expect(Set(together).count > 10)
  }

  @Test("scores no example, and examples of which numbers are missing, without reading beyond them")
  func few() throws {
    let model = try TreeModel(ModelFile(Self.bytes), layout: TreeExamples.layout)
    var scores: [Float] = [9]
    model.score([], count: 0, appendingTo: &scores)
    #expect(scores == [9])
    model.score([1, 2, 3], count: 2, appendingTo: &scores)
    #expect(scores.count == 3 && scores[1] == scores[2])
  }

  @Test("is refused where its file is foreign, cut short or of another layout or version")
  func refusals() {
    #expect(reason(Self.bytes) == nil)
    #expect(reason(Self.bytes, layout: 8)?.contains("another version") == true)
    #expect(reason(changed(4, to: 2))?.contains("another version") == true)
    #expect(reason([])?.contains("no model") == true)
    #expect(reason(Array("no model at all, but long enough to be one".utf8))?.contains("no model") == true)
    for count in 0..<32 {
      #expect(reason(Array(Self.bytes.prefix(count)))?.contains("no model") == true, "\(count) bytes")
    }
    for count in stride(from: 32, to: Self.bytes.count, by: 97) {
      #expect(reason(Array(Self.bytes.prefix(count)))?.contains("cut short") == true, "\(count) bytes")
    }
    #expect(reason(Self.bytes.dropLast())?.contains("cut short") == true)
  }

  @Test("is refused where one bit of its numbers or its trees is another")
  func damagedBits() {
    let places = [8, 9, 16, 17, 18, 20, 23] + stride(from: 24, to: Self.bytes.count, by: 41)
    for place in places {
      #expect(reason(changed(place, to: Self.bytes[place] ^ 1 << (place % 8)))?.contains("damaged") == true, "\(place)")
    }
  }

  @Test(
    "is refused where its head says what can't be",
    arguments: [
      (5, [0]), (5, [9]), (5, [255]),  // levels
      (8, [0, 0, 0, 0]), (8, [1, 0, 1, 0]), (8, [255, 255, 255, 255]),  // features
      (12, [255, 255, 255, 255]), (12, [0, 0, 2, 0]), (12, [0, 0, 1, 0]),  // trees
      (16, [0, 0, 0xC0, 0x7F]), (16, [0, 0, 0x80, 0x7F]),  // a bias that is no number, one without bound
    ] as [(Int, [UInt8])])
  func head(place: Int, value: [UInt8]) {
    var damaged = Self.bytes
    damaged.replaceSubrange(place..<place + value.count, with: value)
    #expect(reason(damaged)?.contains("damaged") == true)
  }

  @Test("is refused where a tree asks for a feature that there is not, though the check sum is right")
  func unknownFeature() {
    for (feature, isKnown) in [(0, true), (1, true), (2, false), (255, false)] as [(UInt8, Bool)] {
      var bytes = changed(32, to: feature)
      let sums = [bytes[..<24], bytes[32...]].map { $0.withUnsafeBytes(ModelFile.checkSum) }
      withUnsafeBytes(of: (sums[0] &* 31 &+ sums[1]).littleEndian) { bytes.replaceSubrange(24..<32, with: $0) }
      #expect((reason(bytes) == nil) == isKnown, "feature \(feature)")
    }
  }

  private func changed(_ place: Int, to value: UInt8) -> [UInt8] {
    var bytes = Self.bytes
    bytes[place] = value
    return bytes
  }
}
