import DocumentRecord
import Learning
import Testing

@Suite("Offsets")
struct OffsetTests {
  @Test("agree with what the standard library counts, both ways", arguments: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  func counting(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    let text = (0..<40).map { _ in pieces.randomElement(using: &dice) ?? "" }.joined()
    let bytes = Array(text.utf8)
    for unit in OffsetUnit.allCases {
      let offsets = TextOffsets(bytes, unit: unit)
      var valid: Set<Int> = []
      for byte in boundaries(of: text) {
        let head = String(decoding: bytes[..<byte], as: UTF8.self)
        let expected =
          switch unit {
          case .codepoint: head.unicodeScalars.count
          case .utf8: byte
          case .utf16: head.utf16.count
          }
        #expect(offsets.unit(atByte: byte) == expected)
        #expect(offsets.byte(atUnit: expected) == byte)
        valid.insert(expected)
      }
      for number in -1...(bytes.count + 1) where !valid.contains(number) {
        #expect(offsets.byte(atUnit: number) == nil, "\(unit) \(number)")
      }
      #expect(offsets.count == valid.max())
    }
  }

  @Test("behind the text count as its end")
  func behind() {
    #expect(TextOffsets(Array("né".utf8), unit: .codepoint).unit(atByte: 99) == 2)
    #expect(TextOffsets([], unit: .utf16).byte(atUnit: 0) == 0)
    #expect(TextOffsets([], unit: .utf16).byte(atUnit: 1) == nil)
  }
}
