/// What a document keeps of one layer, whatever the type of its annotations.
protocol Layer: Sendable {
  var key: ObjectIdentifier? { get }
  var name: LayerName { get }
  var count: Int { get }
  var type: (any Annotation.Type)? { get }
  func visit(_ each: (any Annotation) -> Void)
}

struct LayerOf<A: Annotation>: Layer {
  let items: [A]
  var key: ObjectIdentifier? { ObjectIdentifier(A.self) }
  var name: LayerName { A.layer }
  var count: Int { items.count }
  var type: (any Annotation.Type)? { A.self }
  func visit(_ each: (any Annotation) -> Void) { for item in items { each(item) } }
}

/// A layer that is known by its name alone: one that a stage in another language defined.
struct NamedLayer: Layer {
  let name: LayerName
  let items: [NamedAnnotation]
  var key: ObjectIdentifier? { nil }
  var count: Int { items.count }
  var type: (any Annotation.Type)? { nil }
  func visit(_ each: (any Annotation) -> Void) { for item in items { each(item) } }
}

/// An entry of a layer that has no Swift type: a span and whatever fields came with it.
public struct NamedAnnotation: Annotation {
  /// Not used: the layer's name stands with the layer.
  public static var layer: LayerName { "named" }
  public var span: TextSpan
  public var values: [NamedValue]
  public init(span: TextSpan, values: [NamedValue]) { (self.span, self.values) = (span, values) }
  public func describe(to fields: inout some FieldVisitor) {
    for value in values { fields.field(value.name, value.value) }
  }
}
