/// A paragraph, heading or other block of the text. Blocks are separated by one blank line.
public struct Block: ReadableAnnotation {
  public static let layer: LayerName = "blocks"
  public static let fields = [
    Field("kind", .choice(Kind.self), "What the block is."),
    Field("level", .optional(.integer), "Level of a heading, from 1."),
    Field("source", .optional(.list(.integer)), "First byte and byte behind the last in the original."),
  ]

  /// What a block is.
  public enum Kind: String, CaseIterable, Sendable {
    case paragraph, heading, quote, caption, code, footnote
    case listItem = "list_item"
    case tableCell = "table_cell"
  }

  public var span: TextSpan
  /// What the block is.
  public var kind: Kind
  /// Level of a heading, from 1.
  public var level: Int?
  /// Bytes of the original from which the block was read.
  public var source: TextSpan?

  public init(span: TextSpan, kind: Kind = .paragraph, level: Int? = nil, source: TextSpan? = nil) {
    (self.span, self.kind, self.level, self.source) = (span, kind, level, source)
  }

  public init(span: TextSpan, fields: FieldReader) throws {
    let source = try fields.list("source").map {
      guard case .integer(let offset) = $0 else { throw FieldProblem("source", wanted: "two integers") }
      return offset
    }
    guard source.isEmpty || source.count == 2 else { throw FieldProblem("source", wanted: "two integers") }
    self.init(
      span: span, kind: try fields.choice("kind", Kind.self) ?? .paragraph, level: try fields.integer("level"),
      source: source.isEmpty ? nil : TextSpan(source[0], source[1]))
  }

  public func describe(to fields: inout some FieldVisitor) {
    fields.field("kind", kind)
    fields.field("level", level)
    fields.field("source", source.map { .list([.integer(Int($0.start)), .integer(Int($0.end))]) } ?? .null)
  }
}
