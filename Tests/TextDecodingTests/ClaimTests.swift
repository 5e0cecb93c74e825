import Foundation
import PipelineTesting
import TextDecoding
import Testing

/// A text of our own and the encodings in which its language is written.
struct NationalText: Sendable, CustomTestStringConvertible {
  let language: String
  let encodings: [String]
  let text: String
  var testDescription: String { "\(language), \(text.count)" }

  static let all: [NationalText] = {
    guard let url = Bundle.module.url(forResource: "texts", withExtension: "tsv", subdirectory: "Data"),
      let table = try? String(contentsOf: url, encoding: .utf8)
    else { return [] }
    return table.split(separator: "\n").map { line in
      let cells = line.split(separator: "\t").map(String.init)
      return NationalText(
        language: cells[0], encodings: cells[1].split(separator: " ").map(String.init), text: cells[2])
    }
  }()

  /// The text in a page that has more markup than text.
  var page: String {
    let menu = (1...20).map { "<li><a href=\"/section/\($0)\">Section \($0)</a></li>" }.joined(separator: "\n")
    return "<html><head><title>x</title></head><body>\(menu)<p>\(text)</p>\n<script>var a = 'no text';</script></body>"
  }
}

/// The names of encodings as the C library has them.
private func iconvName(_ encoding: String) -> String {
  [
    "x-mac-cyrillic": "MAC-CYRILLIC", "ibm866": "CP866", "shift_jis": "CP932", "euc-kr": "UHC", "big5": "BIG5-HKSCS",
    "euc-jp": "EUC-JP-MS",
  ][encoding] ?? encoding.uppercased().replacing("WINDOWS-", with: "CP")
}

