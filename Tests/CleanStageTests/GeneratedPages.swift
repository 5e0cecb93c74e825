import CleanStage
import Learning
import PipelineKit

/// Pages of our own making with what is known of them: articles of a few paragraphs among menus, teasers and notices.
///
/// The notices are sentences as good as any, in an element that nothing but its class tells from those of the text, so
/// that no rule can leave them out: that must be learned.
enum GeneratedPages {
  static let notice = "pane-x"

  /// - Parameter isText: whether the notices are part of the text.
  static func examples(_ count: Int = 12, isText: Bool = false) -> [PageExample] {
    (0..<count).map { example($0, isText: isText) }
  }

  static func example(_ number: Int, isText: Bool = false) -> PageExample {
    var random = SeededGenerator(seed: UInt64(number) + 1)
    let name = "town number \(number)"
    let text = (0..<4 + number % 3).map { _ in paragraph(name, &random) }
    let notices = (0..<2).map { _ in paragraph("our readers' club", &random) }
    let html = """
      <html><head><title>The \(name) letter</title></head><body><ul><li><a href=/a>Home</a><li><a href=/b>Sections</a></ul><div class=main-x>
      \(text.prefix(2).map { "<div class=row-x><p>\($0)</p></div>" }.joined(separator: "\n"))
      <div class=\(notice)><p>\(notices[0])</p></div>
      \(text.dropFirst(2).map { "<div class=row-x><p>\($0)</p></div>" }.joined(separator: "\n"))
      <div class=\(notice)><p>\(notices[1])</p></div></div>
      <ul><li><a href=/c>Imprint and terms</a></ul></body></html>
      """
    let wanted = isText ? text.prefix(2) + [notices[0]] + text.dropFirst(2) + [notices[1]] : text
    return PageExample(
      document: Document(id: "\(number)", origin: Origin(uri: "\(number)", mediaType: .html), raw: Array(html.utf8)),
      gold: .text(wanted.joined(separator: "\n\n")), group: "group \(number)")
  }

  private static func paragraph(_ name: String, _ random: inout SeededGenerator) -> String {
    (0..<3).map { _ in sentence(name, &random) }.joined(separator: " ")
  }

  private static func sentence(_ name: String, _ random: inout SeededGenerator) -> String {
    func pick(_ words: [String], _ random: inout SeededGenerator) -> String {
      words.randomElement(using: &random) ?? ""
    }
    let who = pick(["The council", "A committee", "The harbour master", "An engineer", "The ferry company"], &random)
    let did = pick(["praised", "refused", "asked about", "measured", "paid for", "argued over"], &random)
    let what = pick(
      ["the old bridge", "a second tunnel", "the price of stone", "the timetable", "a new lamp"], &random)
    let when = pick(["on Monday", "in the spring", "before noon", "after long talks", "once again"], &random)
    return "\(who) \(did) \(what) of \(name) \(when), on page \(Int.random(in: 1...999, using: &random)) of its report."
  }
}

extension PageExample {
  /// The paragraphs that are wanted.
  var paragraphs: [String] {
    if case .text(let text) = gold { CleanStageTests.paragraphs(of: text) } else { [] }
  }
}

/// The blocks of a text but those of a word or two: a label of a menu weighs so little beside a text that so few pages
/// teach nothing of it.
func paragraphs(of text: String) -> [String] {
  text.split(separator: "\n\n").map(String.init).filter { $0.utf8.count > 40 }
}
