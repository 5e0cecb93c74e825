/// What is wrong with a record, and where in it.
public struct RecordProblem: Error, Hashable, CustomStringConvertible {
  /// The place, such as `entities[3].type`; empty for the record as a whole.
  public var path: String
  /// Reads on from the place: `wants one of PER, ORG, LOC, MISC`.
  public var message: String
  public init(_ path: String, _ message: String) { (self.path, self.message) = (path, message) }
  public var description: String { path.isEmpty ? "the record " + message : path + " " + message }
}
