/// Something wrong with a pipeline file: where, what, and what to do. Collected, never thrown one by one.
public struct Diagnostic: Hashable, Sendable {
  /// An error refuses the file; a warning is only told.
  public enum Severity: String, Sendable { case error, warning }

  /// A place in a file; line and column from 1, 0 where there is none.
  public struct Place: Hashable, Sendable {
    /// The path as named, or the flag that brought the value.
    public var file: String
    /// From 1; 0 for none.
    public var line: Int
    /// From 1, in code points; 0 for none.
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
