import PipelineRunner
import Testing

@Suite("A trap")
struct CrashTests {
  @Test("names stage and document on standard error before the process ends")
  func trap() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      installCrashHandler()
      _ = PipelineRun(try Bench().plan(mischief: "{traps_on: ['42']}")).run()
    }
    let words = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(words.contains("stage mischief ended the process while it worked on document 42"), "\(words)")
  }

  @Test("names them also where the stack is full")
  func recursion() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      installCrashHandler()
      _ = PipelineRun(try Bench().plan(mischief: "{recurses_on: ['42']}")).run()
    }
    let words = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(words.contains("stage mischief ended the process while it worked on document 42"), "\(words)")
  }
}