@Suite struct ClaimTests {
  @Test("the table is there") func table() { #expect(NationalText.all.count >= 30) }

  @Test("what nothing declares is told by the bytes, in bare text and in a page", arguments: NationalText.all)
  func undeclared(example: NationalText) throws {
    for encoding in example.encodings {
      for text in [example.text, example.page] {
        let bytes = try #require(encode(text, in: iconvName(encoding)), "\(encoding)")
        #expect(decode(bytes).text == text, "\(encoding)")
      }
    }
  }

  @Test("the right declaration holds, also from the transport", arguments: NationalText.all)
  func declared(example: NationalText) throws {
    for encoding in example.encodings {
      for text in [example.text, example.page, example.text.uppercased(), "<p>" + example.text.prefix(12)] {
        guard let bytes = encode(text, in: iconvName(encoding)) else { continue }
        #expect(decode(bytes, declared: encoding).text == text, "\(encoding)")
        #expect(decode(bytes, transport: encoding, declared: "windows-1252").text == text, "\(encoding)")
      }
    }
  }

  @Test("one encoding for Cyrillic in place of another is noticed by the letters", arguments: NationalText.all)
  func cyrillic(example: NationalText) throws {
    let names = ["windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866"]
    for encoding in example.encodings
    where ["ru", "uk", "be", "bg", "sr"].contains(example.language) && encoding != "x-mac-cyrillic" {
      let bytes = try #require(encode(example.page, in: iconvName(encoding)))
      for claimed in names { #expect(decode(bytes, declared: claimed).text == example.page, "\(claimed), \(encoding)") }
    }
  }

  @Test("a western encoding over text that isn't western is not believed", arguments: NationalText.all)
  func western(example: NationalText) throws {
    for encoding in example.encodings where ["ru", "uk", "be", "bg", "el", "ar", "he"].contains(example.language) {
      let bytes = try #require(encode(example.page, in: iconvName(encoding)))
      for claimed in ["iso-8859-1", "windows-1252", "windows-1250"] {
        #expect(decode(bytes, declared: claimed).text == example.page, "\(claimed), \(encoding)")
        #expect(decode(bytes, transport: claimed).text == example.page, "\(claimed), \(encoding)")
      }
    }
  }

  @Test("rows of no-break spaces, dashes and quotation marks are western text")
  func rows() throws {
    let text = String(
      repeating: "<p>\u{A0}\u{A0}\u{A0}— « mot »\u{A0}: “à”\u{A0}»\u{A0}———\u{A0}\u{A0}é\u{A0}» •\u{A0}•\u{A0}…”</p>",
      count: 50)
    let bytes = try #require(encode(text, in: "CP1252"))
    for label in ["iso-8859-1", "windows-1252"] { #expect(decode(bytes, declared: label).text == text) }
    #expect(decode(bytes).text == text)
  }

  @Test("an encoding for Cyrillic over western text is not believed")
  func notCyrillic() throws {
    for example in NationalText.all where ["de", "fr", "es", "sv"].contains(example.language) {
      let bytes = try #require(encode(example.page, in: "CP1252"))
      #expect(decode(bytes, declared: "windows-1251").text == example.page, "\(example.language)")
    }
  }

  @Test(
    "Windows' encoding in place of ISO's, and the other way round, is noticed by bytes that only one has letters in")
  func centralEuropean() throws {
    let text = "Kapitan „był” w środę na łąkach, skąd wrócił z powodzią"
    let windows = try #require(encode(text, in: "CP1250"))
    #expect(decode(windows, declared: "iso-8859-2").text == text)
    let plain = text.replacing("„", with: "").replacing("”", with: "")
    let iso = try #require(encode(plain, in: "ISO-8859-2"))
    #expect(decode(iso, declared: "windows-1250").text == plain)
    #expect(
      decode(Array("5 ".utf8) + [0xB5] + Array("m, 3 ".utf8) + [0xB1] + Array("1".utf8), declared: "windows-1250").text
        == "5 µm, 3 ±1")
  }

  @Test("pairs of bytes in another encoding than declared go to detection", arguments: NationalText.all)
  func pairs(example: NationalText) throws {
    for encoding in example.encodings where ["ja", "zh", "ko"].contains(example.language) && encoding != "iso-2022-jp" {
      let bytes = try #require(encode(example.page, in: iconvName(encoding)))
      #expect(decode(bytes, declared: "utf-8").text == example.page, "\(encoding)")
      let wrong = ["shift_jis", "euc-jp", "big5", "gb18030", "euc-kr"].filter { claimed in
        claimed != encoding && decode(bytes, declared: claimed).text.contains("\u{FFFD}")
      }
      #expect(wrong.isEmpty, "\(encoding)")
    }
  }

  @Test("a broken byte or two don't make a right declaration wrong", arguments: NationalText.all)
  func damaged(example: NationalText) throws {
    for encoding in example.encodings where encoding != "iso-2022-jp" {
      for text in [example.page, String(repeating: example.page, count: 5)] {
        var bytes = try #require(encode(text, in: iconvName(encoding)))
        for damage in [[0xFF], [0x81], [0xE3], [0xA0, 0x20, 0xFD]] as [[UInt8]] {
          for place in [bytes.count / 3, bytes.count - 60] {
            bytes.insert(contentsOf: [0x3E] + damage + [0x3C], at: place)
            let decoded = decode(bytes, declared: encoding)
            #expect(decoded.encoding == encoding, "\(encoding), \(damage)")
          }
        }
      }
    }
  }

  @Test(
    "valid UTF-8 is UTF-8, whoever says otherwise",
    arguments: ["iso-8859-1", "windows-1252", "windows-1251", "koi8-r", "gb2312", "big5", "windows-1254", "utf-16"])
  func valid(claimed: String) {
    // Of three characters and less, pairs of bytes may be meant.
    for example in NationalText.all where example.text.unicodeScalars.count(where: { !$0.isASCII }) > 3 {
      let bytes = Array(example.page.utf8)
      #expect(decode(bytes, declared: claimed).text == example.page)
      #expect(decode(bytes, transport: claimed).text == example.page)
    }
  }

  @Test("UTF-8 with some broken bytes stays UTF-8, whoever says otherwise")
  func broken() {
    let page = NationalText.all.first { $0.language == "ru" }?.page ?? ""
    for claimed in ["utf-8", "windows-1251", "iso-8859-1", nil] {
      let bytes = Array(page.utf8) + [0xD0, 0x3C, 0x62, 0x72, 0x3E, 0xFF]
      #expect(decode(bytes, declared: claimed).text == page + "\u{FFFD}<br>\u{FFFD}")
      #expect(decode(bytes, transport: claimed).text == page + "\u{FFFD}<br>\u{FFFD}")
    }
  }

  @Test("UTF-16 is told with and without a mark, in any alphabet", arguments: ["UTF-16LE", "UTF-16BE"])
  func wide(encoding: String) throws {
    for example in NationalText.all {
      let page = "<html>\n<meta charset=utf-16>\n<p>" + example.text
      let bytes = try #require(encode(page, in: encoding))
      #expect(decode(bytes).text == page)
      #expect(decode(bytes, declared: declaredEncoding(inMarkup: bytes)).text == page)
      let mark = try #require(encode("\u{FEFF}", in: encoding))
      #expect(
        decode(mark + bytes, declared: "windows-1252")
          == DecodedText(text: page, encoding: encoding.lowercased(), from: .bom))
    }
  }
}

@Suite struct SourceOffsetTests {
  @Test("every offset leads back to where the character stands in the original", arguments: NationalText.all)
  func everyOffset(example: NationalText) throws {
    for encoding in example.encodings + ["utf-8", "utf-16le", "utf-16be"] where encoding != "iso-2022-jp" {
      let bytes = try #require(encode(example.page, in: iconvName(encoding)))
      try expect(example.page, bytes, iconvName(encoding), claimed: encoding)
    }
  }

