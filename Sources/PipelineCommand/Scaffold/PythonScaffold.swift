import ExternalStage

extension Scaffold {
  /// A stage in Python for `external`: a script, its test, and the module that speaks the protocol.
  static func python(_ name: StageTemplateName, folder: String) throws -> Scaffold {
    var scaffold = Scaffold()
    scaffold.files = try pythonTemplate(name: name.snake).map { file in
      File(path: folder == "." ? "\(name.snake)/\(file.path)" : "\(folder)/\(file.path)", contents: file.contents)
    }
    let script = scaffold.files.map(\.path).first { $0.hasSuffix("\(name.snake).py") } ?? "\(name.snake).py"
    scaffold.next = """
      Next: change \(script), then
        pipeline check --external -- python3 \(script)
      and write "- external: { command: [python3, \(script)], gives: [\(name.snake)] }" into a pipeline file.
      """
    return scaffold
  }
}
