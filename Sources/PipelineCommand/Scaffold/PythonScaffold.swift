extension Scaffold {
  /// A stage in Python for `external`.
  static func python(_ name: StageTemplateName, folder: String) throws -> Scaffold {
    throw UsageProblem("python stages come with the stage \"external\"")
  }
}
