import CleanStage
import Learning
import PipelineKit
import PipelineTesting
import Testing

/// Documents that attack the parser, and documents that are merely broken.
@Suite struct XMLHostileTests {
  struct Attack: CustomTestStringConvertible, Sendable {
    var name: String
    var xml: String
    /// Part of the message.
    var message: String
    var testDescription: String { name }

    init(_ name: String, _ xml: String, _ message: String) {
      (self.name, self.xml, self.message) = (name, xml, message)
    }
  }

  private static func nitf(_ body: String, doctype: String = "") -> String {
    "\(doctype)<nitf><body><body.content>\n\(body)</body.content></body></nitf>"
  }
  private static func entities(_ declarations: String, _ body: String) -> String {
    nitf(body, doctype: "<!DOCTYPE nitf [\(declarations)]>\n")
  }
  private static let laughs = (1...30).map {
    "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">"
  }.joined()
  private static func many(_ count: Int, _ part: (Int) -> String) -> String { (0..<count).map(part).joined() }

  static let attacks: [Attack] = [
    Attack(
      "billion laughs", entities("<!ENTITY l0 \"ha\">" + laughs, "<p>&l30;</p>"),
      "line 3: the entity &l30; is external or refers to others, which is refused"),
    Attack(
      "billion laughs in an attribute", entities("<!ENTITY l0 \"ha\">" + laughs, "<p class=\"&l30;\">x</p>"),
      "line 3: the entity &l30;"),
    Attack(
      "quadratic blow-up",
      entities(
        "<!ENTITY a \"\(String(repeating: "x", count: 990))\">", "<p>\(String(repeating: "&a;", count: 200_000))</p>"),
      "line 3: entities such as &a; bring more than 1000000 bytes"),
    Attack(
      "external entity", entities("<!ENTITY a SYSTEM \"file:///etc/passwd\">", "<p>&a;</p>"), "line 3: the entity &a;"),
    Attack(
      "entity in the network", entities("<!ENTITY a SYSTEM \"http://127.0.0.1:9/\">", "<p>&a;</p>"),
      "line 3: the entity &a;"),
    Attack("entity with markup", entities("<!ENTITY a \"<p>x</p>\">", "<p>&a;</p>"), "line 3: the entity &a;"),
    Attack(
      "entity of itself", entities("<!ENTITY a \"&a;\">", "<p>&a;</p>"), "line 3: the entity &a;"),
    Attack(
      "document type without end", "<!DOCTYPE nitf [" + many(10_000) { "<!ENTITY a\($0) \"b\">\n" },
      "line 1: the document type is longer than 65536 bytes"),
    Attack(
      "deep nesting", "<nitf><body>\n" + String(repeating: "<block>", count: 100_000),
      "line 2: elements are nested deeper than 512"),
    Attack(
      "deep nesting of other names", "<doc>\n" + many(100_000) { "<a\($0)>" },
      "line 2: elements are nested deeper than 512"),
    Attack(
      "attributes", nitf("<p " + many(100_000) { "a\($0)='b' " } + ">x</p>"),
      "line 2: a tag has more than 256 attributes"),
    Attack(
      "namespaces", nitf("<p " + many(100_000) { "xmlns:a\($0)='b' " } + ">x</p>"),
      "line 2: a tag has more than 256 attributes"),
    Attack(
      "namespaces of many elements",
      "<nitf>\n" + many(400) { _ in "<block \(many(250) { "xmlns:a\($0)='b' " })>" }
        + String(repeating: "<z:p/>", count: 500_000), "line 2: a tag has more than 256 attributes"),
    Attack(
      "default attributes",
      entities("<!ATTLIST p " + many(3000) { "a\($0) CDATA 'b'\n" } + ">", String(repeating: "<p/>", count: 100_000)),
      "a tag has more than 256 attributes"),
    Attack(
      "long attribute", nitf("<p class='\(String(repeating: "x", count: 20_000_000))'>x</p>"),
      "line 2: a tag is longer than 65536 bytes"),
    Attack(
      "long name", nitf("<\(String(repeating: "x", count: 20_000_000))>"), "line 2: a tag is longer than 65536 bytes"),
    Attack("cut off in text", "<nitf>\n<body>\n<body.content><p>The bridge", "line 3: "),
    Attack("cut off in a tag", "<nitf>\n<body>\n<body.content><p", "line 3: "),
    Attack("cut off in CDATA", "<nitf>\n<body>\n<body.content><p><![CDATA[x", "line 3: "),
    Attack("cut off in a comment", "<nitf>\n<body>\n<!-- ", "line 3: "),
    Attack("crossed tags", nitf("<p>a<em>b</p></em>"), "line 2: "),
    Attack("attribute without quotation marks", nitf("<p class=x>a</p>"), "line 2: "),
    Attack("two documents", "<nitf/>\n<nitf/>", "line 1: a second document begins here; split the file"),
    Attack("no element", "<?xml version='1.0'?>\n<!-- x -->", "mend the XML"),
    Attack("no markup", "The bridge is open.", "mend the XML"),
    Attack("nothing", " ", "line 1: the document is empty"),
    Attack("a feed", "<rss version='2.0'><channel/></rss>", "<rss> is a feed; let \"read\" part it"),
    Attack("a feed of Atom", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "<feed> is a feed"),
    Attack(
      "an unknown root", "<m:memo xmlns:m='x'/>",
      "no rule for XML with the root <memo>; say which elements are text by the option xml, as in xml: { root: memo,"),
  ]

