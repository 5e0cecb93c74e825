/// A token: a word, number or punctuation mark, by the conventions of Universal Dependencies.
@frozen public struct Token: ReadableAnnotation {
  public static var layer: LayerName { "tokens" }
  public var span: TextSpan
  /// What later stages ask of a token's form, computed once.
  public var shape: TokenShape
  @inlinable public init(span: TextSpan, shape: TokenShape = []) { (self.span, self.shape) = (span, shape) }
  public init(span: TextSpan, fields: FieldReader) { self.init(span: span) }
}

/// Flags of a token's form.
///
/// Computed, not stored: a stored constant of another module is reached by a call and a `swift_once`, which made
/// `sentences` 5 % slower.
@frozen public struct TokenShape: OptionSet, Sendable {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Begins with an upper-case letter.
  @inlinable public static var initialCapital: TokenShape { TokenShape(rawValue: 1) }
  /// Holds letters, and all of them are upper-case.
  @inlinable public static var allCapitals: TokenShape { TokenShape(rawValue: 2) }
  /// Holds a digit.
  @inlinable public static var digit: TokenShape { TokenShape(rawValue: 4) }
  /// Holds a letter.
  @inlinable public static var letter: TokenShape { TokenShape(rawValue: 8) }
  /// Holds neither letter nor digit.
  @inlinable public static var punctuation: TokenShape { TokenShape(rawValue: 16) }
  /// The first token of its sentence.
  @inlinable public static var sentenceStart: TokenShape { TokenShape(rawValue: 32) }
  /// No white space stands before it.
  @inlinable public static var joined: TokenShape { TokenShape(rawValue: 64) }
  /// Goes on the written word of the token before it, which Universal Dependencies calls a multiword token:
  /// `n't` of `don't`, `'s` of `Moscow's`, `not` of `cannot`. Always ``joined`` as well.
  ///
  /// A word of the text as it was written is a token without this flag and all that follow it with the flag.
  /// Parts at hyphens, units behind numbers and punctuation marks are words of their own and have it not.
  @inlinable public static var continuesWord: TokenShape { TokenShape(rawValue: 128) }
}
