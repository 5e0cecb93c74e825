import JSON
import Testing

@Suite("Reading JSON")
struct JSONParsingTests {
  @Test("gives values with the order of keys kept")
  func values() throws {
    let value = try JSONValue(parsing: #" {"z": [1, -2.5, 1e3, true, null], "a": {"é": "x\n\ud83d\ude42"}} "#)
    #expect(value == ["z": [1, -2.5, .number(1000), true, nil], "a": ["é": "x\n🙂"]])
    #expect(value["z"]?[0]?.integer == 1)
    #expect(value["z"]?[0]?.number == 1)
    #expect(value["z"]?[9] == nil)
    #expect(value["a"]?["é"]?.string == "x\n🙂")
    #expect(value["none"] == nil)
  }

  @Test("takes the last of two equal keys")
  func twice() throws {
    #expect(try JSONValue(parsing: #"{"a": 1, "a": 2}"#)["a"] == 2)
  }

  @Test("keeps whole numbers that fit and makes others floating")
  func numbers() throws {
    #expect(try JSONValue(parsing: "9223372036854775807") == .integer(.max))
    #expect(try JSONValue(parsing: "9223372036854775808") == .number(9_223_372_036_854_775_808))
    #expect(try JSONValue(parsing: "-0").number?.sign == .minus)
  }

  @Test(
    "refuses what is no JSON, with the place",
    arguments: [
      ("", 0, "ends too early"), ("{", 1, "ends too early"), ("[1] x", 4, ""), ("[1] [2]", 4, "garbage"),
      ("[1,]", 3, "token"), ("{\"a\" 1}", 5, ""), ("nul", 3, "invalid string"), ("[\"\t\"]", 2, ""),
      ("[1e999]", 6, "too large"),
      (#"["\ud83d"]"#, 2, "surrogate"), (#"["\ude42"]"#, 2, "surrogate"), (#"["\ud83dx"]"#, 2, "surrogate"),
      ("[NaN]", 1, ""),
      ("\u{FEFF}[]", 0, ""),
    ])
  func refusals(text: String, near offset: Int, words: String) {
    let problem = #expect(throws: JSONProblem.self) { try JSONValue(parsing: text) }
    #expect(abs((problem?.offset ?? -9) - offset) <= 1, "\(problem as Any)")
    #expect(words.isEmpty || problem?.message.contains(words) == true, "\(problem as Any)")
  }

  @Test(
    "refuses bytes that are not UTF-8",
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
    ])
  func utf8(bytes: [UInt8]) {
    #expect(throws: JSONProblem.self) { try JSONValue(parsing: bytes) }
  }

  @Test("refuses nesting beyond its limit and takes what is within")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    let deepest = try JSONValue(parsing: nested(512))
    #expect(deepest.bytes() == Array(nested(512).utf8))
    let problem = #expect(throws: JSONProblem.self) { try JSONValue(parsing: nested(100_000)) }
    #expect(problem?.message.contains("512") == true)
  }

  @Test("bears any piece of a text")
  func prefixes() {
    let text = Array(#"{"a":[1,2.5e-3,"\u00e9\ud83d\ude42\\",{"b":null}],"c":true}"#.utf8)
    for end in 0..<text.count {
      #expect(throws: JSONProblem.self) { try JSONValue(parsing: text[..<end]) }
    }
  }
}

@Suite("Writing JSON")
struct JSONWriterTests {
  @Test(
    "gives back what was read",
    arguments: [
      #"{"a":[1,-2.5,1e-07,true,null,[],{}],"b":{"é":"x\n\"\\/"},"c":9223372036854775807}"#, "[]", "0", "-7", #""""#,
    ])
  func roundTrip(text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(String(decoding: value.bytes(), as: UTF8.self) == text)
    #expect(try JSONValue(parsing: value.bytes(.indented)) == value)
  }

  @Test("escapes control characters, quotation marks and backslashes and nothing else")
  func escapes() throws {
    for count in 0..<20 {
      for scalar in (0..<0x180).compactMap(UnicodeScalar.init) + ["\u{2028}", "🙂", "\u{FFFF}"] {
        let text = String(repeating: "é", count: count) + String(Character(scalar)) + "tail of text"
        let bytes = JSONValue.string(text).bytes()
        #expect(try JSONValue(parsing: bytes) == .string(text))
        #expect(!bytes.contains { $0 < 0x20 })
      }
    }
    #expect(
      JSONValue.string("\u{1}\u{1F}\u{7F}\u{2028}\t\"").bytes() == Array("\"\\u0001\\u001f\u{7F}\u{2028}\\t\\\"\"".utf8)
    )
  }

  @Test("writes numbers in their shortest form and what is not finite as null")
  func numbers() {
    #expect(
      JSONValue.array([0.1, 1, 1e300, .number(.nan), .number(.infinity), .number(100)]).bytes()
        == Array("[0.1,1,1e+300,null,null,100.0]".utf8))
    #expect(JSONValue.array([.integer(.min), 10, 99, 100]).bytes() == Array("[-9223372036854775808,10,99,100]".utf8))
  }

  @Test("indents by two spaces and leaves empty lists and objects on one line")
  func indented() {
    let value: JSONValue = ["a": [1, ["b": []]], "c": [:]]
    #expect(
      String(decoding: value.bytes(.indented), as: UTF8.self) == """
        {
          "a": [
            1,
            {
              "b": []
            }
          ],
          "c": {}
        }
        """)
  }

  @Test("parts lines and takes values that are JSON already")
  func lines() {
    var json = JSONWriter()
    json.beginArray()
    json.raw(Array("{\"a\":1}".utf8))
    json.integer(2)
    json.endArray()
    json.newline()
    json.string(utf8: "x\"".utf8Span.span)
    json.newline()
    #expect(json.text == "[{\"a\":1},2]\n\"x\\\"\"\n")
  }
}
