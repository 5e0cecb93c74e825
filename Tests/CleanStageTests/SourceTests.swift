import CleanStage
import Foundation
import Learning
import PipelineKit
import PipelineTesting
import Testing

/// Where a block says that it came from, its text stands in the original, whatever the encoding.
@Suite struct SourceTests {
  /// Encoding as pages name it, as the C library does, and two sentences of a language that is written in it.
  static let encodings: [(label: String, iconv: String, texts: (String, String))] = [
    ("utf-8", "UTF-8", russian), ("windows-1251", "CP1251", russian), ("koi8-r", "KOI8-R", russian),
    ("iso-8859-5", "ISO-8859-5", russian), ("ibm866", "CP866", russian), ("koi8-u", "KOI8-U", ukrainian),
    ("windows-1250", "CP1250", polish), ("iso-8859-2", "ISO-8859-2", polish), ("windows-1252", "CP1252", french),
    ("windows-1254", "CP1254", turkish), ("shift_jis", "CP932", japanese), ("euc-jp", "EUC-JP-MS", japanese),
    ("iso-2022-jp", "ISO-2022-JP", japanese), ("gb18030", "GB18030", chinese), ("big5", "BIG5", taiwanese),
    ("euc-kr", "UHC", korean), ("utf-16", "UTF-16LE", russian), ("utf-16", "UTF-16BE", japanese),
  ]
  static let russian = ("Мост открыли в пятницу, после долгой ссоры.", "Никто не был доволен, и порт ждал парома.")
  static let ukrainian = (
    "Міст відкрили в п'ятницю, після довгої сварки.", "Ніхто не був задоволений, і порт чекав на пором."
  )
  static let polish = ("Most otwarto w piątek, po długiej kłótni.", "Nikt nie był zadowolony, a port czekał na źródło.")
  static let french = (
    "Le pont a été ouvert à la fin de l'été.", "Personne n'était content, et le port espérait un ferry."
  )
  static let turkish = (
    "Köprü uzun bir kavgadan sonra açıldı, şaşırtıcı.", "Kimse memnun değildi, liman bir feribot bekliyordu."
  )
  static let japanese = ("橋は長い争いの末に金曜日に開通した。", "誰も満足しなかった。港はフェリーを望んでいた。")
  static let chinese = ("经过长时间的争吵，大桥于星期五通车。", "没有人满意，港口本来希望有一艘渡轮。")
  static let taiwanese = ("經過長時間的爭吵，大橋於星期五通車。", "沒有人滿意，港口本來希望有一艘渡輪。")
  static let korean = ("긴 다툼 끝에 다리가 금요일에 열렸다.", "아무도 만족하지 않았고 항구는 여객선을 바랐다.")

  private func page(_ label: String, _ a: String, _ b: String) -> String {
    """
    <!DOCTYPE html>
    <html><head><meta charset="\(label)"><title>\(a)</title></head><body><nav><a href="/">\(b)</a></nav><article>
    <p>\(a) \(b) &amp; <b>\(b)</b> &#8212; <a href="x?a=1&amp;b=2">\(a)</a>&hellip; \(b)</p>
    <p>  &nbsp;<i><b>\(b)</b></i> <!-- \(a) > --> \(a)&nbsp;<span class=x>&laquo;\(b)&raquo;</span>  \t
    </p><p>\(a)<br>\(b)<br/> \(a)<br><br>\(b) \(a) &lt;\(b)&gt; a &copy 2012 so&shy;ft</p>
    <h2>\(b)</h2><ul><li>\(a), \(b)<li>\(b) <script>var a = '\(b)'</script>\(a)</ul>
    <pre>\(a)
      &quot;\(b)&quot;</pre>
    <blockquote><p>“\(a) \(b)”</p></blockquote><table><tr><th>\(a)<th>12<tr><td>\(b)<td>13</table>
    <p>\(a) <![CDATA[\(b)]]> \(b) &unknown; &#x42f; \(a)</p>
    </article><p>\(b)</p></body></html>
    """
  }

