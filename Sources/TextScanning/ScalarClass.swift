/// What a scalar is, for scanning: flags that a tagger asks for at every character.
///
/// Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic (below U+0600) and general punctuation come from a
/// table that is filled once from the Unicode properties; the rest asks the properties themselves, some
/// tens of nanoseconds a scalar, with a short cut for Han, kana and Hangul.
///
/// The flags are computed: stored constants would cost other modules a call and a `swift_once` at each use.
@frozen public struct ScalarClass: OptionSet, Sendable {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var letter: ScalarClass { ScalarClass(rawValue: 1) }
  @inlinable public static var upper: ScalarClass { ScalarClass(rawValue: 2) }
  @inlinable public static var lower: ScalarClass { ScalarClass(rawValue: 4) }
  @inlinable public static var digit: ScalarClass { ScalarClass(rawValue: 8) }
  @inlinable public static var space: ScalarClass { ScalarClass(rawValue: 16) }
  @inlinable public static var punctuation: ScalarClass { ScalarClass(rawValue: 32) }
  /// A combining mark or a format character: part of the word in which it stands.
  @inlinable public static var mark: ScalarClass { ScalarClass(rawValue: 64) }
  /// Han, kana: written without blanks between words.
  @inlinable public static var ideograph: ScalarClass { ScalarClass(rawValue: 128) }

  /// The class of a scalar; empty for symbols, controls and what is not assigned.
  @inlinable public static func of(_ scalar: UInt32) -> ScalarClass {
    // Without the table, of which each use asks whether it is filled: half of all questions are about these.
    if (scalar | 0x20) &- 0x61 < 26 { return scalar & 0x20 != 0 ? [.letter, .lower] : [.letter, .upper] }
    if scalar == 0x20 { return .space }
    if scalar < 0x600 { return ScalarClass(rawValue: table[Int(scalar)]) }
    if scalar &- 0x2000 < 0x70 { return ScalarClass(rawValue: table[Int(scalar) - 0x2000 + 0x600]) }
    return beyondTable(scalar)
  }

  /// A letter or a digit.
  @inlinable public var isWord: Bool { rawValue & 9 != 0 }
  @inlinable public var isUpper: Bool { rawValue & 2 != 0 }
  @inlinable public var isLower: Bool { rawValue & 4 != 0 }
  @inlinable public var isLetter: Bool { rawValue & 1 != 0 }
  @inlinable public var isDigit: Bool { rawValue & 8 != 0 }
  @inlinable public var isSpace: Bool { rawValue & 16 != 0 }

  /// U+0000 to U+05FF, then U+2000 to U+206F; never freed.
  @usableFromInline nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 0x670)
    for index in 0..<0x670 {
      let scalar = UInt32(index < 0x600 ? index : index - 0x600 + 0x2000)
      (table + index).initialize(to: fromProperties(scalar).rawValue)
    }
    return UnsafePointer(table)
  }()

  @usableFromInline static func beyondTable(_ scalar: UInt32) -> ScalarClass {
    switch scalar {
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC...0x30FE, 0x3400...0x4DBF, 0x4E00...0x9FFF: [.letter, .ideograph]
    case 0xAC00...0xD7A3: .letter
    case 0x20000...0x323AF: [.letter, .ideograph]
    default: fromProperties(scalar)
    }
  }

  private static func fromProperties(_ value: UInt32) -> ScalarClass {
    guard let scalar = Unicode.Scalar(value) else { return [] }
    let properties = scalar.properties
    if properties.isWhitespace { return .space }
    return switch properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: [.letter, .upper]
    case .lowercaseLetter: [.letter, .lower]
    case .modifierLetter, .otherLetter: .letter
    case .decimalNumber, .letterNumber, .otherNumber: .digit
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: .mark
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      .punctuation
    default: []
    }
  }
}
