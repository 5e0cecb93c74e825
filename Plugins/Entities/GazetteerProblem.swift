/// What is wrong with a list of names, a user's or a compiled one.
public struct GazetteerProblem: Error, CustomStringConvertible, Equatable {
  public var file: String
  /// From 1; 0 where the file as a whole is meant.
  public var line: Int
  /// What is wrong and what to do.
  public var message: String
  /// Further problems of the same file, so that a list is put right at once.
  public var others: [GazetteerProblem] = []

  public var description: String {
    ([(line > 0 ? "\(file):\(line): " : "\(file): ") + message] + others.map(\.description)).joined(separator: "\n")
  }

  /// More bury the first ones.
  static let most = 10

  /// All of them as one; nil for none.
  static func all(_ problems: [GazetteerProblem]) -> GazetteerProblem? {
    guard var first = problems.first else { return nil }
    first.others = Array(problems.dropFirst())
    return first
  }
}
