import CleanStage
import PipelineKit
import PipelineTesting
import Testing

/// What stands behind a text, above it or in boxes inside it.
@Suite struct BehindTests {
  private let more = """
    <p>The railway has since ordered three more locomotives, which will stand in a shed until the customs officers
    of both sides have agreed on who may look under them, and at what hour of the day.</p>
    """

  @Test(
    "comments, teasers and decks are no text",
    arguments: [
      "BODY<div><h4>3 comments</h4><p><b>Anna (Riga):</b> I walked over it and it holds.</p><p><b>Reader:</b> No.</p></div>",
      "BODY<div><h3>Comments (2)</h3><p>It holds, I walked over it last week.</p></div>",
      "BODY<div><h4>Talkback</h4><p>It holds, I walked over it last week.</p></div>",
      "BODY<div><div><span>Anna, Riga</span> <span>11 hours ago</span></div><div>It holds, I walked over it.</div><div>Jon, 9 hours ago</div><div>It does not.</div></div>",
      "BODY<h4>More from the Monitor</h4><ul><li><a href=/a>A market that ignores the frontier</a><br>Tomatoes and diesel.</li></ul>",
      "BODY<ul><li><a href=/a>A market that ignores the frontier</a> Tomatoes.</li><li><a href=/b>The ferry sails half empty</a> A service.</li></ul>",
      "<div>Share</div><span>109</span><div>One sees the bridge from here on a clear day.</div><div name=articleBody>BODY</div><div>Figures were compiled by hand.</div>",
      "<h3>The bridge is built, paid for and insured, and has only one thing against it.</h3>BODY",
    ])
  func behind(html: String) throws {
    let body = "<div>\(prose)</div>"
    #expect(
      try clean(
        "<body><div>\(html.split(separator: "BODY", omittingEmptySubsequences: false).joined(separator: body))</div>"
      ).text == proseText)
  }

  @Test("a box of links inside the text does not end it")
  func boxInside() throws {
    let box = "<div><div>Read next</div><a href=/a>Forty kilometers of rust</a><div>The spur and its toll.</div></div>"
    let text = try clean(
      "<body><div><div>\(prose)\(prose.replacing("ministers", with: "envoys").replacing("Nobody", with: "No one"))\(box)\(more)</div></div>"
    ).text
    #expect(text.hasSuffix("and at what hour of the day."))
    #expect(!text.contains("Read next") && !text.contains("toll"))
  }

  @Test("a box behind the text ends it, though a line of the same markup says where it is filed")
  func filed() throws {
    let box = "<div><h3>You might also like:</h3><ol><li><a href=/a>Forty kilometers of rust</a></li></ol></div>"
    for name in ["postmetadata", "x"] {
      let line = """
        <p class=\(name)>This entry was posted on Tuesday, February 9, 2010 at 7:30 am and is filed under
        <a href=/t>Trade, Customs and Borders</a>, <a href=/b>Belarus and Russia</a>. It may be answered.</p>
        """
      #expect(try clean("<body><div>\(prose)\(box)\(line)</div>").text == proseText)
    }
  }

  @Test("a pull quote in a cell of the layout is left out")
  func pullQuote() throws {
    let cell =
      "<table align=right><tr><td><i>\"The port had hoped for a ferry, the railway for a tunnel.\"</i></td></tr></table>"
    let text = try clean(
      "<body><p>The port had hoped for a ferry, the railway for a tunnel. Both had waited for long.</p>\(cell)\(more)"
    ).text
    #expect(text.components(of: "The port had hoped") == 1)
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
