/// Direct speech between quotation marks, and who speaks.
public struct Quote: ReadableAnnotation {
  public static let layer: LayerName = "quotes"
  public static let fields = [Field("speaker", .optional(.reference(Entity.layer)), "Who speaks.")]
  public var span: TextSpan
  /// Index into the entities.
  public var speaker: Int?
  public init(span: TextSpan, speaker: Int? = nil) { (self.span, self.speaker) = (span, speaker) }
  public init(span: TextSpan, fields: FieldReader) throws {
    self.init(span: span, speaker: try fields.reference("speaker", to: Entity.layer))
  }
  public func describe(to fields: inout some FieldVisitor) {
    fields.field("speaker", speaker.map { .reference(Entity.layer, $0) } ?? .null)
  }
}
