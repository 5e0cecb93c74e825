import CZlib
import FetchStage
import Foundation
import Testing

@Suite struct LinkRefusalTests {
  /// Feeds bytes as often as they are wanted; gives the problem.
  private func problem(
    _ parts: [(String, times: Int)], limits: LinkDocument.Limits = .init(),
    expecting: LinkDocument.Expectation = .feedOrSitemap
  ) -> (problem: LinkProblem?, links: [FoundLink], time: Duration) {
    let document = LinkDocument(contentType: nil, path: "/x", expecting: expecting, limits: limits)
    let clock = ContinuousClock()
    let time = clock.measure {
      do {
        for (text, times) in parts {
          let block = Array(String(repeating: text, count: times).utf8)
          try block.withUnsafeBytes { try document.add($0) }
        }
        try document.finish()
      } catch {}
    }
    return (document.problem, document.takeLinks(), time)
  }

  @Test("deep nesting is refused in no time")
  func nesting() {
    let found = problem([("<rss><channel><item><link>https://a.example/</link></item>", 1), ("<a>", 1_000_000)])
    #expect(found.problem?.kind == .hostile)
    #expect(found.links.map(\.address) == ["https://a.example/"])
    #expect(found.time < .milliseconds(500))
  }

  @Test("a nesting limit holds for what the caller says")
  func nestingLimit() {
    var limits = LinkDocument.Limits()
    limits.nesting = 4
    let item = "<rss><channel><item><link>https://a.example/</link>"
    #expect(problem([(item + "</item></channel></rss>", 1)], limits: limits).problem == nil)
    #expect(problem([(item + "<a><b/></a></item></channel></rss>", 1)], limits: limits).problem?.kind == .hostile)
  }

  @Test("entities that multiply are never expanded")
  func laughs() {
    var declarations = "<!ENTITY a0 \"ha\">"
    for level in 1..<12 {
      declarations += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">"
    }
    let found = problem([
      (
        "<!DOCTYPE rss [\(declarations)]><rss><channel><item><title>&a11;</title><link>&a11;</link></item></channel></rss>",
        1
      )
    ])
    #expect(found.links.map(\.address) == ["&a11;"])
    #expect(found.time < .milliseconds(500))
  }

  @Test(
    "markup beyond any real document is refused",
    arguments: [
      ["<rss ", " a=\"b\"", "/>"], ["<rss a='", "xxxxxxxx", "'/>"],
      ["<!DOCTYPE rss [", " <!ENTITY a \"b\">", "]><rss/>"],
      ["<!DOCTYPE rss [<!--", "xxxxxxxxx", "-->]><rss/>"],
      ["<rss>", "<a xmlns:a='a' xmlns:b='b' xmlns:c='c' xmlns:d='d' xmlns:e='e' xmlns:f='f'>", ""],
    ])
  func markup(_ parts: [String]) {
    let found = problem([(parts[0], 1), (parts[1], 20_000), (parts[2], 1)])
    #expect(found.problem?.kind == .hostile, "\(parts): \(String(describing: found.problem))")
    #expect(found.time < .milliseconds(500))
  }

  @Test("a tag of a page that never ends is passed over in no time")
  func endlessTag() {
    let found = problem([("<a href=x>y</a>", 1), ("<a href='", 20_000), ("<b ", 100_000)], expecting: .startPage)
    #expect(found.links.map(\.address).first == "x")
    #expect(found.time < .milliseconds(500))
  }

  @Test("an endless address is left out and not kept")
  func longAddress() {
    let found = problem([
      ("<urlset><url><loc>https://a.example/", 1), ("path/", 2_000_000),
      ("</loc></url><url><loc>https://b.example/</loc></url></urlset>", 1),
    ])
    #expect(found.problem == nil)
    #expect(found.links.map(\.address) == ["https://b.example/"])
  }

  @Test("a bomb is refused at the limit, and what came before it is used")
  func bomb() throws {
    var limits = LinkDocument.Limits()
    limits.unpackedBytes = 1_000_000
    let start = "<urlset><url><loc>https://a.example/</loc></url>"
    let packed = try packed(Array(start.utf8) + [UInt8](repeating: 32, count: 30_000_000))
    #expect(packed.count < 100_000)
    let document = LinkDocument(contentType: nil, path: "/s.xml", expecting: .feedOrSitemap, limits: limits)
    #expect {
      try packed.withUnsafeBytes { try document.add($0) }
    } throws: { error in
      let problem = error as? LinkProblem
      return problem?.kind == .unpackedTooLarge && problem?.description.contains("1000000 bytes") == true
    }
    #expect(document.takeLinks().map(\.address) == ["https://a.example/"])
    #expect(document.problem?.kind == .unpackedTooLarge)
  }

  @Test("a packed sitemap of just the limit is read")
  func limit() throws {
    var text = Array("<urlset><url><loc>https://a.example/</loc></url></urlset>".utf8)
    text += [UInt8](repeating: 10, count: 100_000 - text.count)
    var limits = LinkDocument.Limits()
    limits.unpackedBytes = 100_000
    #expect(read(Data(try packed(text)), limits: limits) == "format sitemap\npage\thttps://a.example/")
    limits.unpackedBytes = 99_999
    #expect(read(Data(try packed(text)), limits: limits).hasPrefix("format sitemap\nproblem unpackedTooLarge"))
  }

  @Test("JSON that is nested too deep is a problem")
  func json() {
    let found = problem([("{\"items\": [{\"url\": \"https://a.example/\"}], \"x\": ", 1), ("[", 1_000_000)])
    #expect(found.problem?.kind == .broken)
    #expect(found.links.map(\.address) == ["https://a.example/"])
    #expect(found.time < .milliseconds(500))
  }

  private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
    var state = z_stream()
    try #require(
      deflateInit2_(
        &state, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        == Z_OK)
    defer { deflateEnd(&state) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: 200_000)
    try input.withUnsafeMutableBufferPointer { input in
      try output.withUnsafeMutableBufferPointer { output in
        (state.next_in, state.avail_in) = (input.baseAddress, UInt32(input.count))
        (state.next_out, state.avail_out) = (output.baseAddress, UInt32(output.count))
        try #require(deflate(&state, Z_FINISH) == Z_STREAM_END)
      }
    }
    return Array(output.prefix(200_000 - Int(state.avail_out)))
  }
}
