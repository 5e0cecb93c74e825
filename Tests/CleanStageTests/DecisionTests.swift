import CleanStage
import Testing

@Suite("The line between text and the rest")
struct DecisionTests {
  private func threshold(_ odds: [Float], sizes: [Int]? = nil) -> Float {
    Decision.threshold(odds) { sizes?[$0] ?? 100 }
  }

  @Test("is sharp on a page that the model is sure of, and low on one that it is unsure of")
  func sureness() {
    let sure = threshold([0.98, 0.97, 0.99, 0.98, 0.3, 0.02, 0.01, 0.03])
    #expect(sure > 0.4)
    let unsure = threshold([0.4, 0.35, 0.45, 0.3, 0.3, 0.2, 0.1, 0.05])
    #expect(unsure < 0.3)
    // So a block of 0.3 goes from the one and stays in the other.
    #expect(sure > 0.3 && unsure < 0.3)
  }

  @Test("goes by bytes: long blocks settle it, short ones hardly")
  func sizes() {
    let odds: [Float] = [0.98, 0.3]
    #expect(threshold(odds, sizes: [5000, 20]) > 0.45)
    #expect(threshold(odds, sizes: [20, 5000]) < 0.3)
  }

  @Test(
    "stays in its bounds, whatever the odds are",
    arguments: [
      [], [0], [1], [0, 0, 0], [1, 1, 1], [1e-9], [.nan], [.nan, 0.9, .nan], [0.5, .infinity], [-.infinity, 0.2],
    ] as [[Float]])
  func bounds(odds: [Float]) {
    for size in [0, 1, 100, 1_000_000_000] {
      let found = Decision.threshold(odds) { _ in size }
      #expect(Decision.bounds.contains(found), "\(odds): \(found)")
    }
    #expect(threshold([0.01, 0.01]) == Decision.bounds.lowerBound)
  }

  @Test("keeps the blocks of which the best F1 is to be expected")
  func best() {
    var state: UInt64 = 11
    func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    var within = 0
    for _ in 0..<300 {
      let odds = (0..<12).map { _ in next() * next() }
      let sizes = odds.map { _ in Int(next() * 900) + 1 }
      let expected = zip(odds, sizes).reduce(0) { $0 + $1.0 * Float($1.1) }
      func f1(_ kept: (Float) -> Bool) -> Float {
        let chosen = odds.indices.filter { kept(odds[$0]) }
        let found = chosen.reduce(0) { $0 + odds[$1] * Float(sizes[$1]) }
        return 2 * found / (expected + Float(chosen.reduce(0) { $0 + sizes[$1] }))
      }
      let best = odds.map { line in f1 { $0 >= line } }.max() ?? 0
      let found = threshold(odds, sizes: sizes)
      guard found > Decision.bounds.lowerBound else { continue }
      within += 1
      #expect(abs(f1 { $0 >= found } - best) < 1e-4)
    }
    #expect(within > 200)
  }
}
