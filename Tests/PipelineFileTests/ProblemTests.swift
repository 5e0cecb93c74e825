import Foundation
import PipelineFile
import PipelineKit
import Testing

let testRegistry = StageRegistry([Take.self, Arrive.self, Split.self, Count.self, Shout.self, KeepLines.self])

func check(_ text: String, overrides: [Override] = [], environment: [String: String] = [:]) -> CheckedPipeline {
  CheckedPipeline(
    checking: Array(text.utf8), file: "edm.yml", registry: testRegistry, overrides: overrides, environment: environment)
}

@Suite("Problems of a pipeline file")
struct ProblemTests {
  static let folder = Bundle.module.bundleURL.appending(path: "Data/problems")
  static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?
    .filter { $0.hasSuffix(".yml") }.sorted() ?? []

  /// Golden files are reviewed; `RECORD_GOLDEN=1 swift test --filter ProblemTests` writes them anew into the sources.
  @Test("are all told at once, with line, column, caret and code", arguments: names)
  func golden(name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name))
    let checked = CheckedPipeline(checking: Array(bytes), file: name, registry: testRegistry)
    let text = checked.diagnostics.map { $0.text(lines: checked.lines) + "\n" }.joined()
    let golden = name.replacingOccurrences(of: ".yml", with: ".txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/problems")
      try Data(text.utf8).write(to: sources.appending(path: golden))
    }
    #expect(checked.plan == nil)
    #expect(text == String(decoding: try Data(contentsOf: Self.folder.appending(path: golden)), as: UTF8.self))
  }

  @Test("have golden files for every code that a file can have")
  func allCodes() throws {
    #expect(Self.names.count >= 15)
    var seen: Set<String> = []
    for name in Self.names {
      let bytes = try Data(contentsOf: Self.folder.appending(path: name))
      seen.formUnion(
        CheckedPipeline(checking: Array(bytes), file: name, registry: testRegistry).diagnostics.map(\.code))
    }
    let elsewhere: Set<String> = [ProblemCode.unreadable.rawValue, ProblemCode.override.rawValue]
    #expect(Set(ProblemCode.allCases.map(\.rawValue)).subtracting(elsewhere).subtracting(seen) == [])
  }
}
