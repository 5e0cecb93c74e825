/// A date in the text, such as `last October`.
public struct DateMention: ReadableAnnotation {
  public static let layer: LayerName = "dates"
  public static let fields = [Field("value", .string, "ISO 8601, as precise as known.")]
  public var span: TextSpan
  /// ISO 8601, as precise as known: `2012-02`.
  public var value: String
  public init(span: TextSpan, value: String) { (self.span, self.value) = (span, value) }
  public init(span: TextSpan, fields: FieldReader) throws {
    self.init(span: span, value: try fields.string("value").required("value"))
  }
  public func describe(to fields: inout some FieldVisitor) { fields.field("value", value) }
}