  @Test("so does a long text, past the converter's chunks", arguments: ["SHIFT_JIS", "GB18030", "UTF-16LE", "EUC-JP"])
  func long(encoding: String) throws {
    let text = String(repeating: "外相は会見で、来月の会談について述べた。\n", count: 700)
    try expect(text, try #require(encode(text, in: encoding)), encoding, claimed: encoding)
  }

  @Test("after escapes a text begins with the one that says how to read it")
  func escapes() throws {
    let page = "<p>外相は会見で</p><p>ABC 交渉は三月</p><p>plain</p>"
    let bytes = try #require(encode(page, in: "ISO-2022-JP"))
    let decoded = decodeBytes(bytes, declared: "iso-2022-jp")
    let marks = ["外", "</p><p>ABC", "交", "</p><p>plain"].map { page.utf8.distance(to: $0) }
    let found = decoded.originals(of: marks, in: bytes).map {
      PipelineTesting.decode(bytes[$0...], in: "ISO-2022-JP")?.prefix(3)
    }
    #expect(found == ["外相は", "</p", "交渉は", "</p"])
  }

  @Test("broken bytes, marks and repairs are counted")
  func moved() throws {
    let parts: [[UInt8]] = [
      [0xEF, 0xBB, 0xBF], Array("Überall für Männer: éééé éééé".utf8), [0xFF], Array("a — ".utf8), [0xE2, 0x80],
      Array("b éé".utf8),
    ]
    for parts in [parts, Array(parts.dropFirst())] {
      let bytes = Array(parts.joined())
      let decoded = decodeBytes(bytes)
      #expect(decoded.encoding == "utf-8")
      let text = String(decoding: decoded.utf8, as: UTF8.self)
      for mark in ["Ü", "é\u{FFFD}", "a —", "b é"] {
        let original = decoded.originals(of: [text.utf8.distance(to: mark)], in: bytes)[0]
        #expect(bytes[original...].starts(with: mark.utf8.prefix(2)), "\(mark)")
      }
    }
  }

  private func expect(_ text: String, _ bytes: [UInt8], _ iconvName: String, claimed: String) throws {
    let decoded = decodeBytes(bytes, declared: claimed)
    #expect(String(decoding: decoded.utf8, as: UTF8.self) == text, "\(claimed)")
    var (offsets, lengths) = ([Int](), [Int]())
    var offset = 0
    for scalar in text.unicodeScalars {
      offsets.append(offset)
      lengths.append(try #require(encode(String(scalar), in: iconvName)).count)
      offset += UTF8.width(scalar)
    }
    var expected: [Int] = []
    var original = 0
    for length in lengths {
      expected.append(original)
      original += length
    }
    #expect(decoded.originals(of: offsets + [offset], in: bytes) == expected + [bytes.count], "\(claimed)")
  }
}

extension String.UTF8View {
  /// The offset of the first place where a text stands.
  fileprivate func distance(to text: String) -> Int {
    let all = Array(self)
    return all.indices.first { all[$0...].starts(with: text.utf8) } ?? -1
  }
}
