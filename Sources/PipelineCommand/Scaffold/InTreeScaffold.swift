extension Scaffold {
  /// A stage in the tree: its folder, its test, and its lines in Package.swift and BuiltinStages.
  static func inTree(_ name: StageTemplateName) throws -> Scaffold {
    let package = "Package.swift"
    let list = "Sources/BuiltinStages/BuiltinStages.swift"
    guard let manifest = try? readFile(package), let builtin = try? readFile(list) else {
      throw UsageProblem(
        "there is no \(package) with \(list) here; call it in the project's folder, or add --package DIR or --language python"
      )
    }
    var scaffold = Scaffold()
    scaffold.files = [
      File(path: "Plugins/\(name.type)/\(name.type).swift", contents: StageTemplates.source(name)),
      File(path: "Plugins/\(name.type)/README.md", contents: StageTemplates.readme(name)),
      File(
        path: "Tests/\(name.type)StageTests/\(name.type)Tests.swift",
        contents: StageTemplates.test(name, module: "\(name.type)Stage")),
    ]
    scaffold.edits = [
      File(path: package, contents: try register(name, manifest: String(decoding: manifest, as: UTF8.self))),
      File(path: list, contents: try register(name, builtin: String(decoding: builtin, as: UTF8.self))),
    ]
    scaffold.next = """
      Next: change Plugins/\(name.type)/\(name.type).swift, then
        swift build -c release && swift test -c release --filter \(name.type)StageTests
      and write "- \(name.snake)" into a pipeline file.
      """
    return scaffold
  }

  static func register(_ name: StageTemplateName, manifest: String) throws -> String {
    let stage = "  stage(\"\(name.type)\"),\n"
    let test = "  tests(\"\(name.type)Stage\", \"\(name.type)Stage\"),\n"
    return try manifest.inserting(stage, behind: "let stages = [\n", in: "Package.swift")
      .inserting(test, behind: "let testTargets = [\n", in: "Package.swift")
  }

  static func register(_ name: StageTemplateName, builtin: String) throws -> String {
    let list = "Sources/BuiltinStages/BuiltinStages.swift"
    var lines = builtin.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = "import \(name.type)Stage"
    let module = { (line: String) in line.split(separator: " ").last.map(String.init) ?? "" }
    let imports = lines.indices.filter { lines[$0].hasPrefix("import ") || lines[$0].hasPrefix("public import ") }
    guard let last = imports.last else { throw UsageProblem("\(list) has no imports; add \"\(new)\" yourself") }
    let place = imports.first { module(lines[$0]) > module(new) } ?? last + 1
    lines.insert(new, at: place)
    guard let sink = lines.firstIndex(where: { $0.hasPrefix("  Export") }) ?? lines.lastIndex(of: "]") else {
      throw UsageProblem("\(list) has no list of stages; add \"\(name.type).self\" yourself")
    }
    lines.insert("  \(name.type).self,", at: sink)
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func inserting(_ text: String, behind anchor: String, in file: String) throws -> String {
    guard let range = firstRange(of: anchor) else {
      throw UsageProblem("\(file) has no line \"\(anchor.dropLast())\"; add \"\(text.dropLast())\" yourself")
    }
    return self[..<range.upperBound] + text + self[range.upperBound...]
  }
}
