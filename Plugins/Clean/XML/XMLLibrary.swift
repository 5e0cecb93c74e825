internal import CXML

/// The state that libxml2 keeps for the process.
enum XMLLibrary {
  /// Sets the library up, once, before threads use it.
  static func start() { started }

  private static let started: Void = xmlInitParser()
}
