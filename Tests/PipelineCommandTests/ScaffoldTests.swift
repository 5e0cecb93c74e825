import Foundation
import Testing

/// Whether what is made builds and passes is tried by `.ci/custom-stage`, which takes minutes.
@Suite("pipeline new stage")
struct ScaffoldTests {
  /// The two files that it changes, as they stand in the project.
  private func bench() throws -> Bench {
    let bench = try Bench()
    for path in ["Package.swift", "Sources/BuiltinStages/BuiltinStages.swift"] {
      try bench.write(Project.text(path), to: path)
    }
    return bench
  }

  @Test("makes a stage in the tree and adds its lines")
  func inTree() throws {
    let bench = try bench()
    let run = try bench.run("new", "stage", "shout_loud")
    #expect(run.status == 0, "\(run.errors)")
    let made = [
      "Plugins/ShoutLoud/ShoutLoud.swift", "Plugins/ShoutLoud/README.md",
      "Tests/ShoutLoudStageTests/ShoutLoudTests.swift",
    ]
    for path in made {
      #expect(bench.exists(path))
      #expect(run.errors.contains("made     \(path)\n"))
    }
    #expect(try bench.text(made[0]).contains("\"shout_loud\""))
    let package = try added(bench, "Package.swift")
    #expect(package == ["  stage(\"ShoutLoud\"),", "  tests(\"ShoutLoudStage\", \"ShoutLoudStage\"),"])
    let builtin = try added(bench, "Sources/BuiltinStages/BuiltinStages.swift")
    #expect(builtin == ["import ShoutLoudStage", "  ShoutLoud.self,"])
    let list = try bench.text("Sources/BuiltinStages/BuiltinStages.swift").split(separator: "\n").map(String.init)
    let imports = list.filter { $0.contains("import ") }.compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(imports == imports.sorted())
    let place = try #require(list.firstIndex(of: "  ShoutLoud.self,"))
    #expect(list[place...].contains("  ExportJSONL.self,"))
    #expect(run.errors.contains("swift test -c release --filter ShoutLoudStageTests"))
  }

  /// Lines of a changed file that the project's does not have; none may be missing.
  private func added(_ bench: Bench, _ path: String) throws -> [String] {
    let before = try Project.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    let after = try bench.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    let changes = after.difference(from: before)
    #expect(changes.removals.isEmpty)
    return changes.insertions.compactMap { change in
      if case .insert(_, let line, _) = change { String(line) } else { nil }
    }
  }

  @Test("makes none twice")
  func twice() throws {
    let bench = try bench()
    #expect(try bench.run("new", "stage", "shout").status == 0)
    let before = try bench.text("Package.swift")
    try bench.write("mine", to: "Plugins/Shout/Shout.swift")
    let again = try bench.run("new", "stage", "shout")
    #expect(again.status == 2)
    #expect(again.errors.contains("Plugins/Shout/Shout.swift is there already; choose another name or take it away"))
    #expect(try bench.text("Package.swift") == before)
    #expect(try bench.text("Plugins/Shout/Shout.swift") == "mine")
  }

  @Test(
    "wants a name of lower-case words",
    arguments: ["Shout", "1st", "shout-loud", "shout.loud", "_shout", "shout_", "a__b", "..", "größe", "", "a/b"])
  func names(name: String) throws {
    let bench = try bench()
    let run = try bench.run("new", "stage", name)
    #expect(run.status == 2)
    #expect(run.errors.contains("lower-case letters, digits and \"_\", such as word_count"))
    #expect(!bench.exists("Plugins"))
  }

  @Test("refuses the name of a stage that there is, and names whose type would be in the way of another")
  func taken() throws {
    let bench = try bench()
    let run = try bench.run("new", "stage", "clean")
    #expect(run.status == 2)
    #expect(run.errors.contains("there is a stage \"clean\" already"))
    for (name, owner) in [("stances", "the stage \"stance\""), ("document", "PipelineKit"), ("string", "Swift")] {
      let run = try bench.run("new", "stage", name)
      #expect(run.status == 2)
      #expect(run.errors.contains("and \(owner) has one already; choose another name"), "\(run.errors)")
    }
    #expect(!bench.exists("Plugins"))
  }

  @Test("knows every type of the kit")
  func kit() throws {
    let bench = try bench()
    var types: Set<String> = []
    for file in Project.swiftFiles(below: "Sources/PipelineKit") {
      let declaration = /^(?:@\w+ )?public (?:final |indirect )?(?:struct|enum|class|protocol|typealias) (\w+)/
      types.formUnion(try Project.text(file).matches(of: declaration.anchorsMatchLineEndings()).map { String($0.1) })
    }
    #expect(types.count > 30)
    for type in types {
      let name = type.reduce(into: "") { $0 += $1.isUppercase && !$0.isEmpty ? "_" + $1.lowercased() : $1.lowercased() }
      #expect(try bench.run("new", "stage", name).status == 2, "\(type) is missing in TakenNames")
    }
  }

  @Test("makes a stage in Python that passes the conformance cases and runs")
  func python() throws {
    let bench = try Bench.withTexts(2)
    let run = try bench.run("new", "stage", "shout", "--language", "python")
    #expect(run.status == 0, "\(run.errors)")
    let check = try bench.run("check", "--external", "--", "python3", "shout/shout.py")
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.errors.contains("ok      it answers the handshake"))
    let line = try #require(run.errors.firstMatch(of: /"- (external: .*)" into a pipeline file/)).1
    try bench.write(
      "stages:\n  - read: { path: in/*.txt }\n  - sentences\n  - \(line)\n  - export.jsonl: { path: out.jsonl }\n",
      to: "own.yml")
    let own = try bench.run("run", "own.yml")
    #expect(own.status == 0, "\(own.errors)")
    #expect(try object(try #require(bench.lines("out.jsonl").first))["shout"] is [Any])
  }

  @Test("wants the project around it")
  func elsewhere() throws {
    let run = try Bench().run("new", "stage", "shout")
    #expect(run.status == 2)
    #expect(run.errors.contains("call it in the project's folder, or add --package DIR or --language python"))
  }

  @Test("makes a package of one's own")
  func package() throws {
    let bench = try bench()
    let run = try bench.run("new", "stage", "shout", "--package", "../" + bench.folder.lastPathComponent + "/mine")
    #expect(run.status == 0, "\(run.errors)")
    for path in [
      "Package.swift", "Sources/ShoutStage/Shout.swift", "Sources/shout-pipeline/main.swift",
      "Tests/ShoutStageTests/ShoutTests.swift", "README.md", ".gitignore",
    ] { #expect(bench.exists("mine/" + path)) }
    #expect(try bench.text("mine/Package.swift").contains(".package(path: \"\(bench.folder.path)\")"))
    #expect(try bench.text("Package.swift") == Project.text("Package.swift"))
    #expect(try bench.run("new", "stage", "shout", "--package", "mine").status == 2)
  }
}