  @Test("attacks and broken documents are refused, with the line and what to do, at once", arguments: attacks)
  func refused(attack: Attack) throws {
    let document = page(attack.xml, type: .xml)
    let time = ContinuousClock().measure {
      #expect { try Clean().annotated(document) } throws: {
        if "\($0)".contains(attack.message) { return true }
        Issue.record("\(attack.name): \($0)")
        return false
      }
    }
    #expect(time < Self.limit, "\(attack.name) took \(time)")
  }

  // The largest have 20 MB; a debug build and sanitizers take many times as long.
  #if DEBUG
    private static let limit = Duration.seconds(20)
  #else
    private static let limit = Duration.seconds(1)
  #endif

  @Test(
    "faults that lose no text are mended",
    arguments: [
      ("<p>AT&T, R&D; &amp; &more</p>", "AT&T, R&D; & &more"), ("<p>x < 5, y ]]> 6</p>", "x < 5, y ]]> 6"),
      ("<p>a&nbsp;b &eacute;&mdash;&apos;</p>", "a b é—'"), ("<p>&unknown; &a.b;</p>", "&unknown; &a.b;"),
      ("<p>a\u{0}b\u{8}c</p>", "abc"), ("<p>a&#0;b&#xFFFFFF;c</p>", "abc"), ("<p>a&#150;b</p>", "ab"),
      ("<p a='1' a='2'>x</p>", "x"), ("<p>a<!-- -- -->b</p>", "ab"), ("<p><x:b>a</x:b></p>", "a"),
      ("<p title='AT&T &nbsp; &unknown;'>x</p>", "x"),
    ])
  func mended(body: String, text: String) throws {
    #expect(try cleanXML(Self.nitf(body)).text == text)
    #expect(try cleanXML("\n <?xml version='1.0'?>" + Self.nitf(body) + "\n garbage").text == text)
  }

  @Test("references in attributes are resolved once")
  func attributes() throws {
    let xml =
      "<!DOCTYPE nitf [<!ENTITY m 'Monitor'>]><nitf><head><pubdata name=\"A &amp;m; B &lt; &m;&nbsp;D &eacute; AT&T\" volume='&#57;'/></head><body><body.content/></body></nitf>"
    let document = try cleanXML(xml)
    #expect(document.metadata[.publication] == "A &m; B < Monitor D é AT&T")
    #expect(document.metadata[.volume] == "9")
  }

  @Test("a document type from elsewhere is never loaded, and its entities are those of HTML")
  func documentType() throws {
    let xml = """
      <!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd" [<!ENTITY % more SYSTEM "http://127.0.0.1:9/x"> %more;
      <!ENTITY port "Batumi"><!ENTITY rd "R&#38;D">]><nitf><body><body.content><p>&rd;&eacute;</p></body.content></body></nitf>
      """
    #expect(try cleanXML(xml).text == "R&Dé")
  }

  @Test("very many facts, one in the other, take linear time")
  func facts() throws {
    let nested =
      String(repeating: "<contrib>", count: 400) + String(repeating: "x", count: 4_000_000)
      + String(repeating: "</contrib>", count: 400)
    let authors = Self.many(100_000) { "<contrib><name><surname>Kern\($0)</surname></name></contrib><kwd>k\($0)</kwd>" }
    for front in [nested, authors] {
      let document = page(
        "<article><front><article-meta>\(front)</article-meta></front><body><p>x</p></body></article>", type: .xml)
      var result = document
      let time = try ContinuousClock().measure { result = try Clean().annotated(document) }
      #expect(result.text == "x")
      #expect(time < Self.limit * 10, "\(time)")
    }
  }

  @Test(
    "the encoding is found, whatever the declaration says",
    arguments: [
      ("UTF-16", Array("Мост".utf8)), ("no-such-encoding", Array("Мост".utf8)),
      ("windows-1251", [0xCC, 0xEE, 0xF1, 0xF2]),
      ("US-ASCII", Array("Мост".utf8)),
    ] as [(String, [UInt8])])
  func encodings(declared: String, bytes: [UInt8]) throws {
    let head = "<?xml version='1.0' encoding='\(declared)'?><nitf><body><body.content><p>"
    let xml = Array(head.utf8) + bytes + Array("</p></body.content></body></nitf>".utf8)
    #expect(try Clean().annotated(page(xml, type: .xml)).text == "Мост")
  }

  @Test("a document cut off anywhere is read or refused", arguments: XMLDocuments.all.indices)
  func truncated(index: Int) throws {
    let bytes = Array(XMLDocuments.all[index].utf8)
    var worker = try Clean().makeWorker(StageContext())
    for count in stride(from: 0, through: bytes.count, by: 7) {
      var document = page(Array(bytes[..<count]), type: .xml)
      do { try worker.annotate(&document) } catch { #expect("\(error)".contains("line "), "\(error)") }
    }
  }

  @Test("documents damaged by chance are read, with blocks inside the document, or refused", arguments: 0..<8)
  func damaged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var worker = try Clean().makeWorker(StageContext())
    for _ in 0..<300 {
      var bytes = Array((XMLDocuments.all.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: place)
        case 2: bytes.remove(at: place)
        default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      var document = page(bytes, type: .xml)
      guard (try? worker.annotate(&document)) != nil else { continue }
      var end: UInt32 = 0
      for block in document[Block.self] {
        #expect(block.span.start >= end && block.span.start < block.span.end)
        if let source = block.source { #expect(source.start < source.end && Int(source.end) <= bytes.count) }
        end = block.span.end
      }
    }
  }

  private static let pieces = [
    "&", "<", ">", "]]>", "<![CDATA[", "&#", "&amp;", "<!--", "-->", "<p>", "</p>", "<br/>", "<?x?>", "\u{0}", "\r\n",
    "\"",
    "<note>", "<table>", "xmlns='x'", "&port;", "é",
  ]

  @Test(
    "megabytes of anything take linear time",
    arguments: [
      "<p>word</p>", "word ", "&amp;", "&nbsp;", "&", "<em>a</em>", "<!-- c -->", "<?pi?>", "<![CDATA[x]]>",
      "<p><fn>a</fn></p>",
      "<p>a<fn>b</fn></p>", "é", "\r\n", "<table><tr><td>a</td></tr></table>", "<sup>1</sup>", "<p a='&lt;'>b</p>",
      "]]>",
    ])
  func large(part: String) throws {
    let body = String(repeating: part, count: 4_000_000 / part.utf8.count)
    let document = page(Self.nitf(body), type: .xml)
    var text = ""
    let time = try ContinuousClock().measure { text = try Clean().annotated(document).text }
    #expect(text.isEmpty == ["<!-- c -->", "<?pi?>", "&nbsp;", "\r\n"].contains(part))
    #expect(time < Self.limit * 10, "\(time)")
  }
}
