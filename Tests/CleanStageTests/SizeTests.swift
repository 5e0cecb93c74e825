import CleanStage
import Glibc
import PipelineKit
import PipelineTesting
import Testing

/// Time in proportion to the page, whatever it is made of, and memory that does not grow with the number of pages.
@Suite("Sizes")
struct SizeTests {
  @Test(
    "sixteen times the page costs no more than four doublings at 2.6",
    arguments: [
      "<title>", "<title>a</titl", "<script><!--</script>", "<script><!--<script>", "<!--", "<!-->", "<!", "</p>", "</",
      "<svg>", "<svg><title>", "<svg><p>", "<math><mi>", "</svg>", "<select>", "<select><input>", "<template>",
      "<form>",
      "</form>", "<p>a</div>", "<div>", "<font>", "</font>", "<b><p>", "<a href=#a>1", "a<sup>1</sup>", "<sup>1",
      "a<sup>",
      "<h1>a", "</h1>", "<td>a", "<tr><td>", "<table>", "<table><tr><td>", "<li>", "<ul><li>a.", "<x y=\"", "<x y='z'",
      "<a",
      "&", "&#", "&#1", "&#x1", "&notin", "&amp;", "<![CDATA[", "<plaintext>", "<textarea>", "<br>", "a<br>",
      "<pre>\n ",
      "<pre>a\n", "One ␀ among words enough that the bytes are those of a text and not of a program. ", "\u{FEFF}", "é",
      "<", ">", "<p hidden>a", "<aside>a. ",
      "<blockquote>A quote that a page pulls out.",
      "<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "<p>By: Anna Kern", "<p>March 4, 2012",
      "<p>Read next",
      "<h2>Comments</h2><p>Anna, 9 hours ago", "<time datetime=2012-01-01>a", "<meta name=author content=a>",
      "<script type=application/ld+json>{\"a\":[", "<a rel=author>b</a>", "<div class='comment share with-sidebar'>a. ",
    ])
  func linear(piece: String) throws {
    // ␀ stands for NUL, which reports of tests can't print.
    let piece = piece.replacing("␀", with: "\0")
    // The time of this thread alone, the best of three: tests run side by side.
    // With a head it is a page that the model is asked about.
    for head in ["", "<meta name=author content=a>"] {
      let html = { head + String(repeating: piece, count: $0 / piece.utf8.count) }
      let small = try seconds(html(Self.size), times: 3)
      let large = try seconds(html(Self.size * 16), times: 3)
      #expect(large < 45.7 * max(small, 0.0005), "\(head)\(piece.debugDescription): \(small) s, \(large) s")
    }
  }

  @Test("so do one script of very deep data, and one block that repeats the beginning of forty others")
  func shapes() throws {
    let data = { "<script type=application/ld+json>" + String(repeating: "[", count: $0) + "</script>" + prose }
    let run = { (count: Int) in String(repeating: "a", count: count) }
    let quotes = { "<p>" + run($0) + "." + String(repeating: "<div>\(run(300))b.</div>", count: 40) }
    for html in [data, quotes] {
      let small = try seconds(html(Self.size), times: 3)
      #expect(try seconds(html(Self.size * 16), times: 3) < 45.7 * max(small, 0.0005))
    }
  }

  #if !DEBUG
    @Test("a byte of a page of 50 MB costs no more than three of one of 10 kB, nor does one of a text of one line")
    func huge() throws {
      let part = { "<div class=part><h2>Head</h2>\(prose)<ul><li>one, and<li><a href=x>two</a></ul></div>" }()
      let article = { "<html><body><article>" + String(repeating: part, count: $0 / part.utf8.count) }
      let line = { "<p>" + String(repeating: "The ministers met, and nobody was pleased. ", count: $0 / 43) }
      for html in [article, line] {
        let small = (0..<3).map { _ in try? seconds(html(10_000), times: 20) }.compactMap { $0 }.min() ?? 0
        #expect(try seconds(html(50_000_000), times: 1) / 5000 < 3 * max(small, 0.0001))
      }
    }

    @Test("ten thousand pages through one worker leave no more memory in use than the first hundred did")
    func flat() async {
      // In a process of its own, so that no other test's memory counts.
      await #expect(processExitsWith: .success) {
        var worker = try Clean().makeWorker(StageContext())
        var first = 0
        for count in 1...10_000 {
          let part = String(
            repeating: prose + "<li><a href=x>a link</a><table><tr><td>1<td>2</table>", count: count % 17 + 1)
          let head = "<title>Page \(count)</title><script type=application/ld+json>{\"headline\":\"\(count)\"}</script>"
          var document = page(head + "<article>" + part)
          try worker.annotate(&document)
          if count == 100 { first = residentBytes() }
        }
        #expect(first > 0)
        #expect(residentBytes() - first < 8_000_000)
      }
    }
  #endif

  // Byte loops in a debug build, under a sanitizer at that, take many times as long.
  #if DEBUG
    private static let size = 8_000
  #else
    private static let size = 64_000
  #endif

  private func seconds(_ html: String, times: Int) throws -> Double {
    let document = page(html)
    var worker = try Clean().makeWorker(StageContext())
    var best = Double.infinity
    for _ in 0..<times {
      var copy = document
      let start = threadSeconds()
      try worker.annotate(&copy)
      best = min(best, threadSeconds() - start)
    }
    return best
  }
}

/// Processor time of the calling thread.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// What this process has in memory; 0 where the system does not say.
private func residentBytes() -> Int {
  guard let file = fopen("/proc/self/statm", "r") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 200)
  guard fgets(&line, 200, file) != nil else { return 0 }
  let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
}
