import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct HostileTests {
  /// Seconds that no page of these sizes may take, far above what they do, far below what quadratic work would.
  static let limit = Duration.seconds(20)

  @Test(
    "deep nesting costs linear time and loses no text",
    arguments: ["div", "b", "ul><li", "table><tr><td", "a href=x", "x"])
  func depth(tag: String) throws {
    let html =
      String(repeating: "<\(tag)>", count: 100_000) + "text"
      + String(repeating: "</\(tag.split(separator: ">")[0])>", count: 100_000)
    var text = ""
    let time = try ContinuousClock().measure { text = try clean(html).text }
    #expect(text == "text")
    #expect(time < Self.limit)
  }

  @Test(
    "two megabytes without a line break cost linear time",
    arguments: [
      "<p>A sentence of the page, which ends. ", "<p class=x id=y style='color: red'>a", "</b>", "<!-- ", "&amp", "&",
      "<",
      "<a href=x>link</a> ", "<li>x", "<td>x", "<!", "a<br><br>", "<p title='", "<h2>Head</h2>", "<script>", "word ",
    ])
  func long(part: String) throws {
    let html = String(repeating: part, count: 2_000_000 / part.utf8.count)
    let time = try ContinuousClock().measure { _ = try clean(html) }
    #expect(time < Self.limit)
  }

  @Test("a page cut off anywhere is read")
  func truncated() throws {
    let whole = Array(
      "<html lang=en><!-- c --><title>T &amp; t</title><script>a</script><p class='b' id=c>é &#8212; <b>x</b><table><tr><td>1<td>2</table>"
        .utf8)
    for count in 0...whole.count { #expect(try Clean().annotated(page(Array(whole[..<count]))).hasText) }
  }

  @Test("bytes without order are read, the same by a used worker")
  func noise() throws {
    var state: UInt64 = 42
    let parts = [
      "<p>", "</p>", "<", ">", "\"", "'", "&", "&#", ";", "<!--", "-->", "<table>", "<td", "=", "/", "é", "\u{0}",
      "word. ", "<h1>", "</a>", "<a href", "<svg>", "<script", "</script>", "<title>", "[", "]]>", "\u{FEFF}",
      "\u{200B}",
    ]
    var worker = try Clean().makeWorker(StageContext())
    for _ in 0..<400 {
      var html = ""
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        html += parts[Int(state >> 33) % parts.count]
      }
      var document = page(html)
      try worker.annotate(&document)
      let fresh = try clean(html)
      #expect(document.text == fresh.text)
      #expect(document[Block.self].map(\.span) == fresh[Block.self].map(\.span))
    }
  }
}
