import CleanStage
import Learning
import PipelineKit
import PipelineTesting
import Testing

/// Where in the original a block was read.
@Suite struct XMLSourceTests {
  /// The text of a document as NITF, and the ranges from which its blocks are to be read.
  @Test(
    "each block knows the bytes from which it was read",
    arguments: [
      ("<p>One &amp; two.</p><p>Three.</p>", ["One &amp; two.", "Three."]),
      ("<p>&uuml; and &#252;</p><p>&port; or &#x416;</p>", ["&uuml; and &#252;", "&port; or &#x416;"]),
      ("<p> <b>fat</b> text <!-- no --> goes on </p>", ["fat</b> text <!-- no --> goes on"]),
      ("<p><![CDATA[a < b]]> and c</p><p><![CDATA[alone]]></p>", ["a < b]]> and c", "alone"]),
      (
        "<p>one\r\ntwo</p>\r\n<p><![CDATA[three\r\nfour]]></p>\r\n<p>\r\nfive</p>",
        ["one\r\ntwo", "three\r\nfour", "five"]
      ),
      ("<!-- c --><?pi x?><p>pi<?pi y?>ped</p><!-- d -->", ["pi<?pi y?>ped"]),
      ("<p>AT&T & more</p><p>x < 5 ]]> y</p><p>bell\u{7}s</p>", ["AT&T & more", "x < 5 ]]> y", "bell\u{7}s"]),
      ("<p>&unknown; stays, as does &nbsp;</p>", ["&unknown; stays, as does"]),
      ("<p a='&lt;&gt;&uuml;' b=\"x > y\">attributes</p><br/><p/><p>last</p>", ["attributes", "last"]),
      ("<p>\(long("ж"))</p><p>\(long("a"))</p>", [long("ж"), long("a")]),
      ("<p>ä&uuml;ö <em>ß</em></p>", ["ä&uuml;ö <em>ß"]),
    ])
  func ranges(body: String, expected: [String]) throws {
    for lead in ["", "\u{FEFF}", "<?xml version='1.0' encoding='UTF-8'?>\n"] {
      let xml =
        "\(lead)<!DOCTYPE nitf [<!ENTITY port \"Batumi, by the sea\">]><nitf><body><body.content>\(body)</body.content></body></nitf>"
      let document = try cleanXML(xml)
      #expect(document.sources == expected)
    }
  }

  @Test("a note in the midst of a paragraph has its own bytes, inside those of the paragraph")
  func note() throws {
    let xml = "<TEI><text><body><p>The ferry<note>It &amp; all <hi>sank</hi>.</note> waits.</p></body></text></TEI>"
    #expect(
      try cleanXML(xml).sources == [
        "The ferry<note>It &amp; all <hi>sank</hi>.</note> waits.", "It &amp; all <hi>sank</hi>.",
      ])
  }

  @Test(
    "in all documents of ours the text at a block's bytes, resolved, is the block's",
    arguments: XMLDocuments.all.indices)
  func samples(index: Int) throws { try expectSources(XMLDocuments.all[index]) }

  @Test("and so it is where white space, references and comments are put between the words", arguments: 0..<20)
  func mutated(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for xml in XMLDocuments.all {
      var mutated = ""
      var isTag = false
      for character in xml {
        if character == "<" { isTag = true }
        if !isTag && character == " " {
          mutated +=
            [" ", "\n", "\r\n", "<!-- & -->", " &#32;", "&#160;", " <?p?>", "  "].randomElement(using: &random) ?? " "
        }
        mutated.append(character)
        if character == ">" { isTag = false }
      }
      try expectSources(mutated, sameAs: cleanXML(xml).text)
    }
  }

  /// - Parameter text: what the text is to be, but for blanks.
  private func expectSources(_ xml: String, sameAs text: String? = nil) throws {
    let document = try cleanXML(xml)
    if let text { #expect(document.text.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace }) }
    #expect(!document[Block.self].isEmpty)
    for (block, source) in zip(document[Block.self], document.sources) {
      let wanted = document.text(in: block.span).filter { !$0.isWhitespace }
      let found = resolved(source).filter { !$0.isWhitespace }
      // Marks, formulas and notes that stand in it are not its text.
      var rest = found[...]
      for character in wanted {
        rest = rest.drop { $0 != character }
        #expect(rest.first == character, "\(wanted) is not read from \(source)")
        rest = rest.dropFirst()
      }
      #expect(found.first == wanted.first && found.last == wanted.last, "\(wanted) is read from too much: \(source)")
    }
  }

  /// XML as text: tags and comments taken out, references resolved.
  private func resolved(_ xml: String) -> String {
    var text = xml.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "")
    text = text.replacing("<![CDATA[", with: "").replacing("]]>", with: "").replacing(/<[^>]*>/, with: "")
    text = text.replacing(/&#(\d+);/) { UInt32($0.1).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "" }
    for (name, character) in [("port", "Batumi"), ("lt", "<"), ("gt", ">"), ("amp", "&")] {
      text = text.replacing("&\(name);", with: character)
    }
    return text
  }

  private static func long(_ letter: Character) -> String {
    (0..<400).map { _ in String(repeating: letter, count: 7) }.joined(separator: " ")
  }
}

extension Document {
  /// The bytes of the original that each block says it was read from.
  fileprivate var sources: [String] {
    self[Block.self].map { block in block.source.map { String(decoding: raw[$0.bytes], as: UTF8.self) } ?? "" }
  }
}
