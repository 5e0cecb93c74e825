import PipelineTesting
import TextDecoding
import Testing

@Suite struct MojibakeTests {
  /// UTF-8 read in an encoding and written as UTF-8 again; what has no meaning in it stays as a control character.
  private func misread(_ text: String, in encoding: String = "CP1252") -> String {
    text.utf8.map { byte in
      byte < 0x80 ? String(Unicode.Scalar(byte)) : decode([byte], in: encoding) ?? String(Unicode.Scalar(byte))
    }.joined()
  }

  private func repaired(_ text: String) -> (text: String, repair: MojibakeRepair?) {
    var decoded = decodeBytes(Array(text.utf8))
    decoded.repairMojibake()
    return (String(decoding: decoded.utf8, as: UTF8.self), decoded.repair)
  }

  @Test("a whole text that was read wrongly is put right, in any language", arguments: NationalText.all)
  func whole(example: NationalText) {
    for (encoding, name) in [("CP1252", "windows-1252"), ("CP1251", "windows-1251")] {
      // A text with one letter of its own beyond ASCII is left alone.
      let beyond = example.text.unicodeScalars.count { !$0.isASCII }
      guard beyond >= 8, encoding == "CP1252" || ["ru", "uk", "be", "bg"].contains(example.language) else { continue }
      let (text, repair) = repaired("<p>" + misread(example.text, in: encoding) + "</p>")
      #expect(text == "<p>" + example.text + "</p>")
      #expect(repair?.encoding == name)
    }
  }

  @Test(
    "what is certain is put right",
    arguments: [
      ("He didn’t say “why”, and she won’t.", "CP1252"), ("It’s 5 € – “café”, he said; that’s all…", "CP1252"),
      ("Überprüfung für Männer", "CP1252"), ("Мир — это «мир», и только.", "CP1252"),
      ("Мир — это «мир», и только.", "CP1251"),
      ("Don’t, won’t, can’t", "CP1251"), ("Zażółć gęślą jaźń", "CP1252"), ("It’s good 👍, isn’t it", "CP1252"),
    ])
  func certain(text: String, encoding: String) {
    #expect(repaired(misread(text, in: encoding)).text == text)
    // Twice through the same.
    #expect(repaired(misread(misread(text, in: encoding), in: encoding)).text == text)
  }

  @Test("runs are put right beside text that is good")
  func runs() {
    let bad = misread("He didn’t and won’t; the café’s closed. Мир вашему дому.")
    let good = "<p>“Good” — Überall, d’accord, «мир», été »</p>"
    let page = good + "<p>\(bad)</p>" + good
    #expect(repaired(page).text == good + "<p>He didn’t and won’t; the café’s closed. Мир вашему дому.</p>" + good)
  }

  @Test("good text is never touched", arguments: NationalText.all)
  func untouched(example: NationalText) {
    for text in [example.text, example.text.uppercased(), example.page, "« \(example.text) »", "„\(example.text)“ — …"]
    {
      let (text2, repair) = repaired(text)
      #expect(text2 == text)
      #expect(repair == nil)
    }
  }

  @Test(
    "nor is what looks odd",
    arguments: [
      "« É » et « À » : « déjà » ; « été » ; « É » ; « À »", "“MANHÔ, “AMANHÔ, “IRMÔ, “LÔ, ©Ã, NÃO, SÃO",
      "Рівне, Рік, Сіверськ, СІРІ, РІЗНІ, РІЧ, СЄ, «СССР», США», Рі, Сі, Рі", "вЂ", "Ã©",
      "The page showed â€™ for an apostrophe.",
      "Ångström, Ærø, Öland; “Å”, “Ä”, “Ö”: „Ä“ „Ö“ „Ü“", "ÐÑ Ð Ñ", "Â Â Â", "5×½ × 3×¼ × 2×¾", "ESPAÑ”, Ñ”, Ñ“",
      "СЂБ ЂЋ РЂ СЋ РЎ СЏ: Ђорђе, Ћирилица", "Þór, Ðað, ÆÐI, ð, Ð»", "â‚¬", "РЈ вЂ",
    ])
  func odd(text: String) {
    for text in [text, "<p>" + text + "</p><p>" + text + "</p>"] {
      #expect(repaired(text).text == text)
      #expect(repaired(text).repair == nil)
    }
  }

  @Test(
    "Cyrillic that was read in a western encoding is put right, beside text that is good", arguments: NationalText.all)
  func cyrillic(example: NationalText) throws {
    guard ["ru", "uk", "be", "bg", "sr"].contains(example.language) else { return }
    for encoding in example.encodings where encoding.hasPrefix("windows") || encoding.hasPrefix("koi8") {
      let name = encoding.uppercased().replacing("WINDOWS-", with: "CP")
      let misread = try #require(encode(example.text, in: name)).map { byte in
        byte < 0x80 ? String(Unicode.Scalar(byte)) : decode([byte], in: "CP1252") ?? String(Unicode.Scalar(byte))
      }.joined()
      let (text, repair) = repaired("<p>\(misread)</p><p>café déjà; ©</p>")
      #expect(text == "<p>\(example.text)</p><p>café déjà; ©</p>", "\(encoding)")
      #expect(repair?.encoding == "windows-1252")
      let bytes = Array("<p>\(misread)</p>".utf8)
      var decoded = decodeBytes(bytes)
      decoded.repairMojibake()
      let spaces = decoded.utf8.indices.filter { decoded.utf8[$0] == 0x20 }
      #expect(decoded.originals(of: spaces, in: bytes) == bytes.indices.filter { bytes[$0] == 0x20 })
    }
  }

  @Test("offsets lead back through a repair, and through a second one")
  func offsets() {
    let text = "Über „das Haus“: it’s a café, isn’t it"
    for bad in [misread(text), misread(misread(text))] {
      for mark in [[], [0xEF, 0xBB, 0xBF] as [UInt8]] {
        let bytes = mark + Array(bad.utf8)
        var decoded = decodeBytes(bytes)
        decoded.repairMojibake()
        let utf8 = Array(text.utf8)
        #expect(decoded.utf8 == utf8)
        let spaces = utf8.indices.filter { utf8[$0] == 0x20 }
        #expect(decoded.originals(of: spaces, in: bytes) == bytes.indices.filter { bytes[$0] == 0x20 })
      }
    }
  }
}
