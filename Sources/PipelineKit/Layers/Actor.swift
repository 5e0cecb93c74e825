/// Somebody or something that takes positions, or about whom positions are taken.
public struct Actor: Hashable, Sendable {
  /// An ISO 3166-1 alpha-3 code for a state; else `org:`, `per:`, `loc:` or `misc:` and a name.
  public var id: String
  /// In English, as a reader knows it.
  public var name: String
  /// What it is by itself; a mention may stand for it in another way.
  public var kind: ActorKind
  /// The state that a person in office serves, as an actor's identifier.
  public var serves: String?
  public init(id: String, name: String, kind: ActorKind, serves: String? = nil) {
    (self.id, self.name, self.kind, self.serves) = (id, name, kind, serves)
  }
}

/// What kind of actor it is.
public enum ActorKind: String, CaseIterable, Sendable {
  case state, government, ministry, international, company, party, media, person, place, other
  case armedGroup = "armed_group"
}
