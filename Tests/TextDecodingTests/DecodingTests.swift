import Foundation
import TextDecoding
import Testing

/// A text of our own in one encoding: `encoding`, whether detection must tell it, text, bytes.
struct EncodedText: Sendable, CustomTestStringConvertible {
  let encoding: String
  let isDetected: Bool
  let text: String
  let bytes: [UInt8]
  var testDescription: String { encoding }

  static let all: [EncodedText] = {
    guard let url = Bundle.module.url(forResource: "encoded", withExtension: "tsv", subdirectory: "Data"),
      let table = try? String(contentsOf: url, encoding: .utf8)
    else { return [] }
    return table.split(separator: "\n").map { line in
      let cells = line.split(separator: "\t").map(String.init)
      return EncodedText(
        encoding: cells[0], isDetected: cells[1] == "detected", text: cells[2], bytes: fromHexadecimal(cells[3]))
    }
  }()
}

func fromHexadecimal(_ text: String) -> [UInt8] {
  let digits = Array(text)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
}

@Suite("Decoding")
struct DecodingTests {
  @Test("the table is there") func table() { #expect(EncodedText.all.count == 18) }

  @Test("believes the transport", arguments: EncodedText.all)
  func transport(example: EncodedText) {
    let decoded = decode(example.bytes, transport: example.encoding)
    #expect(decoded == DecodedText(text: example.text, encoding: example.encoding, from: .transport))
  }

  @Test("believes a declaration that the bytes don't contradict", arguments: EncodedText.all)
  func declaration(example: EncodedText) {
    let decoded = decode(example.bytes, declared: example.encoding.uppercased())
    #expect(decoded == DecodedText(text: example.text, encoding: example.encoding, from: .declaration))
  }

  @Test("tells by the bytes what nothing declares", arguments: EncodedText.all.filter(\.isDetected))
  func detection(example: EncodedText) {
    // Only the text is compared: ISO's and Windows' sets often agree on all of it.
    #expect(decode(example.bytes).text == example.text)
  }

  @Test(
    "a byte order mark decides against everything else and is no text",
    arguments: [
      ("efbbbfc3a9", "utf-8"), ("fffee900", "utf-16le"), ("feff00e9", "utf-16be"), ("fffe0000e9000000", "utf-32le"),
    ])
  func byteOrderMark(hexadecimal: String, encoding: String) {
    let decoded = decode(fromHexadecimal(hexadecimal), transport: "koi8-r", declared: "shift_jis")
    #expect(decoded == DecodedText(text: "é", encoding: encoding, from: .bom))
  }

  @Test(
    "a label means what pages that carry it are written in",
    arguments: [
      ("ISO-8859-1", "93", "“"), ("us-ascii", "e9", "é"), ("latin1", "81", "\u{81}"), ("gb2312", "e946", "镕"),
      ("Shift_JIS", "8740", "①"), ("euc-kr", "8c63", "똠"), ("ks_c_5601-1987", "b0a1", "가"),
      ("iso-8859-9", "99", "™"), ("tis-620", "85", "…"), ("\"windows-1251\"", "c0", "А"), ("x-sjis", "fa40", "ⅰ"),
    ])
  func labels(label: String, hexadecimal: String, text: String) {
    #expect(decode(fromHexadecimal(hexadecimal), transport: label).text == text)
  }

  @Test("valid UTF-8 overrules a declaration that says otherwise")
  func contradictedDeclaration() {
    let decoded = decode(Array("Łódź – déjà vu".utf8), declared: "iso-8859-1")
    #expect(decoded == DecodedText(text: "Łódź – déjà vu", encoding: "utf-8", from: .utf8))
  }

  @Test("a declaration of UTF-8 on bytes that are something else goes to detection")
  func wrongUTF8() throws {
    let russian = try #require(EncodedText.all.first { $0.encoding == "windows-1251" })
    let decoded = decode(russian.bytes, declared: "utf-8")
    #expect(decoded == DecodedText(text: russian.text, encoding: "windows-1251", from: .detection))
  }

  @Test("a damaged character does not make UTF-8 something else")
  func damage() {
    let text = "Überprüfung für Männer und Frauen – „öffentlich“"
    #expect(decode(Array(text.utf8) + [0xE2, 0x80]).text == text + "\u{FFFD}")
    #expect(decode([0xFF] + Array(text.utf8)).encoding == "utf-8")
  }

  @Test("a declaration of UTF-16 on a page that can be read byte by byte is not believed")
  func declaredWide() {
    #expect(decode(Array("plain".utf8), declared: "utf-16").encoding == "utf-8")
    #expect(decode([0x63, 0x61, 0x66, 0xE9], declared: "utf-16").text == "café")
  }

  @Test("quotation marks alone are windows-1252, not whatever a detector makes of them")
  func punctuation() {
    let decoded = decode(Array("He said ".utf8) + [0x93] + Array("no".utf8) + [0x94, 0x20, 0x97, 0x20, 0x85])
    #expect(decoded == DecodedText(text: "He said “no” — …", encoding: "windows-1252", from: .fallback))
  }

  @Test(
    "what can't be read becomes U+FFFD and swallows no ASCII",
    arguments: [
      ("shift_jis", "41813c62", "A\u{FFFD}<b"), ("shift_jis", "4181", "A\u{FFFD}"),
      ("gb18030", "ff41", "\u{FFFD}A"), ("utf-16le", "410000d84200", "A\u{FFFD}B"), ("utf-16le", "410042", "A\u{FFFD}"),
      ("utf-8", "41ff42", "A\u{FFFD}B"), ("big5", "8862", "Ê̄"),
    ])
  func invalid(label: String, hexadecimal: String, text: String) {
    #expect(decode(fromHexadecimal(hexadecimal), transport: label).text == text)
  }

  @Test("nothing and zero bytes are borne")
  func odd() {
    #expect(decode([]).text == "")
    #expect(decode([0]).text == "\u{0}")
    #expect(decode([0x61, 0, 0, 0x62]).text == "a\u{0}\u{0}b")
    #expect(decode([0xEF, 0xBB, 0xBF]) == DecodedText(text: "", encoding: "utf-8", from: .bom))
    #expect(decode([0x61], transport: "no such thing", declared: "nor this").encoding == "utf-8")
  }

  @Test("a long text comes out whole, also across the converter's chunks")
  func long() throws {
    let japanese = try #require(EncodedText.all.first { $0.encoding == "shift_jis" })
    let bytes = Array(repeatElement(japanese.bytes, count: 1000).joined())
    #expect(decode(bytes, declared: "sjis").text == String(repeating: japanese.text, count: 1000))
  }

  @Test("many threads may decode at once")
  func threads() async {
    let wrong = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { EncodedText.all.count { decode($0.bytes, declared: $0.encoding).text != $0.text } }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }
}

@Suite("A declaration in markup")
struct DeclarationTests {
  @Test(
    "is found",
    arguments: [
      (#"<?xml version="1.0" encoding="KOI8-R"?><a/>"#, "koi8-r"),
      (#"<?xml version='1.0' encoding = 'utf-8' ?>"#, "utf-8"),
      ("<html><head><meta charset=windows-1251>", "windows-1251"),
      (#"<META CHARSET=" GB2312 "/>"#, "gb2312"),
      (#"<!-- <meta charset="a"> --><meta name=x><meta charset='b'>"#, "b"),
      (#"<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">"#, "shift_jis"),
      (#"<meta content="text/html;charset='big5'" http-equiv=content-type>"#, "big5"),
      (#"<?xml version="1.0"?><meta charset="euc-kr">"#, "euc-kr"),
      (String(repeating: "<script>a</script>", count: 100) + "<meta charset=x>", "x"),
    ])
  func found(markup: String, label: String) {
    #expect(declaredEncoding(inMarkup: Array(markup.utf8)) == label)
  }

  @Test(
    "is not made up",
    arguments: [
      "", "<", "<meta", "<meta ", "<meta charset", "<meta charset=", #"<meta charset=""#, "<!--",
      "<!-- <meta charset=x>",
      "<metadata charset=x>", "text charset=x", #"<meta name="a" content="text/html; charset=x">"#, "<?xml", "<?xml a=",
      String(repeating: " ", count: 20_000) + "<meta charset=x>",
    ])
  func absent(markup: String) {
    let label = declaredEncoding(inMarkup: Array(markup.utf8))
    #expect(label == nil || label == "")
  }

  @Test("is seen in UTF-16 without a mark")
  func wide() {
    #expect(declaredEncoding(inMarkup: Array("<?xml ?>".utf16).flatMap { [UInt8($0), 0] }) == "utf-16le")
  }
}
