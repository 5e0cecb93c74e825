import CalendarDates
import Testing

@Suite("Partial dates")
struct PartialDateTests {
  @Test("are read and written as ISO 8601", arguments: ["2012", "2012-02", "2012-02-29", "0001-01-01", "9999-12-31"])
  func written(text: String) { #expect(PartialDate(text)?.iso == text) }

  @Test(
    "refuse what is no date",
    arguments: [
      "", "12", "2012-2", "2012-13", "2011-02-29", "1900-02-29", "2012-02-30", "+012", "2012-02-29T10:00", "x",
    ])
  func refused(text: String) { #expect(PartialDate(text) == nil) }

  @Test("pass over a time behind them")
  func times() {
    #expect(PartialDate(beginningOf: "2012-02-29T10:00Z")?.iso == "2012-02-29")
    #expect(PartialDate(beginningOf: "2012-02-29 10:00")?.iso == "2012-02-29")
    #expect(PartialDate(beginningOf: "2012x") == nil)
  }

  @Test("are compared as far as both are precise")
  func order() throws {
    let month = try #require(PartialDate("2012-02"))
    let day = try #require(PartialDate("2012-02-29"))
    #expect(!month.isBefore(day) && !month.isAfter(day))
    #expect(day.isBefore(PartialDate(year: 2012, month: 3)) && day.isAfter(PartialDate(year: 2011)))
  }

  @Test("keep their number through 800 years, a day after the other")
  func numbers() {
    var last = PartialDate(year: 1600, month: 1, day: 1)
    for number in (last.dayNumber + 1)...(last.dayNumber + 292_194) {
      let next = PartialDate(dayNumber: number)
      #expect(next.dayNumber == number && next.isAfter(last))
      last = next
    }
    #expect(last.iso == "2400-01-01")
    #expect(PartialDate(year: 1970, month: 1, day: 1).dayNumber == 0)
    #expect(PartialDate(dayNumber: PartialDate(year: 0, month: 1, day: 1).dayNumber).iso == "0000-01-01")
  }

  @Test(
    "know weekday and week",
    arguments: [
      ("2012-03-05", 1, "2012-W10"), ("2016-01-03", 7, "2015-W53"), ("2008-12-29", 1, "2009-W01"),
      ("2012-02-29", 3, "2012-W09"), ("1970-01-01", 4, "1970-W01"),
    ])
  func weeks(text: String, weekday: Int, week: String) {
    #expect(PartialDate(text)?.weekday == weekday)
    #expect(PartialDate(text)?.isoWeek == week)
  }

  @Test("go on by days and months")
  func arithmetic() {
    #expect(PartialDate(year: 2012, month: 2, day: 28).adding(days: 2).iso == "2012-03-01")
    #expect(PartialDate(year: 2012, month: 1, day: 31).adding(months: -1).iso == "2011-12")
  }
}