  @Test("in pages of eighteen encodings", arguments: 0..<18)
  func everyEncoding(index: Int) throws {
    let (label, iconv, texts) = Self.encodings[index]
    let html = page(label, texts.0, texts.1).unicodeScalars.filter { encode(String($0), in: iconv) != nil }
    let bytes = try #require(encode(String(String.UnicodeScalarView(html)), in: iconv))
    for mark in iconv.hasPrefix("UTF") ? ["", "\u{FEFF}"] : [""] {
      let raw = try #require(encode(mark, in: iconv)) + bytes
      for type in [MediaType.html, .xhtml] {
        let result = try Clean().annotated(CleanStageTests.page(raw, type: type))
        #expect(result[Block.self].count >= 10)
        #expect(result.text.contains(texts.0) && result.text.contains(texts.1))
        expectSources(result, iconv)
      }
    }
  }

  @Test("in the samples, and in the samples in other encodings", arguments: ["UTF-8", "CP1252", "UTF-16LE", "GB18030"])
  func samples(iconv: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../samples/edm")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    var count = 0
    for file in files where file.pathExtension == "html" && file.lastPathComponent != "empty.html" {
      var raw = Array(try Data(contentsOf: file))
      // Some are in windows-1252 themselves.
      if let text = String(validating: raw, as: UTF8.self) {
        guard let encoded = encode(text, in: iconv) else { continue }
        raw = encoded
      } else if iconv != "CP1252" {
        continue
      }
      let charset = iconv == "CP1252" ? "windows-1252" : iconv
      let result = try Clean().annotated(CleanStageTests.page(raw, charset: charset))
      expectSources(result, iconv)
      count += result[Block.self].count
    }
    #expect(count > 100)
  }

