/// By this text, a holder is for or against a target.
public struct Stance: ReadableAnnotation {
  public static let layer: LayerName = "stances"
  public static let describesSpan = true
  public static let fields = [
    Field("holder", .either([.reference(Entity.layer), .choice(["author"])]), "Whose position it is."),
    Field("target", .either([.reference(Entity.layer), .span]), "Towards whom or what."),
    Field("issue", .optional(.string), "A code for the issue, where one is known."),
    Field("polarity", .choice(Polarity.self), "As it stands after negation."),
    Field("strength", .integer, "1 implied or cautious, 2 plain, 3 strong."),
    Field("mode", .choice(Mode.self), "By word or by deed."),
    Field("hedged", .boolean, "Under modality, doubt or report of intent."),
    Field("negated", .boolean, "A negation produced the polarity."),
    Field("evidence", .span, "The shortest span from which a reader would accept the record."),
    Field("speaker", .optional(.reference(Entity.layer)), "On whose word it stands, if not the holder's."),
    Field("citations", .list(.reference(Citation.layer)), "The source citations that cover the evidence."),
    Field("confidence", .number, "From 0 to 1."),
  ]

  /// For or against, as it stands after negation.
  public enum Polarity: String, CaseIterable, Sendable { case support, oppose, neutral }
  /// By word or by deed.
  public enum Mode: String, CaseIterable, Sendable { case verbal, material }

  /// Whose position it is.
  public enum Holder: Hashable, Sendable {
    /// Index into the entities.
    case entity(Int)
    /// The article itself takes a side.
    case author
  }
  /// Towards whom or what.
  public enum Target: Hashable, Sendable {
    /// Index into the entities.
    case entity(Int)
    /// The noun phrase or clause that names the issue.
    case issue(TextSpan)
  }

  public var holder: Holder
  public var target: Target
  /// A code for the issue, where one is known.
  public var issue: String?
  public var polarity: Polarity
  /// 1 implied or cautious, 2 plain, 3 strong.
  public var strength: Int
  public var mode: Mode
  /// Under modality, doubt or report of intent.
  public var hedged: Bool
  /// A negation produced the polarity.
  public var negated: Bool
  /// The shortest span, inside one sentence, from which a reader alone would accept the record.
  public var evidence: TextSpan
  /// Index into the entities.
  public var speaker: Int?
  /// Indices into the citations.
  public var citations: [Int]
  /// From 0 to 1.
  public var confidence: Double

  public var span: TextSpan { evidence }

  public init(
    holder: Holder, target: Target, polarity: Polarity, strength: Int, mode: Mode, evidence: TextSpan,
    hedged: Bool = false, negated: Bool = false, speaker: Int? = nil, citations: [Int] = [], issue: String? = nil,
    confidence: Double
  ) {
    (self.holder, self.target, self.polarity, self.strength) = (holder, target, polarity, strength)
    (self.mode, self.evidence, self.hedged, self.negated) = (mode, evidence, hedged, negated)
    (self.speaker, self.citations, self.issue, self.confidence) = (speaker, citations, issue, confidence)
  }
}

extension Stance {
  public init(span: TextSpan, fields: FieldReader) throws {
    self.init(
      holder: try Self.holder(fields["holder"]), target: try Self.target(fields["target"]),
      polarity: try fields.choice("polarity", Polarity.self).required("polarity"),
      strength: try fields.integer("strength") ?? 2, mode: try fields.choice("mode", Mode.self) ?? .verbal,
      evidence: try fields.span("evidence") ?? span, hedged: try fields.boolean("hedged") ?? false,
      negated: try fields.boolean("negated") ?? false, speaker: try fields.reference("speaker", to: Entity.layer),
      citations: try fields.list("citations").map {
        guard case .reference(Citation.layer, let index) = $0 else {
          throw FieldProblem("citations", wanted: "a list of identifiers of citations")
        }
        return index
      },
      issue: try fields.string("issue"), confidence: try fields.number("confidence") ?? 1)
  }

  private static func holder(_ value: FieldValue) throws -> Holder {
    switch value {
    case .reference(Entity.layer, let index): .entity(index)
    case .string("author"): .author
    default: throw FieldProblem("holder", wanted: "an identifier of entities, or \"author\"")
    }
  }
  private static func target(_ value: FieldValue) throws -> Target {
    switch value {
    case .reference(Entity.layer, let index): .entity(index)
    case .span(let span): .issue(span)
    default: throw FieldProblem("target", wanted: "an identifier of entities, or a span")
    }
  }

  public func describe(to fields: inout some FieldVisitor) {
    switch holder {
    case .entity(let index): fields.field("holder", .reference(Entity.layer, index))
    case .author: fields.field("holder", .string("author"))
    }
    switch target {
    case .entity(let index): fields.field("target", .reference(Entity.layer, index))
    case .issue(let span): fields.field("target", .span(span))
    }
    fields.field("issue", issue)
    fields.field("polarity", polarity)
    fields.field("strength", strength)
    fields.field("mode", mode)
    fields.field("hedged", hedged)
    fields.field("negated", negated)
    fields.field("evidence", evidence)
    fields.field("speaker", speaker.map { .reference(Entity.layer, $0) } ?? .null)
    fields.field("citations", .list(citations.map { .reference(Citation.layer, $0) }))
    fields.field("confidence", confidence)
  }
}
