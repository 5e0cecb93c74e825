import CleanStage
import Learning
import PipelineKit
import PipelineTesting
import Testing

/// Pages damaged by chance and by plan: none may trap, take more than linear time, or give blocks out of place.
@Suite struct MutationTests {
  @Test("three thousand damaged pages are read, with blocks inside the text and in order", arguments: 0..<6)
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      var bytes = Array((Self.pages.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) { Self.damage(&bytes, &random) }
      let document = page(bytes, type: seed % 3 == 0 ? .xhtml : .html)
      #expect(try pageViolations(of: Clean(), on: document) == [], "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test(
    "megabytes of anything take linear time",
    arguments: [
      "<b>", "<a href=x>", "<table>", "<select>", "<option>", "<button>", "<p>", "<li>", "<dd>", "<h1>", "<svg>",
      "<form>",
      "<table><td>", "<div class=comment>Anna, 9 hours ago. ", "<p>Read next</p>", "<div>Comments</div>",
      "<li><a href=x>a link</a>",
      "<blockquote>A pull quote of thirty bytes and more.</blockquote>", "&#x41;", "&notin", "\u{FEFF}",
      "a\u{0}bcdefghijklmnopqrstuvwxyz ", "é",
      " ",
      "<p>Anna Kern reports. ", "<meta name=a content=b>", "<time datetime=2012>", "<script type=ld+json>{</script>",
      "<a rel=author>b</a>",
    ])
  func large(part: String) throws {
    let html = String(repeating: part, count: Self.size / part.utf8.count)
    let time = try ContinuousClock().measure { _ = try clean(html) }
    #expect(try pageViolations(of: Clean(), on: page(html)) == [])
    #expect(time < Self.limit)
  }

  @Test("so do an element of very many attributes, one line of words, and elements left open by the thousand")
  func shapes() throws {
    let attributes = "<p " + (0..<Self.size / 8).map { "a\($0)=b" }.joined(separator: " ") + ">text"
    let line = "<p>" + String(repeating: "word ", count: Self.size / 4) + "end."
    let open = ["b", "a", "table", "select", "i><p", "td"].map { String(repeating: "<\($0)>", count: 50_000) }.joined()
    for html in [
      attributes, line, open + prose, String(repeating: "<div>", count: 100_000) + prose,
      "<p " + String(repeating: "=\"", count: Self.size / 2),
    ] {
      let time = try ContinuousClock().measure { _ = try clean(html) }
      #expect(try pageViolations(of: Clean(), on: page(html)) == [])
      #expect(time < Self.limit)
    }
  }

  // Byte loops in a debug build, under a sanitizer at that, take many times as long.
  #if DEBUG
    private static let size = 500_000
    private static let limit = Duration.seconds(20)
  #else
    private static let size = 4_000_000
    private static let limit = Duration.seconds(5)
  #endif

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard bytes.count > 4 else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.removeSubrange(place...)
    case 4:
      bytes.insert(
        contentsOf: [[0], [0xC3], [0xE2, 0x80], [0xF0, 0x9F], [0xED, 0xA0, 0x80]].randomElement(using: &random) ?? [],
        at: place)
    case 5: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
    case 6:
      let other = Int.random(in: 0..<bytes.count, using: &random)
      bytes.swapAt(place, other)
    default: bytes = Array(bytes[place...] + bytes[..<place])
    }
  }

  private static let pieces = [
    "<table>", "</table>", "</td>", "<td>", "<li>", "</ul>", "<!--", "-->", "<script>", "</script>", "<a href='",
    "<svg>",
    "</body>", "<title>", "&#xFFFFFF;", "&#", "<p hidden>", "<pre>", "\r\n", "<br><br>", "<select>", "<h1>",
    "<noscript>",
    "<template>", "</p>", "<plaintext>", "<![CDATA[", "<?php", "<frameset>", "<button>", "<dd>", "<article>",
  ]
  private static let pages = [
    """
    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A Bridge | Monitor</title><meta name="author"
    content="Anna Kern"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2012-02-29"}</script>
    </head><body class="with-sidebar"><nav><ul><li><a href="/">Home</a></ul></nav><article><h1>A Bridge</h1>
    <p class=byline>By: Anna Kern</p><time datetime=2012-02-29>February 29, 2012</time>\(prose)<h2>Costs</h2>
    <table><tr><th>Year<th>Cost<tr><td>2011<td>12.5</table><ul><li>one, and<li>two.</ul><pre>a
      b</pre><figure><img src=x><figcaption>The bridge.</figcaption></figure><blockquote>“Für immer” — é.</blockquote>
    </article><aside>Read next</aside><div id=comments><h3>2 comments</h3><p>Anna: yes.</p></div><footer>©</footer></body></html>
    """,
    """
    <body><table width=100%><tr><td><font size=2><a href=a>Home</a><br><a href=b>News</a></font><td><b>A Bridge</b><br>
    Publication: Steppe Monitor Volume: 9 Issue: 41<br>By: A B<br>February 29, 2012<p>\(prose)<p>More &amp; more &#8212; x.
    <table align=right><tr><td><i>Nobody was pleased.</i></table></table>
    """,
    "<div><p>Кто-то &nbsp; сказал: «да».<br><br>مرحبا بالعالم. 日本語の文。</p><svg><title>x</title><path/></svg><p>é</p></div>",
  ]
}
