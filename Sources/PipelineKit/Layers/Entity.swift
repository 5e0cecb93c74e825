/// A mention of somebody or something by name, title or role, and the actor that it stands for.
public struct Entity: ReadableAnnotation {
  public static let layer: LayerName = "entities"
  public static let idPrefix: String? = "e"
  public static let fields = [
    Field("type", .choice(EntityType.self), "CoNLL-2003's type of the name."),
    Field("text", .text, "The mention as printed."),
    Field("actor", .optional(.string), "Whom or what the mention stands for; a key of `actors`."),
    Field(
      "kind", .optional(.choice(ActorKind.self)), "What it stands for here: Moscow may be a place or a government."),
    Field("via", .optional(.choice(Via.self)), "How the mention denotes the actor."),
    Field("role", .optional(.string), "The role printed beside a person's name."),
    Field(
      "candidates", .list(.object([Field("actor", .string, "Actor."), Field("score", .number, "From 0 to 1.")])),
      "Actors that came into question, the likeliest first."),
  ]

  /// How a mention denotes its actor.
  public enum Via: String, CaseIterable, Sendable { case name, demonym, metonymy, alias, role, pronoun }

  /// An actor that came into question.
  public struct Candidate: Hashable, Sendable {
    /// An actor's identifier.
    public var actor: String
    /// From 0 to 1.
    public var score: Double
    public init(actor: String, score: Double) { (self.actor, self.score) = (actor, score) }
  }

  public var span: TextSpan
  public var type: EntityType
  /// Identifier of whom or what it stands for; nil where nobody knows.
  public var actor: String?
  /// What it stands for here: Moscow may be a place or a government.
  public var kind: ActorKind?
  /// How the mention denotes the actor.
  public var via: Via?
  /// The role printed beside a person's name.
  public var role: String?
  /// Actors that came into question, the likeliest first.
  public var candidates: [Candidate]

  public init(
    span: TextSpan, type: EntityType, actor: String? = nil, kind: ActorKind? = nil, via: Via? = nil,
    role: String? = nil, candidates: [Candidate] = []
  ) {
    (self.span, self.type, self.actor, self.kind, self.via) = (span, type, actor, kind, via)
    (self.role, self.candidates) = (role, candidates)
  }

  public init(span: TextSpan, fields: FieldReader) throws {
    self.init(
      span: span, type: try fields.choice("type", EntityType.self).required("type"),
      actor: try fields.string("actor"), kind: try fields.choice("kind", ActorKind.self),
      via: try fields.choice("via", Via.self), role: try fields.string("role"),
      candidates: try fields.objects("candidates").map {
        Candidate(actor: try $0.string("actor").required("actor"), score: try $0.number("score").required("score"))
      })
  }

  public func describe(to fields: inout some FieldVisitor) {
    fields.field("type", type)
    fields.field("text", .text(span))
    fields.field("actor", actor)
    fields.field("kind", kind)
    fields.field("via", via)
    fields.field("role", role)
    fields.field(
      "candidates",
      .list(
        candidates.map {
          .object([NamedValue("actor", .string($0.actor)), NamedValue("score", .number($0.score))])
        }))
  }
}

/// The types of names of CoNLL-2003.
public enum EntityType: String, CaseIterable, Sendable {
  case person = "PER"
  case organisation = "ORG"
  case location = "LOC"
  case other = "MISC"
}
