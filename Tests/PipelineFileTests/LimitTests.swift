import PipelineFile
import PipelineKit
import Testing

/// What a file may hold that nobody wants to see, or to wait for.
@Suite("A pipeline file")
struct LimitTests {
  private func text(_ checked: CheckedPipeline) -> String {
    checked.diagnostics.map { $0.text(lines: checked.lines) }.joined(separator: "\n")
  }

  @Test(
    "never has a secret shown, not even with an error beside it",
    arguments: [
      "{ path: a.txt, token: [hunter2] }", "{ path: a.txt, token: hunter2, pat: b }",
      "\n      path: [x]\n      token:\n        - hunter2\n        - { a: hunter2 }",
      "\n      path: a.txt\n      token: |\n        one\n        hunter2\n      pat: b",
    ])
  func secrets(options: String) {
    let checked = check("stages:\n  - take: \(options)\n  - keep.lines: { path: x }\n")
    #expect(!checked.diagnostics.isEmpty)
    #expect(!text(checked).contains("hunter2"), "\(text(checked))")
  }

  @Test("may end its lines as on Windows")
  func windows() {
    let checked = check("stages:\r\n  - take: { path: a.txt }\r\n  - sentence\r\n  - keep.lines: { path: x }\r\n")
    #expect(
      text(checked) == """
        edm.yml:3:5: unknown stage "sentence"; did you mean "sentences"? [P014]
          3 |   - sentence
            |     ^
        """)
  }

  @Test("whose params double each other is refused, once")
  func doubling() {
    let params = (1...40).map { "  p\($0): \"${p\($0 - 1)}${p\($0 - 1)}\"\n" }.joined()
    let checked = check(
      "params:\n  p0: abcdefgh\n\(params)stages:\n  - take: { path: 'x${p40}' }\n  - keep.lines: { path: x }\n")
    #expect(checked.plan == nil)
    #expect(checked.diagnostics.map(\.code) == ["P010"])
  }

  @Test("with a name as long as itself is answered in words that can be read")
  func longNames() {
    let checked = check("stages:\n  - take: { path: a }\n  - \(String(repeating: "x", count: 100_000))\n")
    #expect(text(checked).utf8.count < 3000)
    #expect(nearest(String(repeating: "a", count: 100_000), among: ["take"]) == nil)
  }

  @Test("with a document larger than offsets can count is refused")
  func largest() {
    let checked = check("run: { max_document: 5GB }\nstages:\n  - take: { path: a }\n  - keep.lines: { path: x }\n")
    #expect(checked.diagnostics.map(\.message) == ["run.max_document must be at most 1GB"])
  }

  @Test("reads back as written out, whatever characters its values hold")
  func odd() throws {
    let value = #"a\x01\x7F\x85\u2028\uFEFF\t\\ \"b\""#
    let plan = try #require(
      check("description: \"\(value)\"\nstages:\n  - take: { path: a }\n  - keep.lines: { path: x }\n").plan)
    #expect(plan.description.unicodeScalars.count == 12)
    #expect(check(plan.fullText).plan?.description == plan.description)
  }

  @Test("has a schema also where an option has the largest of limits")
  func schema() {
    guard case .object = JSONSchema.pipelineFile(StageRegistry([Wide.self])) else { return #expect(Bool(false)) }
  }
}

private struct Wide: Annotator, AnnotatorWorker {
  static let name: StageName = "wide"
  static let summary = "Has wide limits."
  @Option("Anything.", in: Int.min...Int.max) var number = 1
  @Option("Anything.", in: 0...Double.infinity) var share = 1.0
  func annotate(_ document: inout Document) {}
}
