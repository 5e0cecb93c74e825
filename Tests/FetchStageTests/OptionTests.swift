import FetchStage
import PipelineKit
import PipelineTesting
import Testing

@Suite("Options of fetch")
struct OptionTests {
  private func problems(_ change: (inout Fetch) -> Void) -> [String] {
    var fetch = Fetch()
    fetch.state = FilePath("state.db")
    change(&fetch)
    return fetch.problems().map { "\($0.option) \($0.message)" }
  }

  @Test("something to fetch has to be named")
  func nothing() {
    #expect(problems { _ in } == ["feeds is missing, and so are sitemaps, start and urls: give one of them"])
    #expect(problems { $0.urls = FilePath("urls.txt") } == [])
  }

  @Test(
    "what is no address of the web is named",
    arguments: ["feed.xml", "ftp://a.example/", "file:///etc/passwd", "http://"])
  func addresses(_ text: String) {
    #expect(
      problems { $0.feeds = TextList([text]) } == ["feeds wants http or https addresses, and \"\(text)\" is none"])
  }

  @Test("an address with a password is refused, and not shown")
  func password() {
    let found = problems { $0.sitemaps = TextList(["https://me:secret@a.example/sitemap.xml"]) }
    #expect(found.count == 1)
    #expect(found.first?.contains("secret") == false)
  }

  @Test("links of a start page are followed only with a pattern")
  func start() {
    #expect(problems { $0.start = TextList(["https://a.example/"]) }.first?.hasPrefix("start needs match") == true)
  }

  @Test("one text may stand for a list of one, and a delay may be none")
  func shortForms() {
    #expect(TextList.read(Node("a"), report: { _, _ in }) == TextList(["a"]))
    #expect(Pause.read(Node("0"), report: { _, _ in })?.span == .seconds(0))
    #expect(Pause.read(Node("2s"), report: { _, _ in })?.span == .seconds(2))
  }
}
