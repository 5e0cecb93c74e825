import ArticleHead
import Foundation
import Testing

/// Lines of heads and what is in them: `Data/lines.tsv`. A line that is none is `text`.
@Suite struct LineTests {
  @Test("lines of a head give authors and dates, and sentences stay text")
  func lines() throws {
    for (line, expected) in try rows("lines") {
      #expect(shown(HeadLine(line)) == expected, "\(line)")
    }
  }

  @Test("a short part beside a date or byline is let pass where pages show metadata")
  func others() {
    #expect(HeadLine("March 11, 2014 | Tbilisi") == nil)
    #expect(HeadLine("March 11, 2014 | Tbilisi", allowsOthers: true)?.others == ["Tbilisi"])
    #expect(HeadLine("Tbilisi, March 11, 2014", allowsOthers: true)?.published == "2014-03-11")
    #expect(HeadLine("March 11, 2014 | the ministers met in Tbilisi", allowsOthers: true) == nil)
  }

  @Test("any bytes are read without a trap, and a cut line like a whole one")
  func cuts() throws {
    for (line, _) in try rows("lines") {
      for end in line.indices {
        _ = HeadLine(String(line[..<end]), allowsOthers: true)
        _ = ArticleDate.value(String(line[..<end]))
        _ = ArticleDate.inAddress(String(line[end...]))
      }
    }
  }

  private func shown(_ line: HeadLine?) -> String {
    guard let line else { return "text" }
    let parts = [
      line.authors.map { "by=" + $0.joined(separator: ";") }, line.published.map { "pub=" + $0 },
      line.modified.map { "mod=" + $0 },
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }
}

/// The rows of a file of cases; lines with `#` before them are comments.
func rows(_ name: String) throws -> [(String, String)] {
  let url = try #require(Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Data"))
  return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
    let columns = $0.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(columns[0]), columns.count > 1 ? String(columns[1]) : "")
  }
}
