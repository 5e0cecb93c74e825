import Foundation
import Testing

/// The results of the pipelines on the samples, line by line. They are written anew, for review, by
/// `RECORD_GOLDEN=1 swift test --filter GoldenTests`.
@Suite("The samples")
struct GoldenTests {
  /// Tokens make half of a result, and their tests stand elsewhere.
  static let names = ["edm", "plain-text", "xml"].filter { Project.pipelines.contains("pipelines/\($0).yml") }

  @Test("give the results that were reviewed", arguments: names)
  func golden(name: String) throws {
    let bench = try Bench()
    let out = bench.path(name)
    let run = try bench.run(
      "run", "pipelines/\(name).yml", "--set", "out=\(out)", "--set", "export.jsonl.tokens=false", "--workers", "2",
      in: Bench.project)
    #expect(run.status == 0 || run.status == 3, "\(run.errors)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/Golden/\(name).jsonl")
      try Data(bench.text("\(name).jsonl").utf8).write(to: sources)
      return
    }
    let golden = Bundle.module.bundleURL.appending(path: "Data/Golden/\(name).jsonl")
    let expected = try records(String(contentsOf: golden, encoding: .utf8))
    let given = try records(bench.text("\(name).jsonl"))
    #expect(given.map(\.id) == expected.map(\.id))
    for (given, expected) in zip(given, expected) where given.line != expected.line {
      let place = try difference(object(expected.line), object(given.line), at: "") ?? "bytes alone"
      Issue.record("\(given.id): \(place)\n(if it is meant: RECORD_GOLDEN=1 swift test --filter GoldenTests)")
    }
  }

  private func records(_ text: String) throws -> [(id: String, line: String)] {
    try text.split(separator: "\n").map { (try object(String($0))["id"] as? String ?? "?", String($0)) }
  }

  /// The first place where two values differ, with both; nil where they are the same.
  private func difference(_ expected: Any?, _ given: Any?, at place: String) -> String? {
    if let expected = expected as? [String: Any], let given = given as? [String: Any] {
      for key in Set(expected.keys).union(given.keys).sorted() {
        if let found = difference(expected[key], given[key], at: place + (place.isEmpty ? "" : ".") + key) {
          return found
        }
      }
      return nil
    }
    if let expected = expected as? [Any], let given = given as? [Any] {
      for index in 0..<max(expected.count, given.count) {
        let (one, other) = (
          expected.indices.contains(index) ? expected[index] : nil, given.indices.contains(index) ? given[index] : nil
        )
        if let found = difference(one, other, at: "\(place)[\(index)]") { return found }
      }
      return nil
    }
    let (one, other) = (shown(expected), shown(given))
    return one == other ? nil : "\(place) was \(one), is \(other)"
  }

  private func shown(_ value: Any?) -> String {
    guard let value else { return "missing" }
    let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
    let text = data.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
    return text.count > 300 ? text.prefix(300) + "…" : text
  }
}
