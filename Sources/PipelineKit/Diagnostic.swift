/// Something wrong with a pipeline file: where, what, and what to do. Collected, never thrown one by one.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Sendable { case error, warning }

  /// A place in a file; line and column from 1, 0 where there is none.
  public struct Place: Hashable, Sendable {
    public var file: String
    public var line: Int
    public var column: Int
    public init(file: String, line: Int = 0, column: Int = 0) {
      (self.file, self.line, self.column) = (file, line, column)
    }
  }

  /// Stable, such as `P014`.
  public var code: String
  public var severity: Severity
  public var place: Place
  /// What is wrong, and after a semicolon what to do.
  public var message: String

  public init(code: String, severity: Severity = .error, place: Place, message: String) {
    (self.code, self.severity, self.place, self.message) = (code, severity, place, message)
  }
}
