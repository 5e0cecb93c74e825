/// Why bytes are not JSON that this program takes.
public struct JSONProblem: Error, Hashable, CustomStringConvertible {
  /// The byte near which it went wrong, counted from 0.
  public var offset: Int
  /// What is wrong there.
  public var message: String
  public init(offset: Int, message: String) { (self.offset, self.message) = (offset, message) }
  public var description: String { "not JSON at byte \(offset): \(message)" }
}
