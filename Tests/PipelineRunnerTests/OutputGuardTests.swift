import Foundation
import PipelineKit
import PipelineRunner
import Testing

@Suite("A run that would write over its input")
struct OutputGuardTests {
  @Test("is refused before anything is in its place, also through a link")
  func refused() throws {
    let bench = try Bench()
    let input = bench.folder + "/numbers/7"
    try FileManager.default.createDirectory(atPath: bench.folder + "/numbers", withIntermediateDirectories: true)
    try Data("text 7".utf8).write(to: URL(filePath: input))
    try FileManager.default.createSymbolicLink(atPath: bench.folder + "/link", withDestinationPath: input)
    for path in ["numbers/7", "link"] {
      let run = PipelineRun(try bench.plan(numbers: "{count: 20}", keep: "path: \(path)"))
      guard case .failed(let reason) = run.run().status else {
        Issue.record("the run was not refused")
        continue
      }
      #expect(reason.contains("among the input"), "\(reason)")
      #expect(throws: (any Error).self) { try run.dryRun() }
    }
  }
}
