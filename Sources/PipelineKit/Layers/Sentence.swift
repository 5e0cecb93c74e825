/// A sentence. Sentences never cross blocks, are in order, and cover all of the text but white space.
@frozen public struct Sentence: ReadableAnnotation {
  public static var layer: LayerName { "sentences" }
  public var span: TextSpan
  @inlinable public init(span: TextSpan) { self.span = span }
  public init(span: TextSpan, fields: FieldReader) { self.span = span }
}
