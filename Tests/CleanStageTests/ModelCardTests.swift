import CleanStage
import Foundation
import Testing

@Suite("The card of clean's model")
struct ModelCardTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Plugins/Clean/Model")

  private func text(_ file: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
  }

  @Test("says how many numbers it looks at, and holds the figures of the file that it names")
  func figures() throws {
    let card = try text("README.md")
    #expect(card.hasPrefix("# clean.model\n"))
    #expect(card.contains("over \(BlockFeatures.width) numbers"))
    #expect(card.contains("`cross-validation.json`"))
    typealias Scores = [String: [String: Double]]
    let scores = try JSONDecoder().decode(Scores.self, from: Data(text("cross-validation.json").utf8))
    let wanted = [
      scores["aeb"]?["f1"], scores["segments"]?["f1"], scores["wcxb"]?["all"], scores["wcxb"]?["article"],
    ]
    let row = try wanted.map { String(format: "%.3f", try #require($0)) }.joined(separator: " | ")
    #expect(card.contains("| \(row) |"), "\(row)")
  }
}
