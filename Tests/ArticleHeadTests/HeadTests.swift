import ArticleHead
import Testing

@Suite struct HeadTests {
  @Test(
    "a byline names its authors",
    arguments: [
      ("By: Anna Kern", ["Anna Kern"]), ("by: A B and C D", ["A B", "C D"]),
      ("BY: A B, C D and E F", ["A B", "C D", "E F"]),
      ("By Anna Kern", ["Anna Kern"]), ("Authors: A B; C D", ["A B", "C D"]),
      ("By: Carl Horn, Jr.", ["Carl Horn, Jr."]),
      ("By: Carl Horn, III and Iva Horn", ["Carl Horn, III", "Iva Horn"]), ("By:", []),
      ("By: Anna Kern | 3 May", ["Anna Kern"]),
    ])
  func bylines(line: String, names: [String]) { #expect(Byline.names(inLine: line) == names) }

  @Test(
    "other lines are no bylines",
    arguments: ["By the river they met", "By Tuesday the talks were over", "Bystanders", ""])
  func notBylines(line: String) { #expect(Byline.names(inLine: line) == nil) }

  @Test("the lines of a head come in any order", arguments: [NewsletterHead.Care.shown, .verbatim])
  func order(care: NewsletterHead.Care) {
    let lines = ["By: Ilie Moraru", "Publication: Steppe Monitor Volume: 9 Issue: 41", "February 29, 2012"]
    for first in lines.indices {
      let (head, taken) = read(lines[first...] + lines[..<first], care)
      #expect(taken == [true, true, true])
      #expect(head.isCertain)
      #expect([head.publication, head.volume, head.issue, head.date] == ["Steppe Monitor", "9", "41", "2012-02-29"])
      #expect(head.authors == ["Ilie Moraru"])
    }
  }

  @Test("a date may stand behind the issue, and volume and issue may be missing")
  func publication() {
    let (head, _) = read(["Publication: Monitor Volume: 9 Issue: 41 February 29, 2012"], .verbatim)
    #expect(head.date == "2012-02-29")
    let (other, _) = read(["publication: Monitor"], .verbatim)
    #expect([other.publication, other.volume, other.issue] == ["Monitor", nil, nil])
    #expect(other.isCertain)
  }

  @Test("a title comes first or not at all")
  func title() {
    var head = NewsletterHead(.verbatim)
    let first = head.takeTitle("A Title")
    let second = head.takeTitle("Another")
    #expect(first && !second)
    #expect(head.title == "A Title")
    var (late, _) = read(["By: A B"], .verbatim)
    let isTaken = late.takeTitle("Late")
    #expect(!isTaken)
  }

  @Test("where text must stay whole, a line with a date and more is no line of the head, nor is a second of its kind")
  func care() {
    let lines = [
      "March 3, 2012 was when they met again", "Published: March 3, 2012", "March 4, 2012", "By: A B", "By: C D",
    ]
    #expect(read(lines, .verbatim).taken == [false, true, false, true, false])
    let (shown, taken) = read(["March 3, 2012 | Tbilisi", "March 4, 2012"], .shown)
    #expect(taken == [true, true])
    #expect(shown.date == "2012-03-03")
  }

  private func read(_ lines: some Sequence<String>, _ care: NewsletterHead.Care) -> (
    head: NewsletterHead, taken: [Bool]
  ) {
    var head = NewsletterHead(care)
    let taken = lines.map { head.take($0) }
    return (head, taken)
  }
}
