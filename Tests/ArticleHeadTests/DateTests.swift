import ArticleHead
import Testing

@Suite struct DateTests {
  @Test(
    "a text that is a date becomes ISO 8601, as precise as it is",
    arguments: [
      ("February 29, 2012", "2012-02-29"), ("29 Feb. 2012", "2012-02-29"), ("29th of February 2012", "2012-02-29"),
      ("Wednesday, February 29, 2012", "2012-02-29"), ("February 2012", "2012-02"), ("Sept. 3, 2012", "2012-09-03"),
      ("Wed, 29 Feb 2012 07:45:00 +0000", "2012-02-29T07:45:00+00:00"),
      ("Wed, 29 Feb 2012 07:45 GMT", "2012-02-29T07:45Z"), ("29 Feb 2012 07:45 EST", "2012-02-29T07:45"),
      ("February 29, 2012 11:56 PM", "2012-02-29T23:56"), ("February 29, 2012 at 9:05 a.m.", "2012-02-29T09:05"),
      ("February 29, 2012, 12:10 am", "2012-02-29T00:10"), ("29.02.2012", "2012-02-29"), ("2012-02", "2012-02"),
      ("2012-02-29", "2012-02-29"), ("2012-02-29T08:30:15.123Z", "2012-02-29T08:30:15Z"),
      ("2012-02-29 08:30:00+0400", "2012-02-29T08:30:00+04:00"), (" 2012-02-29\n", "2012-02-29"),
    ])
  func whole(text: String, iso: String) { #expect(ArticleDate.whole(text) == iso) }

  @Test(
    "a text that holds more than a date, or a day that is none, is no date",
    arguments: [
      "", "soon", "May", "2012", "03/04/2012", "February 30, 2012", "2011-02-29", "February 29, 2012 was a Wednesday",
      "On February 29, 2012", "March 3, 2012.", "Wednesday", "2012-02-29 and later", "March 3, 2012 25:00",
      "May 2011 2012", "(March 3, 2012)",
    ])
  func notWhole(text: String) { #expect(ArticleDate.whole(text) == nil) }

  @Test(
    "a value of metadata may hold more, or only a year",
    arguments: [
      ("2012", "2012"), ("2012-02", "2012-02"), ("20120229", "2012-02-29"), ("29/02/2012", "2012-02-29"),
      ("02/29/2012", "2012-02-29"), ("updated on February 29, 2012 by us", "2012-02-29"),
      ("2012-02-29T08:30", "2012-02-29T08:30"), ("2012-02-29 9:30 pm", "2012-02-29T21:30"),
      ("2012-02-29T25:30", "2012-02-29"),
    ])
  func value(text: String, iso: String) { #expect(ArticleDate.value(text) == iso) }

  @Test("what is no date, or may be two, gives none", arguments: ["", "soon", "03/04/2012", "2012-13-01", "99999999"])
  func noValue(text: String) { #expect(ArticleDate.value(text) == nil) }

  @Test("addresses hold dates with the year first")
  func addresses() {
    #expect(ArticleDate.inAddress("https://news.example/2012/02/29/bridge") == "2012-02-29")
    #expect(ArticleDate.inAddress("https://news.example/a-2012-02-29-b") == "2012-02-29")
    #expect(ArticleDate.inAddress("https://news.example/12/34/5678/90") == nil)
  }
}
