/// The layers that every record has a key for, in the order of the record.
public enum StandardLayers {
  public static let all: [any ReadableAnnotation.Type] = [
    Block.self, Sentence.self, Token.self, Entity.self, Citation.self, DateMention.self, Quote.self, Stance.self,
  ]

  /// The type of a standard layer.
  public static func type(of name: LayerName) -> (any ReadableAnnotation.Type)? { all.first { $0.layer == name } }
}
