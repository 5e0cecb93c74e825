/// One entry of a layer. The type names the layer: a new layer is a new struct.
///
/// ```swift
/// struct Sanction: Annotation {
///   static let layer: LayerName = "sanctions"
///   var span: TextSpan
///   var verb: String
///   func describe(to fields: inout some FieldVisitor) { fields.field("verb", verb) }
/// }
/// ```
public protocol Annotation: Sendable {
  /// The layer that annotations of this type make up.
  static var layer: LayerName { get }
  /// The fields that ``describe(to:)`` hands over, for schemas and for reading the layer from JSON.
  /// A layer that only this program writes may leave them out.
  static var fields: [Field] { get }
  /// Letters before the running number in identifiers (`e` makes `e1`), for layers to whose entries others refer.
  static var idPrefix: String? { get }
  /// True where ``describe(to:)`` hands over the span itself, under a name of its own such as `evidence`.
  static var describesSpan: Bool { get }

  /// What the annotation is about, in UTF-8 bytes of the text.
  var span: TextSpan { get }
  /// Hands over what an export writes beside the span. Every sink reads layers through this.
  func describe(to fields: inout some FieldVisitor)
}

extension Annotation {
  public static var fields: [Field] { [] }
  public static var idPrefix: String? { nil }
  public static var describesSpan: Bool { false }
  public func describe(to fields: inout some FieldVisitor) {}
}

/// An annotation that can also be made from fields, so that a stage in another language can give its layer.
///
/// ```swift
/// struct Ban: ReadableAnnotation {
///   static let layer: LayerName = "bans"
///   static let fields = [Field("goods", .string, "What may not be traded.")]
///   var span: TextSpan
///   var goods: String
///   init(span: TextSpan, fields: FieldReader) throws {
///     (self.span, goods) = (span, try fields.string("goods").required("goods"))
///   }
///   func describe(to fields: inout some FieldVisitor) { fields.field("goods", goods) }
/// }
/// ```
public protocol ReadableAnnotation: Annotation {
  /// - Throws: ``FieldProblem`` where a field is missing or is not of its type.
  init(span: TextSpan, fields: FieldReader) throws
}
