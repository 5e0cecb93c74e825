import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct DeclaredLanguageTests {
  private let russian = """
    <p>Мост открыли в пятницу, после одиннадцати месяцев ссоры, которая обошлась обеим сторонам дороже моста.</p>
    <p>Никто не был доволен: порт надеялся на паром, железная дорога на туннель, а города на чужие деньги.</p>
    """

  @Test(
    "a language that the text contradicts gives way to it",
    arguments: [
      ("<html lang=en>", "ru", "text"), ("<html>", "ru", "text"), ("<html lang=ru-RU>", "ru-RU", "html lang"),
      ("<meta property=og:locale content=en_US>", "ru", "text"), ("<html lang=uk>", "ru", "text"),
    ])
  func russianPage(head: String, language: String, from: String) throws {
    let entry = try #require(try clean("\(head)<body><article>\(russian)</article>").metadata.entry(.language))
    #expect(entry.values == [language] && entry.from == from)
  }

  @Test(
    "a declaration stays where the text agrees or can't tell",
    arguments: [
      ("<html lang=en-GB><body>\(prose)", "en-GB"), ("<html lang=ru><body><p>Мир.</p>", "ru"),
      ("<html lang=fr><body>", "fr"),
      ("<html lang=de><body><p>12.5 13.7 2011</p>", "de"), ("<body>\(prose)", "en"),
    ])
  func agreement(html: String, language: String) throws {
    #expect(try clean(html).metadata[.language] == language)
  }

  @Test("what the source said stays, and without metadata nothing is said")
  func source() throws {
    var document = page("<html lang=en><body>\(russian)")
    document.metadata.set(.language, "be", from: "record")
    #expect(try Clean().annotated(document).metadata[.language] == "be")
    var stage = Clean()
    stage.metadata = false
    #expect(try clean("<html lang=en><body>\(russian)", with: stage).metadata.entries.isEmpty)
  }
}
