import CleanStage
import PipelineKit
import PipelineTesting
import Testing

/// A document with these bytes, not read yet.
func page(_ html: String, type: MediaType = .html, charset: String? = nil) -> Document {
  Document(id: "page", origin: Origin(uri: "page", mediaType: type, charset: charset), raw: Array(html.utf8))
}

@Suite struct CleanTests {
  @Test("clean keeps the contract of a stage")
  func contract() throws {
    let pages = ["", "<p>Moscow agreed.", "<p>One.<p>Two &amp; three.<table><tr><td>a<td>b</table>"].map { page($0) }
    #expect(try violations(of: Clean(), on: pages).isEmpty)
  }

  @Test("paragraphs of an article are parted by one blank line, navigation is left out")
  func paragraphs() throws {
    let result = try Clean().annotated(
      page(
        """
        <html><body><nav><ul><li><a href="/">Home</a></ul></nav>
        <div class="post"><p>The talks  in Baku ended
        on Friday.</p><p>Both sides <b>will</b> meet again&nbsp;in May.</p></div></body></html>
        """))
    #expect(result.text == "The talks in Baku ended on Friday.\n\nBoth sides will meet again in May.")
    #expect(result[Block.self].map(\.kind) == [.paragraph, .paragraph])
  }
}
