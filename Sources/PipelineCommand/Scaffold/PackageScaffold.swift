import FoundationEssentials
import Glibc

extension Scaffold {
  /// A stage in a package of one's own, with a command made from our stages and this one.
  static func package(_ name: StageTemplateName, folder: String) throws -> Scaffold {
    guard PathKind("Package.swift") == .file, PathKind("Sources/BuiltinStages") == .folder else {
      throw UsageProblem("call it in the project's folder: the new package depends on the project by its path")
    }
    let project = FileManager.default.currentDirectoryPath
    let identity = project.split(separator: "/").last.map { $0.lowercased() } ?? "pipeline"
    var scaffold = Scaffold()
    scaffold.files = [
      File(path: "\(folder)/Package.swift", contents: manifest(name, project: project, identity: identity)),
      File(path: "\(folder)/Sources/\(name.type)Stage/\(name.type).swift", contents: StageTemplates.source(name)),
      File(
        path: "\(folder)/Sources/\(name.snake)-pipeline/main.swift",
        contents: """
          import BuiltinStages
          import PipelineCommand
          import \(name.type)Stage

          pipelineMain(builtinStages + [\(name.type).self])

          """),
      File(
        path: "\(folder)/Tests/\(name.type)StageTests/\(name.type)Tests.swift",
        contents: StageTemplates.test(name, module: "\(name.type)Stage")),
      File(path: "\(folder)/README.md", contents: StageTemplates.readme(name)),
      File(path: "\(folder)/.gitignore", contents: ".build/\n"),
    ]
    scaffold.next = """
      Next:
        cd \(folder) && swift test && swift run -c release \(name.snake)-pipeline stages \(name.snake)
      """
    return scaffold
  }

  private static func manifest(_ name: StageTemplateName, project: String, identity: String) -> String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "\(name.snake)",
      dependencies: [.package(path: "\(project)")],
      targets: [
        .target(
          name: "\(name.type)Stage",
          dependencies: [.product(name: "PipelineKit", package: "\(identity)")],
          swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]),
        .executableTarget(
          name: "\(name.snake)-pipeline",
          dependencies: ["\(name.type)Stage", .product(name: "PipelineCommand", package: "\(identity)")]),
        .testTarget(
          name: "\(name.type)StageTests",
          dependencies: ["\(name.type)Stage", .product(name: "PipelineKit", package: "\(identity)")]),
      ])

    """
  }
}
