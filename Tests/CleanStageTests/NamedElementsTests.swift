import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct NamedElementsTests {
  static let memo = """
    <d:memo xmlns:d="http://memo.example/1"><d:meta iso="2012-02-29"><d:headline>A Bridge Opens</d:headline><d:writer>Anna Kern and Iva Horn</d:writer></d:meta>
    <d:body><d:head>Costs</d:head><d:para>The <d:em>bridge</d:em> is open<d:fnote>In part.</d:fnote> at last.</d:para><d:box><d:para>Not this.</d:para></d:box>
    <d:para>Nobody came.</d:para></d:body><d:legal>All rights.</d:legal></d:memo>
    """
  static let names: [String: [String]] = [
    "text": ["body", "para"], "headings": ["head"], "footnotes": ["fnote"], "skip": ["box"], "title": ["headline"],
    "authors": ["writer"], "published": ["date", "meta@iso"],
  ]

  private func clean(_ names: [String: [String]], _ xml: String = memo) throws -> Document {
    var stage = Clean()
    stage.xml = NamedElements(names)
    return try cleanXML(xml, with: stage)
  }

  @Test("an unknown vocabulary is read by the names of the option, whatever their prefixes")
  func memo() throws {
    let result = try clean(Self.names)
    #expect(
      result.shown == [
        "heading2: Costs", "paragraph: The bridge is open at last.", "footnote: In part.", "paragraph: Nobody came.",
      ])
    #expect(
      result.known == [
        "title: A Bridge Opens (xml headline)", "authors: Anna Kern; Iva Horn (xml writer)",
        "published: 2012-02-29 (xml meta)",
      ])
  }

  @Test("paragraphs alone are enough, and so is the element around them")
  func few() throws {
    #expect(try clean(["text": ["box/para"]]).text == "Not this.")
    #expect(
      try clean(["text": ["para"], "skip": ["box", "fnote"]]).text
        == "The bridge is open at last.\n\nNobody came.")
    #expect(try clean(["text": ["body"], "skip": ["box"], "title": ["head"]]).metadata[.title] == "Costs")
  }

  @Test("known vocabularies stay what they are, but where the option names their root")
  func known() throws {
    #expect(try clean(Self.names, NITFTests.article).metadata[.title] == "A Bridge Opens")
    let docbook = "<article><title>A</title><para>Text.</para></article>"
    #expect(try clean(["root": ["article"], "text": ["para"]], docbook).text == "Text.")
  }

  @Test(
    "a document without any of the elements that are text is an error that names them",
    arguments: [(["parra"], "<parra>"), (["parra", "boddy"], "<parra> or <boddy>"), (["meta/para"], "<meta/para>")])
  func misspelt(names: [String], shown: String) {
    #expect {
      try clean(["text": names, "title": ["headline"]])
    } throws: {
      "\($0)".hasPrefix("<memo> holds no element \(shown), which the option xml calls text; name the elements")
    }
  }

  @Test("elements that are text and hold none give an empty text")
  func emptyElements() throws {
    #expect(try clean(["text": ["para"]], "<memo><para/><para> </para></memo>").text == "")
  }

  private func read(_ value: Node) -> (NamedElements?, [String]) {
    var problems: [String] = []
    let names = NamedElements.read(value) { problems.append($1) }
    return (names, problems)
  }

  @Test("the option is read from a name or a list, and written again")
  func option() {
    let node = Node(
      .map([(Node("text"), Node(.list([Node("body"), Node("para")]))), (Node("title"), Node("headline"))]))
    let names = read(node).0
    #expect(names == NamedElements(["text": ["body", "para"], "title": ["headline"]]))
    #expect(names.flatMap { read($0.node).0 } == names)
  }

  @Test("an unknown key, and an option without text, are refused before anything runs")
  func wrong() {
    let (names, problems) = read(Node(.map([(Node("texts"), Node("body"))])))
    #expect(names == nil)
    #expect(problems.first?.hasPrefix("has no key \"texts\"; it has root, text, headings") == true)
    #expect(read(Node("body")).1.first?.hasPrefix("wants keys with values") == true)
    var stage = Clean()
    stage.xml = NamedElements(["title": ["headline"]])
    #expect(stage.problems().map(\.message) == ["names no element that is text; add one, as in { text: [body, p] }"])
    #expect(Clean().problems().isEmpty)
  }
}