  @Test("in XML, with elements, entities and comments", arguments: ["UTF-8", "CP1251", "UTF-16LE", "KOI8-R"])
  func xml(iconv: String) throws {
    let (a, b) = Self.russian
    let label = ["CP1251": "windows-1251", "KOI8-R": "koi8-r", "UTF-16LE": "utf-16"][iconv] ?? "utf-8"
    let xml = """
      <?xml version="1.0" encoding="\(label)"?>
      <nitf><body><body.content><p>\(a) &amp; <em>\(b)</em> &#x42f;</p><p>\(a)<em>\(b)</em>, &quot;\(a)</p>
      <p>\(b)<!-- \(a) --> \(a)</p></body.content></body></nitf>
      """
    let result = try Clean().annotated(CleanStageTests.page(try #require(encode(xml, in: iconv)), type: .xml))
    #expect(result[Block.self].count == 3)
    expectSources(result, iconv)
  }

  @Test("in damaged pages the bytes are at least those of the page, in order", arguments: 0..<16)
  func damaged(index: Int) throws {
    let (label, iconv, texts) = Self.encodings[index]
    let html = page(label, texts.0, texts.1).unicodeScalars.filter { encode(String($0), in: iconv) != nil }
    let whole = try #require(encode(String(String.UnicodeScalarView(html)), in: iconv))
    var random = SeededGenerator(seed: UInt64(index))
    var worker = try Clean().makeWorker(StageContext())
    for _ in 0..<40 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default:
          bytes.insert(contentsOf: [0x1B, 0xFF, 0x81, 0x24].prefix(Int.random(in: 1...4, using: &random)), at: place)
        }
      }
      var document = CleanStageTests.page(bytes)
      try worker.annotate(&document)
      var end: UInt32 = 0
      for source in document[Block.self].map(\.source) {
        let source = try #require(source)
        #expect(source.start >= end && source.start < source.end && source.end <= bytes.count, "\(label)")
        end = source.end
      }
    }
  }

  @Test("in UTF-8 with broken bytes, and in text that is put right")
  func moved() throws {
    let (a, b) = Self.french
    let broken =
      "<article><p>\(a) \(b)</p>".utf8 + [0xFF] + "<p>\(b) — \(a)</p><p>é".utf8 + [0xE2, 0x80] + "\(a) \(b)</p>".utf8
    let result = try Clean().annotated(CleanStageTests.page(Array(broken)))
    #expect(result[Block.self].count == 3)
    for block in result[Block.self] {
      let source = try #require(block.source)
      #expect(String(decoding: result.raw[source.bytes], as: UTF8.self) == result.text(in: block.span))
    }
    let misread = [a, b].map { $0.utf8.map { String(Unicode.Scalar($0)) }.joined() }
    let mojibake = try clean("<article><p>\(misread[0])</p><p>\(misread[1])</p></article>")
    #expect(mojibake.shown == ["paragraph: \(a)", "paragraph: \(b)"])
    #expect(mojibake.metadata["mojibake"] == "windows-1252")
    let sources = mojibake[Block.self].map { $0.source.map { String(decoding: mojibake.raw[$0.bytes], as: UTF8.self) } }
    #expect(sources == misread)
  }

  /// Every block has a source, in order, and read on its own it is the block.
  private func expectSources(_ document: Document, _ iconv: String) {
    var end: UInt32 = 0
    for block in document[Block.self] {
      guard let source = block.source else {
        Issue.record("no source: \(document.text(in: block.span))")
        continue
      }
      #expect(source.start >= end && source.end <= document.raw.count)
      end = source.end
      let original = decode(document.raw[source.bytes], in: iconv)
      #expect(
        original.map { plain(document.origin.mediaType == .xhtml ? withoutSections($0) : $0) }
          == plain(withoutNoteMarks(document.text(in: block.span)), isMarkup: false), "\(original ?? "not \(iconv)")")
    }
  }

  /// In XHTML what stands in a CDATA section is text.
  private func withoutSections(_ markup: String) -> String {
    markup.replacing(/<!\[CDATA\[(.*?)\]\]>/) { $0.output.1.replacing("&", with: "&amp;").replacing("<", with: "&lt;") }
  }
  /// The brackets around a raised number are not in the page.
  private func withoutNoteMarks(_ text: String) -> String { text.replacing(/\[(\d+)\]/) { String($0.output.1) } }

  /// A piece of a page as a reader sees it: without comments, scripts and tags, references resolved, white space as
  /// one blank.
  private func plain(_ markup: String) -> String { plain(markup, isMarkup: true) }
  private func plain(_ markup: String, isMarkup: Bool) -> String {
    var text = markup
    if isMarkup {
      text = text.replacing(/<!\[CDATA\[([^\]]*&[^\]]*)\]\]>/) { $0.output.1.replacing("&", with: "&amp;") }
      text = text.replacing(/<!--.*?-->|<script.*?<\/script>|<svg.*?<\/svg>|<[^>]*>/.dotMatchesNewlines(), with: "")
      text = text.replacing(/&#(\d+);?/) { String(UInt32($0.output.1).flatMap(Unicode.Scalar.init) ?? "?") }
      text = text.replacing(/&#x([0-9a-f]+);/) {
        String(UInt32($0.output.1, radix: 16).flatMap(Unicode.Scalar.init) ?? "?")
      }
      for (name, value) in [
        ("&nbsp;", " "), ("&hellip;", "…"), ("&laquo;", "«"), ("&raquo;", "»"), ("&copy ", "© "), ("&shy;", ""),
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&mdash;", "—"), ("&ndash;", "–"), ("&rsquo;", "’"),
        ("&ldquo;", "“"), ("&eacute;", "é"), ("&rdquo;", "”"), ("&amp;", "&"), ("&amp", "&"),
      ] { text = text.replacing(name, with: value) }
    }
    text.unicodeScalars.removeAll { $0 == "\u{AD}" || $0 == "\u{200B}" || $0 == "\u{FEFF}" }
    return text.split(whereSeparator: \.isWhitespace).joined()
  }
}
